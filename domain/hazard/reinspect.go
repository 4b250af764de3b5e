package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// ReinspectName is the name of Reinspect.
const ReinspectName process.Name = "hazard.reinspect"

// Reinspect records the verdict of the re-inspection (整改复查意见书): pass closes the hazard, fail opens the next round with its own notice.
type Reinspect struct {
	Points         map[string]string  `json:"points,omitempty" ask:"answers" doc:"The verdict on each point of the notice, under its number: pass or fail. All points passed, or the round has failed."`
	Result         string             `json:"result,omitempty" ask:"pick,required,words=answer" enum:"pass,fail" doc:"The verdict; of a notice with points it follows from theirs." example:"pass"`
	Opinion        string             `json:"opinion" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was seen." example:"已全部整改到位。"`
	InspectorIDs   []string           `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"The other inspectors; a re-inspection needs two."`
	Joined         string             `json:"joined,omitempty" ask:"line" maxLength:"400" doc:"Who else took part, by name: people from outside need no account."`
	Attachments    []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures of the re-inspection."`
	Requirement    string             `json:"requirement,omitempty" ask:"long,lines=6,when=result:fail,only=result:fail" maxLength:"4000" doc:"Of the next round, when failed."`
	Policy         string             `json:"policy,omitempty" ask:"pick,words=policy,only=result:fail" enum:"fresh,remaining,shortened" doc:"Of the next round, when failed: a fresh deadline, the days that were left at the hand-in, or fewer than before; fresh when left out."`
	DueOn          clock.Date         `json:"due_on,omitzero" ask:"day,sometimes,only=result:fail" doc:"Of the next round, when failed; not where the days that were left are given."`
	DocumentNumber string             `json:"document_number,omitempty" maxLength:"80" doc:"Of the next round's notice; the next of the series when left out."`
}

// About says who may, and who reads of it.
func (Reinspect) About() process.About {
	return process.About{Name: ReinspectName, Any: process.Of(process.SafetySupervisor), Duty: process.Accepts, DatedBack: true, Readers: process.Everyone}
}

// Mentions returns the inspectors.
func (c Reinspect) Mentions() []string { return c.InspectorIDs }

// Signs returns the inspectors.
func (c Reinspect) Signs() []string { return c.InspectorIDs }

// Brings returns the evidence.
func (c Reinspect) Brings() []process.Evidence { return c.Attachments }

// IssuesNotice reports whether a number must be drawn.
func (c Reinspect) IssuesNotice() bool {
	return c.verdict() == rectification.Fail && c.DocumentNumber == ""
}

// verdict is that of all points where there are any.
func (c Reinspect) verdict() string {
	if len(c.Points) == 0 {
		return c.Result
	}
	for _, v := range c.Points {
		if v != rectification.Pass {
			return rectification.Fail
		}
	}
	return rectification.Pass
}

// Spread asks for the verdict on each point of the notice.
func (Reinspect) Spread(f process.Question, h Hazard, _ Env) []process.Question {
	var all []process.Question
	if r := h.Current(); r != nil {
		for _, p := range r.Points {
			all = append(all, process.Question{Path: f.Path + "." + p.ElementName(0), Text: process.Text{Chinese: p.Text, English: p.Text}, Kind: process.Pick, Required: true,
				Words: "answer", Choices: []process.Choice{{Value: rectification.Pass}, {Value: rectification.Fail}}})
		}
	}
	return all
}

// Ask asks for one verdict where the notice has no points.
func (Reinspect) Ask(f process.Question, h Hazard, _ Env) (process.Question, bool) {
	r := h.Current()
	if f.Only.Path != "" && r != nil && len(r.Points) > 0 { // one point that has not passed is enough
		f.Only.Path = "points"
	}
	if f.Path == "requirement" && r != nil && len(r.Points) > 0 { // each point has a verdict of its own
		f.Sometimes = true
	}
	return f, f.Path != "result" || r == nil || len(r.Points) == 0
}

// judge notes the verdict on each point, and returns those that did not pass: the next round is about them.
func (c Reinspect) judge(r *rectification.Round, faults *process.Faults) []rectification.Point {
	r.Points = slices.Clone(r.Points)
	var left []rectification.Point
	for i := range r.Points {
		p := &r.Points[i]
		switch v := c.Points[p.ElementName(0)]; v {
		case rectification.Pass:
			p.Verdict = v
		case rectification.Fail:
			p.Verdict = v
			left = append(left, rectification.Point{Point: len(left) + 1, Text: p.Text})
		default:
			faults.Note(process.RefuseField("points."+p.ElementName(0), "第 "+p.ElementName(0)+" 项还没有复查结论。", "Point "+p.ElementName(0)+" was not judged."))
		}
	}
	if len(c.Points) > len(r.Points) {
		faults.Note(process.RefuseField("points", "通知里没有这一项，请核对。", "The notice has no such point."))
	}
	if c.Result != "" && c.Result != c.verdict() && len(r.Points) > 0 {
		faults.Note(process.RefuseField("result", "结论和各项的结论不一致：全部合格才是合格。", "The verdict differs from those on the points: it has passed when all of them have."))
	}
	return left
}

// Decide refuses fewer than two inspectors, and one who handed the rectification in.
func (c Reinspect) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	opinion := faults.Text(process.Required("opinion", c.Opinion, process.TextLimit))
	signed, err := inspectors(c.InspectorIDs, call, env, env.Definition.Inspectors)
	faults.Note(err)
	next := rectification.Round{DueOn: c.DueOn}
	if r := h.Current(); r != nil && h.State == rectification.Reported {
		next.Points = c.judge(r, &faults)
		r.Joined = faults.Text(process.Optional("joined", c.Joined, 400))
		if c.verdict() == rectification.Fail {
			next.Policy = rectification.Policy(c.Policy)
			if next.Policy == "" {
				next.Policy = rectification.Fresh
			}
			next.DueOn, err = r.Until(next.Policy, c.DueOn, call)
			faults.Note(err)
		}
	}
	switch c.verdict() {
	case rectification.Fail:
		next.Requirement = faults.Text(process.Required("requirement", c.Requirement, process.TextLimit))
		next.NoticeNumber = faults.Text(numberOf(c.DocumentNumber, env))
		next.Series = h.series()
	case rectification.Pass:
		faults.Note(h.accepted())
		if !h.listed() {
			faults.Note(h.keepsOpen())
		}
	}
	place := process.Place{Round: h.Round}
	faults.Note(env.Definition.Inspect(h.turner(env), c.verdict(), opinion, signed, next, call))
	attachments, err := process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, place)
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	decision := process.Decision[Hazard]{Reason: opinion}
	switch {
	case h.Done:
		h.closedWith(Passed, call.Day())
		decision.Notices = h.tellBoth(process.NoticeClosed) // who rectified hears what came of it
	case h.State == rectification.Rectifying:
		decision.Notices = []process.Notice{{Kind: process.NoticeFailed, ToKind: process.HeldByEnterprise, ToID: h.EnterpriseID, As: []process.Function{process.AsContact}}}
		h.beat(env.Definition, call.Day())
		h.rearm(call, env)
	}
	h.Attachments = attachments
	decision.After = h
	return decision, nil
}
