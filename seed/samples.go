package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
)

// sampleKey is the key under which an example is put on file.
func sampleKey(i int) string { return fmt.Sprintf("sample/%02d", i+1) }

func (l *loader) samples() ([]deed, error) {
	all := []deed{}
	for i, s := range l.data.Samples {
		told, err := sampleStory(sampleKey(i), s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sampleKey(i), err)
		}
		for j := range told {
			told[j].actor = inventor()
		}
		all = append(all, told...)
	}
	return all, nil
}

// sampleStory tells an example up to where it waits for somebody: for its notice, for the enterprise, or for the re-inspection.
func sampleStory(key string, s sampleLine) ([]deed, error) {
	c, both := caseID(hazard.RecordName, key), []string{id("user", s.Supervisor), id("user", s.Second)}
	record := hazard.Record{EnterpriseID: id("enterprise", s.Enterprise), Location: s.Location, Description: s.Description, Level: hazard.General,
		InspectorIDs: both, SupervisorID: id("user", s.Supervisor)}
	notice := hazard.IssueNotice{Requirement: "消除隐患：" + s.Description, InspectorIDs: both}
	if s.Clause != "" {
		record.Level, record.Clause = hazard.Major, s.Clause
		notice.Plan = &hazard.Plan{Responsible: "企业主要负责人", Measures: "停用该区域，按方案改造后经检测合格再启用", Funds: "企业自筹", TimeLimit: "见整改期限", Contingency: "专人值守，每日巡查"}
	}
	steps := []deed{{caseID: c, name: hazard.RecordName, input: record, key: key, on: s.Found, recorded: s.Recorded}}
	if s.Noticed == "" {
		return steps, nil
	}
	due, err := clock.ParseDate(s.Due)
	if err != nil {
		return nil, err
	}
	notice.DueOn = due
	steps = append(steps, deed{caseID: c, name: hazard.IssueNoticeName, input: notice, key: key + "/notice", on: s.Noticed})
	if s.HandedIn != "" {
		steps = append(steps, deed{caseID: c, name: hazard.HandInName, input: hazard.HandIn{Measures: "已按要求整改到位"}, key: key + "/hand-in", on: s.HandedIn})
	}
	return steps, nil
}
