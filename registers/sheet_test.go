package registers_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

var cluster *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &cluster, store.Migrate) }

type bundle struct {
	*zonetest.Zone
	desk  *registers.Desk
	admin process.Actor
}

func setup(t *testing.T) (*bundle, func(name register.Name) register.Register) {
	t.Helper()
	_, app := cluster.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), app, cal, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	words, err := i18n.Load()
	require.NoError(t, err)
	z := zonetest.New(t, s)
	lent := 0
	b := &bundle{Zone: z, admin: z.As(process.Administrator), desk: &registers.Desk{Store: s, Words: words, Now: time.Now, Lend: func() (string, string, error) {
		lent++
		return fmt.Sprintf("password-%d", lent), "-", nil
	}}}
	return b, func(name register.Name) register.Register {
		r, ok := register.Of(name)
		require.True(t, ok)
		return r
	}
}

// book writes a workbook as an office does: the first row names the columns.
func book(t *testing.T, path string, rows [][]any) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, zonetest.Workbook(t, rows), 0o600))
}

func (b *bundle) take(t *testing.T, r register.Register, path string, try bool) registers.Report {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	sheet, err := b.desk.Read(ctx, r, file)
	require.NoError(t, err)
	report, err := b.desk.Import(ctx, b.admin, r, sheet.Rows, try)
	require.NoError(t, err)
	return report
}

// TestTheJourneysSheets: a zone takes the sheets of the journeys whole, and taken again they change nothing.
func TestTheJourneysSheets(t *testing.T) {
	t.Parallel()
	sheets := zonetest.Sheets(t)
	b, of := setup(t)
	for _, step := range []struct {
		file          string
		register      register.Name
		adds, changes int
	}{{"units", register.UnitsName, 12, 0}, {"people", register.PeopleName, 40, 0}, {"heads", register.UnitsName, 0, 11}, {"enterprises", register.EnterprisesName, 140, 0}} {
		path := filepath.Join(t.TempDir(), step.file+".xlsx")
		require.NoError(t, os.WriteFile(path, zonetest.Workbook(t, sheets[step.file]), 0o600))
		tried := b.take(t, of(step.register), path, true)
		require.Zero(t, tried.Counts[registers.Wrong], "%s: %+v", step.file, tried.Lines[0])
		require.False(t, tried.Done)
		report := b.take(t, of(step.register), path, false)
		require.True(t, report.Done)
		require.Equal(t, []int{step.adds, step.changes}, []int{report.Counts[registers.Adds], report.Counts[registers.Changes]}, step.file)
		again := b.take(t, of(step.register), path, false)
		require.Equal(t, len(again.Lines), again.Counts[registers.Same], "%s: what is there already changes nothing", step.file)
		if step.register == register.PeopleName {
			require.Len(t, report.Passwords, 40)
			require.Equal(t, "luzhiyuan", report.Passwords[0].Username)
		}
	}
	seen, before := 0, ""
	for {
		deeds, err := b.Store.RegisterDeeds(t.Context(), "", before, 50)
		require.NoError(t, err)
		if len(deeds) == 0 {
			break
		}
		seen, before = seen+len(deeds), deeds[len(deeds)-1].Cursor()
	}
	require.Equal(t, 12+40+11+140, seen, "every deed is on one page of the record")
}

// TestAWrongRowKeepsTheWholeSheetOut: each fault is named with its row and column, and nothing is written.
func TestAWrongRowKeepsTheWholeSheetOut(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	path := filepath.Join(t.TempDir(), "人员.xlsx")
	book(t, path, [][]any{{"姓名", "账号", "角色", "科室或部门", "所属企业", "备注"},
		{"好人", "hao", "项目经理、包保干部", "项目科", ""},
		{"没有角色", "leer", "", "项目科", ""},
		{"错角色", "falsch", "园长", "项目科", ""},
		{"错科室", "wo", "安监员", "不存在科", ""},
		{"企业兼职", "zwei", "企业、领导", "", "莱卡织造"},
		{"部门没部门", "amt", "部门", "", ""},
		{"又一个", "hao", "领导", "", ""},
		{"", "", "", "", ""},
		{"坏账号", "坏", "领导", "", ""}})
	before, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)
	report := b.take(t, of(register.PeopleName), path, false)
	require.False(t, report.Done)
	faults := map[int]string{}
	for _, line := range report.Lines {
		for _, f := range line.Faults {
			faults[line.Row] = f.Name
		}
	}
	require.Equal(t, map[int]string{3: "roles", 4: "roles", 5: "unit_id", 6: "roles", 7: "unit_id", 8: "username", 10: "username"}, faults)
	require.Equal(t, registers.Adds, report.Lines[0].Verdict)
	after, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)
	require.Len(t, after, len(before), "nothing was written")
}

