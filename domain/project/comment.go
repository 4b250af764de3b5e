package project

import "github.com/parkway-zone/parkway/domain/process"

// CommentName is the name of Comment.
const CommentName process.Name = "project.comment"

// Comment adds words to the history; it changes no fact. A closed project can still be commented on.
type Comment struct {
	Text     string           `json:"text"`
	CopyTo   []string         `json:"copy_to,omitempty"`  // colleagues to be copied in
	Audience process.Audience `json:"audience,omitempty"` // who reads it beside the offices; nobody when left out
}

// Name returns "project.comment".
func (Comment) Name() process.Name { return CommentName }

// ReadBy returns who reads it, as its writer chose.
func (c Comment) ReadBy() process.Audience { return c.Audience }

// Mentions returns whom it is copied to.
func (c Comment) Mentions() []string { return c.CopyTo }

// Decide refuses an empty text, and copies to anybody but staff.
func (c Comment) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return process.Decision[Project]{}, err
	}
	notices, err := process.CopyTo(c.CopyTo, env.Directory)
	if before.ManagerID != "" && before.ManagerID != call.Actor.ID {
		notices = append(notices, process.Notice{Kind: process.NoticeComment, ToKind: process.HeldByPerson, ToID: before.ManagerID})
	}
	return process.Decision[Project]{After: before, Reason: text, Notices: append(notices, process.TellShared(call, before.EnterpriseID)...)}, err
}
