package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// paper is a case taken apart into what the tables take (docs/decisions/0002): its row in cases, its kind's own row of facts, and its parts.
type paper struct {
	header process.Case
	hash   []byte          // of the last event
	head   json.RawMessage // for cases
	facts  json.RawMessage // for the kind's own table
	save   func(*sqlc.Queries, context.Context, json.RawMessage) error
	parts  []part
	rows   map[string]json.RawMessage // of the parts; every row carries the case's id
}

// write takes apart what the names touch; nil is everything. numbers are those of its official papers.
func write(t tables, subject process.Subject, hash []byte, names map[string]bool, numbers []string) (*paper, error) {
	p := &paper{header: *subject.Header(), hash: hash, save: t.save, parts: t.parts, rows: map[string]json.RawMessage{}}
	if names != nil && len(names) == 0 {
		return p, nil
	}
	text, err := json.Marshal(subject)
	fields := map[string]json.RawMessage{}
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	if err == nil {
		fields[officialNumbers], err = numbered(numbers)
	}
	id, head, facts := fields["id"], map[string]json.RawMessage{}, map[string]json.RawMessage{"case_id": fields["id"]}
	for _, part := range t.parts {
		if err == nil && (names == nil || names[part.name]) {
			p.rows[part.name], err = belonging(id, fields[part.name])
		}
		delete(fields, part.name)
	}
	heads := headed()
	for name, value := range fields {
		if name == "enterprise_id" && string(value) == `""` {
			value = json.RawMessage("null") // a case need not be about an enterprise
		}
		if heads[name] {
			head[name] = value
		} else {
			facts[name] = value
		}
	}
	if err == nil {
		p.head, err = json.Marshal(head)
	}
	if err == nil {
		p.facts, err = json.Marshal(facts)
	}
	if err != nil {
		return nil, fmt.Errorf("write case %s: %w", p.header.ID, err)
	}
	return p, nil
}

// belonging puts the case's id into every row of a part. A missing list is an empty one.
func belonging(id, list json.RawMessage) (json.RawMessage, error) {
	var rows []json.RawMessage
	if list == nil { // a part that the kind has not
		return json.RawMessage("[]"), nil
	}
	if err := json.Unmarshal(list, &rows); err != nil || len(rows) == 0 {
		return json.RawMessage("[]"), err
	}
	text := append(json.RawMessage{}, '[')
	for i, row := range rows {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(append(append(text, `{"case_id":`...), id...), ','), row[1:]...)
	}
	return append(text, ']'), nil
}

// numbered are the rows of the numbers of official papers.
func numbered(numbers []string) (json.RawMessage, error) {
	type row struct {
		Number string `json:"number"`
	}
	rows := make([]row, 0, len(numbers))
	for _, n := range numbers {
		rows = append(rows, row{n})
	}
	return json.Marshal(rows)
}

// headed are the facts that stand in the row of cases.
func headed() map[string]bool {
	names := map[string]bool{}
	for t, i := reflect.TypeFor[process.Case](), 0; i < t.NumField(); i++ {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}

// naming are the facts that say what a case is, not where it stands: what its lists are searched by hangs on them, and they seldom change.
func naming(name string) bool {
	return slices.Contains([]string{"park_id", "kind", "number", "title", "definition_version", "enterprise_id", "enterprise_name", "opened_at", "aliases", "also"}, name)
}

// moved are the facts and parts that changes touch, by their names in the case's JSON form.
func moved(changes []process.Change) map[string]bool {
	names := map[string]bool{}
	for _, c := range changes {
		name := c.Path
		if end := strings.IndexAny(name, ".["); end >= 0 {
			name = name[:end]
		}
		names[name] = true
	}
	return names
}

// touched are the facts and parts that a deed touches, the numbers of official papers among them.
func touched(kind process.Entry, before, after process.Subject, changes []process.Change) map[string]bool {
	names := moved(changes)
	if !slices.Equal(kind.Papers(before), kind.Papers(after)) {
		names[officialNumbers] = true
	}
	return names
}

// whole writes everything of a case that was not there.
func (p *paper) whole(ctx context.Context) step {
	return func(q *sqlc.Queries) error {
		if err := q.AddCase(ctx, p.head, p.hash); err != nil {
			return err
		}
		if err := p.save(q, ctx, p.facts); err != nil {
			return err
		}
		for _, part := range p.parts {
			if len(p.rows[part.name]) <= len("[]") {
				continue
			}
			if err := part.save(q, ctx, p.header.ID, p.rows[part.name]); err != nil {
				return err
			}
		}
		return nil
	}
}

// moved writes what has changed of a case that is there, and at the least its version and the hash of its last event.
func (p *paper) moved(ctx context.Context, names map[string]bool) step {
	var stands, named, facts bool
	heads := headed()
	for name := range names {
		switch {
		case slices.ContainsFunc(p.parts, func(part part) bool { return part.name == name }):
		case !heads[name]:
			facts = true
		case naming(name):
			named = true
		default:
			stands = true
		}
	}
	return func(q *sqlc.Queries) error {
		var err error
		if stands {
			err = q.MoveCase(ctx, p.head, p.hash, p.header.ID)
		} else {
			err = q.TouchCase(ctx, sqlc.TouchCaseParams{ID: p.header.ID, Version: p.header.Version, UpdatedAt: p.header.UpdatedAt.UTC().Truncate(time.Microsecond), HeadHash: p.hash})
		}
		if err == nil && named {
			err = q.NameCase(ctx, p.header.ID, p.head)
		}
		if err == nil && facts {
			err = p.save(q, ctx, p.facts)
		}
		for _, part := range p.parts {
			if err == nil && names[part.name] {
				err = part.save(q, ctx, p.header.ID, p.rows[part.name])
			}
		}
		return err
	}
}
