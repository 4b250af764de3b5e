package worksheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/worksheet"
)

// made is a workbook that excelize wrote.
func made(t *testing.T, write func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	write(f)
	var content bytes.Buffer
	require.NoError(t, f.Write(&content))
	return content.Bytes()
}

// raw is a workbook whose first sheet is as it is given, as other programs write it.
func raw(t testing.TB, sheet string, more map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="藏" sheetId="1" state="hidden" r:id="rId9"/><sheet name="表" sheetId="2" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet9.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet><sheetData>` + sheet + `</worksheet>`,
	}
	for name, text := range more {
		parts[name] = text
	}
	var content bytes.Buffer
	z := zip.NewWriter(&content)
	for name, text := range parts {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return content.Bytes()
}

func texts(s worksheet.Sheet) string {
	lines := []string{}
	for _, r := range s.Rows {
		cells := []string{}
		for _, c := range r.Cells {
			cells = append(cells, c.Text+c.Wrong)
		}
		lines = append(lines, fmt.Sprintf("%d:%s", r.Line, strings.Join(cells, "|")))
	}
	return strings.Join(lines, "\n")
}

// TestWhatOtherProgramsWrite: shared and inline texts, rich ones, formulas with what they came to, errors, blanks around, cells without a name.
func TestWhatOtherProgramsWrite(t *testing.T) {
	t.Parallel()
	content := raw(t, `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><r><t>经济</t></r><r><t>开发区</t></r></is></c><c t="s"><v>1</v></c></row>`+
		`<row r="3"><c r="A3" t="str"><f>A2&amp;"x"</f><v>陆志远x</v></c><c r="B3"><f>1+1</f><v>2</v></c><c r="C3" t="e"><f>VLOOKUP(1,A:A,2)</f><v>#N/A</v></c><c r="D3"><f>NOW()</f></c></row>`+
		`<row><c r="C4" t="b"><v>1</v></c><c t="d"><v>2026-11-23T00:00:00</v></c><c r="F4" s="1"><v>46349</v></c><c r="G4" s="2"/></row></sheetData>`,
		map[string]string{
			"xl/sharedStrings.xml": `<sst><si><t xml:space="preserve">  陆志远 </t></si><si><r><t>一</t></r><r><rPr/><t>行_x000D_
二行</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si></sst>`,
			"xl/styles.xml": `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="0"/></cellXfs></styleSheet>`,
		})
	sheet, err := worksheet.Read(content)
	require.NoError(t, err)
	require.Equal(t, "2:陆志远|经济开发区|一行\r\n二行\n3:陆志远x|2|#N/A|=\n4:||TRUE|2026-11-23||2026-11-23", texts(sheet))
	require.Equal(t, "#N/A", sheet.Rows[1].At(2).Wrong)
}

