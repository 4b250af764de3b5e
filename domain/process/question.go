package process

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Question is one thing a command's form asks for, as the command's Go type says it. The words stand in the catalogues under the path:
// field.<command>.<path>, or field.<path> where commands agree.
type Question struct {
	Path      string // in the command's JSON form: facts.sector
	Text      Text   // its words, where they are data; else the catalogues have them
	Kind      QuestionKind
	Required  bool
	Again     bool     // it is asked only once its command was refused for want of it
	Sometimes bool     // it has to be answered in some cases, which its hint names: a form does not say of it that it can be left out
	When      When     // it has to be answered where another question is answered so
	Only      When     // it is asked only where another question, or one of those below its path, is answered so; elsewhere it is folded
	Or        []string // it has to be answered where none of these is, by their paths
	Many      bool     // the JSON form is a list
	Limit     int      // of characters; 0: none
	Lines     int      // of a long text: as high as what is written there, a sentence unless it says otherwise
	Least     *float64 // the smallest number that is taken, nil: any
	Most      *float64 // the largest
	Choices   []Choice // of what is chosen from a short list
	Words     string   // under which the catalogues name the choices: sector.<value>
	From      string   // the circle a person is chosen from (domain/choice): workers, colleagues, supervisors
	Not       string   // "me": not the one who is asked
	Value     string   // what the form begins with
	For       string   // "staff": not asked of enterprises and departments
	Unit      string   // of a number: 亩
	Abroad    bool     // of money: in whichever currency is chosen beside it
	Other     bool     // of what is ticked: more can be written beside the boxes
	Under     Text     // the heading it stands under
	Part      string   // questions of one part stand together: the first is seen, the rest is folded until it is wanted
	Hint      Text     // what helps to answer it, where that is data
	Abreast   bool     // of a few short choices: they stand in one row, each large enough for a thumb
	Stays     bool     // what is left out stays as it is: a form sends such a field only when its reader changed it
}

// When is an answer to another question of the same form that makes one compulsory: 有条件同意 asks for the conditions.
type When struct {
	Path   string
	Values []string
}

// Choice is one of a short list. Without words of its own it is named by the catalogues.
type Choice struct {
	Value string
	Text  Text
	Day   string // of a question of days: what it begins with
	Says  Text   // of a tick: how it stands, said beside it
	Group Text   // of days and ticks: what it stands together with; a tick that has one is folded under it
}

// QuestionKind is how a field is filled in.
type QuestionKind string

// The kinds of field. Line and Long are text of one line and of several.
const (
	Line       QuestionKind = "line"
	Long       QuestionKind = "long"
	Day        QuestionKind = "day"
	Count      QuestionKind = "count"
	YesNo      QuestionKind = "yes"
	Money      QuestionKind = "wan"    // yuan in JSON; people write 万元
	MonthOf    QuestionKind = "month"  // of a year
	RateOf     QuestionKind = "rate"   // of a currency in yuan, with at most six decimals
	Choose     QuestionKind = "choose" // from a list that is opened
	Pick       QuestionKind = "pick"   // from a list that is seen at once
	Somebody   QuestionKind = "person"
	Somewhere  QuestionKind = "party" // a person, a unit or the case's enterprise; <path>_kind and <path>_id in JSON
	Company    QuestionKind = "enterprise"
	CampaignOf QuestionKind = "campaign"
	CaseOf     QuestionKind = "case" // another case, by its number or id
	Files      QuestionKind = "files"
	Seen       QuestionKind = "seen"    // what the reader saw; not shown
	Number     QuestionKind = "number"  // with at most two decimals, in a unit
	Ticks      QuestionKind = "ticks"   // several of a list that is seen at once; a list of texts in JSON
	Answers    QuestionKind = "answers" // what a definition asks: each answer a text under the question's id in JSON (Spreading)
	Dated      QuestionKind = "dated"   // a day beside each of a list: a list of {subject, on} in JSON
	Emptied    QuestionKind = "emptied" // not shown: names the fields beside it that stay and that the reader emptied
)

