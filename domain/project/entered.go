package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Entered says where what a requirement of a gate asks for is entered: by which command, in which of its questions, and what that question begins with,
// "" for whatever stands there. The command is "" of what no command of the project enters: hazards are closed, permits run and meetings held where they stand.
func Entered(r lifecycle.Requirement) (command process.Name, question, value string) {
	switch r.Kind {
	case lifecycle.Opinions:
		return AskOpinionsName, "departments", ""
	case lifecycle.Check, lifecycle.Document, lifecycle.Condition:
		return AnswerName, "requirement", r.ID
	case lifecycle.Agreement:
		return SignName, "number", ""
	case lifecycle.Contact:
		return ContactName, "way", "visit"
	case lifecycle.Fact:
		for _, post := range (&Project{}).Team() {
			if post.Name == r.Fact {
				return Kind.Does("assign"), "role", r.Fact
			}
		}
		if r.Fact == "introducers" {
			return IntroduceName, "unit", ""
		}
		return EditName, "facts." + r.Fact, ""
	case lifecycle.Built:
		return RecordProgressName, "steps", r.Step
	case lifecycle.NoMajorHazard, lifecycle.Permit, lifecycle.NoHazard, lifecycle.Review:
	}
	return "", "", ""
}
