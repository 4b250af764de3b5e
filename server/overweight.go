package server

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/site"
)

// What a form may be whose files are more than its route takes. Only a browser without scripts sends one: the page says how much it takes, and its script holds to it.
const (
	hopeless  = 4    // times as much as is taken: it is refused unread
	mostParts = 1000 // of a form
)

// overweight reports whether a body is a page's form with files that are more than is taken, and no more than is read for the sake of its texts.
func overweight(c echo.Context, media string, length, limit int64) bool {
	_, known := auth.From(c.Request().Context())
	return known && multiple(media) && length > limit && length <= hopeless*limit && !strings.HasPrefix(c.Path(), "/api/")
}

// lighten reads such a form: its texts are kept, so that whoever filled it in finds them again, and its files are let go as they come.
func lighten(c echo.Context) error {
	r := c.Request()
	parts, err := r.MultipartReader()
	if err != nil {
		return echo.ErrBadRequest
	}
	texts, field, size := url.Values{}, "", 0
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return unread(err)
		}
		if _, as, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition")); part.FileName() != "" || as["filename"] != "" {
			if field == "" {
				field = part.FormName()
			}
			if _, err := io.Copy(io.Discard, part); err != nil {
				return unread(err)
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, fromSignedIn))
		if err != nil {
			return unread(err)
		}
		if size += len(text); size > fromSignedIn {
			return echo.ErrStatusRequestEntityTooLarge
		}
		texts.Add(part.FormName(), string(text))
	}
	if field == "" { // it was no file that made it large
		return echo.ErrStatusRequestEntityTooLarge
	}
	r.MultipartForm = &multipart.Form{Value: texts, File: map[string][]*multipart.FileHeader{}}
	r.PostForm, r.Form = texts, url.Values{}
	for _, from := range []url.Values{texts, r.URL.Query()} {
		for name, values := range from {
			r.Form[name] = append(r.Form[name], values...)
		}
	}
	c.SetRequest(r.WithContext(site.LetGo(r.Context(), field)))
	return nil
}

// unread is why a form could not be read to its end.
func unread(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, echo.ErrRequestTimeout):
		return err
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	}
	return echo.ErrBadRequest
}
