package site

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func choiceCircle(q process.Question) choice.Circle { return choice.Circle(q.From) }

// importable is the register of the address, where it takes sheets.
func importable(c echo.Context) (register.Register, error) {
	r, err := registerOf(c)
	if err == nil && r.Single {
		err = echo.ErrNotFound
	}
	return r, err
}

// importForm asks for a sheet; once one was tried or taken it shows what came of it.
func (s *Site) importForm(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	ctx, v := c.Request().Context(), ui.ImportView{}
	if _, err := what(c, &v); err != nil {
		return err
	}
	v.Register, v.Titles, v.Key = r, s.clerk().Titles(ctx), rand.Text()
	v.Form = ui.Form{Action: "/registers/" + string(r.Name) + "/import", Submit: i18n.T(ctx, "import.try"), Files: true, Fields: importFields(ctx, s.Blobs.Limit)}
	if err := s.retype(c, &v.Form); err != nil {
		return err
	}
	if sent(c) == v.Form.Action+"/apply" { // the rows were not taken: they are tried once more
		if err := s.retry(c, r, &v); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "import.title", "Register", i18n.T(ctx, "register."+string(r.Name))), menuOfRegister(r.Name),
		ui.Link{Text: i18n.T(ctx, "register."+string(r.Name)), URL: ui.RegisterURL(r.Name)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ImportPage(ch, v))
}

func importFields(ctx context.Context, weight int64) []ui.Field {
	return []ui.Field{{Name: "file", Label: i18n.T(ctx, "import.file"), Kind: "files", Required: true, Takes: ui.SheetLimits(weight)}}
}

// tryImport reads the sheet and says of each row what would come of it. Nothing is written.
func (s *Site) tryImport(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	return s.once(c, func() (string, any, error) {
		name, content, err := s.sheetOf(c)
		if err != nil {
			return "", nil, err
		}
		defer content.Close()
		path, view, err := s.lookOver(c, r, name, content)
		if refusal := refusalOf(err); refusal != nil && slices.ContainsFunc(refusal.Fields, func(f process.Field) bool { return f.Name == "file" }) {
			err = ofFile(refusal, "file", name)
		}
		return path, view, err
	})
}

// lookOver reads a sheet and says of each row what would come of it.
func (s *Site) lookOver(c echo.Context, r register.Register, name string, content io.Reader) (string, any, error) {
	sheet, err := s.clerk().Read(c.Request().Context(), r, content)
	if err != nil {
		return "", nil, err
	}
	return s.report(c, r, sheet.Rows, ui.ImportView{File: name, Ignored: sheet.Ignored})
}

// ofFile says of what file a refusal is.
func ofFile(r *process.Refusal, field, name string) *process.Refusal {
	said := process.Refuse(r.Code, "「"+name+"」："+r.Chinese, name+": "+r.English)
	return said.At(field)
}

// sheetOf is the workbook that came with the form, or with an earlier try of it.
func (s *Site) sheetOf(c echo.Context) (string, io.ReadCloser, error) {
	if header, err := c.FormFile("file"); err == nil && header.Filename != "" {
		file, err := header.Open()
		return header.Filename, file, err
	}
	kept, err := s.arrived(c, "file", actorOf(c))
	if err != nil {
		return "", nil, err
	}
	if len(kept) == 0 {
		return "", nil, process.RefuseField("file", "请选择 Excel 文件。", "Choose an Excel file.")
	}
	content, err := s.Blobs.Bytes(c.Request().Context(), kept[0].SHA256)
	return kept[0].Name, content, err
}

// applyImport takes the rows that were tried, all of them or none.
func (s *Site) applyImport(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	return s.once(c, func() (string, any, error) {
		kept, rows, err := s.tried(c, r)
		if err != nil {
			return "", nil, err
		}
		defer s.counted(c, r, len(rows))()
		report, err := s.clerk().Take(c.Request().Context(), actorOf(c), r, rows, func(now registers.Report) error { return stillSo(now, kept.Get("verdicts")) })
		if err == nil { // they are in the register now
			err = s.App.Store.DropDraft(c.Request().Context(), c.FormValue("rows"), actorOf(c).ID)
		}
		return "/registers/" + string(r.Name) + "/import", ui.ImportView{File: kept.Get("file"), Report: &report}, err
	})
}

