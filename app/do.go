package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/workflows"
)

// ErrUnavailable means that the engine or the database could not be reached in time. Nothing is lost: the same key may be sent again.
var ErrUnavailable = errors.New("the engine or the database cannot be reached at the moment")

// ErrFull is the ErrUnavailable of a database whose disk has no room left.
var ErrFull = fmt.Errorf("its disk is full: %w", ErrUnavailable)

// patience is how long a caller waits for a command.
const patience = 15 * time.Second

// Do carries a command out and returns its outcome: a *process.Refusal when the rules say no, ErrUnavailable when it could not be tried.
func (a *App) Do(ctx context.Context, r Request) (process.Outcome, error) {
	began := time.Now()
	outcome, err := a.do(ctx, r)
	if a.Count != nil {
		a.Count(r.Command, process.WordOf(outcome, err, "unavailable"), time.Since(began))
	}
	return outcome, err
}

func (a *App) do(ctx context.Context, r Request) (process.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	order, command, err := a.order(r)
	if err != nil {
		return process.Outcome{}, a.beside(ctx, order, command, err)
	}
	if a.Room != nil {
		if err := a.Room(ctx); err != nil {
			return process.Outcome{}, fmt.Errorf("%s on case %s: %w", r.Command, order.CaseID, err)
		}
	}
	outcome, err := a.Engine.Carry(ctx, order)
	if err == nil && outcome.Follows {
		a.follow(ctx, order.CaseID)
	}
	outcome.Follows = false
	outcome.Standing.Ahead, outcome.Standing.Wake, outcome.Told = 0, "", 0 // the machinery's business
	if err == nil && r.Actor.Has(process.Enterprise) {
		reader, readErr := a.Store.OutsiderOf(ctx, r.Actor, order.CaseID)
		if outcome = reader.Outcome(outcome); readErr != nil {
			outcome.Event.Told = nil // who of another enterprise was told is not theirs to read
		}
	}
	var refusal *process.Refusal
	if err == nil || errors.As(err, &refusal) {
		return outcome, err
	}
	a.Log.Error("command not carried out", "command", r.Command, "case_id", order.CaseID, "error", err)
	return outcome, fmt.Errorf("%s on case %s: %w", r.Command, order.CaseID, errors.Join(ErrUnavailable, err))
}

// follow carries out what has to happen to other cases because of a deed, so that the next page shows it. What cannot be done now the watchdog does.
func (a *App) follow(ctx context.Context, because string) {
	_, err := a.Store.CarryFollowUps(ctx, because, a.Now(), func(ctx context.Context, order process.Order) error {
		_, err := a.Engine.Carry(ctx, order)
		return err
	})
	if err != nil {
		a.Log.Warn("what follows from a deed is left to the watchdog", "case_id", because, "error", err)
	}
}

// Carry passes a command to the case's workflow. It returns a *process.Refusal when the rules say no.
func (e *Engine) Carry(ctx context.Context, order process.Order) (process.Outcome, error) {
	outcome, err := e.update(ctx, order, kinds.Opens(order.Command))
	var application *temporal.ApplicationError
	if errors.As(err, &application) && application.Type() == workflows.RefusalType {
		var refusal process.Refusal
		if detailErr := application.Details(&refusal); detailErr != nil {
			return outcome, fmt.Errorf("read the refusal of %s: %w", order.Command, detailErr)
		}
		return outcome, &refusal
	}
	return outcome, err
}

// Faults names all that is wrong with the fields of a command: what its type says of them, and what the rules say of the others. Nothing is recorded. It is for
// whoever refuses a command already, because of what cannot even be read; nil where nothing is known to be wrong.
func (a *App) Faults(ctx context.Context, r Request) *process.Refusal {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	order, command, err := a.order(r)
	var refusal *process.Refusal
	switch {
	case err == nil:
		return a.Store.Faults(ctx, order, command)
	case errors.As(a.beside(ctx, order, command, err), &refusal):
		return refusal
	}
	return nil
}

