package site

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// letterAsked reads from the address which letters are asked for.
func letterAsked(c echo.Context) store.LetterAsk {
	ask := store.LetterAsk{Sort: c.QueryParam("sort_of"), State: c.QueryParam("state"), Words: c.QueryParam("q")}
	if _, known := letters.Sort(ask.Sort); !known {
		ask.Sort = ""
	}
	if !slices.Contains([]string{"served", "unserved", "void"}, ask.State) {
		ask.State = ""
	}
	if year, err := strconv.Atoi(c.QueryParam("year")); err == nil && year >= 1990 && year < 2200 {
		ask.Year = year
	}
	return ask
}

// letters lists the letters that the reader may read.
func (s *Site) letters(c echo.Context) error {
	ctx, actor, ask := c.Request().Context(), actorOf(c), letterAsked(c)
	list, sorting := ordered(c, store.SortLetters(), ask, func(after store.Cursor, size int) ([]store.LetterRow, store.Cursor, error) {
		return s.App.Store.Letters(ctx, actor, ask, after, size)
	})
	if wantsSheet(c) {
		heads := []string{"letters.number", "letters.sort", "letters.to", "letters.day", "letters.case", "letters.case_number", "field.enterprise_id", "letters.state", "letters.served_day", "letters.signed_by", "letters.void_reason", "vouch.file"}
		return listSheet(c, i18n.T(ctx, "letters.list"), list, heads, func(r store.LetterRow) []any { return letterRow(c, r) })
	}
	v := ui.Letters{Ask: ask, Sorting: sorting, Outside: actor.Has(process.Enterprise)}
	all, err := letters.Sorts()
	if err != nil {
		return err
	}
	for _, one := range all {
		v.Sorts = append(v.Sorts, ui.Option{Value: one.ID, Text: i18n.Pick(ctx, process.Text(one.Name))})
	}
	if v.Rows, v.Pages, err = pageOf(c, "cursor", list, nil); err != nil {
		return err
	}
	if (ask == store.LetterAsk{} && c.QueryParam("cursor") == "") {
		if v.Awaiting, v.MoreAwaiting, err = s.App.Store.NumbersAwaiting(ctx, actor); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "letters.list"), "letters")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.LettersPage(ch, v))
}

func letterRow(c echo.Context, r store.LetterRow) []any {
	ctx := c.Request().Context()
	state, day, signed, reason := "letters.unserved", any(nil), "", ""
	if r.Served != nil {
		state, day, signed = "letters.served", r.Served.On, r.Served.SignedBy
	}
	if r.Void != nil {
		state, reason = "letters.void", r.Void.Reason
	}
	return []any{r.Number, r.Title, r.ToName, r.IssuedOn, r.CaseTitle, r.CaseNumber, r.EnterpriseName, i18n.T(ctx, state), day, signed, reason, r.Sha256}
}

// lettered names a letter of a case.
type lettered struct {
	ID   string `param:"id"`
	Seq  int    `param:"seq"`
	Name string `query:"name"`
}

func (s *Site) letterOf(c echo.Context) (store.Case, letter.Letter, []byte, error) {
	var at lettered
	if err := (&echo.DefaultBinder{}).BindPathParams(c, &at); err != nil {
		return store.Case{}, letter.Letter{}, nil, echo.ErrNotFound
	}
	return s.App.Store.Letter(c.Request().Context(), actorOf(c), at.ID, at.Seq)
}

