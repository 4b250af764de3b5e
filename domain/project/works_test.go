package project_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
)

// building is a project under construction with four buildings, its third of steel.
func building(t testing.TB) project.Project {
	t.Helper()
	area := project.Decimal(1200_00)
	p := then(t, opened(t, "construction", project.OwnLand), 1, project.AddBuildings{Codes: "1#2#4#", Area: &area, Use: "厂房"}, project.AddBuildings{Codes: "5#", Structure: "steel", Use: "仓库"})
	require.Equal(t, []string{"1#厂房", "2#厂房", "4#厂房", "5#仓库"}, names(p))
	return p
}

func names(p project.Project) []string {
	all := []string{}
	for _, b := range p.Buildings {
		all = append(all, b.Name())
	}
	return all
}

func spans(texts ...works.Span) []works.Span { return texts }

func refused(t testing.TB, p project.Project, c project.Command, days int) *process.Refusal {
	t.Helper()
	_, err := c.Decide(p, call(days), env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal, c.About().Name)
	for _, f := range refusal.Fields {
		require.NotEmpty(t, f.Chinese)
		require.NotEmpty(t, f.English)
	}
	return refusal
}

func fields(r *process.Refusal) string {
	all := []string{}
	for _, f := range r.Fields {
		all = append(all, f.Name)
	}
	return strings.Join(all, " ")
}

func TestSeveralBuildingsAreRecordedAtOnce(t *testing.T) {
	t.Parallel()
	p := then(t, building(t), 3, project.RecordProgress{Buildings: spans("1#-2#"), Steps: []string{"doors", "fire"}, State: works.Running},
		project.RecordProgress{Buildings: spans("4#", "5#"), Steps: []string{"walls"}, State: works.Running, Note: "从东侧开始"},
		project.RecordProgress{Steps: []string{"utilities"}, State: works.Running})
	p = then(t, p, 9, project.RecordProgress{Buildings: spans("2#"), Steps: []string{"fire"}, State: works.Done})
	require.Len(t, p.Buildings[1].Steps, 2)
	require.Equal(t, works.Progress{Step: "fire", State: works.Done, StartedOn: clock.NewDate(2026, time.March, 5), DoneOn: clock.NewDate(2026, time.March, 11)}, p.Buildings[1].Steps[1])
	require.Equal(t, "从东侧开始", p.Buildings[3].Steps[0].Note)
	require.Equal(t, "2026-03-11", p.Buildings[1].AsOf.String())
	shown := p.Works(env(t).Definition)
	require.Equal(t, "莱卡织造，正在接通自来水和临时用电，1#厂房正在安装门窗和消防设施，2#厂房正在安装门窗，4#正在进行砌墙，5#仓库正在进行砌墙", shown.Sentence)
	require.Positive(t, shown.Percent)
	require.Greater(t, shown.Of("2#"), shown.Of("1#"))
	require.Zero(t, shown.Of("9#"))
}

func TestPicturesBelongToTheirBuildingsAndMonth(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Uploads["photo"] = process.Upload{ID: "photo", Name: "a.jpg", MediaType: "image/jpeg", UploadedBy: manager}
	shot := []process.Evidence{{UploadID: "photo"}}
	do := func(p project.Project, c project.Command) project.Project {
		d, err := c.Decide(p, call(3), e)
		require.NoError(t, err)
		return d.After
	}
	p := do(building(t), project.RecordProgress{Buildings: spans("1#", "2#"), Attachments: shot})
	p = do(p, project.RecordProgress{Buildings: spans("2#"), Steps: []string{"roof"}, Attachments: shot})
	p = do(p, project.RecordProgress{Attachments: shot})
	require.Equal(t, []project.Photo{{Number: 1, On: clock.NewDate(2026, time.March, 5), Steps: []string{}}}, p.Buildings[0].Photos)
	require.Equal(t, []string{"roof"}, p.Buildings[1].Photos[1].Steps)
	require.Equal(t, 3, p.SitePhotos[0].Number)
	require.True(t, p.Buildings[0].Pictured(clock.NewDate(2026, time.March, 31)))
	require.False(t, p.Buildings[0].Pictured(clock.NewDate(2026, time.April, 1)))
	require.False(t, p.Buildings[2].Pictured(clock.NewDate(2026, time.March, 31)))
	_, err := project.RecordProgress{Buildings: spans("1#"), Attachments: []process.Evidence{{UploadID: "file"}}}.Decide(p, call(3), e)
	require.ErrorContains(t, err, "no picture")
}

