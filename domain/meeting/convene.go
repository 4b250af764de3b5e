package meeting

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Convene calls a meeting: its sort, its day, and the projects on its agenda.
type Convene struct {
	Sort     string             `json:"sort" ask:"choose,required" minLength:"1" maxLength:"60" doc:"What sort of meeting, by its id in the definition." example:"joint_review"`
	Title    string             `json:"title" ask:"line,required" minLength:"1" maxLength:"200" doc:"Its name." example:"2024 年第 11 次重大项目联审会议"`
	On       clock.Date         `json:"on" ask:"day,required" doc:"The day it is held." example:"2024-12-05"`
	Place    string             `json:"place,omitempty" ask:"line" maxLength:"200" doc:"Where." example:"县政府三楼会议室"`
	Projects []string           `json:"projects,omitempty" ask:"ticks,other" maxItems:"50" maxLength:"60" doc:"The projects on its agenda, by number or id. They wait for this sort of meeting." example:"XM-2024-0001"`
	Manager  string             `json:"manager_id,omitempty" ask:"person,from=workers,is=me" doc:"Who convenes it and has it until its minutes are there; the caller when left out."`
	Files    []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers for it."`
}

// noticeOfMeeting is in how many working days a meeting is proposed: those whose projects are on its agenda have to prepare. Any other day can be chosen.
const noticeOfMeeting = 3

// ConveneName is the name of Convene.
const ConveneName process.Name = "meeting.convene"

// About says who may, and who reads of it.
func (Convene) About() process.About {
	return process.About{Name: ConveneName, Any: process.Of(process.ProjectManager, process.Leader), DatedBack: true, Readers: process.Offices, Opens: true}
}

// Mentions returns who convenes it.
func (c Convene) Mentions() []string { return []string{c.Manager} }

// Brings returns the evidence.
func (c Convene) Brings() []process.Evidence { return c.Files }

// Ask offers the sorts of meetings, and the projects that wait.
func (Convene) Ask(f process.Question, _ Meeting, env Env) (process.Question, bool) {
	if f.Path == "sort" {
		for _, s := range env.Definition.Sorts {
			f.Choices = append(f.Choices, process.Choice{Value: s.ID, Text: s.Name})
		}
		if len(f.Choices) == 1 {
			f.Value = f.Choices[0].Value
		}
	}
	if f.Path == "on" && f.Value == "" && !env.Today.IsZero() {
		f.Value = env.Calendar.AddWorkdays(env.Today, noticeOfMeeting).String()
	}
	return waiting(f, nil, env), true
}

// waiting offers the projects that wait for a meeting and are not on the agenda.
func waiting(f process.Question, agenda []Item, env Env) process.Question {
	if f.Path != "projects" {
		return f
	}
	for _, p := range env.Found.Waiting {
		if !slices.ContainsFunc(agenda, func(i Item) bool { return i.CaseID == p.ID }) {
			text := p.Number + " " + p.Title
			f.Choices = append(f.Choices, process.Choice{Value: p.Number, Text: process.Text{Chinese: text, English: text}})
		}
	}
	return f
}

// Decide refuses an unknown sort, somebody unknown as who convenes it, a day more than a year away, and projects that cannot come before the meeting.
func (c Convene) Decide(m Meeting, call process.Call, env Env) (process.Decision[Meeting], error) {
	none := process.Decision[Meeting]{}
	if m.Version > 0 {
		return none, process.Refuse(process.WrongState, "会议已经登记。", "The meeting is on file already.")
	}
	var faults process.Faults
	sort, known := env.Definition.Sort(c.Sort)
	if !known {
		faults.Note(process.RefuseField("sort", "没有这类会议，请重新选择。", "There is no such sort of meeting; choose again."))
	}
	m.Title = faults.Text(process.Required("title", c.Title, process.TitleLimit))
	m.Place = faults.Text(process.Optional("place", c.Place, process.TitleLimit))
	if c.On.Before(call.Day()) || call.Day().DaysUntil(c.On) > 366 {
		faults.Note(process.Refuse(process.ImpossibleDate, "会议日期不能早于登记的日子，也不能超过一年。", "The meeting's day cannot lie before the day it was called, nor more than a year away.").At("on"))
	}
	managerID := c.Manager
	if managerID == "" {
		managerID = call.Actor.ID
	}
	manager := faults.Party(env.Directory.Staff(managerID, "manager_id"))
	attached, err := process.PutOnRecord([]process.Attachment{}, c.Files, env.Uploads, call, process.Place{})
	faults.Note(err)
	m.Stage, m.On, m.Attachments, m.Agenda, m.UnitIDs = sort.ID, c.On, attached, []Item{}, []string{}
	if known {
		m.Agenda, err = m.with(c.Projects, sort, env)
		faults.Note(err)
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	m.State, m.DefinitionVersion, m.Clocks = Convened, env.Definition.Version, []clock.Clock{}
	m.ManagerID, m.ManagerName = manager.ID, manager.Name
	m.GiveTo(manager, call.OccurredAt)
	m.Begin(clock.StartUntil(ToHold, "", call.Day(), m.On, env.Calendar), env.Definition.rule())
	process.Follow(&m, call, env.Env)
	return process.Decision[Meeting]{After: m}, nil
}

// with returns the agenda with more projects. It refuses one that is not there, does not wait for this sort of meeting, was refused by one, or stands on it already.
func (m Meeting) with(projects []string, sort Sort, env Env) ([]Item, error) {
	var faults process.Faults
	agenda := slices.Clone(m.Agenda)
	fault := func(chinese, english string) { faults.Note(process.RefuseField("projects", chinese, english)) }
	for _, named := range projects {
		i := slices.IndexFunc(env.Found.Others, func(p process.Parent) bool { return p.Number == named || p.ID == named })
		if i < 0 {
			fault("没有找到项目「"+named+"」，请核对编号。", "There is no project “"+named+"”; check its number.")
			continue
		}
		p := env.Found.Others[i]
		switch {
		case slices.ContainsFunc(agenda, func(x Item) bool { return x.CaseID == p.ID }):
			fault(p.Number+" 已经在议程里。", p.Number+" is on the agenda already.")
		case p.Done || p.SuspendedSince != nil || p.Stage != sort.Stage:
			fault(p.Number+" "+p.Title+" 现在不在「"+sort.Name.Chinese+"」环节，不能上会。", p.Number+" does not stand where it comes before this meeting.")
		case p.Bars.Chinese != "":
			fault(p.Number+" "+p.Bars.Chinese, p.Number+" "+p.Bars.English)
		default:
			agenda = append(agenda, Item{CaseID: p.ID, Kind: p.Kind, Number: p.Number, Title: p.Title, Conditions: []Condition{}})
		}
	}
	return agenda, faults.Err()
}