// letter shows a letter as it is printed.
func (s *Site) letter(c echo.Context) error {
	of, one, file, err := s.letterOf(c)
	if err != nil {
		return err
	}
	header := of.Subject.Header()
	v := ui.LetterView{Letter: one, Kind: header.Kind, CaseID: header.ID, Case: header.Title, Sample: s.Clock != nil}
	if v.Page, err = letters.Read(file); err != nil {
		return err
	}
	of.Env.Today = s.today()
	offered, err := s.offers(c, of)
	if err != nil {
		return err
	}
	for _, a := range offered {
		if one.Valid() && (a.Name.Verb() == lettering.ServeVerb && one.Served == nil || a.Name.Verb() == lettering.VoidVerb) {
			v.Actions = append(v.Actions, ui.Link{Text: a.Text, URL: a.URL + "?letter_number=" + queryEscape(one.Number)})
		}
	}
	ch, err := s.chrome(c, one.Title, "letters", ui.Link{Text: header.Title, URL: ui.CaseURL(header.Kind, header.ID)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.LetterPage(ch, v))
}

// wordFile is the media type of .docx.
const wordFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// letterFile sends the letter's file as it was written.
func (s *Site) letterFile(c echo.Context) error {
	_, one, file, err := s.letterOf(c)
	if err != nil {
		return err
	}
	keepForItself(c)
	blobs.Serve(c.Response(), c.Request(), store.Attachment{Sha256: one.SHA256, MediaType: wordFile, Name: one.Title + " " + one.Number + ".docx"}, bytes.NewReader(file))
	return nil
}

// letterPicture sends a picture that stands in the letter, such as the emblem of a template.
func (s *Site) letterPicture(c echo.Context) error {
	_, _, file, err := s.letterOf(c)
	if err != nil {
		return err
	}
	picture, err := letters.Picture(file, c.QueryParam("name"))
	media := http.DetectContentType(picture)
	if err != nil || !slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, media) {
		return echo.ErrNotFound
	}
	keepForItself(c)
	return c.Blob(http.StatusOK, media, picture)
}

// letterForm is the form of a letter: first which one, then what it says.
func (s *Site) letterForm(kind process.Entry, form echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if process.Verb(c.Param("command")) != lettering.IssueVerb || c.FormValue("letter") != "" {
			return form(c)
		}
		v, err := s.caseOf(c, kind)
		if err != nil {
			return err
		}
		name, header := kind.Kind.Does(lettering.IssueVerb), v.Subject.Header()
		relation, err := s.relation(c, v)
		if err != nil {
			return err
		}
		if err := permit(c, name, relation); err != nil {
			return err
		}
		l, ok := v.Subject.(process.Lettered)
		if !ok || v.Env.Found.Desk == nil {
			return echo.ErrNotFound
		}
		page := ui.LetterChoice{Title: header.Title, Back: ui.CaseURL(header.Kind, header.ID)}
		open := letter.Unanswered(l.Calls(), *l.Letters())
		for _, one := range v.Env.Found.Desk.Sorts {
			switch {
			case slices.ContainsFunc(open, one.Answers):
				page.Called = append(page.Called, one)
			case one.Deed == "":
				page.Others = append(page.Others, one)
			}
		}
		ctx := c.Request().Context()
		ch, err := s.chrome(c, i18n.T(ctx, "letters.choose"), menuOf(kind.Kind), ui.Link{Text: header.Title, URL: page.Back})
		if err != nil {
			return err
		}
		return render(c, http.StatusOK, ui.LetterChoicePage(ch, page))
	}
}

// vouches counts how often each address asks whether a letter was issued: a made-up code is not found by trying.
type vouches struct {
	mu    sync.Mutex
	since time.Time
	asked map[string]int
	all   int
}

// How often it may be asked within a minute, by one address and by all: a code has 130 bits, so this keeps machines away, not guesses.
const (
	vouchesEach = 30
	vouchesAll  = 1200
)

// take reports whether one more question is answered.
func (v *vouches) take(address string, now time.Time) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Sub(v.since) >= time.Minute || v.asked == nil {
		v.since, v.asked, v.all = now, map[string]int{}, 0
	}
	if v.asked[address] >= vouchesEach || v.all >= vouchesAll {
		return false
	}
	v.asked[address]++ // at most vouchesAll of them
	v.all++
	return true
}

// vouch tells whoever holds a letter what was issued under its code, and nothing else; nobody signs in for it.
func (s *Site) vouch(c echo.Context) error {
	ctx := c.Request().Context()
	if !s.vouches.take(c.RealIP(), time.Now()) {
		c.Response().Header().Set("Retry-After", "60")
		return echo.NewHTTPError(http.StatusTooManyRequests)
	}
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	ch := ui.Chrome{Title: i18n.T(ctx, "vouch.title"), Asset: s.Assets.URL, Today: s.today(), Now: s.App.Now()}
	found, err := s.App.Store.Vouch(ctx, c.Param("code"))
	if refusal := refusalOf(err); refusal != nil {
		return render(c, http.StatusNotFound, ui.VouchPage(ch, nil))
	}
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.VouchPage(ch, &found))
}
