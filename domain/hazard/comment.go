package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// CommentName is the name of Comment.
const CommentName process.Name = "hazard.comment"

// Comment adds words to the history; it changes no fact. A closed hazard can still be commented on.
type Comment struct {
	Text     string           `json:"text"`
	CopyTo   []string         `json:"copy_to,omitempty"`  // colleagues to be copied in
	Audience process.Audience `json:"audience,omitempty"` // who reads it beside the offices; nobody when left out
}

// Name returns "hazard.comment".
func (Comment) Name() process.Name { return CommentName }

// ReadBy returns who reads it, as its writer chose.
func (c Comment) ReadBy() process.Audience { return c.Audience }

// Mentions returns whom it is copied to.
func (c Comment) Mentions() []string { return c.CopyTo }

// Decide refuses an empty text, and copies to anybody but staff.
func (c Comment) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return process.Decision[Hazard]{}, err
	}
	copies, err := process.CopyTo(c.CopyTo, env.Directory)
	notices := slices.Concat(copies, before.tellSupervisor(process.NoticeComment), process.TellShared(call, before.EnterpriseID))
	return process.Decision[Hazard]{After: before, Reason: text, Notices: notices}, err
}
