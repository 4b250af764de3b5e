package permit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// desk runs one permit of a project.
type desk struct {
	*testing.T
	kind    process.Entry
	env     process.Env
	subject process.Subject
	day     clock.Date
	follow  []process.FollowUp
}

func manager() process.Actor {
	return process.Actor{Type: process.Person, ID: "pm", Name: "陆致远", Roles: process.Of(process.ProjectManager)}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	kind := permit.Entry()
	shipped, err := definitions.Shipped(kind)
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	person := func(id, name string) process.Party {
		return process.Party{Kind: process.HeldByPerson, ID: id, Name: name, Roles: process.Of(process.ProjectManager)}
	}
	d := &desk{T: t, kind: kind, day: clock.NewDate(2026, time.March, 2)}
	d.env = process.Env{Rules: shipped[0], Calendar: cal, Directory: process.Directory{"pm": person("pm", "陆致远"), "a1": person("a1", "顾清禾"), "a2": person("a2", "梁亦宁"), "a3": person("a3", "周予安"),
		"zj": {Kind: process.HeldByUnit, ID: "zj", Name: "县住建局"}, "aq": {Kind: process.HeldByPerson, ID: "aq", Name: "孟庆岚", Roles: process.Of(process.SafetySupervisor)},
		"sj": {Kind: process.HeldByPerson, ID: "sj", Name: "季明澈", Roles: process.Of(process.Auditor)}}}
	d.env.Found.Parent = &process.Parent{Case: process.Case{ID: "p", Kind: "project", Number: "XM-2026-0001", Title: "莱卡织造", EnterpriseID: "e", EnterpriseName: "莱卡织造"}, Team: process.People{ManagerID: "pm"}}
	d.subject = kind.Blank()
	d.subject.Header().ID = "x"
	return d
}

// do issues a command on the day.
func (d *desk) do(verb process.Verb, input string) error {
	d.Helper()
	return d.by(manager(), verb, input)
}

func (d *desk) by(actor process.Actor, verb process.Verb, input string) error {
	d.Helper()
	command, err := d.kind.Read(permit.Kind.Does(verb), []byte(input))
	if err != nil {
		return err
	}
	at := d.day.Start().Add(10 * time.Hour)
	if actor.Type == process.Clock && verb == "remind" {
		at = d.subject.Header().NextWake.UTC()
	}
	return d.decide(command, process.Call{Key: "k", Actor: actor, OccurredAt: at, RecordedAt: at})
}

// late issues a command on the day that is typed on a later one.
func (d *desk) late(verb process.Verb, input string, typed clock.Date) error {
	d.Helper()
	command, err := d.kind.Read(permit.Kind.Does(verb), []byte(input))
	require.NoError(d, err)
	return d.decide(command, process.Call{Key: "k", Actor: manager(), OccurredAt: d.day.Start().Add(10 * time.Hour), RecordedAt: typed.Start().Add(10 * time.Hour)})
}

func (d *desk) decide(command process.Act, call process.Call) error {
	result, err := command.Decide(d.subject, call, d.env)
	if err == nil {
		d.subject, d.follow = result.After, result.Follow
		d.subject.Header().Version++
	}
	return err
}

func (d *desk) permit() *permit.Permit {
	p, ok := d.subject.(*permit.Permit)
	require.True(d, ok)
	return p
}

func (d *desk) on(year int, month time.Month, day int) { d.day = clock.NewDate(year, month, day) }

// refused holds a refusal to its code and, where it names one, its field.
func (d *desk) refused(code process.Code, field string, err error) {
	d.Helper()
	var refusal *process.Refusal
	require.ErrorAs(d, err, &refusal)
	require.Equal(d, code, refusal.Code, refusal.Chinese)
	if field != "" {
		require.NotEmpty(d, refusal.Fields)
		require.Equal(d, field, refusal.Fields[0].Name)
	}
}

