package site

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
)

// What is shown once, such as a first password, has an address of its own: loading it again, going back to it and a second click on the button show the same
// for store.ShownFor, to the session that sent the form and to nobody else. The form is carried out once, however often it is sent, whichever server it meets.

const (
	shownParam = "shown"
	longest    = 5 * time.Minute // that carrying such a form out may take: an import reckons many passwords
)

// once carries a form out that has a key, and leads to the page that shows what came of it. do returns that page, with its part after #, and what it shows, which it gets back with
// what(). Called off halfway, because its sender clicked twice, it is done all the same. A form without a key is done every time.
func (s *Site) once(c echo.Context, do func() (page string, what any, err error)) error {
	id, err := s.formID(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), longest)
	defer cancel()
	for {
		mine, err := s.App.Store.ClaimShown(ctx, id, actorOf(c).ID, sessionOf(c), time.Now())
		if err != nil {
			return err
		}
		if mine {
			c.SetRequest(c.Request().WithContext(ctx))
			break
		}
		if page, err := s.await(c, id); err != nil || page != "" {
			if err == nil {
				err = c.Redirect(http.StatusSeeOther, page)
			}
			return s.refuse(c, err)
		}
	}
	page, what, err := do()
	if err != nil {
		if dropped := s.App.Store.DropShown(ctx, id); dropped != nil {
			s.App.Log.Error("a form that was refused cannot be sent again", "error", dropped)
		}
		return s.refuse(c, err)
	}
	page, part, _ := strings.Cut(page, "#")
	if err := s.hold(ctx, id, page, what); err != nil {
		return err
	}
	if err := s.App.Store.DropDraft(ctx, c.FormValue("_draft"), actorOf(c).ID); err != nil {
		return err
	}
	if part != "" {
		part = "#" + part
	}
	return c.Redirect(http.StatusSeeOther, page+"?"+shownParam+"="+id+part)
}

// hold keeps what came of a claimed form.
func (s *Site) hold(ctx context.Context, id, page string, what any) error {
	text, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("write what came of the form: %w", err)
	}
	return s.App.Store.KeepShown(ctx, id, page, s.Safe.Seal(id, text))
}

// await waits for whoever carries the same form out and returns the address that shows what came of it, or "" when it was not carried out.
func (s *Site) await(c echo.Context, id string) (string, error) {
	ctx := c.Request().Context()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		shown, err := s.App.Store.Shown(ctx, id, actorOf(c).ID, sessionOf(c), time.Now())
		switch {
		case err != nil || shown == nil:
			return "", err
		case shown.Done:
			return shown.Path + "?" + shownParam + "=" + id, nil
		case time.Since(shown.Since) > longest: // its server is gone
			return "", process.Refuse(process.Stuck, "这次提交中途断了，不知道办成了没有。请先到名单里看一看，再决定要不要重办。",
				"This was broken off halfway, and it is not known whether it was done. Look at the list before you do it again.")
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// formID names a form by its sender, their session, and everything in it: who goes back and writes something else means something else.
func (s *Site) formID(c echo.Context) (string, error) {
	form, err := c.FormParams()
	if err != nil {
		return "", err
	}
	key := form.Get("_key")
	if key == "" {
		key = rand.Text()
	}
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%x %s %s %s", sessionOf(c), c.Request().URL.Path, key, form.Encode())
	if files := c.Request().MultipartForm; files != nil {
		for _, name := range slices.Sorted(maps.Keys(files.File)) {
			for _, header := range files.File[name] {
				if err := within(sum, header); err != nil {
					return "", err
				}
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// within adds a file that came with a form to what the form's name is made of.
func within(sum io.Writer, header *multipart.FileHeader) error {
	file, err := header.Open()
	if err != nil {
		return fmt.Errorf("open the received file: %w", err)
	}
	defer file.Close()
	if _, err := io.Copy(sum, file); err != nil {
		return fmt.Errorf("read the received file: %w", err)
	}
	return nil
}

func sessionOf(c echo.Context) []byte {
	identity, _ := auth.From(c.Request().Context())
	return identity.TokenHash
}

// reveal lets a page find what it shows of a form that was carried out. What is not shown any more says so.
func (s *Site) reveal(c echo.Context, next echo.HandlerFunc) error {
	r := c.Request()
	id := r.URL.Query().Get(shownParam)
	if r.Method != http.MethodGet || id == "" {
		return next(c)
	}
	shown, err := s.App.Store.Shown(r.Context(), id, actorOf(c).ID, sessionOf(c), time.Now())
	if err != nil {
		return err
	}
	if shown == nil || shown.Path != r.URL.Path || shown.Sealed == nil {
		s.flash(c, "shown_no_more")
		return c.Redirect(http.StatusSeeOther, here(r.URL))
	}
	text, err := s.Safe.Unseal(id, shown.Sealed)
	if err != nil {
		return err
	}
	c.Set(shownParam, text)
	return next(c)
}

// what puts what came of a form into v, and reports whether anything did.
func what(c echo.Context, v any) (bool, error) {
	text, ok := c.Get(shownParam).([]byte)
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal(text, v); err != nil {
		return false, fmt.Errorf("understand what came of the form: %w", err)
	}
	return true, nil
}
