package site

import (
	"crypto/rand"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// arrived keeps the files that come with a form and returns them after those that arrived with an earlier try of it and are still wanted: a
// browser cannot fill a file field again, so a form that is shown again carries what was received. It receives them once in a request; what has the
// same content is one file. The files that cannot be taken are refused by name, and the others kept.
func (s *Site) arrived(c echo.Context, name string, owner process.Actor) ([]ui.Kept, error) {
	key := "arrived " + name
	if known, ok := c.Get(key).(arrival); ok {
		return known.files, known.err
	}
	got, err := s.receive(c, name, owner)
	if err != nil && refusalOf(err) == nil {
		return nil, err
	}
	c.Set(key, arrival{got, err})
	return got, err
}

type arrival struct {
	files []ui.Kept
	err   error
}

func (s *Site) receive(c echo.Context, name string, owner process.Actor) ([]ui.Kept, error) {
	files := []ui.Kept{}
	if d := draftOf(c); d != nil {
		for _, f := range d.Files[name] {
			files = append(files, ui.Kept{ID: f.UploadID, SHA256: f.SHA256, Name: f.Name})
		}
		return files, nil
	}
	form, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) { // nothing new, and perhaps what arrived before
		form, err = &multipart.Form{Value: c.Request().PostForm}, nil
	}
	if err != nil {
		return nil, process.RefuseField(name, "文件没有传完整，请重试。", "The files did not arrive whole; send them again.")
	}
	for _, earlier := range form.Value[name+"_kept"] {
		if parts := strings.SplitN(earlier, "/", 3); len(parts) == 3 {
			files = append(files, ui.Kept{ID: parts[0], SHA256: parts[1], Name: value.Said(parts[2])})
		}
	}
	var refused *process.Refusal
	for _, header := range form.File[name] {
		if header.Filename == "" && header.Size == 0 {
			continue
		}
		file, err := s.receiveOne(c, header, owner)
		if r := refusalOf(err); r != nil {
			fault := process.Field{Name: name, Chinese: "「" + value.Said(header.Filename) + "」：" + r.Chinese, English: value.Said(header.Filename) + ": " + r.English}
			if refused == nil {
				refused = process.Refuse(r.Code, fault.Chinese, fault.English)
			}
			refused = refused.With(fault)
			continue
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(files, func(k ui.Kept) bool { return k.SHA256 == file.SHA256 }) {
			files = append(files, file)
		}
	}
	if refused != nil {
		return files, refused
	}
	return files, nil
}

func (s *Site) receiveOne(c echo.Context, header *multipart.FileHeader, owner process.Actor) (ui.Kept, error) {
	file, err := header.Open()
	if err != nil {
		return ui.Kept{}, fmt.Errorf("open the received file: %w", err)
	}
	defer file.Close()
	received, err := s.Blobs.Receive(c.Request().Context(), header.Filename, file)
	if err != nil {
		return ui.Kept{}, err
	}
	id, err := s.App.Store.AddUpload(c.Request().Context(), owner, received)
	return ui.Kept{ID: id, SHA256: fmt.Sprintf("%x", received.SHA256), Name: received.Name}, err
}

// evidence are the files of a form as a command brings them.
func (s *Site) evidence(c echo.Context, name string) ([]process.Evidence, error) {
	evidence := []process.Evidence{}
	files, err := s.arrived(c, name, actorOf(c))
	for _, f := range files {
		evidence = append(evidence, process.Evidence{UploadID: f.ID})
	}
	return evidence, err
}

// sent is the address that the form was sent to which the page shows again, or "".
func sent(c echo.Context) string {
	if d := draftOf(c); d != nil {
		return d.Marks[sentTo]
	}
	return ""
}

// retype puts what was typed back into the form that the page shows again, says at each field why it was not carried out, and prepares the fields. Other
// forms of the page begin as they are.
func (s *Site) retype(c echo.Context, f *ui.Form) error {
	f.Key = rand.Text()
	d := draftOf(c)
	if d == nil || sent(c) != f.Action {
		return s.prepare(c, f.Fields, nil)
	}
	f.Draft = c.QueryParam(draftParam)
	if key := c.FormValue("_key"); key != "" {
		f.Key = key
	}
	for i := range f.Fields {
		one := &f.Fields[i]
		switch {
		case one.Kind == "hidden":
		case secret(one.Name):
			one.Value, one.Hint = "", i18n.T(c.Request().Context(), "hint.secret")
		case one.Many:
			one.Value = strings.Join(several(c, one.Name), ",")
		default:
			one.Value = strings.Join(c.Request().Form[one.Name], "、")
		}
	}
	if err := s.prepare(c, f.Fields, d.Refusal); err != nil {
		return err
	}
	return s.explainAll(c, f, task{}, d)
}

// prepare fills in what the fields of a form show beside what was typed: files that have arrived, and choices among hundreds.
func (s *Site) prepare(c echo.Context, fields []ui.Field, refusal *process.Refusal) error {
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Kind == "date":
			f.Example = i18n.T(c.Request().Context(), "day.example", "Day", s.today().AddDays(7).String())
		case f.Kind == "files" && sent(c) != "":
			files, err := s.arrived(c, f.Name, actorOf(c))
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
