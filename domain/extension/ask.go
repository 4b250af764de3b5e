package extension

import (
	"cmp"
	"slices"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// Ask asks for a later end of a case's running deadline. Until it is agreed nothing changes: the deadline runs on.
type Ask struct {
	Case     string     `json:"case" ask:"case,required" minLength:"1" maxLength:"60" doc:"The case whose deadline it is, by its number or id." example:"XM-2024-0001"`
	Until    clock.Date `json:"until" ask:"day,required" doc:"The new last day." example:"2024-12-31"`
	Reason   string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why the deadline cannot be kept." example:"连续阴雨，屋面无法施工。"`
	Progress string     `json:"progress,omitempty" ask:"long" maxLength:"4000" doc:"How far it is by now." example:"已完成屋面基层，防水层完成一半。"`
	Interim  string     `json:"interim,omitempty" ask:"long" maxLength:"4000" doc:"What protects people and plant meanwhile." example:"停用该区域，设警戒线，专人值守。"`
	Measures string     `json:"measures" ask:"long,required" minLength:"1" maxLength:"4000" doc:"By which measures the new day will be kept." example:"增加一个班组，内装同步进行。"`
	Decider  string     `json:"decider_id,omitempty" ask:"person,from=colleagues,not=me,for=staff" doc:"Who decides; an enterprise names nobody. A leader, or, before the deadline has passed and of what is not major, the head of the section; the leader of the case, else that head, when left out."`

	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers."`
}

// AskName is the name of Ask.
const AskName process.Name = "extension.ask"

// About says that whoever has a part in a case may ask, each enterprise that it is addressed to too; whether they have one is looked at once the case is known.
func (Ask) About() process.About {
	return process.About{Name: AskName, Any: process.Of(process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Department, process.Enterprise), Readers: process.Offices, Opens: true, Duty: process.Asks}
}

// Mentions returns who decides.
func (c Ask) Mentions() []string { return []string{c.Decider} }

// Brings returns the papers.
func (c Ask) Brings() []process.Evidence { return c.Files }

// Decide refuses a case that is not there, not the actor's or has no deadline running, a day that is no later one, and a second request for the same deadline.
func (c Ask) Decide(r Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, parent := process.Decision[Request]{}, env.Found.Parent
	if err := c.askable(r, parent, call, env); err != nil {
		return none, err
	}
	askerID, asker := asks(parent, call)
	var faults process.Faults
	r.Why = faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	r.Measures = faults.Text(process.Required("measures", c.Measures, process.TextLimit))
	r.Progress = faults.Text(process.Optional("progress", c.Progress, process.TextLimit))
	r.Interim = faults.Text(process.Optional("interim", c.Interim, process.TextLimit))
	k := *parent.Clock
	if !c.Until.After(k.DueOn) {
		faults.Note(process.Refuse(process.ImpossibleDate, "新的日期不晚于现在的期限 "+k.DueOn.Chinese()+"。", "The new day is no later than the present end, "+k.DueOn.String()+".").At("until"))
	}
	decider, level, err := c.decider(parent, askerID, call, env)
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	if r.Attachments, err = process.PutOnRecord([]process.Attachment{}, c.Files, env.Uploads, call, process.Place{}); err != nil {
		return none, err
	}
	if p, ok := parent.Subject.(process.Petitioned); ok && call.Actor.Type == process.Person {
		on := env.Env
		on.Rules = parent.Rules
		if err := p.Petition(call, on); err != nil {
			return none, err
		}
	}
	if err := try(parent, casework.GrantExtension{Request: "-", Clock: k.Seq, Until: c.Until, Reason: r.Why, By: decider.Name}, call, env); err != nil {
		return none, err
	}
	r.ParentID, r.State, r.DefinitionVersion, r.UnitIDs = parent.ID, Asked, env.Definition.Version, []string{}
	r.Title, r.Issued = title(parent.Title, c.Until), []letter.Letter{}
	r.From, r.Until, r.Clock, r.Level = k.DueOn, c.Until, k.Seq, level
	r.Ask(askerID, asker, r.Why)
	r.AskFor(*parent, call.Actor)
	limit := clock.Start(ToDecide, env.Definition.Limit, call.OccurredAt, env.Calendar)
	limit.Seq, limit.Rule = 1, env.Definition.rule()
	r.Clocks = []clock.Clock{limit}
	deed := process.PassTo(&r, decider, call, env.Env, r.Why)
	process.Follow(&r, call, env.Env)
	return process.Decision[Request]{After: r, Reason: deed.Reason, Notices: append(deed.Notices, r.tellZone()...)}, nil
}

// askable refuses where nothing can be asked for.
func (c Ask) askable(r Request, parent *process.Parent, call process.Call, env Env) error {
	switch {
	case r.Version > 0:
		return process.Refuse(process.WrongState, "申请已经登记。", "The request is on file already.")
	case parent == nil:
		return process.RefuseField("case", "没有找到这件事，请核对编号。", "There is no such case, or it is not yours to see; check its number.")
	case parent.Kind == Kind:
		return process.RefuseField("case", "延期申请本身不能再申请延期。", "More time cannot be asked for a request for more time.")
	case parent.Subject == nil || call.Actor.Type == process.Person && !env.Found.InPlace && !process.HasPart(parent.Subject, call.Actor, call.Day()):
		return process.Refuse(process.NotAllowed, "只有经办这件事的人可以申请延期。", "Only those who have a part in the case can ask for more time.").At("case")
	case parent.Done:
		return process.RefuseField("case", "这件事已经办结，期限已经结束，不能再申请延期。", "The case is closed and its deadline has ended.")
	case parent.SuspendedSince != nil:
		return process.RefuseField("case", "这件事已暂停，期限没有在走，不需要延期。", "The case is suspended; its deadline stands still.")
	case parent.Clock == nil:
		return process.RefuseField("case", "这件事现在没有在走的期限，不能申请延期。", "No deadline is running, so there is none to move.")
	}
	if i := slices.IndexFunc(env.Found.Children, func(c process.Child) bool { return c.Kind == Kind && !c.Done }); i >= 0 {
		return process.AskedAlready(env.Found.Children[i].Number).At("case")
	}
	return nil
}

// asks is who asks: the actor, or, for what is brought over, whoever is responsible for the case.
func asks(parent *process.Parent, call process.Call) (id, name string) {
	if call.Actor.Type == process.Person {
		return call.Actor.ID, call.Actor.Name
	}
	id, name = parent.Responsible()
	return id, cmp.Or(name, call.Actor.Name)
}

// tellZone tells whoever follows what an enterprise asks for, and where a leader has to decide the leaders: the enterprise knows none of them to name.
func (r *Request) tellZone() []process.Notice {
	if r.AskedForID == "" {
		return nil
	}
	told := process.TellTeam(r, process.NoticeAsked)
	if r.Level == Leader {
		told = append(told, process.Notice{Kind: process.NoticeAsked, ToKind: process.ToRole, ToID: string(process.Leader)})
	}
	return told
}

// decider is who decides, and at which level: the one named, else the leader of the case, else the head of the section where that is enough. Nobody decides what they asked for.
func (c Ask) decider(parent *process.Parent, askerID string, call process.Call, env Env) (process.Party, string, error) {
	level, head := levelOf(parent, call), env.Found.Head
	id := c.Decider
	if id == "" {
		id = parent.Team.LeaderID
	}
	if id == "" && level == Head && head.ID != askerID && mayDecide(head) {
		id = head.ID
	}
	switch byFirm := call.Actor.Has(process.Enterprise); {
	case byFirm && c.Decider != "":
		return process.Party{}, level, process.RefuseField("decider_id", "由园区决定谁批复，不用填写。", "The zone says who decides; name nobody.")
	case byFirm && id == "": // with whoever runs the case until a leader decides
		id, name := parent.Responsible()
		return process.Party{Kind: process.HeldByPerson, ID: id, Name: name}, level, nil
	}
	switch id {
	case "":
		return process.Party{}, level, process.RefuseField("decider_id", "请选择由哪位领导批复。", "Choose the leader who decides.")
	case askerID:
		return process.Party{}, level, process.Refuse(process.SamePerson, "申请人不能批复自己的申请，请选择别的领导。", "Nobody decides what they asked for; choose another leader.").At("decider_id")
	}
	party, known := env.Directory[id]
	if c.Decider != "" {
		var err error
		if party, err = env.Directory.Staff(id, "decider_id"); err != nil {
			return party, level, err
		}
	}
	switch {
	case known && slices.Contains(party.Roles, process.Leader):
		return party, Leader, nil
	case id == head.ID && level == Head && !mayDecide(head):
		return party, level, process.RefuseField("decider_id", head.Name+"没有批复延期的权限，请选择一位领导。", head.Name+" may not decide on more time; choose a leader.")
	case id == head.ID && level == Head:
		return head, Head, nil
	case id == head.ID:
		return party, level, process.RefuseField("decider_id", "已经过期的、重大的，延期要由分管领导批复，科长不能批。", "Once the deadline has passed, and of what is major, a leader decides and no head of a section.")
	}
	return party, level, process.RefuseField("decider_id", "请选择一位领导。", "Choose a leader.")
}

// mayDecide reports whether somebody may decide on a request that they have in hand: whoever heads a section and has none of the roles could only let it lapse.
func mayDecide(p process.Party) bool {
	about := Agree{}.About()
	return slices.ContainsFunc(p.Roles, func(r process.Role) bool { return slices.Contains(about.Any, r) || slices.Contains(about.Own, r) })
}

// try does on a copy of the case what agreeing would do: what its rules refuse then is refused now, with their words.
func try(parent *process.Parent, grant casework.GrantExtension, call process.Call, env Env) error {
	on := env.Env
	on.Rules = parent.Rules
	_, err := grant.Act(parent.Subject, call, on)
	return err
}

// title names the case and the day that is asked for: a list shows both.
func title(of string, until clock.Date) string {
	return process.Clip("延期申请（" + of + "，申请延到 " + until.Chinese() + "）")
}

// TitleUnder is what it is called under the present name of the case whose deadline it is about.
func (r *Request) TitleUnder(parent process.Parent, _ process.Env) string {
	return title(parent.Title, r.Until)
}
