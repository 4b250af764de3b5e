// Package ui draws the pages: templ components with typed parameters, on the tokens of web/src. It decides nothing.
package ui

import (
	"context"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Chrome is what every page shows around its content.
type Chrome struct {
	Title    string
	Wrong    string // that something is wrong with the form that is shown again, in words: the document's title says so
	Crumbs   []Link
	Current  string // the item of the menu: work, projects, hazards, …
	Zone     string
	Actor    process.Actor
	Username string // of the account, "" of strangers
	Unread   int
	Today    clock.Date
	Now      time.Time
	Flash    string
	Warning  *Warning
	Clock    *Turned // of a demo zone
	// Invented are the short names of the enterprises of a demo that do not exist: their cases are marked. Nil in a real zone.
	Invented map[string]bool
	Path     string // of this page, to come back to after switching the language
	Asset    func(name string) string
}

// Turned is the time of a demo zone, which has its own and can be turned forward.
type Turned struct {
	Now     time.Time
	Ahead   bool // it is not the machine's
	Turning bool
}

// Warning is a banner above every page.
type Warning struct {
	Text, URL string
	Urgent    bool
}

// Link is somewhere to go.
type Link struct{ Text, URL string }

// initial is the sign in a person's avatar.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return "·"
}

// CaseURL is the page of a case.
func CaseURL(kind process.Kind, id string) string { return kinds.URL(kind, id) }

// stageName names a stage of a definition; one that it does not know is called by its id.
func stageName(ctx context.Context, d process.Rules, id string) string {
	if d != nil {
		if name := d.StageName(id); name.Chinese != "" {
			return i18n.Pick(ctx, name)
		}
	}
	return id
}

// due is how a due day reads.
type due struct{ Words, Shape, Class string }

// dueOf counts in what the case's clock counts: 剩 n 个工作日, 今天到期, 逾期 n 个自然日; amber from the day after the target on.
func dueOf(ctx context.Context, d DueDay, today clock.Date, counts counting) due {
	left := today.DaysUntil(d.Day)
	counted, unit := counts.left(d.Day, today)
	switch {
	case d.Suspended:
		return due{i18n.T(ctx, "due.suspended"), "pause", ""}
	case d.Day.IsZero():
		return due{i18n.T(ctx, "due.none"), "wait", ""}
	case left < 0:
		return due{i18n.T(ctx, "due.late", "Days", Days(ctx, -counted, unit)), "late", "is-late"}
	case left == 0:
		return due{i18n.T(ctx, "due.today"), "warn", "is-today"}
	case !d.Target.IsZero() && today.After(d.Target):
		return due{i18n.T(ctx, "due.past_target", "Days", Days(ctx, counted, unit)), "warn", "is-today"}
	}
	return due{i18n.T(ctx, "due.left", "Days", Days(ctx, counted, unit)), "wait", ""}
}

// roleNames lists an actor's roles in words.
func roleNames(ctx context.Context, roles []string) string {
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, i18n.T(ctx, "role."+r))
	}
	return strings.Join(names, "、")
}