// TestWhatScriptsLeaveOut: texts in their cells, no styles, no shared texts, nothing that says which part is what, no workbook at all, and other
// encodings than UTF-8. Excel opens some of these and WPS all; who sends one would be told to save it anew without knowing why.
func TestWhatScriptsLeaveOut(t *testing.T) {
	t.Parallel()
	const row = `<row r="1"><c r="A1" t="inlineStr"><is><t>企业</t></is></c><c r="B1" t="inlineStr"><is><t xml:space="preserve"> 简称 </t></is></c></row><row><c t="inlineStr"><is><t/></is></c><c t="inlineStr"><is><t>锐芯</t></is></c></row></sheetData>`
	const want = "1:企业|简称\n2:|锐芯"
	without := func(gone ...string) []byte {
		content := raw(t, row, map[string]string{"xl/worksheets/sheet2.xml": `<worksheet><sheetData>` + row + `</worksheet>`})
		from, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		require.NoError(t, err)
		var kept bytes.Buffer
		to := zip.NewWriter(&kept)
		for _, f := range from.File {
			if !slices.Contains(gone, f.Name) {
				require.NoError(t, to.Copy(f))
			}
		}
		require.NoError(t, to.Close())
		return kept.Bytes()
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<?xml version="1.0" encoding="GBK"?><worksheet><sheetData>` + row + `</worksheet>`)
	require.NoError(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>` + row + `</worksheet>`)
	require.NoError(t, err)
	for name, content := range map[string][]byte{
		"NoStylesAndTexts":       raw(t, row, nil),
		"NoPackageRelations":     without("_rels/.rels"),
		"NoWorkbooksRelations":   without("xl/_rels/workbook.xml.rels"),
		"NoRelations":            without("_rels/.rels", "xl/_rels/workbook.xml.rels"),
		"NothingButSheets":       without("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"),
		"WithAMark":              raw(t, "", map[string]string{"xl/worksheets/sheet1.xml": "\ufeff<worksheet><sheetData>" + row + "</worksheet>"}),
		"InGBK":                  raw(t, "", map[string]string{"xl/worksheets/sheet1.xml": gbk}),
		"InUTF16":                raw(t, "", map[string]string{"xl/worksheets/sheet1.xml": wide}),
		"WithNamesOfTheirSpaces": raw(t, "", map[string]string{"xl/worksheets/sheet1.xml": `<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>企业</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>简称</x:t></x:is></x:c></x:row><x:row><x:c/><x:c t="inlineStr"><x:is><x:t>锐芯</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sheet, err := worksheet.Read(content)
			require.NoError(t, err)
			require.Equal(t, want, texts(sheet))
		})
	}
}

// TestNumbersAsTheyAreShown: fifteen digits, no exponents, days as days whichever year they count from.
func TestNumbersAsTheyAreShown(t *testing.T) {
	t.Parallel()
	old, long := true, "yyyy\"年\"m\"月\"d\"日\";@"
	for _, from1904 := range []bool{false, true} {
		content := made(t, func(f *excelize.File) {
			require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{4200.1000000000004, 13805570001, 1.3805570001e10, 0.1 + 0.2, 44000, 44000, 44000, 44000.5, 7, -3.50, 341324}))
			for at, style := range map[string]*excelize.Style{"E1": {NumFmt: 14}, "F1": {CustomNumFmt: &long}, "H1": {NumFmt: 22}, "K1": {CustomNumFmt: func() *string { s := "00000000"; return &s }()}} {
				id, err := f.NewStyle(style)
				require.NoError(t, err)
				require.NoError(t, f.SetCellStyle("Sheet1", at, at, id))
			}
			require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}))
			if !from1904 {
				require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
			}
		})
		day := map[bool]string{false: "2020-06-18", true: "2024-06-19"}[from1904]
		sheet, err := worksheet.Read(content)
		require.NoError(t, err)
		require.Equal(t, "1:4200.1|13805570001|13805570001|0.3|"+day+"|"+day+"|44000|"+day+" 12:00|7|-3.5|00341324", texts(sheet))
		require.Equal(t, day, sheet.Rows[0].At(6).Day(), "where a day is asked for its number will do")
		require.Equal(t, day, sheet.Rows[0].At(7).Day())
		require.Equal(t, "13805570001", sheet.Rows[0].At(1).Day())
	}
}

// TestANumberIsReadAsItWasTyped: whatever amount with two decimals, however a program calculated it.
func TestANumberIsReadAsItWasTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cents := rapid.Int64Range(-1e12, 1e12).Draw(r, "cents")
		want := fmt.Sprintf("%.2f", float64(cents)/100)
		want = strings.TrimSuffix(strings.TrimRight(want, "0"), ".")
		if want == "-0" {
			want = "0"
		}
		sheet, err := worksheet.Read(raw(t, fmt.Sprintf(`<row><c><v>%.17g</v></c></row></sheetData>`, float64(cents)/100), nil))
		if err != nil || texts(sheet) != "1:"+want {
			r.Fatalf("%d: %v %s", cents, err, texts(sheet))
		}
	})
}

// TestMergedCellsSayTheSame in every row in which something else stands; decoration of empty cells makes no rows.
func TestMergedCellsSayTheSame(t *testing.T) {
	t.Parallel()
	content := made(t, func(f *excelize.File) {
		for i, row := range [][]any{{"科室", "姓名"}, {"安监员室", "甲"}, {nil, "乙"}, {nil, nil}, {nil, "丙"}, {"项目科", "丁"}} {
			require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
		}
		for from, to := range map[string]string{"A2": "A5", "A20": "Z40"} {
			require.NoError(t, f.MergeCell("Sheet1", from, to))
		}
	})
	sheet, err := worksheet.Read(content)
	require.NoError(t, err)
	require.Equal(t, "1:科室|姓名\n2:安监员室|甲\n3:安监员室|乙\n5:安监员室|丙\n6:项目科|丁", texts(sheet))
}

// spent is the processor's time that this program has taken: other programs may have the machine meanwhile.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// TestAFewKilobytesCannotFillTheMemory: files that unpack to millions of cells, rows, texts or merged cells are refused at once.
func TestAFewKilobytesCannotFillTheMemory(t *testing.T) {
	far := strings.Builder{}
	for i := range 1999 {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d"/></row>`, i+1, i+1)
	}
	none := strings.Repeat(`<row r="1"><c r="A1"><v>1</v></c></row>`, 1)
	bombs := map[string][]byte{
		"cells in a row": raw(t, `<row>`+strings.Repeat(`<c/>`, 5_000_000)+`</row></sheetData>`, nil),
		"rows":           raw(t, strings.Repeat(`<row><c/></row>`, 2_000_000)+`</sheetData>`, nil),
		"one text":       raw(t, `<row><c t="str"><v>`+strings.Repeat("一", 30_000_000)+`</v></c></row></sheetData>`, nil),
		"texts":          raw(t, none+`</sheetData>`, map[string]string{"xl/sharedStrings.xml": `<sst>` + strings.Repeat(`<si/>`, 5_000_000) + `</sst>`}),
		"styles":         raw(t, none+`</sheetData>`, map[string]string{"xl/styles.xml": `<styleSheet><cellXfs>` + strings.Repeat(`<xf numFmtId="14"/>`, 3_000_000) + `</cellXfs></styleSheet>`}),
		"merged cells":   raw(t, none+`</sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B1"/>`, 2_000_000)+`</mergeCells>`, nil),
		"runs":           raw(t, `<row><c t="inlineStr"><is>`+strings.Repeat(`<r><t>a</t></r>`, 5_000_000)+`</is></c></row></sheetData>`, nil),
		"attributes":     raw(t, `<row `+strings.Repeat(`a="b" `, 3_000_000)+`/></sheetData>`, nil),
	}
	for name, content := range bombs {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := spent(t)
			_, err := worksheet.Read(content)
			took := spent(t) - began
			runtime.ReadMemStats(&after)
			require.ErrorContains(t, err, "too large")
			require.Less(t, took, 3*time.Second, "%d bytes", len(content)) // half a second where nothing else runs
			require.Less(t, after.Sys-min(before.Sys, after.Sys), uint64(200<<20), "memory that was taken from the system")
			t.Logf("%d bytes: %s, %d MiB allocated", len(content), took, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
	began := spent(t)
	sheet, err := worksheet.Read(raw(t, far.String()+`</sheetData>`, nil))
	require.NoError(t, err)
	require.Empty(t, sheet.Rows, "nothing stands in them")
	require.Less(t, spent(t)-began, 3*time.Second)
}

// TestWhatIsNoWorkbookIsToldApart.
func TestWhatIsNoWorkbookIsToldApart(t *testing.T) {
	t.Parallel()
	whole := raw(t, `<row><c t="str"><v>a</v></c></row></sheetData>`, nil)
	for name, of := range map[string]struct {
		content []byte
		says    string
	}{
		"nothing":     {nil, "cannot be read"},
		"text":        {[]byte("姓名,科室\n"), "cannot be read"},
		"xls":         {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "old kind"},
		"cut off":     {whole[:len(whole)-40], "cannot be read"},
		"not a sheet": {raw(t, `</row>`, nil), "cannot be read"},
		"far away":    {raw(t, `<row><c r="XFD1"><v>1</v></c></row></sheetData>`, nil), "too many columns"},
	} {
		_, err := worksheet.Read(of.content)
		require.ErrorContains(t, err, of.says, name)
	}
}

// FuzzRead: whatever bytes come, it answers.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	f.Add([]byte(`<row r="-1"><c r="ZZZ99999999999" t="e"><v>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		_, _ = worksheet.Read(raw(t, string(sheet)+`</sheetData>`, nil))
	})
}