// TestLifeOfAConstructionPermit: needed, applied for, accepted with papers missing, supplied, issued, put off twice, lapsed, applied for anew.
func TestLifeOfAConstructionPermit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "XM-2026-0001", "item": "construction_permit", "need": "needed"}`))
	p := d.permit()
	require.Equal(t, []string{"p", permit.Needed, "construction_permit", "pm"}, []string{p.ParentID, p.State, p.Stage, p.Holder.ID})
	require.Equal(t, process.Leads, d.kind.Fits("permit.apply", d.subject, manager(), d.env))
	require.NoError(t, d.do("apply", `{"receipt": "0086", "to_kind": "unit", "to_id": "zj"}`))
	require.Equal(t, "2026-03-09", d.permit().DueOn.String(), "seven days from the application (建筑法 art. 8)")
	require.Equal(t, "zj", d.permit().Holder.ID)
	d.on(2026, time.March, 4)
	d.refused(process.InvalidInput, "promised_on", d.do("accept", `{"missing": "施工图审查合格书"}`))
	d.refused(process.InvalidInput, "missing", d.do("accept", `{"promised_on": "2026-03-20"}`))
	d.refused(process.ImpossibleDate, "promised_on", d.do("accept", `{"missing": "x", "promised_on": "2026-03-03"}`))
	require.NoError(t, d.do("accept", `{"missing": "施工图审查合格书", "promised_on": "2026-03-20"}`))
	require.Equal(t, []string{permit.Deferred, "2026-03-20"}, []string{d.permit().State, d.permit().DueOn.String()})
	d.on(2026, time.March, 6)
	require.NoError(t, d.do("supply", `{}`))
	require.Equal(t, []string{permit.Accepted, "2026-03-09"}, []string{d.permit().State, d.permit().DueOn.String()}, "the limit runs from the application all the while")
	d.on(2026, time.March, 9)
	d.refused(process.InvalidInput, "certificate", d.do("issue", `{}`))
	d.refused(process.ImpossibleDate, "valid_until", d.do("issue", `{"certificate": "3413", "valid_until": "2026-03-08"}`))
	require.NoError(t, d.do("issue", `{"certificate": "3413"}`))
	p = d.permit()
	require.False(t, p.Case.Done, "it has to be used")
	require.Equal(t, []string{permit.Issued, "2026-06-09", "pm"}, []string{p.State, p.DueOn.String(), p.Holder.ID}, "three months (建筑法 art. 9)")
	require.Equal(t, clock.OnTime, p.Clocks[len(p.Clocks)-2].Verdict)
	d.refused(process.InvalidInput, "amount", d.do("extend", `{"amount": 4, "reason": "雨季"}`))
	require.NoError(t, d.do("extend", `{"amount": 3, "reason": "雨季"}`))
	require.NoError(t, d.do("extend", `{"amount": 3, "reason": "资金"}`))
	d.refused(process.WrongState, "", d.do("extend", `{"amount": 1, "reason": "再延"}`))
	require.Equal(t, "2026-12-09", d.permit().DueOn.String())
	for d.permit().State != permit.Expired {
		require.NoError(t, d.by(process.TheClock(), "remind", `{}`))
	}
	require.NotNil(t, d.permit().OverdueSince)
	require.NotNil(t, d.permit().NextWake, "it goes on being reminded of")
	d.on(2026, time.December, 15)
	d.refused(process.WrongState, "", d.do("extend", `{"amount": 1, "reason": "再延"}`))
	d.refused(process.WrongState, "", d.do("begin", `{}`))
	d.on(2026, time.December, 8)
	d.refused(process.ImpossibleDate, "occurred_on", d.do("apply", `{}`)) // it had not lapsed yet
	d.on(2026, time.December, 15)
	d.refused(process.ImpossibleDate, "applied_on", d.do("issue", `{"certificate": "1", "applied_on": "2026-12-01"}`))
	require.NoError(t, d.do("apply", `{}`))
	require.Equal(t, 2, d.permit().Round)
	require.Empty(t, d.permit().Certificate)
}

// TestBeginSettles: what was used in time is closed, by hand or because the project's construction began.
func TestBeginSettles(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "construction_permit", "need": "needed"}`))
	require.NoError(t, d.do("issue", `{"certificate": "3413", "applied_on": "2026-02-25"}`))
	kept := d.subject
	require.NoError(t, d.do("begin", `{}`))
	require.True(t, d.permit().Case.Done)
	d.subject = kept
	d.refused(process.NothingChanged, "", d.by(machine(), "heed", `{}`))
	d.env.Found.Parent.Began = clock.NewDate(2026, time.March, 10)
	d.on(2026, time.March, 10)
	require.NoError(t, d.by(machine(), "heed", `{}`))
	require.True(t, d.permit().Case.Done)
	require.Equal(t, "2026-03-10", d.permit().BegunOn.String())
}

