package site

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) openForm(c echo.Context) error {
	t, err := s.openTask(c)
	if err != nil {
		return err
	}
	return s.show(c, t, http.StatusOK, nil)
}

func (s *Site) open(c echo.Context) error {
	t, err := s.openTask(c)
	if err != nil {
		return err
	}
	return s.carryOut(c, t)
}

func (s *Site) openTask(c echo.Context) (task, error) {
	ctx := c.Request().Context()
	if err := permit(c, project.OpenName, false); err != nil {
		return task{}, err
	}
	definition, err := s.App.Store.ProjectDefinition(ctx)
	if err != nil {
		return task{}, err
	}
	manager := person(ctx, "manager_id", false, choice.Workers)
	manager.Value = actorOf(c).ID
	entry := field(ctx, "entry_stage", "select", true, ui.StageOptions(ctx, definition)...)
	entry.Value = "lead"
	fields := []ui.Field{field(ctx, "title", "text", true), firm(ctx), entry,
		field(ctx, "facts.sector", "select", true, ui.Keyed(ctx, "sector.", project.Sectors()...)...),
		field(ctx, "facts.site_mode", "select", true, siteModes(ctx)...),
		field(ctx, "facts.investment", "text", false), field(ctx, "facts.is_key", "checkbox", false), manager,
		field(ctx, "facts.national_code", "text", false), field(ctx, "facts.source", "text", false), field(ctx, "attachments", "files", false)}
	return task{name: project.OpenName, back: "/projects", action: "/projects/open", fields: s.complete(c, project.OpenName, fields)}, nil
}

func siteModes(ctx context.Context) []ui.Option {
	return ui.Keyed(ctx, "site_mode.", string(project.OwnLand), string(project.LeasedPlant), string(project.ExistingLand))
}

func (s *Site) projectForm(c echo.Context) error {
	t, err := s.projectTask(c)
	if err != nil {
		return err
	}
	return s.show(c, t, http.StatusOK, nil)
}

func (s *Site) projectCommand(c echo.Context) error {
	t, err := s.projectTask(c)
	if err != nil {
		return err
	}
	return s.carryOut(c, t)
}

func (s *Site) projectTask(c echo.Context) (task, error) {
	id := c.Param("id")
	p, err := s.App.Store.Project(c.Request().Context(), actorOf(c), id, s.today())
	if err != nil {
		return task{}, err
	}
	name := process.Name("project." + c.Param("command"))
	back := ui.CaseURL(process.Project, id)
	t := task{name: name, caseID: id, title: p.Title, version: p.Version, back: back, action: back + "/" + c.Param("command")}
	if err := permit(c, name, p.Own(actorOf(c))); err != nil {
		return task{}, err
	}
	fields, err := s.projectFields(c, name, p)
	t.fields = s.complete(c, name, fields)
	return t, err
}

func (s *Site) projectFields(c echo.Context, name process.Name, p store.Project) ([]ui.Field, error) {
	ctx := c.Request().Context()
	reason := field(ctx, "reason", "textarea", true)
	note := field(ctx, "note", "textarea", false)
	from := ui.Field{Name: "from", Kind: "hidden", Value: p.Stage}
	if typed := c.FormValue("from"); typed != "" {
		from.Value = typed
	}
	switch name {
	case project.AdvanceName:
		return []ui.Field{from, note}, nil
	case project.SkipName:
		return []ui.Field{from, reason}, nil
	case project.SendBackName:
		return []ui.Field{field(ctx, "to_stage", "select", true, earlierStages(ctx, p)...), reason}, nil
	case project.SuspendName:
		return []ui.Field{field(ctx, "category", "select", true, ui.Keyed(ctx, "cause.", project.Causes()...)...), reason, field(ctx, "expected_until", "date", false)}, nil
	case project.ResumeName, project.TerminateName:
		return []ui.Field{reason}, nil
	case project.AchieveName:
		return []ui.Field{field(ctx, "achievement", "select", true, achievements(ctx, p)...), note}, nil
	case project.AnswerName:
		answers := ui.Keyed(ctx, "answer.", lifecycle.Yes, lifecycle.No, lifecycle.NotApplicable)
		answer := field(ctx, "answer", "radio", true, answers...)
		answer.Value = lifecycle.Yes
		return []ui.Field{requirementField(c, p, false), answer, note, field(ctx, "attachments", "files", false)}, nil
	case project.WaiveName:
		return []ui.Field{requirementField(c, p, true), reason, field(ctx, "until", "date", true)}, nil
	case project.CommentName:
		return s.commentFields(c)
	case project.HandBackName:
		return []ui.Field{field(ctx, "text", "textarea", true)}, nil
	case project.NudgeName:
		return []ui.Field{field(ctx, "text", "textarea", false)}, nil
	case project.ClaimName:
		return []ui.Field{}, nil
	case project.ExtendName:
		return []ui.Field{field(ctx, "amount", "number", true), reason}, nil
	case project.AttachName:
		return []ui.Field{field(ctx, "attachments", "files", true), note}, nil
	case project.EditName:
		return s.editFields(ctx, p, reason), nil
	}
	return s.peopleFields(c, name, p, reason)
}