// TestEveryFaultIsNamedAtOnce: what is wrong with a deed is said in one refusal.
func TestEveryFaultIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	p := then(t, building(t), 5, project.RecordProgress{Buildings: spans("1#2#"), Steps: []string{"doors"}, State: works.Running},
		project.RecordProgress{Buildings: spans("2#"), Steps: []string{"walls"}, State: works.Running})
	p = then(t, p, 5, project.RecordProgress{Buildings: spans("1#"), Steps: []string{"walls"}, State: works.Preparing})
	for name, c := range map[string]struct {
		command project.Command
		days    int
		fields  string
		says    string
	}{
		"ABuildingTwice":           {project.RecordProgress{Buildings: spans("1#", "1#-2#"), Steps: []string{"walls"}}, 6, "buildings", "1# 写了两遍"},
		"ABuildingThatIsNot":       {project.RecordProgress{Buildings: spans("1#", "3#", "8#"), Steps: []string{"walls"}}, 6, "buildings buildings", "没有登记 3#"},
		"CodesThatCannotBeRead":    {project.RecordProgress{Buildings: spans("1-2#"), Steps: []string{"walls", "walls", "moon"}}, 6, "buildings steps[1] steps[2]", "1#-2#"},
		"DoneBeforeItBegan":        {project.RecordProgress{Buildings: spans("1#-2#"), Steps: []string{"doors"}, State: works.Done}, 4, "occurred_on occurred_on", "才开始，不能在"},
		"BeganAfterItWasDone":      {project.RecordProgress{Buildings: spans("4#"), Steps: []string{"doors"}, State: works.Done, StartedOn: clock.NewDate(2026, time.June, 1)}, 6, "started_on", "才开始，不能在"},
		"DoneBeforeItWasPrepared":  {project.RecordProgress{Buildings: spans("1#"), Steps: []string{"walls"}, State: works.Done}, 4, "occurred_on", "才开始准备，不能在"},
		"BeganBeforeItWasPrepared": {project.RecordProgress{Buildings: spans("1#"), Steps: []string{"walls"}, State: works.Done, StartedOn: call(3).Day()}, 6, "started_on", "才开始准备，不能在"},
		"AMilestoneUnderWay":       {project.RecordProgress{Buildings: spans("4#"), Steps: []string{"built", "structure"}, State: works.Running}, 6, "state state", "只能登记完成"},
		"AStepThatSteelLacks":      {project.RecordProgress{Buildings: spans("4#5#"), Steps: []string{"frame"}, State: works.Running}, 6, "steps[0]", "5#仓库是钢结构"},
		"Backwards":                {project.RecordProgress{Buildings: spans("1#"), Steps: []string{"doors"}, State: works.Preparing}, 6, "state", "撤回"},
		"NothingToRecord":          {project.RecordProgress{Buildings: spans("1#")}, 6, "steps", "请选择步骤"},
		"NoBuilding":               {project.RecordProgress{Steps: []string{"walls"}}, 6, "buildings", "哪几栋"},
		"ABuildingForTheSite":      {project.RecordProgress{Buildings: spans("1#"), Steps: []string{"spoil"}}, 6, "buildings", "不分栋"},
		"ABeginningOfWhatGoesOn":   {project.RecordProgress{Buildings: spans("4#"), Steps: []string{"walls"}, StartedOn: clock.NewDate(2026, time.March, 3)}, 6, "started_on", "登记完成时"},
		"MoreThanOneSortOfFault":   {project.RecordProgress{Buildings: spans("9#"), Steps: []string{"built", "moon"}, State: works.Running, Attachments: []process.Evidence{{UploadID: "none"}}}, 6, "buildings steps[1] state attachments[0]", ""},
		"AddedTwice":               {project.AddBuildings{Codes: "2#3#5#", Structure: "wood"}, 6, "structure codes codes", ""},
		"AddedUnread":              {project.AddBuildings{Codes: "6#6#、7"}, 6, "codes codes", ""},
		"CorrectedToLackAStep":     {project.CorrectBuildings{Buildings: spans("1#4#"), Structure: text("fit_out"), Reason: "x"}, 6, "structure", "砌墙"},
		"RemovedWithSteps":         {project.RemoveBuildings{Buildings: spans("1#", "4#"), Reason: "x"}, 6, "buildings", "不能去掉"},
		"TakenBackOfTheSite":       {project.TakeBackProgress{Buildings: spans("1#"), Steps: []string{"levelling"}, Reason: "x"}, 6, "buildings steps", "不分栋"},
		"TakenBackWhatIsNotThere":  {project.TakeBackProgress{Buildings: spans("1#4#"), Steps: []string{"doors", "levelling"}, Reason: "x"}, 6, "steps steps", ""},
	} {
		r := refused(t, p, c.command, c.days)
		require.Equal(t, c.fields, fields(r), name)
		require.Contains(t, r.Fields[0].Chinese, c.says, name)
	}
}

