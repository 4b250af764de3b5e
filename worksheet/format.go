package worksheet

import (
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// format is how a number is shown.
type format struct {
	day    bool
	clock  bool // with the time of day
	digits int  // at least so many, with zeros before
}

// readFormats reads how the cells of each style show numbers.
func (b *book) readFormats(name string) error {
	part, err := b.part(name)
	if part == nil || err != nil || name == "" {
		return err
	}
	own, cells := map[int]format{}, false
	return part.each(func(e xml.StartElement) error {
		if b.blank--; b.blank < 0 {
			return errLarge
		}
		id, err := strconv.Atoi(attribute(e, "numFmtId"))
		switch e.Name.Local {
		case "numFmt":
			if err == nil {
				own[id] = formatOf(attribute(e, "formatCode"))
			}
		case "cellXfs":
			cells = true
		case "cellStyles", "dxfs":
			cells = false
		case "xf":
			if !cells {
				break
			}
			f, ok := own[id]
			if !ok {
				f = builtIn(id)
			}
			b.formats = append(b.formats, f)
		}
		return nil
	})
}

// builtIn are the formats that every Excel knows by number (ECMA-376 part 1, 18.8.30), the Chinese ones too.
func builtIn(id int) format {
	switch {
	case id == 22:
		return format{day: true, clock: true}
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return format{day: true}
	}
	return format{}
}

var ( //nolint:gochecknoglobals // compiled once
	spoken = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`) // what a format says in words, pads with, colours or chooses a language by
	zeros  = regexp.MustCompile(`^0{2,20}$`)
)

func formatOf(code string) format {
	first, _, _ := strings.Cut(code, ";")
	bare := strings.ToLower(spoken.ReplaceAllString(first, ""))
	if zeros.MatchString(bare) {
		return format{digits: len(bare)}
	}
	if bare == "general" || strings.ContainsAny(bare, "0#?@") {
		return format{}
	}
	return format{day: strings.ContainsAny(bare, "yd") || strings.Trim(bare, "m/-. ") == "" && strings.Contains(bare, "m"), clock: strings.Contains(bare, "h")}
}

// Between these lie the days from 1927 to 2109, whichever year they are counted from.
const (
	firstDay = 10_000
	lastDay  = 76_000
)

// show shows a number as Excel does: with fifteen digits at most.
func (f format) show(number float64, from1904 bool) Cell {
	if math.IsInf(number, 0) || math.IsNaN(number) {
		return Cell{Wrong: "#NUM!"}
	}
	cell := Cell{}
	if number >= firstDay && number < lastDay {
		cell.day = dayOf(number, from1904).Format(time.DateOnly)
	}
	switch {
	case f.day && number >= 1 && number < 2_958_466: // up to the year 9999
		at := dayOf(number, from1904)
		cell.day = at.Format(time.DateOnly)
		cell.Text = cell.day
		if f.clock && (at.Hour() != 0 || at.Minute() != 0) {
			cell.Text = at.Format("2006-01-02 15:04")
		}
		return cell
	case math.Abs(number) >= 1e15 || number != 0 && math.Abs(number) < 1e-9:
		cell.Text = strconv.FormatFloat(number, 'g', -1, 64)
		if number == math.Trunc(number) && math.Abs(number) < 1e21 {
			cell.Text = strconv.FormatFloat(number, 'f', 0, 64)
		}
		return cell
	}
	seen, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		seen = number
	}
	cell.Text = strconv.FormatFloat(seen, 'f', -1, 64)
	if f.digits > 0 && seen == math.Trunc(seen) && seen >= 0 {
		cell.Text = strings.Repeat("0", max(0, f.digits-len(cell.Text))) + cell.Text
	}
	return cell
}

// dayOf is the instant that Excel's number of a day means, in no time zone. Excel holds 1900 for a leap year, so its day 60 has never been.
func dayOf(number float64, from1904 bool) time.Time {
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case number < 60:
		zero = zero.AddDate(0, 0, 1)
	}
	whole := math.Floor(number)
	return zero.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round((number-whole)*24*60)) * time.Minute)
}