// commentFields are the words, and a colleague to be copied in.
func (s *Site) commentFields(c echo.Context) ([]ui.Field, error) {
	ctx, fields := c.Request().Context(), []ui.Field{field(c.Request().Context(), "text", "textarea", true)}
	if a := actorOf(c); a.Has(process.Enterprise) || a.Has(process.Department) {
		return fields, nil
	}
	return append(fields, person(ctx, "copy_to", false, choice.Colleagues, actorOf(c).ID)), nil
}

// peopleFields are the fields of commands that name somebody.
func (s *Site) peopleFields(c echo.Context, name process.Name, p store.Project, reason ui.Field) ([]ui.Field, error) {
	ctx := c.Request().Context()
	switch name {
	case project.AssignName:
		roles := []ui.Option{{Value: "manager", Text: i18n.T(ctx, "team.manager")}, {Value: "leader", Text: i18n.T(ctx, "team.leader")}, {Value: "liaison", Text: i18n.T(ctx, "team.liaison")}}
		return []ui.Field{field(ctx, "role", "select", true, roles...), person(ctx, "user_id", true, choice.Workers), reason}, nil
	case project.DelegateName:
		return []ui.Field{person(ctx, "to_id", true, choice.Workers, actorOf(c).ID), reason}, nil
	case project.HandOverName:
		to := field(ctx, "to", "party", true, ui.Option{Value: p.EnterpriseID})
		if p.Holder != nil {
			to.Barred = []string{p.Holder.ID}
		}
		return []ui.Field{to, reason}, nil
	}
	return nil, echo.ErrNotFound
}

func (s *Site) editFields(ctx context.Context, p store.Project, reason ui.Field) []ui.Field {
	set := func(name, kind, value string, options ...ui.Option) ui.Field {
		f := field(ctx, name, kind, false, options...)
		f.Value = value
		return f
	}
	area := ""
	if p.LandAreaMu != nil {
		area = p.LandAreaMu.String()
	}
	key := "false"
	if p.IsKey {
		key = "true"
	}
	return []ui.Field{set("title", "text", p.Title), set("facts.sector", "select", p.Sector, ui.Keyed(ctx, "sector.", project.Sectors()...)...),
		set("facts.site_mode", "select", string(p.SiteMode), siteModes(ctx)...), set("facts.investment", "text", wan(p.Investment)),
		set("facts.is_key", "checkbox", key), set("facts.national_code", "text", p.NationalCode), set("facts.land_area_mu", "text", area),
		set("facts.signed_on", "date", p.SignedOn.String()), set("facts.construction_started_on", "date", p.ConstructionStartedOn.String()),
		set("facts.planned_completion_on", "date", p.PlannedCompletionOn.String()), set("facts.planned_production_on", "date", p.PlannedProductionOn.String()),
		set("facts.note", "textarea", p.Note), reason}
}

// wan prints yuan in units of 10,000.
func wan(y project.Yuan) string {
	fen := int64(y)
	return fmt.Sprintf("%d.%02d", fen/1_000_000, fen%1_000_000/10_000)
}

func earlierStages(ctx context.Context, p store.Project) []ui.Option {
	options := []ui.Option{}
	for _, o := range ui.StageOptions(ctx, p.Definition) {
		if o.Value == p.Stage {
			break
		}
		options = append(options, o)
	}
	return options
}

func achievements(ctx context.Context, p store.Project) []ui.Option {
	options := []ui.Option{}
	for _, a := range p.Definition.Achievements {
		options = append(options, ui.Option{Value: a.ID, Text: i18n.Pick(ctx, a.Name)})
	}
	return options
}

// requirementField offers the requirements of the present gate that can be answered, or waived.
func requirementField(c echo.Context, p store.Project, waivable bool) ui.Field {
	ctx := c.Request().Context()
	options := []ui.Option{}
	for _, item := range p.Gate {
		if (waivable && item.Waivable) || (!waivable && (item.Kind == lifecycle.Check || item.Kind == lifecycle.Document)) {
			options = append(options, ui.Option{Value: item.ID, Text: i18n.Pick(ctx, item.Name)})
		}
	}
	f := ui.Field{Name: "requirement", Label: i18n.T(ctx, "field.gate_requirement"), Kind: "select", Required: true, Options: options, Value: c.QueryParam("requirement")}
	return f
}
