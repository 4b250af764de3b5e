package track

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Receive puts on file what a department tells the zone of 收到抄告. The department may do so itself; of one that does not work with Parkway somebody of the zone records
// its letter. The zone says within ten working days whether it takes it, and later what came of it.
type Receive struct {
	UnitID     string     `json:"unit_id,omitempty" ask:"choose,or=body,for=staff" maxLength:"36" doc:"The department that sent it, where it works with Parkway; its own officers leave it out."`
	Body       string     `json:"body,omitempty" ask:"line,or=unit_id,for=staff" maxLength:"100" doc:"Otherwise the body that sent it, by name." example:"县消防救援大队"`
	Paper      string     `json:"paper" ask:"line,required" minLength:"1" maxLength:"80" doc:"Number of its letter." example:"泗消抄〔2024〕12号"`
	Subject    string     `json:"subject" ask:"line,required" minLength:"1" maxLength:"200" doc:"What it is about, in a line." example:"三虎机械疏散通道被占用"`
	Tells      string     `json:"tells" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What it tells." example:"检查发现该单位疏散通道堆放货物，请贵委督促整改。"`
	Enterprise string     `json:"enterprise_id,omitempty" ask:"enterprise" maxLength:"36" doc:"The enterprise that it is about."`
	FeedbackOn clock.Date `json:"feedback_on,omitzero" ask:"day" doc:"Until when the sender wants the result, where it says so." example:"2024-12-20"`
	Handler    string     `json:"handler_id,omitempty" ask:"person,from=workers,sometimes" doc:"Who answers for it in the zone; whoever records it when left out, of a department's own compulsory."`
	Case       string     `json:"case,omitempty" ask:"case" maxLength:"60" doc:"The case that it is about, by its number or id, where there is one already." example:"YH-2024-0001"`

	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The letter."`

	AllTheSame string `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where a paper of the same number from the same body is on file: why this is another one. Without it that is refused, and the refusal says which one it may be." example:"同一文号的补充材料"`
}

// ReceiveName is the name of Receive.
const ReceiveName process.Name = "track.receive"

// CopyIn is the sort of what comes in.
const CopyIn = "copy_in"

// About says who may, and who reads of it.
func (Receive) About() process.About {
	return process.About{Name: ReceiveName, Any: process.Of(process.SafetySupervisor, process.Leader, process.Department), DatedBack: true, Readers: process.Offices, Opens: true}
}

// Mentions returns the sender, the enterprise and who answers for it.
func (c Receive) Mentions() []string { return []string{c.UnitID, c.Enterprise, c.Handler} }

// Brings returns the letter.
func (c Receive) Brings() []process.Evidence { return c.Files }

// Ask offers the departments.
func (Receive) Ask(f process.Question, _ Track, env Env) (process.Question, bool) {
	return OfferBodies(f, env.Found.Departments), true
}

// Decide refuses a sender that is nobody, and a department that speaks for another one.
func (c Receive) Decide(t Track, call process.Call, env Env) (process.Decision[Track], error) {
	none := process.Decision[Track]{}
	sort, known := env.Definition.Sort(CopyIn)
	if t.Version > 0 || !known {
		return none, process.Refuse(process.WrongState, "已经登记。", "It is on file already.")
	}
	var faults process.Faults
	t.Stage, t.DefinitionVersion, t.UnitIDs = sort.ID, env.Definition.Version, []string{}
	t.Paper = faults.Text(process.Required("paper", c.Paper, 80))
	t.Subject = faults.Text(process.Required("subject", c.Subject, process.TitleLimit))
	t.Tells = faults.Text(process.Required("tells", c.Tells, process.TextLimit))
	var err error
	t.Other, err = c.sender(call, env)
	faults.Note(err)
	faults.Note(c.handled(&t, call, env))
	if c.Enterprise != "" {
		firm, err := env.Directory.Find(process.HeldByEnterprise, c.Enterprise)
		faults.Note(process.Pointing(err, "enterprise_id"))
		t.Firm = Firm{ID: firm.ID, Name: firm.Name}
	}
	if !c.FeedbackOn.IsZero() && c.FeedbackOn.Before(call.Day()) {
		faults.Note(process.Refuse(process.ImpossibleDate, "反馈期限不能早于来文日期。", "The result cannot be wanted before it was sent.").At("feedback_on"))
	}
	t.FeedbackOn = c.FeedbackOn
	t.Of.Problem = t.Subject
	if c.Case != "" {
		if parent := env.Found.Parent; parent == nil || parent.Kind == Kind {
			faults.Note(process.RefuseField("case", "没有找到这件事，请核对编号。", "There is no such case, or it is not yours to see; check its number."))
		} else {
			t.ParentID, t.Firm = parent.ID, Firm{ID: parent.EnterpriseID, Name: parent.EnterpriseName}
			if len(parent.Also) > 0 {
				t.Firms = parent.FirmNames()
			}
			t.about(parent)
		}
	}
	faults.Note(c.another(t, call, env))
	t.begin(call)
	t.Attachments, err = process.PutOnRecord(t.Attachments, c.Files, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	t.Title = process.Clip(t.Other.Name + "抄告：" + t.Subject)
	if t.Other.ID != "" {
		t.ShowTo(t.Other.ID)
	}
	t.awaits("", call, env)
	return process.Decision[Track]{After: t, Reason: t.Tells}, nil
}

// another asks back a paper of the same number from the same body, unless somebody has said why it is another one.
func (c Receive) another(t Track, call process.Call, env Env) error {
	i := slices.IndexFunc(env.Found.Numbered, func(n process.Numbered) bool { return n.Slot == CopyIn && n.Other == t.Other.Called() })
	if i < 0 || call.Actor.Type != process.Person || strings.TrimSpace(c.AllTheSame) != "" {
		return nil
	}
	return process.PaperKnown(t.Paper, env.Found.Numbered[i], "all_the_same")
}

// sender is the department of the officer who sends it, else the one that was chosen, else a body by name.
func (c Receive) sender(call process.Call, env Env) (Party, error) {
	id := c.UnitID
	if call.Actor.Has(process.Department) && !call.Actor.OfStaff() {
		if id != "" && id != call.Actor.UnitID || c.Body != "" {
			return Party{}, process.RefuseField("unit_id", "只能以本部门的名义抄告。", "An officer sends it for their own department.")
		}
		id = call.Actor.UnitID
	}
	return Body(id, c.Body, env.Found.Departments, process.Text{Chinese: "请选择或写明来文单位。", English: "Choose or name the body that sent it."})
}

// handled says who answers for it in the zone.
func (c Receive) handled(t *Track, call process.Call, env Env) error {
	t.ManagerID, t.ManagerName = call.Actor.ID, call.Actor.Name
	if c.Handler == "" {
		if !call.Actor.OfStaff() {
			return process.RefuseField("handler_id", "请选择园区由谁办理。", "Choose who answers for it in the zone.")
		}
		return nil
	}
	person, err := env.Directory.Staff(c.Handler, "handler_id")
	if err != nil {
		return err
	}
	if !slices.Contains(person.Roles, process.SafetySupervisor) && !slices.Contains(person.Roles, process.Leader) {
		return process.RefuseField("handler_id", "请选择一名安监员或领导。", "Choose a safety supervisor or a leader.")
	}
	t.ManagerID, t.ManagerName = person.ID, person.Name
	return nil
}
