package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Changed is one field that got another value, as people read it: references by name.
type Changed struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// writer writes records of one register in one transaction.
type writer struct {
	store    *Store
	q        *sqlc.Queries
	register register.Register
	park     string
	by       process.Actor
	at       time.Time
	titles   map[register.Name]map[string]string // of what is referred to
	staff    map[string]bool                     // who works here, once somebody has asked: people are read once for a sheet of thousands
	many     bool                                // several are written: nobody asks for the tag of each
	trial    bool                                // it is taken back: who did what is not put on record
	called   *called                             // by what enterprises go, once very many are written
	before   func() error                        // what has to be done before a record is written that may have to be taken back; nil: nothing
}

func (w writer) write(ctx context.Context, k Keeping) (Outcome, error) {
	doc, ok := k.Record.(json.RawMessage)
	if !ok {
		text, err := json.Marshal(k.Record)
		if err != nil {
			return Outcome{}, fmt.Errorf("write a record of %s: %w", w.register.Name, err)
		}
		doc = text
	}
	before, deed := json.RawMessage(nil), "added"
	if k.ID == "" {
		k.ID = uuid.NewString()
		if w.register.Single {
			return Outcome{}, process.Refuse(process.NotAllowed, "只有这一条，不能再增加。", "There is this one and no other.")
		}
	} else {
		if uuid.Validate(k.ID) != nil || len(k.ID) != 36 {
			return Outcome{}, noRecord()
		}
		old, err := shelves()[w.register.Name].read(ctx, w.q, w.park, &k.ID)
		if err != nil {
			return Outcome{}, fmt.Errorf("read a record of %s: %w", w.register.Name, err)
		}
		if len(old) == 0 {
			return Outcome{}, noRecord()
		}
		before, deed = old[0].Doc, "changed"
		if doc, err = w.onto(ctx, old[0], k, doc); err != nil {
			return Outcome{}, err
		}
	}
	checked := func(doc json.RawMessage) (json.RawMessage, error) { return w.register.Checked(doc) }
	if before != nil {
		checked = func(doc json.RawMessage) (json.RawMessage, error) { return w.register.Changed(before, doc) }
	}
	doc, err := checked(doc)
	if err != nil {
		return Outcome{}, err
	}
	changes, err := w.changes(ctx, before, doc)
	if err != nil {
		return Outcome{}, err
	}
	if err := w.timely(before, doc, changes); err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{ID: k.ID, Title: w.title(doc), Added: deed == "added", Changes: changes}
	if deed == "changed" && len(changes) == 0 {
		outcome.Tag = Tag(before)
		return outcome, nil
	}
	if err := w.keep(ctx, kept{ID: k.ID, Doc: doc, Hash: k.Hash, New: deed == "added"}); err != nil {
		return Outcome{}, named(err, w.register)
	}
	if w.trial {
		return outcome, nil
	}
	list, err := json.Marshal(changes)
	if err != nil {
		return Outcome{}, fmt.Errorf("write what changed: %w", err)
	}
	err = w.q.AddRegisterEvent(ctx, sqlc.AddRegisterEventParams{ParkID: w.park, At: w.at, ActorID: w.by.ID, ActorName: w.by.Name, Register: string(w.register.Name),
		RecordID: k.ID, Title: outcome.Title, Deed: deed, Changes: list, Note: k.Note})
	if err != nil {
		return Outcome{}, fmt.Errorf("record what was done to %s: %w", outcome.Title, err)
	}
	if w.many {
		return outcome, nil
	}
	fresh, err := shelves()[w.register.Name].read(ctx, w.q, w.park, &k.ID)
	if err != nil {
		return Outcome{}, fmt.Errorf("read what was written of %s: %w", outcome.Title, err)
	}
	if len(fresh) == 0 {
		return Outcome{}, noRecord()
	}
	outcome.Tag = Tag(fresh[0].Doc)
	return outcome, nil
}

