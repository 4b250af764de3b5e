package inspection_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/checklist"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
)

// bench is an inspection with what the door looks up for it.
type bench struct {
	t   *testing.T
	env inspection.Env
	i   inspection.Inspection
}

func setup(t *testing.T) *bench {
	t.Helper()
	shipped, err := definitions.Shipped(inspection.Entry())
	require.NoError(t, err)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	d, _ := shipped[0].(inspection.Definition)
	person := func(id, card string, role process.Role) process.Party {
		return process.Party{Kind: process.HeldByPerson, ID: id, Name: id, Card: card, Roles: process.Of(role)}
	}
	firm := process.Party{Kind: process.HeldByEnterprise, ID: "firm", Name: "莱卡织造"}
	return &bench{t: t, env: inspection.Env{Definition: d, Env: process.Env{Rules: d, Calendar: cal,
		Uploads: map[string]process.Upload{"file": {ID: "file", Name: "a.jpg", UploadedBy: "ding"}},
		Directory: process.Directory{"firm": firm, "ding": person("ding", "皖L-1", process.SafetySupervisor), "chen": person("chen", "皖L-2", process.SafetySupervisor),
			"bare": person("bare", "", process.SafetySupervisor), "theirs": person("theirs", "x", process.Enterprise), "audit": person("audit", "x", process.Auditor)},
		Found: process.Found{Visited: &process.Visited{Party: firm}, Checklists: []process.Checklist{{ID: "list", Name: "通用", Version: 3, Basic: []string{"有责任制"},
			Site: []string{"液氨储罐无泄漏|GB 28009|当场", "通道畅通"}, Serious: []string{"液氨"}}}}}}}
}

// call is one by the supervisor, so many days after Monday the second of March 2026.
func call(days int) process.Call {
	at := time.Date(2026, time.March, 2, 3, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: "ding", Name: "ding", Roles: process.Of(process.SafetySupervisor)}, OccurredAt: at, RecordedAt: at}
}

func (b *bench) does(days int, commands ...inspection.Command) process.Decision[inspection.Inspection] {
	b.t.Helper()
	var last process.Decision[inspection.Inspection]
	for _, c := range commands {
		var err error
		last, err = c.Decide(b.i, call(days), b.env)
		require.NoError(b.t, err)
		b.i = last.After
		b.i.Version++
	}
	return last
}

func (b *bench) refuses(days int, c inspection.Command, code process.Code, field string) *process.Refusal {
	b.t.Helper()
	before := b.i
	_, err := c.Decide(b.i, call(days), b.env)
	var refusal *process.Refusal
	require.ErrorAs(b.t, err, &refusal, "%#v", c)
	require.Equal(b.t, code, refusal.Code, "%s", refusal)
	require.Equal(b.t, before, b.i, "a refusal changes nothing")
	if field != "" {
		require.NotEmpty(b.t, refusal.Fields)
		require.Equal(b.t, field, refusal.Fields[0].Name, "%s", refusal)
	}
	return refusal
}

func arranged(change func(*inspection.Arrange)) inspection.Arrange {
	c := inspection.Arrange{EnterpriseID: "firm", On: call(3).Day(), Sort: "daily", ChecklistID: "list", InspectorIDs: []string{"chen"}}
	if change != nil {
		change(&c)
	}
	return c
}

func concluded(change func(*inspection.Conclude)) inspection.Conclude {
	c := inspection.Conclude{From: "9:30", Until: "10：45", Head: "刘启明", Signature: inspection.Signed, CardsShown: true}
	if change != nil {
		change(&c)
	}
	return c
}

