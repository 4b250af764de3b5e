package site

import (
	"context"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/waiver"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// waiversAsked leads a leader from a project to the requests for a waiver that wait there: it is what whoever has them in hand is asked to do next. Nobody is led to
// what they asked for themselves.
func waiversAsked(ctx context.Context, actor process.Actor, v store.Case) []ui.Action {
	p, ok := v.Subject.(*project.Project)
	if !ok || !access.May(actor, waiver.GrantName, access.Other) {
		return nil
	}
	var all []ui.Action
	for _, c := range v.Env.Found.Children {
		if c.Kind != waiver.Kind || c.Done || p.AskedWaiver(c.Slot, actor.ID) {
			continue
		}
		fit := process.Fits
		if c.Holder == actor.Name {
			fit = process.Leads
		}
		all = append(all, ui.Action{Link: ui.Link{Text: i18n.T(ctx, "waiver.decide"), URL: kinds.URL(waiver.Kind, c.ID)}, Name: waiver.GrantName, Fit: fit})
	}
	return all
}