// timely refuses days that cannot lie where they were put. What was put on record before and is not changed stays: it can be withdrawn.
func (w writer) timely(before, doc json.RawMessage, changes []Changed) error {
	err := w.register.Timely(doc, clock.DateOf(w.at))
	refusal := process.RefusalOf(err)
	if before == nil || refusal == nil || slices.ContainsFunc(refusal.Fields, func(f process.Field) bool {
		return slices.ContainsFunc(changes, func(c Changed) bool { return c.Field == f.Name })
	}) {
		return err
	}
	return nil
}

func (w writer) title(doc json.RawMessage) string {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(doc, &fields) != nil {
		return ""
	}
	return plainly(fields[w.register.Title])
}

// changes lists the fields that differ, and refuses references to what is not there or has ended.
func (w writer) changes(ctx context.Context, before, after json.RawMessage) ([]Changed, error) {
	old, fresh := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if before != nil {
		if err := json.Unmarshal(before, &old); err != nil {
			return nil, fmt.Errorf("understand the record: %w", err)
		}
	}
	if err := json.Unmarshal(after, &fresh); err != nil {
		return nil, fmt.Errorf("understand the record: %w", err)
	}
	changes := []Changed{}
	for _, q := range w.register.Questions() {
		from, to := plainly(old[q.Path]), plainly(fresh[q.Path])
		if from == to || (before == nil && to == "") || bytes.Equal(old[q.Path], fresh[q.Path]) {
			continue
		}
		if refers := register.Refers(q); refers != "" {
			names, err := w.named(ctx, refers)
			if err != nil {
				return nil, err
			}
			if to != "" {
				if _, there := names[to]; !there {
					return nil, w.gone(ctx, q.Path, refers, to)
				}
				if q.From == register.Departments {
					if err := w.isDepartment(ctx, q.Path, to); err != nil {
						return nil, err
					}
				} else if q.From != "" { // every circle of people is of those who work here
					if err := w.isStaff(ctx, q.Path, to); err != nil {
						return nil, err
					}
				}
				to = names[to]
			}
			if name, there := names[from]; there {
				from = name
			}
		}
		changes = append(changes, Changed{Field: q.Path, Old: from, New: to})
	}
	return changes, nil
}

// gone refuses a reference to what is not there or has ended.
func (w writer) gone(ctx context.Context, field string, name register.Name, id string) error {
	if name == register.EnterprisesName {
		once, err := w.store.titles(ctx, w.q, name, true)
		if err != nil {
			return err
		}
		if merged, known := once[id]; known {
			return process.RefuseField(field, merged+"已经并入另一家，请选择合并后的那一家。", merged+" was merged into another enterprise; choose the one that stayed.")
		}
	}
	return process.RefuseField(field, "没有这一条，或者已经停用，请重新选择。", "There is no such record, or it has ended; choose again.")
}

// isDepartment refuses a section of the zone where a department of the county is asked for.
func (w writer) isDepartment(ctx context.Context, field, id string) error {
	found, err := shelves()[register.UnitsName].read(ctx, w.q, w.park, &id)
	if err != nil {
		return fmt.Errorf("read a unit: %w", err)
	}
	var unit register.Unit
	if len(found) == 1 && json.Unmarshal(found[0].Doc, &unit) == nil && unit.Kind == "zone" {
		return process.RefuseField(field, unit.Name+"是园区科室，这里要选县直部门。", unit.Name+" is a section of the zone; choose a department of the county.")
	}
	return nil
}

// isStaff refuses, naming the field, somebody who does not work here.
func (w writer) isStaff(ctx context.Context, field, id string) error {
	if w.register.Name == register.PeopleName { // who works here changes while people are written
		return isStaff(ctx, w.q, w.park, field, id)
	}
	if len(w.staff) == 0 {
		staff, err := staffOf(ctx, w.q, w.park)
		if err != nil {
			return err
		}
		maps.Copy(w.staff, staff)
	}
	return among(w.staff, field, id)
}

// named returns what the records in use of a register are called.
func (w writer) named(ctx context.Context, name register.Name) (map[string]string, error) {
	if known, ok := w.titles[name]; ok {
		return known, nil
	}
	titles, err := w.store.titles(ctx, w.q, name, false)
	w.titles[name] = titles
	return titles, err
}

