package store

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// Understood parts the query of a list's address into what the list knows and what it does not: names it does not have, values that cannot be, days that cannot
// be read or end before they begin. A place in the list is neither; what is empty is left out. Each fault is named as the address names it.
func (s *Store) Understood(ctx context.Context, actor process.Actor, kind process.Entry, query url.Values) (known url.Values, faults []process.Field, err error) {
	known = url.Values{}
	r := reader{list: ListOf(actor, kind), outside: ownEnterprise(actor) != nil}
	if strings.Join(query["stage"], "") != "" { // stages are called as the definition in force calls them; nothing else has to be looked up
		if r.stages, err = s.stageOrder(ctx, kind.Kind); err != nil {
			return nil, nil, err
		}
	}
	selected, err := url.ParseQuery(Selection(query.Encode()))
	if err != nil { // it was encoded just now
		return nil, nil, err
	}
	for name, values := range selected {
		for _, one := range values {
			if fault := r.fault(name, one); fault != nil {
				faults = append(faults, *fault)
				continue
			}
			known.Add(name, one)
		}
	}
	for _, c := range r.list.Narrowing() {
		fault := (*process.Field)(nil)
		switch c.By {
		case listing.ByDays:
			fault = reversed(known, c.Name)
		case listing.ByShare, listing.ByCount:
			_, fault = sharesAsked(known, c)
		default:
		}
		if fault != nil {
			faults = append(faults, *fault)
			known.Del(c.Name + "_from")
			known.Del(c.Name + "_to")
		}
	}
	slices.SortFunc(faults, func(a, b process.Field) int { return strings.Compare(a.Name+a.English, b.Name+b.English) })
	return known, faults, nil
}

// Narrows reports whether a fault is of what narrows a list: without it, it would be another one. Order and columns change nothing of which rows there are.
func Narrows(fault process.Field) bool { return fault.Name != "sort" && fault.Name != "columns" }

// reader reads the address of a list.
type reader struct {
	list    listing.List
	stages  []string
	outside bool // for somebody of an enterprise
}

// fault is what is wrong with one value of one name; nil where nothing is.
func (r reader) fault(name, text string) *process.Field {
	switch name {
	case "q":
		_, err := needleOf(text)
		return wordsFault(name, err)
	case "view": // how it is drawn
		return r.oneOf(name, text, []string{"list", "board"})
	case "overdue":
		return r.oneOf(name, text, []string{"true"})
	case "sort":
		column, _, ok := r.list.Shown(strings.TrimPrefix(text, "-"))
		if !ok || r.outside && Hidden(column) {
			return &process.Field{Name: name, Chinese: "这个列表没有“" + shown(text) + "”这一列。", English: "The list has no column " + shown(text) + "."}
		}
		return nil
	case "columns":
		return r.columns(name, strings.Split(text, ","))
	}
	if i := slices.IndexFunc(r.list.Also, func(a listing.Also) bool { return a.Name == name }); i >= 0 {
		return r.also(r.list.Also[i], text)
	}
	for _, c := range r.list.Narrowing() {
		if c.By == listing.ByDays && (name == c.Name+"_from" || name == c.Name+"_to") {
			if refusal := dayFault(name, text); refusal != nil {
				return &process.Field{Name: name, Chinese: refusal.Chinese, English: refusal.English}
			}
			return nil
		}
		if (c.By == listing.ByShare || c.By == listing.ByCount) && (name == c.Name+"_from" || name == c.Name+"_to") {
			_, fault := shareAsked(name, text, c.By)
			return fault
		}
		if !c.By.Spans() && name == c.Name {
			return r.condition(c, text)
		}
	}
	return &process.Field{Name: name, Chinese: "这个列表没有“" + shown(name) + "”这个条件。", English: "The list has no condition " + shown(name) + "."}
}

// wordsFault is what is wrong with words that are looked for; nil where nothing is.
func wordsFault(name string, err error) *process.Field {
	var refusal *process.Refusal
	if errors.As(err, &refusal) {
		return &process.Field{Name: name, Chinese: refusal.Chinese, English: refusal.English}
	}
	return nil
}

// columns names every one that the list does not have.
func (r reader) columns(name string, asked []string) *process.Field {
	unknown := []string{}
	for _, column := range asked {
		if _, _, ok := r.list.Shown(column); !ok && len(unknown) < 10 && !slices.Contains(unknown, shown(column)) {
			unknown = append(unknown, shown(column))
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return &process.Field{Name: name, Chinese: "这个列表没有“" + strings.Join(unknown, "”“") + "”这一列。", English: "The list has no column " + strings.Join(unknown, ", ") + "."}
}

func (r reader) condition(c listing.Condition, text string) *process.Field {
	switch c.By { //nolint:exhaustive // the others name one of a list, or have two ends
	case listing.ByGiven:
		return r.oneOf(c.Name, text, []string{listing.Given, listing.Blank})
	case listing.ByWords:
		_, err := process.Optional(c.Name, text, mostTyped)
		return wordsFault(c.Name, err)
	case listing.ByValue:
		column, _, _ := r.list.Shown(c.Column)
		if column.As == listing.Stage {
			return r.oneOf(c.Name, text, r.stages)
		}
		return r.oneOf(c.Name, text, column.Values)
	}
	if _, ok := value.ID(text); !ok || r.outside && c.By != listing.ByEnterprise {
		return r.oneOf(c.Name, text, nil)
	}
	return nil
}

func (r reader) also(a listing.Also, text string) *process.Field {
	switch year, err := strconv.Atoi(text); {
	case a.Year && err == nil && year >= listing.FirstYear && year <= listing.LastYear:
		return nil
	case a.ID:
		if _, ok := value.ID(text); ok {
			return nil
		}
	}
	return r.oneOf(a.Name, text, a.Values)
}

func (r reader) oneOf(name, text string, values []string) *process.Field {
	if slices.Contains(values, text) {
		return nil
	}
	return &process.Field{Name: name, Chinese: "没有“" + shown(text) + "”这个选项。", English: "There is no such choice: " + shown(text) + "."}
}

// shown is what stood in an address, as far as a sentence can say it.
func shown(text string) string {
	text = value.Said(text)
	if signs := []rune(text); len(signs) > 40 {
		return string(signs[:40]) + "…"
	}
	return text
}

// reversed is the fault of days that end before they begin; nil where they do not.
func reversed(query url.Values, name string) *process.Field {
	from, err := dayAsked(query, name+"_from")
	if err != nil {
		return nil
	}
	to, err := dayAsked(query, name+"_to")
	if err != nil || from.IsZero() || to.IsZero() || !from.After(to) {
		return nil
	}
	return &process.Field{Name: name + "_from", Chinese: "开始日期（" + from.String() + "）晚于结束日期（" + to.String() + "），请改正其中一个。",
		English: "It begins (" + from.String() + ") after it ends (" + to.String() + "): correct one of the two."}
}
