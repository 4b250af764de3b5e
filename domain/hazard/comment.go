package hazard

import "github.com/parkway-zone/parkway/domain/process"

// CommentName is the name of Comment.
const CommentName process.Name = "hazard.comment"

// Comment adds words to the history; it changes no fact. A closed hazard can still be commented on.
type Comment struct {
	Text string `json:"text"`
}

// Name returns "hazard.comment".
func (Comment) Name() process.Name { return CommentName }

// Decide refuses an empty text.
func (c Comment) Decide(before Hazard, _ process.Call, _ Env) (process.Decision[Hazard], error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	return process.Decision[Hazard]{After: before, Reason: text, Notices: before.tellSupervisor(process.NoticeComment)}, err
}
