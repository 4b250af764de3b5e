package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

func (b *bundle) firm(t *testing.T, e store.Enterprise) string {
	t.Helper()
	if e.Sector == "" {
		e.Sector = "other"
	}
	id, err := b.Store.AddEnterprise(t.Context(), e)
	require.NoError(t, err)
	return id
}

// shortNames are what the actor finds, in order.
func (b *bundle) shortNames(t *testing.T, actor process.Actor, words string) []string {
	t.Helper()
	found, err := b.Store.FindEnterprises(t.Context(), actor, words, 10)
	require.NoError(t, err)
	names := []string{}
	for _, f := range found {
		names = append(names, f.ShortName)
	}
	return names
}

func TestFindsEnterprises(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.firm(t, store.Enterprise{Name: "重庆长城重工有限公司", ShortName: "长城重工", CreditCode: "91350100M000100Y43", Aliases: []string{"CCZG", "老农机厂"}})
	b.firm(t, store.Enterprise{Name: "安徽新莱卡新材料有限公司", ShortName: "新莱卡"})
	pm := b.As(process.ProjectManager)
	for words, want := range map[string][]string{
		"":                       {"新莱卡", "莱卡织造", "长城重工", "鸿瑞印务"},
		"莱卡":                     {"莱卡织造", "新莱卡"}, // the beginning before the middle
		"莱":                      {"莱卡织造", "新莱卡"},
		"泗县 莱卡":                  {"莱卡织造"}, // spaces do not count
		"lkzz":                   {"莱卡织造"},
		"LK":                     {"莱卡织造", "新莱卡"},
		"l":                      {"莱卡织造", "长城重工", "新莱卡"}, // 老农机厂 is another name of the second
		"hryw":                   {"鸿瑞印务"},
		"sxhr":                   {"鸿瑞印务"}, // of the full name
		"cczg":                   {"长城重工"},
		"cqcc":                   {"长城重工"}, // 重 is read chong here
		"zqcc":                   {"长城重工"},
		"农机":                     {"长城重工"},
		"lnjc":                   {"长城重工"},
		"91350100M000100Y43":     {"长城重工"},
		"91350100m":              {"长城重工"},
		"９１３５０１００":               {"长城重工"}, // full-width digits
		"不存在":                    {},
		"%":                      {},
		"_":                      {},
		"' OR 1=1":               {},
		strings.Repeat("q", 100): {},
	} {
		require.ElementsMatch(t, want, b.shortNames(t, pm, words), words)
		if words != "" {
			require.Equal(t, want, b.shortNames(t, pm, words), words)
		}
	}
	found, err := b.Store.FindEnterprises(t.Context(), pm, "农机", 10)
	require.NoError(t, err)
	require.Equal(t, "老农机厂", found[0].Alias, "it says by which other name it was found")
	for _, bad := range []string{strings.Repeat("长", 101), "a\x00b", "\xff"} {
		_, err := b.Store.FindEnterprises(t.Context(), pm, bad, 10)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
	}
}

func TestAContactFindsItsOwnEnterpriseOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, words := range []string{"", "莱卡", "鸿瑞", "hryw", "有限公司", "sx"} {
		for _, name := range b.shortNames(t, b.RivalOne, words) {
			require.Equal(t, "鸿瑞印务", name, words)
		}
	}
	require.Equal(t, []string{"鸿瑞印务"}, b.shortNames(t, b.RivalOne, "hr"))
}

func TestFindsPeople(t *testing.T) {
	t.Parallel()
	b := setup(t)
	add := func(name, username, role string) string {
		row := accounts.AddUserParams{ID: uuid.NewString(), ParkID: b.Park.ID, Username: username, Name: name, Roles: []string{role}, PasswordHash: "-"}
		if role == "department" {
			row.UnitID = &b.Bureau
		}
		require.NoError(t, b.Store.Accounts().AddUser(t.Context(), row))
		return row.ID
	}
	meng := add("孟清岚", "mengqinglan", "safety_supervisor")
	add("孟庆来", "u0107", "project_manager")
	add("宋闻达", "songwenda", "department")
	add("孟审计", "audit2", "auditor")
	add("孟管理", "root2", "administrator")
	names := func(actor process.Actor, circle choice.Circle, words string, barred ...string) []string {
		found, err := b.Store.FindPeople(t.Context(), actor, circle, words, barred, 10)
		require.NoError(t, err)
		names := []string{}
		for _, f := range found {
			names = append(names, f.Name)
		}
		return names
	}
	pm := b.As(process.ProjectManager)
	require.Equal(t, []string{"孟庆来", "孟清岚"}, names(pm, choice.Workers, "孟"), "no auditor, no administrator")
	require.ElementsMatch(t, []string{"孟清岚", "孟庆来"}, names(pm, choice.Workers, "mq"))
	require.Equal(t, []string{"孟清岚"}, names(pm, choice.Workers, "mengqinglan"), "by account")
	require.Equal(t, []string{"孟庆来"}, names(pm, choice.Workers, "u01"), "by number")
	require.Equal(t, []string{"孟庆来"}, names(pm, choice.Workers, "孟", meng), "who cannot be meant is left out")
	require.Equal(t, []string{"宋闻达"}, names(pm, choice.Workers, "swd"))
	require.Empty(t, names(pm, choice.Colleagues, "swd"), "a department's officer is no colleague")
	require.Equal(t, []string{"孟清岚"}, names(pm, choice.Supervisors, "孟"))
	require.Equal(t, []string{"宋闻达"}, names(b.As(process.Department), choice.Workers, "宋"))
	now := b.now
	require.NoError(t, b.Store.Accounts().SetDisabled(t.Context(), &now, meng))
	require.Equal(t, []string{"孟庆来"}, names(pm, choice.Workers, "孟"), "nobody whose account has ended")
}

