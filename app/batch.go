package app

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// ChangeCalendar puts a calendar into force and reckons every open case by it, in the background, as one batch with its reason. base is the
// version that was previewed; undoes the version that is taken back, 0 for none. It refuses anybody but administrators.
func (a *App) ChangeCalendar(ctx context.Context, actor process.Actor, cal clock.Calendar, base, reason string, undoes int) (int, error) {
	if err := administrates(actor); err != nil {
		return 0, err
	}
	reason, err := process.Required("reason", reason, process.TextLimit)
	if err != nil {
		return 0, err
	}
	seq, err := a.Store.PublishCalendar(ctx, cal, store.Change{Reason: reason, By: actor, At: a.Now(), Base: base, Undoes: undoes})
	if err != nil {
		return 0, err
	}
	return seq, a.Engine.StartBatch(ctx, workflows.CalendarBatch(seq, fmt.Sprintf("v%d", seq), reason, actor, a.Now()))
}

// AdoptDefinition moves every open case of a kind to a version of its definition, in the background, as one batch with its reason.
func (a *App) AdoptDefinition(ctx context.Context, actor process.Actor, kind process.Kind, version int, reason string, back bool) error {
	if err := administrates(actor); err != nil {
		return err
	}
	reason, err := process.Required("reason", reason, process.TextLimit)
	if err != nil {
		return err
	}
	if err := a.Store.Published(ctx, kind, version); err != nil {
		return err
	}
	if newer, err := a.newer(ctx, kind, version); err != nil {
		return err
	} else if newer > 0 && !back {
		return process.RefuseField("version", fmt.Sprintf("有 %d 件在办事项已经按更新的版本办理，改到第 %d 版是退回旧版本；确实要退回的，请写明 back。", newer, version),
			fmt.Sprintf("%d open cases follow a newer version; moving them to version %d goes back. Say back if that is meant.", newer, version))
	}
	return a.Engine.StartBatch(ctx, workflows.Batch{ID: uuid.NewString(), Deed: workflows.Adopt, Reason: reason, Actor: actor, At: a.Now(), Kind: kind, Number: version,
		Version: fmt.Sprintf("%s v%d", kind, version)})
}

// newer counts the open cases of a kind that follow a newer version than this one.
func (a *App) newer(ctx context.Context, kind process.Kind, version int) (int, error) {
	rows, err := a.Store.DefinitionVersions(ctx)
	n := 0
	for _, r := range rows {
		if r.Kind == string(kind) && int(r.Version) > version {
			n += int(r.Open)
		}
	}
	return n, err
}

func administrates(actor process.Actor) error {
	if actor.Has(process.Administrator) {
		return nil
	}
	return process.Refuse(process.NotAllowed, "这项设置由管理员办理。", "This is the administrator's business.")
}

// StartBatch starts a batch, or finds it running: its id is its own.
func (e *Engine) StartBatch(ctx context.Context, b workflows.Batch) error {
	_, err := e.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: b.Key(), TaskQueue: e.TaskQueue, StaticSummary: b.Deed + " " + b.Version},
		workflows.BatchType, b)
	if err != nil {
		return fmt.Errorf("start batch %s: %w", b.ID, err)
	}
	return nil
}