func text(s string) *string { return &s }

func TestWhatWasRecordedByMistakeIsTakenBack(t *testing.T) {
	t.Parallel()
	before := building(t)
	p := then(t, before, 5, project.RecordProgress{Buildings: spans("1#2#"), Steps: []string{"doors"}, State: works.Running}, project.RecordProgress{Steps: []string{"spoil"}, State: works.Preparing},
		project.TakeBackProgress{Buildings: spans("1#"), Steps: []string{"doors", "spoil"}, Reason: "登记错了"})
	require.Empty(t, p.Buildings[0].Steps)
	require.Len(t, p.Buildings[1].Steps, 1)
	require.Empty(t, p.SiteSteps)
	area := project.Decimal(99_00)
	p = then(t, p, 6, project.CorrectBuildings{Buildings: spans("1#", "5#"), Area: &area, Use: text("车间"), Reason: "按图更正"}, project.RemoveBuildings{Buildings: spans("4#"), Reason: "不建了"})
	require.Equal(t, []string{"1#车间", "2#厂房", "5#车间"}, names(p))
	require.Equal(t, "steel", p.Buildings[2].Structure)
	require.Equal(t, &area, p.Buildings[0].Area)
	require.Equal(t, 3, p.Buildings[2].Position)
	require.Equal(t, process.NothingChanged, code(t, p, project.CorrectBuildings{Buildings: spans("1#"), Area: &area, Reason: "x"}, 7))
	require.Equal(t, process.NothingChanged, code(t, p, project.RecordProgress{Buildings: spans("2#"), Steps: []string{"doors"}}, 7))
}

// TestACaseInHandKeepsItsWords: a project under a version without steps goes on with its text until it is moved, and its words stay then too.
func TestACaseInHandKeepsItsWords(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	old := env(t)
	old.Definition = all[1]
	p := opened(t, "construction", project.OwnLand)
	d, err := project.Edit{Reason: "进度", Buildings: []project.BuildingGiven{{Code: "1#", Progress: "主体封顶"}}}.Decide(p, call(1), old)
	require.NoError(t, err)
	p = d.After
	require.Nil(t, p.Works(old.Definition))
	_, err = project.RecordProgress{Buildings: spans("1#"), Steps: []string{"walls"}}.Decide(p, call(2), old)
	require.ErrorContains(t, err, string(process.WrongState))
	require.Equal(t, process.Not, project.RecordProgress{}.Fits(p, call(2).Actor, old))
	require.Equal(t, process.Leads, project.RecordProgress{}.Fits(p, call(2).Actor, env(t)), "what the gate lacks first")
	p = then(t, p, 3, project.RecordProgress{Buildings: spans("1#"), Steps: []string{"walls"}})
	require.Equal(t, "主体封顶", p.Buildings[0].Progress)
	r := refused(t, p, project.Edit{Reason: "x", Buildings: []project.BuildingGiven{{Code: "2#"}, {Code: "2#"}}}, 4)
	require.Len(t, r.Fields, 2, "a building twice, and one left out of which a step is on record")
}

