package inspection

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Include lets enterprises that sit on the site be inspected together with it (厂中厂): each gets an inspection of its own, on the same day, by the same inspectors
// and the same checklist, with a record that its own head signs.
type Include struct {
	Tenants []string `json:"tenants" ask:"ticks,required" minItems:"1" maxItems:"50" maxLength:"36" doc:"The enterprises on its site, by their ids."`
}

// IncludeName is the name of Include.
const IncludeName process.Name = "inspection.include"

// About says who may, and who reads of it.
func (Include) About() process.About {
	return process.About{Name: IncludeName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Fits says that there is somebody on the site.
func (Include) Fits(i Inspection, _ process.Actor, env Env) process.Fit {
	if !i.under() || len(i.tenants(env)) == 0 {
		return process.Not
	}
	return process.Beside
}

// tenants are those on the site who are not inspected together with it yet.
func (i Inspection) tenants(env Env) []process.Tenancy {
	return slices.DeleteFunc(slices.Clone(env.Found.Tenants), func(t process.Tenancy) bool {
		return slices.ContainsFunc(i.Together, func(x Beside) bool { return x.ID == t.ID })
	})
}

// Ask offers them.
func (Include) Ask(f process.Question, i Inspection, env Env) (process.Question, bool) {
	for _, t := range i.tenants(env) {
		text := t.Name
		if t.Place != "" {
			text += "（" + t.Place + "）"
		}
		f.Choices = append(f.Choices, process.Choice{Value: t.ID, Text: process.Text{Chinese: text, English: text}})
	}
	return f, true
}

// Decide refuses who does not sit on the site, or is included already. An inspection of each follows.
func (c Include) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if err := i.in(Planned, Visiting); err != nil {
		return none, err
	}
	others := []string{}
	for _, s := range i.Inspectors {
		others = append(others, s.ID)
	}
	on := i.Day()
	if on.Before(call.Day()) {
		on = call.Day()
	}
	var follow []process.FollowUp
	open := i.tenants(env)
	for _, id := range c.Tenants {
		at := slices.IndexFunc(open, func(t process.Tenancy) bool { return t.ID == id })
		if at < 0 {
			return none, process.RefuseField("tenants", "这家企业不在这个厂区，或者已经一并检查。", "It does not sit on the site, or is inspected together with it already.")
		}
		t := open[at]
		open = slices.Delete(open, at, at+1)
		i.Together = append(i.Together, Beside{ID: t.ID, Name: t.Name})
		follow = append(follow, process.FollowUp{Kind: Kind, Command: ArrangeName, Input: Arrange{EnterpriseID: t.ID, On: on, Sort: i.Stage, Place: t.Place, CampaignID: i.CampaignID,
			ChecklistID: i.ListID, InspectorIDs: others, ManagerID: i.ManagerID, With: i.ID, Why: "与" + i.TargetName + "厂区一并检查（" + i.Number + "）"}})
	}
	return process.Decision[Inspection]{After: i, Follow: follow}, nil
}
