package process

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// NudgeEvery is how long a case cannot be nudged again: a nudge that comes every hour is read by nobody.
const NudgeEvery = 24 * time.Hour

// Nudge notes that somebody urged the holder on (催办). It refuses a second nudge within NudgeEvery, and a case that nobody holds.
func (c *Case) Nudge(call Call) error {
	switch {
	case c.Holder != nil && c.Holder.Kind == HeldOutside:
		return Refuse(WrongState, c.Holder.Name+"收不到系统里的催办，请用「登记催办」去函、去电或上门催。", c.Holder.Name+" does not work with the system: urge it by letter, by telephone or on the spot.")
	case c.Holder == nil && !c.Done:
		return Refuse(WrongState, "现在没有人要办这件事，不用催。", "Nobody has anything to do in it now; there is nobody to nudge.")
	case c.Done:
		return Refuse(Closed, "这件事已经结束，没有人可以催。", "The case is closed; there is nobody to nudge.")
	case c.Holder.Kind == HeldByPerson && c.Holder.ID == call.Actor.ID:
		return Refuse(WrongState, "现在就在你手里，不用催自己。", "You have it in hand yourself.")
	case c.NudgedAt != nil && call.RecordedAt.Before(c.NudgedAt.Add(NudgeEvery)):
		next := c.NudgedAt.Add(NudgeEvery).In(clock.Zone())
		return Refuse(TooSoon, "24 小时内已经催办过一次，"+next.Format("1月2日 15:04")+" 以后可以再催。",
			"It was nudged within the last 24 hours; it can be nudged again after "+next.Format("2 Jan 15:04")+".")
	}
	at := call.RecordedAt
	c.NudgedAt = &at
	return nil
}
