package registers_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/web/i18n"
)

// workbook is book with what else people do to a sheet.
func workbook(t *testing.T, rows [][]any, prepare func(*excelize.File)) *bytes.Reader {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	if prepare != nil {
		prepare(f)
	}
	var content bytes.Buffer
	require.NoError(t, f.Write(&content))
	return bytes.NewReader(content.Bytes())
}

// TestSheetsAsOfficesMakeThem: a title above, merged sections, full-width numbers, numbers with a tail, days of 1904.
func TestSheetsAsOfficesMakeThem(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	take := func(r register.Register, file *bytes.Reader) registers.Report {
		sheet, err := b.desk.Read(ctx, r, file)
		require.NoError(t, err)
		report, err := b.desk.Import(ctx, b.admin, r, sheet.Rows, false)
		require.NoError(t, err)
		return report
	}
	value := func(name register.Name, by, key, path string) string {
		records, err := b.Store.Records(ctx, name)
		require.NoError(t, err)
		for _, record := range records {
			if registers.Value(record.Doc, by) == key {
				return registers.Value(record.Doc, path)
			}
		}
		return "none"
	}
	require.True(t, take(of(register.UnitsName), workbook(t, [][]any{{"单位名称", "类别"}, {"招商科", "园区科室"}}, nil)).Done)
	report := take(of(register.PeopleName), workbook(t, [][]any{{"开发区人员名册"}, {"科室或部门", "姓名", "角色", "手机"}, {"招商科", "甲一", "项目经理", 13805570001}, {nil, "乙一", "项目经理", "１３８ ００００ ００００"}, {nil, "丙一", "项目经理"}}, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Sheet1", "A1", "D1"))
		require.NoError(t, f.MergeCell("Sheet1", "A3", "A5"))
		id, err := f.NewStyle(&excelize.Style{NumFmt: 11})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "D3", "D3", id))
	}))
	require.True(t, report.Done, "%+v", report.Lines)
	for _, name := range []string{"甲一", "乙一", "丙一"} {
		require.NotEmpty(t, value(register.PeopleName, "name", name, "unit_id"), name)
	}
	require.Equal(t, "13805570001", value(register.PeopleName, "name", "甲一", "mobile"))
	require.Equal(t, "138 0000 0000", value(register.PeopleName, "name", "乙一", "mobile"))

	report = take(of(register.BuildingsName), workbook(t, [][]any{{"企业", "楼栋名称", "建筑面积（平方米）", "层数"}, {"莱卡织造", "1 号厂房", 4200.1000000000004, 3}}, nil))
	require.True(t, report.Done, "%+v", report.Lines)
	require.Equal(t, "4200.1", value(register.BuildingsName, "name", "1 号厂房", "area"))
	old := true
	report = take(of(register.CampaignsName), workbook(t, [][]any{{"专项行动名称", "开始日期"}, {"百日行动", 44000}}, func(f *excelize.File) {
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}))
	}))
	require.True(t, report.Done, "%+v", report.Lines)
	require.Equal(t, "2024-06-19", value(register.CampaignsName, "name", "百日行动", "started_on"))
}