func machine() process.Actor { return process.Actor{Type: process.Import, Name: "系统"} }

// TestAProjectTakesItsPermitsAlong: what is open ends with it, and what was issued stays issued.
func TestAProjectTakesItsPermitsAlong(t *testing.T) {
	t.Parallel()
	for state, open := range map[string]func(*desk){
		permit.Dropped: func(d *desk) { require.NoError(t, d.do("apply", `{}`)) },
		permit.Issued:  func(d *desk) { require.NoError(t, d.do("issue", `{"certificate": "1", "applied_on": "2026-03-01"}`)) },
		permit.Expired: func(d *desk) {
			require.NoError(t, d.do("issue", `{"certificate": "1", "applied_on": "2026-03-01"}`))
			d.permit().State = permit.Expired // its three months passed
		},
	} {
		d := newDesk(t)
		require.NoError(t, d.do("require", `{"project": "p", "item": "construction_permit", "need": "needed"}`))
		open(d)
		d.env.Found.Parent.Done = true
		require.NoError(t, d.by(machine(), "heed", `{}`))
		require.True(t, d.permit().Case.Done)
		require.Equal(t, state, d.permit().State)
	}
}

// TestImpossiblePermits: each of these is a clear refusal.
func TestImpossiblePermits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.refused(process.InvalidInput, "item", d.do("require", `{"project": "p", "item": "nonsense", "need": "needed"}`))
	d.refused(process.InvalidInput, "reason", d.do("require", `{"project": "p", "item": "eia", "need": "not_needed"}`))
	d.refused(process.ImpossibleDate, "apply_by", d.do("require", `{"project": "p", "item": "eia", "need": "needed", "apply_by": "2026-03-01"}`))
	parent := d.env.Found.Parent
	hazard := *parent
	hazard.Kind = "hazard"
	d.env.Found.Parent = &hazard
	d.refused(process.InvalidInput, "project", d.do("require", `{"project": "p", "item": "eia", "need": "needed"}`))
	d.env.Found.Parent = nil
	d.refused(process.InvalidInput, "project", d.do("require", `{"project": "XM-1", "item": "eia", "need": "needed"}`))
	d.env.Found.Parent = parent
	d.env.Found.Children = []process.Child{{Kind: permit.Kind, Slot: "eia", Number: "SX-2026-0001", Title: "环境影响评价（莱卡织造）", State: permit.Applied}}
	d.refused(process.InvalidInput, "item", d.do("require", `{"project": "p", "item": "eia", "need": "needed"}`))
	require.NoError(t, d.do("require", `{"project": "p", "item": "eia", "part": "二期", "need": "needed"}`), "one that comes in parts is on file once for each")
	d.refused(process.InvalidInput, "applied_on", d.do("issue", `{"certificate": "1"}`))
	d.refused(process.ImpossibleDate, "applied_on", d.do("issue", `{"certificate": "1", "sort": "table", "applied_on": "2026-03-03"}`))
	d.refused(process.WrongState, "", d.do("accept", `{}`))
	d.refused(process.WrongState, "", d.do("urge", `{"way": "call", "text": "快"}`))
	d.refused(process.InvalidInput, "sort", d.do("apply", `{}`))
	d.refused(process.InvalidInput, "sort", d.do("apply", `{"sort": "key"}`))
	d.on(2026, time.March, 5)
	require.NoError(t, d.do("apply", `{"sort": "table"}`))
	require.Equal(t, "2026-04-04", d.permit().DueOn.String(), "thirty days from receipt (环评法 art. 22)")
	d.refused(process.InvalidInput, "missing", d.do("accept", `{"missing": "x", "promised_on": "2026-03-20"}`))
	d.on(2026, time.March, 3)
	d.refused(process.ImpossibleDate, "occurred_on", d.do("accept", `{}`))
	d.refused(process.ImpossibleDate, "occurred_on", d.do("issue", `{"certificate": "1"}`))
	d.refused(process.ImpossibleDate, "occurred_on", d.do("refuse", `{"reason": "不符合"}`))
	d.on(2026, time.March, 6)
	require.NoError(t, d.do("refuse", `{"reason": "不符合准入"}`))
	require.Equal(t, permit.Refused, d.permit().State)
	d.on(2026, time.March, 5)
	d.refused(process.ImpossibleDate, "occurred_on", d.do("apply", `{}`)) // it was refused the day after
	d.on(2026, time.March, 6)
	require.NoError(t, d.do("excuse", `{"reason": "改为登记表，不再办理"}`))
	d.refused(process.Closed, "", d.do("apply", `{}`))
}

