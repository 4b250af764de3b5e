package registers

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/domain/typed"
)

// filler turns what was written into records: choices and references are written by name.
type filler struct {
	*Desk
	register register.Register
	contexts []context.Context // in both languages
	known    map[register.Name][]recorded
	indexed  map[register.Name]map[string]map[string][]recorded // records in use by field and by what stands in it, plainly
	choices  map[string]map[string]string                       // by field: choices by their words, plainly
	titled   func(register.Name) map[string]string
	taken    map[string]bool // names of accounts
	meant    map[string]bool // who was found by what a row says of them: one row, one person
}

func (d *Desk) filler(ctx context.Context, r register.Register) (*filler, error) {
	f := &filler{Desk: d, register: r, contexts: both(ctx, d.Words), known: map[register.Name][]recorded{}, indexed: map[register.Name]map[string]map[string][]recorded{},
		choices: map[string]map[string]string{}, titled: d.titles(ctx), taken: map[string]bool{}, meant: map[string]bool{}}
	needed := []register.Name{r.Name}
	for _, q := range r.Questions() {
		if refers := register.Refers(q); refers != "" {
			needed = append(needed, refers)
		}
	}
	for _, name := range needed {
		if _, ok := f.known[name]; ok {
			continue
		}
		records, err := d.Store.Records(ctx, name)
		if err != nil {
			return nil, err
		}
		f.known[name] = records
	}
	if r.Name == register.PeopleName {
		for _, record := range f.known[r.Name] {
			f.taken[Value(record.Doc, "username")] = true
		}
	}
	return f, nil
}

// Fill returns a record with what was written, in the register's JSON form. What was not written stays as it was in the record before (nil: a new
// one). Every value that cannot be is a fault of its field.
func (d *Desk) Fill(ctx context.Context, r register.Register, before json.RawMessage, cells map[string]string) (json.RawMessage, error) {
	f, err := d.filler(ctx, r)
	if err != nil {
		return nil, err
	}
	doc, faults := f.fill(before, cells, true)
	if len(faults) > 0 {
		return nil, process.Refuse(process.InvalidInput, faults[0].Chinese, faults[0].English).With(faults...)
	}
	return doc, nil
}

// fill is Fill with the registers at hand. empties: an empty text empties the field.
func (f *filler) fill(before json.RawMessage, cells map[string]string, empties bool) (json.RawMessage, []process.Field) {
	doc, faults := map[string]any{}, []process.Field{}
	if before != nil && json.Unmarshal(before, &doc) != nil {
		doc = map[string]any{}
	}
	for _, q := range f.register.Questions() {
		text, written := cells[q.Path]
		if before == nil && (!written || text == "") {
			doc[q.Path] = nothing(q)
		}
		if !written || (text == "" && (!empties || before == nil)) || (before != nil && text != "" && f.unchanged(q, before, text)) {
			continue
		}
		value, err := f.value(q, text)
		if err != nil {
			faults = append(faults, err.Fields...)
			doc[q.Path] = nothing(q) // what stood there was not written: nothing is held against it
			continue
		}
		doc[q.Path] = value
	}
	kept, err := json.Marshal(doc)
	if err != nil {
		faults = append(faults, process.Field{Name: f.register.Known[0], Chinese: "内容无法保存。", English: "It cannot be kept."})
	}
	return kept, faults
}

// unchanged reports whether a text is how a reference is shown that stands there already: it stays, whoever it is of, also when they have ended since.
func (f *filler) unchanged(q process.Question, before json.RawMessage, text string) bool {
	refers := register.Refers(q)
	if refers == "" {
		return false
	}
	id := Value(before, q.Path)
	return id != "" && (id == text || plain(f.titled(refers)[id]) == plain(text))
}

// nothing is what a field holds that was not filled in.
func nothing(q process.Question) any {
	switch {
	case q.Many:
		return []string{}
	case q.Kind == process.Count:
		return 0
	case q.Kind == process.Day:
		return nil
	}
	return ""
}

// value reads one value as people write it.
func (f *filler) value(q process.Question, text string) (any, *process.Refusal) {
	if text == "" {
		return nothing(q), nil
	}
	if refers := register.Refers(q); refers != "" {
		return f.resolve(q, refers, text)
	}
	switch {
	case q.Kind == process.Day:
		return day(q.Path, text)
	case q.Kind == process.Count:
		n, err := typed.Count(q.Path, strings.TrimSuffix(text, ".0")) // as Excel has it
		return n, refusal(err)
	case len(q.Choices) > 0:
		return f.choose(q, text)
	case q.Kind == register.Lines:
		return split(text, "\n\r"), nil
	case q.Many:
		return names(text), nil
	}
	return text, nil
}

