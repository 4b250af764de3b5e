package process

import "github.com/parkway-zone/parkway/domain/clock"

// Taken is the refusal of whoever comes too late, or to something that was never theirs: it says who has the case, and since when, or that it lies in the pool.
func Taken(c Case) *Refusal {
	holder := c.Holder
	if holder == nil && !c.Done {
		return InPool()
	}
	if holder == nil {
		return Refuse(Closed, "这件事已经办结，现在没有人经办。", "The case is closed; nobody has it in hand.").After(MovedDone)
	}
	since := holder.Since.In(clock.Zone())
	return Refuse(WrongState, "这件事从"+since.Format("1月2日 15:04")+"起由"+holder.Name+"经办，请先看看最新情况。",
		holder.Name+" has had it in hand since "+since.Format("2 Jan 15:04")+"; look at it again first.").After(MovedHolder)
}
