// Package site is the face for people: one action, one handler: parse, carry out, and show the same page with the same values or redirect.
package site

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/web"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// Site shows the pages.
type Site struct {
	App       *app.App
	Auth      *auth.Auth
	Blobs     *blobs.Keeper
	Assets    *web.Assets
	Catalogue *i18n.Catalogue
	Hub       *Hub
	Clock     *turn.Clock // of a demo zone; nil for a real one, which then has no page to turn it
	Safe      *notify.Safe
	Post      *notify.Post
	Link      *founding.Link   // by which the zone is set up; nil where it is there, or where `parkway setup` does it
	EngineUI  bool             // Temporal's own pages are there
	Demo      []ui.DemoAccount // shown at sign-in while the zone holds demo data

	sheets   sheets
	vouches  vouches
	founding atomic.Pointer[store.Draft] // what the browser that sets the zone up has typed: before there is a zone nobody owns a draft
}

// The cookies. The session's holds a secret, the device's a signature, the language's a word.
const (
	SessionCookie  = "parkway_session"
	deviceCookie   = "parkway_device"
	languageCookie = "parkway_language"
	flashCookie    = "parkway_flash"
)

// Route mounts the pages.
func (s *Site) Route(e *echo.Echo) {
	e.GET("/assets/*", echo.WrapHandler(s.Assets))
	open := e.Group("", s.speak)
	open.GET("/sign-in", s.signInPage)
	open.POST("/sign-in", s.signIn)
	open.GET("/session", s.session)
	open.GET("/language", s.language)
	open.GET(founding.Path, s.setup)
	open.POST(founding.Path, s.setUp)
	open.GET("/api", s.reference, s.inside)
	open.GET(store.VerifyPath+":code", s.vouch)

	in := e.Group("", s.speak, s.inside, accepted, s.light, s.resume)
	in.POST("/sign-out", s.signOut)
	in.GET("/account", s.account)
	in.POST("/account/password", s.changePassword)

	in = in.Group("", s.settled)
	in.POST("/account/tokens", s.createToken)
	in.POST("/account/tokens/:token/revoke", s.revokeToken)
	in.GET("/", s.work)
	in.GET("/menu", s.menu)
	in.GET("/record", s.openings)
	in.GET("/live", s.live)
	in.GET("/bulk", s.bulkForm)
	in.POST("/bulk", s.bulk)
	in.POST("/watch/:id", s.watch)
	in.POST("/lists/:list/columns", s.chooseColumns)
	in.POST("/filters", s.saveFilter)
	in.POST("/filters/:filter/drop", s.dropFilter)
	in.GET("/forecast", s.forecast)
	in.GET("/calendar", s.calendar)
	in.GET("/calendar/preview", s.showProposal, s.administrators)
	in.POST("/calendar/preview", s.previewCalendar, s.administrators)
	in.POST("/calendar/apply", s.applyCalendar, s.administrators)
	in.GET("/operations", s.operations, s.administrators)
	in.GET("/definitions", s.definitions, s.administrators)
	in.POST("/definitions", s.adoptDefinition, s.administrators)
	in.GET("/search", s.search)
	in.GET("/find/enterprises", s.findEnterprises)
	in.GET("/find/people", s.findPeople)
	in.GET("/find/parties", s.findParties)
	in.GET("/find/projects", s.findAlike)
	in.GET("/find/visits", s.findVisits)
	in.GET("/notices", s.notices)
	in.POST("/notices/:notice/ack", s.ackNotice)
	in.GET("/account/reminders", s.habits)
	in.POST("/account/reminders", s.setHabits)
	in.POST("/account/absences", s.addAbsence)
	in.POST("/account/absences/:absence/end", s.endAbsence)
	in.GET("/channels", s.channels, s.administrators)
	in.POST("/channels", s.addChannel, s.administrators)
	in.GET("/channels/:channel/edit", s.channel, s.administrators)
	in.POST("/channels/:channel/edit", s.editChannel, s.administrators)
	in.POST("/channels/:channel", s.changeChannel, s.administrators)
	in.GET("/deliveries", s.deliveries)
	in.POST("/deliveries/:message/resend", s.resend, s.administrators)
	if s.Clock != nil { // a real zone has no clock to turn, and no address to turn it at
		in.GET("/clock", s.clock, s.administrators)
		in.POST("/clock", s.turnClock, s.administrators)
	}
	in.GET("/progress", s.progress)
	in.GET("/campaigns/:campaign", s.campaign)
	in.GET("/visit-plan", s.visitPlan)
	in.GET("/funnel", s.funnel)
	in.GET("/money", s.money)
	in.GET("/projects/:id/schedule", s.schedule)
	in.GET("/projects/:id/brief", s.brief)
	in.GET("/projects/:id/seals/:seq", s.seal)
	in.GET("/projects/:id/permits", s.permits)
	s.routeKinds(in)
	s.routeField(open, in)
	in.GET("/files/:id/:number/:revision", s.file)
	in.GET("/files/:id/:number/:revision/view", s.viewer)
	in.GET("/files/:id/:number/:revision/:size", s.preview)
	in.GET("/letters", s.letters)
	in.GET("/letter-settings", s.letterSettings, s.administrators)
	in.GET("/letter-settings/:letter", s.letterSetting, s.administrators)
	in.POST("/letter-settings/:letter", s.setLetter, s.administrators)
	in.GET("/letter-settings/:letter/template", s.letterTemplate, s.administrators)
	in.GET("/letter-settings/:letter/preview", s.letterPreview, s.administrators)
	in.GET("/letters/:id/:seq", s.letter)
	in.GET("/letters/:id/:seq/file", s.letterFile)
	in.GET("/letters/:id/:seq/picture", s.letterPicture)
	in.GET("/enterprises", s.enterprises)
	in.POST("/enterprises", s.addEnterprise)
	in.GET("/enterprises/:id", s.enterprise)
	in.POST("/enterprises/:id", s.setCare, s.administrators)
	s.routeRegisters(in)
}

