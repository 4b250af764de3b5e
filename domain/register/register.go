// Package register describes the zone's master data, each register once: the Go type of a record says what its fields are and what they may be.
// Its page and form, the columns of its import, its API operations, its command and the record of what was changed follow.
package register

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Name is a register's name in addresses and commands: units.
type Name string

// The registers.
const (
	ZoneName        Name = "zone"
	UnitsName       Name = "units"
	PeopleName      Name = "people"
	EnterprisesName Name = "enterprises"
	BuildingsName   Name = "buildings"
	CampaignsName   Name = "campaigns"
	ChecklistsName  Name = "checklists"
	TenanciesName   Name = "tenancies"
	LevelsName      Name = "levels"
	LibraryName     Name = "library"
	VisitPlansName  Name = "visit_plans"
	OtherVisitsName Name = "other_visits"
)

// The kinds of question that registers ask beside those of commands.
const (
	UnitOf process.QuestionKind = "unit" // a section or department
	ListOf process.QuestionKind = "checklist"
	Names  process.QuestionKind = "names" // several names, each a line
	Lines  process.QuestionKind = "lines" // several sentences, each a line: they may hold the signs that part names
)

// Departments is what a question of the kind UnitOf is from when the zone's own sections do not answer it.
const Departments = "departments"

// Record is a record of a register, by value.
type Record[R any] interface {
	// Checked returns the record in the form in which it is kept, or a refusal that names every field at fault.
	Checked() (R, error)
}

// Follower is a record that takes something over from what it was before somebody changed it.
type Follower[R any] interface{ After(was R) R }

// Timely is a record with days that have to lie around the day on which somebody types them.
type Timely[R any] interface {
	Timely(today clock.Date) error
}

// Register is one register as the rest of the program sees it.
type Register struct {
	Name   Name
	Type   reflect.Type
	Known  []string       // the fields by any of which a person or an import names a record, the one that is unique first
	Title  string         // the field that a record is shown by
	Single bool           // there is one record and no other
	Same   []string       // of a register whose records have no name: the fields that together make two of them one and the same
	Within string         // the field of the record that records stand below: the list of that record shows them
	Keeps  []process.Role // who keeps it beside administrators: those who come to know of it
	Scarce bool           // how many there are does not grow with the zone: the whole list is shown

	decode func(json.RawMessage) (any, error)
	timely func(doc json.RawMessage, today clock.Date) error
	after  func(was, doc json.RawMessage) (any, error)
}

// of describes a register of one type.
func of[R Record[R]](r Register) Register {
	r.Type = reflect.TypeFor[R]()
	read := func(doc json.RawMessage) (R, error) {
		var record R
		if err := process.Strictly(doc, &record); err != nil {
			return record, err
		}
		kept, err := record.Checked()
		return kept, together(err, process.Check(&kept)) // the latter holds for everything that is typed: a day that can be, texts in one form
	}
	r.decode = func(doc json.RawMessage) (any, error) { return read(doc) }
	r.timely = func(doc json.RawMessage, today clock.Date) error {
		var record R
		if _, is := any(record).(Timely[R]); !is {
			return nil
		}
		if err := json.Unmarshal(doc, &record); err != nil {
			return err
		}
		dated, _ := any(record).(Timely[R])
		return dated.Timely(today)
	}
	r.after = func(was, doc json.RawMessage) (any, error) {
		kept, err := read(doc)
		next, follows := any(kept).(Follower[R])
		if err != nil || !follows {
			return kept, err
		}
		var before R
		if err := json.Unmarshal(was, &before); err != nil {
			return nil, err
		}
		return next.After(before).Checked()
	}
	return r
}

// All lists every register, in the order in which a new zone fills them: what others refer to first.
func All() []Register {
	return []Register{
		of[Zone](Register{Name: ZoneName, Title: "name", Known: []string{"name"}, Single: true}),
		of[Unit](Register{Name: UnitsName, Title: "name", Known: []string{"name", "aliases"}, Scarce: true}),
		of[Person](Register{Name: PeopleName, Title: "name", Known: []string{"username", "name"}}),
		of[Enterprise](Register{Name: EnterprisesName, Title: "short_name", Known: []string{"name", "credit_code", "short_name", "aliases", "former_names"}}),
		of[Building](Register{Name: BuildingsName, Title: "name", Known: []string{"name"}, Within: "enterprise_id"}),
		of[Campaign](Register{Name: CampaignsName, Title: "name", Known: []string{"name"}, Scarce: true}),
		of[Checklist](Register{Name: ChecklistsName, Title: "name", Known: []string{"name"}, Scarce: true}),
		of[Tenancy](Register{Name: TenanciesName, Title: "place", Known: []string{"place"}, Within: "enterprise_id"}),
		of[Level](Register{Name: LevelsName, Title: "name", Known: []string{"name", "code"}, Scarce: true}),
		of[Finding](Register{Name: LibraryName, Title: "name", Known: []string{"name"}}),
		of[VisitPlan](Register{Name: VisitPlansName, Title: "name", Known: []string{"name"}, Scarce: true}),
		of[OtherVisit](Register{Name: OtherVisitsName, Title: "purpose", Known: []string{"purpose"}, Keeps: []process.Role{process.SafetySupervisor}, Same: []string{"enterprise_id", "on", "body", "purpose"}}),
	}
}

