package registers_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestANameAloneChangesNobody: a row without an account that is of a namesake is asked whom it means, and is told what to write.
func TestANameAloneChangesNobody(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	people := of(register.PeopleName)
	path := filepath.Join(t.TempDir(), "people.xlsx")
	book(t, path, [][]any{{"姓名", "角色", "手机"}, {"陈砚清", "安监员", "13900000001"}, {"张伟", "领导", "13900000002"}, {"张伟", "领导", "13900000003"}})
	require.True(t, b.take(t, people, path, false).Done)
	again := b.take(t, people, path, false)
	require.Equal(t, 3, again.Counts[registers.Same], "each of two namesakes is found by what the row says: %+v", again.Lines)
	before, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)

	book(t, path, [][]any{{"姓名", "角色"}, {"陈砚清", "项目经理"}, {"张伟", "项目经理"}})
	report := b.take(t, people, path, false)
	require.False(t, report.Done)
	require.Equal(t, 2, report.Counts[registers.Wrong])
	require.Equal(t, "username", report.Lines[0].Faults[0].Name)
	require.Contains(t, report.Lines[0].Faults[0].Chinese, "账号是 chenyanqing。")
	require.Contains(t, report.Lines[0].Faults[0].Chinese, "例如 chenyanqing2。")
	require.Contains(t, report.Lines[1].Faults[0].Chinese, "zhangwei、zhangwei2")
	after, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)
	require.Equal(t, before, after)

	book(t, path, [][]any{{"姓名", "账号", "角色"}, {"陈砚清", "chenyanqing2", "项目经理"}, {"陈砚清", "chenyanqing", "领导"}})
	report = b.take(t, people, path, false)
	require.Equal(t, []registers.Verdict{registers.Adds, registers.Changes}, []registers.Verdict{report.Lines[0].Verdict, report.Lines[1].Verdict})
}

// TestNobodyIsWrittenTwiceByOneSheet: a row that is there once more, or a name with its telephone, is no second person; namesakes with telephones of their own are.
func TestNobodyIsWrittenTwiceByOneSheet(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	people := of(register.PeopleName)
	path := filepath.Join(t.TempDir(), "people.xlsx")
	for _, again := range [][]any{{"李娜", "安监员", "13900000001", ""}, {"李娜", "领导", "13900000001", "a@b.cn"}, {"王芳", "领导", "", ""}} {
		book(t, path, [][]any{{"姓名", "角色", "手机", "邮箱"}, {"李娜", "安监员", "13900000001", ""}, {"王芳", "领导", "", ""}, {"李娜", "安监员", "13900000002", ""}, again})
		report := b.take(t, people, path, false)
		require.False(t, report.Done)
		require.Equal(t, 1, report.Counts[registers.Wrong], "%+v", report.Lines)
		require.Regexp(t, `^和第 [23] 行重复。$`, report.Lines[3].Faults[0].Chinese)
	}
}

// TestRowsWithoutANameAreNotTheSame: each lacks its name, and none is said to be another one.
func TestRowsWithoutANameAreNotTheSame(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	path := filepath.Join(t.TempDir(), "people.xlsx")
	book(t, path, [][]any{{"姓名", "角色", "手机", "邮箱"}, {"", "安监员", "13900000001", ""}, {"", "领导", "13900000002", ""}})
	report := b.take(t, of(register.PeopleName), path, false)
	require.Len(t, report.Lines, 2)
	for _, line := range report.Lines {
		require.NotEmpty(t, line.Faults)
		for _, fault := range line.Faults {
			require.NotContains(t, fault.Chinese, "重复")
		}
	}
}

// TestVisitsOfOneSortAreManyRecords: visits have no name. A sheet with one purpose in every row is so many visits, the next one adds its own, and what is the same day,
// body and purpose at one enterprise is the same visit, of which a row may say what came of it.
func TestVisitsOfOneSortAreManyRecords(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	visits := of(register.OtherVisitsName)
	path := filepath.Join(t.TempDir(), "visits.xlsx")
	head := []any{"企业", "检查日期", "检查单位", "检查事项", "结果、处罚"}
	laika, hongrui := []any{"莱卡织造", "2026-03-01", "县消防救援大队", "消防监督抽查", ""}, []any{"鸿瑞印务", "2026-03-01", "县消防救援大队", "消防监督抽查", ""}
	book(t, path, [][]any{head, laika, hongrui})
	require.Equal(t, 2, b.take(t, visits, path, false).Counts[registers.Adds])
	later := []any{"莱卡织造", "2026-06-01", "县消防救援大队", "消防监督抽查", ""}
	hongrui[4] = "罚款 5000 元"
	book(t, path, [][]any{head, later, laika, hongrui})
	report := b.take(t, visits, path, false)
	require.Equal(t, map[registers.Verdict]int{registers.Adds: 1, registers.Same: 1, registers.Changes: 1}, report.Counts)
	records, err := b.Store.Records(t.Context(), register.OtherVisitsName)
	require.NoError(t, err)
	require.Len(t, records, 3)
	book(t, path, [][]any{head, later, later})
	require.Regexp(t, `^和第 2 行重复。$`, b.take(t, visits, path, false).Lines[1].Faults[0].Chinese)
}

