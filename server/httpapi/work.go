package httpapi

import (
	"context"
	"net/http"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

type (
	// InboxItem is a case that waits for the caller.
	InboxItem struct {
		ID         string          `json:"id"`
		Kind       string          `json:"kind"`
		Number     string          `json:"number"`
		Title      string          `json:"title"`
		State      string          `json:"state"`
		Stage      string          `json:"stage,omitempty"`
		Round      int             `json:"round"`
		Enterprise string          `json:"enterprise"`
		Holder     *process.Holder `json:"holder"`
		DueOn      clock.Date      `json:"due_on"`
		Overdue    bool            `json:"overdue"`
	}
	// Inbox is a page of what waits for the caller.
	Inbox struct {
		Items    []InboxItem `json:"items"`
		Next     string      `json:"next,omitempty"`
		Total    int         `json:"total"`
		Overdue  int         `json:"overdue"`
		DueToday int         `json:"due_today"`
	}
	workAsked struct {
		Tab string `path:"tab" enum:"todo,claim,deputy,done,copied,started,watched" doc:"todo: in hand; claim: in the unit's hands; deputy: in the hands of those whom the caller stands in for today; copied: copied to the caller; started: begun by the caller"`
		Paged
		Ordered
	}
	inboxAsked struct {
		Paged
		Ordered
	}
	// Work is a page of one of the caller's lists.
	Work struct {
		Items     []WorkItem `json:"items"`
		Next      string     `json:"next,omitempty"`
		Counts    WorkCounts `json:"counts"`
		InPlaceOf []Absent   `json:"in_place_of" doc:"whom the caller stands in for today"`
	}
	// Absent is somebody who is away, in whose place the caller acts.
	Absent struct {
		ID    string     `json:"id"`
		Name  string     `json:"name"`
		Until clock.Date `json:"until" doc:"the last day of it"`
		Count int        `json:"count" doc:"how many cases they have in hand"`
	}
	// WorkItem is a case on one of the caller's lists.
	WorkItem struct {
		InboxItem
		Unread bool `json:"unread" doc:"something newer than the caller has seen"`
	}
	// WorkCounts is how many cases each list has.
	WorkCounts struct {
		Todo    int `json:"todo"`
		Claim   int `json:"claim"`
		Deputy  int `json:"deputy"`
		Done    int `json:"done"`
		Copied  int `json:"copied"`
		Started int `json:"started"`
		Watched int `json:"watched"`
	}
	watchAsked struct {
		CaseID
		Body struct {
			On bool `json:"on" doc:"true puts it on the list of watched cases, false takes it off" example:"true"`
		}
	}
	// Me is who the caller is.
	Me struct {
		Actor    process.Actor `json:"actor"`
		Language string        `json:"language" enum:"zh,en"`
		Zone     string        `json:"zone"`
	}
)

// work declares what waits for the caller.
func (a *API) work(f *face) {
	sorts(f, store.SortInbox().Columns, operation{id: "getInbox", path: "/inbox", tag: "work", summary: "What waits for the caller, the most urgent first unless sorted otherwise"}, a.inbox)
	sorts(f, store.SortWork().Columns, operation{id: "getWork", path: "/work/{tab}", tag: "work", summary: "One of the caller's lists of cases, the most urgent first unless sorted otherwise"}, a.workTab)
	does(f, operation{id: "watchCase", method: http.MethodPut, path: "/cases/{id}/watched", tag: "work", summary: "Watch a case, or no longer"}, a.watch)
	on(f, operation{id: "getMe", path: "/me", tag: "work", summary: "Who the caller is"}, a.me)
}

func (a *API) inbox(ctx context.Context, in *inboxAsked) (Inbox, error) {
	rows, next, err := store.SortInbox().Page(in.sort(), actor(ctx).ID, store.Cursor(in.Cursor), in.Size, func(after store.Cursor, size int) ([]store.InboxRow, store.Cursor, error) {
		return a.App.Store.Inbox(ctx, actor(ctx), after, size)
	})
	if err != nil {
		return Inbox{}, err
	}
	counts, err := a.App.Store.InboxCounts(ctx, actor(ctx), a.now())
	if err != nil {
		return Inbox{}, err
	}
	inbox := Inbox{Items: []InboxItem{}, Next: string(next), Total: int(counts.Total), Overdue: int(counts.Overdue), DueToday: int(counts.Today)}
	for _, row := range rows {
		inbox.Items = append(inbox.Items, InboxItem{ID: row.ID, Kind: row.Kind, Number: row.Number, Title: row.Title, State: row.State,
			Stage: row.Stage, Round: int(row.Round), Enterprise: row.EnterpriseName,
			Holder: holder(row.HolderKind, row.HolderID, row.HolderName, row.HolderSince), DueOn: row.DueOn, Overdue: a.late(row.DueOn)})
	}
	return inbox, nil
}

func (a *API) workTab(ctx context.Context, in *workAsked) (Work, error) {
	rows, next, err := store.SortWork().Page(in.sort(), in.Tab, store.Cursor(in.Cursor), in.Size, func(after store.Cursor, size int) ([]store.WorkRow, store.Cursor, error) {
		return a.App.Store.WorkOn(ctx, actor(ctx), in.Tab, clock.DateOf(a.now()), after, size)
	})
	if err != nil {
		return Work{}, err
	}
	held, err := a.App.Store.InboxCounts(ctx, actor(ctx), a.now())
	if err != nil {
		return Work{}, err
	}
	n, err := a.App.Store.WorkCounts(ctx, actor(ctx), held, clock.DateOf(a.now()))
	work := Work{Items: []WorkItem{}, InPlaceOf: []Absent{}, Next: string(next), Counts: WorkCounts{Todo: int(n.Todo), Claim: int(n.Claim), Deputy: int(n.Deputy()), Done: int(n.Done), Copied: int(n.Copied),
		Started: int(n.Started), Watched: int(n.Watched)}}
	for _, absent := range n.InPlaceOf {
		work.InPlaceOf = append(work.InPlaceOf, Absent{ID: absent.ID, Name: absent.Name, Until: absent.Until, Count: int(absent.Count)})
	}
	for _, row := range rows {
		work.Items = append(work.Items, WorkItem{Unread: row.Unread, InboxItem: InboxItem{ID: row.ID, Kind: row.Kind, Number: row.Number, Title: row.Title, State: row.State,
			Stage: row.Stage, Round: int(row.Round), Enterprise: row.EnterpriseName,
			Holder: holder(row.HolderKind, row.HolderID, row.HolderName, row.HolderSince), DueOn: row.DueOn, Overdue: a.late(row.DueOn)}})
	}
	return work, err
}

func (a *API) me(ctx context.Context, _ *struct{}) (Me, error) {
	park, err := a.App.Store.Park(ctx)
	identity, _ := auth.From(ctx)
	return Me{Actor: identity.Actor, Language: identity.Language, Zone: park.Name}, err
}

// watch refuses a case that the caller may not see.
func (a *API) watch(ctx context.Context, in *watchAsked) error {
	if _, err := a.App.Store.History(ctx, actor(ctx), in.ID, 0, 1); err != nil {
		return err
	}
	return a.App.Store.Watch(ctx, actor(ctx).ID, in.ID, in.Body.On, a.now())
}
