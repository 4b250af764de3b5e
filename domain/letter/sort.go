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
	ID      string            `json:"id" yaml:"id"`
	Place   int               `json:"place" yaml:"place"` // in lists
	Name    Words             `json:"name" yaml:"name"`
	About   Words             `json:"about" yaml:"about"`           // when it is written
	Kinds   []string          `json:"kinds" yaml:"kinds"`           // of the cases that it is about
	Deed    string            `json:"deed" yaml:"deed"`             // the verb of the command that calls for it; "": it is written when somebody sees fit
	Deeds   map[string]string `json:"deeds,omitempty" yaml:"deeds"` // the same of a kind at which another deed calls for it, by the kind
	Paper   string            `json:"paper" yaml:"paper"`           // of that deed, where it chooses between several: advice, notice, order; "": it has one
	To      string            `json:"to" yaml:"to"`
	Series  string            `json:"series" yaml:"series"` // of its numbers: each counts from 1 every year
	Format  string            `json:"format" yaml:"format"` // of its numbers (Number)
	InUse   bool              `json:"in_use" yaml:"in_use"` // unless the zone says otherwise
	Powers  bool              `json:"powers" yaml:"powers"` // it needs delegated powers of enforcement (委托执法)
	Copies  []string          `json:"copies" yaml:"copies"` // who receives one
	Asks    []Ask             `json:"asks" yaml:"asks"`
	Layout  string            `json:"-" yaml:"layout"` // of the template that comes with the program
	Version int               `json:"-" yaml:"-"`      // of the template in force; 0: the one that came with the program
	Says    Fields            `json:"-" yaml:"-"`      // what the cases of its kinds fill in
}

// Ask is something that the writer of a letter says. Its name is the template's: {{约谈事由}}. It begins with what the case says under this very name, else under From.
type Ask struct {
	Name     string `json:"name" yaml:"name"`
	English  string `json:"en" yaml:"en"`
	As       string `json:"as" yaml:"as"` // line, long or day
	Required bool   `json:"required" yaml:"required"`
	From     string `json:"from" yaml:"from"` // the field that it begins with, where the case says nothing under its name
	Sample   string `json:"sample" yaml:"sample"`
}

// What an Ask is answered with.
const (
	Line = "line"
	Long = "long"
	Day  = "day"
)

// Begins is what the answer begins with, a day as fields of forms take it.
func (a Ask) Begins(says map[string]string) string {
	form := ""
	if a.As == Day {
		form = Iso
	}
	if own := says[a.Name+form]; own != "" || a.From == "" {
		return own
	}
	return says[a.From+form]
}

// Fits reports whether it is written about cases of the kind.
func (s Sort) Fits(kind string) bool { return slices.Contains(s.Kinds, kind) }

// For is the sort as it is written about cases of the kind.
func (s Sort) For(kind string) Sort {
	if deed, own := s.Deeds[kind]; own {
		s.Deed = deed
	}
	return s
}

// Rivals reports whether both answer the same deed of a kind of case, with the same paper.
func (s Sort) Rivals(other Sort) bool {
	return s.Paper == other.Paper && slices.ContainsFunc(s.Kinds, func(kind string) bool {
		return other.Fits(kind) && s.For(kind).Deed != "" && s.For(kind).Deed == other.For(kind).Deed
	})
}

// Answers reports whether it is one with which the deed is answered.
func (s Sort) Answers(c Call) bool { return s.Deed != "" && s.Deed == c.Deed && s.Paper == c.Paper }

// Fields are the names that a template of the sort may use: those of every letter, those of its cases, and those that its writer is asked for.
func (s Sort) Fields() Fields {
	f := Common().With(s.Says)
	for _, a := range s.Asks {
		f.Texts = append(f.Texts, a.Name)
	}
	return f
}

// Fields are the names that a template may use: texts, and lists whose rows have texts of their own ({{问题.描述}}).
// A kind of case that has letters declares those that it fills in (process.Lettered).
type Fields struct {
	Texts []string
	Lists map[string][]string
	Must  []string // the texts without which a sentence that names them says nothing; others may be empty where there is nothing to say (依据, 不合格项)
}

// With adds others. A list that both have has the columns of both.
func (f Fields) With(more Fields) Fields {
	all := Fields{Texts: union(f.Texts, more.Texts), Lists: map[string][]string{}, Must: union(f.Must, more.Must)}
	for _, lists := range []map[string][]string{f.Lists, more.Lists} {
		for name, of := range lists {
			all.Lists[name] = union(all.Lists[name], of)
		}
	}
	return all
}

func union(one, other []string) []string {
	all := slices.Clone(one)
	for _, name := range other {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// Common are the fields that every letter has.
func Common() Fields {
	return Fields{Texts: []string{"文号", "文书名称", "签发单位", "签发日期", "经办人", "受文单位", "单位全称", "地址", "统一社会信用代码", "事项", "编号", "份数", "抄送", "二维码"}}
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
