package hazard

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/value"
)

// RecordName is the name of Record.
const RecordName process.Name = "hazard.record"

// Record puts a hazard on file as found on the day of the deed.
type Record struct {
	Attachments  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures of what was found."`
	EnterpriseID string             `json:"enterprise_id" ask:"enterprise,required" doc:"Where it was found."`
	AlsoIDs      []string           `json:"also_ids,omitempty" ask:"enterprise,many" maxItems:"9" maxLength:"36" doc:"Further enterprises that it is addressed to, by their ids: landlord and tenant of one site are both bound (厂中厂)."`
	Location     string             `json:"location" ask:"line,required" minLength:"1" maxLength:"200" doc:"The place in the enterprise." example:"二号车间东门"`
	Description  string             `json:"description" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was found." example:"灭火器超过有效期。"`
	Level        Level              `json:"level,omitempty" ask:"pick,required,words=level,is=general" enum:"general,major" doc:"Its legal level. Required unless own_level is given, from which it follows." example:"general"`
	OwnLevel     string             `json:"own_level,omitempty" ask:"choose,required" maxLength:"20" doc:"What the office itself calls its level, by the code of the register of levels."`
	Clause       string             `json:"clause,omitempty" ask:"line,when=level:major" maxLength:"200" doc:"The standard and clause; compulsory for a major hazard."`
	Category     string             `json:"category,omitempty" maxLength:"200" doc:"Its category."`
	InspectorIDs []string           `json:"inspector_ids,omitempty" ask:"person,many,from=supervisors,not=me" doc:"Who inspected beside the caller."`
	SupervisorID string             `json:"supervisor_id,omitempty" doc:"Who is responsible; the caller when left out."`
	Project      string             `json:"project,omitempty" ask:"case" maxLength:"60" doc:"The project on whose site it is, by number or id; none: nobody has said." example:"XM-2024-0001"`
	Inspection   string             `json:"inspection,omitempty" ask:"case" maxLength:"60" doc:"The inspection it was found in, by number or id; none: it was found otherwise." example:"JC-2026-0001"`
	CampaignID   string             `json:"campaign_id,omitempty" ask:"campaign" doc:"The campaign (专项行动) it was found in."`
	AllTheSame   string             `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where the same is open of the enterprise, at the place and in the words: why this is another one. Without it that is refused, and the refusal says which one it may be." example:"另一台设备，同样的问题"`
	Noted        *Claimed           `json:"noted,omitempty" doc:"What the device says of when and where it was written down, of what was kept on one until there was a network. It is shown as claimed; what counts is when it was received, and Occurred-At."`
}

// About says who may, and who reads of it.
func (Record) About() process.About {
	return process.About{Name: RecordName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone, Opens: true, Duty: process.Finds}
}

// Mentions returns the enterprise and the people named.
func (c Record) Mentions() []string {
	return slices.Concat([]string{c.EnterpriseID, c.SupervisorID}, c.InspectorIDs, c.AlsoIDs)
}

// Ask asks for the office's own level where it has levels of its own: the legal one follows from it.
func (Record) Ask(f process.Question, _ Hazard, env Env) (process.Question, bool) {
	switch f.Path {
	case "level":
		return f, len(env.Levels) == 0
	case "own_level":
		for _, l := range env.Levels {
			f.Choices = append(f.Choices, process.Choice{Value: l.Code, Text: process.Text{Chinese: l.Name, English: l.Name}})
		}
		return f, len(env.Levels) > 0
	}
	return f, true
}

// same is by what it may be open already; nil of what is no record.
func (c Record) same() *process.Sameness {
	if c.EnterpriseID == "" || strings.TrimSpace(c.AllTheSame) != "" {
		return nil
	}
	return &process.Sameness{EnterpriseID: c.EnterpriseID, Place: strings.TrimSpace(c.Location), Says: strings.TrimSpace(c.Description)}
}

// On is the project named.
func (c Record) On() string { return c.Project }

// Brings returns the evidence.
func (c Record) Brings() []process.Evidence { return c.Attachments }