func TestStrangersFindNobody(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, actor := range []process.Actor{b.Contact, b.As(process.Auditor)} {
		for _, circle := range []choice.Circle{choice.Workers, choice.Colleagues, choice.Supervisors, choice.Liaisons, "everybody"} {
			_, err := b.Store.FindPeople(t.Context(), actor, circle, "", nil, 10)
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, process.NotAllowed, refusal.Code)
		}
		_, err := b.Store.FindUnits(t.Context(), actor, "", nil, 10)
		require.Error(t, err)
	}
	_, err := b.Store.PersonNamed(t.Context(), b.Contact, b.Second.ID)
	require.Error(t, err)
	_, err = b.Store.PersonNamed(t.Context(), b.As(process.Auditor), b.Second.ID)
	require.NoError(t, err, "a colleague may stand in for an auditor on leave")
	units, err := b.Store.FindUnits(t.Context(), b.As(process.ProjectManager), "xzjj", nil, 10)
	require.NoError(t, err)
	require.Len(t, units, 1)
	require.Equal(t, "县住建局", units[0].Name)
	units, err = b.Store.FindUnits(t.Context(), b.As(process.ProjectManager), "", []string{b.Bureau}, 10)
	require.NoError(t, err)
	require.Len(t, units, 1, "the present holder is left out")
}

// TestFindingIsIndexed: a part of a name is found through the index, also among thousands.
func TestFindingIsIndexed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `INSERT INTO enterprises (id, park_id, name, short_name)
		SELECT gen_random_uuid(), $1, '安徽第' || n || '号' || chr(19968 + n) || '机械有限公司', chr(19968 + n) || '机械' || n FROM generate_series(1, 5000) AS n`, b.Park.ID)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "ANALYZE enterprises, enterprise_aliases")
	require.NoError(t, err)
	rows, err := conn.Query(t.Context(), "EXPLAIN SELECT id FROM enterprises AS e WHERE e.park_id = $1 AND e.grams @> pairs($2::text)", pgx.QueryExecModeExec, b.Park.ID, "莱卡")
	require.NoError(t, err)
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Contains(t, strings.Join(plan, "\n"), "enterprises_found")
	require.Equal(t, []string{"莱卡织造"}, b.shortNames(t, b.As(process.ProjectManager), "莱卡"))
	for _, words := range []string{"", "莱卡", "lkzz", "j", "机械", "ahd", "安徽第4321号"} {
		start := time.Now()
		for range 20 {
			b.shortNames(t, b.As(process.ProjectManager), words)
		}
		t.Logf("%q: %s", words, time.Since(start)/20)
	}
}

func TestAnEnterpriseIsOnFileOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.firm(t, store.Enterprise{Name: "甲公司", ShortName: "甲", CreditCode: "91350100M000100Y43", Aliases: []string{"Alpha(集团)"}})
	for name, e := range map[string]store.Enterprise{
		"莱卡织造":  {Name: "泗县莱卡织造 有限公司", ShortName: "另一家"},
		"鸿瑞印务":  {Name: "另一家", ShortName: "鸿瑞印务"},
		"甲（甲公司": {Name: "alpha（集团）", ShortName: "乙"},
		"甲":     {Name: "丙公司", ShortName: "丙", CreditCode: "91350100M000100Y43"},
	} {
		_, added, err := b.Store.PutEnterprise(t.Context(), e)
		var known *store.KnownEnterprise
		require.ErrorAs(t, err, &known, name)
		require.Contains(t, known.Refusal.Chinese, name)
		require.False(t, added)
		one, err := b.Store.Enterprise(t.Context(), b.As(process.ProjectManager), known.ID)
		require.NoError(t, err)
		require.Contains(t, known.Refusal.Chinese, one.ShortName)
	}
	e := store.Enterprise{ID: uuid.NewString(), Name: "丁公司", ShortName: "丁"}
	id, added, err := b.Store.PutEnterprise(t.Context(), e)
	require.NoError(t, err)
	require.True(t, added)
	again, added, err := b.Store.PutEnterprise(t.Context(), e)
	require.NoError(t, err)
	require.False(t, added, "the repeat adds nothing")
	require.Equal(t, id, again)
	require.NoError(t, b.Store.DropEnterprise(t.Context(), id))
	_, err = b.Store.Enterprise(t.Context(), b.As(process.ProjectManager), id)
	require.Error(t, err)
	b.openProject(t, "lead")
	require.NoError(t, b.Store.DropEnterprise(t.Context(), b.Enterprise))
	_, err = b.Store.Enterprise(t.Context(), b.As(process.ProjectManager), b.Enterprise)
	require.NoError(t, err, "one with a case stays")
}
