package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// Leave hands everything that somebody holds to a successor, for the end of their service: open cases, each function on their teams, the units they
// head, the enterprises they look after. It says of each case what came of it; the places go only once every case has gone. Without a successor it
// refuses while anything is held; one who leaves themselves, has left, or does not work here is refused before anything is done. It can be repeated, with another successor for what is left. The account is not its business.
func (a *App) Leave(ctx context.Context, actor process.Actor, userID, successorID, reason string) ([]Handed, error) {
	if err := administrates(actor); err != nil {
		return nil, err
	}
	var faults process.Faults // both are told at once
	reason = faults.Text(process.Required("reason", reason, process.TextLimit))
	if userID == actor.ID {
		return nil, process.Refuse(process.NotAllowed, "不能给自己办离任，请由另一位管理员办理。", "Nobody ends their own service; another administrator does.")
	}
	if userID == successorID {
		faults.Note(process.RefuseField("successor_id", "不能由离任的人自己接手，请选择另一个人。", "Whoever leaves cannot take over; choose somebody else."))
		return nil, faults.Err()
	}
	person, err := a.Store.Record(ctx, register.PeopleName, userID)
	if err != nil {
		return nil, err
	}
	faults.Note(a.Store.MaySucceed(ctx, userID, successorID))
	held, err := a.Store.HeldBy(ctx, userID, a.Now())
	if err != nil {
		return nil, err
	}
	if successorID == "" && !held.Empty() {
		faults.Note(process.RefuseField("successor_id", "名下还有事项，请选择由谁接手。", "There is something to hand over; choose who takes it."))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	handed, left := make([]Handed, 0, len(held.Cases)), 0
	for _, c := range held.Cases {
		h := a.on(ctx, actor, c.ID, process.Kind(c.Kind).Does(casework.SucceedVerb), casework.Succeed{FromID: userID, ToID: successorID, Reason: reason})
		h.Case = process.Case{ID: c.ID, Kind: process.Kind(c.Kind), Number: c.Number, Title: c.Title}
		if h.Refused != nil || h.Away {
			left++
		}
		handed = append(handed, h)
	}
	if left > 0 {
		return handed, nil
	}
	if err := a.Store.PassPlaces(ctx, actor, userID, successorID, reason, a.Now()); err != nil {
		return handed, err
	}
	var who register.Person
	if err := json.Unmarshal(person.Doc, &who); err != nil {
		return handed, fmt.Errorf("understand a person: %w", err)
	}
	return handed, a.Store.Note(ctx, actor, register.PeopleName, userID, who.Name, "left", reason, nil, a.Now())
}

// on carries out, on one case, what came with a deed on many. What is so already is done.
func (a *App) on(ctx context.Context, actor process.Actor, id string, name process.Name, input any) Handed {
	actor.Through = process.TheBatch
	h := Handed{CaseID: id}
	_, err := a.Do(ctx, Request{CaseID: id, Command: name, Input: input, Key: "register/" + uuid.NewString(), Actor: actor})
	if errors.As(err, &h.Refused) && h.Refused.Code == process.NothingChanged {
		h.Refused, err = nil, nil
	}
	h.Away = err != nil && h.Refused == nil
	return h
}

// Readdress lets every case of an enterprise name another one, which it became. It returns how many did; it can be repeated.
func (a *App) Readdress(ctx context.Context, actor process.Actor, fromID, intoID, reason string) (int, error) {
	if err := administrates(actor); err != nil {
		return 0, err
	}
	record, err := a.Store.Record(ctx, register.EnterprisesName, intoID)
	if err != nil {
		return 0, err
	}
	var into register.Enterprise
	if err := json.Unmarshal(record.Doc, &into); err != nil {
		return 0, fmt.Errorf("understand an enterprise: %w", err)
	}
	cases, err := a.Store.CasesOf(ctx, fromID, intoID, into.ShortName)
	if err != nil {
		return 0, err
	}
	for i, c := range cases {
		h := a.on(ctx, actor, c.ID, process.Kind(c.Kind).Does(casework.ReaddressVerb), casework.Readdress{EnterpriseID: intoID, Was: c.Was, Reason: reason})
		switch {
		case h.Refused != nil:
			return i, h.Refused
		case h.Away:
			return i, ErrUnavailable
		}
	}
	return len(cases), nil
}

// MergeEnterprises moves everything of an enterprise to another one: cases, contacts, buildings, names. Interrupted, it is repeated, also once the
// enterprise is merged: cases that were left with it then follow.
func (a *App) MergeEnterprises(ctx context.Context, actor process.Actor, fromID, intoID, reason string) error {
	if err := administrates(actor); err != nil {
		return err
	}
	reason, err := process.Required("reason", reason, process.TextLimit)
	if err != nil {
		return err
	}
	if left, err := a.leftAfter(ctx, fromID, intoID); err != nil || left {
		if err == nil {
			_, err = a.Readdress(ctx, actor, fromID, intoID, reason)
		}
		return err
	}
	var docs [2]register.Enterprise
	for i, id := range []string{fromID, intoID} {
		record, err := a.Store.Record(ctx, register.EnterprisesName, id)
		if err == nil && record.Ended {
			err = process.Refuse(process.NotFound, "这家企业已经合并过了。", "This enterprise has been merged already.")
		}
		if err != nil {
			return process.Pointing(err, "into_id")
		}
		if err := json.Unmarshal(record.Doc, &docs[i]); err != nil {
			return fmt.Errorf("understand an enterprise: %w", err)
		}
	}
	switch {
	case fromID == intoID:
		return process.RefuseField("into_id", "请选择另一家企业。", "Choose another enterprise.")
	case docs[0].CreditCode != "" && docs[1].CreditCode != "" && docs[0].CreditCode != docs[1].CreditCode:
		return process.RefuseField("into_id", "两家企业的统一社会信用代码不同，不是同一家，不能合并。", "Their credit codes differ: they are not one enterprise, and cannot be merged.")
	}
	if _, err := a.Readdress(ctx, actor, fromID, intoID, reason); err != nil {
		return err
	}
	if err := a.Store.Merge(ctx, actor, docs[0], docs[1], fromID, intoID, reason, a.Now()); err != nil {
		return err
	}
	_, err = a.Readdress(ctx, actor, fromID, intoID, reason) // what was opened meanwhile; from here on nothing is
	return err
}

// leftAfter reports whether cases were left with an enterprise that has been merged into the other one already.
func (a *App) leftAfter(ctx context.Context, fromID, intoID string) (bool, error) {
	if fromID == intoID || uuid.Validate(fromID) != nil {
		return false, nil // refused below, with what is wrong
	}
	merged, err := a.Store.MergedInto(ctx, fromID)
	if err != nil || merged == "" || merged != intoID {
		return false, err
	}
	left, err := a.Store.CasesOf(ctx, fromID, intoID, "")
	return len(left) > 0, err
}
