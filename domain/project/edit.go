package project

import (
	"cmp"
	"reflect"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// EditName is the name of Edit.
const EditName process.Name = "project.edit"

// Edit corrects or completes facts, with a reason. Old and new values stay readable in the history.
type Edit struct {
	Title      *string         `json:"title,omitempty" ask:"line,required" minLength:"1" maxLength:"200" doc:"The project's name."`
	Facts      Given           `json:"facts,omitzero" ask:"" doc:"What changed; what is left out stays as it is."`
	Buildings  []BuildingGiven `json:"buildings,omitempty" doc:"All of them, when given. What is recorded of a building's steps stays, and one of which something is recorded cannot be left out."`
	AllTheSame string          `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where the investment is a hundred times what is on record or less than a hundredth of it: why it is so all the same. Without it that is refused." example:"原来登记时单位写错"`
	Reason     string          `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Edit) About() process.About {
	return process.About{Name: EditName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// AsksChildren is true where a day is given that permits have to stand behind.
func (c Edit) AsksChildren() bool {
	return c.Facts.ConstructionStartedOn != nil || c.Facts.CompletedOn != nil || c.Facts.ProductionOn != nil
}

// Decide refuses impossible facts and an edit that changes nothing.
func (c Edit) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	var faults process.Faults
	var err error
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	if c.Title != nil {
		p.Rename(faults.Text(process.Required("title", *c.Title, process.TitleLimit)))
	}
	given := c.Facts
	given.LeaderID, given.LiaisonID = "", ""
	if given.SiteMode != nil && *given.SiteMode != p.SiteMode && env.Definition.Committed(p.stage()) {
		faults.Note(process.RefuseField("site_mode", "供地以后不能再改用地方式。", "The site mode cannot change once land has been supplied."))
	}
	p.Facts, err = given.on(p.Facts, call, env)
	if faults.Note(err); err == nil {
		faults.Note(cmp.Or(p.agrees(before, env), p.farFrom(before, c.AllTheSame, call)))
	}
	if p.Agreement != nil && p.SignedOn != before.SignedOn {
		faults.Note(process.RefuseField("signed_on", "签约日期以协议 "+p.Agreement.Number+" 为准，请用「登记协议」更正。", "The day of signing is that of the agreement "+p.Agreement.Number+": correct the agreement."))
	}
	faults.Note(p.lawful(before, env))
	if c.Buildings != nil {
		p.Buildings, err = onFile(p.Buildings, c.Buildings, call, env)
		faults.Note(err)
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	if reflect.DeepEqual(p, before) {
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	p.unplan(before, reason, call, env)
	was := func(fact string) clock.Date { return orZero(before.Facts.date(fact)) }
	env.Definition.Replan(p.traveller(env), was, reason, call)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}
