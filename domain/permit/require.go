package permit

import (
	"slices"
	"strings"
	"unicode"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Require says of one permit of the catalogue whether a project needs it, and puts it on file. A permit that nobody has said anything of stands in the
// catalogue alone.
type Require struct {
	Project string             `json:"project" ask:"case,required" minLength:"1" maxLength:"60" doc:"The project, by its number or id." example:"XM-2024-0001"`
	Item    string             `json:"item" ask:"choose,required" minLength:"1" maxLength:"60" doc:"Which permit of the catalogue." example:"construction_permit"`
	Part    string             `json:"part,omitempty" ask:"line" maxLength:"60" doc:"Of a project that has it several times." example:"一期"`
	Need    string             `json:"need" ask:"pick,required,words=need_of,is=needed" enum:"needed,not_needed" doc:"Whether it is needed." example:"needed"`
	Reason  string             `json:"reason,omitempty" ask:"long,when=need:not_needed" maxLength:"4000" doc:"Why it is not needed."`
	ApplyBy clock.Date         `json:"apply_by,omitzero" ask:"day" doc:"Until which day it is to be applied for." example:"2024-12-31"`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers."`

	Because string `json:"because,omitempty" maxLength:"4000" doc:"Of one that follows from another permit: from which."`
}

// projects is the kind that permits belong to; a permit knows no more of it (package project knows permits).
const projects process.Kind = "project"

// RequireName is the name of Require.
const RequireName process.Name = "permit.require"

// Carries names the permit as the catalogue does.
func (c Require) Carries(rules process.Rules) process.Text {
	name := rules.StageName(c.Item)
	return process.Text{Chinese: strings.TrimSpace(name.Chinese + " " + c.Part), English: strings.TrimSpace(name.English + " " + c.Part)}
}

// About says who may, and who reads of it.
func (Require) About() process.About {
	return process.About{Name: RequireName, Any: process.Of(process.ProjectManager, process.Leader, process.LiaisonOfficer), DatedBack: true, Readers: process.FactOnly,
		Opens: true, Follows: true}
}

// Brings returns the evidence.
func (c Require) Brings() []process.Evidence { return c.Files }

// Ask offers the permits of the catalogue.
func (Require) Ask(f process.Question, _ Permit, env Env) (process.Question, bool) {
	if f.Path == "item" {
		for _, x := range env.Definition.Items {
			f.Choices = append(f.Choices, process.Choice{Value: x.ID, Text: x.Name})
		}
	}
	return f, true
}

// Decide refuses a project that is not there, is not the actor's to see or has ended, a permit that the catalogue does not have, and one that is on file.
func (c Require) Decide(p Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, parent := process.Decision[Permit]{}, env.Found.Parent
	item, known := env.Definition.Item(c.Item)
	switch {
	case p.Version > 0:
		return none, process.Refuse(process.WrongState, "这项手续已经登记。", "The permit is on file already.")
	case parent == nil || parent.Kind != projects:
		return none, process.RefuseField("project", "没有找到这个项目，请核对项目编号。", "There is no such project, or it is not yours to see; check its number.")
	case parent.Done && call.Actor.Type == process.Clock: // there is nothing left to follow
		return none, process.Refuse(process.Closed, "项目已经结束，不再办理手续。", "The project has ended; no permits are run for it.")
	case parent.Done:
		return none, process.RefuseField("project", "项目已经结束，不再办理手续。", "The project has ended; no permits are run for it.")
	case !known:
		return none, process.RefuseField("item", "手续目录里没有这一项，请重新选择。", "The catalogue has no such permit; choose again.")
	}
	var err error
	if p.Part, err = process.Optional("part", c.Part, 60); err != nil {
		return none, err
	}
	if p.Excuse, err = process.Optional("reason", c.Reason, process.TextLimit); err != nil {
		return none, err
	}
	because, err := process.Optional("because", c.Because, process.TextLimit)
	if err != nil {
		return none, err
	}
	p.Title = p.titled(item, *parent)
	if err := unique(env.Found.Children, c.Item, p.Part, call); err != nil {
		return none, err
	}
	p.ParentID, p.Stage, p.EnterpriseID, p.EnterpriseName = parent.ID, item.ID, parent.EnterpriseID, parent.EnterpriseName
	p.DefinitionVersion, p.UnitIDs, p.Urges = env.Definition.Version, []string{}, []Urge{}
	if p.Attachments, err = process.PutOnRecord([]process.Attachment{}, c.Files, env.Uploads, call, process.Place{}); err != nil {
		return none, err
	}
	p.Clocks = []clock.Clock{}
	return c.settle(p, because, call, env)
}

// settle says whether it is needed: then whoever manages the project runs it.
func (c Require) settle(p Permit, because string, call process.Call, env Env) (process.Decision[Permit], error) {
	none := process.Decision[Permit]{}
	if err := p.handToManager(call, env); err != nil {
		return none, err
	}
	if c.Need == NotNeeded {
		if p.Excuse == "" {
			return none, process.RefuseField("reason", "不需要办理的要写明原因。", "Say why it is not needed.")
		}
		x, _ := env.Definition.Item(p.Stage)
		if err := p.sparing(x, call, env); err != nil {
			return none, err
		}
		p.State = NotNeeded
		p.Close(call.OccurredAt)
		return process.Decision[Permit]{After: p, Reason: p.Excuse}, nil
	}
	p.State, p.Excuse = Needed, ""
	if !c.ApplyBy.IsZero() {
		if err := plannable(c.ApplyBy, call); err != nil {
			return none, err
		}
		p.start(clock.StartUntil(ToApply, because, call.Day(), c.ApplyBy, env.Calendar), env)
	}
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: because}, nil
}

