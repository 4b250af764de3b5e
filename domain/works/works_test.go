package works_test

import (
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

func template(t testing.TB) works.Template {
	t.Helper()
	all, err := definitions.Projects()
	require.NoError(t, err)
	require.NotNil(t, all[len(all)-1].Works)
	return *all[len(all)-1].Works
}

func TestCodesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2#-5#": "2# 3# 4# 5#", "5#6#7#": "5# 6# 7#", "3#4#": "3# 4#", "1#、3#": "1# 3#", "1#, 2#；4#": "1# 2# 4#", "１＃－３＃": "1# 2# 3#", "2#～4#": "2# 3# 4#",
		"2#至4#": "2# 3# 4#", "01#": "1#", "1号厂房": "1#", "1#厂房、2#厂房": "1# 2#", "1#和2#": "1# 2#", "a1#-a3#": "A1# A2# A3#", "厂房": "厂房", "1#、门卫室": "1# 门卫室",
		"2# - 4#": "2# 3# 4#", "1#厂房2#厂房": "1# 2#", "6#2#-5#": "6# 2# 3# 4# 5#", " 1#\n2# ": "1# 2#",
	} {
		codes, faults := works.Codes(works.Span(text))
		require.Empty(t, faults, text)
		require.Equal(t, strings.Fields(want), strs(codes), text)
	}
}

func strs(codes []works.Code) []string {
	all := []string{}
	for _, c := range codes {
		all = append(all, string(c))
	}
	return all
}

func TestCodesThatCannotBeReadAreAskedBack(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1-3#": "1#-3#", "12": "12#", "5#-2#": "前大后小", "2#-": "写全两头", "1#1#": "写了两遍", "2#-5#、4#": "4# 写了两遍", "1#仓库": "编号后面不写名称", "x": "", "A1#-B3#": "字母要相同",
		"1#-999#": "超过 100 栋", "####": "看不明白", "\x00": "看不明白", strings.Repeat("厂", 30): "看不明白", "一-二": "看不明白",
	} {
		_, faults := works.Codes(works.Span(text))
		if want == "" {
			require.Empty(t, faults, text)
			continue
		}
		require.NotEmpty(t, faults, text)
		require.Contains(t, faults[0].Chinese, want, text)
		require.NotEmpty(t, faults[0].English)
	}
	_, faults := works.Codes("1-3#、12", "5#-2#", "7#7#")
	require.Len(t, faults, 4, "all of them at once, over all spans: %v", faults)
	require.Error(t, works.Span(" 、 ").Bounds("buildings"))
}

// TestWhatIsWrittenIsReadAsTheSame: Codes(Format(x)) = x, for any different codes in any order.
func TestWhatIsWrittenIsReadAsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.Custom(func(r *rapid.T) works.Code {
			if rapid.IntRange(0, 9).Draw(r, "sort") == 0 {
				return works.Code(rapid.SampledFrom([]string{"厂房", "门卫室", "综合楼(东)", "B区", "Lab", "二期-1", "1号", "2#-5#", "「旧」", "1#厂房", "=cmd", "、"}).Draw(r, "name"))
			}
			read, faults := works.Codes(works.Span(rapid.SampledFrom([]string{"", "", "A", "b"}).Draw(r, "letter") + rapid.StringMatching(`[1-9][0-9]?`).Draw(r, "n") + "#"))
			require.Empty(r, faults)
			return read[0]
		}), 1, 40, func(c works.Code) works.Code { return c }).Draw(r, "codes")
		if rapid.Bool().Draw(r, "sorted") {
			slices.SortFunc(codes, func(a, b works.Code) int { return strings.Compare(string(a), string(b)) })
		}
		written := works.Format(codes)
		read, faults := works.Codes(works.Span(written))
		require.Empty(r, faults, written)
		require.Equal(r, codes, read, written)
	})
}

