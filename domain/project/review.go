package project

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/process"
)

// Reviewed is what a meeting decided on the project. It stays for ever, also when the project is sent back.
type Reviewed struct {
	Seq       int             `json:"seq"`
	Passage   int             `json:"passage"` // in which the project stood: what was decided in an earlier one does not count any more
	Meeting   string          `json:"meeting"`
	MeetingID string          `json:"meeting_id"`
	Title     string          `json:"title"`
	On        clock.Date      `json:"on"`
	Minutes   string          `json:"minutes" paper:"number"`
	Papers    []process.Paper `json:"papers"`
	Result    string          `json:"result"`
	Says      string          `json:"says"`
}

// ElementName is its number.
func (r Reviewed) ElementName(int) string { return strconv.Itoa(r.Seq) }

// Sealed is always true: what a meeting decided never changes.
func (Reviewed) Sealed() bool { return true }

func (r Reviewed) passes() bool {
	return r.Result == meeting.Passed || r.Result == meeting.Conditional
}

// Condition is one that a meeting laid on the project: a requirement of a later gate.
type Condition struct {
	Seq     int               `json:"seq"`
	Text    string            `json:"text"`
	Stage   lifecycle.StageID `json:"stage"`
	OwedBy  string            `json:"owed_by"`
	Minutes string            `json:"minutes"`
	Review  int               `json:"review"` // the seq of the review that laid it
}

// ElementName is its number.
func (c Condition) ElementName(int) string { return strconv.Itoa(c.Seq) }

// Sealed is always true: a condition is met or waived at its gate, and never changed.
func (Condition) Sealed() bool { return true }

// ReviewName is the name of Review.
const ReviewName process.Name = "project.review"

// MeetingCommand is the command that concludes a meeting.
const MeetingCommand = meeting.ConcludeName

// Review is the machinery's command: what a meeting decided on the project, by its minutes. It follows from the meeting's being concluded.
type Review struct{ meeting.Decided }

