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
	Reason        string     `json:"reason"`
	Category      string     `json:"category"`
	ExpectedUntil clock.Date `json:"expected_until,omitzero"`
}

// Causes lists why a project stands still: 用地/征迁, 手续, 资金, 设计, 施工, 水电气路, 企业意愿/市场, 其他 (domain.md 1.4).
func Causes() []string {
	return []string{"land", "permits", "funds", "design", "construction", "utilities", "market", "other"}
}

// Name returns "project.suspend".
func (Suspend) Name() process.Name { return SuspendName }

// Decide refuses a project that is suspended already or closed.
func (c Suspend) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if !slices.Contains(Causes(), c.Category) {
		return none, process.RefuseField("category", "请选择暂停的原因类别。", "Choose the category of the cause.")
	}
	err = env.Definition.Suspend(p.traveller(env), lifecycle.Suspension{Category: c.Category, Reason: reason, ExpectedUntil: c.ExpectedUntil}, call)
	return process.Decision[Project]{After: p, Reason: reason}, err
}