// TestAnythingIsReadOrRefused: no text panics or hangs, and none is read and refused at once.
func TestAnythingIsReadOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("12#-~至和、号厂房 A「」")))).Draw(r, "text")
		codes, faults := works.Codes(works.Span(text))
		require.True(r, len(codes) == 0 || len(faults) == 0)
		for _, c := range codes {
			again, wrong := works.Codes(works.One(c))
			require.Empty(r, wrong, "%q of %q", c, text)
			require.Equal(r, []works.Code{c}, again)
		}
	})
}

// TestEveryCodeCanBeNamed: whatever is on file has a span that names it and nothing else.
func TestEveryCodeCanBeNamed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		c := works.Code(rapid.OneOf(rapid.StringN(1, 40, -1), rapid.StringOfN(rapid.RuneFrom([]rune("12#-号厂房、「」")), 1, 40, -1)).Draw(r, "code"))
		read, unread := works.Codes(works.One(c))
		require.Empty(r, unread)
		require.Equal(r, []works.Code{c}, read)
		require.NoError(r, works.One(c).Bounds("buildings"))
	})
}

func TestACodeIsKeptInOneForm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]works.Code{"1号": "1#", "1＃": "1#", "01#": "1#", "1#厂房": "1#", "a2#": "A2#", "门卫室": "门卫室"} {
		code, use, unread := works.Proper(text)
		require.Empty(t, unread, text)
		require.Equal(t, want, code)
		require.Equal(t, text == "1#厂房", use == "厂房", text)
	}
	for _, text := range []string{"2#-5#", "1#2#", "=cmd", "「1#」", "「x」", "、"} {
		_, _, unread := works.Proper(text)
		require.NotEmpty(t, unread, text)
	}
}

func running(steps ...string) []works.Progress { return of(works.Running, steps...) }

func of(state works.State, steps ...string) []works.Progress {
	all := []works.Progress{}
	for _, s := range steps {
		all = append(all, works.Progress{Step: s, State: state})
	}
	return all
}

func hall(code works.Code, steps ...[]works.Progress) works.Building {
	return works.Building{Code: code, Use: "厂房", Steps: slices.Concat(steps...)}
}

// nine are the projects that the annual report of 2024 names, as records.
func nine() []works.Site {
	site := slices.Concat(running("utilities"), of(works.Preparing, "spoil", "levelling"))
	return []works.Site{
		{Name: "泉为二期", Buildings: []works.Building{hall("厂房", of(works.Done, "structure"), running("interior"))}},
		{Name: "煊炑生物", Buildings: []works.Building{hall("1#", of(works.Done, "structure", "built"), running("facade")), hall("2#", running("fire", "doors")), hall("3#", running("walls")), hall("4#", running("walls"))}},
		{Name: "莱卡织造", Buildings: []works.Building{hall("1#", running("frame")), hall("2#", running("floor")), hall("3#", running("floor")), hall("4#", running("floor")), hall("5#", running("floor"))}},
		{Name: "中创汽配", Steps: site}, {Name: "鸿瑞印务", Steps: site},
		{Name: "拓斯代童装", Buildings: []works.Building{hall("5#", running("ground_beams")), hall("6#", running("ground_beams")), hall("7#", running("ground_beams"))}},
		{Name: "吉顺木业", Buildings: []works.Building{hall("1#", of(works.Done, "walls", "roof"), running("interior"))}},
		{Name: "点点家具", Buildings: []works.Building{hall("厂房", running("excavation"))}},
		{Name: "华星医疗", Buildings: []works.Building{hall("1#", running("ground_beams"))}},
	}
}

// TestTheReportsSentences holds what comes out of the records against the report itself, word for word.
func TestTheReportsSentences(t *testing.T) {
	t.Parallel()
	report, err := os.ReadFile("testdata/report-2024.txt")
	require.NoError(t, err)
	require.Equal(t, strings.TrimSpace(string(report)), template(t).Sentences(nine()).Chinese)
}

