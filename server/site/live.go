package site

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
)

// mostTold is how many cases one message to a page names; when more have changed it says so and names none.
const mostTold = 200

// rest is how long a page is left alone after it was told: many changes are one message.
const rest = 2 * time.Second

// changed is what a page has not been told yet.
type changed struct {
	Cases []string `json:"cases"`
	Many  bool     `json:"many"` // more than are worth naming, or some were missed: any case may have changed
}

// listener is an open page.
type listener struct {
	one     string // the only case it shows; "" for lists, which show any
	session string // that opened it, by the SHA-256 of its token in hex
	person  string // whose it is
	pending changed
	wake    chan struct{}
	over    chan struct{} // closed when the page may hear nothing more as whom it was opened
}

// Hub tells open pages which cases have changed. What a page is told is only what its reader may know of, and only of the case it shows if it shows
// one; what changed it asks again, as its reader.
type Hub struct {
	mu     sync.Mutex
	pages  map[*listener]struct{}
	ended  chan struct{}
	closed bool
}

// end returns what is closed when the streams have to end.
func (h *Hub) end() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.made()
}

func (h *Hub) made() chan struct{} {
	if h.ended == nil {
		h.ended = make(chan struct{})
	}
	return h.ended
}

// Close ends every stream, so that the server can stop; pages come back by themselves when it is there again. It can be repeated.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		close(h.made())
	}
}

// Changed notes a changed case for every page that may show it; "" means that changes may have been missed.
func (h *Hub) Changed(caseID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for page := range h.pages {
		if page.one != "" && caseID != "" && page.one != caseID {
			continue
		}
		page.pending.add(caseID)
		select {
		case page.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// Ended ends the streams of a session, or of a person who may now do other things; "" means that some may have been missed, and ends all of them. A
// browser that is still signed in comes back by itself, as who it is now.
func (h *Hub) Ended(who string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for page := range h.pages {
		if who == "" || who == page.session || who == page.person {
			close(page.over)
			delete(h.pages, page)
		}
	}
}

func (c *changed) add(caseID string) {
	switch {
	case c.Many || slices.Contains(c.Cases, caseID):
	case caseID == "" || len(c.Cases) == mostTold:
		c.Cases, c.Many = nil, true
	default:
		c.Cases = append(c.Cases, caseID)
	}
}

func (h *Hub) join(page *listener) func() {
	h.mu.Lock()
	defer h.mu.Unlock()
	page.wake, page.over = make(chan struct{}, 1), make(chan struct{})
	if h.pages == nil {
		h.pages = map[*listener]struct{}{}
	}
	h.pages[page] = struct{}{}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.pages, page)
	}
}

// take returns what the page has not been told yet.
func (h *Hub) take(page *listener) changed {
	h.mu.Lock()
	defer h.mu.Unlock()
	taken := page.pending
	page.pending = changed{}
	return taken
}

// news is the message about what has changed, without cases that the reader may not know of; "" when nothing is left to say.
func (s *Site) news(ctx context.Context, actor process.Actor, page *listener) (string, error) {
	c := s.Hub.take(page)
	if !c.Many {
		var err error
		if c.Cases, err = s.App.Store.InSight(ctx, actor, c.Cases); err != nil || len(c.Cases) == 0 {
			return "", err
		}
	}
	text, err := json.Marshal(c)
	return "event: changed\ndata: " + string(text) + "\n\n", err
}

// live is a stream of server-sent events: which cases have changed, at most one message every two seconds, and a sign of life between. ?case= asks
// for one case alone. It ends at once with the session that opened it, wherever that is ended, and else after some minutes; the browser comes back by
// itself, and is asked who it is again.
func (s *Site) live(c echo.Context) error {
	ctx := c.Request().Context()
	identity, _ := auth.From(ctx)
	page := &listener{one: c.QueryParam("case"), session: hex.EncodeToString(identity.TokenHash), person: identity.Actor.ID}
	leave := s.Hub.join(page)
	defer leave()
	identity, err := s.Auth.Anew(ctx, identity) // it may have ended before the page was among those that are told so
	if err != nil {
		return err
	}
	actor := identity.Actor
	ended := s.Hub.end()
	w := c.Response()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	if OnlyHead(ctx) {
		return nil
	}
	over, alive := time.After(5*time.Minute), time.NewTicker(20*time.Second)
	defer alive.Stop()
	control := http.NewResponseController(w)
	say := func(text string) error {
		_ = control.SetWriteDeadline(time.Now().Add(30 * time.Second)) // a reader who takes nothing has gone
		if _, err := w.Write([]byte(text)); err != nil {
			return err
		}
		w.Flush()
		return nil
	}
	if err := say("retry: 3000\n\n"); err != nil {
		return nil //nolint:nilerr // the reader has gone
	}
	for {
		text := ": alive\n\n"
		select {
		case <-ctx.Done():
			return nil
		case <-over:
			return nil
		case <-alive.C:
		case <-ended:
			return nil
		case <-page.over:
			return nil
		case <-page.wake:
			var err error
			if text, err = s.news(ctx, actor, page); err != nil {
				s.App.Log.Warn("a page could not be told what has changed", "error", err)
				return nil // it comes back, and looks at once
			}
		}
		if text != "" && say(text) != nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ended:
			return nil
		case <-page.over:
			return nil
		case <-time.After(rest): // many changes are one message
		}
	}
}
