package site

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// letterSettings lists how every sort of letter is numbered and written.
func (s *Site) letterSettings(c echo.Context) error {
	ctx := c.Request().Context()
	all, err := s.App.Store.LetterSettings(ctx, s.today().Year())
	if err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "letters.settings"), "stamp")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.LetterSettingsPage(ch, all))
}

// letterSetting is the form of one sort: its numbers, whether it is in use, its template.
func (s *Site) letterSetting(c echo.Context) error {
	ctx := c.Request().Context()
	one, err := s.settingOf(c)
	if err != nil {
		return err
	}
	at := "/letter-settings/" + one.ID
	name := i18n.Pick(ctx, process.Text(one.Name))
	v := ui.LetterSettingView{Setting: one, Fields: one.Fields(), Form: ui.Form{Title: name, Action: at, Back: "/letter-settings", Submit: i18n.T(ctx, "save"), Files: true}}
	if v.Changes, err = s.App.Store.LetterChanges(ctx, one.ID); err != nil {
		return err
	}
	use := "false"
	if one.InUse {
		use = "true"
	}
	set := func(name, kind, value string, required bool, options ...ui.Option) ui.Field {
		f := field(ctx, name, kind, required, options...)
		f.Value, f.Hint = value, i18n.T(ctx, "hint.letter."+name)
		return f
	}
	v.Form.Fields = []ui.Field{set("format", "text", one.Format, true), set("in_use", "radio", use, true, ui.Keyed(ctx, "letters.use_", "true", "false")...),
		set("template", "files", "", false)}
	v.Form.Fields[2].Takes = ui.FileLimits{Each: letters.FileLimit, All: letters.FileLimit, Most: 1, Endings: []string{".docx"}, Kinds: "limit.kinds_letter"}
	v.Form.Fields = append(v.Form.Fields, ui.Field{Name: "edition", Kind: "hidden", Value: strconv.Itoa(one.Edition)})
	if err := s.retype(c, &v.Form); err != nil {
		return err
	}
	ch, err := s.chrome(c, name, "stamp", ui.Link{Text: i18n.T(ctx, "letters.settings"), URL: "/letter-settings"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.LetterSettingPage(ch, v))
}

func (s *Site) settingOf(c echo.Context) (store.LetterSetting, error) {
	all, err := s.App.Store.LetterSettings(c.Request().Context(), s.today().Year())
	if err != nil {
		return store.LetterSetting{}, err
	}
	i := slices.IndexFunc(all, func(one store.LetterSetting) bool { return one.ID == c.Param("letter") })
	if i < 0 {
		return store.LetterSetting{}, echo.ErrNotFound
	}
	return all[i], nil
}

// setLetter changes how a sort of letter is numbered and written.
func (s *Site) setLetter(c echo.Context) error {
	one, err := s.settingOf(c)
	if err != nil {
		return err
	}
	wish := store.LetterWish{Shipped: c.FormValue("deed") == "ship"}
	if !wish.Shipped {
		format, use := c.FormValue("format"), c.FormValue("in_use") == "true"
		wish.Format, wish.InUse = &format, &use
		if wish.Name, wish.File, err = s.templateOf(c); err != nil {
			return s.refuse(c, err)
		}
	}
	if edition, err := strconv.Atoi(c.FormValue("edition")); err == nil {
		wish.Version = &edition
	}
	if err := s.App.Store.SetLetter(c.Request().Context(), actorOf(c), one.ID, wish, s.App.Now()); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", "/letter-settings/"+one.ID)
}

// templateOf is the template that came with the form, or with an earlier try of it; nil where none did.
func (s *Site) templateOf(c echo.Context) (string, []byte, error) {
	if header, err := c.FormFile("template"); err == nil && header.Filename != "" {
		file, err := header.Open()
		if err != nil {
			return "", nil, fmt.Errorf("open the template: %w", err)
		}
		defer file.Close()
		return readTemplate(header.Filename, file)
	}
	kept, err := s.arrived(c, "template", actorOf(c))
	if err != nil || len(kept) == 0 {
		return "", nil, err
	}
	content, err := s.Blobs.Bytes(c.Request().Context(), kept[0].SHA256)
	if err != nil {
		return "", nil, err
	}
	defer content.Close()
	return readTemplate(kept[0].Name, content)
}

// readTemplate reads no more than a template may have and one byte more, by which it is refused.
func readTemplate(name string, content io.Reader) (string, []byte, error) {
	file, err := io.ReadAll(io.LimitReader(content, letters.FileLimit+1))
	if err != nil {
		return "", nil, errors.Join(process.RefuseField("template", "文件没有传完，请再选一次。", "The file did not arrive in full; choose it again."), err)
	}
	return name, file, nil
}

// letterTemplate sends the template in force, to be changed in Word and sent back.
func (s *Site) letterTemplate(c echo.Context) error {
	name, file, err := s.App.Store.LetterTemplate(c.Request().Context(), c.Param("letter"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", blobs.Disposition("attachment", name))
	return c.Blob(http.StatusOK, wordFile, file)
}

// letterPreview shows the template in force with its fields' names, as it will be printed.
func (s *Site) letterPreview(c echo.Context) error {
	ctx := c.Request().Context()
	one, err := s.settingOf(c)
	if err != nil {
		return err
	}
	_, file, err := s.App.Store.LetterTemplate(ctx, one.ID)
	if err != nil {
		return err
	}
	values := letters.Sampled(one.Sort)
	values.Texts["文号"] = one.Next
	const nowhere = "https://parkway.invalid" + store.VerifyPath + "SAMPLE"
	if file, err = letters.Fill(file, values, nowhere); err != nil {
		return err
	}
	v := ui.LetterView{Letter: letter.Letter{Title: i18n.Pick(ctx, process.Text(one.Name)), Number: one.Next}, Sample: true, Address: nowhere}
	if v.Page, err = letters.Read(file); err != nil {
		return err
	}
	ch, err := s.chrome(c, v.Letter.Title, "stamp", ui.Link{Text: i18n.T(ctx, "letters.settings"), URL: "/letter-settings"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.LetterPage(ch, v))
}
