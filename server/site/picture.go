package site

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// filed names one revision of one attachment of a case.
type filed struct {
	ID       string `param:"id"`
	Number   int    `param:"number"`
	Revision int    `param:"revision"`
	Size     string `param:"size"`
}

func filedAt(c echo.Context) (filed, error) {
	var at filed
	if err := (&echo.DefaultBinder{}).BindPathParams(c, &at); err != nil {
		return at, echo.ErrNotFound
	}
	return at, nil
}

// file streams an attachment as it was received, to who may have it so.
func (s *Site) file(c echo.Context) error {
	at, err := filedAt(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := s.App.Store.Original(ctx, actorOf(c), at.ID, at.Number, at.Revision)
	if err != nil {
		return err
	}
	content, err := s.Blobs.Bytes(ctx, found.Sha256)
	if err != nil {
		return err
	}
	defer content.Close()
	keepForItself(c)
	blobs.Serve(c.Response(), c.Request(), found, content)
	return nil
}

// preview streams a picture's preview, to everybody who reads the file.
func (s *Site) preview(c echo.Context) error {
	at, err := filedAt(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := s.App.Store.Attachment(ctx, actorOf(c), at.ID, at.Number, at.Revision)
	if err != nil {
		return err
	}
	content, err := pictures.Open(ctx, s.App.Store, s.Blobs, found.Sha256, pictures.Size(at.Size))
	if err != nil {
		return err
	}
	defer content.Close()
	keepForItself(c)
	pictures.Serve(c.Response(), c.Request(), found, pictures.Size(at.Size), content)
	return nil
}

// keepForItself lets a browser keep a file that never changes, for its own reader alone.
func keepForItself(c echo.Context) {
	header := c.Response().Header()
	header.Set("Cache-Control", "private, max-age=86400, immutable")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
}

// viewer shows one picture of a case alone, with the way to the others and back.
func (s *Site) viewer(c echo.Context) error {
	at, err := filedAt(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	of, known, err := s.App.Store.Pictures(ctx, actorOf(c), at.ID)
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(slices.Clone(*of.Subject.Filed()), func(a process.Attachment) bool { return !a.IsPicture() })
	n := slices.IndexFunc(all, func(a process.Attachment) bool { return a.Number == at.Number && a.Revision == at.Revision })
	if n < 0 {
		return echo.ErrNotFound
	}
	header := of.Subject.Header()
	v := ui.Viewer{CaseID: header.ID, Back: kinds.URL(of.Kind, header.ID), Case: header.Title, File: all[n], Known: known[all[n].SHA256], At: n + 1, Of: len(all)}
	if n > 0 {
		v.Previous = &all[n-1]
	}
	if n+1 < len(all) {
		v.Next = &all[n+1]
	}
	ch, err := s.chrome(c, i18n.T(ctx, "photo.count", "At", v.At, "Of", v.Of), menuOf(of.Kind), ui.Link{Text: header.Title, URL: v.Back})
	if err != nil {
		return fmt.Errorf("show picture %d of case %s: %w", at.Number, at.ID, err)
	}
	return render(c, http.StatusOK, ui.ViewerPage(ch, v))
}