// TestWhatAPersonMendsIsNamedAtOnce: errors of Excel, headings that come twice, all faults of a row.
func TestWhatAPersonMendsIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	_, err := b.desk.Read(ctx, of(register.PeopleName), workbook(t, [][]any{{"姓名", "角色", "姓名"}, {"甲", "领导", "乙"}}, nil))
	require.ErrorContains(t, err, "twice: 姓名")
	try := func(name register.Name, rows [][]any) []registers.Line {
		sheet, err := b.desk.Read(ctx, of(name), workbook(t, rows, nil))
		require.NoError(t, err)
		report, err := b.desk.Import(ctx, b.admin, of(name), sheet.Rows, true)
		require.NoError(t, err)
		return report.Lines
	}
	faults := func(l registers.Line) map[string]string {
		found := map[string]string{}
		for _, f := range l.Faults {
			found[f.Name] += f.Chinese
		}
		return found
	}
	lines := try(register.EnterprisesName, [][]any{{"企业名称", "简称"}, {"甲公司", "#N/A 不是错误值"}})
	require.Equal(t, registers.Adds, lines[0].Verdict, "the same as a text is one")
	f := excelize.NewFile()
	defer f.Close()
	for at, text := range map[string]string{"A1": "企业名称", "B1": "简称", "A2": "甲公司"} {
		require.NoError(t, f.SetCellStr("Sheet1", at, text))
	}
	require.NoError(t, f.SetCellFormula("Sheet1", "B2", "NA()"))
	var content bytes.Buffer
	require.NoError(t, f.Write(&content))
	sheet, err := b.desk.Read(ctx, of(register.EnterprisesName), bytes.NewReader(content.Bytes()))
	require.NoError(t, err)
	report, err := b.desk.Import(ctx, b.admin, of(register.EnterprisesName), sheet.Rows, true)
	require.NoError(t, err)
	require.Contains(t, faults(report.Lines[0])["short_name"], "单元格里的公式还没有算出结果，请在表里改好再导入。")

	lines = try(register.PeopleName, [][]any{{"姓名", "账号", "角色", "科室或部门", "手机", "邮箱"}, {"甲", "JIA 甲", "领导", "没有的科室", "abc", "x"}, {nil, nil, "领导"}})
	require.Len(t, faults(lines[0]), 4, "%v", faults(lines[0]))
	require.NotContains(t, faults(lines[1]), "username", "it is made up from the name")
	require.Contains(t, faults(lines[1]), "name")
	admins, err := b.Store.Record(ctx, register.PeopleName, b.admin.ID)
	require.NoError(t, err)
	account, name := registers.Value(admins.Doc, "username"), registers.Value(admins.Doc, "name")
	lines = try(register.PeopleName, [][]any{{"姓名", "账号", "角色"}, {"另一位", account, "领导"}})
	require.Contains(t, faults(lines[0])["username"], "账号 "+account+" 是"+name+"的")
}

// TestTwoThousandEnterprises: tried in seconds; what was exported is read again whatever its size.
func TestTwoThousandEnterprises(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	b, of := setup(t)
	firms, path := of(register.EnterprisesName), filepath.Join(t.TempDir(), "firms.xlsx")
	rows := [][]any{{"企业名称", "简称", "行业", "地址"}}
	for i := range registers.MostRows {
		rows = append(rows, []any{fmt.Sprintf("泗县第%d新材料有限公司", i), fmt.Sprintf("第%d新材", i), "其他", "朝阳路"})
	}
	book(t, path, rows)
	began := time.Now()
	require.Equal(t, registers.MostRows, b.take(t, firms, path, true).Counts[registers.Adds])
	tried := time.Since(began)
	began = time.Now()
	require.True(t, b.take(t, firms, path, false).Done)
	taken := time.Since(began)
	t.Logf("tried in %s, taken in %s", tried, taken)
	require.Less(t, tried, max(5*time.Second, taken/3), "half a second where little else runs: a trial asks nothing and writes nothing that nothing on file is called like")

	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	for i := range 100 {
		rows[i+1] = []any{fmt.Sprintf("再加%d有限公司", i), "", "", ""}
	}
	book(t, path, rows[:101])
	require.True(t, b.take(t, firms, path, false).Done)
	exported, err := b.desk.Write(ctx, firms)
	require.NoError(t, err)
	began = time.Now()
	sheet, err := b.desk.Read(ctx, firms, bytes.NewReader(exported))
	require.NoError(t, err)
	require.Greater(t, len(sheet.Rows), registers.MostRows)
	report, err := b.desk.Import(ctx, b.admin, firms, sheet.Rows, true)
	require.NoError(t, err)
	require.Equal(t, len(sheet.Rows), report.Counts[registers.Same])
	t.Logf("%d rows that say what is so read again in %s", len(sheet.Rows), time.Since(began))
	require.Less(t, time.Since(began), 30*time.Second, "a second or two where nothing else runs")

	rows = [][]any{{"企业名称"}}
	for i := range registers.MostRows + 1 {
		rows = append(rows, []any{fmt.Sprintf("太多%d有限公司", i)})
	}
	sheet, err = b.desk.Read(ctx, firms, workbook(t, rows, nil))
	require.NoError(t, err)
	_, err = b.desk.Import(ctx, b.admin, firms, sheet.Rows, true)
	require.ErrorContains(t, err, "use several files")
}