// TestTwoInspectorsWithCards: two different people of the zone's staff, each with a card on record; never the enterprise's people, never an auditor.
func TestTwoInspectorsWithCards(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, change := range map[string]func(*inspection.Arrange){
		"nobody else": func(c *inspection.Arrange) { c.InspectorIDs = nil }, "oneself twice": func(c *inspection.Arrange) { c.InspectorIDs = []string{"ding"} },
		"the enterprise's": func(c *inspection.Arrange) { c.InspectorIDs = []string{"theirs"} }, "an auditor": func(c *inspection.Arrange) { c.InspectorIDs = []string{"audit"} },
		"no card": func(c *inspection.Arrange) { c.InspectorIDs = []string{"bare"} }, "unknown": func(c *inspection.Arrange) { c.InspectorIDs = []string{"nobody"} },
	} {
		_, err := arranged(change).Decide(b.i, call(0), b.env)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, name)
		require.Contains(t, refusal.Fields[0].Name, "inspector_ids", name)
	}
	b.does(0, arranged(nil))
	require.Equal(t, []inspection.Inspector{{ID: "ding", Name: "ding", Card: "皖L-1"}, {ID: "chen", Name: "chen", Card: "皖L-2"}}, b.i.Inspectors)
}

// TestTheVersionUsedIsKept: an inspection keeps the lines and the version of the checklist that it took, whatever is published afterwards.
func TestTheVersionUsedIsKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(nil))
	b.env.Found.Checklists = []process.Checklist{{ID: "list", Name: "通用", Version: 4, Site: []string{"换了"}}}
	b.does(3, inspection.Check{Rest: true}, concluded(nil))
	require.Equal(t, 3, b.i.ListVersion)
	require.Equal(t, []string{"b1", "s1", "s2"}, []string{b.i.Items[0].Number, b.i.Items[1].Number, b.i.Items[2].Number})
	require.Equal(t, inspection.Item{Number: "s1", Group: checklist.Site, Text: "液氨储罐无泄漏", Clause: "GB 28009", Suggests: checklist.AtOnce, Result: inspection.Pass}, b.i.Items[1])
	require.Equal(t, inspection.Inspected, b.i.State)
	require.True(t, b.i.Done)
	require.Equal(t, []string{"09:30", "10:45"}, []string{b.i.From, b.i.Until})
	require.Nil(t, b.i.NextWake, "nobody is reminded any more")
	b.refuses(4, inspection.Check{Rest: true}, process.Closed, "")
}

// TestItemsAreFilledInBitByBit: what was said stays until it is said anew; one that fails needs words; the end needs a result of each.
func TestItemsAreFilledInBitByBit(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(nil))
	b.refuses(3, inspection.Check{Results: map[string]string{"s1": inspection.Fail}}, process.InvalidInput, "notes.s1")
	b.refuses(3, inspection.Check{Results: map[string]string{"s9": inspection.Pass}}, process.InvalidInput, "results")
	b.refuses(3, inspection.Check{Results: map[string]string{"s1": "good"}}, process.InvalidInput, "results.s1")
	b.refuses(3, inspection.Check{Photos: map[string][]inspection.Shot{"s1": {{UploadID: "none"}}}}, process.UnknownUpload, "photos.s1")
	b.does(3, inspection.Check{Results: map[string]string{"s1": inspection.Fail}, Notes: map[string]string{"s1": "阀门渗漏"}, Photos: map[string][]inspection.Shot{"s1": {{UploadID: "file"}}}})
	require.Equal(t, inspection.Visiting, b.i.State)
	require.Equal(t, "firm", b.i.EnterpriseID, "now the enterprise knows")
	require.Equal(t, "s1", b.i.Attachments[0].Requirement, "the picture belongs to its item")
	require.Contains(t, b.i.Hint(b.i.Items[1]).Chinese, "可能是重大事故隐患")
	b.refuses(3, concluded(nil), process.WrongState, "b1")
	b.does(3, inspection.Check{Results: map[string]string{"b1": inspection.NotApplicable}})
	require.Equal(t, inspection.Fail, b.i.Items[1].Result, "what was said stays")
	b.does(3, inspection.Check{Rest: true})
	require.Equal(t, []string{inspection.NotApplicable, inspection.Fail, inspection.Pass}, []string{b.i.Items[0].Result, b.i.Items[1].Result, b.i.Items[2].Result})
	b.refuses(3, inspection.Check{Rest: true}, process.NothingChanged, "")
	b.refuses(3, inspection.Cancel{Reason: "x"}, process.WrongState, "")
	b.refuses(3, inspection.FindNobody{Outcome: "locked", Note: "x"}, process.WrongState, "")
}

