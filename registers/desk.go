package registers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

type recorded = store.Recorded

// Desk is where registers are written. It is safe for concurrent use.
type Desk struct {
	Store *store.Store
	Words *i18n.Catalogue
	Now   func() time.Time
	Lend  func() (password, hash string, err error) // makes up the first password of a new account
}

// followAtOnce is how long a person waits for the cases to follow a change of a name; those that are left follow within a minute (activities.Heal).
const followAtOnce = 5 * time.Second

// follow lets the cases follow once names were written: each says by what name those of the records go now. What others wrote before waits for nobody here. The
// records are written whatever comes of it; what does not get through now the watchdog carries on, and says when it cannot.
func (d *Desk) follow(ctx context.Context, done []store.Outcome) {
	ids := make([]string, 0, len(done))
	for _, o := range done {
		ids = append(ids, o.ID)
	}
	if len(ids) == 0 {
		return
	}
	within, cancel := context.WithTimeout(ctx, followAtOnce)
	defer cancel()
	_, _ = d.Store.CarryNames(within, d.Now, ids...)
}

// Meant is the record that an id means: with "" a new one, or the only one of a register that has one.
func (d *Desk) Meant(ctx context.Context, r register.Register, id string) (store.Recorded, error) {
	switch {
	case id != "":
		return d.Store.Record(ctx, r.Name, id)
	case !r.Single:
		return store.Recorded{}, nil
	}
	records, err := d.Store.Records(ctx, r.Name)
	if err != nil || len(records) == 0 {
		return store.Recorded{}, err
	}
	return records[0], nil
}

// Set changes some fields of a record, written as people write them, and leaves the others; id is as for Meant.
func (d *Desk) Set(ctx context.Context, by process.Actor, r register.Register, id string, cells map[string]string) (Kept, error) {
	record, err := d.Meant(ctx, r, id)
	if err != nil {
		return Kept{}, err
	}
	return d.Change(ctx, by, r, record.ID, record.Doc, cells)
}

// Change is Set for a record that was read before: what changed there since then is a conflict where both changed the same field. Whatever is wrong is named at
// once: values that cannot be read do not hide what the rules and the other records have to say.
func (d *Desk) Change(ctx context.Context, by process.Actor, r register.Register, id string, before json.RawMessage, cells map[string]string) (Kept, error) {
	f, err := d.filler(ctx, r)
	if err != nil {
		return Kept{}, err
	}
	doc, faults := f.fill(before, cells, true)
	wanted := store.Keeping{ID: id, Record: doc, From: before}
	if len(faults) == 0 {
		return d.Keep(ctx, by, r, wanted)
	}
	wanted.Hash = "-"
	tried, err := d.Store.Try(ctx, by, r.Name, []store.Keeping{wanted}, d.Now())
	if err != nil {
		return Kept{}, err
	}
	if refused := tried[0].Refused; refused != nil {
		faults = besides(faults, refused.Fields)
	}
	return Kept{}, process.Refuse(process.InvalidInput, faults[0].Chinese, faults[0].English).With(faults...)
}

// besides adds to what could not be read what is wrong with other fields.
func besides(faults, more []process.Field) []process.Field {
	for _, one := range more {
		if !slices.ContainsFunc(faults, func(f process.Field) bool { return f.Name == one.Name }) {
			faults = append(faults, one)
		}
	}
	return faults
}

// FirstPassword is the password of an account that was made, to be handed to its owner. It is known nowhere else.
type FirstPassword struct {
	Username string `json:"username"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

// Kept is what came of one record.
type Kept struct {
	store.Outcome
	Password *FirstPassword // of a new account
}

// Keep writes one record, given as the JSON form of the register's type; with "" as id it is a new one.
func (d *Desk) Keep(ctx context.Context, by process.Actor, r register.Register, wanted store.Keeping) (Kept, error) {
	passwords, err := d.lend(r, []*store.Keeping{&wanted})
	if err != nil {
		return Kept{}, err
	}
	done, err := d.Store.Keep(ctx, by, r.Name, []store.Keeping{wanted}, d.Now())
	var refused *store.NotKept
	if errors.As(err, &refused) {
		return Kept{}, refused.Unwrap()
	}
	if err != nil {
		return Kept{}, err
	}
	d.follow(ctx, done)
	kept := Kept{Outcome: done[0]}
	if len(passwords) == 1 {
		kept.Password = &passwords[0]
	}
	return kept, nil
}

// lend gives every new account a first password.
func (d *Desk) lend(r register.Register, wanted []*store.Keeping) ([]FirstPassword, error) {
	if r.Name != register.PeopleName {
		return nil, nil
	}
	passwords := []FirstPassword{}
	for _, k := range wanted {
		doc, ok := k.Record.(json.RawMessage)
		if k.ID != "" || !ok {
			continue
		}
		if _, err := r.Checked(doc); err != nil { // before a password is reckoned for nothing
			return nil, err
		}
		password, hash, err := d.Lend()
		if err != nil {
			return nil, fmt.Errorf("make a first password up: %w", err)
		}
		k.Hash = hash
		passwords = append(passwords, FirstPassword{Username: strings.ToLower(Value(doc, "username")), Name: Value(doc, "name"), Password: password})
	}
	return passwords, nil
}

// titles returns what the records of a register are called, each register read once.
func (d *Desk) titles(ctx context.Context) func(register.Name) map[string]string {
	known := map[register.Name]map[string]string{}
	return func(name register.Name) map[string]string {
		if titles, ok := known[name]; ok {
			return titles
		}
		titles, err := d.Store.Titles(ctx, name)
		if err != nil { // shown by id; whoever writes is told by the write itself
			titles = map[string]string{}
		}
		known[name] = titles
		return titles
	}
}

// Titles is titles for whoever shows records.
func (d *Desk) Titles(ctx context.Context) func(register.Name) map[string]string {
	return d.titles(ctx)
}

// Texts returns the texts of a field: of a list each, of any other what Value returns.
func Texts(doc json.RawMessage, path string) []string {
	fields := map[string]any{}
	if json.Unmarshal(doc, &fields) != nil {
		return nil
	}
	list, many := fields[path].([]any)
	if !many {
		return []string{Value(doc, path)}
	}
	texts := make([]string, 0, len(list))
	for _, one := range list {
		texts = append(texts, fmt.Sprint(one))
	}
	return texts
}

// lined names the fields that hold sentences: those are written a line each.
var lined = sync.OnceValue(func() map[string]bool { //nolint:gochecknoglobals // written once, before anybody reads it
	fields := map[string]bool{}
	for _, r := range register.All() {
		for _, q := range r.Questions() {
			if q.Kind == register.Lines {
				fields[q.Path] = true
			}
		}
	}
	return fields
})

// Value returns a field of a record as text: a list of names with 、 between, of sentences a line each, as it can be read again, and null as nothing.
func Value(doc json.RawMessage, path string) string {
	fields := map[string]any{}
	if json.Unmarshal(doc, &fields) != nil {
		return ""
	}
	switch v := fields[path].(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		if lined()[path] {
			return strings.Join(Texts(doc, path), "\n")
		}
		return joined(Texts(doc, path))
	case float64:
		if v == 0 {
			return ""
		}
	}
	return fmt.Sprint(fields[path])
}
