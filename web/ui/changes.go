package ui

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Change is one fact before and after, in words.
type Change struct {
	Name, Old, New string
	Was, Is        json.RawMessage // as recorded
}

// Changes returns what a person reads of an event's changes.
func Changes(ctx context.Context, e process.Event, d process.Rules) []Change {
	return visible(ctx, e.Command.KindOf(), e.Changes, d)
}

// ChangesOf is what the events, the earliest first, changed together: each fact as it was before the first and is after the last.
func ChangesOf(ctx context.Context, events []process.Event, d process.Rules) []Change {
	merged, at := []process.Change{}, map[string]int{}
	for _, e := range events {
		for _, c := range e.Changes {
			if i, known := at[c.Path]; known {
				merged[i].New = c.New
				continue
			}
			at[c.Path] = len(merged)
			merged = append(merged, c)
		}
	}
	merged = slices.DeleteFunc(merged, func(c process.Change) bool { return string(c.Old) == string(c.New) })
	if len(merged) == 0 {
		return []Change{}
	}
	return worded(ctx, events[0].Command.KindOf(), merged, d, quiet)
}

// visible returns the changes that a person reads in the history, in words: the facts, and not what only repeats or refers to them. Where a deed
// changed nothing else, that is what is shown. The API gives all of them.
func visible(ctx context.Context, kind process.Kind, changes []process.Change, d process.Rules) []Change {
	shown := worded(ctx, kind, changes, d, quiet)
	if len(shown) == 0 {
		shown = worded(ctx, kind, changes, d, func(shape string) bool { return reference(shape) || strings.HasPrefix(shape, "clocks.fired") }) // whom a step told stands below
	}
	return shown
}

func worded(ctx context.Context, kind process.Kind, changes []process.Change, d process.Rules, hidden func(shape string) bool) []Change {
	shown, moved := []Change{}, movedTargets(changes)
	for _, c := range changes {
		shape := process.Shape(c.Path)
		if hidden(shape) || unsaid(c) {
			continue
		}
		after := factValue(ctx, kind, c.Path, c.New, d)
		if shape == "attachments.name" {
			after = withFingerprint(ctx, after, c.Path, changes)
		}
		if shape == "baselines.moves.was" {
			if c.Old, c.New = c.New, c.Old; moved[strings.TrimSuffix(c.Path, "was")+"on"] != nil {
				continue
			}
			after = ""
		}
		if shape == "baselines.moves.on" && moved[strings.TrimSuffix(c.Path, "on")+"was"] != nil {
			c.Old = moved[strings.TrimSuffix(c.Path, "on")+"was"]
		}
		before := factValue(ctx, kind, c.Path, c.Old, d)
		if nothing(c.Old) {
			before = ""
		}
		if shape == "money.amount" {
			before, after = amountIn(ctx, c.Path, c.Old, changes), amountIn(ctx, c.Path, c.New, changes)
		}
		if before != "" || after != "" {
			shown = append(shown, Change{Name: factName(ctx, c.Path, d), Old: before, New: orDash(after), Was: c.Old, Is: c.New})
		}
	}
	return shown
}

// amountIn prints an amount of money as the page does: in ten thousands of its currency, which the deed says where the entry is new.
func amountIn(ctx context.Context, path string, value json.RawMessage, changes []process.Change) string {
	var amount funds.Amount
	if string(value) == "null" || json.Unmarshal(value, &amount) != nil {
		return ""
	}
	currency := funds.Currency("")
	for _, c := range changes {
		if c.Path == strings.TrimSuffix(path, "amount")+"currency" {
			_ = json.Unmarshal(c.New, &currency) // one that cannot be read is not said
		}
	}
	if currency == "" {
		return i18n.T(ctx, "money.wan", "Amount", i18n.Thousands(amount.Wan()), "Currency", "")
	}
	return inWan(ctx, amount, currency)
}

// movedTargets are the days that a version of a plan says of its targets, old and new, by their path: the two are one line.
func movedTargets(changes []process.Change) map[string]json.RawMessage {
	days := map[string]json.RawMessage{}
	for _, c := range changes {
		if strings.HasPrefix(c.Path, "baselines[") {
			days[c.Path] = c.New
		}
	}
	return days
}