// TestWhoSignsOrRefuses: the head of the unit signs, or refuses, which is written down and reported to the leaders (安全生产法 art. 68).
func TestWhoSignsOrRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(nil))
	b.does(3, inspection.Check{Rest: true})
	b.refuses(3, concluded(func(c *inspection.Conclude) { c.Signature = inspection.Refused }), process.InvalidInput, "refusal")
	b.refuses(3, concluded(func(c *inspection.Conclude) { c.Refusal = "x" }), process.InvalidInput, "refusal")
	b.refuses(3, concluded(func(c *inspection.Conclude) { c.Head = " " }), process.InvalidInput, "head")
	b.refuses(3, concluded(func(c *inspection.Conclude) { c.Until = "8:00" }), process.InvalidInput, "left_at")
	b.refuses(3, concluded(func(c *inspection.Conclude) { c.From = "25:00" }), process.InvalidInput, "came_at")
	d := b.does(3, concluded(func(c *inspection.Conclude) { c.Signature, c.Refusal = inspection.Refused, "认为问题不属实" }))
	require.Equal(t, process.NoticeUnsigned, d.Notices[0].Kind)
	require.Equal(t, string(process.Leader), d.Notices[0].ToID)
	require.Contains(t, d.Reason, "认为问题不属实")
}

// TestNobodyThere: a visit that found nobody ends with an outcome, which proposes the enterprise's status, and reminds nobody any more.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(nil))
	require.NotNil(t, b.i.NextWake)
	b.refuses(3, inspection.FindNobody{Outcome: "locked", Note: "大门上锁"}, process.InvalidInput, "attachments")
	photo := []process.Evidence{{UploadID: "file"}}
	b.refuses(3, inspection.FindNobody{Outcome: "asleep", Note: "x", Attachments: photo}, process.InvalidInput, "outcome")
	b.does(3, inspection.FindNobody{Outcome: "moved", Note: "大门上锁，邻厂称已搬走", Attachments: photo})
	require.Equal(t, []string{inspection.Missed, "moved", "moved"}, []string{b.i.State, b.i.Outcome, b.i.Proposes})
	require.True(t, b.i.Done)
	require.Nil(t, b.i.NextWake)
	require.Empty(t, b.i.EnterpriseID, "who was not met is told nothing")
}

// TestNotTwiceWithoutAReason: whoever plans another visit within the days that the definition names is asked back with what the enterprise was visited for and how
// often that year; visits that found nobody bothered nobody.
func TestNotTwiceWithoutAReason(t *testing.T) {
	t.Parallel()
	b := setup(t)
	on := call(3).Day()
	b.env.Found.Visited.Visits = []process.Visit{{CaseID: "far", Number: "JC-2026-0001", On: on.AddDays(-50), For: "日常检查", Done: true},
		{CaseID: "near", Number: "JC-2026-0002", On: on.AddDays(-20), For: "消防专项", Done: true}, {CaseID: "old", Number: "JC-2025-0009", On: on.AddDays(-200), For: "x", Done: true}}
	refusal := b.refuses(0, arranged(nil), process.InvalidInput, "why")
	require.Contains(t, refusal.Chinese, "消防专项")
	require.Contains(t, refusal.Chinese, "JC-2026-0002")
	require.Contains(t, refusal.Chinese, "当年已有 2 次")
	d, err := arranged(func(c *inspection.Arrange) { c.Why = "群众举报" }).Decide(b.i, call(0), b.env)
	require.NoError(t, err)
	require.Equal(t, "群众举报", d.After.Why)
	b.env.Found.Visited.Visits[1].Outcome = "locked"
	b.does(0, arranged(nil))
	b.env.Found.Visited.Visits = append(b.env.Found.Visited.Visits, process.Visit{CaseID: "next", Number: "JC-2026-0007", On: on.AddDays(40), For: "节前检查"})
	later := on.AddDays(30)
	require.Contains(t, b.refuses(0, inspection.Rearrange{On: &later}, process.InvalidInput, "why").Chinese, "有一次检查", "what is planned counts too")
	b.does(0, inspection.Rearrange{On: &later, Why: "企业停电"})
	require.Equal(t, later, b.i.DueOn)
}

