package hazard

import (
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/process"
)

// Names lists every command on a hazard that a person may issue.
func Names() []process.Name {
	return []process.Name{RecordName, IssueNoticeName, HandInName, ReinspectName, FixOnSpotName, WithdrawName, ReassignName,
		ChangeDeadlineName, CommentName, AttachName, NudgeName}
}

// Batches lists the commands that come to many cases at once: a change of the calendar, a new version of the definition.
func Batches() []process.Name { return []process.Name{RecalendarName, AdoptName} }

// Decode reads a command from its name and JSON input; unknown commands and unknown fields are refused.
func Decode(name process.Name, input json.RawMessage) (Command, error) {
	switch name {
	case RecordName:
		return process.Read[Record](input)
	case IssueNoticeName:
		return process.Read[IssueNotice](input)
	case HandInName:
		return process.Read[HandIn](input)
	case ReinspectName:
		return process.Read[Reinspect](input)
	case FixOnSpotName:
		return process.Read[FixOnSpot](input)
	case WithdrawName:
		return process.Read[Withdraw](input)
	case ReassignName:
		return process.Read[Reassign](input)
	case ChangeDeadlineName:
		return process.Read[ChangeDeadline](input)
	case CommentName:
		return process.Read[Comment](input)
	case AttachName:
		return process.Read[Attach](input)
	case NudgeName:
		return process.Read[Nudge](input)
	case RemindName:
		return process.Read[Remind](input)
	case RecalendarName:
		return process.Read[Recalendar](input)
	case AdoptName:
		return process.Read[Adopt](input)
	}
	return nil, process.Refuse(process.UnknownCommand, "隐患没有这个操作。", "A hazard has no such command.")
}
