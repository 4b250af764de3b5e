package project

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// IntroduceName is the name of Introduce.
const IntroduceName process.Name = "project.introduce"

// Introduce lays down a unit that brought the project (引荐单位) and its share, before the agreement is signed. The same unit again changes its share; 0 takes it off.
type Introduce struct {
	Unit  string `json:"unit" ask:"line,required" minLength:"1" maxLength:"60" doc:"The unit. What the zone itself brought stands under its own name." example:"县投资促进中心"`
	Share int    `json:"share" ask:"count,required,unit=%" minimum:"0" maximum:"100" doc:"Its share in per cent; all shares together are at most 100. 0 takes the unit off." example:"60"`
}

// About says who may, and who reads of it.
func (Introduce) About() process.About {
	return process.About{Name: IntroduceName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that it fits as long as the project is not signed, and lies close at hand before there is one.
func (Introduce) Fits(p Project, actor process.Actor, env Env) process.Fit {
	switch {
	case p.Done || p.won(env):
		return process.Not
	case len(p.Introducers) == 0:
		return p.leadsWhen(IntroduceName, actor, env, process.Beside)
	}
	return process.Fits
}

// Decide refuses shares over 100 % together, and a project that is signed: then they are corrected with a reason.
func (c Introduce) Decide(before Project, _ process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	if p.won(env) {
		return none, process.Refuse(process.WrongState, "项目已经签约，引荐单位和占比已经固定；确实有误的请用「更正引荐单位」并写明原因。",
			"The project is signed and its introducing units are fixed; correct them with a reason where they are wrong.")
	}
	var err error
	if p.Introducers, err = introduced(p.Introducers, c.Unit, c.Share); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p}, nil
}

// CorrectIntroductionName is the name of CorrectIntroduction.
const CorrectIntroductionName process.Name = "project.correct_introduction"

// CorrectIntroduction corrects a unit's share after signing, with a reason. What stood before stays in the history.
type CorrectIntroduction struct {
	Unit   string `json:"unit" ask:"line,required" minLength:"1" maxLength:"60" doc:"The unit." example:"县投资促进中心"`
	Share  int    `json:"share" ask:"count,required,unit=%" minimum:"0" maximum:"100" doc:"Its share in per cent; 0 takes the unit off." example:"50"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"县政府会议纪要重新认定了引荐占比。"`
}

// About says who may, and who reads of it.
func (CorrectIntroduction) About() process.About {
	return process.About{Name: CorrectIntroductionName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that it fits once the project is signed.
func (CorrectIntroduction) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(!p.Done && p.won(env))
}

// Decide refuses a project that is not signed yet, shares over 100 % together, and to take the last unit off.
func (c CorrectIntroduction) Decide(before Project, _ process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	if !p.won(env) {
		return none, process.Refuse(process.WrongState, "项目还没有签约，请直接登记引荐单位。", "The project is not signed yet: lay the introducing units down.")
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	var err error
	p.Introducers, err = introduced(p.Introducers, c.Unit, c.Share)
	faults.Note(err)
	if err == nil && len(p.Introducers) == 0 {
		faults.Note(process.RefuseField("share", "签约后至少要保留一个引荐单位。", "At least one introducing unit stays after signing."))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// mostIntroducers is how many units can have brought one project.
const mostIntroducers = 10

// introduced are the units with the one's share laid down. It refuses more than 100 % together, and what changes nothing.
func introduced(before []Introducer, unit string, share int) ([]Introducer, error) {
	unit, err := process.Required("unit", unit, 60)
	if err != nil {
		return before, err
	}
	if share < 0 || share > 100 {
		return before, process.RefuseField("share", "占比应在 0 到 100 之间。", "A share lies between 0 and 100 per cent.")
	}
	at := slices.IndexFunc(before, func(i Introducer) bool { return i.Unit == unit })
	after, others := slices.Clone(before), 0
	for i, one := range before {
		if i != at {
			others += one.Share
		}
	}
	switch {
	case at < 0 && share == 0, at >= 0 && before[at].Share == share:
		return before, process.Refuse(process.NothingChanged, "引荐单位没有变化。", "The introducing units are the same.").At("share")
	case others+share > 100:
		return before, process.RefuseField("share", fmt.Sprintf("占比合计不能超过 100%%：%s已占 %d%%，最多还能填 %d%%。", said(before, at), others, 100-others),
			fmt.Sprintf("All shares together are at most 100 %%: the others have %d %% already, so at most %d %% is left.", others, 100-others))
	case at >= 0 && share == 0:
		return slices.Delete(after, at, at+1), nil
	case at >= 0:
		after[at].Share = share
	case len(before) >= mostIntroducers:
		return before, process.RefuseField("unit", fmt.Sprintf("最多登记 %d 个引荐单位。", mostIntroducers), fmt.Sprintf("At most %d units.", mostIntroducers))
	default:
		after = append(after, Introducer{Unit: unit, Share: share})
	}
	return after, nil
}

// said names the units but the one.
func said(all []Introducer, but int) string {
	var names []string
	for i, one := range all {
		if i != but {
			names = append(names, one.Unit)
		}
	}
	return strings.Join(names, "、")
}
