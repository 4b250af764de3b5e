package reads

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
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
	err   error
}

func (l *liver) do(who string, name process.Name, input any) {
	if l.err != nil {
		return
	}
	actor := l.zone.people[who].Actor
	if who == "import" {
		actor = process.Actor{Type: process.Import, Name: "导入"}
	}
	text, err := json.Marshal(input)
	if err != nil {
		l.err = err
		return
	}
	l.at = l.at.Add(7 * time.Minute)
	l.count++
	_, l.err = l.store.Apply(l.ctx, process.Order{CaseID: l.id, Command: name, Input: text,
		Call: process.Call{Key: uuid.NewString(), Actor: actor, OccurredAt: l.at, RecordedAt: l.at}})
	if l.err != nil {
		l.err = fmt.Errorf("live %s: %w", name, l.err)
	}
}

// chat fills a life up to so many events with comments, the first of which copies somebody in.
func (l *liver) chat(kind process.Kind, owner string, events int) {
	name := project.CommentName
	if kind == process.Hazard {
		name = hazard.CommentName
	}
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
	l.do(owner, project.OpenName, project.Open{Title: modelProject, EnterpriseID: z.enterprises[0].id, EntryStage: stage, Facts: project.Given{Sector: &sector, SiteMode: &mode, Investment: &amount}})
	switch life {
	case "unit":
		l.do("leader", project.HandOverName, project.HandOver{ToKind: process.HeldByUnit, ToID: z.bureaus[0].id, Reason: "请出具意见"})
	case "suspended":
		l.do("leader", project.SuspendName, project.Suspend{Reason: "等待用地", Category: "land"})
	case "ended":
		l.do("leader", project.TerminateName, project.Terminate{Reason: "企业放弃"})
	}
}

// live lives every model, each in the hands of the owner.
func live(ctx context.Context, s *store.Store, z *Zone, events int, owner string) ([]*model, error) {
	models := []*model{}
	record := func(kind process.Kind, held bool, do func(*liver)) error {
		l := &liver{ctx: ctx, store: s, zone: z, at: z.Now.AddDate(0, 0, -2), id: uuid.NewString()}
		do(l)
		l.chat(kind, owner, events)
		if l.err != nil {
			return l.err
		}
		models = append(models, &model{id: l.id, kind: kind, held: held, owner: z.people[owner]})
		return nil
	}
	for _, h := range []struct {
		life string
		days int
		held bool
	}{{"found", 0, true}, {"major", 0, true}, {"reported", 12, true}, {"rectifying", 3, false}, {"rectifying", 25, false}, {"closed", 9, false}, {"spot", 0, false}} {
		if err := record(process.Hazard, h.held, func(l *liver) { l.hazard(h.life, owner, h.days) }); err != nil {
			return nil, err
		}
	}
	for _, p := range []struct {
		life, stage string
		held        bool
	}{{"", "lead", true}, {"", "negotiation", true}, {"", "signed", true}, {"", "construction", true}, {"suspended", "lead", true}, {"unit", "lead", false}, {"ended", "lead", false}} {
		if err := record(process.Project, p.held, func(l *liver) { l.project(p.life, p.stage, owner) }); err != nil {
			return nil, err
		}
	}
	return models, nil
}