// TestEveryRegisterComesBackAsItWent: what is exported is read again and changes nothing; what begins like a formula stays text.
func TestEveryRegisterComesBackAsItWent(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("en"))
	for name, cells := range map[register.Name]map[string]string{
		register.UnitsName:       {"name": "=1+1", "kind": "zone", "head_id": b.As(process.Leader).ID, "deputy_id": b.Second.ID},
		register.EnterprisesName: {"name": "泗县公式有限公司", "short_name": "@SUM(A1)", "aliases": "+甲、-乙", "department_id": "县住建局", "address": "朝阳路"},
		register.BuildingsName:   {"enterprise_id": "莱卡织造", "name": "1 号厂房", "area": "4200.5", "floors": "3"},
		register.CampaignsName:   {"name": "消防专项", "started_on": "2026年3月1日"},
		register.ChecklistsName:  {"name": "通用检查表", "basic": "有责任制，并经考核、公示|安全生产法第二十二条|限期\n有台账", "site": "通道畅通||当场", "serious": "液氨、粉尘"},
		register.TenanciesName:   {"enterprise_id": "莱卡织造", "tenant_id": "鸿瑞印务", "place": "3 号厂房"},
		register.LevelsName:      {"name": "较大", "code": "B", "statutory": "general"},
		register.VisitPlansName:  {"name": "光伏季度检查", "sector": "先进光伏", "visit_sort": "定期检查", "every_months": "3", "from": "2026-03-02"},
		register.OtherVisitsName: {"enterprise_id": "莱卡织造", "on": "2026-03-01", "body": "县消防救援大队", "purpose": "消防抽查"},
		register.LibraryName:     {"name": "灭火器过期", "category": "消防设施", "clause": "消防法第十六条", "wording": "灭火器超过有效期。", "level": "general", "handling": "deadline", "days": "7"},
		register.PeopleName:      {"name": "双职", "username": "shuangzhi", "roles": "项目经理、包保干部", "unit_id": "项目科"},
	} {
		_, err := b.desk.Set(ctx, b.admin, of(name), "", cells)
		require.NoError(t, err, name)
		text, err := b.desk.Write(ctx, of(name))
		require.NoError(t, err)
		f, err := excelize.OpenReader(strings.NewReader(string(text)))
		require.NoError(t, err)
		formula, err := f.GetCellFormula(f.GetSheetName(0), "A2")
		require.NoError(t, err)
		require.Empty(t, formula)
		require.NoError(t, f.Close())
		sheet, err := b.desk.Read(ctx, of(name), strings.NewReader(string(text)))
		require.NoError(t, err)
		require.Empty(t, sheet.Ignored)
		report, err := b.desk.Import(ctx, b.admin, of(name), sheet.Rows, true)
		require.NoError(t, err)
		require.Equal(t, len(report.Lines), report.Counts[registers.Same], "%s: %+v", name, report.Lines)
	}
}

// TestDeedsAreOnRecord: who changed what, from what to what, by name.
func TestDeedsAreOnRecord(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	_, err := b.desk.Set(ctx, b.admin, of(register.UnitsName), b.Section, map[string]string{"name": "项目建设科", "head_id": b.As(process.Leader).ID})
	require.NoError(t, err)
	deeds, err := b.Store.RegisterDeeds(ctx, b.Section, "", 10)
	require.NoError(t, err)
	require.Len(t, deeds, 1)
	require.Equal(t, b.admin.Name, deeds[0].ActorName)
	require.Equal(t, []store.Changed{{Field: "name", Old: "项目科", New: "项目建设科"}, {Field: "head_id", New: b.As(process.Leader).Name}}, deeds[0].Changed)
	_, err = b.desk.Set(ctx, b.admin, of(register.UnitsName), b.Section, map[string]string{"name": "项目建设科"})
	require.NoError(t, err)
	deeds, err = b.Store.RegisterDeeds(ctx, b.Section, "", 10)
	require.NoError(t, err)
	require.Len(t, deeds, 1, "what changes nothing is no deed")
}

// TestTheLastAdministratorStays: nobody can take the role from the last one.
func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	_, err := b.desk.Set(ctx, b.admin, of(register.PeopleName), b.admin.ID, map[string]string{"roles": "领导"})
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "roles", refusal.Fields[0].Name)
}
