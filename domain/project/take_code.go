package project

import (
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// TakeCodeName is the name of TakeCode.
const TakeCodeName process.Name = "project.take_code"

// TakeCode is the machinery's command: the project's 项目代码 is the number under which it was filed. It follows from the permit's being issued or put right.
type TakeCode struct{ permit.Coded }

// About says that nobody issues it: it only follows from the permit.
func (TakeCode) About() process.About {
	return process.About{Name: TakeCodeName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says which code.
func (c TakeCode) Carries(process.Rules) process.Text {
	return process.Text{Chinese: "项目代码：" + c.Code + "（" + c.Permit + "）", English: "national code: " + c.Code + " (" + c.Permit + ")"}
}

// Decide takes the code where there is none, or still the one that the permit said wrongly. Another one is nobody's to overwrite: whoever had the permit issued is told (Owed).
func (c TakeCode) Decide(before Project, _ process.Call, _ Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	switch p.NationalCode {
	case c.Code:
		return none, process.Unmoved()
	case "", c.Was:
	default:
		return none, process.Refuse(process.WrongState, "项目登记的项目代码是 "+p.NationalCode+"，没有改。", "The project has the code "+p.NationalCode+" on file; that was not changed.")
	}
	var err error
	if p.NationalCode, err = process.Required("code", c.Code, 60); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: c.Permit}, nil
}
