package project

import "github.com/parkway-zone/parkway/domain/process"

// CommentName is the name of Comment.
const CommentName process.Name = "project.comment"

// Comment adds words to the history; it changes no fact. A closed project can still be commented on.
type Comment struct {
	Text string `json:"text"`
}

// Name returns "project.comment".
func (Comment) Name() process.Name { return CommentName }

// Decide refuses an empty text.
func (c Comment) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	notices := []process.Notice{}
	if before.ManagerID != "" && before.ManagerID != call.Actor.ID {
		notices = append(notices, process.Notice{Kind: process.NoticeComment, ToKind: process.HeldByPerson, ToID: before.ManagerID})
	}
	return process.Decision[Project]{After: before, Reason: text, Notices: notices}, err
}