// beside adds to what a command's type refuses what the rules refuse of its other fields.
func (a *App) beside(ctx context.Context, order process.Order, command process.Act, err error) error {
	var refusal *process.Refusal
	if command.Input == nil || !errors.As(err, &refusal) || refusal.Alone() {
		return err
	}
	if more := a.Store.Faults(ctx, order, command); more != nil {
		return refusal.Alongside(more)
	}
	return err
}

// order is the command as it is sent to the case. With a refusal of its fields comes what could be understood of it.
func (a *App) order(r Request) (process.Order, process.Act, error) {
	input, err := json.Marshal(r.Input)
	if err != nil {
		return process.Order{}, process.Act{}, fmt.Errorf("write %s: %w", r.Command, err)
	}
	now := a.Now()
	call := process.Call{Key: r.Key, Actor: r.Actor, OccurredAt: r.OccurredAt, RecordedAt: now, IfVersion: r.IfVersion}
	if call.OccurredAt.IsZero() {
		call.OccurredAt = now
	}
	if err := call.Check(); err != nil {
		return process.Order{}, process.Act{}, err
	}
	kind, ok := kinds.Of(r.Command.KindOf())
	if !ok {
		return process.Order{}, process.Act{}, process.Refuse(process.UnknownCommand, "没有这个操作。", "There is no such command.")
	}
	command, err := kind.Read(r.Command, input) // here, so that nothing that cannot be keeps the case's workflow busy
	id, ok := value.ID(r.CaseID)                // as it is kept: another spelling would name another workflow
	if !ok && !kinds.Opens(r.Command) {
		return process.Order{}, process.Act{}, process.Refuse(process.NotFound, "没有找到这件事，或者它不归你看。", "There is no such case, or it is not yours to see.")
	}
	if kinds.Opens(r.Command) {
		id = NewCaseID(r.Command, r.Actor, r.Key)
	}
	return process.Order{CaseID: id, Command: r.Command, Call: call, Input: command.Given}, command, err
}

// NewCaseID derives the id of a case to be opened from who opens it under which key, so that the same request opens the same case and only once.
func NewCaseID(name process.Name, actor process.Actor, key string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("parkway:"+string(name)+":"+string(actor.Type)+":"+actor.ID+":"+key)).String()
}

// update sends the command to the case's workflow. A workflow that is not there (a new or closed case, a lost engine) is started by the same
// call; a case that is not there is refused before that, because nothing would ever end its workflow.
func (e *Engine) update(ctx context.Context, order process.Order, fresh bool) (process.Outcome, error) {
	if !fresh {
		outcome, err := e.send(ctx, order)
		var missing *serviceerror.NotFound
		if !errors.As(err, &missing) {
			return outcome, err
		}
		if _, err := e.Cases.Standing(ctx, order.CaseID); err != nil {
			return process.Outcome{}, err
		}
	}
	start := e.Client.NewWithStartWorkflowOperation(e.startOptions(order.Command.KindOf(), order.CaseID),
		workflows.TypeOf(order.Command.KindOf()), workflows.Begin(order.CaseID))
	handle, err := e.Client.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: start, UpdateOptions: updateOptions(order)})
	return result(ctx, handle, err)
}

func (e *Engine) send(ctx context.Context, order process.Order) (process.Outcome, error) {
	handle, err := e.Client.UpdateWorkflow(ctx, updateOptions(order))
	return result(ctx, handle, err)
}

func result(ctx context.Context, handle client.WorkflowUpdateHandle, err error) (process.Outcome, error) {
	var outcome process.Outcome
	if err != nil {
		return outcome, err
	}
	return outcome, handle.Get(ctx, &outcome)
}

// updateOptions uses a fresh update id per attempt: being done once is the door's business, by key, also across runs of the workflow.
func updateOptions(order process.Order) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{UpdateID: uuid.NewString(), WorkflowID: workflows.ID(order.Command.KindOf(), order.CaseID),
		UpdateName: string(order.Command), Args: []any{order}, WaitForStage: client.WorkflowUpdateStageCompleted}
}

func (e *Engine) startOptions(kind process.Kind, caseID string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{ID: workflows.ID(kind, caseID), TaskQueue: e.TaskQueue,
		WorkflowTaskTimeout:      workflows.TaskTimeout,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE}
}
