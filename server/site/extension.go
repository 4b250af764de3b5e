package site

import (
	"context"
	"net/url"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// moreTime offers whoever has a part in a case to ask for a later end of its deadline, where one is running; it does not fit a request for just that.
func moreTime(ctx context.Context, actor process.Actor, v store.Case) (ui.Action, bool) {
	c := v.Subject.Header()
	if v.Kind == extension.Kind || process.UnderWay(c) != nil || process.Running(*v.Subject.Timed()) == nil || !process.HasPart(v.Subject, actor, v.Env.Today) || !access.May(actor, extension.AskName, access.Other) {
		return ui.Action{}, false
	}
	to := "/extensions/" + string(extension.AskName.Verb()) + "?" + url.Values{"case": {c.Number}}.Encode()
	return ui.Action{Link: ui.Link{Text: i18n.Command(ctx, extension.AskName), URL: to}, Name: extension.AskName, Fit: process.Fits}, true
}