// About says that nobody issues it: it only follows from the meeting.
func (Review) About() process.About {
	return process.About{Name: ReviewName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says what was decided, with its conditions.
func (c Review) Carries(process.Rules) process.Text {
	result := Resulted(c.Result)
	says := process.Text{Chinese: c.Title + "对项目的意见：" + result.Chinese, English: c.Title + ": " + result.English}
	for _, x := range c.Conditions {
		says.Chinese, says.English = says.Chinese+"；条件："+x.Condition+"（"+x.OwedBy+"）", says.English+"; condition: "+x.Condition+" ("+x.OwedBy+")"
	}
	return says
}

// Decide keeps the result with its conditions, also where the project has moved on since it was put on the agenda: then it belongs to the stay in the review that it
// was about. One that has ended refuses it, and whoever convened the meeting is told (Owed).
func (c Review) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if p.Done {
		return none, process.Refuse(process.Closed, "项目已经结束。", "The project is closed.").After(process.MovedDone)
	}
	stay, ok := p.underReview(env)
	if !ok {
		return none, process.Refuse(process.WrongState, "项目还没有到过联审阶段，会议结果没有登记到项目上。", "The project has never stood in the review; the result was not recorded.")
	}
	r := Reviewed{Seq: len(p.Reviews) + 1, Passage: stay, Meeting: c.Meeting, MeetingID: c.MeetingID, Title: c.Title, On: c.On, Minutes: c.Minutes,
		Papers: append([]process.Paper{}, c.Papers...), Result: c.Result, Says: c.Says}
	p.Reviews = append(p.Reviews, r)
	for _, x := range c.Conditions {
		gate := lifecycle.StageID(x.Stage)
		if env.Definition.Precedes(gate, p.stage()) && env.Definition.Precedes(p.Passages[stay-1].Stage, p.stage()) { // that gate lies behind it: it has to be met at the next one
			gate = p.stage()
		}
		p.Conditions = append(p.Conditions, Condition{Seq: len(p.Conditions) + 1, Text: x.Condition, Stage: gate, OwedBy: x.OwedBy, Minutes: c.Minutes, Review: r.Seq})
	}
	notices := process.TellTeam(&p, process.NoticeComment)
	reason := Resulted(c.Result).Chinese
	if stay != len(p.Passages) {
		reason += "（登记时项目已经不在联审阶段）"
	}
	return process.Decision[Project]{After: p, Reason: reason, Notices: notices}, nil
}

// underReview is the project's last stay in a stage whose gate asks for a review: its passage's number.
func (p Project) underReview(env Env) (passage int, ok bool) {
	for i := len(p.Passages) - 1; i >= 0; i-- {
		stage, err := env.Definition.Stage(p.Passages[i].Stage)
		if err == nil && slices.ContainsFunc(stage.Gate, func(r lifecycle.Requirement) bool { return r.Kind == lifecycle.Review || r.ID == "review_minutes" }) {
			return i + 1, true
		}
	}
	return 0, false
}

// decisive is the review that counts: of those since the project came into its stage last the one whose meeting was held last, whichever was put on record first.
func (p Project) decisive() (last Reviewed, ok bool) {
	for _, r := range p.Reviews {
		if !ok || r.Passage > last.Passage || r.Passage == last.Passage && !r.On.Before(last.On) {
			last, ok = r, true
		}
	}
	return last, ok
}

// lastReview is what the last meeting decided since the project came into its stage.
func (p Project) lastReview() (Reviewed, bool) {
	if last, ok := p.decisive(); ok && last.Passage == len(p.Passages) {
		return last, true
	}
	return Reviewed{}, false
}

// Laying is the review whose conditions stand: the last one that passed the project. One that defers or refuses it lays none, and lifts none.
func (p Project) Laying() int {
	last, ok := Reviewed{}, false
	for _, r := range p.Reviews {
		if r.passes() && (!ok || r.Passage > last.Passage || r.Passage == last.Passage && !r.On.Before(last.On)) {
			last, ok = r, true
		}
	}
	return last.Seq
}

// GateOf is the stage at whose gate a condition is asked for: its own, or where the project leaves that one out the next that it goes through.
func (p Project) GateOf(c Condition, d lifecycle.Definition) lifecycle.StageID {
	order := d.StageOrder()
	at := slices.Index(order, string(c.Stage))
	for at >= 0 && at < len(order)-2 && p.leavesOut(lifecycle.StageID(order[at]), d) {
		at++
	}
	if at < 0 {
		return c.Stage
	}
	return lifecycle.StageID(order[at])
}

// leavesOut reports whether the project did not go, or will not go, through the stage's gate.
func (p Project) leavesOut(id lifecycle.StageID, d lifecycle.Definition) bool {
	for _, at := range slices.Backward(p.Passages) {
		if at.Stage == id {
			return at.Outcome == lifecycle.Skipped
		}
	}
	stage, err := d.Stage(id)
	return err == nil && stage.SkippedBy(string(p.SiteMode))
}

// laid are the conditions that stand at the stage's gate. Those of a review that the project has gone through again since do not stand any more: the later one laid its own.
func (p Project) laid(stage lifecycle.StageID, d lifecycle.Definition) []lifecycle.Requirement {
	var all []lifecycle.Requirement
	standing := p.Laying()
	for _, c := range p.Conditions {
		if c.Review != standing || p.GateOf(c, d) != stage {
			continue
		}
		name := process.Text{Chinese: "联审条件：" + c.Text, English: "Condition of the review: " + c.Text}
		note := process.Text{Chinese: c.Minutes, English: c.Minutes}
		if c.Stage != stage {
			left := d.StageName(string(c.Stage))
			note.Chinese, note.English = note.Chinese+"；项目不经过「"+left.Chinese+"」，移到这一关", note.English+"; the project leaves out “"+left.English+"”, so this gate asks for it"
		}
		all = append(all, lifecycle.Requirement{ID: fmt.Sprintf("condition_%d", c.Seq), Name: name, Kind: lifecycle.Condition, Waivable: true,
			OwedBy: process.Text{Chinese: c.OwedBy, English: c.OwedBy}, Note: note})
	}
	return all
}

// Bars says why the project cannot be put before a meeting: one has refused it, or passed it already.
func (p *Project) Bars() process.Text {
	last, ok := p.lastReview()
	switch {
	case !ok || last.Result == meeting.Deferred:
		return process.Text{}
	case last.Result == meeting.Refused:
		return process.Text{Chinese: "联审没有通过，先退回洽谈修改方案，再重新上会；不再推进的办理终止", English: "was refused by the review: send it back to negotiation first, or terminate it"}
	}
	return process.Text{Chinese: "联审已经通过，不用重复上会", English: "has passed the review already"}
}

// Resulted names the result of a meeting in sentences; the pages have their words in the catalogues.
func Resulted(result string) process.Text {
	return map[string]process.Text{
		meeting.Passed: {Chinese: "通过", English: "passed"}, meeting.Conditional: {Chinese: "有条件通过", English: "passed with conditions"},
		meeting.Deferred: {Chinese: "缓议", English: "deferred"}, meeting.Refused: {Chinese: "不通过", English: "refused"},
	}[result]
}

// Awaits reports whether the project waits for a meeting to decide on it.
func (p *Project) Awaits(e process.Env) bool {
	return p.underWay() && p.Bars().Chinese == "" && p.lacks(kind().Env(e), func(i lifecycle.Item) bool { return i.Kind == lifecycle.Review }) > 0
}
