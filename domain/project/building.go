package project

import (
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// Building is one building of the project and how far it is: step by step, or in words where its project came to Parkway before there were steps.
type Building struct {
	Code      string           `json:"code" minLength:"1" maxLength:"40" example:"1#"`
	Use       string           `json:"use" doc:"What it is called behind its number." example:"厂房"`
	Structure string           `json:"structure" doc:"A structure of the definition's works; empty: the first." example:"frame"`
	Progress  string           `json:"progress" maxLength:"400" doc:"In words, of projects without steps." example:"主体封顶"`
	Area      *Decimal         `json:"area" doc:"In m²."`
	AsOf      clock.Date       `json:"as_of" doc:"The day of the progress."`
	Position  int              `json:"position" doc:"Its place in the list."`
	Steps     []works.Progress `json:"steps" doc:"Of the steps that have begun or are being prepared."`
	Photos    []Photo          `json:"photos"`
}

// Photo is a picture on record that shows a building, or the site.
type Photo struct {
	Number int        `json:"number" doc:"Of the attachment."`
	On     clock.Date `json:"on" doc:"The day it shows."`
	Steps  []string   `json:"steps" doc:"The steps it was taken of; none: it is the month's picture."`
}

// ElementName is the building's code.
func (b Building) ElementName(int) string { return b.Code }

// ElementName is the attachment's number.
func (p Photo) ElementName(int) string { return strconv.Itoa(p.Number) }

// Name is what the building is called: 1#厂房, or its name alone.
func (b Building) Name() string {
	if works.Code(b.Code).Numbered() {
		return b.Code + b.Use
	}
	return b.Code
}

// Pictured reports whether there is a picture of the building of the day's month.
func (b Building) Pictured(day clock.Date) bool {
	return slices.ContainsFunc(b.Photos, func(p Photo) bool { return month(p.On) == month(day) })
}

// BuildingGiven is a building as it is put on file.
type BuildingGiven struct {
	Code      string     `json:"code" minLength:"1" maxLength:"40" doc:"1#, 2# …" example:"1#"`
	Use       *string    `json:"use,omitempty" maxLength:"20" doc:"What it is called behind its number; it stays as it is when left out." example:"厂房"`
	Structure *string    `json:"structure,omitempty" maxLength:"40" doc:"A structure of the definition's works; it stays as it is when left out." example:"frame"`
	Progress  string     `json:"progress" required:"false" maxLength:"400" doc:"How far it is." example:"主体封顶"`
	Area      *Decimal   `json:"area" required:"false" doc:"In m²."`
	AsOf      clock.Date `json:"as_of" required:"false" doc:"The day of the progress."`
	Position  int        `json:"position" required:"false" doc:"Its place in the list, which is reckoned."`
}

// onFile are the buildings as given, each with what is recorded of it already and its code in the one form in which codes are kept; a code that is on file stays
// as it is. It refuses buildings without a code or with one that cannot be read as one building, twice the same, with overlong words, of a structure that there
// is not or a day to come, and to leave one out of which steps are recorded.
func onFile(before []Building, given []BuildingGiven, call process.Call, env Env) ([]Building, error) {
	if len(given) > works.MostBuildings {
		return nil, process.RefuseField("buildings", "一个项目最多 100 栋厂房。", "A project has at most 100 buildings.")
	}
	result, wrong := make([]Building, 0, len(given)), process.Faults{}
	for i, g := range given {
		at := process.ElementAt("buildings", i)
		code := wrong.Text(process.Required(at+".code", g.Code, 40))
		b, unread := proper(before, code)
		wrong.Note(works.Faulty(at+".code", unread))
		b.Progress = wrong.Text(process.Optional(at+".progress", g.Progress, 400))
		if g.Area != nil {
			wrong.Note(g.Area.Bounds(at + ".area"))
		}
		if g.AsOf.After(call.Today()) {
			wrong.Note(process.Refuse(process.ImpossibleDate, "进度的日期不能晚于今天。", "The day of a progress cannot lie after today.").At(at + ".as_of"))
		}
		b.Area, b.AsOf, b.Position = g.Area, g.AsOf, i+1
		process.Set(&b.Use, g.Use)
		process.Set(&b.Structure, g.Structure)
		wrong.Note(structured(at+".structure", b.Structure, env))
		if b.Code != "" && slices.ContainsFunc(result, func(o Building) bool { return twins(before, b, o) }) {
			wrong.Note(process.RefuseField(at+".code", "厂房编号 "+b.Code+" 重复。", "The building "+b.Code+" stands twice."))
		}
		result = append(result, b)
	}
	for _, b := range before {
		if position(result, b.Code) < 0 && b.recorded() {
			wrong.Note(process.RefuseField("buildings", b.Name()+"已经登记过步骤或照片，不能去掉。", "Steps or pictures of "+b.Code+" are on record: it cannot be left out."))
		}
	}
	return result, wrong.Err()
}

// twins reports whether two buildings have the same code, or codes that read as the same, unless both are on file so.
func twins(before []Building, a, b Building) bool {
	if a.Code == b.Code {
		return true
	}
	one, _, unread := works.Proper(a.Code)
	other, _, unreadToo := works.Proper(b.Code)
	return len(unread)+len(unreadToo) == 0 && one == other && (position(before, a.Code) < 0 || position(before, b.Code) < 0)
}

// proper is the building with the code, as it is on file or new.
func proper(before []Building, code string) (Building, []process.Text) {
	fresh := Building{Code: code, Steps: []works.Progress{}, Photos: []Photo{}}
	if was := position(before, code); was >= 0 {
		return before[was], nil
	}
	if code == "" { // that it is missing is said already
		return fresh, nil
	}
	one, use, unread := works.Proper(code)
	if was := position(before, string(one)); was >= 0 {
		return before[was], unread
	}
	if len(unread) == 0 {
		fresh.Code, fresh.Use = string(one), use
	}
	return fresh, unread
}

// recorded reports whether anything of its steps is on record.
func (b Building) recorded() bool { return len(b.Steps) > 0 || len(b.Photos) > 0 }

// position is where the building with the code stands in the list, or -1.
func position(all []Building, code string) int {
	return slices.IndexFunc(all, func(b Building) bool { return b.Code == code })
}

// structured refuses a structure that the definition does not have.
func structured(field, structure string, env Env) error {
	if structure == "" {
		return nil
	}
	if env.Definition.Works != nil {
		if _, known := env.Definition.Works.Structure(structure); known {
			return nil
		}
	}
	return process.RefuseField(field, "请选择列出的结构类型。", "Choose a structure of the definition.")
}

// built refuses what needs steps of buildings: a definition that has some, and a project that is under way.
func (p Project) built(env Env) error {
	if err := process.UnderWay(&p.Case); err != nil {
		return err
	}
	if env.Definition.Works == nil {
		return process.Refuse(process.WrongState, "这个项目沿用旧的流程版本，厂房进度是文字；请管理员在「流程版本」里把它移到新版本，再逐栋登记。",
			"The project follows a version of the process without steps of buildings: an administrator moves it to a newer one first.")
	}
	return nil
}

// builds reports whether the project's buildings can be recorded step by step where it stands: from the land on.
func (p Project) builds(env Env) bool {
	return p.underWay() && env.Definition.Works != nil && env.Definition.Committed(lifecycle.StageID(p.Stage))
}

func month(day clock.Date) string { return day.String()[:len("2026-11")] }
