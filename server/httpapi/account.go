package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

type (
	// TokenList is the caller's API tokens. What they are is never shown again.
	TokenList struct {
		Items []TokenItem `json:"items"`
	}
	// TokenItem is an API token.
	TokenItem struct {
		ID        string     `json:"id"`
		Name      string     `json:"name"`
		ReadOnly  bool       `json:"read_only"`
		CreatedAt time.Time  `json:"created_at"`
		ExpiresAt time.Time  `json:"expires_at"`
		UsedAt    *time.Time `json:"used_at"`
		RevokedAt *time.Time `json:"revoked_at"`
	}
	tokenAsked struct {
		Body struct {
			Name     string `json:"name" minLength:"1" maxLength:"60" doc:"What it is for." example:"月报导出"`
			Days     int    `json:"days" minimum:"1" maximum:"366" doc:"How long it lasts." example:"90"`
			ReadOnly bool   `json:"read_only,omitempty" doc:"It may read, and nothing else." example:"true"`
		}
	}
	// FreshToken is a token, shown this once.
	FreshToken struct {
		Token string `json:"token" doc:"Only its fingerprint is kept: it cannot be shown again."`
	}
	tokenNamed struct {
		Token id `path:"token" doc:"Id of the token"`
	}
	passwordChanged struct {
		Body struct {
			Old   string `json:"old" maxLength:"200" example:"园程-初始密码"`
			Fresh string `json:"fresh" minLength:"10" maxLength:"200" doc:"At least ten characters." example:"春风又绿江南岸-2026"`
		}
	}
	// Reminders are how and when the caller wants to be told.
	Reminders struct {
		Email     string   `json:"email" maxLength:"200" example:"lu@example.org"`
		Mobile    string   `json:"mobile" maxLength:"40" example:"13900000000"`
		Channels  []string `json:"channels" maxItems:"3" doc:"Ids of channels, the first one first." example:"0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44"`
		DigestAt  string   `json:"digest_at" pattern:"^[0-2][0-9]:[0-5][0-9]$" doc:"When the day's summary comes." example:"08:30"`
		QuietFrom string   `json:"quiet_from" pattern:"^[0-2][0-9]:[0-5][0-9]$" example:"21:00"`
		QuietTo   string   `json:"quiet_to" pattern:"^[0-2][0-9]:[0-5][0-9]$" example:"07:30"`
	}
	remindersSet struct{ Body Reminders }
	// AbsenceList are the caller's absences that are not over.
	AbsenceList struct {
		Items []AbsenceItem `json:"items"`
	}
	// AbsenceItem is a time the caller is away.
	AbsenceItem struct {
		ID     int64      `json:"id"`
		FromOn clock.Date `json:"from_on"`
		ToOn   clock.Date `json:"to_on"`
		Reason string     `json:"reason"`
		Deputy string     `json:"deputy"`
	}
	absenceAdded struct {
		Body struct {
			DeputyID id         `json:"deputy_id" doc:"Who stands in."`
			FromOn   clock.Date `json:"from_on" example:"2026-12-01"`
			ToOn     clock.Date `json:"to_on" example:"2026-12-05"`
			Reason   string     `json:"reason,omitempty" maxLength:"200" example:"出差"`
		}
	}
	absenceNamed struct {
		Absence int64 `path:"absence" minimum:"1" doc:"Id of the absence"`
	}
	// DeputyList are the people who may stand in for the caller.
	DeputyList struct {
		Items []DeputyItem `json:"items"`
	}
	// DeputyItem is somebody who may stand in.
	DeputyItem struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Unit string `json:"unit"`
	}
)

