package ui

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// change is one fact before and after, in words.
type change struct{ Name, Old, New string }

// visible returns the changes that a person reads in the history, in words. The API gives all of them.
func visible(ctx context.Context, changes []process.Change, d lifecycle.Definition) []change {
	shown := []change{}
	for _, c := range changes {
		name, ok := worded(c.Path)
		if !ok {
			continue
		}
		before, after := words(ctx, c.Path, c.Old, d), words(ctx, c.Path, c.New, d)
		if was := string(c.Old); was == "0" || was == `"0.00"` {
			before = "" // a number nobody has given yet
		}
		if after == "" && before == "" {
			continue
		}
		shown = append(shown, change{Name: i18n.T(ctx, "change."+name), Old: before, New: orDash(after)})
	}
	return shown
}

// worded returns the catalogue's name of a path, and whether people read it.
func worded(path string) (string, bool) {
	switch path {
	case "title", "state", "stage", "round", "holder.name", "due_on", "sector", "site_mode", "investment", "national_code", "land_area_mu",
		"manager_name", "leader_name", "liaison_name", "signed_on", "construction_started_on", "completed_on", "production_on",
		"planned_completion_on", "planned_production_on", "full_capacity_on", "above_scale_on", "level", "supervisor_name", "result":
		return path, true
	}
	switch {
	case strings.HasPrefix(path, "buildings[") && strings.HasSuffix(path, ".progress"):
		return "building_progress", true
	case strings.HasPrefix(path, "gate_answers[") && strings.HasSuffix(path, ".answer"):
		return "gate_answer", true
	case strings.HasPrefix(path, "rounds[") && strings.HasSuffix(path, ".notice_number"):
		return "notice_number", true
	case strings.HasPrefix(path, "rounds[") && strings.HasSuffix(path, ".requirement"):
		return "requirement", true
	case strings.HasPrefix(path, "rounds[") && strings.HasSuffix(path, ".measures"):
		return "measures", true
	case strings.HasPrefix(path, "rounds[") && strings.HasSuffix(path, ".verdict"):
		return "verdict", true
	case strings.HasPrefix(path, "attachments[") && strings.HasSuffix(path, ".name"):
		return "attachment", true
	}
	return "", false
}

// words prints a value: coded ones by the catalogue, days as days.
func words(ctx context.Context, path string, value json.RawMessage, d lifecycle.Definition) string {
	var text string
	if json.Unmarshal(value, &text) != nil {
		if string(value) == "null" {
			return ""
		}
		return string(value)
	}
	switch {
	case text == "":
		return ""
	case path == "stage":
		return stageName(ctx, d, text)
	case path == "state" || path == "sector" || path == "site_mode" || path == "level" || path == "result":
		return i18n.T(ctx, path+"."+text)
	case strings.HasSuffix(path, ".verdict") || strings.HasSuffix(path, ".answer"):
		return i18n.T(ctx, "answer."+text)
	case strings.HasSuffix(path, "investment"):
		return i18n.Money(ctx, text)
	}
	if day, err := clock.ParseDate(text); err == nil {
		return i18n.FullDate(ctx, day)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return i18n.FullDate(ctx, clock.DateOf(at))
	}
	if code, ok := codeIn(path); ok {
		return code + " " + text
	}
	return text
}

// codeIn returns what stands in the brackets of a building's path.
func codeIn(path string) (string, bool) {
	if rest, ok := strings.CutPrefix(path, "buildings["); ok {
		code, _, _ := strings.Cut(rest, "]")
		return code, true
	}
	return "", false
}

// clockSpan says what a clock allows: 90 天, 10 个工作日, or a fixed day.
func clockSpan(ctx context.Context, k clock.Clock, thisYear int) string {
	if k.Amount == nil {
		return i18n.T(ctx, "clocks.fixed", "Day", i18n.Date(ctx, k.FixedOn, thisYear))
	}
	return i18n.T(ctx, "unit."+string(k.Unit), "Count", *k.Amount)
}