// TestUrging: a deed with its answer, justified or not.
func TestUrging(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "eia", "need": "needed"}`))
	require.NoError(t, d.do("apply", `{"sort": "report"}`))
	require.NoError(t, d.do("urge", `{"way": "letter", "to": "函〔2026〕3号", "text": "请安排评审"}`))
	d.refused(process.InvalidInput, "urge", d.do("answer_urge", `{"urge": "2", "answer": "x", "justified": "no"}`))
	d.on(2026, time.March, 1)
	d.refused(process.ImpossibleDate, "occurred_on", d.do("answer_urge", `{"urge": "1", "answer": "x", "justified": "no"}`))
	d.on(2026, time.March, 9)
	require.NoError(t, d.do("answer_urge", `{"urge": "1", "answer": "排在下周", "justified": "yes"}`))
	d.refused(process.InvalidInput, "urge", d.do("answer_urge", `{"urge": "1", "answer": "x", "justified": "no"}`))
	u := d.permit().Urges[0]
	require.Equal(t, []string{"letter", "排在下周", "yes", "2026-03-09"}, []string{u.Way, u.Answer, u.Justified, u.AnsweredOn.String()})
	out, ok := d.permit().Outside().(*permit.Permit)
	require.True(t, ok)
	require.Empty(t, out.Urges, "the enterprise does not read what the zone writes to others")
}

// TestAcceptanceLeadsToItsFilings: within fifteen days and five working days, put on file by themselves, or given their day where they are on file.
func TestAcceptanceLeadsToItsFilings(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "acceptance", "need": "needed"}`))
	d.env.Found.Children = []process.Child{{ID: "f", Kind: permit.Kind, Slot: "fire_acceptance", State: permit.Needed}}
	require.NoError(t, d.do("issue", `{"applied_on": "2026-02-28"}`))
	require.True(t, d.permit().Case.Done, "it only has to be there")
	require.Len(t, d.follow, 2)
	filing, ok := d.follow[0].Input.(permit.Require)
	require.True(t, ok)
	require.Equal(t, []string{"completion_filing", "2026-03-17", "p"}, []string{filing.Item, filing.ApplyBy.String(), filing.Project})
	fire, ok := d.follow[1].Input.(permit.Plan)
	require.True(t, ok)
	require.Equal(t, []string{"f", "2026-03-09"}, []string{d.follow[1].CaseID, fire.ApplyBy.String()})
}

