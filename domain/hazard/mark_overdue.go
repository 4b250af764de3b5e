package hazard

import "github.com/parkway-zone/parkway/domain/process"

// MarkOverdueName is the name of MarkOverdue.
const MarkOverdueName process.Name = "hazard.mark_overdue"

// MarkOverdue is the clock's command: the running deadline has passed. Only the clock may issue it.
type MarkOverdue struct{}

// Name returns "hazard.mark_overdue".
func (MarkOverdue) Name() process.Name { return MarkOverdueName }

// Decide flags the hazard and tells its holder and its supervisor. It refuses when nothing is due, which a late wake-up may find.
func (MarkOverdue) Decide(before Hazard, call process.Call, _ Env) (process.Decision[Hazard], error) {
	h := before.clone()
	if err := h.Case.MarkOverdue(call.RecordedAt); err != nil {
		return process.Decision[Hazard]{}, err
	}
	return process.Decision[Hazard]{After: h, Notices: append(h.tellSupervisor(process.NoticeOverdue),
		process.Notice{Kind: process.NoticeOverdue, ToKind: h.Holder.Kind, ToID: h.Holder.ID})}, nil
}