// TestNamesComeBackAsTheyWent: whatever signs a name holds, a form and a sheet give it back.
func TestNamesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx, firms := i18n.With(t.Context(), b.desk.Words.Speak("zh")), of(register.EnterprisesName)
	aliases := []string{`"丰" 字号`, "Alpha Co., Ltd.", "Beta, Inc", "甲、乙合伙", "一，二；三;四", `五"六`}
	record := register.Enterprise{Name: "甲公司", Aliases: aliases}
	done, err := b.Store.Keep(ctx, b.admin, firms.Name, []store.Keeping{{Record: record}}, b.desk.Now())
	require.NoError(t, err)
	kept, err := b.Store.Record(ctx, firms.Name, done[0].ID)
	require.NoError(t, err)
	doc, err := b.desk.Fill(ctx, firms, kept.Doc, map[string]string{"aliases": registers.Value(kept.Doc, "aliases"), "address": "朝阳路"})
	require.NoError(t, err)
	require.ElementsMatch(t, aliases, registers.Texts(doc, "aliases"))
	before, err := b.desk.Write(ctx, firms)
	require.NoError(t, err)
	_, err = b.desk.Set(ctx, b.admin, firms, done[0].ID, map[string]string{"name": "甲，改名后的公司", "short_name": "改名后"})
	require.NoError(t, err)
	kept, err = b.Store.Record(ctx, firms.Name, done[0].ID)
	require.NoError(t, err)
	former := registers.Texts(kept.Doc, "former_names")
	require.Contains(t, former, "甲公司")
	stale, err := b.desk.Read(ctx, firms, strings.NewReader(string(before)))
	require.NoError(t, err)
	tried, err := b.desk.Import(ctx, b.admin, firms, stale.Rows, true)
	require.NoError(t, err)
	require.Zero(t, tried.Counts[registers.Adds], "a sheet of before the renaming makes no second one")
	_, err = b.desk.Set(ctx, b.admin, firms, done[0].ID, map[string]string{"address": "别处"})
	require.NoError(t, err)
	text, err := b.desk.Write(ctx, firms)
	require.NoError(t, err)
	sheet, err := b.desk.Read(ctx, firms, strings.NewReader(string(text)))
	require.NoError(t, err)
	report, err := b.desk.Import(ctx, b.admin, firms, sheet.Rows, true)
	require.NoError(t, err)
	require.Equal(t, len(report.Lines), report.Counts[registers.Same], "%+v", report.Lines)
	kept, err = b.Store.Record(ctx, firms.Name, done[0].ID)
	require.NoError(t, err)
	require.Equal(t, former, registers.Texts(kept.Doc, "former_names"), "neither lost nor doubled")
	require.ElementsMatch(t, aliases, registers.Texts(kept.Doc, "aliases"))
	doc, err = b.desk.Fill(ctx, firms, nil, map[string]string{"name": "乙", "aliases": "丰禾，丰禾食品; Gamma Co., Ltd.,老丰禾"})
	require.NoError(t, err)
	require.Equal(t, []string{"丰禾", "丰禾食品", "Gamma Co., Ltd.", "老丰禾"}, registers.Texts(doc, "aliases"), "people separate names as they like")
}

// TestARegisterReadsWhatAFormReads: days and counts as people write them, and no day that cannot be.
func TestARegisterReadsWhatAFormReads(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	for _, day := range []string{"２０２６／１１／２３", "2026年11月23日（周一）", "46349", "2026.11.23"} {
		kept, err := b.desk.Set(ctx, b.admin, of(register.CampaignsName), "", map[string]string{"name": uuid.NewString(), "started_on": day})
		require.NoError(t, err, day)
		record, err := b.Store.Record(ctx, register.CampaignsName, kept.ID)
		require.NoError(t, err)
		require.Equal(t, "2026-11-23", registers.Value(record.Doc, "started_on"), day)
	}
	kept, err := b.desk.Set(ctx, b.admin, of(register.BuildingsName), "", map[string]string{"enterprise_id": "莱卡织造", "name": "1 号厂房", "floors": "３", "area": "４，２００．５"})
	require.NoError(t, err)
	record, err := b.Store.Record(ctx, register.BuildingsName, kept.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"3", "4200.5"}, []string{registers.Value(record.Doc, "floors"), registers.Value(record.Doc, "area")})
	for _, day := range []string{"0000-01-01", "-0044-03-15", "9999-12-31", "1899-12-31"} {
		_, err := b.desk.Keep(ctx, b.admin, of(register.CampaignsName), store.Keeping{Record: json.RawMessage(`{"name":"x","started_on":"` + day + `","ended_on":null}`)})
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, day)
	}
}

