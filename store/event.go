package store

import (
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// eventRow returns the row of an event, with its hash.
func eventRow(e process.Event, prev, request []byte, run string) (sqlc.AppendEventParams, error) {
	row := sqlc.AppendEventParams{CaseID: e.CaseID, Version: e.Version, Key: e.Key, Command: string(e.Command), RequestHash: request,
		OccurredAt: e.OccurredAt, RecordedAt: e.RecordedAt, Reason: e.Reason, Input: e.Input, Audience: string(e.Audience), Form: int16(e.Form),
		PrevHash: prev, WorkflowRun: run}
	var err error
	if row.Actor, err = json.Marshal(e.Actor); err != nil {
		return row, fmt.Errorf("write the actor: %w", err)
	}
	if row.Changes, err = json.Marshal(e.Changes); err != nil {
		return row, fmt.Errorf("write the changes: %w", err)
	}
	if row.Outcome, err = json.Marshal(e.Outcome); err != nil {
		return row, fmt.Errorf("write the standing: %w", err)
	}
	if len(e.Told) > 0 {
		if row.Told, err = json.Marshal(e.Told); err != nil {
			return row, fmt.Errorf("write whom it told: %w", err)
		}
	}
	if e.Restated != nil {
		if row.Restated, err = json.Marshal(e.Restated); err != nil {
			return row, fmt.Errorf("write the case as it stood: %w", err)
		}
	}
	row.Hash, err = link{CaseID: e.CaseID, Version: e.Version, Key: e.Key, Command: e.Command, Actor: row.Actor,
		OccurredAt: canonicalInstant(e.OccurredAt), RecordedAt: canonicalInstant(e.RecordedAt), Reason: e.Reason,
		Input: row.Input, Changes: row.Changes, Outcome: row.Outcome, Audience: row.Audience, Form: row.Form, Told: row.Told,
		Restated: row.Restated, PrevHash: hexOf(prev)}.sum()
	return row, err
}

// linkOf is what the hash of a stored event must have been taken over.
func linkOf(row sqlc.Event) link {
	return link{CaseID: row.CaseID, Version: row.Version, Key: row.Key, Command: process.Name(row.Command), Actor: row.Actor,
		OccurredAt: canonicalInstant(row.OccurredAt), RecordedAt: canonicalInstant(row.RecordedAt), Reason: row.Reason, Input: row.Input,
		Changes: row.Changes, Outcome: row.Outcome, Audience: row.Audience, Form: row.Form, Told: row.Told, Restated: row.Restated,
		PrevHash: hexOf(row.PrevHash)}
}

// eventOf reads a row back.
func eventOf(row sqlc.Event) (process.Event, error) {
	e := process.Event{CaseID: row.CaseID, Version: row.Version, Key: row.Key, Command: process.Name(row.Command), OccurredAt: row.OccurredAt,
		RecordedAt: row.RecordedAt, Reason: row.Reason, Input: row.Input, Audience: process.Audience(row.Audience),
		Form: int(row.Form), PrevHash: hexOf(row.PrevHash), Hash: hexOf(row.Hash)}
	for _, part := range []struct {
		text   json.RawMessage
		target any
	}{{row.Actor, &e.Actor}, {row.Changes, &e.Changes}, {row.Outcome, &e.Outcome}, {row.Told, &e.Told}, {row.Restated, &e.Restated}} {
		if part.text == nil {
			continue
		}
		if err := json.Unmarshal(part.text, part.target); err != nil {
			return e, fmt.Errorf("understand event %d of case %s: %w", row.Version, row.CaseID, err)
		}
	}
	return e, nil
}