// split cuts a list of names where people separate them.
func split(text, signs string) []string {
	parts := []string{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// choose reads a choice, or several, by its word in either language.
func (f *filler) choose(q process.Question, text string) (any, *process.Refusal) {
	chosen := []string{}
	parts := []string{text}
	if q.Many {
		parts = split(text, "、，,；;/\n")
	}
	words, unknown := f.words(q), []string{}
	for _, part := range parts {
		if value, ok := words[plain(part)]; ok {
			chosen = append(chosen, value)
		} else {
			unknown = append(unknown, part)
		}
	}
	if len(unknown) > 0 { // all of them at once
		zh, en := []string{}, []string{}
		for _, c := range q.Choices {
			zh, en = append(zh, Shown(f.contexts[0], q, c.Value, nil)), append(en, Shown(f.contexts[1], q, c.Value, nil))
		}
		unknown = unknown[:min(len(unknown), 10)]
		return nil, process.RefuseField(q.Path, "没有“"+strings.Join(unknown, "”“")+"”这一项，可以填："+strings.Join(zh, "、")+"。", "There is no \""+strings.Join(unknown, "\", \"")+"\"; write one of: "+strings.Join(en, ", ")+".")
	}
	if q.Many {
		return chosen, nil
	}
	return chosen[0], nil
}

// words are the choices of a question by how they are written, in either language.
func (f *filler) words(q process.Question) map[string]string {
	if words, ok := f.choices[q.Path]; ok {
		return words
	}
	words := map[string]string{}
	for _, c := range slices.Backward(q.Choices) { // the first of two that are written alike
		for _, ctx := range f.contexts {
			words[plain(Shown(ctx, q, c.Value, nil))] = c.Value
		}
		words[plain(c.Value)] = c.Value
	}
	f.choices[q.Path] = words
	return words
}

// resolve finds the record that a name means: an id, or one of the fields by which people know it.
func (f *filler) resolve(q process.Question, name register.Name, text string) (any, *process.Refusal) {
	r, _ := register.Of(name)
	found := f.find(r, text)
	switch len(found) {
	case 1:
		return found[0].ID, nil
	case 0:
		return nil, f.unknown(q, name, text)
	}
	how, english := "请改写成全称", "write the full name"
	if name == register.PeopleName {
		how, english = "请改写成账号", "write the account"
	}
	return nil, process.RefuseField(q.Path, "有 "+strconv.Itoa(len(found))+" 个“"+text+"”，"+how+"。", "There are "+strconv.Itoa(len(found))+" called \""+text+"\"; "+english+".")
}

// find returns the records in use that a text names, by the first of the fields that names any; of several the one that is written exactly so.
func (f *filler) find(r register.Register, text string) []recorded {
	for _, record := range f.known[r.Name] {
		if record.ID == text && !record.Ended {
			return []recorded{record}
		}
	}
	for _, path := range r.Known {
		found := f.by(r.Name, path)[plain(text)]
		exact := []recorded{}
		for _, record := range found {
			if slices.Contains(Texts(record.Doc, path), text) {
				exact = append(exact, record)
			}
		}
		if len(exact) == 1 {
			return exact
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// by returns the records in use by what stands in a field.
func (f *filler) by(name register.Name, path string) map[string][]recorded {
	if f.indexed[name] == nil {
		f.indexed[name] = map[string]map[string][]recorded{}
	}
	if index, ok := f.indexed[name][path]; ok {
		return index
	}
	index := map[string][]recorded{}
	for _, record := range f.known[name] {
		if record.Ended {
			continue
		}
		once := map[string]bool{}
		for _, text := range Texts(record.Doc, path) {
			if key := plain(text); !once[key] {
				once[key] = true
				index[key] = append(index[key], record)
			}
		}
	}
	f.indexed[name][path] = index
	return index
}

// refusal is what domain/typed refuses with.
func refusal(err error) *process.Refusal {
	var refused *process.Refusal
	if err != nil && !errors.As(err, &refused) {
		refused = process.Refuse(process.InvalidInput, err.Error(), err.Error())
	}
	return refused
}

// day reads a day as people write it everywhere, or as Excel does: the number of the day.
func day(path, text string) (any, *process.Refusal) {
	if number, err := strconv.ParseFloat(text, 64); err == nil && number > 30000 && number < 80000 { // 1982 to 2119
		return clock.NewDate(1899, 12, 30).AddDays(int(number)), nil
	}
	at, err := typed.Day(path, text)
	return at, refusal(err)
}
