package site

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

// A form that was not carried out is kept and shown at an address of its own, so that it is still there after 看最新情况 and back, after a reload, and
// after signing in again.

const (
	draftParam = "draft"
	sentTo     = "sent to" // a draft's mark: the address that its form was sent to
	signedOut  = "signed out"
	sheetField = "file" // of a form that takes one workbook
)

// draftOf is the form that the page shows again, or nil.
func draftOf(c echo.Context) *store.Draft {
	d, _ := c.Get(draftParam).(*store.Draft)
	return d
}

// resume lets the page of a form find what was typed into it before, as if it had come with this request.
func (s *Site) resume(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		id := r.URL.Query().Get(draftParam)
		if r.Method != http.MethodGet || id == "" {
			return s.reveal(c, next)
		}
		d, err := s.App.Store.Draft(r.Context(), id, actorOf(c).ID, r.URL.Path, s.App.Now())
		if err != nil || d == nil {
			if err == nil { // it was carried out, or has expired: the form begins anew
				err = c.Redirect(http.StatusSeeOther, undrafted(r.URL))
			}
			return err
		}
		r.Form, r.PostForm = maps.Clone(d.Typed), d.Typed
		if r.Form == nil {
			r.Form = url.Values{}
		}
		c.Set(draftParam, d)
		for mark, value := range d.Marks {
			c.Set(mark, value)
		}
		return next(c)
	}
}

// refuse keeps the form that was refused and leads to the page on which it stands, with everything still in it. What is there for nobody, and what is no
// refusal, stays an error.
func (s *Site) refuse(c echo.Context, err error) error {
	page, refusal := standsOn(c), refusalOf(err)
	if errors.Is(err, app.ErrUnavailable) {
		refusal = process.Refuse(unavailable, "系统暂时连不上，还没有办完。填写的内容都在，请稍后再提交一次；重复提交不会办理两次。",
			"The system cannot be reached at the moment, and this is not done yet. Everything is still here: send it again later, it will not be done twice.")
	}
	if page == "" || refusal == nil || refusal.Code == process.NotFound && len(refusal.Fields) == 0 {
		return err
	}
	if kept := s.keep(c, page, refusal); kept != nil {
		return errors.Join(err, kept) // the database is away too
	}
	return nil
}

// unavailable is a form's trouble that is nobody's fault.
const unavailable process.Code = "unavailable"

// look shows a form again that was sent to look something up in it.
func (s *Site) look(c echo.Context) error { return s.keep(c, standsOn(c), nil) }

// keep keeps the form that was sent and shows it on the page, with why it was not carried out: its own address is what a browser comes back to.
func (s *Site) keep(c echo.Context, page string, refusal *process.Refusal) error {
	d, err := s.draft(c, actorOf(c))
	if err != nil {
		return err
	}
	if d.Refusal = refusal; refusal != nil {
		delete(d.Files, sheetField) // a workbook that was refused is chosen anew
	}
	return s.put(c, page, actorOf(c), d, func(address string) string { return address })
}

// done forgets what was kept of a form that was carried out, says so, and goes on.
func (s *Site) done(c echo.Context, word, next string) error {
	if err := s.App.Store.DropDraft(c.Request().Context(), c.FormValue("_draft"), actorOf(c).ID); err != nil {
		return err
	}
	s.flash(c, word)
	return c.Redirect(http.StatusSeeOther, next)
}

func (s *Site) put(c echo.Context, page string, owner process.Actor, d store.Draft, lead func(string) string) error {
	wanted, err := uuid.Parse(c.FormValue("_draft"))
	if err != nil {
		wanted = uuid.New()
	}
	id, err := s.App.Store.PutDraft(c.Request().Context(), wanted.String(), owner.ID, page, d, s.App.Now())
	if err != nil {
		return err
	}
	query := draftParam + "=" + id
	if drawn := drawnAt(c); drawn != "" {
		query = drawn + "&" + query
	}
	return c.Redirect(http.StatusSeeOther, lead(page+"?"+query))
}

// draft is everything that came with a form, but for passwords: they are not kept.
func (s *Site) draft(c echo.Context, owner process.Actor) (store.Draft, error) {
	d := store.Draft{Typed: url.Values{}, Files: map[string][]store.KeptFile{}, Marks: map[string]string{sentTo: c.Request().URL.Path}}
	for name, values := range c.Request().PostForm {
		if strings.HasSuffix(name, "_kept") || secret(name) {
			continue
		}
		for _, value := range values {
			d.Typed.Add(name, process.Lines(strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", ""), ""))) // what cannot be kept was refused, or will be
		}
	}
	for _, name := range fileFields(c) {
		files, err := s.arrived(c, name, owner)
		if err != nil && refusalOf(err) == nil {
			return d, err
		}
		for _, f := range files {
			d.Files[name] = append(d.Files[name], store.KeptFile{UploadID: f.ID, Name: f.Name, SHA256: f.SHA256})
		}
	}
	for _, mark := range []string{addingFailed, knownEnterprise} {
		if value, ok := c.Get(mark).(string); ok {
			d.Marks[mark] = value
		}
	}
	return d, nil
}

// secret reports whether what is typed into a field of this name is kept nowhere: neither here nor on the device.
func secret(name string) bool {
	return slices.Contains([]string{"password", "again", "old", "fresh", "secret", "mail_password", "channel_sign", "channel_url"}, name)
}

// fileFields are the names of the fields that brought files, now or with an earlier try.
func fileFields(c echo.Context) []string {
	form := c.Request().MultipartForm
	if form == nil {
		return nil
	}
	names := slices.Collect(maps.Keys(form.File))
	for name := range form.Value {
		if of, is := strings.CutSuffix(name, "_kept"); is && !slices.Contains(names, of) {
			names = append(names, of)
		}
	}
	slices.Sort(names)
	return names
}

// forLater keeps the form of somebody whose session has ended while they filled it in, and leads over sign-in back to it. Only they will see it.
func (s *Site) forLater(c echo.Context, owner process.Actor) error {
	d, err := s.draft(c, owner)
	if err != nil {
		return err
	}
	d.Marks[signedOut] = "true"
	return s.put(c, standsOn(c), owner, d, func(address string) string { return "/sign-in?next=" + queryEscape(address) })
}

// wayBack is the page that sent the request, when it is one of ours.
func wayBack(c echo.Context) string {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host || from.Path == "" || from.Path == "/sign-in" {
		return "/"
	}
	return local(from.RequestURI())
}

// lapsed answers what came without a session that still holds: a form of somebody who was signed in is kept for them.
func (s *Site) lapsed(c echo.Context) error {
	r := c.Request()
	switch owner, was := auth.LapsedFrom(r.Context()); {
	case r.Method == http.MethodPost && was && standsOn(c) != "":
		return s.forLater(c, owner)
	case r.Method == http.MethodPost:
		return c.Redirect(http.StatusSeeOther, "/sign-in?next="+queryEscape(wayBack(c)))
	case r.URL.Path != "/":
		return c.Redirect(http.StatusSeeOther, "/sign-in?next="+queryEscape(r.URL.RequestURI()))
	}
	return c.Redirect(http.StatusSeeOther, "/sign-in")
}

// here is the address of a page without its query, as a place to go to: one of ours whatever was asked for.
func here(at *url.URL) string { return "/" + strings.TrimLeft(at.EscapedPath(), "/") }

// undrafted is the address of a page without what was typed into its form.
func undrafted(at *url.URL) string {
	query := at.Query()
	query.Del(draftParam)
	return strings.TrimSuffix(here(at)+"?"+query.Encode(), "?")
}
