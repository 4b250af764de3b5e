package store

import (
	"context"
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// tables is where the facts of a kind are kept, beside the row and the parts that every case has.
type tables struct {
	load func(*sqlc.Queries, context.Context, string) (json.RawMessage, error)
	save func(*sqlc.Queries, context.Context, json.RawMessage) error
}

// tablesOf returns a kind's tables. Kinds whose facts are counted and filtered by have typed tables of their own; every other kind's are kept as
// one document beside the case, and need nothing here.
func tablesOf(kind process.Kind) tables {
	switch kind {
	case project.Kind:
		return tables{load: (*sqlc.Queries).LoadProject, save: (*sqlc.Queries).SaveProject}
	case hazard.Kind:
		return tables{load: (*sqlc.Queries).LoadHazard, save: (*sqlc.Queries).SaveHazard}
	}
	return tables{load: (*sqlc.Queries).LoadFacts, save: func(q *sqlc.Queries, ctx context.Context, doc json.RawMessage) error {
		return q.SaveFacts(ctx, doc, []string{"case_id", "holder", "clocks", "attachments", "passages", "gate_answers", "buildings", "rounds"})
	}}
}