// TestAnyGapIsJudgedBothWays: whichever of two days comes first, the second is asked back exactly when they lie closer than the definition says.
func TestAnyGapIsJudgedBothWays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rapid.Check(t, func(t *rapid.T) {
		gap := rapid.IntRange(-60, 60).Draw(t, "gap")
		env := b.env
		env.Found.Visited = &process.Visited{Party: b.env.Found.Visited.Party, Visits: []process.Visit{{CaseID: "x", On: call(100).Day().AddDays(gap), Done: true}}}
		_, err := arranged(func(c *inspection.Arrange) { c.On = call(100).Day() }).Decide(inspection.Inspection{}, call(0), env)
		if asked := err != nil; asked != (max(gap, -gap) < env.Definition.GapDays) {
			t.Fatalf("%d days apart: %v", gap, err)
		}
	})
}

// TestPlantInPlant: who sits on the site is inspected together with it, each in an inspection of its own with the same day, inspectors and checklist, once.
func TestPlantInPlant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.env.Found.Tenants = []process.Tenancy{{ID: "t1", Name: "鸿瑞印务", Place: "3 号厂房"}, {ID: "t2", Name: "华星医疗"}}
	b.i.ID = "landlord"
	b.does(0, arranged(func(c *inspection.Arrange) { c.CampaignID = "" }))
	b.refuses(0, inspection.Include{Tenants: []string{"stranger"}}, process.InvalidInput, "tenants")
	b.refuses(0, inspection.Include{Tenants: []string{"t1", "t1"}}, process.InvalidInput, "tenants")
	d := b.does(0, inspection.Include{Tenants: []string{"t1"}})
	require.Len(t, d.Follow, 1)
	follows, _ := d.Follow[0].Input.(inspection.Arrange)
	require.Equal(t, []any{"t1", b.i.On, "landlord", "list", []string{"ding", "chen"}}, []any{follows.EnterpriseID, follows.On, follows.With, follows.ChecklistID, follows.InspectorIDs})
	require.Contains(t, follows.Why, "莱卡织造")
	b.refuses(0, inspection.Include{Tenants: []string{"t1"}}, process.InvalidInput, "tenants")
}

// TestTheEnterpriseReadsNothingBefore: before the inspectors are there the case is not its enterprise's; what was found is read once the record was laid before it,
// and the zone's own reasons never.
func TestTheEnterpriseReadsNothingBefore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(func(c *inspection.Arrange) { c.Why = "群众举报" }))
	require.Empty(t, b.i.EnterpriseID)
	b.does(3, inspection.Check{Rest: true})
	shown, _ := b.i.Outside().(*inspection.Inspection)
	require.Empty(t, shown.Items)
	require.Empty(t, shown.Inspectors)
	b.does(3, concluded(nil))
	shown, _ = b.i.Outside().(*inspection.Inspection)
	require.Len(t, shown.Items, 3)
	require.Equal(t, inspection.Inspector{Name: "ding", Card: "皖L-1"}, shown.Inspectors[0])
	require.Empty(t, shown.Why)
	require.Empty(t, shown.Serious)
}

// TestWhoIsGoneIsVisitedForAReason: where the register says that nobody is met any more, planning asks why.
func TestWhoIsGoneIsVisitedForAReason(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.env.Found.Visited.Status = "moved"
	b.refuses(0, arranged(nil), process.InvalidInput, "why")
	b.does(0, arranged(func(c *inspection.Arrange) { c.Why = "核实是否搬离" }))
	require.Equal(t, clock.NewDate(2026, time.March, 5), b.i.DueOn)
}
