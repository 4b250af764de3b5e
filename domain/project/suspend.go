package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// SuspendName is the name of Suspend.
const SuspendName process.Name = "project.suspend"

// Suspend stops the project and its clock; the days are given back on resuming.
type Suspend struct {
	Category      string     `json:"category" ask:"choose,required,words=cause" enum:"land,permits,funds,design,construction,utilities,market,other" doc:"What it waits for." example:"permits"`
	Reason        string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
	ExpectedUntil clock.Date `json:"expected_until,omitzero" ask:"day" doc:"When it is expected to go on." example:"2025-01-31"`
}

// Causes lists why a project stands still: 用地/征迁, 手续, 资金, 设计, 施工, 水电气路, 企业意愿/市场, 其他.
func Causes() []string {
	return []string{"land", "permits", "funds", "design", "construction", "utilities", "market", "other"}
}

// About says who may, and who reads of it.
func (Suspend) About() process.About {
	return process.About{Name: SuspendName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses a project that is suspended already or closed.
func (c Suspend) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	if !slices.Contains(Causes(), c.Category) {
		faults.Note(process.RefuseField("category", "请选择暂停的原因类别。", "Choose the category of the cause."))
	}
	faults.Note(env.Definition.Suspend(p.traveller(env), lifecycle.Suspension{Category: c.Category, Reason: reason, ExpectedUntil: c.ExpectedUntil}, call))
	return process.Decision[Project]{After: p, Reason: reason}, faults.Err()
}
