package works

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// Sentence says how far one project is, as the report does: 煊炑生物，1#厂房已建成正在进行外立面粉刷，2#厂房正在安装门窗和消防设施，3#4#正在进行砌墙.
// It is empty where nothing is recorded.
func (t Template) Sentence(s Site) process.Text { return t.Sentences([]Site{s}) }

// Sentences says it of several projects of one template.
func (t Template) Sentences(sites []Site) process.Text {
	all := make([]Told, 0, len(sites))
	for _, s := range sites {
		all = append(all, Told{t, s})
	}
	return Report(all)
}

// Told is a project with the template that its steps are of.
type Told struct {
	Template
	Site
}

// Report says how far several projects are. Those of which the same is to be said share one sentence, where the first of them stands:
// 中创汽配、鸿瑞印务正在接通自来水和临时用电. Those of which nothing is recorded are left out.
func Report(all []Told) process.Text {
	type said struct {
		names            []string
		chinese, english string
		comma            string // between the names and what is said
	}
	var report []said
	for _, t := range all {
		chinese, together := t.chinese(t.Site)
		one := said{names: []string{t.Name}, chinese: chinese, english: t.english(t.Site), comma: "，"}
		if together {
			one.comma = ""
		}
		if i := slices.IndexFunc(report, func(o said) bool { return o.chinese == one.chinese && o.comma == one.comma }); i >= 0 {
			report[i].names = append(report[i].names, t.Name)
		} else if chinese != "" {
			report = append(report, one)
		}
	}
	chinese, english := make([]string, 0, len(report)), make([]string, 0, len(report))
	for _, one := range report {
		chinese = append(chinese, strings.Join(one.names, "、")+one.comma+one.chinese)
		english = append(english, strings.Join(one.names, ", ")+": "+one.english)
	}
	return process.Text{Chinese: strings.Join(chinese, "；"), English: strings.Join(english, "; ")}
}

// group is what is said alike of several buildings, or of the site.
type group struct {
	codes   []Code // none: the site
	use     string
	reached Step   // the last milestone reached
	done    Step   // the last step done, milestones aside
	running []Step // in the template's order
	coming  []Step
}

// said is the same for groups of which the same is said.
func (g group) said() string {
	ids := []string{g.use, g.reached.ID}
	if g.reached.ID == "" && len(g.running)+len(g.coming) == 0 {
		ids = append(ids, g.done.ID)
	}
	for _, s := range g.running {
		ids = append(ids, s.ID)
	}
	ids = append(ids, "|")
	for _, s := range g.coming {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, ",")
}

// silent reports whether nothing is recorded that could be said.
func (g group) silent() bool {
	return g.reached.ID == "" && g.done.ID == "" && len(g.running)+len(g.coming) == 0
}

// standing takes a list of steps for what is said of it.
func (t Template) standing(steps []Progress) group {
	var g group
	for _, step := range t.Steps {
		i := slices.IndexFunc(steps, func(p Progress) bool { return p.Step == step.ID })
		if i < 0 {
			continue
		}
		switch state := steps[i].State; {
		case state == Running:
			g.running = append(g.running, step)
		case state == Preparing:
			g.coming = append(g.coming, step)
		case step.Milestone():
			g.reached = step
		default:
			g.done = step
		}
	}
	return g
}

// groups are what is to be said, the site first: of it only what is under way or coming, unless there is nothing else.
func (t Template) groups(s Site) []group {
	var all []group
	for _, b := range s.Buildings {
		g := t.standing(b.Steps)
		if g.silent() {
			continue
		}
		g.codes = []Code{b.Code}
		if b.Code.Numbered() {
			g.use = b.Use
		}
		if i := slices.IndexFunc(all, func(o group) bool { return o.said() == g.said() }); i >= 0 && b.Code.Numbered() {
			all[i].codes = append(all[i].codes, b.Code)
			continue
		}
		all = append(all, g)
	}
	site := t.standing(s.Steps)
	if len(site.running)+len(site.coming) > 0 || len(all) == 0 && !site.silent() {
		all = slices.Insert(all, 0, site)
	}
	return all
}