// TestTheNineProjectsOfTheReport: entered as a manager would, their sentences are the report's.
func TestTheNineProjectsOfTheReport(t *testing.T) {
	t.Parallel()
	report, err := os.ReadFile("../works/testdata/report-2024.txt")
	require.NoError(t, err)
	site := []project.Command{project.RecordProgress{Steps: []string{"utilities"}, State: works.Running}, project.RecordProgress{Steps: []string{"spoil", "levelling"}, State: works.Preparing}}
	on := func(codes works.Span, state works.State, steps ...string) project.Command {
		return project.RecordProgress{Buildings: spans(codes), Steps: steps, State: state}
	}
	add := func(codes works.Span) project.Command { return project.AddBuildings{Codes: codes, Use: "厂房"} }
	var sites []works.Site
	for _, p := range []struct {
		title, short string
		deeds        []project.Command
	}{
		{"泉为绿能二期", "泉为二期", []project.Command{add("厂房"), on("厂房", works.Done, "structure"), on("厂房", works.Running, "interior")}},
		{"煊炑生物", "", []project.Command{add("1#-4#"), on("1#", works.Done, "built"), on("1#", works.Running, "facade"), on("2#", works.Running, "doors", "fire"), on("3#4#", works.Running, "walls")}},
		{"莱卡织造", "", []project.Command{add("1#-5#"), on("1#", works.Running, "frame"), on("2#-5#", works.Running, "floor")}},
		{"中创汽配", "", site}, {"鸿瑞印务", "", site},
		{"拓斯代童装", "", []project.Command{add("5#6#7#"), on("5#6#7#", works.Running, "ground_beams")}},
		{"吉顺木业", "", []project.Command{add("1#"), on("1#", works.Running, "interior")}},
		{"点点家具", "", []project.Command{add("厂房"), on("厂房", works.Running, "excavation")}},
		{"华星医疗", "", []project.Command{add("1#"), on("1#", works.Running, "ground_beams")}},
	} {
		c := opened(t, "construction", project.OwnLand)
		c.Title, c.ShortName = p.title, p.short
		sites = append(sites, then(t, c, 1, p.deeds...).Site())
	}
	said := env(t).Definition.Works.Sentences(sites).Chinese
	require.Equal(t, strings.TrimSpace(string(report)), said)
	require.Len(t, slices.Compact(strings.Split(said, "；")), 8, "nine projects, two of them in one sentence")
}

// TestABuildingThatWasPicturedCanBeRemoved: a picture of what is not built does not hold it on file, and is not lost with it.
func TestABuildingThatWasPicturedCanBeRemoved(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Uploads["photo"] = process.Upload{ID: "photo", Name: "a.jpg", MediaType: "image/jpeg", UploadedBy: manager}
	d, err := project.RecordProgress{Buildings: spans("1#2#4#"), Attachments: []process.Evidence{{UploadID: "photo"}}}.Decide(building(t), call(3), e)
	require.NoError(t, err)
	p := then(t, d.After, 4, project.RemoveBuildings{Buildings: spans("1#2#"), Reason: "不建了"})
	require.Empty(t, p.SitePhotos, "4# shows it still")
	p = then(t, p, 4, project.RemoveBuildings{Buildings: spans("4#"), Reason: "不建了"})
	require.Equal(t, []string{"5#仓库"}, names(p))
	require.Len(t, p.SitePhotos, 1)
	require.Equal(t, 1, p.SitePhotos[0].Number)
}

// TestAStepOfTheSiteIsNotTakenBackOfABuilding: what names a building never touches the site's steps alone.
func TestAStepOfTheSiteIsNotTakenBackOfABuilding(t *testing.T) {
	t.Parallel()
	p := then(t, building(t), 5, project.RecordProgress{Steps: []string{"levelling"}, State: works.Done})
	r := refused(t, p, project.TakeBackProgress{Buildings: spans("1#"), Steps: []string{"levelling"}, Reason: "x"}, 6)
	require.Equal(t, "buildings", fields(r))
	require.Contains(t, r.Chinese, "不分栋")
	require.Empty(t, then(t, p, 6, project.TakeBackProgress{Steps: []string{"levelling"}, Reason: "x"}).SiteSteps)
}

