package inspection

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// Arrange plans an inspection: of whom, on which day, by whom, for what.
type Arrange struct {
	EnterpriseID string     `json:"enterprise_id" ask:"enterprise,required" doc:"Who is inspected."`
	On           clock.Date `json:"on" ask:"day,required" doc:"On which day." example:"2026-12-03"`
	Sort         string     `json:"sort" ask:"choose,required" minLength:"1" maxLength:"60" doc:"What sort of inspection, by its id in the definition." example:"daily"`
	Place        string     `json:"place,omitempty" ask:"line" maxLength:"200" doc:"Where in the enterprise." example:"二号车间、危化品仓库"`
	CampaignID   string     `json:"campaign_id,omitempty" ask:"campaign" doc:"The campaign (专项行动) it belongs to."`
	ChecklistID  string     `json:"checklist_id,omitempty" ask:"choose" maxLength:"36" doc:"The checklist; its present version is kept. None: the content is written down."`
	InspectorIDs []string   `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"Who inspects beside the caller."`
	ManagerID    string     `json:"manager_id,omitempty" maxLength:"36" doc:"Who answers for it; the first inspector when left out."`
	Why          string     `json:"why,omitempty" ask:"long,sometimes" maxLength:"4000" doc:"Why, where the enterprise was or is to be visited within the days that the definition names." example:"群众举报，需现场核实。"`
	PlanID       string     `json:"plan_id,omitempty" ask:"choose" maxLength:"36" doc:"The template (register visit_plans) that it follows from, at most a month before its day and never twice."`
	With         string     `json:"with,omitempty" maxLength:"60" doc:"The inspection of the landlord together with which it takes place, by number or id."`
	YearlyPlan   string     `json:"yearly_plan,omitempty" maxLength:"60" doc:"Number of the yearly plan that it follows from."`
}

// ArrangeName is the name of Arrange.
const ArrangeName process.Name = "inspection.arrange"

// About says who may, and who reads of it: the enterprise does not.
func (Arrange) About() process.About {
	return process.About{Name: ArrangeName, Any: process.Of(process.SafetySupervisor, process.Leader), DatedBack: true, Readers: process.Offices, Opens: true, Follows: true}
}

// Mentions returns the enterprise and the people named.
func (c Arrange) Mentions() []string {
	return append([]string{c.EnterpriseID, c.ManagerID}, c.InspectorIDs...)
}

// Ask offers the sorts of inspections and the checklists.
func (Arrange) Ask(f process.Question, _ Inspection, env Env) (process.Question, bool) {
	switch f.Path {
	case "sort":
		for _, s := range env.Definition.Sorts {
			f.Choices = append(f.Choices, process.Choice{Value: s.ID, Text: s.Name})
		}
	case "checklist_id":
		f.Choices = lists(env)
	case "plan_id":
		for _, p := range env.Found.VisitPlans {
			f.Choices = append(f.Choices, process.Choice{Value: p.ID, Text: process.Text{Chinese: p.Name, English: p.Name}})
		}
		return f, len(f.Choices) > 0
	case "why":
		f.Hint = again(env.Definition.Gap(env.Found.VisitGap))
	}
	return f, true
}

// again says when a reason is asked for.
func again(days int) process.Text {
	if days == 0 {
		return process.Text{Chinese: "搬离、空置或关停的企业，必须写明为什么再去。", English: "Compulsory where the enterprise is on record as gone or vacant."}
	}
	return process.Text{Chinese: fmt.Sprintf("%d 天内检查过或已有安排的企业，必须写明为什么再去。", days), English: fmt.Sprintf("Compulsory where the enterprise was or is to be inspected within %d days.", days)}
}

func lists(env Env) []process.Choice {
	choices := []process.Choice{}
	for _, l := range env.Found.Checklists {
		choices = append(choices, process.Choice{Value: l.ID, Text: process.Text{Chinese: fmt.Sprintf("%s（第 %d 版）", l.Name, l.Version), English: fmt.Sprintf("%s (version %d)", l.Name, l.Version)}})
	}
	return choices
}