// unsaid reports whether a change tells nobody anything: what nobody has said yet stays no or 0, and answers that a gate was passed with, which are
// in its seal from then on.
func unsaid(c process.Change) bool {
	gone := string(c.New) == "null"
	if process.Shape(c.Path) == "money.amount" && !gone { // that nothing was done is said too
		return false
	}
	return nothing(c.Old) && (nothing(c.New) || gone) || gone && strings.HasPrefix(c.Path, "gate_answers[")
}

// nothing is a value that nobody gave.
func nothing(value json.RawMessage) bool {
	switch string(value) {
	case "null", "0", "false", `"0.00"`, "{}", `""`:
		return true
	}
	return false
}

// withFingerprint names a file with the beginning of its fingerprint.
func withFingerprint(ctx context.Context, name, path string, changes []process.Change) string {
	sha := strings.TrimSuffix(path, ".name") + ".sha256"
	for _, c := range changes {
		var mark string
		if c.Path == sha && json.Unmarshal(c.New, &mark) == nil && len(mark) > 12 {
			return i18n.T(ctx, "fact.file", "Name", name, "Mark", mark[:12])
		}
	}
	return name
}

// factName is what the fact with the path is called: 第 2 轮复查结论, 关口要求「签订投资协议」.
func factName(ctx context.Context, path string, d process.Rules) string {
	names := process.Elements(path)
	if len(names) == 0 {
		return i18n.T(ctx, "change."+process.Shape(path))
	}
	of, nth := names[0], names[len(names)-1]
	switch {
	case strings.HasPrefix(path, "gate_answers["):
		of = requirementName(ctx, d, of)
	case strings.HasPrefix(path, "baselines["):
		nth = subjectName(ctx, d, schedule.Subject(nth))
	case strings.HasPrefix(path, "items["):
		of = i18n.Pick(ctx, inspection.ItemName(of))
	case strings.HasPrefix(path, "site_steps["):
		of = workName(ctx, d, of)
	case strings.HasPrefix(process.Shape(path), "buildings.steps"):
		nth = workName(ctx, d, nth)
	case strings.HasPrefix(process.Shape(path), "passages.seal.items.papers"):
	case strings.HasPrefix(path, "passages[") && len(names) > 1:
		nth = requirementName(ctx, d, names[1])
	}
	return i18n.T(ctx, "change."+process.Shape(path), "Of", of, "Nth", nth)
}

// requirementName is what a definition calls a requirement; one that it does not know is called by its id.
func requirementName(ctx context.Context, d process.Rules, id string) string {
	if gated, ok := d.(interface{ RequirementName(id string) process.Text }); ok {
		if name := gated.RequirementName(id); name.Chinese != "" {
			return i18n.Pick(ctx, name)
		}
	}
	return id
}

// factValue prints a value: coded ones by the catalogue, days as days.
func factValue(ctx context.Context, kind process.Kind, path string, value json.RawMessage, d process.Rules) string {
	switch string(value) {
	case "null", "{}", `""`:
		return ""
	case "true":
		return i18n.T(ctx, "fact.yes")
	case "false":
		return i18n.T(ctx, "fact.no")
	}
	var text string
	shape := process.Shape(path)
	if json.Unmarshal(value, &text) != nil {
		return numbered(ctx, shape, string(value))
	}
	if coded, ok := codedValue(ctx, kind, shape, text, d); ok {
		return coded
	}
	if day, err := clock.ParseDate(text); err == nil {
		return i18n.FullDate(ctx, day)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return i18n.FullDate(ctx, clock.DateOf(at)) + " " + i18n.Clock(at)
	}
	return text
}

// numbered says which version or round a bare number is.
func numbered(ctx context.Context, shape, number string) string {
	switch shape {
	case "definition_version":
		return i18n.T(ctx, "fact.version", "Number", number)
	case "round":
		return i18n.T(ctx, "fact.round", "Number", number)
	}
	return number
}

