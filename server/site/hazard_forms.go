package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) recordForm(c echo.Context) error {
	t, err := s.recordTask(c)
	if err != nil {
		return err
	}
	return s.show(c, t, http.StatusOK, nil)
}

func (s *Site) record(c echo.Context) error {
	t, err := s.recordTask(c)
	if err != nil {
		return err
	}
	return s.carryOut(c, t)
}

// recordTask is what a supervisor fills in on a phone: five compulsory fields at most, pictures first.
func (s *Site) recordTask(c echo.Context) (task, error) {
	ctx := c.Request().Context()
	if err := permit(c, hazard.RecordName, false); err != nil {
		return task{}, err
	}
	campaigns, err := s.campaigns(c)
	if err != nil {
		return task{}, err
	}
	level := field(ctx, "level", "radio", true, ui.Keyed(ctx, "level.", string(hazard.General), string(hazard.Major))...)
	level.Value = string(hazard.General)
	fields := []ui.Field{field(ctx, "attachments", "files", false), firm(ctx), field(ctx, "location", "text", true),
		field(ctx, "description", "textarea", true), level, field(ctx, "clause", "text", false), person(ctx, "inspector", false, choice.Supervisors, actorOf(c).ID),
		field(ctx, "campaign_id", "select", false, campaigns...)}
	return task{name: hazard.RecordName, back: "/hazards", action: "/hazards/record", fields: s.complete(c, hazard.RecordName, fields)}, nil
}

func (s *Site) hazardForm(c echo.Context) error {
	t, err := s.hazardTask(c)
	if err != nil {
		return err
	}
	return s.show(c, t, http.StatusOK, nil)
}

func (s *Site) hazardCommand(c echo.Context) error {
	t, err := s.hazardTask(c)
	if err != nil {
		return err
	}
	return s.carryOut(c, t)
}

func (s *Site) hazardTask(c echo.Context) (task, error) {
	id := c.Param("id")
	h, err := s.App.Store.Hazard(c.Request().Context(), actorOf(c), id)
	if err != nil {
		return task{}, err
	}
	name := process.Name("hazard." + c.Param("command"))
	back := ui.CaseURL(process.Hazard, id)
	t := task{name: name, caseID: id, title: h.Title, version: h.Version, back: back, action: back + "/" + c.Param("command")}
	if err := permit(c, name, h.Own(actorOf(c))); err != nil {
		return task{}, err
	}
	fields, err := s.hazardFields(c, name, h)
	t.fields = s.complete(c, name, fields)
	return t, err
}

func (s *Site) hazardFields(c echo.Context, name process.Name, h store.Hazard) ([]ui.Field, error) {
	ctx := c.Request().Context()
	reason := field(ctx, "reason", "textarea", true)
	switch name {
	case hazard.HandInName:
		return []ui.Field{field(ctx, "attachments", "files", true), field(ctx, "measures", "textarea", true), field(ctx, "completed_on", "date", false)}, nil
	case hazard.FixOnSpotName:
		return []ui.Field{field(ctx, "attachments", "files", true), field(ctx, "note", "textarea", true)}, nil
	case hazard.WithdrawName:
		return []ui.Field{reason}, nil
	case hazard.ChangeDeadlineName:
		return []ui.Field{field(ctx, "due_on", "date", true), reason}, nil
	case hazard.CommentName:
		return s.commentFields(c)
	case hazard.NudgeName:
		return []ui.Field{field(ctx, "text", "textarea", false)}, nil
	case hazard.AttachName:
		return []ui.Field{field(ctx, "attachments", "files", true), field(ctx, "note", "textarea", false)}, nil
	}
	inspector := person(ctx, "inspector", true, choice.Supervisors, actorOf(c).ID)
	switch name {
	case hazard.ReassignName:
		return []ui.Field{person(ctx, "supervisor_id", true, choice.Supervisors, h.SupervisorID), reason}, nil
	case hazard.IssueNoticeName:
		fields := []ui.Field{field(ctx, "requirement", "textarea", true), field(ctx, "due_on", "date", true), inspector, field(ctx, "document_number", "text", false)}
		if h.Level == hazard.Major {
			for _, point := range []string{"plan.responsible", "plan.measures", "plan.funds", "plan.time_limit", "plan.contingency"} {
				fields = append(fields, field(ctx, point, "text", true))
			}
		}
		return fields, nil
	case hazard.ReinspectName:
		result := field(ctx, "result", "radio", true, ui.Keyed(ctx, "answer.", rectification.Pass, rectification.Fail)...)
		return []ui.Field{result, field(ctx, "opinion", "textarea", true), inspector, field(ctx, "attachments", "files", false),
			field(ctx, "next_requirement", "textarea", false), field(ctx, "next_due_on", "date", false)}, nil
	}
	return nil, echo.ErrNotFound
}
