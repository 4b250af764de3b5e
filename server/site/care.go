package site

import (
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// bodies offers the zone's sections and the county's departments.
func bodies(units []store.Unit) []ui.Option {
	options := []ui.Option{}
	for _, u := range units {
		options = append(options, ui.Option{Value: u.ID, Text: u.Name})
	}
	return options
}

// careForm lets an administrator say who looks after an enterprise; nil for everybody else.
func (s *Site) careForm(c echo.Context, id string) (*ui.Form, error) {
	if !actorOf(c).Has(process.Administrator) {
		return nil, nil
	}
	ctx := c.Request().Context()
	care, err := s.App.Store.Care(ctx, id)
	if err != nil {
		return nil, err
	}
	units, err := s.App.Store.Units(ctx)
	if err != nil {
		return nil, err
	}
	liaison, department := person(ctx, "liaison_id", false, choice.Liaisons), field(ctx, "department_id", "select", false, bodies(units)...)
	liaison.Value, department.Value = care.LiaisonID, care.DepartmentID
	form := &ui.Form{Action: "/enterprises/" + id, Submit: i18n.T(ctx, "save"), Fields: []ui.Field{liaison, department}}
	return form, s.retype(c, form)
}

// setCare says who looks after an enterprise: whom a ladder means by its liaison officer and its department.
func (s *Site) setCare(c echo.Context) error {
	id := c.Param("id")
	if looking(c, []ui.Field{person(c.Request().Context(), "liaison_id", false, choice.Liaisons)}) {
		return s.look(c)
	}
	r, _ := register.Of(register.EnterprisesName)
	if _, err := s.clerk().Set(c.Request().Context(), actorOf(c), r, id, map[string]string{"liaison_id": c.FormValue("liaison_id"), "department_id": c.FormValue("department_id")}); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", "/enterprises/"+id)
}
