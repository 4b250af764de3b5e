package track

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// Sent is what a track is opened with by a deed on the case that it is about (package tracking).
type Sent struct {
	Case       string     `json:"case" maxLength:"60"`
	Sort       string     `json:"sort" maxLength:"40"`
	Other      Party      `json:"other"`
	CopiedTo   string     `json:"copied_to,omitempty" maxLength:"200"`
	Tells      string     `json:"tells" maxLength:"4000"`
	Wants      string     `json:"wants,omitempty" maxLength:"4000"`
	FeedbackOn clock.Date `json:"feedback_on,omitzero"`
	Called     Called     `json:"called"`
	ByID       string     `json:"by_id" maxLength:"60"`
	ByName     string     `json:"by_name" maxLength:"200"`
	AllTheSame string     `json:"all_the_same,omitempty" maxLength:"200"`
}

// Open puts a track on file. It follows from what is sent on the case.
type Open struct{ Sent }

// OpenName is the name of Open.
const OpenName process.Name = "track.open"

// About says that nobody issues it: it only follows from another deed.
func (Open) About() process.About {
	return process.About{Name: OpenName, By: process.ByBatch, Readers: process.Addressed, Opens: true, Follows: true, Owed: true}
}

// Carries names the sort and the receiver.
func (c Open) Carries(rules process.Rules) process.Text {
	name := rules.StageName(c.Sort)
	return process.Text{Chinese: name.Chinese + "：" + c.Other.Name, English: name.English + ": " + c.Other.Name}
}

// Mentions returns the receiver, and who answers for it in the zone.
func (c Open) Mentions() []string { return []string{c.Other.ID, c.ByID} }

// Same is the sort and the receiver: a body that was told once, and has not answered yet, is told again only where that is meant.
func (c Open) Same(process.Rules) string { return c.Sort + "\n" + c.Other.Called() }

// Meant reports whether somebody has said why it is sent all the same.
func (c Open) Meant() bool { return c.AllTheSame != "" }

// Waits asks back.
func (c Open) Waits(number string) *process.Refusal {
	chinese, english := "编号 "+number, number
	if number == "" {
		chinese, english = "刚刚发出，正在登记", "sent only just now"
	}
	return process.Refuse(process.MayBeKnown, "同样的往来已经发给"+c.Other.Name+"，还没有办完（"+chinese+"）。确实要再发一份的，请写明原因。",
		"The same was sent to "+c.Other.Name+" and is not done with ("+english+"). If another one is meant, say why.").At("all_the_same")
}

// Decide gives it to whoever it waits for.
func (c Open) Decide(t Track, call process.Call, env Env) (process.Decision[Track], error) {
	none, parent := process.Decision[Track]{}, env.Found.Parent
	sort, known := env.Definition.Sort(c.Sort)
	switch {
	case t.Version > 0:
		return none, process.Unmoved()
	case parent == nil || !known:
		return none, process.Refuse(process.WrongState, "没有这种往来。", "There is no such track.")
	}
	t.ParentID, t.Stage, t.DefinitionVersion, t.UnitIDs = parent.ID, sort.ID, env.Definition.Version, []string{}
	t.Firm = Firm{ID: parent.EnterpriseID, Name: parent.EnterpriseName}
	if c.Other.Kind == string(process.HeldByEnterprise) { // that one alone, of several to whom the case is addressed
		t.EnterpriseID, t.EnterpriseName = c.Other.ID, c.Other.Name
		t.Firm = Firm{ID: c.Other.ID, Name: c.Other.Name}
	} else if len(parent.Also) > 0 {
		t.Firms = parent.FirmNames()
	}
	t.about(parent)
	t.Other, t.CopiedTo, t.Subject, t.Tells, t.Wants, t.FeedbackOn, t.Called = c.Other, c.CopiedTo, parent.Title, c.Tells, c.Wants, c.FeedbackOn, c.Called
	t.ManagerID, t.ManagerName = c.ByID, c.ByName
	t.Title = process.Clip(sort.Name.Chinese + " " + c.Other.Name + "（" + parent.Title + "）")
	t.begin(call)
	t.awaits("", call, env)
	return process.Decision[Track]{After: t, Reason: c.Tells, Notices: t.TellOther(process.NoticeSent)}, nil
}

func (t *Track) begin(call process.Call) {
	t.SentOn, t.Clocks, t.Attachments, t.Answers, t.Issued = call.Day(), []clock.Clock{}, []process.Attachment{}, []Answer{}, []letter.Letter{}
}

// about keeps what the case says: the letters of the track say it, whatever becomes of the case.
func (t *Track) about(parent *process.Parent) {
	t.Of = Matter{Number: parent.Number, Problem: parent.Title}
	if says, ok := parent.Subject.(process.Lettered); ok {
		v := says.Says(0).Texts
		t.Of.Problem, t.Of.Place, t.Of.Level, t.Of.Basis = v["隐患描述"], v["部位"], v["等级"], v["依据"]
		t.Of.FoundOn, _ = clock.ParseDate(v["检查日期"+letter.Iso]) // none where the case says none
	}
	if t.Of.Problem == "" {
		t.Of.Problem = parent.Title
	}
}

// TitleUnder is what it is called under the present name of its case.
func (t *Track) TitleUnder(parent process.Parent, env process.Env) string {
	if t.Stage == CopyIn { // it has the name that its sender gave it
		return t.Title
	}
	sort, _ := process.UnderOf[Definition](env).Definition.Sort(t.Stage)
	return process.Clip(sort.Name.Chinese + " " + t.Other.Name + "（" + parent.Title + "）")
}
