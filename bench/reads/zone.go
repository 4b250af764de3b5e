// Package reads generates a zone of the size the budgets speak of and measures every page and list on it, for every role.
package reads

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
)

// Size says how large a zone is to be.
type Size struct {
	Cases       int
	Events      int // over all cases
	Biggest     int // cases in the hands of one person
	Big         int // cases in the hands of another
	Enterprises int
	Permits     int          // of each project
	Only        process.Kind // what every case is; nothing: projects and hazards
}

// Full is the size of the budgets: 100,000 cases and 1,000,000 events.
func Full() Size {
	return Size{Cases: 100_000, Events: 1_000_000, Biggest: 58_000, Big: 19_000, Enterprises: 1500}
}

// Ledger is the size of a ledger of hazards that has been kept for many years: a million of them, told in a few events each.
func Ledger() Size {
	return Size{Cases: 1_000_000, Events: 3_000_000, Biggest: 58_000, Big: 19_000, Enterprises: 1500, Only: hazard.Kind}
}

// Ways is the size of the permits' budget: 100,000 projects, each with 25 permits.
func Ways() Size {
	return Size{Cases: 100_000, Events: 300_000, Biggest: 58_000, Big: 19_000, Enterprises: 1500, Permits: 25, Only: project.Kind}
}

// Small is a hundredth of a size in cases and events, with the same shape.
func (s Size) Small(times int) Size {
	return Size{Cases: s.Cases / times, Events: s.Events / times, Biggest: s.Biggest / times, Big: s.Big / times, Enterprises: max(s.Enterprises/times, 20), Permits: s.Permits, Only: s.Only}
}

// person is somebody of the zone, with the token of a session of theirs.
type person struct {
	process.Actor
	username string
}

// session is what a browser of the person carries, token what a program of theirs sends.
func (p person) session() string { return "bench-" + p.username }

func (p person) token() string { return "pkw_bench-" + p.username }

// Zone is a generated zone.
type Zone struct {
	Now         time.Time
	Park        string
	people      map[string]person // by user name
	enterprises []company
	bureaus     []bureau
}

type company struct{ id, short, contact string }

type bureau struct{ id, name, officer string }

// Person returns somebody by their user name: biggest, big, manager, supervisor, liaison, department, enterprise, leader, auditor, administrator.
func (z *Zone) Person(username string) process.Actor { return z.people[username].Actor }

// Session returns what a browser of somebody carries.
func (z *Zone) Session(username string) string { return z.people[username].session() }

// Token returns what a program of somebody sends.
func (z *Zone) Token(username string) string { return z.people[username].token() }

// Roles are the people that pages are measured for.
func Roles() []string {
	return []string{"biggest", "big", "manager", "supervisor", "liaison", "department", "enterprise", "leader", "auditor", "administrator"}
}

const staffed = 12 // managers, supervisors and liaison officers, and departments

// named derives an id from what a thing is and is called, so that a zone that was generated before is found again.
func named(kind, name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("parkway-bench/"+kind+"/"+name)).String()
}