// TestCasesFollowWhateverRenamed: a sheet that is taken, and a field that is set by command; a sheet that is only tried changes nothing.
func TestCasesFollowWhateverRenamed(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	firms, manager, id, now := of(register.EnterprisesName), b.As(process.ProjectManager), uuid.NewString(), time.Now()
	sector, mode := "textile", project.OwnLand
	input, err := json.Marshal(project.Open{Title: "莱卡织造二期", EnterpriseID: b.Enterprise, EntryStage: "lead", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	require.NoError(t, err)
	_, err = b.Store.Apply(t.Context(), process.Order{CaseID: id, Command: project.OpenName, Input: input, Call: process.Call{Key: "open", Actor: manager, OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
	says := func() string {
		p, err := b.Store.Project(t.Context(), manager, id, clock.DateOf(now))
		require.NoError(t, err)
		return p.EnterpriseName
	}
	require.Equal(t, "莱卡织造", says())
	path := filepath.Join(t.TempDir(), "firms.xlsx")
	book(t, path, [][]any{{"企业名称", "简称"}, {"泗县莱卡织造有限公司", "莱卡新"}})
	require.False(t, b.take(t, firms, path, true).Done)
	require.Equal(t, "莱卡织造", says(), "a trial changes nothing")
	require.True(t, b.take(t, firms, path, false).Done)
	require.Equal(t, "莱卡新", says())
	_, err = b.desk.Set(t.Context(), b.admin, firms, b.Enterprise, map[string]string{"short_name": "莱卡"})
	require.NoError(t, err)
	require.Equal(t, "莱卡", says())
}

// TestWhoLeftIsNotMadeAnew: an office imports the sheet it began with once more. Whoever left meanwhile is known by it, with an account and without; a row that says
// something else of their name is asked whom it means; and a unit that names them says so, and not that head and deputy are one.
func TestWhoLeftIsNotMadeAnew(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	people, units := of(register.PeopleName), of(register.UnitsName)
	path, section := filepath.Join(t.TempDir(), "people.xlsx"), filepath.Join(t.TempDir(), "units.xlsx")
	sheet := [][]any{{"姓名", "角色", "手机", "账号"}, {"周志远", "安监员", "13900000001", ""}, {"郑安", "安监员", "13900000002", "zhengan"}, {"陈砚清", "安监员", "13900000003", ""}}
	book(t, path, sheet)
	require.True(t, b.take(t, people, path, false).Done)
	office := [][]any{{"单位名称", "类别", "正职", "副职"}, {"安监科", "园区科室", "周志远", "陈砚清"}}
	book(t, section, office)
	require.True(t, b.take(t, units, section, false).Done)
	before, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)
	who := map[string]string{}
	for _, one := range before {
		who[registers.Value(one.Doc, "username")] = one.ID
	}
	require.NoError(t, b.Store.PassPlaces(t.Context(), b.admin, who["zhouzhiyuan"], who["chenyanqing"], "离任", b.desk.Now()))
	ended := b.desk.Now()
	for _, account := range []string{"zhouzhiyuan", "zhengan"} {
		require.NoError(t, b.Store.Accounts().SetDisabled(t.Context(), &ended, who[account]))
	}

	for _, try := range []bool{true, false} {
		report := b.take(t, people, path, try)
		require.Equal(t, map[registers.Verdict]int{registers.Same: 3}, report.Counts, "%+v", report.Lines)
		require.Equal(t, []string{"账号 zhouzhiyuan 已停用，不再新增。", "账号 zhengan 已停用，不再新增。", ""},
			[]string{report.Lines[0].Note.Chinese, report.Lines[1].Note.Chinese, report.Lines[2].Note.Chinese})
	}
	sheet[1][2], sheet[2][1] = "13900000009", "项目经理"
	book(t, path, sheet)
	report := b.take(t, people, path, false)
	require.Equal(t, 2, report.Counts[registers.Wrong], "%+v", report.Lines)
	for i, says := range []string{"周志远的账号 zhouzhiyuan 已停用，不再新增。", "郑安的账号 zhengan 已停用，不再新增。"} {
		require.Len(t, report.Lines[i].Faults, 1)
		require.Contains(t, report.Lines[i].Faults[0].Chinese, says)
	}
	require.Contains(t, report.Lines[0].Faults[0].Chinese, "例如 zhouzhiyuan2")
	after, err := b.Store.Records(t.Context(), register.PeopleName)
	require.NoError(t, err)
	require.Len(t, after, len(before), "nobody has two accounts")
	sheet[1][3] = "zhouzhiyuan2" // another one of that name
	book(t, path, [][]any{sheet[0], sheet[1]})
	require.Equal(t, 1, b.take(t, people, path, true).Counts[registers.Adds])

	report = b.take(t, units, section, false)
	require.Len(t, report.Lines[0].Faults, 1, "%+v", report.Lines[0].Faults)
	require.Equal(t, "head_id", report.Lines[0].Faults[0].Name)
	require.Contains(t, report.Lines[0].Faults[0].Chinese, "“周志远”的账号已停用")
	office[1][2], office[1][3] = "查无此人", "郑安"
	book(t, section, office)
	report = b.take(t, units, section, false)
	require.Len(t, report.Lines[0].Faults, 2, "%+v", report.Lines[0].Faults)
	require.Contains(t, report.Lines[0].Faults[0].Chinese, "没有找到“查无此人”")
	require.Contains(t, report.Lines[0].Faults[1].Chinese, "“郑安”的账号已停用")
}
