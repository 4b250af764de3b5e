package tracking

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
)

// SuperviseVerb is what Supervise does.
const SuperviseVerb process.Verb = "supervise"

// Supervise sends a supervision order 督办单 to whoever is to see to the case: it is signed for within a working day, and answered by the day that it names.
type Supervise struct {
	To    string     `json:"to_id" ask:"person,required,from=workers,not=me" minLength:"1" doc:"Who is to see to it."`
	Wants string     `json:"wants" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is required." example:"督促企业 3 日内完成整改。"`
	Why   string     `json:"why" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"逾期 3 个工作日仍未整改。"`
	On    clock.Date `json:"feedback_on" ask:"day,required" doc:"Until when the result is reported back." example:"2024-12-06"`

	Again
}

// About says that leaders send it, and whoever runs the case.
func (Supervise) About(of process.Leading) process.About {
	return about(of, SuperviseVerb, process.Offices)
}

// Mentions returns who is to see to it.
func (c Supervise) Mentions() []string { return []string{c.To} }

// Fits says that it lies at hand once the ladder says so, for who would not send it to themselves.
func (Supervise) Fits(on process.Subject, actor process.Actor, env process.Env) process.Fit {
	fit := urgent(SuperviseVerb, on, env)
	if fit == process.Leads && answerable(on) == actor.ID {
		return process.Fits
	}
	return fit
}

// answerable is who has the case in hand, or answers for it.
func answerable(on process.Subject) string {
	if h := on.Header().Holder; h != nil && h.Kind == process.HeldByPerson {
		return h.ID
	}
	return on.People().ManagerID
}

// Ask begins with who has the case in hand, or answers for it, and with what the ladder knows.
func (Supervise) Ask(f process.Question, on process.Subject, env process.Env) (process.Question, bool) {
	why := late(on.Header())
	switch f.Path {
	case "all_the_same":
		return f, again(order, on, env)
	case "to_id":
		f.Value = answerable(on)
	case "why":
		f.Value = why
	case "wants":
		if firm := on.Header().FirmNames(); why != "" && firm != "" {
			f.Value = "督促" + firm + "尽快完成，并反馈落实情况。"
		}
	case "feedback_on":
		f.Value = within(5, env)
	}
	return f, true
}

// Act refuses an order to oneself, and a day that is past.
func (c Supervise) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	var faults process.Faults
	faults.Note(process.UnderWay(on.Header()))
	s := track.Sent{Sort: order, FeedbackOn: c.On}
	s.Wants = faults.Text(process.Required("wants", c.Wants, process.TextLimit))
	s.Tells = faults.Text(process.Required("why", c.Why, process.TextLimit))
	person, err := env.Directory.Staff(c.To, "to_id")
	faults.Note(err)
	if c.To != "" && c.To == call.Actor.ID {
		faults.Note(process.Refuse(process.SamePerson, "督办单不能发给自己。", "Nobody sends an order to themselves.").At("to_id"))
	}
	if c.On.IsZero() {
		faults.Note(process.RefuseField("feedback_on", "请填写反馈期限。", "Give the day until which the result is reported."))
	}
	faults.Note(ahead("feedback_on", c.On, call))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	s.Other = track.Party{Kind: string(process.HeldByPerson), ID: person.ID, Name: person.Name}
	return c.send(s, on.Header(), call), nil
}