// account declares what is the caller's own.
func (a *API) account(f *face) {
	const own = "account"
	sorts(f, store.SortTokens().Columns, operation{id: "listTokens", path: "/account/tokens", tag: own, summary: "One's own API tokens"}, a.tokens)
	on(f, operation{id: "createToken", method: http.MethodPost, path: "/account/tokens", tag: own, summary: "Make an API token. It is shown this once", session: true}, a.createToken)
	does(f, operation{id: "revokeToken", method: http.MethodDelete, path: "/account/tokens/{token}", tag: own, summary: "End one of one's own tokens"},
		func(ctx context.Context, in *tokenNamed) error {
			return a.Auth.RevokeToken(ctx, identity(ctx), string(in.Token))
		})
	does(f, operation{id: "changePassword", method: http.MethodPut, path: "/account/password", tag: own, summary: "Change one's own password",
		detail: "It ends one's other sessions and every token, the one that was sent with it too."},
		func(ctx context.Context, in *passwordChanged) error {
			return a.Auth.ChangePassword(ctx, identity(ctx), in.Body.Old, in.Body.Fresh)
		})
	on(f, operation{id: "getReminders", path: "/account/reminders", tag: own, summary: "How and when one is told"}, a.reminders)
	does(f, operation{id: "setReminders", method: http.MethodPut, path: "/account/reminders", tag: own, summary: "Choose how and when one is told"}, a.setReminders)
	on(f, operation{id: "listAbsences", path: "/account/absences", tag: own, summary: "One's own absences that are not over"}, a.absences)
	does(f, operation{id: "addAbsence", method: http.MethodPost, path: "/account/absences", tag: own, summary: "Say that one is away, and who stands in"},
		func(ctx context.Context, in *absenceAdded) error {
			b := in.Body
			return a.App.Store.AddAbsence(ctx, actor(ctx).ID, string(b.DeputyID), b.Reason, b.FromOn, b.ToOn, clock.DateOf(a.now()))
		})
	does(f, operation{id: "endAbsence", method: http.MethodDelete, path: "/account/absences/{absence}", tag: own, summary: "Take an absence back"},
		func(ctx context.Context, in *absenceNamed) error {
			return a.App.Store.EndAbsence(ctx, actor(ctx).ID, in.Absence)
		})
	on(f, operation{id: "listDeputies", path: "/account/deputies", tag: own, summary: "The people who may stand in for one"}, a.deputies)
}

func identity(ctx context.Context) auth.Identity {
	i, _ := auth.From(ctx)
	return i
}

func (a *API) tokens(ctx context.Context, in *Ordered) (TokenList, error) {
	rows, err := a.Auth.Queries.Tokens(ctx, actor(ctx).ID)
	rows, err = inOrder(store.SortTokens(), *in, rows, err)
	list := TokenList{Items: []TokenItem{}}
	for _, t := range rows {
		list.Items = append(list.Items, TokenItem(t))
	}
	return list, err
}

func (a *API) createToken(ctx context.Context, in *tokenAsked) (FreshToken, error) {
	token, err := a.Auth.CreateToken(ctx, identity(ctx), in.Body.Name, in.Body.Days, in.Body.ReadOnly)
	return FreshToken{Token: token}, err
}

func (a *API) reminders(ctx context.Context, _ *struct{}) (Reminders, error) {
	h, err := a.App.Store.Habits(ctx, actor(ctx).ID)
	if err != nil {
		return Reminders{}, err
	}
	channels, err := a.App.Store.Routes(ctx, actor(ctx).ID)
	return Reminders{Email: h.Email, Mobile: h.Mobile, Channels: append([]string{}, channels...), DigestAt: hour(h.DigestMinute), QuietFrom: hour(h.QuietFrom), QuietTo: hour(h.QuietTo)}, err
}

func (a *API) setReminders(ctx context.Context, in *remindersSet) error {
	b := in.Body
	h := store.Habits{Email: b.Email, Mobile: b.Mobile}
	for _, at := range []struct {
		name, text string
		minute     *int32
	}{{"digest_at", b.DigestAt, &h.DigestMinute}, {"quiet_from", b.QuietFrom, &h.QuietFrom}, {"quiet_to", b.QuietTo, &h.QuietTo}} {
		t, err := time.Parse("15:04", at.text)
		if err != nil {
			return process.RefuseField(at.name, "时间应写成 08:30 的样子。", "Write the time like 08:30.")
		}
		*at.minute = int32(t.Hour()*60 + t.Minute())
	}
	return a.App.Store.SetHabits(ctx, actor(ctx).ID, h, b.Channels)
}

func hour(minute int32) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func (a *API) absences(ctx context.Context, _ *struct{}) (AbsenceList, error) {
	rows, err := a.App.Store.Absences(ctx, actor(ctx).ID, clock.DateOf(a.now()))
	list := AbsenceList{Items: []AbsenceItem{}}
	for _, r := range rows {
		list.Items = append(list.Items, AbsenceItem(r))
	}
	return list, err
}

func (a *API) deputies(ctx context.Context, _ *struct{}) (DeputyList, error) {
	rows, err := a.App.Store.Deputies(ctx, actor(ctx).ID)
	list := DeputyList{Items: []DeputyItem{}}
	for _, r := range rows {
		list.Items = append(list.Items, DeputyItem{ID: r.ID, Name: r.Name, Unit: r.Unit})
	}
	return list, err
}
