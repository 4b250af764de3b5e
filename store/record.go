package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// record appends the event, updates the rows and queues notices. The event holds every fact that changed, because it compares the whole case.
func (d *door[S, E]) record(ctx context.Context, before S, decision process.Decision[S]) (process.Outcome, error) {
	after, call := decision.After, d.order.Call
	header := d.kind.header(&after)
	prev := firstPrevHash()
	if d.locked == nil {
		if err := d.number(ctx, header); err != nil {
			return process.Outcome{}, err
		}
	} else {
		prev = d.locked.HeadHash
	}
	header.Version++
	header.UpdatedAt = call.RecordedAt
	changes, err := process.Compare(before, after)
	if err != nil {
		return process.Outcome{}, err
	}
	audience, _ := access.Audience(d.order.Command, call.Actor, d.chosen, heldByEnterprise(*d.kind.header(&before)) || heldByEnterprise(*header))
	event := process.Event{CaseID: header.ID, Version: header.Version, Key: call.Key, Command: d.order.Command, Actor: call.Actor,
		OccurredAt: call.OccurredAt, RecordedAt: call.RecordedAt, Reason: decision.Reason, Input: d.order.Input, Changes: changes,
		Outcome: header.Standing(), Audience: audience, PrevHash: hexOf(prev)}
	row, err := eventRow(event, prev, d.request, d.order.Run)
	if err != nil {
		return process.Outcome{}, err
	}
	event.Hash = hexOf(row.Hash)
	if err := d.write(ctx, after, row); err != nil {
		return process.Outcome{}, fmt.Errorf("record %s v%d of case %s: %w", event.Command, event.Version, event.CaseID, err)
	}
	told, err := d.notify(ctx, d.kind.header(&before), header, decision.Notices)
	if err != nil {
		return process.Outcome{}, fmt.Errorf("queue notices of %s v%d of case %s: %w", event.Command, event.Version, event.CaseID, err)
	}
	return process.Outcome{Event: event, Standing: event.Outcome, Told: told}, nil
}

// number draws the case's number, XM-2024-0001, from the series of the year it was opened in.
func (d *door[S, E]) number(ctx context.Context, header *process.Case) error {
	year := d.order.Call.Day().Year()
	n, err := d.q.DrawNumber(ctx, header.ParkID, d.kind.series, int32(year))
	if err != nil {
		return fmt.Errorf("draw a number %s-%d: %w", d.kind.series, year, err)
	}
	header.Number = fmt.Sprintf("%s-%d-%04d", d.kind.series, year, n)
	return nil
}

func (d *door[S, E]) write(ctx context.Context, after S, row sqlc.AppendEventParams) error {
	doc, err := document(after)
	if err != nil {
		return err
	}
	if err := d.q.SaveCase(ctx, doc, row.Hash); err != nil {
		return err
	}
	if err := d.kind.save(d.q, ctx, doc); err != nil {
		return err
	}
	if err := d.q.SaveParts(ctx, doc); err != nil {
		return err
	}
	return d.q.AppendEvent(ctx, row)
}

// notify tells the new holder, and whoever the rules name. Imports of past deeds tell nobody.
func (d *door[S, E]) notify(ctx context.Context, before, after *process.Case, notices []process.Notice) (int, error) {
	if d.order.Call.Actor.Type == process.Import {
		return 0, nil
	}
	if h := after.Holder; h != nil && (before.Holder == nil || before.Holder.ID != h.ID) {
		notices = append([]process.Notice{{Kind: process.NoticeHandedTo, ToKind: h.Kind, ToID: h.ID}}, notices...)
	}
	if len(notices) == 0 {
		return 0, nil
	}
	list, err := json.Marshal(notices)
	if err != nil {
		return 0, err
	}
	var actor *string
	if id := d.order.Call.Actor.ID; id != "" {
		actor = &id
	}
	queue := sqlc.QueueNoticesParams{CaseID: after.ID, Version: after.Version, CreatedAt: d.order.Call.RecordedAt, Notices: list, ActorID: actor,
		ParkID: after.ParkID, Today: d.order.Call.Today()}
	told, err := d.q.QueueNotices(ctx, queue)
	if err != nil || len(told) > 0 || d.order.Call.Actor.Type != process.Clock {
		return len(told), err
	}
	// A rung that reaches nobody would be silence: then whoever runs the zone is told.
	for i := range notices {
		notices[i].ToKind, notices[i].ToID = process.ToRole, string(process.Leader)
	}
	notices = append(notices, process.Notice{Kind: notices[0].Kind, ToKind: process.ToRole, ToID: string(process.Administrator), Level: notices[0].Level,
		Rung: notices[0].Rung, Act: notices[0].Act})
	if queue.Notices, err = json.Marshal(notices); err != nil {
		return 0, err
	}
	told, err = d.q.QueueNotices(ctx, queue)
	return len(told), err
}

// document is the case's JSON form as the tables take it: every part carries the case's id, and a missing list is an empty one.
func document(subject any) (json.RawMessage, error) {
	text, err := json.Marshal(subject)
	if err != nil {
		return nil, fmt.Errorf("write the case: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	doc := map[string]any{}
	if err := decoder.Decode(&doc); err != nil {
		return nil, fmt.Errorf("write the case: %w", err)
	}
	doc["case_id"] = doc["id"]
	for _, part := range []string{"passages", "gate_answers", "clocks", "buildings", "attachments", "rounds"} {
		rows, _ := doc[part].([]any)
		if rows == nil {
			rows = []any{}
		}
		for _, row := range rows {
			if object, ok := row.(map[string]any); ok {
				object["case_id"] = doc["id"]
			}
		}
		doc[part] = rows
	}
	if doc["unit_ids"] == nil {
		doc["unit_ids"] = []any{}
	}
	return json.Marshal(doc)
}
