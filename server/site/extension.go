package site

import (
	"context"
	"net/url"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// mayMove reports whether the deadlines of a case's kind can be asked to end later: those that can be granted it.
func mayMove(v store.Case) bool {
	_, grants := v.About(v.Kind.Does(casework.GrantExtensionVerb))
	return grants
}

// moreTime offers whoever has a part in a case to ask for a later end of its deadline, where one is running.
func moreTime(ctx context.Context, actor process.Actor, v store.Case, relation access.Relation) (ui.Action, bool) {
	c := v.Subject.Header()
	if !mayMove(v) || process.UnderWay(c) != nil || process.Running(*v.Subject.Timed()) == nil || relation != access.Own || !access.May(actor, extension.AskName, access.Other) {
		return ui.Action{}, false
	}
	kind, _ := kinds.Of(extension.Kind)
	to := kinds.Opening(kind) + "?" + url.Values{"case": {c.Number}}.Encode()
	return ui.Action{Link: ui.Link{Text: i18n.Command(ctx, extension.AskName), URL: to}, Name: extension.AskName, Fit: process.Fits}, true
}
