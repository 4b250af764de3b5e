package store

import (
	"context"
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// tables is where a kind's cases are kept beside the row that every case has.
type tables struct {
	load  func(*sqlc.Queries, context.Context, string) (json.RawMessage, error)
	save  func(*sqlc.Queries, context.Context, json.RawMessage) error // writes the kind's own row of facts
	parts []part                                                      // the lists of the case that have tables of their own
}

// part is a list of a case that has a table of its own. It is written when something in it has changed.
type part struct {
	name string // in the JSON form of the case
	save func(q *sqlc.Queries, ctx context.Context, caseID string, rows json.RawMessage) error
}

// growing is a part whose rows are added and changed, and never taken away.
func growing(name string, save func(*sqlc.Queries, context.Context, json.RawMessage) error) part {
	return part{name: name, save: func(q *sqlc.Queries, ctx context.Context, _ string, rows json.RawMessage) error {
		return save(q, ctx, rows)
	}}
}

// shrinking is a part whose rows may also go.
func shrinking(name string, save func(*sqlc.Queries, context.Context, json.RawMessage, string) error) part {
	return part{name: name, save: func(q *sqlc.Queries, ctx context.Context, id string, rows json.RawMessage) error {
		return save(q, ctx, rows, id)
	}}
}

// officialNumbers is the part that holds the numbers of a case's official papers (文号): the door takes it from the case by the kind's own description
// (process.Entry.Papers), and nobody reads it back into one.
const officialNumbers = "official_numbers"

// tablesOf returns a kind's tables. Kinds whose facts are counted and filtered by have typed tables of their own; every other kind's are kept as
// one document beside the case, and need nothing here.
func tablesOf(kind process.Kind) tables {
	every := []part{growing("clocks", (*sqlc.Queries).SaveClocks), growing("attachments", (*sqlc.Queries).SaveAttachments), growing("letters", (*sqlc.Queries).SaveLetters),
		shrinking(officialNumbers, (*sqlc.Queries).SaveOfficialNumbers)}
	switch kind {
	case project.Kind:
		return tables{load: (*sqlc.Queries).LoadProject, save: (*sqlc.Queries).SaveProject,
			parts: append([]part{growing("passages", (*sqlc.Queries).SavePassages), shrinking("gate_answers", (*sqlc.Queries).SaveGateAnswers),
				shrinking("buildings", (*sqlc.Queries).SaveBuildings), growing("money", (*sqlc.Queries).SaveMoney)}, every...)}
	case hazard.Kind:
		return tables{load: (*sqlc.Queries).LoadHazard, save: (*sqlc.Queries).SaveHazard,
			parts: append([]part{growing("rounds", (*sqlc.Queries).SaveRounds)}, every...)}
	default:
		return tables{load: (*sqlc.Queries).LoadFacts, save: (*sqlc.Queries).SaveFacts, parts: every}
	}
}