// handToManager gives the permit to whoever puts it on file, or to the project's manager where the machinery or somebody outside the zone's offices does.
func (p *Permit) handToManager(call process.Call, env Env) error {
	p.ManagerID = env.Found.Parent.Team.ManagerID
	manager, known := env.Directory[p.ManagerID]
	if !known {
		return process.Refuse(process.UnknownParty, "项目还没有责任人，请先在项目里指定。", "The project has no manager; name one first.").At("project")
	}
	p.ManagerName = manager.Name
	p.back(call, env, "")
	return nil
}

// unique refuses a permit that the project has already. One that was taken back can be put on file anew.
func unique(siblings []process.Child, item, part string, call process.Call) error {
	i := slices.IndexFunc(siblings, func(s process.Child) bool { return s.Slot == item && samePart(s.Part, part) && s.State != Dropped })
	switch {
	case i < 0:
		return nil
	case call.Actor.Type == process.Clock: // what should follow is there already
		return process.Unmoved()
	}
	n := siblings[i].Number
	return process.RefuseField("item", "这个项目已经登记了这项手续（"+n+"）；分期、分栋办理的请填写“部分”。", "The project has this permit on file ("+n+"); of one that comes in parts say which.")
}

// samePart reports whether two people mean the same part: 一期, 1期, １期 and 一 期 are one.
func samePart(a, b string) bool { return partKey(a) == partKey(b) }

// partKey is a part without what people write differently: spaces, full-width signs, capitals, and single numbers in words.
func partKey(part string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		if n := strings.IndexRune("〇一二三四五六七八九", r); n >= 0 {
			return '0' + rune(n/len("一"))
		}
		return unicode.ToLower(r)
	}, part)
}

// titled is what a permit is called: what it is, of which part, of which project.
func (p *Permit) titled(x Item, parent process.Parent) string {
	head := x.Name.Chinese
	if p.Part != "" {
		head += " " + p.Part
	}
	return process.Clip(head + "（" + parent.Title + "）")
}

// TitleUnder is what it is called under the present name of its project.
func (p *Permit) TitleUnder(parent process.Parent, env process.Env) string {
	return p.titled(p.item(process.UnderOf[Definition](env)), parent)
}
