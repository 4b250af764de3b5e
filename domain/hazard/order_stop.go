package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// OrderStop orders work or use to stop, partly or wholly (安全生产法 art. 65). Who ordered it is named: a zone does so itself only where that was delegated to it.
type OrderStop struct {
	Scope    Scope  `json:"scope" ask:"pick,required,words=stop_scope" enum:"partial,full" doc:"How much stands still: some of it, or all." example:"partial"`
	What     string `json:"what,omitempty" ask:"line,when=scope:partial" maxLength:"200" doc:"What stands still; compulsory of a partial stop." example:"喷涂车间 2 号线"`
	Body     string `json:"body,omitempty" ask:"line,sometimes" maxLength:"100" doc:"The body that decided; the zone itself when left out, which needs that it may." example:"泗县应急管理局"`
	Document string `json:"document_number" ask:"line,required" minLength:"1" maxLength:"80" doc:"The paper's number." example:"（泗）应急现决〔2026〕3号"`
	Reason   string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"可燃气体报警失效，无法保证安全。"`

	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The paper."`
}

// OrderStopName is the name of OrderStop.
const OrderStopName process.Name = "hazard.order_stop"

// About says who may, and who reads of it.
func (OrderStop) About() process.About {
	return process.About{Name: OrderStopName, Any: process.Of(process.SafetySupervisor, process.Leader), Own: process.Of(process.Department), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the paper.
func (c OrderStop) Brings() []process.Evidence { return c.Attachments }

// Fits says that one order at a time is in force.
func (OrderStop) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!h.Done && h.Stopped() == nil)
}

// Decide refuses a second order, a partial one that does not say of what, and one of the zone itself where enforcement was not delegated to it.
func (c OrderStop) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	if h.Stopped() != nil {
		return none, process.Refuse(process.WrongState, "已经有停产停业的决定在执行，解除后才能再作决定。", "An order to stop is in force already.")
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	document := faults.Text(process.Required("document_number", c.Document, 80))
	what := faults.Text(process.Optional("what", c.What, process.TitleLimit))
	body := faults.Text(process.Optional("body", c.Body, 100))
	if c.Scope != Partial && c.Scope != Full {
		faults.Note(process.RefuseField("scope", "请选择局部停产停用，或全部停产停业。", "Choose a partial or a full stop."))
	}
	if c.Scope != Full && what == "" {
		faults.Note(process.RefuseField("what", "局部停产停用的，要写明停哪一部分。", "A partial stop says of what."))
	}
	if body == "" && !env.Enforces && call.Actor.Type == process.Person {
		faults.Note(process.RefuseField("body", "园区没有受委托执法，不能自己决定停产停业，请写明作出决定的部门。", "No enforcement was delegated to the zone: name the body that decided."))
	}
	faults.Note(process.NotBefore(call, h.FoundOn, "决定日期早于查出日期", "It cannot have been decided before the hazard was found on"))
	var err error
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Stops = append(h.Stops, Stop{Stop: len(h.Stops) + 1, Scope: c.Scope, What: what, Body: body, Document: document, On: call.Day(), Reviewers: []rectification.Signatory{}})
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: h.tellBoth(process.NoticeStopped)}, nil
}
