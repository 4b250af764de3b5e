package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Clear is the word of the body that listed a hazard: cleared (摘牌、核销), which closes it, or not, which opens another round. The body says so itself; of one that
// does not work with Parkway a leader records the paper.
type Clear struct {
	Result      string             `json:"result" ask:"pick,required,words=clearance" enum:"pass,fail" doc:"pass: cleared; fail: not, another round begins." example:"pass"`
	Document    string             `json:"document_number" ask:"line,required" minLength:"1" maxLength:"80" doc:"Number of the body's paper." example:"泗安委督〔2026〕2号-销"`
	Signed      string             `json:"signed_by" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who signed it, by name." example:"周某某"`
	Opinion     string             `json:"opinion" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What the body says." example:"经审查，同意摘牌。"`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,required,many" doc:"The paper."`
	Requirement string             `json:"requirement,omitempty" ask:"long,lines=6" maxLength:"4000" doc:"Of the next round, when not cleared."`
	DueOn       clock.Date         `json:"due_on,omitzero" ask:"day" doc:"Of the next round, when not cleared."`
}

// ClearName is the name of Clear.
const ClearName process.Name = "hazard.clear"

// About says who may, and who reads of it.
func (Clear) About() process.About {
	return process.About{Name: ClearName, Any: process.Of(process.Leader), Own: process.Of(process.Department), Duty: process.Accepts, DatedBack: true, Readers: process.Everyone}
}

// Brings returns the paper.
func (c Clear) Brings() []process.Evidence { return c.Attachments }

// IssuesNotice reports whether a number must be drawn for another round.
func (c Clear) IssuesNotice() bool { return c.Result == rectification.Fail }

// Fits says that it is the next step of the body that listed it.
func (Clear) Fits(h Hazard, actor process.Actor, _ Env) process.Fit {
	if h.Done || h.State != rectification.Clearing || h.clears(actor) != nil {
		return process.Not
	}
	return process.Leads
}

// clears refuses whoever does not speak for the body that listed it.
func (h Hazard) clears(actor process.Actor) error {
	l := h.Listing
	if l == nil || actor.Type != process.Person || l.UnitID == "" && actor.Has(process.Leader) || l.UnitID != "" && actor.Has(process.Department) && actor.UnitID == l.UnitID {
		return nil
	}
	return process.Refuse(process.NotAllowed, "这起隐患由"+l.Body+"挂牌督办，只能由它摘牌。", "Only "+l.Body+", which listed the hazard, can clear it.")
}

// Decide refuses everybody but the body that listed it, and a clearance while an order to stop is in force.
func (c Clear) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	if err := h.clears(call.Actor); err != nil {
		return none, err
	}
	var faults process.Faults
	document := faults.Text(process.Required("document_number", c.Document, 80))
	signed := faults.Text(process.Required("signed_by", c.Signed, 100))
	opinion := faults.Text(process.Required("opinion", c.Opinion, process.TextLimit))
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		faults.Note(process.RefuseField("attachments", "请上传挂牌部门的书面意见。", "Attach the body's paper."))
	}
	next := rectification.Round{DueOn: c.DueOn, Policy: rectification.Fresh}
	switch c.Result {
	case rectification.Pass:
		if h.Stopped() != nil {
			faults.Note(process.Refuse(process.WrongState, "停产停业还没有解除，请先审查并解除。", "An order to stop is in force: review and lift it first."))
		}
	case rectification.Fail:
		next.Requirement = faults.Text(process.Required("requirement", c.Requirement, process.TextLimit))
		next.NoticeNumber, next.Series = env.NextNotice, h.series()
	default:
		faults.Note(process.RefuseField("result", "请选择同意摘牌或不同意。", "Choose cleared or not."))
	}
	place := process.Place{Round: h.Round}
	faults.Note(env.Definition.Clear(h.turner(env), c.Result == rectification.Pass, next, call))
	attachments, err := process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, place)
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Attachments = attachments
	decision := process.Decision[Hazard]{Reason: opinion, Notices: h.tellBoth(process.NoticeClosed)}
	if h.Done {
		h.Listing.ClearedOn, h.Listing.ClearedBy, h.Listing.Clearance = call.Day(), signed, document
		h.closedWith(Passed, call.Day())
	} else {
		decision.Notices = h.tellBoth(process.NoticeFailed)
		h.beat(env.Definition, call.Day())
		h.rearm(call, env)
	}
	decision.After = h
	return decision, nil
}
