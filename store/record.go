package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// record tells whom the deed concerns, appends the event, updates the rows and commits. The event holds every fact that changed, because it compares
// the whole case, and whom it told. The first event on a case whose history was recorded in the old form also states the case as it stood.
func (d *door) record(ctx context.Context, before process.Subject, decision process.Result) (process.Outcome, error) {
	after, call := decision.After, d.order.Call
	header := after.Header()
	prev, compared := firstPrevHash(), any(before)
	if d.locked == nil {
		compared = nil // before it is opened there is no fact, not even that something is 0
	} else {
		prev = d.locked.HeadHash
	}
	header.Version++
	header.UpdatedAt = call.RecordedAt
	told, err := d.tell(ctx, before.Header(), header, decision.Notices)
	if err != nil {
		return process.Outcome{}, fmt.Errorf("queue notices of %s v%d of case %s: %w", d.order.Command, header.Version, header.ID, err)
	}
	printed, err := d.print(ctx, after, decision.Print)
	if err != nil {
		return process.Outcome{}, err
	}
	printed = append(printed, d.know(ctx, decision.Known)...)
	changes, err := d.changes(compared, after)
	if err != nil {
		return process.Outcome{}, err
	}
	audience, _ := access.Audience(d.order.Command, call.Actor, d.chosen, heldByEnterprise(*before.Header()) || heldByEnterprise(*header))
	if decision.Audience != "" {
		audience = decision.Audience
	}
	event := process.Event{CaseID: header.ID, Version: header.Version, Key: call.Key, Command: d.order.Command, Actor: call.Actor,
		OccurredAt: call.OccurredAt, RecordedAt: call.RecordedAt, Reason: decision.Reason, Input: d.order.Input, Changes: changes,
		Outcome: header.Standing(), Form: process.WholeForm, Audience: audience, Told: told, PrevHash: hexOf(prev)}
	event.Outcome.Wake = "" // the machinery's business, as is how far a demo's clock was turned
	if event.Restated, err = d.restated(before); err != nil {
		return process.Outcome{}, err
	}
	row, err := eventRow(event, prev, d.request, d.order.Run)
	if err != nil {
		return process.Outcome{}, err
	}
	event.Hash = hexOf(row.Hash)
	names := touched(d.kind, before, after, changes)
	if d.locked == nil {
		names = nil
	}
	paper, err := write(d.tables, after, row.Hash, names, d.kind.Papers(after))
	if err != nil {
		return process.Outcome{}, err
	}
	saving := paper.moved(ctx, names)
	if d.locked == nil {
		saving = paper.whole(ctx)
	}
	appending := func(q *sqlc.Queries) error { return q.AppendEvent(ctx, row) }
	var follows int64
	following, err := d.follow(ctx, before, after, decision.Follow, &follows)
	if err != nil {
		return process.Outcome{}, err
	}
	if err := d.talk.commit(ctx, slices.Concat(printed, []step{saving, appending}, following)...); err != nil {
		return process.Outcome{}, fmt.Errorf("record %s v%d of case %s: %w", event.Command, event.Version, event.CaseID, err)
	}
	return process.Outcome{Event: event, Standing: header.Standing(), Told: len(event.Told), Follows: follows > 0}, nil
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
func (d *door) restated(before process.Subject) (process.Facts, error) {
	if d.locked == nil || d.stands.HeadForm >= process.WholeForm {
		return nil, nil
	}
	return process.FactsOf(before)
}

// tell draws the number of a case that is opened, XM-2024-0001, from the series of the year it was opened in, tells the new holder and whoever the
// rules name, and returns whom it told. What there is to do of it is one round trip; mostly there is nothing. Imports of past deeds tell nobody.
func (d *door) tell(ctx context.Context, before, after *process.Case, notices []process.Notice) ([]process.Told, error) {
	var steps []step
	year := d.order.Call.Day().Year()
	if d.locked == nil {
		steps = append(steps, func(q *sqlc.Queries) error {
			n, err := q.DrawNumber(ctx, after.ParkID, d.kind.Series, int32(year))
			after.Number = fmt.Sprintf("%s-%d-%04d", d.kind.Series, year, n)
			return err
		})
	}
	if h := after.Holder; h != nil && h.Kind != process.HeldOutside && (before.Holder == nil || before.Holder.ID != h.ID) {
		notices = append([]process.Notice{{Kind: process.NoticeHandedTo, ToKind: h.Kind, ToID: h.ID, As: []process.Function{process.AsHolder}}}, notices...)
	}
	if d.order.Call.Actor.Type == process.Import {
		notices = nil
	}
	var rows []sqlc.QueueNoticesRow
	if len(notices) > 0 {
		queue, err := d.queue(ctx, before, after, after.ToEach(notices), &rows)
		if err != nil {
			return nil, err
		}
		steps = append(steps, queue)
	}
	if len(steps) == 0 {
		return nil, nil
	}
	if err := d.talk.together(ctx, "", "", steps); err != nil {
		return nil, err
	}
	if len(rows) > 0 || len(notices) == 0 || d.order.Call.Actor.Type != process.Clock {
		return toldOf(rows), nil
	}
	// A rung that reaches nobody would be silence: then whoever runs the zone is told.
	for i := range notices {
		notices[i].ToKind, notices[i].ToID, notices[i].As = process.ToRole, string(process.Leader), []process.Function{process.Function(process.Leader)}
	}
	notices = append(notices, process.Notice{Kind: notices[0].Kind, ToKind: process.ToRole, ToID: string(process.Administrator), Level: notices[0].Level,
		Rung: notices[0].Rung, Act: notices[0].Act, As: []process.Function{process.Function(process.Administrator)}})
	queue, err := d.queue(ctx, before, after, notices, &rows)
	if err != nil {
		return nil, err
	}
	err = d.talk.together(ctx, "", "", []step{queue})
	return toldOf(rows), err
}

// queue queues the notices for the people they mean and says whom they reached, whom the case is no longer addressed to among them. The event they belong to is written in the same transaction, afterwards.
func (d *door) queue(ctx context.Context, before, after *process.Case, notices []process.Notice, rows *[]sqlc.QueueNoticesRow) (step, error) {
	list, err := json.Marshal(notices)
	if err != nil {
		return nil, err
	}
	asked := sqlc.QueueNoticesParams{CaseID: after.ID, Version: after.Version, CreatedAt: d.order.Call.RecordedAt, Notices: list,
		ActorID: given(d.order.Call.Actor.ID), Firms: slices.Concat(after.Firms(), before.Firms()), ParkID: after.ParkID, Today: d.order.Call.Today()}
	return func(q *sqlc.Queries) (err error) {
		*rows, err = q.QueueNotices(ctx, asked)
		return err
	}, nil
}

func toldOf(rows []sqlc.QueueNoticesRow) []process.Told {
	told := make([]process.Told, 0, len(rows))
	for _, r := range rows {
		told = append(told, process.Told{Kind: r.Kind, As: process.HolderKind(r.ToldAs), ID: r.UserID, Name: r.Name, Level: ladder.Level(r.Level),
			Rung: r.Rung, Act: ladder.Act(r.Act), OnBehalf: r.OnBehalf, Parts: partsOf(r.Parts)})
	}
	return told
}

// partsOf reads the functions in which somebody was told.
func partsOf(list json.RawMessage) []process.Part {
	var parts []process.Part
	if json.Unmarshal(list, &parts) != nil || len(parts) == 0 {
		return nil
	}
	return parts
}
