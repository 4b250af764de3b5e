package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
)

// How many bytes a body may have, by what its sender may do. Files come on top, for people who are signed in, where a route takes them.
const (
	fromStranger = 64 << 10
	fromSignedIn = 1 << 20
	inMemory     = 32 << 20 // of a form's files; the rest waits in the temporary folder
)

// patience is how long things may take. A body has to keep coming: each stretch of a file that arrives earns as much time again, up to the longest.
type patience struct {
	headers   time.Duration
	body      time.Duration // for a body, or for a stretch of a file
	longest   time.Duration // for a file in all
	answering time.Duration // to take the answer, which may be a file; the stream of changes sets its own
	quiet     time.Duration // between two requests
	moment    time.Duration // how long a body may take before its sender is asked for again
}

const stretch = 64 << 10 // bytes

func usual() patience {
	return patience{headers: 10 * time.Second, body: 30 * time.Second, longest: 30 * time.Minute, answering: 10 * time.Minute, quiet: 2 * time.Minute, moment: 500 * time.Millisecond}
}

// over gives a server the time limits of requests whose handlers set none of their own.
func (p patience) over(s *http.Server) *http.Server {
	s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout, s.MaxHeaderBytes = p.headers, p.body, p.answering, p.quiet, 64<<10
	return s
}

// bound limits how much of a request's body is taken, and for how long. What is announced to be too large is refused before any of it is read;
// a form is read whole before its handler runs, so that no handler takes half of one for all of it.
func (s *Server) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, w := c.Request(), c.Response()
		media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // what cannot be read is no form
		limit, err := s.limit(c, media)
		heavy := err == nil && overweight(c, media, r.ContentLength, limit)
		if heavy {
			limit = r.ContentLength
		}
		if err == nil && r.ContentLength > limit {
			err = echo.ErrStatusRequestEntityTooLarge
		}
		if err != nil {
			return hangUp(c, err)
		}
		steady := &steadyBody{from: http.MaxBytesReader(w, r.Body, limit), control: http.NewResponseController(w), patience: s.patience, begun: time.Now(), files: multiple(media)}
		if r.ContentLength == 0 {
			steady.rest()
		}
		r.Body = steady
		read := func() error { return readForm(c, media) }
		if heavy {
			read = func() error { return lighten(c) }
		}
		if err := read(); err != nil {
			return hangUp(c, err)
		}
		if err := s.still(r, steady.begun); err != nil {
			return hangUp(c, err)
		}
		if r.MultipartForm != nil { // the server removes only what hangs on its own copy of the request
			defer r.MultipartForm.RemoveAll() //nolint:errcheck // the temporary folder is the system's
		}
		return next(c)
	}
}

// still asks again who sends a body that took its time to come: a session, token or account that has ended meanwhile writes nothing any more.
func (s *Server) still(r *http.Request, begun time.Time) error {
	if _, known := auth.From(r.Context()); !known || reads(r.Method) || time.Since(begun) < s.patience.moment {
		return nil
	}
	if _, err := s.whois(r); err != nil {
		return fmt.Errorf("identify the caller again: %w", unreachable(err))
	}
	return nil
}

func multiple(media string) bool { return strings.HasPrefix(media, "multipart/") }

// limit returns how many bytes the body of a request may have. Files come from people who are signed in, to routes that take them.
func (s *Server) limit(c echo.Context, media string) (int64, error) {
	_, known := auth.From(c.Request().Context())
	if _, was := auth.LapsedFrom(c.Request().Context()); was {
		known = true // their form is kept until they sign in again
	}
	switch {
	case multiple(media) && !known:
		return 0, auth.ErrNobody
	case multiple(media) && takes(c) == 0:
		return 0, echo.ErrUnsupportedMediaType
	case multiple(media):
		return takes(c)*s.Blobs.Limit + fromSignedIn, nil
	case known && strings.HasPrefix(c.Path(), "/api/v1/registers/") && strings.HasSuffix(c.Path(), "/import"):
		return s.Blobs.Limit + fromSignedIn, nil // a workbook as it is
	case known && c.Path() == "/api/v1/letter-settings/:sort":
		return 3 << 20, nil // a template in base64
	case known:
		return fromSignedIn, nil
	}
	return fromStranger, nil
}

// takes is how many files the route of a request takes at once.
func takes(c echo.Context) int64 {
	switch c.Path() {
	case uploads, "/calendar/preview", "/registers/:register/import", "/letter-settings/:letter":
		return 1
	}
	if slices.ContainsFunc(kinds.All(), func(k process.Entry) bool {
		return c.Path() == "/"+k.Path+"/:id/:command" || c.Path() == kinds.Opening(k)
	}) {
		return blobs.AtOnce
	}
	return 0
}

// uploads is the route that reads its file itself, while it comes.
const uploads = "/api/v1/uploads"

// hangUp ends the connection after the answer: what is still coming is not a request.
func hangUp(c echo.Context, err error) error {
	c.Response().Header().Set("Connection", "close")
	return err
}

// readForm reads a form, or another body, whole. A file that comes alone is read by its handler.
func readForm(c echo.Context, media string) error {
	r := c.Request()
	var err error
	switch {
	case reads(r.Method) || c.Path() == uploads:
	case media == "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case multiple(media):
		err = r.ParseMultipartForm(inMemory)
	default:
		var body []byte
		body, err = io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	if err == nil {
		return nil
	}
	return unread(err)
}

// steadyBody is a body that has to keep coming.
type steadyBody struct {
	from    io.ReadCloser
	control *http.ResponseController
	patience
	begun time.Time
	came  int64 // since time was last given
	files bool  // each stretch earns time for the next
}

// Read reads, and answers a body that does not come with 408.
func (b *steadyBody) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	b.came += int64(n)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, echo.ErrRequestTimeout
	case errors.Is(err, io.EOF):
		b.rest()
	case b.files && b.came >= stretch && time.Since(b.begun) < b.longest:
		b.came = 0
		b.allow(time.Now().Add(b.body), time.Now().Add(b.body+b.answering))
	}
	return n, err
}

// Close closes the body.
func (b *steadyBody) Close() error { return b.from.Close() }

// rest lifts the limit on reading: the body is here, and what is read from now on is only whether the caller is still there.
func (b *steadyBody) rest() { b.allow(time.Time{}, time.Now().Add(b.answering)) }

// allow moves the deadlines. A connection that has none, as in a test without a server, is left alone.
func (b *steadyBody) allow(read, write time.Time) {
	_ = b.control.SetReadDeadline(read)
	_ = b.control.SetWriteDeadline(write)
}