// longest is how many days ahead an inspection can be planned.
const longest = 400

// Decide refuses an unknown enterprise, sort, campaign or checklist, a day that lies behind, fewer than two inspectors or one without a card, and another visit
// so soon without a reason.
func (c Arrange) Decide(i Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none := process.Decision[Inspection]{}
	if i.Version > 0 {
		return none, process.Refuse(process.WrongState, "检查已经登记。", "The inspection is on file already.")
	}
	var faults process.Faults
	enterprise, err := env.Directory.Find(process.HeldByEnterprise, c.EnterpriseID)
	faults.Note(process.Pointing(err, "enterprise_id"))
	faults.Note(c.enterprise(env))
	i.TargetID, i.TargetName = enterprise.ID, enterprise.Name
	sort, known := env.Definition.Sort(c.Sort)
	if !known {
		faults.Note(process.RefuseField("sort", "没有这类检查，请重新选择。", "There is no such sort of inspection; choose again."))
	}
	faults.Note(within(c.On, call))
	if c.CampaignID != env.Found.Campaign {
		faults.Note(process.RefuseField("campaign_id", "没有这项专项行动，请重新选择。", "There is no such campaign; choose again."))
	}
	faults.Note(c.together(call, env))
	i.Place = faults.Text(process.Optional("place", c.Place, process.TitleLimit))
	i.Why = faults.Text(process.Optional("why", c.Why, process.TextLimit))
	i.PlanNumber = faults.Text(process.Optional("yearly_plan", c.YearlyPlan, 60))
	faults.Note(i.take(c.ChecklistID, env))
	faults.Note(i.inspect(c.InspectorIDs, call, env))
	i.On = c.On
	faults.Note(c.planned(&i, env, call.Day()))
	if call.Actor.Type == process.Person {
		faults.Note(i.again(env))
	}
	managerID := c.ManagerID
	if managerID == "" && len(i.Inspectors) > 0 {
		managerID = i.Inspectors[0].ID
	}
	var manager process.Party
	if managerID != "" {
		manager = faults.Party(env.Directory.Staff(managerID, "manager_id"))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	i.CampaignID, i.CampaignName = env.Found.Campaign, env.Found.CampaignName
	if p := env.Found.Parent; p != nil && c.With != "" {
		i.ParentID = p.ID
	}
	i.Title = process.Clip(i.TargetName + " " + sort.Name.Chinese)
	i.Stage, i.State, i.DefinitionVersion, i.UnitIDs = sort.ID, Planned, env.Definition.Version, []string{}
	i.Clocks, i.Attachments, i.Together, i.Issued = []clock.Clock{}, []process.Attachment{}, []Beside{}, []letter.Letter{}
	i.ManagerID, i.ManagerName = manager.ID, manager.Name
	i.GiveTo(manager, call.OccurredAt)
	i.Begin(clock.StartUntil(ToVisit, "", call.Day(), i.On, env.Calendar), env.Definition.rule())
	process.Follow(&i, call, env.Env)
	return process.Decision[Inspection]{After: i, Reason: i.Why}, nil
}

// within refuses a day that lies behind, or too far ahead.
func within(on clock.Date, call process.Call) error {
	last := call.Day().AddDays(longest)
	if !on.Before(call.Day()) && !on.After(last) {
		return nil
	}
	return process.Refuse(process.ImpossibleDate, "检查日期应在 "+call.Day().Chinese()+"到"+last.Chinese()+"之间。", "The day has to lie between "+call.Day().String()+" and "+last.String()+".").At("on")
}

// together refuses to be inspected together with what is no inspection, with one of an enterprise on whose site the other one does not sit, on another day, or with one
// that did not take place. What follows from Include was looked at there.
func (c Arrange) together(call process.Call, env Env) error {
	if c.With == "" {
		return nil
	}
	p := env.Found.Parent
	if p == nil || p.Kind != Kind {
		return process.RefuseField("with", "没有找到一并检查的那次检查，请核对编号。", "There is no such inspection, or it is not yours to see; check its number.")
	}
	with, is := p.Subject.(*Inspection)
	if !is || call.Actor.Type != process.Person {
		return nil
	}
	sits := slices.ContainsFunc(env.Found.Together, func(t process.Tenancy) bool { return t.Landlord && t.ID == with.TargetID })
	switch {
	case with.State == Cancelled || with.State == Missed:
		return process.RefuseField("with", p.Number+" 没有进行，不能一并检查。", p.Number+" did not take place; nothing is inspected together with it.")
	case !sits:
		return process.RefuseField("with", "这家企业不在"+with.TargetName+"的厂区（"+p.Number+"），不能一并检查。确实在的，请先在厂区入驻里登记；否则请不填这一项。",
			"The enterprise does not sit on the site of "+with.TargetName+" ("+p.Number+"). If it does, put its tenancy on record first; else leave this out.")
	case c.On != with.Day():
		return process.RefuseField("on", "一并检查要在同一天："+p.Number+" 是 "+with.Day().Chinese()+"。", "What is inspected together is inspected on the same day: "+p.Number+" is on "+with.Day().String()+".")
	}
	return nil
}

// enterprise refuses one at which, as far as is known, nobody is met any more.
func (c Arrange) enterprise(env Env) error {
	if v := env.Found.Visited; v != nil && process.Gone(v.Status) && c.Why == "" {
		return process.RefuseField("why", v.Name+"已登记为搬离、空置或关停等状态；仍要检查的请写明原因。", v.Name+" is on record as gone or vacant; say why it is inspected all the same.")
	}
	return nil
}

// take lays the present version of a checklist down.
func (i *Inspection) take(id string, env Env) error {
	i.ListID, i.ListName, i.ListVersion, i.Items, i.Serious = "", "", 0, []Item{}, []string{}
	if id == "" {
		return nil
	}
	at := slices.IndexFunc(env.Found.Checklists, func(l process.Checklist) bool { return l.ID == id })
	if at < 0 {
		return process.RefuseField("checklist_id", "没有这份检查表，请重新选择。", "There is no such checklist; choose again.")
	}
	l := checklist.Of(env.Found.Checklists[at])
	i.ListID, i.ListName, i.ListVersion, i.Serious = l.ID, l.Name, l.Version, append(i.Serious, l.Serious...)
	counted := map[string]int{}
	for _, x := range l.Items {
		i.Items = append(i.Items, Item{Number: checklist.Number(x.Group, counted[x.Group]), Group: x.Group, Text: x.Text, Clause: x.Clause, Suggests: x.Suggests})
		counted[x.Group]++
	}
	return nil
}

// inspect names who inspects, each with a card where the definition asks for it.
func (i *Inspection) inspect(ids []string, call process.Call, env Env) error {
	found, err := env.Directory.Inspectors(ids, call, env.Definition.Inspectors)
	if err != nil {
		return err
	}
	i.Inspectors = []Inspector{}
	var faults process.Faults
	for _, p := range found {
		if env.Definition.Cards && p.Card == "" && call.Actor.Type != process.Import {
			faults.Note(process.RefuseField("inspector_ids", p.Name+"没有登记检查证号，请管理员在人员登记中补上。", "No card number is on record for "+p.Name+"; an administrator adds it to the register of people."))
		}
		i.Inspectors = append(i.Inspectors, Inspector{ID: p.ID, Name: p.Name, Card: p.Card})
	}
	return faults.Err()
}

// again refuses another visit within the days that the definition names without a reason, and says what the enterprise was visited for. Visits that found nobody
// have bothered nobody.
func (i *Inspection) again(env Env) error {
	v := env.Found.Visited
	days := env.Definition.Gap(env.Found.VisitGap)
	if v == nil || i.Why != "" || days == 0 {
		return nil
	}
	year := 0
	for _, x := range v.Visits {
		if counts(x, i.ID) && x.On.Year() == i.On.Year() {
			year++
		}
	}
	near := Nearest(v.Visits, i.On, days, i.ID)
	if near == nil {
		return nil
	}
	was, english := "检查过", "was inspected"
	if !near.Done {
		was, english = "有一次检查", "is to be inspected"
	}
	return process.RefuseField("why",
		fmt.Sprintf("%s在 %s %s（%s，%s），当年已有 %d 次；%d 天内再次检查请写明原因。", v.Name, near.On.Chinese(), was, near.For, near.Called(), year, days),
		fmt.Sprintf("%s %s on %s (%s, %s), %d times that year; say why it is visited again within %d days.", v.Name, english, near.On, near.For, near.Called(), year, days))
}

// Rearrange changes the day, the place, the checklist or who inspects, as long as nobody has come.
type Rearrange struct {
	On           *clock.Date `json:"on,omitempty" ask:"day" doc:"On which day." example:"2026-12-04"`
	Place        *string     `json:"place,omitempty" ask:"line" maxLength:"200" doc:"Where in the enterprise."`
	ChecklistID  *string     `json:"checklist_id,omitempty" ask:"choose" maxLength:"36" doc:"The checklist, in its present version."`
	InspectorIDs []string    `json:"inspector_ids,omitempty" ask:"person,many,from=supervisors,not=me" doc:"Who inspects beside the caller; left out: they stay."`
	Why          string      `json:"why,omitempty" ask:"long,sometimes" maxLength:"4000" doc:"Why; compulsory where the enterprise is visited around that day already." example:"企业停电，改期检查。"`
}

// RearrangeName is the name of Rearrange.
const RearrangeName process.Name = "inspection.rearrange"

// About says who may, and who reads of it.
func (Rearrange) About() process.About {
	return process.About{Name: RearrangeName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Mentions returns the people named.
func (c Rearrange) Mentions() []string { return c.InspectorIDs }

func (c Rearrange) checklist() string {
	if c.ChecklistID == nil {
		return ""
	}
	return *c.ChecklistID
}

// Fits says that nobody has come yet.
func (Rearrange) Fits(i Inspection, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(i.State == Planned)
}

// Ask begins with what is planned.
func (Rearrange) Ask(f process.Question, i Inspection, env Env) (process.Question, bool) {
	switch f.Path {
	case "on":
		f.Value = i.On.String()
	case "place":
		f.Value = i.Place
	case "checklist_id":
		f.Value, f.Choices = i.ListID, lists(env)
	}
	return f, true
}

// Decide refuses what Arrange refuses.
func (c Rearrange) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned); err != nil {
		return none, err
	}
	var faults process.Faults
	why := faults.Text(process.Optional("why", c.Why, process.TextLimit))
	if c.Place != nil {
		i.Place = faults.Text(process.Optional("place", *c.Place, process.TitleLimit))
	}
	if c.ChecklistID != nil && *c.ChecklistID != i.ListID {
		faults.Note(i.take(*c.ChecklistID, env))
	}
	if len(c.InspectorIDs) > 0 {
		faults.Note(i.inspect(c.InspectorIDs, call, env))
	}
	if c.On != nil && *c.On != i.On {
		i.On = *c.On
		faults.Note(within(i.On, call))
		i.Why = why
		faults.Note(i.again(env))
		if due := i.dueBy(env.Found); !due.IsZero() {
			faults.Note(i.putOff(due, i.On, call.Day(), why))
		}
		i.Supersede(call)
		i.Begin(clock.StartUntil(ToVisit, "", call.Day(), i.On, env.Calendar), env.Definition.rule())
		process.Follow(&i, call, env.Env)
	}
	switch err := faults.Err(); {
	case err != nil:
		return none, err
	case i.On == before.On && i.Place == before.Place && i.ListID == before.ListID && slices.Equal(i.Inspectors, before.Inspectors):
		return none, process.Unmoved()
	}
	return process.Decision[Inspection]{After: i, Reason: why}, nil
}