// TestEveryPartLeadsToItsOwnFilings: the second part of an acceptance leaves the days of the first one's filings alone, and puts its own on file.
func TestEveryPartLeadsToItsOwnFilings(t *testing.T) {
	t.Parallel()
	for _, state := range []string{permit.Needed, permit.Applied, permit.Issued} {
		d := newDesk(t)
		require.NoError(t, d.do("require", `{"project": "p", "item": "acceptance", "part": "2#", "need": "needed"}`))
		d.env.Found.Children = []process.Child{{ID: "c1", Kind: permit.Kind, Slot: "completion_filing", Part: "1#", State: state}, {ID: "f1", Kind: permit.Kind, Slot: "fire_acceptance", Part: "1#", State: state},
			{ID: "f2", Kind: permit.Kind, Slot: "fire_acceptance", Part: "2#", State: permit.Needed}}
		require.NoError(t, d.do("issue", `{"applied_on": "2026-02-28"}`))
		require.Len(t, d.follow, 2)
		filing, ok := d.follow[0].Input.(permit.Require)
		require.True(t, ok)
		require.Equal(t, []string{"completion_filing", "2#", "2026-03-17"}, []string{filing.Item, filing.Part, filing.ApplyBy.String()})
		require.Equal(t, "f2", d.follow[1].CaseID)
	}
}

// TestIdleLandIsAlarmed at 6, 9, 12, 18 and 24 months after the agreed start, until construction begins.
func TestIdleLandIsAlarmed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "land_contract", "need": "needed"}`))
	d.refused(process.InvalidInput, "begin_by", d.do("issue", `{"certificate": "1", "applied_on": "2026-03-01"}`))
	d.refused(process.ImpossibleDate, "begin_by", d.do("issue", `{"certificate": "1", "applied_on": "2026-03-01", "begin_by": "2026-03-01"}`))
	require.NoError(t, d.do("issue", `{"certificate": "1", "applied_on": "2026-03-01", "begin_by": "2026-06-30"}`))
	fired := map[string]clock.Date{}
	for range 7 {
		at := clock.DateOf(*d.permit().NextWake)
		before := len(process.Running(d.permit().Clocks).Fired)
		require.NoError(t, d.by(process.TheClock(), "remind", `{}`))
		for _, f := range process.Running(d.permit().Clocks).Fired[before:] {
			fired[f.Rung] = at
		}
	}
	for rung, months := range map[string]int{"six_months": 6, "nine_months": 9, "idle_fee": 12, "eighteen_months": 18, "take_back": 24} {
		due := d.env.Calendar.NextWorkday(clock.NewDate(2026, time.June, 30).AddMonths(months))
		require.Equal(t, due.String(), fired[rung].String(), rung)
	}
	require.Equal(t, permit.Issued, d.permit().State, "a contract does not lapse by itself")
	d.on(2028, time.September, 1)
	require.NoError(t, d.do("begin", `{}`))
	require.True(t, d.permit().Case.Done)
}

// TestAPermitWithALastDayIsWatched until it expires, or nobody needs it any longer.
func TestAPermitWithALastDayIsWatched(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project": "p", "item": "discharge_permit", "need": "needed"}`))
	require.NoError(t, d.do("issue", `{"certificate": "1", "sort": "simple", "applied_on": "2026-03-01", "valid_until": "2026-12-31"}`))
	require.Equal(t, []string{permit.Issued, "2026-12-31"}, []string{d.permit().State, d.permit().DueOn.String()})
	kept := d.subject
	require.NoError(t, d.do("settle", `{"reason": "不再续期"}`))
	require.True(t, d.permit().Case.Done)
	d.subject = kept
	for range 3 {
		require.NoError(t, d.by(process.TheClock(), "remind", `{}`))
	}
	require.Equal(t, permit.Expired, d.permit().State)
}
