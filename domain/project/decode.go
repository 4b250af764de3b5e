package project

import (
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/process"
)

// Names lists every command on a project that a person may issue.
func Names() []process.Name {
	return []process.Name{OpenName, EditName, AnswerName, WaiveName, AdvanceName, SkipName, SendBackName, SuspendName, ResumeName,
		TerminateName, AchieveName, AssignName, HandOverName, CommentName, AttachName, NudgeName, ExtendName, ClaimName, DelegateName, HandBackName}
}

// Batches lists the commands that come to many cases at once: a change of the calendar, a new version of the definition.
func Batches() []process.Name { return []process.Name{RecalendarName, AdoptName} }

// Decode reads a command from its name and JSON input; unknown commands and unknown fields are refused.
func Decode(name process.Name, input json.RawMessage) (Command, error) {
	switch name {
	case OpenName:
		return process.Read[Open](input)
	case EditName:
		return process.Read[Edit](input)
	case AnswerName:
		return process.Read[Answer](input)
	case WaiveName:
		return process.Read[Waive](input)
	case AdvanceName:
		return process.Read[Advance](input)
	case SkipName:
		return process.Read[Skip](input)
	case SendBackName:
		return process.Read[SendBack](input)
	case SuspendName:
		return process.Read[Suspend](input)
	case ResumeName:
		return process.Read[Resume](input)
	case TerminateName:
		return process.Read[Terminate](input)
	case AchieveName:
		return process.Read[Achieve](input)
	case AssignName:
		return process.Read[Assign](input)
	case HandOverName:
		return process.Read[HandOver](input)
	case CommentName:
		return process.Read[Comment](input)
	case AttachName:
		return process.Read[Attach](input)
	case NudgeName:
		return process.Read[Nudge](input)
	case ExtendName:
		return process.Read[Extend](input)
	case ClaimName:
		return process.Read[Claim](input)
	case DelegateName:
		return process.Read[Delegate](input)
	case HandBackName:
		return process.Read[HandBack](input)
	case RemindName:
		return process.Read[Remind](input)
	case RecalendarName:
		return process.Read[Recalendar](input)
	case AdoptName:
		return process.Read[Adopt](input)
	}
	return nil, process.Refuse(process.UnknownCommand, "项目没有这个操作。", "A project has no such command.")
}
