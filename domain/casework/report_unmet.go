package casework

import "github.com/parkway-zone/parkway/domain/process"

// ReportUnmetVerb is what ReportUnmet does.
const ReportUnmetVerb process.Verb = "report_unmet"

// ReportUnmet is the machinery's command: what should have followed by itself from a deed was refused, and whoever is responsible for the case is told, once. It is
// tried again all the while, unless it came too late (docs/decisions/0036).
type ReportUnmet struct {
	What string `json:"what" maxLength:"4000" doc:"What should have followed."`
	Why  string `json:"why" maxLength:"4000" doc:"Why it was refused."`
	Over bool   `json:"over,omitempty" doc:"It came too late, and is not tried again."`
}

// About says that nobody issues it: it only follows from a refusal.
func (ReportUnmet) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(ReportUnmetVerb), By: process.ByBatch, Follows: true, Readers: process.Offices}
}

// Act tells the case's team, and its leaders where it has nobody. It changes nothing.
func (c ReportUnmet) Act(on process.Subject, _ process.Call, _ process.Env) (process.Deed, error) {
	notices := process.TellTeam(on, process.NoticeUnmet)
	if len(notices) == 0 {
		notices = on.People().TellLeader(process.NoticeUnmet)
	}
	next := "系统会再试；请人工处理。"
	if c.Over {
		next = "系统不再重试；请人工处理。"
	}
	return process.Deed{Reason: "「" + c.What + "」应当随之登记，没有登记成：" + c.Why + next, Notices: notices}, nil
}
