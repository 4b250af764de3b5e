package site

import (
	"errors"
	"slices"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// What a try to add an enterprise leaves for the form that is shown again.
const (
	addingFailed    = "adding failed"    // what is wrong is wrong with the new enterprise
	knownEnterprise = "known enterprise" // its id
)

// addNewOne adds the enterprise that a form opens a case for and that is not on file yet, puts it into the command's input, and returns its id, or
// "" when none was added. Its id follows from the form's key, so that a form that is sent twice, or again after an interruption, adds one.
func (s *Site) addNewOne(c echo.Context, fields []ui.Field, input map[string]any) (string, error) {
	at := slices.IndexFunc(fields, func(f ui.Field) bool { return f.Adds && c.FormValue(f.Name) == ui.NewOne })
	if at < 0 {
		return "", nil
	}
	id, added, err := s.putNewOne(c)
	if err != nil {
		c.Set(addingFailed, "true")
		return "", err
	}
	put(input, fields[at].Name, id)
	c.Set(newOne, id)
	if !added {
		return "", nil
	}
	return id, nil
}

// newOne is where a request keeps the id of the enterprise that came with its form.
const newOne = "new_one"

// newOneOf is the enterprise that was typed into the form.
func newOneOf(c echo.Context) enterprise.New {
	wanted := enterprise.New{Name: c.FormValue("new_name"), ShortName: c.FormValue("new_short_name"), CreditCode: c.FormValue("new_credit_code"), Sector: c.FormValue("new_sector")}
	if wanted.Sector == "" {
		wanted.Sector = c.FormValue("facts.sector") // a project's form has asked for its trade already
	}
	return wanted
}

func (s *Site) putNewOne(c echo.Context) (string, bool, error) {
	if !app.MayAddEnterprise(actorOf(c)) {
		return "", false, process.Refuse(process.NotAllowed, "只有园区工作人员可以新增企业。", "Only the zone's staff may add enterprises.")
	}
	n, err := newOneOf(c).Checked()
	if err != nil {
		return "", false, err
	}
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte("enterprise/"+actorOf(c).ID+"/"+c.FormValue("_key")+"/"+n.Name)).String()
	id, added, err := s.App.Store.PutEnterprise(c.Request().Context(), store.Enterprise{ID: id, Name: n.Name, ShortName: n.ShortName, CreditCode: n.CreditCode, Sector: n.Sector})
	var known *store.KnownEnterprise
	if errors.As(err, &known) {
		c.Set(knownEnterprise, known.ID)
	}
	return id, added, err
}
