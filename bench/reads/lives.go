package reads

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
	"github.com/parkway-zone/parkway/store"
)

// The words that stand in a model's life for what differs from case to case.
const (
	modelHazard  = "模型隐患标题"
	modelProject = "模型项目标题"
)

// model is one life that was lived through the door; the zone's cases are lives like it, of other people, days and names.
type model struct {
	id     string
	kind   process.Kind
	held   bool // by whoever manages it
	open   bool // the clock has something to do
	owner  person
	tables map[string]string // lines of COPY, by table
	links  []string          // canonical JSON of the events
	hashes []string          // of the links, in hex
	days   []time.Time       // every day it speaks of
	number string
}

// liver lives a life through the door.
type liver struct {
	ctx   context.Context
	store *store.Store
	zone  *Zone
	at    time.Time
	id    string
	count int
	wake  *time.Time // when the clock has something to do
	err   error
}

func (l *liver) do(who string, name process.Name, input any) {
	if l.err != nil {
		return
	}
	actor := l.zone.people[who].Actor
	switch who {
	case "import":
		actor = process.Actor{Type: process.Import, Name: "导入"}
	case "clock":
		actor = process.TheClock()
	}
	text, err := json.Marshal(input)
	if err != nil {
		l.err = err
		return
	}
	l.at = l.at.Add(7 * time.Minute)
	l.count++
	outcome, err := l.store.Apply(l.ctx, process.Order{CaseID: l.id, Command: name, Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: l.at, RecordedAt: l.at}})
	if l.wake = outcome.Standing.NextWake; err != nil {
		l.err = fmt.Errorf("live %s: %w", name, err)
	}
}

// chat fills a life up to so many events with comments, the first of which copies somebody in.
func (l *liver) chat(kind process.Kind, owner string, events int) {
	name := kind.Does(casework.CommentVerb)
	for i := l.count; i < events; i++ {
		who, copyTo := []string{owner, "leader1", owner, "liaison"}[i%4], []string(nil)
		if i == events-2 {
			copyTo = []string{l.zone.people["leader"].ID}
		}
		l.do(who, name, map[string]any{"text": fmt.Sprintf("第%d次跟进：已与企业沟通，按计划推进。", i), "copy_to": copyTo})
	}
}

// hazards live these lives; days is until when the notice runs.
func (l *liver) hazard(life string, owner string, days int) {
	z := l.zone
	level, clause := hazard.General, ""
	if life == "major" {
		level, clause = hazard.Major, "第三条"
	}
	l.do(owner, hazard.RecordName, hazard.Record{EnterpriseID: z.enterprises[0].id, Location: "2# 车间东侧", Description: modelHazard, Level: level, Clause: clause})
	if life == "found" || life == "major" {
		return
	}
	if life == "spot" {
		l.do("import", hazard.FixOnSpotName, hazard.FixOnSpot{Note: "当场清理"})
		return
	}
	l.do(owner, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "立即清理并保持畅通", DueOn: clock.DateOf(l.at).AddDays(days), InspectorIDs: []string{z.people["inspector"].ID}})
	if life == "rectifying" {
		return
	}
	l.do("import", hazard.HandInName, hazard.HandIn{Measures: "已清理"})
	if life == "reported" {
		return
	}
	l.do(owner, hazard.ReinspectName, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{z.people["inspector"].ID}})
}

// project lives these lives, from the stage it comes in at.
func (l *liver) project(life, stage, owner string) {
	z := l.zone
	sector, mode, amount := "textile", project.OwnLand, project.Yuan(86_000_000_00)
	l.do(owner, project.OpenName, project.Open{Title: modelProject, EnterpriseID: z.enterprises[0].id, EntryStage: stage, Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}, AllTheSame: "only to measure"})
	if stage == "construction" {
		l.building(owner)
	}
	switch life {
	case "unit":
		l.do("leader", project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: z.bureaus[0].id, Reason: "请出具意见"})
	case "suspended":
		l.do("leader", project.SuspendName, project.Suspend{Reason: "等待用地", Category: "land"})
	case "ended":
		l.do("leader", project.TerminateName, project.Terminate{Cause: "elsewhere", Reason: "企业放弃"})
	}
}

// building puts five buildings on file and records their steps, several at once.
func (l *liver) building(owner string) {
	all := []works.Span{"1#-5#"}
	l.do(owner, project.AddBuildingsName, project.AddBuildings{Codes: all[0], Structure: "frame", Use: "厂房"})
	l.do(owner, project.RecordProgressName, project.RecordProgress{Steps: []string{"utilities", "levelling"}, State: works.Done})
	l.do(owner, project.RecordProgressName, project.RecordProgress{Buildings: all, Steps: []string{"excavation", "foundation", "ground_beams", "frame"}, State: works.Done})
	l.do(owner, project.RecordProgressName, project.RecordProgress{Buildings: []works.Span{"1#", "2#"}, Steps: []string{"doors", "fire"}, State: works.Running})
	l.do(owner, project.RecordProgressName, project.RecordProgress{Buildings: []works.Span{"3#-5#"}, Steps: []string{"walls"}, State: works.Running})
}

// remind lets the clock fire what has come since, as it does in a zone that runs.
func (l *liver) remind(kind process.Kind) {
	name := kind.Does(casework.RemindVerb)
	for l.err == nil && l.wake != nil && !l.wake.After(l.zone.Now) {
		l.at = l.wake.Add(-7 * time.Minute) // do adds as much
		l.do("clock", name, map[string]any{})
	}
}

// live lives every model, each in the hands of the owner and begun on one of several days.
func live(ctx context.Context, s *store.Store, z *Zone, size Size, owner string) ([]*model, error) {
	models := []*model{}
	record := func(kind process.Kind, held bool, ago int, do func(*liver)) error {
		if size.Only != "" && kind != size.Only {
			return nil
		}
		l := &liver{ctx: ctx, store: s, zone: z, at: z.Now.AddDate(0, 0, -ago), id: uuid.NewString()}
		do(l)
		l.chat(kind, owner, size.Events/size.Cases)
		l.remind(kind)
		if l.err != nil {
			return l.err
		}
		models = append(models, &model{id: l.id, kind: kind, held: held, open: l.wake != nil, owner: z.people[owner]})
		return nil
	}
	for _, ago := range []int{1, 3, 6, 10, 15, 22, 30} {
		for _, h := range []struct {
			life string
			days int
			held bool
		}{{"found", 0, true}, {"major", 0, true}, {"reported", 12, true}, {"rectifying", 5, false}, {"rectifying", 45, false}, {"closed", 9, false}, {"spot", 0, false}} {
			if err := record(hazard.Kind, h.held, ago, func(l *liver) { l.hazard(h.life, owner, h.days) }); err != nil {
				return nil, err
			}
		}
		for _, p := range []struct {
			life, stage string
			held        bool
		}{{"", "lead", true}, {"", "negotiation", true}, {"", "signed", true}, {"", "construction", true}, {"suspended", "lead", true}, {"unit", "lead", false}, {"ended", "lead", false}} {
			if err := record(project.Kind, p.held, ago, func(l *liver) { l.project(p.life, p.stage, owner) }); err != nil {
				return nil, err
			}
		}
	}
	return models, nil
}