// triedPath is where the rows of a sheet that was tried are kept until they are taken: they may be more than a form holds.
func triedPath(r register.Register) string { return "/registers/" + string(r.Name) + "/import/apply" }

// tried is what was kept of a sheet that was tried, and its rows.
func (s *Site) tried(c echo.Context, r register.Register) (url.Values, []registers.Row, error) {
	kept, err := s.App.Store.Draft(c.Request().Context(), c.FormValue("rows"), actorOf(c).ID, triedPath(r), s.App.Now())
	if err != nil {
		return nil, nil, err
	}
	if kept == nil {
		kept = &store.Draft{}
	}
	rows, err := registers.RowsOf(kept.Typed.Get("rows"))
	return kept.Typed, rows, err
}

// verdicts says in short what would come of the rows of a report.
func verdicts(report registers.Report) string {
	sum := sha256.New()
	for _, line := range report.Lines {
		_ = json.NewEncoder(sum).Encode([]any{line.Verdict, line.Changes}) // a hash takes everything
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// stillSo refuses rows of which something else would come now than their sender agreed to: somebody has changed the register since.
func stillSo(now registers.Report, agreed string) error {
	if agreed == "" || verdicts(now) == agreed {
		return nil
	}
	return process.Refuse(process.StaleVersion, "试导入以后有人改过这里，结果和你看到的不一样了。请核对下面的新结果，再重新选择文件导入。",
		"Somebody has changed the register since the sheet was tried, and something else would come of it. Check what it would be now, and take the sheet again.")
}

// retry shows rows again that were tried and then not taken, with why.
func (s *Site) retry(c echo.Context, r register.Register, v *ui.ImportView) error {
	v.Form.Draft = c.QueryParam(draftParam)
	if err := s.explainAll(c, &v.Form, task{}, draftOf(c)); err != nil {
		return err
	}
	kept, rows, err := s.tried(c, r)
	if refusalOf(err) != nil { // said above the form
		return nil
	}
	if err != nil {
		return err
	}
	report, err := s.clerk().Import(c.Request().Context(), actorOf(c), r, rows, true)
	if refusalOf(err) != nil {
		return nil
	}
	v.Report, v.Rows, v.File = &report, c.FormValue("rows"), kept.Get("file")
	return err
}

// report is what would come of rows that are tried, for the page that shows it.
func (s *Site) report(c echo.Context, r register.Register, rows []registers.Row, v ui.ImportView) (string, any, error) {
	defer s.counted(c, r, len(rows))()
	ctx := c.Request().Context()
	report, err := s.clerk().Import(ctx, actorOf(c), r, rows, true)
	if err != nil {
		return "", nil, err
	}
	v.Report = &report
	if report.Counts[registers.Wrong] == 0 {
		text, err := json.Marshal(rows)
		if err != nil {
			return "", nil, err
		}
		kept := store.Draft{Typed: url.Values{"rows": {string(text)}, "file": {v.File}, "verdicts": {verdicts(report)}}}
		if v.Rows, err = s.App.Store.PutDraft(ctx, uuid.NewString(), actorOf(c).ID, triedPath(r), kept, s.App.Now()); err != nil {
			return "", nil, err
		}
	}
	return "/registers/" + string(r.Name) + "/import", v, nil
}

// sheet is the register as a workbook: what is there, to be changed and read again, or the template.
func (s *Site) sheet(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	book, err := s.clerk().Write(ctx, r)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="`+string(r.Name)+`.xlsx"; filename*=UTF-8''`+queryEscape(i18n.T(ctx, "register."+string(r.Name)))+".xlsx")
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, xlsxType, book)
}

// guide leads a new zone through its registers: what is there, and what comes next.
func (s *Site) guide(c echo.Context) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "start.title"), "registers")
	if err != nil {
		return err
	}
	steps := []ui.Step{}
	for _, r := range register.All() {
		records, err := s.App.Store.Records(ctx, r.Name)
		if err != nil {
			return err
		}
		count := len(records)
		if r.Name == register.PeopleName {
			count-- // the administrator, who is reading this
		}
		steps = append(steps, ui.Step{Register: r, Count: count})
	}
	return render(c, http.StatusOK, ui.GuidePage(ch, steps))
}
