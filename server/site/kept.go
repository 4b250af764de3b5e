package site

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/ui"
)

// arrived keeps the files that come with a form and returns them after those that arrived with an earlier try of it and are still wanted: a
// browser cannot fill a file field again, so a form that is shown again carries what was received. It receives them once in a request.
func (s *Site) arrived(c echo.Context, name string) ([]ui.Kept, error) {
	key := "arrived " + name
	if known, ok := c.Get(key).([]ui.Kept); ok {
		return known, nil
	}
	form, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, process.RefuseField(name, "文件没有传完整，请重试。", "The files did not arrive whole; send them again.")
	}
	files := []ui.Kept{}
	for _, value := range form.Value[name+"_kept"] {
		if id, title, ok := strings.Cut(value, "/"); ok {
			files = append(files, ui.Kept{ID: id, Name: title})
		}
	}
	for _, header := range form.File[name] {
		id, err := s.receiveOne(c, header)
		if err != nil {
			c.Set(key, files)
			return files, process.Pointing(err, name)
		}
		files = append(files, ui.Kept{ID: id, Name: header.Filename})
	}
	c.Set(key, files)
	return files, nil
}

// retype puts what was typed back into a form that stands among other things on its page, and prepares its fields.
func (s *Site) retype(c echo.Context, f *ui.Form, refusal *process.Refusal) error {
	if c.Request().Method == http.MethodPost && c.Request().URL.Path == f.Action {
		for i := range f.Fields {
			if f.Fields[i].Kind != "hidden" && f.Fields[i].Kind != "password" {
				f.Fields[i].Value = c.FormValue(f.Fields[i].Name)
			}
		}
	}
	return s.prepare(c, f.Fields, refusal)
}

// prepare fills in what the fields of a form show beside what was typed: files that have arrived, and choices among hundreds.
func (s *Site) prepare(c echo.Context, fields []ui.Field, refusal *process.Refusal) error {
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Kind == "files" && c.Request().Method == http.MethodPost:
			files, err := s.arrived(c, f.Name)
			if refusalOf(err) == nil && err != nil {
				return err
			}
			f.Kept = files
		case f.Chosen():
			if err := s.offer(c, f, refusal); err != nil {
				return err
			}
		}
	}
	return nil
}