func TestSentences(t *testing.T) {
	t.Parallel()
	tm := template(t)
	for want, s := range map[string]works.Site{
		"":              {Name: "甲", Buildings: []works.Building{hall("1#")}},
		"甲已完成场地平整":      {Name: "甲", Steps: of(works.Done, "levelling")},
		"甲，1#厂房已完成地基开挖": {Name: "甲", Steps: of(works.Done, "levelling"), Buildings: []works.Building{hall("1#", of(works.Done, "excavation"))}},
		"甲，正在平整土地，1#3#厂房正在进行地基开挖":       {Name: "甲", Steps: running("levelling"), Buildings: []works.Building{hall("1#", running("excavation")), hall("2#"), hall("3#", running("excavation"))}},
		"甲，1#厂房正在安装门窗、消防设施和水电暖通、进行内部装修": {Name: "甲", Buildings: []works.Building{hall("1#", running("doors", "fire", "services", "interior"))}},
		"甲，1#厂房主体已建设完成，准备安装门窗":          {Name: "甲", Buildings: []works.Building{hall("1#", of(works.Done, "structure"), of(works.Preparing, "doors"))}},
		"甲，1#厂房已建成，2#正在进行砌墙":            {Name: "甲", Buildings: []works.Building{hall("1#", of(works.Done, "built")), {Code: "2#", Steps: running("walls")}}},
		"甲，正在安装1#厂房门窗和消防设施":             {Name: "甲", Buildings: []works.Building{hall("1#", running("doors", "fire"))}},
	} {
		got := tm.Sentence(s)
		require.Equal(t, want, got.Chinese)
		require.Equal(t, want == "", got.English == "")
	}
}

func TestTheSameInEnglish(t *testing.T) {
	t.Parallel()
	s := works.Site{Name: "甲", Steps: of(works.Preparing, "spoil"), Buildings: []works.Building{hall("1#", of(works.Done, "built"), running("facade")), hall("2#", of(works.Done, "walls"))}}
	require.Equal(t, "甲: preparing: hauling spoil; building 1# built, finishing the façade; building 2# Walls done", template(t).Sentence(s).English)
}

func TestPercent(t *testing.T) {
	t.Parallel()
	tm := template(t)
	all := []string{}
	for _, s := range tm.Steps {
		all = append(all, s.ID)
	}
	require.Equal(t, 0, works.Percent(tm.Ratio(hall("1#"))))
	require.Equal(t, 100, works.Percent(tm.Ratio(hall("1#", of(works.Done, all...)))))
	require.Equal(t, big.NewRat(10, 84), tm.Ratio(hall("1#", running("frame"))), "half of 20, of the 84 that a frame weighs without piles")
	require.Equal(t, big.NewRat(11, 84), tm.Ratio(works.Building{Structure: "steel", Steps: running("steelwork")}))
	require.Equal(t, big.NewRat(0, 1), tm.Ratio(works.Building{Structure: "steel", Steps: running("frame")}), "steel has no concrete frame")
	require.Equal(t, big.NewRat(10, 52), tm.Ratio(works.Building{Structure: "fit_out", Steps: running("interior")}))
	require.Equal(t, big.NewRat(5, 89), tm.Ratio(hall("1#", of(works.Done, "piling"))), "piles weigh where there are some")
	require.Equal(t, 100, works.Percent(tm.Ratio(hall("1#", of(works.Done, "built")))), "what is built is built, whatever was recorded on the way")
	require.Equal(t, 100, works.Percent(tm.Ratio(hall("1#", running("walls"), of(works.Done, "built")))))
	require.Equal(t, big.NewRat(35, 84), tm.Ratio(hall("1#", of(works.Done, "structure"))), "earth, foundations, beams and frame; no piles were recorded")
	require.Equal(t, big.NewRat(89, 93), tm.SiteRatio(works.Site{Buildings: []works.Building{hall("1#", of(works.Done, "built"))}}), "the ground was levelled before; the yard comes after")
	require.Equal(t, 99, works.Percent(big.NewRat(999999, 1000000)), "100 is only what is wholly done")
	small, large := hall("1#", of(works.Done, all...)), hall("2#")
	small.Structure, large.Structure = "frame", "frame"
	even := tm.SiteRatio(works.Site{Buildings: []works.Building{small, large}})
	small.Area, large.Area = 1000_00, 3000_00
	require.Equal(t, -1, tm.SiteRatio(works.Site{Buildings: []works.Building{small, large}}).Cmp(even), "a small hall counts less")
	require.Equal(t, big.NewRat(2, 93), tm.SiteRatio(works.Site{Steps: of(works.Done, "utilities")}), "2 of the 9 of the site beside the 84 of a building")
}