// codedValue says a code, an amount or a measure in words. A code that several kinds have means in each what its own words say.
func codedValue(ctx context.Context, kind process.Kind, shape, text string, d process.Rules) (string, bool) {
	switch shape {
	case "stage", "passages.stage", "terminated.stage":
		return stageName(ctx, d, text), true
	case "clocks.name", "answered.step":
		return clockName(ctx, d, text), true
	case "state", "sector", "site_mode", "level", "result":
		return i18n.First(ctx, shape+"."+string(kind)+"."+text, shape+"."+text), true
	case "decides": // of a request for more time
		return i18n.T(ctx, "level."+text), true
	case "sort":
		if sorted, ok := d.(interface{ SortName(string) process.Text }); ok && sorted.SortName(text).Chinese != "" {
			return i18n.Pick(ctx, sorted.SortName(text)), true
		}
	case "reviews.result", "agenda.result":
		return i18n.T(ctx, "meeting_result."+text), true
	case "answered.result": // of what was sent: of each of its steps
		return i18n.First(ctx, "taking."+text, "meeting_held."+text, "reporting."+text), true
	case "items.result":
		return i18n.T(ctx, "item_result."+text), true
	case "signature":
		return i18n.T(ctx, "signature."+text), true
	case "proposes":
		return i18n.T(ctx, "enterprise_status."+text), true
	case "outcome":
		if named, ok := d.(interface{ OutcomeName(string) process.Text }); ok {
			return i18n.Pick(ctx, named.OutcomeName(text)), true
		}
	case "recognised.what":
		return i18n.T(ctx, "achieved."+text), true
	case "recognised.verdict":
		return i18n.T(ctx, "recognition."+text), true
	case "conditions.stage", "agenda.conditions.stage":
		return i18n.T(ctx, "stage."+text), true
	case "urges.way":
		return i18n.T(ctx, "urge_way."+text), true
	case "step", "steps_taken.step":
		return i18n.T(ctx, "step."+text), true
	case "contacts.way":
		return i18n.T(ctx, "contact_way."+text), true
	case "terminated.cause":
		return i18n.T(ctx, "ending."+text), true
	case "terminated.way":
		return i18n.T(ctx, "withdrawal."+text), true
	case "urges.justified":
		return i18n.T(ctx, "justified."+text), true
	case "rounds.verdict", "gate_answers.answer", "passages.seal.items.given.answer":
		return i18n.T(ctx, "answer."+text), true
	case "money.sort", "money.origin":
		return i18n.T(ctx, strings.Replace(shape, ".", "_", 1)+"."+text), true
	case "money.currency":
		return i18n.T(ctx, "currency."+text), true
	case "escalation":
		return i18n.T(ctx, "act."+text), true
	case "suspension.category":
		return i18n.T(ctx, "cause."+text), true
	case "buildings.steps.state", "site_steps.state":
		return i18n.T(ctx, "works_state."+text), true
	case "buildings.structure":
		return structureName(ctx, d, text), true
	case "attachments.phase":
		return i18n.T(ctx, "phase."+text), true
	case "clocks.verdict", "passages.seal.items.status":
		return i18n.T(ctx, "fact."+text), true
	case "clocks.fired.rung":
		if process.IsFloor(text) {
			return i18n.T(ctx, "rung.floor"), true
		}
	case "gate_answers.requirement", "attachments.requirement":
		return requirementName(ctx, d, text), true
	case "investment":
		return i18n.ExactMoney(ctx, text), true
	case "money.amount":
		if yuan, ok := new(big.Rat).SetString(text); ok {
			return i18n.T(ctx, "fact.wan", "Amount", i18n.Thousands(typed.Short(yuan.Quo(yuan, big.NewRat(10_000, 1))))), true
		}
	case "money.month":
		return MonthName(ctx, funds.Month(text)), true
	case "buildings.area":
		return areaWords(ctx, text), true
	}
	return "", false
}

// clockName is what a deadline measures: a stage, or what the catalogue calls it.
func clockName(ctx context.Context, d process.Rules, name string) string {
	if i18n.Has(ctx, "clock."+name) {
		return i18n.T(ctx, "clock."+name)
	}
	return stageName(ctx, d, name)
}

// clockSpan says what a clock allows: 90 天, 10 个工作日, or a fixed day.
func clockSpan(ctx context.Context, k clock.Clock, thisYear int) string {
	if k.Amount == nil {
		return i18n.T(ctx, "clocks.fixed", "Day", i18n.Date(ctx, k.FixedOn, thisYear))
	}
	return i18n.T(ctx, "unit."+string(k.Unit), "Count", *k.Amount)
}
