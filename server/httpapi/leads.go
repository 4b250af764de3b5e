package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	alikeAsked struct {
		Title        string `query:"title" maxLength:"200" doc:"What the lead is called."`
		EnterpriseID string `query:"enterprise_id" format:"uuid" doc:"The enterprise that invests."`
		Phone        string `query:"phone" maxLength:"40" doc:"The telephone number of the other side."`
	}
	// AlikeList is what may be on file already.
	AlikeList struct {
		Items []process.Alike `json:"items"`
	}
	funnelAsked struct {
		Year int `query:"year" minimum:"1990" maximum:"2100" doc:"Of those that ended: in the year; left out, all."`
	}
)

// staff refuses who does not work for the zone itself: what is said here of other people's leads is its own.
func staff(who process.Actor) error {
	if access.Staffs(who) {
		return nil
	}
	return process.Refuse(process.NotAllowed, "在谈项目的查重由管委会工作人员使用。", "Looking for similar leads is for the zone's own staff.")
}

// leads declares the reads of projects that have to be won.
func (a *API) leads(f *face) {
	on(f, operation{id: "getAlike", path: "/similar-projects", tag: "projects", summary: "Open projects that may be the same as a lead: by name, other name, telephone or enterprise", whose: staff,
		detail: "For the zone's own staff. Opening a lead that has any is refused with may_be_known unless all_the_same says why."}, func(ctx context.Context, in *alikeAsked) (AlikeList, error) {
		found, err := a.App.Store.Alike(ctx, actor(ctx), process.Likeness{Title: in.Title, EnterpriseID: in.EnterpriseID, Phone: in.Phone})
		return AlikeList{Items: found}, err
	})
	on(f, operation{id: "getFunnel", path: "/funnel", tag: "projects", summary: "Open projects by stage and step until they are signed, and why others ended early"},
		func(ctx context.Context, in *funnelAsked) (store.Funnel, error) {
			return a.App.Store.Funnel(ctx, actor(ctx), in.Year)
		})
}
