package seed

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// permits are the requirements of the journey's gates that are met by a permit, with the permit's name in the catalogue.
func permits() map[string]string {
	return map[string]string{"filing": "filing", "land_contract": "land_contract", "property_certificate": "property_cert", "works_planning_permit": "works_planning_permit", "eia": "eia",
		"safety_preevaluation": "safety_preeval", "construction_permit": "construction_permit", "planning_verification": "planning_verification", "five_party_acceptance": "acceptance",
		"fire_acceptance": "fire_acceptance", "completion_filing": "completion_filing", "discharge_permit": "discharge_permit", "environment_acceptance": "env_acceptance"}
}

// sorts are the sorts of the permits that have several, as far as the demo goes.
func sorts() map[string]string {
	return map[string]string{"eia": "table", "discharge_permit": "registration", "fire_acceptance": "filing"}
}

// permitKey is the key under which a permit of a project's story is put on file.
func permitKey(key, item string) string { return key + "/permit/" + item }

// permitID is the id of a permit of a project's story.
func permitID(key, item string) string { return caseID(permit.RequireName, permitKey(key, item)) }

// required puts a permit on file.
func required(c, key, item, on string) deed {
	return deed{caseID: permitID(key, item), name: permit.RequireName, input: permit.Require{Project: c, Item: item, Need: permit.Needed}, key: permitKey(key, item), on: on, actor: inventor()}
}

// issued says that a permit on file was issued on the day, some days after it was applied for. Numbers are invented.
func issued(key, item, on string) (deed, error) {
	day, err := clock.ParseDate(on)
	if err != nil {
		return deed{}, err
	}
	number, _ := strconv.ParseInt(id("certificate", permitKey(key, item))[:4], 16, 32) // hexadecimal, as an id is
	issue := permit.Issue{Certificate: fmt.Sprintf("示例〔%d〕%d号", day.Year(), number), AppliedOn: day.AddDays(-12), Sort: sorts()[item]}
	if item == "land_contract" {
		issue.BeginBy = day.AddMonths(6)
	}
	return deed{caseID: permitID(key, item), name: permit.IssueName, input: issue, key: permitKey(key, item) + "/issued", on: on, actor: inventor()}, nil
}

// got puts permits on file and issues them on the day.
func got(c, key, on string, items ...string) ([]deed, error) {
	steps := []deed{}
	for _, item := range items {
		d, err := issued(key, item, on)
		if err != nil {
			return nil, err
		}
		steps = append(steps, required(c, key, item, on), d)
	}
	return steps, nil
}

// accepted is the way from the acceptance by the five parties to its filing: what the acceptance leads to is on file before it.
func accepted(c, key, on string) ([]deed, error) {
	day, err := clock.ParseDate(on)
	if err != nil {
		return nil, err
	}
	steps := []deed{required(c, key, "fire_acceptance", on), required(c, key, "completion_filing", on)}
	first, err := got(c, key, on, "planning_verification", "acceptance")
	if err != nil {
		return nil, err
	}
	fire, err := issued(key, "fire_acceptance", day.AddDays(4).String())
	if err != nil {
		return nil, err
	}
	filing, err := issued(key, "completion_filing", day.AddDays(13).String())
	for _, d := range []*deed{&fire, &filing} {
		if i, ok := d.input.(permit.Issue); ok {
			i.AppliedOn = day
			d.input = i
		}
	}
	return append(append(steps, first...), fire, filing), err
}

// hold lets two projects of the demo have permits under way: applied for, accepted, with papers missing, urged.
func hold(c, key string, p projectLine) ([]deed, error) {
	do := func(item, verb, on string, input any) deed {
		return deed{caseID: permitID(key, item), name: permit.Kind.Does(process.Verb(verb)), input: input, key: permitKey(key, item) + "/" + verb, on: on, actor: inventor()}
	}
	switch p.Title {
	case "同光包装项目":
		steps, err := got(c, key, "2024-10-15", "land_use_permit", "scheme_review")
		return append(steps,
			required(c, key, "eia", "2024-10-22"), do("eia", "apply", "2024-10-22", permit.Apply{Sort: "table", Receipt: "示例受理 0086"}), do("eia", "accept", "2024-10-24", permit.Accept{}),
			do("eia", "urge", "2024-11-12", permit.UrgeIt{Way: "call", To: "市生态环境局审批科", Text: "请尽快安排环评技术评审。"}),
			do("eia", "answer_urge", "2024-11-14", permit.AnswerUrge{Urge: "1", Answer: "评审会已定，会后三日内出意见。", Justified: "yes"}),
			required(c, key, "works_planning_permit", "2024-11-04"),
			do("works_planning_permit", "apply", "2024-11-05", permit.Apply{ToKind: process.HeldByUnit, ToID: id("unit", "县自规局")}), do("works_planning_permit", "accept", "2024-11-06", permit.Accept{})), err
	case "盈川家居项目":
		steps, err := got(c, key, "2024-10-25", "works_planning_permit", "eia", "safety_preeval")
		return append(steps,
			required(c, key, "drawing_review", "2024-10-28"), do("drawing_review", "apply", "2024-10-28", permit.Apply{}), do("drawing_review", "accept", "2024-10-30", permit.Accept{}),
			required(c, key, "construction_permit", "2024-11-11"),
			do("construction_permit", "apply", "2024-11-13", permit.Apply{ToKind: process.HeldByUnit, ToID: id("unit", "县住建局")}),
			do("construction_permit", "accept", "2024-11-14", permit.Accept{Missing: "施工图审查合格书", PromisedOn: clock.NewDate(2024, time.November, 29)})), err
	}
	return nil, nil
}

// begun gives the report's named projects, those whose works are told, the permits they began with.
func begun(c, key string, p projectLine) ([]deed, error) {
	if len(p.Works) == 0 {
		return nil, nil
	}
	return got(c, key, p.Started, "filing", "land_contract", "land_use_permit", "works_planning_permit", "eia", "drawing_review", "construction_permit")
}

// follow lets happen what follows from a deed: it is recorded when the deed is.
func (l *loader) follow(ctx context.Context, known map[string]process.Standing, because string, at time.Time) error {
	_, err := l.store.CarryFollowUps(ctx, because, at, func(ctx context.Context, order process.Order) error {
		outcome, err := l.store.Apply(ctx, order)
		if err == nil {
			known[order.CaseID] = outcome.Standing
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("let follow what follows from a deed on %s: %w", because, err)
	}
	return nil
}
