package letter

import (
	"maps"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Words are Chinese and English; letters themselves are Chinese.
type Words struct {
	Chinese string `json:"zh" yaml:"zh"`
	English string `json:"en" yaml:"en"`
}

// To whom a sort of letter is addressed.
const (
	ToEnterprise = "enterprise" // the case's own
	ToBody       = "body"       // a department or another body, which is named
	ToOffice     = "office"     // a section of the zone, which is named
)

// Sort describes a sort of letter: what it is called, how it is numbered, which cases and which of their deeds it belongs to, and what is asked of its writer beside
// what the case says.
type Sort struct {
	ID      string   `json:"id" yaml:"id"`
	Place   int      `json:"place" yaml:"place"` // in lists
	Name    Words    `json:"name" yaml:"name"`
	About   Words    `json:"about" yaml:"about"` // when it is written
	Kinds   []string `json:"kinds" yaml:"kinds"` // of the cases that it is about
	Deed    string   `json:"deed" yaml:"deed"`   // the verb of the command that calls for it; "": it is written when somebody sees fit
	Paper   string   `json:"paper" yaml:"paper"` // of that deed, where it chooses between several: advice, notice, order; "": it has one
	To      string   `json:"to" yaml:"to"`
	Series  string   `json:"series" yaml:"series"` // of its numbers: each counts from 1 every year
	Format  string   `json:"format" yaml:"format"` // of its numbers (Number)
	InUse   bool     `json:"in_use" yaml:"in_use"` // unless the zone says otherwise
	Powers  bool     `json:"powers" yaml:"powers"` // it needs delegated powers of enforcement (委托执法)
	Copies  []string `json:"copies" yaml:"copies"` // who receives one
	Asks    []Ask    `json:"asks" yaml:"asks"`
	Layout  string   `json:"-" yaml:"layout"` // of the template that comes with the program
	Version int      `json:"-" yaml:"-"`      // of the template in force; 0: the one that came with the program
}

// Ask is something that the writer of a letter says. Its name is the template's: {{约谈事由}}.
type Ask struct {
	Name     string `json:"name" yaml:"name"`
	English  string `json:"en" yaml:"en"`
	As       string `json:"as" yaml:"as"` // line, long or day
	Required bool   `json:"required" yaml:"required"`
	From     string `json:"from" yaml:"from"` // the field that it begins with
	Sample   string `json:"sample" yaml:"sample"`
}

// What an Ask is answered with.
const (
	Line = "line"
	Long = "long"
	Day  = "day"
)

// Fits reports whether it is written about cases of the kind.
func (s Sort) Fits(kind string) bool { return slices.Contains(s.Kinds, kind) }

// Answers reports whether it is one with which the deed is answered.
func (s Sort) Answers(c Call) bool { return s.Deed != "" && s.Deed == c.Deed && s.Paper == c.Paper }

// Fields are the names that a template of the sort may use: those of every letter, those of the case, and those that its writer is asked for.
func (s Sort) Fields() Fields {
	f := Common()
	for _, kind := range s.Kinds {
		f = f.With(OfKind(kind))
	}
	for _, a := range s.Asks {
		f.Texts = append(f.Texts, a.Name)
	}
	return f
}

// Fields are the names that a template may use: texts, and lists whose rows have texts of their own ({{问题.描述}}).
type Fields struct {
	Texts []string
	Lists map[string][]string
}

// With adds others.
func (f Fields) With(more Fields) Fields {
	all := Fields{Texts: append(slices.Clone(f.Texts), more.Texts...), Lists: map[string][]string{}}
	for _, lists := range []map[string][]string{f.Lists, more.Lists} {
		for name, of := range lists {
			all.Lists[name] = of
		}
	}
	return all
}

// Common are the fields that every letter has.
func Common() Fields {
	return Fields{Texts: []string{"文号", "文书名称", "签发单位", "签发日期", "经办人", "受文单位", "单位全称", "地址", "统一社会信用代码", "事项", "编号", "份数", "抄送", "二维码"}}
}

// OfKind are the fields that a case of the kind fills in.
func OfKind(kind string) Fields {
	switch kind {
	case "hazard":
		return Fields{Texts: []string{"检查日期", "检查人员", "部位", "隐患描述", "等级", "依据", "整改要求", "整改期限", "原期限", "轮次", "原文书文号", "原文书日期", "整改措施", "完成日期",
			"复查日期", "复查人员", "复查结论", "复查意见", "合格项", "不合格项", "新期限", "重大项", "补充项", "补充原因", "挂牌单位", "挂牌决定文号"},
			Lists: map[string][]string{"问题": {"序号", "描述", "部位", "等级", "依据", "要求", "期限"}, "补充": {"序号", "要求"}}}
	case "track":
		return Fields{Texts: []string{"事由", "办理要求", "对方单位", "抄送名单", "涉及企业", "事项编号", "检查日期", "隐患描述", "部位", "等级", "依据", "回复截止日", "反馈截止日", "报告期限", "约谈期限",
			"拟约谈人", "约谈方", "安排时间", "安排地点", "应带材料", "约谈日期", "到场人员", "谈话内容", "谈话要求", "谈话承诺", "反馈方式",
			"整改要求", "整改期限"}, // by these names an office's own templates of before the tracks say what is wanted, and until when
			Lists: map[string][]string{"问题": {"序号", "描述", "部位", "等级", "依据"}}}
	case "extension":
		return Fields{Texts: []string{"申请人", "原期限", "新期限", "申请理由", "保障措施", "申请日期", "批复意见", "批复日期", "批复结果"}}
	}
	return Fields{}
}

// Compulsory are the fields of the kind without which a sentence that names them says nothing: what is wanted, and until when, by the names of before the tracks. Others
// may be empty where there is nothing to say (依据, 不合格项).
func Compulsory(kind string) []string {
	if kind == "track" {
		return []string{"整改要求", "整改期限"}
	}
	return nil
}

// Values are what a letter says under its fields.
type Values struct {
	Texts map[string]string
	Lists map[string][]map[string]string
}

// With are the values with others over them.
func (v Values) With(more map[string]string) Values {
	all := Values{Texts: map[string]string{}, Lists: v.Lists}
	for _, texts := range []map[string]string{v.Texts, more} {
		for name, text := range texts {
			all.Texts[name] = text
		}
	}
	return all
}

// Iso marks a day in the form that fields of forms take, beside the one that letters print: 整改期限 and 整改期限|iso.
const Iso = "|iso"

// Day puts a day in both forms.
func (v Values) Day(name string, day clock.Date) {
	if !day.IsZero() {
		v.Texts[name], v.Texts[name+Iso] = day.Chinese(), day.String()
	}
}

// Names are all of them as a template writes them, without the braces: texts, then the columns of lists.
func (f Fields) Names() []string {
	all := slices.Clone(f.Texts)
	for _, list := range slices.Sorted(maps.Keys(f.Lists)) {
		for _, name := range f.Lists[list] {
			all = append(all, list+"."+name)
		}
	}
	return all
}
