package project

import "github.com/parkway-zone/parkway/domain/process"

// MarkOverdueName is the name of MarkOverdue.
const MarkOverdueName process.Name = "project.mark_overdue"

// MarkOverdue is the clock's command: the running deadline has passed. Only the clock may issue it.
type MarkOverdue struct{}

// Name returns "project.mark_overdue".
func (MarkOverdue) Name() process.Name { return MarkOverdueName }

// Decide flags the project and tells its holder and team. It refuses when nothing is due, which a late wake-up may find.
func (MarkOverdue) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	p := before.clone()
	if err := p.Case.MarkOverdue(call.RecordedAt); err != nil {
		return process.Decision[Project]{}, err
	}
	return process.Decision[Project]{After: p, Notices: append(p.teamNotices(process.NoticeOverdue),
		process.Notice{Kind: process.NoticeOverdue, ToKind: p.Holder.Kind, ToID: p.Holder.ID})}, nil
}
