package site

import (
	"context"
	"net/url"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// toReview leads from a project that waits for a meeting to what is to be done for it: to the meeting on whose agenda it stands, or onto the agenda of the next one, or to
// convening one. Who may none of it waits for whoever has the project in hand.
func (s *Site) toReview(ctx context.Context, actor process.Actor, v store.Case) ([]ui.Action, error) {
	p, ok := v.Subject.(*project.Project)
	if !ok || !access.May(actor, meeting.ConveneName, access.Other) || !p.Awaits(v.Env) {
		return nil, nil
	}
	meetings, err := s.App.Store.MeetingsToCome(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	var all []ui.Action
	lead := func(name process.Name, text, url string, fit process.Fit) {
		if len(all) > 0 && fit == process.Leads {
			fit = process.Fits
		}
		all = append(all, ui.Action{Link: ui.Link{Text: text, URL: url}, Name: name, Fit: fit})
	}
	for _, m := range meetings {
		if m.Listed {
			lead(meeting.ResolveName, i18n.T(ctx, "review.to_meeting", "Day", i18n.Date(ctx, m.HeldOn, s.today().Year())), kinds.URL(meeting.Kind, m.ID), process.Leads)
			return all, nil
		}
	}
	chosen := "?projects=" + url.QueryEscape(p.Number)
	if len(meetings) > 0 && access.May(actor, meeting.PutOnName, access.Other) {
		lead(meeting.PutOnName, i18n.Command(ctx, meeting.PutOnName), kinds.URL(meeting.Kind, meetings[0].ID)+"/"+string(meeting.PutOnName.Verb())+chosen, process.Leads)
	}
	kind, _ := kinds.Of(meeting.Kind)
	lead(meeting.ConveneName, i18n.Command(ctx, meeting.ConveneName), kinds.Opening(kind)+chosen, process.Leads)
	return all, nil
}