// KeptBy reports whether somebody reads and changes the register.
func (r Register) KeptBy(actor process.Actor) bool {
	return actor.Has(process.Administrator) || slices.ContainsFunc(r.Keeps, actor.Has)
}

// Of returns the register with the name, and whether there is one.
func Of(name Name) (Register, bool) {
	all := All()
	if i := slices.IndexFunc(all, func(r Register) bool { return r.Name == name }); i >= 0 {
		return all[i], true
	}
	return Register{}, false
}

// Questions are the fields of the register's form, in the order of its type; they are also the columns of its import.
func (r Register) Questions() []process.Question { return process.QuestionsOf(r.Type) }

// Question returns the question with the path.
func (r Register) Question(path string) (process.Question, bool) {
	all := r.Questions()
	if i := slices.IndexFunc(all, func(q process.Question) bool { return q.Path == path }); i >= 0 {
		return all[i], true
	}
	return process.Question{}, false
}

// Checked returns the record in the form in which it is kept, as JSON, or a refusal that names every field at fault.
func (r Register) Checked(doc json.RawMessage) (json.RawMessage, error) {
	record, err := r.decode(doc)
	if err != nil {
		return nil, err
	}
	return json.Marshal(record)
}

// Changed is Checked for a record that is there already: was is how it is kept now.
func (r Register) Changed(was, doc json.RawMessage) (json.RawMessage, error) {
	record, err := r.after(was, doc)
	if err != nil {
		return nil, err
	}
	return json.Marshal(record)
}

// Refers returns which register a question's answer is an id of, "" for none.
func Refers(q process.Question) Name {
	switch q.Kind {
	case UnitOf:
		return UnitsName
	case ListOf:
		return ChecklistsName
	case process.Somebody:
		return PeopleName
	case process.Company:
		return EnterprisesName
	case Names, Lines, process.Line, process.Long, process.Day, process.Count, process.YesNo, process.Money, process.Choose, process.Pick, process.Ticks, process.Somewhere,
		process.CampaignOf, process.CaseOf, process.Files, process.Seen, process.Number, process.Emptied, process.MonthOf, process.RateOf, process.Dated, process.Answers:
	}
	return ""
}

// together is one refusal for what a register's own rules refuse and what is refused of everything: a field that both name is named by the first.
func together(own, other error) error {
	var first, more *process.Refusal
	if !errors.As(own, &first) || !errors.As(other, &more) {
		return errors.Join(own, other)
	}
	for _, fault := range more.Fields {
		if !slices.ContainsFunc(first.Fields, func(f process.Field) bool { return f.Name == fault.Name }) {
			first = first.With(fault)
		}
	}
	return first
}

// faults collects what is wrong with several fields.
type faults []process.Field

func (f *faults) note(err error) {
	if err == nil {
		return
	}
	if refusal, ok := err.(*process.Refusal); ok { //nolint:errorlint // made two lines above
		*f = append(*f, refusal.Fields...)
	}
}

// refusal returns one refusal of all fields at fault, or nil.
func (f faults) refusal() error {
	switch len(f) {
	case 0:
		return nil
	case 1:
		return process.Refuse(process.InvalidInput, f[0].Chinese, f[0].English).With(f...)
	}
	return process.Refuse(process.InvalidInput, "有几项还要改。", "Some of this has to be changed.").With(f...)
}

// line checks a text of one line.
func (f *faults) line(field string, text *string, limit int, required bool) {
	check := process.Optional
	if required {
		check = process.Required
	}
	kept, err := check(field, *text, limit)
	if err != nil {
		f.note(err)
		return
	}
	*text = kept
}

// aliases are other names in their order, each once and none of those that are its names anyway. It refuses more than 20.
func (f *faults) aliases(given []string, limit int, names ...string) []string {
	aliases := []string{}
	for _, alias := range given {
		f.line("aliases", &alias, limit, false)
		if alias != "" && !slices.Contains(aliases, alias) && !slices.Contains(names, alias) {
			aliases = append(aliases, alias)
		}
	}
	slices.Sort(aliases)
	if len(aliases) > 20 {
		f.note(process.RefuseField("aliases", "别名最多 20 个。", "At most 20 other names."))
	}
	return aliases
}

// maybe checks a text of one line that may be left out: then it stays as it is.
func (f *faults) maybe(field string, text **string, limit int) {
	if *text == nil {
		return
	}
	kept := **text
	f.line(field, &kept, limit, false)
	*text = &kept
}

// id checks a reference: one that is none is no record.
func (f *faults) id(field, text string) {
	if text != "" && !uuidLike(text) {
		f.note(process.RefuseField(field, "没有这一条，请重新选择。", "There is no such record; choose again."))
	}
}

func uuidLike(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i, r := range text {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		hex := (r >= '0' && r <= '9') || (r >= 'a' && r <= 'f') || (r >= 'A' && r <= 'F')
		if dash != (r == '-') || (!dash && !hex) {
			return false
		}
	}
	return true
}

// Timely refuses days of a record that cannot lie where they were put, seen from the day on which somebody types them.
func (r Register) Timely(doc json.RawMessage, today clock.Date) error { return r.timely(doc, today) }