func TestACorrectionOfFactsKeepsTheRulesOfCodes(t *testing.T) {
	t.Parallel()
	p := building(t)
	for name, c := range map[string]struct {
		code   string
		fields string
		says   string
	}{
		"TheSameInAnotherForm": {"1号", "buildings[4].code", "重复"}, "FullWidth": {"1＃", "buildings[4].code", "重复"}, "WithANought": {"01#", "buildings[4].code", "重复"},
		"Several": {"6#-8#", "buildings[4].code", "不是一栋"}, "NoCode": {"=cmd", "buildings[4].code", "看不明白"}, "Nothing": {" ", "buildings[4].code", ""},
	} {
		given := []project.BuildingGiven{{Code: "1#"}, {Code: "2#"}, {Code: "4#"}, {Code: "5#"}, {Code: c.code}}
		r := refused(t, p, project.Edit{Reason: "x", Buildings: given}, 2)
		require.Equal(t, c.fields, fields(r), name)
		require.Contains(t, r.Fields[0].Chinese, c.says, name)
	}
	r := refused(t, p, project.Edit{Reason: "x", Buildings: []project.BuildingGiven{{Code: "6#", AsOf: clock.NewDate(2027, time.January, 1)}}}, 2)
	require.Equal(t, "buildings[0].as_of", fields(r))
	p = then(t, opened(t, "construction", project.OwnLand), 2, project.Edit{Reason: "x", Buildings: []project.BuildingGiven{{Code: "７号"}, {Code: "8#厂房"}}})
	require.Equal(t, []string{"7#", "8#厂房"}, names(p), "kept in the one form")
	require.Equal(t, "8#", p.Buildings[1].Code)
	require.Equal(t, "codes", fields(refused(t, p, project.AddBuildings{Codes: "「=cmd」"}, 2)), "an exact code names what is on file and makes nothing new")
}

// TestEveryBuildingOnFileCanBeNamed: whatever code a building was given before there were rules, every deed on buildings reaches it, and the form offers it.
func TestEveryBuildingOnFileCanBeNamed(t *testing.T) {
	t.Parallel()
	e := env(t)
	rapid.Check(t, func(r *rapid.T) {
		p := opened(t, "construction", project.OwnLand)
		odd := rapid.OneOf(rapid.SampledFrom([]string{"1号", "1＃", "01#", "2#-5#", "=cmd", "二期-1", "「1#」", "1#厂房", "a1#", "、", "1#", "厂房"}), rapid.StringOfN(rapid.RuneFrom([]rune("12#-号厂、「」")), 1, 10, -1))
		for i, code := range rapid.SliceOfNDistinct(odd, 1, 6, rapid.ID[string]).Draw(r, "codes") {
			p.Buildings = append(p.Buildings, project.Building{Code: code, Position: i + 1, Steps: []works.Progress{}, Photos: []project.Photo{}})
		}
		at := rapid.IntRange(0, len(p.Buildings)-1).Draw(r, "at")
		q, asked := project.RecordProgress{}.Ask(process.Question{Path: "buildings"}, p, e)
		require.True(r, asked)
		require.Len(r, q.Choices, len(p.Buildings))
		named := []works.Span{works.Span(q.Choices[at].Value)}
		code, was := p.Buildings[at].Code, p
		do := func(c project.Command) {
			d, err := c.Decide(p, call(3), e)
			require.NoError(r, err, "%q by %s", code, c.About().Name)
			p = d.After
		}
		do(project.RecordProgress{Buildings: named, Steps: []string{"doors"}})
		require.Len(r, p.Buildings[at].Steps, 1, "%q", code)
		do(project.CorrectBuildings{Buildings: named, Structure: text("steel"), Reason: "x"})
		require.Equal(r, "steel", p.Buildings[at].Structure)
		do(project.Edit{Reason: "x", Buildings: asGiven(p)})
		do(project.TakeBackProgress{Buildings: named, Steps: []string{"doors"}, Reason: "x"})
		do(project.RemoveBuildings{Buildings: named, Reason: "x"})
		require.Len(r, p.Buildings, len(was.Buildings)-1)
		require.False(r, slices.ContainsFunc(p.Buildings, func(b project.Building) bool { return b.Code == code }))
	})
}

// asGiven are a project's buildings as an edit gives them, each with a word.
func asGiven(p project.Project) []project.BuildingGiven {
	all := []project.BuildingGiven{}
	for _, b := range p.Buildings {
		all = append(all, project.BuildingGiven{Code: b.Code, Progress: "主体封顶"})
	}
	return all
}

