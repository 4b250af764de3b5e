package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// record queues notices, updates the rows and appends the event. The event holds every fact that changed, because it compares the whole case,
// and whom it told. The first event on a case whose history was recorded in the old form also states the case as it stood.
func (d *door) record(ctx context.Context, before process.Subject, decision process.Result) (process.Outcome, error) {
	after, call := decision.After, d.order.Call
	header := after.Header()
	prev, compared := firstPrevHash(), any(before)
	if d.locked == nil {
		compared = nil // before it is opened there is no fact, not even that something is 0
		if err := d.number(ctx, header); err != nil {
			return process.Outcome{}, err
		}
	} else {
		prev = d.locked.HeadHash
	}
	header.Version++
	header.UpdatedAt = call.RecordedAt
	changes, err := d.changes(compared, after)
	if err != nil {
		return process.Outcome{}, err
	}
	audience, _ := access.Audience(d.order.Command, call.Actor, d.chosen, heldByEnterprise(*before.Header()) || heldByEnterprise(*header))
	event := process.Event{CaseID: header.ID, Version: header.Version, Key: call.Key, Command: d.order.Command, Actor: call.Actor,
		OccurredAt: call.OccurredAt, RecordedAt: call.RecordedAt, Reason: decision.Reason, Input: d.order.Input, Changes: changes,
		Outcome: header.Standing(), Form: process.WholeForm, Audience: audience, PrevHash: hexOf(prev)}
	event.Outcome.Wake = "" // the machinery's business, as is how far a demo's clock was turned
	if event.Restated, err = d.restated(ctx, before); err != nil {
		return process.Outcome{}, err
	}
	if event.Told, err = d.notify(ctx, before.Header(), header, decision.Notices); err != nil {
		return process.Outcome{}, fmt.Errorf("queue notices of %s v%d of case %s: %w", event.Command, event.Version, event.CaseID, err)
	}
	row, err := eventRow(event, prev, d.request, d.order.Run)
	if err != nil {
		return process.Outcome{}, err
	}
	event.Hash = hexOf(row.Hash)
	if err := d.write(ctx, after, row); err != nil {
		return process.Outcome{}, fmt.Errorf("record %s v%d of case %s: %w", event.Command, event.Version, event.CaseID, err)
	}
	return process.Outcome{Event: event, Standing: header.Standing(), Told: len(event.Told)}, nil
}

// changes compares the case before and after. It refuses what would change a sealed part, or take away one that stays: the tables would not
// follow, and the event would say what is not so. Only a wrong rule does that.
func (d *door) changes(before any, after process.Subject) ([]process.Change, error) {
	changes, broken, err := process.Examine(before, after)
	if err != nil {
		return nil, err
	}
	if len(broken) > 0 {
		d.store.log.Error("a rule would change what is sealed", "command", d.order.Command, "case_id", d.order.CaseID, "parts", broken)
		return nil, process.Refuse(process.Sealed, "这一步会改动已经封存的内容（"+strings.Join(broken, "、")+"），没有办理。请告诉管理员。",
			"This would change what is sealed ("+strings.Join(broken, ", ")+"), so it was not done. Tell the administrator.")
	}
	return changes, nil
}

// restated is the case as it stood, when the events so far do not say it all.
func (d *door) restated(ctx context.Context, before process.Subject) (process.Facts, error) {
	if d.locked == nil {
		return nil, nil
	}
	form := d.locked.HeadForm
	if form < 0 { // the lock was waited for, so the event came after the query had begun
		var err error
		if form, err = d.q.FormAt(ctx, d.order.CaseID, d.locked.Version); err != nil {
			return nil, fmt.Errorf("read the form of event %d of case %s: %w", d.locked.Version, d.order.CaseID, err)
		}
	}
	if form >= process.WholeForm {
		return nil, nil
	}
	return process.FactsOf(before)
}

// number draws the case's number, XM-2024-0001, from the series of the year it was opened in.
func (d *door) number(ctx context.Context, header *process.Case) error {
	year := d.order.Call.Day().Year()
	n, err := d.q.DrawNumber(ctx, header.ParkID, d.kind.Series, int32(year))
	if err != nil {
		return fmt.Errorf("draw a number %s-%d: %w", d.kind.Series, year, err)
	}
	header.Number = fmt.Sprintf("%s-%d-%04d", d.kind.Series, year, n)
	return nil
}

func (d *door) write(ctx context.Context, after process.Subject, row sqlc.AppendEventParams) error {
	doc, err := document(after)
	if err != nil {
		return err
	}
	if err := d.q.SaveCase(ctx, doc, row.Hash); err != nil {
		return err
	}
	if err := tablesOf(d.kind.Kind).save(d.q, ctx, doc); err != nil {
		return err
	}
	if err := d.q.SaveParts(ctx, doc); err != nil {
		return err
	}
	return d.q.AppendEvent(ctx, row)
}

// notify tells the new holder, and whoever the rules name, and returns whom it told. Imports of past deeds tell nobody.
func (d *door) notify(ctx context.Context, before, after *process.Case, notices []process.Notice) ([]process.Told, error) {
	if d.order.Call.Actor.Type == process.Import {
		return nil, nil
	}
	if h := after.Holder; h != nil && (before.Holder == nil || before.Holder.ID != h.ID) {
		notices = append([]process.Notice{{Kind: process.NoticeHandedTo, ToKind: h.Kind, ToID: h.ID}}, notices...)
	}
	if len(notices) == 0 {
		return nil, nil
	}
	told, err := d.queue(ctx, after, notices)
	if err != nil || len(told) > 0 || d.order.Call.Actor.Type != process.Clock {
		return told, err
	}
	// A rung that reaches nobody would be silence: then whoever runs the zone is told.
	for i := range notices {
		notices[i].ToKind, notices[i].ToID = process.ToRole, string(process.Leader)
	}
	notices = append(notices, process.Notice{Kind: notices[0].Kind, ToKind: process.ToRole, ToID: string(process.Administrator), Level: notices[0].Level,
		Rung: notices[0].Rung, Act: notices[0].Act})
	return d.queue(ctx, after, notices)
}

// queue queues the notices for the people they mean. The event they belong to is written in the same transaction, afterwards.
func (d *door) queue(ctx context.Context, after *process.Case, notices []process.Notice) ([]process.Told, error) {
	list, err := json.Marshal(notices)
	if err != nil {
		return nil, err
	}
	var actor *string
	if id := d.order.Call.Actor.ID; id != "" {
		actor = &id
	}
	rows, err := d.q.QueueNotices(ctx, sqlc.QueueNoticesParams{CaseID: after.ID, Version: after.Version, CreatedAt: d.order.Call.RecordedAt,
		Notices: list, ActorID: actor, EnterpriseID: after.EnterpriseID, ParkID: after.ParkID, Today: d.order.Call.Today()})
	told := make([]process.Told, 0, len(rows))
	for _, r := range rows {
		told = append(told, process.Told{Kind: r.Kind, As: process.HolderKind(r.ToldAs), ID: r.UserID, Name: r.Name, Level: ladder.Level(r.Level),
			Rung: r.Rung, Act: ladder.Act(r.Act), OnBehalf: r.OnBehalf})
	}
	return told, err
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