// Titles returns what every record of a register is called, those that have ended too.
func (s *Store) Titles(ctx context.Context, name register.Name) (map[string]string, error) {
	return s.titles(ctx, s.queries, name, true)
}

func (s *Store) titles(ctx context.Context, q *sqlc.Queries, name register.Name, ended bool) (map[string]string, error) {
	r, _ := register.Of(name)
	records, err := s.records(ctx, q, name, nil)
	titles := make(map[string]string, len(records))
	for _, record := range records {
		if !record.Ended || ended {
			titles[record.ID] = writer{register: r}.title(record.Doc)
		}
	}
	return titles, err
}

// plainly prints a JSON value as people read it: a list with commas, null and what is missing as nothing.
func plainly(value json.RawMessage) string {
	var meant any
	if len(value) == 0 || json.Unmarshal(value, &meant) != nil {
		return ""
	}
	switch v := meant.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		words := []string{}
		for _, one := range v {
			words = append(words, fmt.Sprint(one))
		}
		return strings.Join(words, "、")
	}
	return string(value)
}

// RegisterDeed is what somebody did to a record.
type RegisterDeed struct {
	sqlc.RegisterEventsRow
	Changed []Changed
}

// Cursor names the deed among all of them: what comes after it, RegisterDeeds returns.
func (d RegisterDeed) Cursor() string {
	return d.At.UTC().Format(time.RFC3339Nano) + "~" + strconv.Itoa(int(d.Source)) + "~" + strconv.FormatInt(d.ID, 10)
}

// after reads a cursor; an instant alone is before everything that was done at it.
func after(cursor string) (at time.Time, source int32, id int64, err error) {
	if cursor == "" {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), 9, 0, nil
	}
	parts := strings.Split(cursor, "~")
	at, err = time.Parse(time.RFC3339Nano, parts[0])
	source = 9
	if len(parts) == 3 && err == nil {
		var n int64
		if n, err = strconv.ParseInt(parts[1], 10, 32); err == nil {
			source = int32(n)
			id, err = strconv.ParseInt(parts[2], 10, 64)
		}
	}
	if err != nil || (len(parts) != 1 && len(parts) != 3) || at.Year() < 1 || at.Year() > 9999 {
		err = process.RefuseField("before", "请从上一页的“下一页”进入。", "Take it as the page before gave it.")
	}
	return at, source, id, err
}

// RegisterDeeds returns what was done to one record, or with "" to all of them, newest first, after the deed with the cursor ("": the newest).
func (s *Store) RegisterDeeds(ctx context.Context, id string, cursor string, size int) ([]RegisterDeed, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	at, source, last, err := after(cursor)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.RegisterEvents(ctx, sqlc.RegisterEventsParams{ParkID: park.ID, RecordID: given(id), Before: at, Source: source, ID: last, Size: int32(size)})
	if err != nil {
		return nil, fmt.Errorf("read what was done to the registers: %w", err)
	}
	deeds := make([]RegisterDeed, 0, len(rows))
	for _, row := range rows {
		d := RegisterDeed{RegisterEventsRow: row}
		if err := json.Unmarshal(row.Changes, &d.Changed); err != nil {
			return nil, fmt.Errorf("understand what was done to %s: %w", row.Title, err)
		}
		deeds = append(deeds, d)
	}
	return deeds, nil
}

// Note records a deed on a record that is no change of its fields.
func (s *Store) Note(ctx context.Context, by process.Actor, name register.Name, id, title, deed, note string, changes []Changed, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	list, err := json.Marshal(append([]Changed{}, changes...))
	if err != nil {
		return fmt.Errorf("write what changed: %w", err)
	}
	err = s.queries.AddRegisterEvent(ctx, sqlc.AddRegisterEventParams{ParkID: park.ID, At: at, ActorID: by.ID, ActorName: by.Name, Register: string(name), RecordID: id,
		Title: title, Deed: deed, Changes: list, Note: note})
	if err != nil {
		return fmt.Errorf("record what was done to %s: %w", title, err)
	}
	return nil
}
