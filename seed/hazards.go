package seed

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/rectification"
)

func (l *loader) hazards(ctx context.Context) error {
	for i, h := range l.data.Hazards {
		if err := l.hazard(ctx, fmt.Sprintf("hazard/%02d", i+1), h); err != nil {
			return err
		}
	}
	return nil
}

// hazard tells one hazard's story: fixed on the spot, rectified after a notice, in two rounds, or still open.
func (l *loader) hazard(ctx context.Context, key string, h hazardLine) error {
	c := caseID(hazard.RecordName, key)
	found, err := clock.ParseDate(h.Found)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	supervisor, both := id("user", h.Supervisor), []string{id("user", h.Supervisor), id("user", h.Second)}
	record := hazard.Record{EnterpriseID: id("enterprise", h.Enterprise), Location: h.Location, Description: h.Description, Level: hazard.General,
		InspectorIDs: both, SupervisorID: supervisor, CampaignID: id("campaign", h.Campaign)}
	steps := []deed{{c, hazard.RecordName, record, key, h.Found}}
	day := func(n int) string { return found.AddDays(n).String() }
	notice := deed{c, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "消除隐患：" + h.Description, DueOn: found.AddDays(15), InspectorIDs: both}, key + "/notice", day(0)}
	handIn := func(n int, round string) deed {
		return deed{c, hazard.HandInName, hazard.HandIn{Measures: "已按要求整改到位"}, key + "/hand-in/" + round, day(n)}
	}
	pass := func(n int) deed {
		return deed{c, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Pass, Opinion: "现场复查，整改合格", InspectorIDs: both}, key + "/pass", day(n)}
	}
	switch h.Way {
	case "spot":
		steps = append(steps, deed{c, hazard.FixOnSpotName, hazard.FixOnSpot{Note: "检查时当场整改"}, key + "/fixed", day(0)})
	case "notice":
		steps = append(steps, notice, handIn(8, "1"), pass(11))
	case "two":
		fail := hazard.Reinspect{Result: rectification.Fail, Opinion: "整改不彻底", InspectorIDs: both, Requirement: "继续整改并落实专人每日巡查", DueOn: found.AddDays(25)}
		steps = append(steps, notice, handIn(9, "1"), deed{c, hazard.ReinspectName, fail, key + "/fail", day(12)}, handIn(20, "2"), pass(22))
	case "open":
		due, err := clock.ParseDate("2026-12-04")
		if err != nil {
			return err
		}
		change := hazard.ChangeDeadline{DueOn: due, Reason: "需结合厂房消防改造一并整改，期间停用该区域并落实专人巡查"}
		steps = append(steps, notice, deed{c, hazard.ChangeDeadlineName, change, key + "/deadline", day(8)})
	default:
		return fmt.Errorf("%s: unknown way %q", key, h.Way)
	}
	for _, step := range steps {
		if err := l.do(ctx, step); err != nil {
			return err
		}
	}
	return nil
}