// Decide refuses unknown parties and a major hazard without the clause that makes it one. The subject is an empty case.
func (c Record) Decide(h Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	if h.Version > 0 {
		return none, process.Refuse(process.WrongState, "隐患已经登记。", "The hazard is on file already.")
	}
	var faults process.Faults
	enterprise, err := env.Directory.Find(process.HeldByEnterprise, c.EnterpriseID)
	faults.Note(process.Pointing(err, "enterprise_id"))
	h.EnterpriseID, h.EnterpriseName = enterprise.ID, enterprise.Name
	if err == nil {
		faults.Note(addressing.Further(&h.Case, c.AlsoIDs, env.Directory))
	}
	faults.Note(c.level(&h, env))
	c.Level = h.Level
	c.describe(&h.Facts, &faults)
	why := faults.Text(process.Optional(process.Meant, c.AllTheSame, 200))
	if len(env.Same) > 0 && call.Actor.Type == process.Person {
		faults.Note(process.SaidAlready(env.Same[0]))
	}
	if c.CampaignID != env.Campaign {
		faults.Note(process.RefuseField("campaign_id", "没有这项专项行动，请重新选择。", "There is no such campaign; choose again."))
	}
	faults.Note(h.place(c.Project, env))
	faults.Note(c.within(&h, call, env))
	h.Noted, err = c.Noted.received(call.RecordedAt)
	faults.Note(err)
	h.Title = titleOf(h.Description)
	h.FoundOn, h.DefinitionVersion, h.UnitIDs = call.Day(), env.Definition.Version, []string{}
	h.Issued = []letter.Letter{}
	h.Loop = rectification.Loop{Rounds: []rectification.Round{}, Clocks: []clock.Clock{}}
	h.Inspectors, err = inspectors(c.InspectorIDs, call, env, 1)
	faults.Note(err)
	faults.Note(c.supervise(&h, call, env))
	evidence := slices.Clone(c.Attachments)
	for i := range evidence {
		if evidence[i].Phase == process.AnyPhase {
			evidence[i].Phase = process.Before
		}
	}
	h.Attachments, err = process.PutOnRecord([]process.Attachment{}, evidence, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	env.Definition.Begin(h.turner(env), call)
	return process.Decision[Hazard]{After: h, Reason: why}, nil
}

// level is the legal level: as it is given, or as it follows from what the office itself calls it.
func (c Record) level(h *Hazard, env Env) error {
	if h.Level = c.Level; c.OwnLevel == "" {
		return nil
	}
	i := slices.IndexFunc(env.Levels, func(l process.OwnLevel) bool { return l.Code == c.OwnLevel })
	if i < 0 {
		return process.RefuseField("own_level", "没有这个等级，请重新选择。", "There is no such level; choose again.")
	}
	own := env.Levels[i]
	if c.Level != "" && string(c.Level) != own.Statutory {
		chinese, english := "一般", "general"
		if own.Statutory == string(Major) {
			chinese, english = "重大", "major"
		}
		return process.RefuseField("own_level", "「"+own.Name+"」对应的法定等级是"+chinese+"隐患。", "“"+own.Name+"” is a "+english+" hazard by law.")
	}
	h.Level, h.OwnLevel = Level(own.Statutory), own.Name
	return nil
}

func (c Record) describe(f *Facts, faults *process.Faults) {
	f.Location = faults.Text(process.Required("location", c.Location, process.TitleLimit))
	f.Description = faults.Text(process.Required("description", c.Description, process.TextLimit))
	f.Category = faults.Text(process.Optional("category", c.Category, process.TitleLimit))
	clause, err := process.Optional("clause", c.Clause, process.TitleLimit)
	faults.Note(err)
	switch c.Level {
	case General:
	case Major:
		if clause == "" && err == nil {
			faults.Note(process.RefuseField("clause", "重大隐患要写明判定标准和条款。", "A major hazard needs the standard and clause that make it one."))
		}
	default:
		faults.Note(process.RefuseField("level", "请选择一般或重大。", "Choose general or major."))
	}
	f.Clause, f.Level, f.CampaignID = clause, c.Level, c.CampaignID
}

func (c Record) supervise(h *Hazard, call process.Call, env Env) error {
	id := c.SupervisorID
	if id == "" {
		id = call.Actor.ID
	}
	party, err := supervisor(id, env)
	if err != nil {
		return err
	}
	h.SupervisorID, h.SupervisorName = party.ID, party.Name
	return nil
}

// supervisor finds an active safety supervisor.
func supervisor(id string, env Env) (process.Party, error) {
	party, err := env.Directory.Find(process.HeldByPerson, id)
	if err != nil {
		return party, process.Pointing(err, "supervisor_id")
	}
	if !slices.Contains(party.Roles, process.SafetySupervisor) {
		return party, process.RefuseField("supervisor_id", "请选择一名安监员。", "Choose a safety supervisor.")
	}
	return party, nil
}

// titleOf is the first sentence of a description, shortened to a line: one that begins with a full stop has none before it.
func titleOf(description string) string {
	const limit = 60
	title := ""
	for _, sentence := range strings.FieldsFunc(description, func(r rune) bool { return r == '\n' || r == '。' }) {
		if title, _ = value.Line(value.Trim(sentence)); title != "" {
			break
		}
	}
	if title == "" { // nothing but full stops
		title, _ = value.Line(description)
	}
	if utf8.RuneCountInString(title) <= limit {
		return title
	}
	return string([]rune(title)[:limit-1]) + "…"
}