// speak chooses the language: the account's, the cookie's, or what the browser asks for.
func (s *Site) speak(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.SetRequest(c.Request().WithContext(s.spoken(c.Request())))
		return next(c)
	}
}

func (s *Site) spoken(r *http.Request) context.Context {
	return ui.Counting(i18n.With(r.Context(), s.Catalogue.Speak(languageOf(r))), func(ctx context.Context, ids []string) (map[string]store.Counting, error) {
		return s.App.Store.Counting(ctx, ids)
	})
}

func languageOf(r *http.Request) string {
	if cookie, err := r.Cookie(languageCookie); err == nil && (cookie.Value == "en" || cookie.Value == "zh") {
		return cookie.Value
	}
	if identity, ok := auth.From(r.Context()); ok {
		return identity.Language
	}
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		switch tag := strings.ToLower(strings.TrimSpace(part)); {
		case strings.HasPrefix(tag, "zh"):
			return "zh"
		case strings.HasPrefix(tag, "en"):
			return "en"
		}
	}
	return "zh"
}

// Chinese reports whether the caller reads Chinese.
func Chinese(r *http.Request) bool { return languageOf(r) == "zh" }

// inside sends strangers to the sign-in page and brings them back afterwards.
func (s *Site) inside(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, ok := auth.From(c.Request().Context()); ok {
			return next(c)
		}
		return s.lapsed(c)
	}
}

// settled sends people with a first password to choose their own.
func (s *Site) settled(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if identity, _ := auth.From(c.Request().Context()); identity.MustChange {
			return c.Redirect(http.StatusSeeOther, "/account")
		}
		return next(c)
	}
}

// overseers lets administrators in, and the auditors who read what they did.
func (s *Site) overseers(next echo.HandlerFunc) echo.HandlerFunc {
	admins := s.administrators(next)
	return func(c echo.Context) error {
		if actorOf(c).Has(process.Auditor) {
			return next(c)
		}
		return admins(c)
	}
}