// TestPercentOnlyGrows: whatever is recorded more of a project, it is between 0 and 1 and never less than before, and all of it is 100 %.
func TestPercentOnlyGrows(t *testing.T) {
	t.Parallel()
	tm := template(t)
	rapid.Check(t, func(r *rapid.T) {
		site := works.Site{Buildings: []works.Building{{Code: "1#", Structure: rapid.SampledFrom([]string{"", "frame", "steel", "fit_out"}).Draw(r, "a"), Area: rapid.Int64Range(0, 9).Draw(r, "m")},
			{Code: "2#", Structure: rapid.SampledFrom([]string{"frame", "steel"}).Draw(r, "b"), Area: rapid.Int64Range(1, 9).Draw(r, "n")}}}
		last := tm.SiteRatio(site)
		order := rapid.Permutation(slices.Concat(tm.Steps, tm.Steps, tm.Steps)).Draw(r, "order")
		for i, step := range order {
			p := works.Progress{Step: step.ID, State: works.Done}
			if step.Optional && (i < len(order) && !recorded(site, step.ID)) { // what comes to be counted makes the whole larger
				continue
			}
			put(&site, step, p)
			next := tm.SiteRatio(site)
			require.GreaterOrEqual(r, next.Cmp(last), 0)
			require.LessOrEqual(r, next.Cmp(big.NewRat(1, 1)), 0)
			last = next
		}
		require.Equal(r, 100, works.Percent(last))
	})
}

func recorded(s works.Site, id string) bool {
	return slices.ContainsFunc(s.Buildings[0].Steps, func(p works.Progress) bool { return p.Step == id })
}

func put(s *works.Site, step works.Step, p works.Progress) {
	if step.Site {
		s.Steps = append(s.Steps, p)
		return
	}
	for i := range s.Buildings {
		s.Buildings[i].Steps = append(s.Buildings[i].Steps, p)
	}
}

func TestATemplateThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*works.Template){
		"NoStructure":      func(tm *works.Template) { tm.Structures = nil },
		"Percent":          func(tm *works.Template) { tm.StartedCounts = 101 },
		"SameStep":         func(tm *works.Template) { tm.Steps = append(tm.Steps, tm.Steps[0]) },
		"UnknownStructure": func(tm *works.Template) { tm.Steps[0].Only = []string{"wood"} },
		"BothSorts":        func(tm *works.Template) { tm.Steps[0].Reached = process.Text{Chinese: "x", English: "x"} },
		"NothingWeighs":    func(tm *works.Template) { tm.Steps = tm.Steps[:3] },
		"NegativeWeight":   func(tm *works.Template) { tm.Steps[0].Weights = map[string]int{"frame": -1} },
	} {
		tm := template(t)
		require.NoError(t, tm.Valid())
		spoil(&tm)
		require.Error(t, tm.Valid(), name)
	}
}

// TestANumberThatIsTooHighIsNamedAsThat, and not as half a range.
func TestANumberThatIsTooHighIsNamedAsThat(t *testing.T) {
	t.Parallel()
	_, faults := works.Codes("1#-10000#")
	require.Len(t, faults, 1)
	require.Contains(t, faults[0].Chinese, "编号最多四位")
}
