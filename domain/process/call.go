package process

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/value"
)

// Call is how a command arrived: who, when, under which key, and what the caller believed the version to be.
type Call struct {
	Key        string    `json:"key"` // the same key never takes effect twice on one case
	Actor      Actor     `json:"actor"`
	OccurredAt time.Time `json:"occurred_at"` // when it happened in the world
	RecordedAt time.Time `json:"recorded_at"` // when it reached Parkway
	IfVersion  *int64    `json:"if_version,omitempty"`
	Audience   Audience  `json:"audience,omitempty"` // who may read its words and files: the door says so, whatever came in
}

// Day is the day in the zone on which it happened.
func (c Call) Day() clock.Date { return clock.DateOf(c.OccurredAt) }

// Today is the day in the zone on which it was recorded.
func (c Call) Today() clock.Date { return clock.DateOf(c.RecordedAt) }

// DatedBack reports whether it is said to have happened before it arrived.
func (c Call) DatedBack() bool { return c.OccurredAt.Before(c.RecordedAt) }

// Received returns when it arrived, where that was on a later day than it happened; nil where it was not.
func (c Call) Received() *time.Time {
	if !c.Day().Before(c.Today()) {
		return nil
	}
	at := c.RecordedAt
	return &at
}

// Check refuses a call that cannot be: no key, no actor, or a deed in the future.
func (c Call) Check() error {
	switch {
	case !value.Key(c.Key):
		return Refuse(InvalidInput, "请求标识缺失、超过 200 个字节，或者含有看不见的字符。", "The idempotency key is missing, longer than 200 bytes, or holds characters that nobody sees.").At("Idempotency-Key")
	case c.Actor.Name == "":
		return Refuse(NotAllowed, "请先登录。", "Sign in first.")
	case c.OccurredAt.IsZero() || c.RecordedAt.IsZero():
		return Refuse(InvalidInput, "缺少发生时间。", "The time of the deed is missing.").At("occurred_at")
	case c.OccurredAt.After(c.RecordedAt):
		return Refuse(ImpossibleDate, "发生时间不能晚于现在。", "It cannot have happened after now.").At("occurred_at")
	case c.OccurredAt.Year() < 1990:
		return Refuse(ImpossibleDate, "发生时间早于 1990 年，请核对。", "It cannot have happened before 1990.").At("occurred_at")
	}
	return nil
}
