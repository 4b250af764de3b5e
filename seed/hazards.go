package seed

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/rectification"
)

func (l *loader) hazards() ([]deed, error) {
	all := []deed{}
	for i, h := range l.data.Hazards {
		told, err := hazardStory(fmt.Sprintf("hazard/%02d", i+1), h)
		if err != nil {
			return nil, err
		}
		all = append(all, told...)
	}
	return all, nil
}

// hazardStory tells one hazard's story: fixed on the spot, rectified after a notice, in two rounds, or still open.
func hazardStory(key string, h hazardLine) ([]deed, error) {
	c := caseID(hazard.RecordName, key)
	found, err := clock.ParseDate(h.Found)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	supervisor, both := id("user", h.Supervisor), []string{id("user", h.Supervisor), id("user", h.Second)}
	record := hazard.Record{EnterpriseID: id("enterprise", h.Enterprise), Location: h.Location, Description: h.Description, Level: hazard.General,
		InspectorIDs: both, SupervisorID: supervisor, CampaignID: id("campaign", h.Campaign)}
	if h.Visit.Head != "" {
		record.Inspection = visitID(key)
	}
	steps := []deed{{caseID: c, name: hazard.RecordName, input: record, key: key, on: h.Found}}
	day := func(n int) string { return found.AddDays(n).String() }
	notice := deed{caseID: c, name: hazard.IssueNoticeName, input: hazard.IssueNotice{Requirement: "消除隐患：" + h.Description, DueOn: found.AddDays(15), InspectorIDs: both}, key: key + "/notice", on: day(0)}
	handIn := func(n int, round string) deed {
		return deed{caseID: c, name: hazard.HandInName, input: hazard.HandIn{Measures: "已按要求整改到位"}, key: key + "/hand-in/" + round, on: day(n)}
	}
	pass := func(n int) deed {
		return deed{caseID: c, name: hazard.ReinspectName, input: hazard.Reinspect{Result: rectification.Pass, Opinion: "现场复查，整改合格", InspectorIDs: both}, key: key + "/pass", on: day(n)}
	}
	paper := lettersOf(c, key, found)
	switch h.Way {
	case "spot":
		steps = append(steps, deed{caseID: c, name: hazard.FixOnSpotName, input: hazard.FixOnSpot{Note: "检查时当场整改"}, key: key + "/fixed", on: day(0)})
	case "notice":
		steps = slices.Concat(steps, []deed{notice}, paper(opinionPaper, 1, 0), []deed{handIn(8, "1"), pass(11)}, paper(verdictPaper, 1, 11))
	case "two":
		fail := hazard.Reinspect{Result: rectification.Fail, Opinion: "整改不彻底", InspectorIDs: both, Requirement: "继续整改并落实专人每日巡查", DueOn: found.AddDays(25)}
		failed := deed{caseID: c, name: hazard.ReinspectName, input: fail, key: key + "/fail", on: day(12)}
		steps = slices.Concat(steps, []deed{notice}, paper(opinionPaper, 1, 0), []deed{handIn(9, "1"), failed}, paper(verdictPaper, 1, 12), paper(opinionPaper, 2, 12), []deed{handIn(20, "2"), pass(22)}, paper(verdictPaper, 2, 22))
	case "open":
		due, err := clock.ParseDate("2024-12-04")
		if err != nil {
			return nil, err
		}
		change := hazard.ChangeDeadline{DueOn: due, Reason: "需结合厂房消防改造一并整改，期间停用该区域并落实专人巡查"}
		steps = slices.Concat(steps, []deed{notice}, paper(opinionPaper, 1, 0)[:1], []deed{{caseID: c, name: hazard.ChangeDeadlineName, input: change, key: key + "/deadline", on: day(8)}})
	default:
		return nil, fmt.Errorf("%s: unknown way %q", key, h.Way)
	}
	return steps, nil
}

// The letters of the report's hazards.
const (
	opinionPaper = "rectification_opinion"
	verdictPaper = "reinspection_opinion"
)

// lettersOf issues the letters of a hazard, the opinion of every round and the verdict on it, and hands them over on their day.
func lettersOf(caseID, key string, found clock.Date) func(sort string, round, n int) []deed {
	return func(sort string, round, n int) []deed {
		day, of := found.AddDays(n), fmt.Sprintf("%s/letter/%s/%d", key, sort, round)
		return []deed{
			{caseID: caseID, name: hazard.Kind.Does(lettering.IssueVerb), input: lettering.Issue{Letter: sort, Round: round}, key: of, on: day.String()},
			{caseID: caseID, name: hazard.Kind.Does(lettering.ServeVerb), input: lettering.Serve{How: letter.InPerson, On: day, SignedBy: "示例负责人"}, key: of + "/served", on: day.String()},
		}
	}
}