func TestACodeThatCanBeReadInTwoWaysIsAskedBack(t *testing.T) {
	t.Parallel()
	p := opened(t, "construction", project.OwnLand)
	p.Buildings = []project.Building{{Code: "1号"}, {Code: "2号"}, {Code: "2＃"}}
	p = then(t, p, 3, project.RecordProgress{Buildings: spans("1#"), Steps: []string{"doors"}})
	require.Len(t, p.Buildings[0].Steps, 1, "nothing else reads as 1#")
	r := refused(t, p, project.RecordProgress{Buildings: spans("2#"), Steps: []string{"doors"}}, 3)
	require.Contains(t, r.Chinese, "「2号」、「2＃」")
	require.Equal(t, "buildings", fields(refused(t, p, project.RecordProgress{Buildings: spans("1#", "「1号」"), Steps: []string{"doors"}}, 3)))
	require.Equal(t, "codes", fields(refused(t, p, project.AddBuildings{Codes: "1#"}, 3)))
}

// TestTheFormBeginsWithWhatIsNext: whatever is recorded, each step of the form stands in it once; in the open are those under way and the next ones, with the buildings that
// are at them; what is done everywhere and what cannot begin yet is folded.
func TestTheFormBeginsWithWhatIsNext(t *testing.T) {
	t.Parallel()
	e := env(t)
	steps := func(p project.Project) (open, folded []string, says map[string]string) {
		q, _ := project.RecordProgress{}.Ask(process.Question{Path: "steps"}, p, e)
		says = map[string]string{}
		for _, c := range q.Choices {
			says[c.Value] = c.Says.Chinese
			if c.Group.Chinese == "" {
				open = append(open, c.Value)
			} else {
				folded = append(folded, c.Value)
			}
		}
		return open, folded, says
	}
	p := building(t)
	open, folded, _ := steps(p)
	require.Equal(t, []string{"excavation", "piling", "foundation", "utilities", "spoil", "levelling"}, open, "on a phone, of a site where nothing has begun")
	require.Contains(t, folded, "walls")

	p = then(t, p, 2, project.RecordProgress{Buildings: spans("1#", "2#4#"), Steps: []string{"structure"}, State: works.Done}, project.RecordProgress{Buildings: spans("2#4#"), Steps: []string{"walls"}})
	open, folded, says := steps(p)
	require.Equal(t, "2#、4# 进行中", says["walls"])
	for _, step := range []string{"walls", "roof", "facade", "doors", "excavation"} { // 5# has not begun
		require.Contains(t, open, step)
	}
	require.NotContains(t, open, "frame", "it lies behind a milestone in all buildings that have it")
	require.Contains(t, folded, "frame")

	rapid.Check(t, func(t *rapid.T) {
		p := p
		for range rapid.IntRange(0, 8).Draw(t, "deeds") {
			step := rapid.SampledFrom(e.Definition.Works.Steps).Draw(t, "step")
			deed := project.RecordProgress{Steps: []string{step.ID}, State: rapid.SampledFrom([]works.State{works.Preparing, works.Running, works.Done}).Draw(t, "state")}
			if !step.Site {
				deed.Buildings = spans(rapid.SampledFrom([]works.Span{"1#", "2#4#", "5#"}).Draw(t, "which"))
			}
			if d, err := deed.Decide(p, call(3), e); err == nil {
				p = d.After
			}
		}
		open, folded, _ := steps(p)
		all := append(slices.Clone(open), folded...)
		slices.Sort(all)
		require.Len(t, slices.Compact(slices.Clone(all)), len(all), "each once")
		ids := []string{}
		for _, s := range e.Definition.Works.Steps {
			if s.Site || slices.ContainsFunc([]string{"frame", "steel"}, s.Of) {
				ids = append(ids, s.ID)
			}
		}
		slices.Sort(ids)
		require.Equal(t, ids, all)
		for _, b := range p.Buildings {
			for _, s := range b.Steps {
				if s.State != works.Done {
					require.Contains(t, open, s.Step, "under way at "+b.Code)
				}
			}
		}
	})
}