// chinese is what follows the project's name, and whether it follows without a comma: what is said of the project itself, or of its one building without a
// number, goes on from the name (泉为二期厂房主体已建设完成).
func (t Template) chinese(s Site) (text string, together bool) {
	groups := t.groups(s)
	if len(groups) == 0 {
		return "", false
	}
	only := groups[0]
	if len(groups) == 1 && len(only.codes) == 1 {
		if text := only.turned(); text != "" {
			return text, false
		}
	}
	parts := make([]string, 0, len(groups))
	uses := []string{}
	for _, g := range groups {
		comma := ""
		if len(groups) == 1 || len(g.codes) == 0 {
			comma = "，"
		}
		if len(g.codes) > 0 {
			uses = append(uses, g.use)
		}
		n := len(uses) // by the third the reader knows what the numbers are: 3#4#正在进行砌墙
		parts = append(parts, g.subject(n < 3 || g.use != uses[n-2])+g.predicate(comma))
	}
	together = len(groups) == 1 && (len(only.codes) == 0 || len(only.codes) == 1 && !only.codes[0].Numbered())
	return strings.Join(parts, "，"), together
}

// turned says of one building that one sort of thing is being done, the way around that the report has it: 正在进行1#厂房内部装修. Otherwise it is "".
func (g group) turned() string {
	if g.reached.ID != "" || len(g.coming) > 0 {
		return ""
	}
	clauses := clausesOf(g.running)
	if len(clauses) != 1 || clauses[0].verb == "" {
		return ""
	}
	return "正在" + clauses[0].verb + g.subject(true) + joined(clauses[0].objects, "和")
}

func (g group) subject(named bool) string {
	if !named {
		return Format(g.codes)
	}
	return Format(g.codes) + g.use
}

// predicate is what is said of the group; comma parts what was reached from what goes on.
func (g group) predicate(comma string) string {
	var parts []string
	if g.reached.ID != "" {
		parts = append(parts, g.reached.Reached.Chinese)
	}
	site := len(g.codes) == 0
	if len(g.running) > 0 {
		parts = append(parts, "正在"+doing(g.running, site))
	}
	if len(g.coming) > 0 {
		parts = append(parts, "准备"+doing(g.coming, site))
	}
	if len(parts) == 0 {
		return "已完成" + g.done.Name.Chinese
	}
	return strings.Join(parts, comma)
}

// clause is a verb with everything it is done to.
type clause struct {
	verb    string
	objects []string
}

func clausesOf(steps []Step) []clause {
	var all []clause
	for _, s := range steps {
		if i := slices.IndexFunc(all, func(c clause) bool { return c.verb == s.Doing.Verb && c.verb != "" }); i >= 0 {
			all[i].objects = append(all[i].objects, s.Doing.Object)
			continue
		}
		all = append(all, clause{s.Doing.Verb, []string{s.Doing.Object}})
	}
	return all
}

// doing is what is under way. What is done on the site stands in sentences of its own.
func doing(steps []Step, site bool) string {
	clauses := clausesOf(steps)
	texts, last := make([]string, 0, len(clauses)), "和"
	for _, c := range clauses {
		text := c.verb + joined(c.objects, "和")
		if strings.Contains(text, "和") && len(clauses) > 1 {
			last = "、"
		}
		texts = append(texts, text)
	}
	if site {
		return strings.Join(texts, "，")
	}
	return joined(texts, last)
}

// joined is a list as it is read out: 门窗、消防设施和水电暖通.
func joined(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], "、") + last + words[len(words)-1]
}

// english is the same in plain English.
func (t Template) english(s Site) string {
	var parts []string
	for _, g := range t.groups(s) {
		var said []string
		if g.reached.ID != "" {
			said = append(said, g.reached.Reached.English)
		}
		for _, step := range g.running {
			said = append(said, step.Doing.English)
		}
		for _, step := range g.coming {
			said = append(said, "preparing: "+step.Doing.English)
		}
		if len(said) == 0 {
			said = append(said, g.done.Name.English+" done")
		}
		text := strings.Join(said, ", ")
		if len(g.codes) > 0 {
			text = "building " + Format(g.codes) + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}