// plan names everybody and everything of the zone.
func plan(size Size, now time.Time) *Zone {
	z := &Zone{Now: now, Park: named("park", "bench"), people: map[string]person{}}
	add := func(username, name string, unit, enterprise string, roles ...process.Role) {
		z.people[username] = person{process.Actor{Type: process.Person, ID: named("user", username), Name: name, Roles: roles, UnitID: unit, EnterpriseID: enterprise}, username}
	}
	section := named("unit", "section")
	add("biggest", "卞大海", section, "", process.ProjectManager, process.SafetySupervisor)
	add("big", "邵广才", section, "", process.ProjectManager, process.SafetySupervisor)
	for i := range staffed {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprint(i)
		}
		add("manager"+suffix, fmt.Sprintf("项经理%02d", i), section, "", process.ProjectManager)
		add("supervisor"+suffix, fmt.Sprintf("安监员%02d", i), section, "", process.SafetySupervisor)
		add("liaison"+suffix, fmt.Sprintf("包保员%02d", i), section, "", process.LiaisonOfficer)
		b := bureau{id: named("unit", "bureau"+suffix), name: fmt.Sprintf("县第%02d局", i), officer: "department" + suffix}
		add(b.officer, fmt.Sprintf("经办员%02d", i), b.id, "", process.Department)
		z.bureaus = append(z.bureaus, b)
	}
	add("inspector", "复查员", section, "", process.SafetySupervisor)
	add("leader", "梁主任", "", "", process.Leader)
	add("leader1", "柳主任", "", "", process.Leader)
	add("auditor", "申审计", "", "", process.Auditor)
	add("administrator", "管理员", section, "", process.Administrator)
	for i := range size.Enterprises {
		c := company{id: named("enterprise", fmt.Sprint(i)), short: fmt.Sprintf("%s%04d", trade(i), i), contact: fmt.Sprintf("contact%d", i)}
		if i == 0 {
			c.contact = "enterprise"
		}
		add(c.contact, fmt.Sprintf("联系人%04d", i), "", c.id, process.Enterprise)
		z.enterprises = append(z.enterprises, c)
	}
	return z
}

func trade(i int) string {
	return []string{"莱卡织造", "鸿瑞印务", "虹光木业", "汴河食品", "远航光伏", "宿泗机械", "石龙湖材料", "运河医药"}[i%8]
}

// settle writes the zone, its people and their sessions.
func (z *Zone) settle(ctx context.Context, s *store.Store, conn *pgx.Conn) error {
	if err := s.AddPark(ctx, store.Park{ID: z.Park, Code: "bench", Name: "量测经济开发区", ShortName: "量测园区", Letters: "量开安监", Demo: true}); err != nil {
		return err
	}
	if err := seed.Publish(ctx, s); err != nil {
		return err
	}
	section := named("unit", "section")
	units := [][]any{{section, z.Park, "项目科", "zone"}}
	for _, b := range z.bureaus {
		units = append(units, []any{b.id, z.Park, b.name, "department"})
	}
	enterprises, users, sessions, tokens := [][]any{}, [][]any{}, [][]any{}, [][]any{}
	for i, c := range z.enterprises {
		enterprises = append(enterprises, []any{c.id, z.Park, "泗县" + c.short + "有限公司", c.short, "textile", named("user", fmt.Sprintf("liaison%d", i%(staffed-1)+1)), z.bureaus[i%staffed].id})
	}
	for _, p := range z.people {
		users = append(users, []any{p.ID, z.Park, p.username, p.Name, p.Roles, orNil(p.UnitID), orNil(p.EnterpriseID), "-"})
		digest, secret := sha256.Sum256([]byte(p.session())), sha256.Sum256([]byte(p.token()))
		sessions = append(sessions, []any{digest[:], p.ID, time.Now(), time.Now(), time.Now().AddDate(20, 0, 0), "127.0.0.1", "bench"})
		tokens = append(tokens, []any{named("token", p.username), p.ID, "bench", secret[:], true, time.Now(), time.Now().AddDate(20, 0, 0)})
	}
	for _, t := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"units", []string{"id", "park_id", "name", "kind"}, units},
		{"users", []string{"id", "park_id", "username", "name", "roles", "unit_id", "enterprise_id", "password_hash"}, users},
		{"enterprises", []string{"id", "park_id", "name", "short_name", "sector", "liaison_id", "department_id"}, enterprises},
		{"api_tokens", []string{"id", "user_id", "name", "token_hash", "read_only", "created_at", "expires_at"}, tokens},
		{"sessions", []string{"token_hash", "user_id", "created_at", "seen_at", "expires_at", "address", "agent"}, sessions},
	} {
		if _, err := conn.CopyFrom(ctx, pgx.Identifier{t.table}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
			return fmt.Errorf("copy %s: %w", t.table, err)
		}
	}
	return nil
}

func orNil(id string) any {
	if id == "" {
		return nil
	}
	return id
}
