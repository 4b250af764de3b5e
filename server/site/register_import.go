package site

import (
	"encoding/json"
	"net/http"
	"net/url"

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

func (s *Site) importForm(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	return s.showImport(c, http.StatusOK, r, ui.ImportView{})
}

func (s *Site) showImport(c echo.Context, status int, r register.Register, v ui.ImportView) error {
	ctx := c.Request().Context()
	v.Register, v.Titles, v.Weight = r, s.clerk().Titles(ctx), s.Blobs.Limit
	ch, err := s.chrome(c, i18n.T(ctx, "import.title", "Register", i18n.T(ctx, "register."+string(r.Name))), menuOfRegister(r.Name),
		ui.Link{Text: i18n.T(ctx, "register."+string(r.Name)), URL: ui.RegisterURL(r.Name)})
	if err != nil {
		return err
	}
	return render(c, status, ui.ImportPage(ch, v))
}

// tryImport reads the sheet and says of each row what would come of it. Nothing is written.
func (s *Site) tryImport(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	header, err := c.FormFile("file")
	if err != nil {
		return s.refuseImport(c, r, process.RefuseField("file", "请选择 Excel 文件。", "Choose an Excel file."))
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	sheet, err := s.clerk().Read(ctx, r, file)
	if refusal := refusalOf(err); refusal != nil {
		return s.refuseImport(c, r, refusal)
	}
	if err != nil {
		return err
	}
	return s.report(c, r, sheet.Rows, ui.ImportView{File: header.Filename, Ignored: sheet.Ignored}, true)
}

func (s *Site) refuseImport(c echo.Context, r register.Register, refusal *process.Refusal) error {
	return s.showImport(c, http.StatusUnprocessableEntity, r, ui.ImportView{Trouble: sentence(c.Request().Context(), refusal)})
}

// applyImport takes the rows that were tried, all of them or none.
func (s *Site) applyImport(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	var rows []registers.Row
	kept, err := s.App.Store.Draft(ctx, c.FormValue("rows"), actorOf(c).ID, triedPath(r), s.App.Now())
	if err != nil {
		return err
	}
	if kept != nil {
		rows, err = registers.RowsOf(kept.Typed.Get("rows"))
	} else {
		rows, err = registers.RowsOf("")
	}
	if refusal := refusalOf(err); refusal != nil {
		return s.refuseImport(c, r, refusal)
	}
	return s.report(c, r, rows, ui.ImportView{File: kept.Typed.Get("file")}, false)
}

// triedPath is where the rows of a sheet that was tried are kept until they are taken: they may be more than a form holds.
func triedPath(r register.Register) string { return "/registers/" + string(r.Name) + "/import/apply" }

func (s *Site) report(c echo.Context, r register.Register, rows []registers.Row, v ui.ImportView, try bool) error {
	answer, err := s.answered.once(c, func() (any, bool, error) {
		report, err := s.clerk().Import(c.Request().Context(), actorOf(c), r, rows, try)
		return report, report.Done, err
	})
	report, _ := answer.(registers.Report)
	if refusal := refusalOf(err); refusal != nil {
		return s.refuseImport(c, r, refusal)
	}
	if err != nil {
		return err
	}
	v.Report, v.Key = &report, uuid.NewString()
	if try && report.Counts[registers.Wrong] == 0 {
		text, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		kept := store.Draft{Typed: url.Values{"rows": {string(text)}, "file": {v.File}}}
		if v.Rows, err = s.App.Store.PutDraft(c.Request().Context(), uuid.NewString(), actorOf(c).ID, triedPath(r), kept, s.App.Now()); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if report.Counts[registers.Wrong] > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.showImport(c, status, r, v)
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