// QuestionsOf describes the form of a command's Go type. A field is asked for when it has the tag ask: its kind, then "required", "sometimes", "many", "other",
// "from=<circle>", "not=me", "words=<key>", "unit=<word>",
// "lines=<n>", "abroad", "when=<field>:<value>|<value>" and "or=<field>" (what makes it compulsory), "only=<field>:<value>" (what it is asked for at all), or "for=staff". What a pointer means can be left out and then stays as it is. enum lists fixed choices, maxLength the limit; both are also the API's.
func QuestionsOf(command reflect.Type) []Question { return questionsOf(command, "") }

func questionsOf(t reflect.Type, path string) []Question {
	var fields []Question
	for i := range t.NumField() {
		f, tag := t.Field(i), jsonTag(t.Field(i))
		at := path
		if !tag.inline {
			at = join(path, tag.name)
		}
		ask, asked := f.Tag.Lookup("ask")
		inner := f.Type
		for inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if asked && ask != "" {
			fields = append(fields, questionOf(f, at, ask))
		} else if inner.Kind() == reflect.Struct && (tag.inline || asked) {
			fields = append(fields, questionsOf(inner, at)...)
		}
	}
	return fields
}

func questionOf(f reflect.StructField, path, ask string) Question {
	parts := strings.Split(ask, ",")
	field := Question{Path: path, Kind: QuestionKind(parts[0]), Stays: f.Type.Kind() == reflect.Pointer, Many: slices.Contains(parts, "many"), Abroad: slices.Contains(parts, "abroad"),
		Required: slices.Contains(parts, "required"), Sometimes: slices.Contains(parts, "sometimes"), Again: slices.Contains(parts, "again"), Other: slices.Contains(parts, "other")}
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(p, "=")
		switch key {
		case "from":
			field.From = value
		case "not":
			field.Not = value
		case "words":
			field.Words = value
		case "for":
			field.For = value
		case "unit":
			field.Unit = value
		case "lines":
			field.Lines, _ = strconv.Atoi(value) // TestLongTextsSayHowHigh
		case "is":
			field.Value = value
		case "when": // of the same object: verdict:conditional|disagreed
			other, values, _ := strings.Cut(value, ":")
			field.When = When{Path: beside(path, other), Values: strings.Split(values, "|")}
		case "only": // of the same object: result:fail
			other, values, _ := strings.Cut(value, ":")
			field.Only = When{Path: beside(path, other), Values: strings.Split(values, "|")}
		case "or": // of the same object: unit_id
			for _, other := range strings.Split(value, "|") {
				field.Or = append(field.Or, beside(path, other))
			}
		}
	}
	if n, err := strconv.Atoi(f.Tag.Get("maxLength")); err == nil {
		field.Limit = n
	}
	field.Least, field.Most = bound(f.Tag.Get("minimum")), bound(f.Tag.Get("maximum"))
	if enum := f.Tag.Get("enum"); enum != "" {
		for _, value := range strings.Split(enum, ",") {
			if value == "" { // it may be left unanswered, which is no choice
				continue
			}
			field.Choices = append(field.Choices, Choice{Value: value})
		}
	}
	return field
}

// beside is the path of another question of the same object.
func beside(path, name string) string { return path[:strings.LastIndex(path, ".")+1] + name }

// Form returns the fields of a command's form on the case, for the actor, in the order of its type.
func (e Entry) Form(name Name, on Subject, actor Actor, env Env) []Question {
	a, ok := e.act(name)
	if !ok {
		return nil
	}
	fields := []Question{}
	for _, f := range QuestionsOf(a.input) {
		if f.For == "staff" && !actor.OfStaff() {
			continue
		}
		if f.Kind == Answers {
			fields = append(fields, a.spread(reflect.Zero(a.input).Interface(), f, on, env)...)
			continue
		}
		if f, asked := a.ask(reflect.Zero(a.input).Interface(), f, on, env); asked {
			fields = append(fields, f)
		}
	}
	return fields
}

func bound(tag string) *float64 {
	n, err := strconv.ParseFloat(tag, 64)
	if err != nil {
		return nil
	}
	return &n
}