// administrators lets nobody else in, and tells the others whom to ask.
func (s *Site) administrators(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		actor := actorOf(c)
		if actor.Has(process.Administrator) {
			return next(c)
		}
		if actor.Has(process.Enterprise) { // who works in the zone is not told outside it
			return process.Refuse(process.NotAllowed, "这一页由园区的管理员使用。有事请联系园区的经办人。", "This page is for the zone's administrators; please ask the person at the zone whom you know.")
		}
		ctx := c.Request().Context()
		park, err := s.App.Store.Park(ctx)
		if err != nil {
			return err
		}
		names, err := s.Auth.Queries.Administrators(ctx, park.ID)
		if err != nil {
			return fmt.Errorf("look for the administrators: %w", err)
		}
		return process.Refuse(process.NotAllowed, "这一页由管理员使用。管理员："+strings.Join(names, "、")+"，请找他们办理。", "This page is for administrators. Ask one of them: "+strings.Join(names, ", ")+".")
	}
}

func actorOf(c echo.Context) process.Actor {
	identity, _ := auth.From(c.Request().Context())
	return identity.Actor
}

func (s *Site) today() clock.Date { return clock.DateOf(s.App.Now()) }

// chrome prepares what surrounds a page's content.
func (s *Site) chrome(c echo.Context, title, current string, crumbs ...ui.Link) (ui.Chrome, error) {
	ctx := c.Request().Context()
	identity, _ := auth.From(ctx)
	ch := ui.Chrome{Title: title, Current: current, Actor: actorOf(c), Username: identity.Username, Today: s.today(), Now: s.App.Now(), Path: c.Request().URL.RequestURI(), Asset: s.Assets.URL, Wrong: wrong(c)}
	ch.Crumbs = append([]ui.Link{{Text: i18n.T(ctx, "brand"), URL: "/"}}, crumbs...)
	ch.Crumbs = append(ch.Crumbs, ui.Link{Text: title})
	park, err := s.App.Store.Park(ctx)
	if err != nil {
		return ch, err
	}
	ch.Zone = park.Name
	if ch.Invented, err = s.App.Store.Invented(ctx); err != nil {
		return ch, err
	}
	cal, err := s.App.Store.Calendar(ctx)
	if err != nil {
		return ch, err
	}
	warn(ctx, &ch, cal)
	if s.Clock != nil {
		ch.Clock = &ui.Turned{Now: s.App.Now(), Ahead: s.Clock.Ahead().Abs() > time.Minute, Turning: s.Clock.Goal() != nil}
	}
	if ch.Actor.ID != "" {
		if ch.Unread, err = s.App.Store.UnreadNotices(ctx, ch.Actor.ID); err != nil {
			return ch, err
		}
	}
	if cookie, err := c.Cookie(flashCookie); err == nil {
		ch.Flash = i18n.T(ctx, "flash."+cookie.Value)
		c.SetCookie(&http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1})
	}
	return ch, nil
}

// flash tells on the next page that something was done.
func (s *Site) flash(c echo.Context, word string) {
	c.SetCookie(&http.Cookie{Name: flashCookie, Value: word, Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Auth.Secure})
}

// render answers with a page. It is drawn in full first, so that a fault while drawing is answered as an error and not as half a page; in what the clocks
// count that it shows is read for all of them at once, and its tables say in every cell what stands there.
func render(c echo.Context, status int, page templ.Component) error {
	var buffer bytes.Buffer
	ctx, dues := ui.Counted(c.Request().Context())
	if err := page.Render(ctx, &buffer); err != nil {
		return fmt.Errorf("draw the page: %w", err)
	}
	drawn, err := dues.Fill(ctx, buffer.Bytes())
	if err != nil {
		return fmt.Errorf("draw the page's due dates: %w", err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, ui.Labelled(drawn))
}

func cursorOf(c echo.Context) store.Cursor { return store.Cursor(c.QueryParam("cursor")) }
