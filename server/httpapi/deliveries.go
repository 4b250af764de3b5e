package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	deliveriesAsked struct {
		Status string `query:"status" enum:"planned,delivered,in_app,dead" doc:"narrows them to one state"`
		Before int64  `query:"before" minimum:"1" doc:"id of one of these messages before which the page ends; cursor does the same, sorted or not"`
		Paged
		Ordered
	}
	// DeliveryList is a page of what was sent, newest first.
	DeliveryList struct {
		Items   []DeliveryItem `json:"items"`
		Next    int64          `json:"next,omitempty" doc:"pass it as before to get the page that follows"`
		Further string         `json:"next_cursor,omitempty" doc:"pass it as cursor to get the page that follows"`
		Dead    int            `json:"dead" doc:"how many messages reached nobody"`
	}
	// DeliveryItem is what one person was told at one time, and how it fared.
	DeliveryItem struct {
		ID        int64      `json:"id"`
		Level     string     `json:"level"`
		Status    string     `json:"status"`
		Person    string     `json:"person"`
		Notices   int        `json:"notices" doc:"how many it holds"`
		NotBefore time.Time  `json:"not_before"`
		NextTry   *time.Time `json:"next_try"`
		EndedAt   *time.Time `json:"ended_at"`
		Attempts  int        `json:"attempts"`
		Channel   string     `json:"channel,omitempty" doc:"of the last attempt"`
		Delivery  string     `json:"delivery,omitempty" doc:"how the last attempt ended"`
		Reason    string     `json:"reason,omitempty" doc:"why it failed"`
		TriedAt   *time.Time `json:"tried_at"`
	}
	messageNamed struct {
		Message int64 `path:"message" minimum:"1" doc:"Id of the message"`
	}
)

// deliveries declares what became of messages.
func (a *API) deliveries(f *face) {
	sorts(f, store.SortMessages().Columns, operation{id: "listDeliveries", path: "/deliveries", tag: "administration", summary: "What was sent, and how it fared, newest first unless sorted otherwise", whose: readsDeliveries,
		detail: "For administrators, leaders and auditors."}, a.listDeliveries)
	does(f, operation{id: "resendDelivery", method: http.MethodPost, path: "/deliveries/{message}/resend", tag: "administration", whose: administrators,
		summary: "Try a message that reached nobody again, from the person's first channel on"},
		func(ctx context.Context, in *messageNamed) error { return a.App.Store.Resend(ctx, in.Message, a.now()) })
}

func readsDeliveries(who process.Actor) error {
	if who.Has(process.Administrator) || who.Has(process.Leader) || who.Has(process.Auditor) {
		return nil
	}
	return process.Refuse(process.NotAllowed, "发送记录由管理员、领导和审计查看。", "Delivery records are for administrators, leaders and auditors.")
}

func (a *API) listDeliveries(ctx context.Context, in *deliveriesAsked) (DeliveryList, error) {
	after, err := place(in.Before, in.Cursor, func(id int64) (store.Cursor, error) { return a.App.Store.MessagesFrom(ctx, in.Status, id) })
	if err != nil {
		return DeliveryList{}, err
	}
	rows, next, err := store.SortMessages().Page(in.sort(), in.Status, after, in.Size, func(after store.Cursor, size int) ([]store.MessageRow, store.Cursor, error) {
		return a.App.Store.MessagesPage(ctx, in.Status, after, size)
	})
	if err != nil {
		return DeliveryList{}, err
	}
	list := DeliveryList{Items: []DeliveryItem{}, Further: string(next)}
	if n := len(rows); n > 0 {
		list.Next = goesOn(in.Ordered, next, rows[n-1].ID)
	}
	for _, m := range rows {
		list.Items = append(list.Items, DeliveryItem{ID: m.ID, Level: m.Level, Status: m.Status, Person: m.UserName, Notices: int(m.Notices), NotBefore: m.NotBefore,
			NextTry: m.NextTry, EndedAt: m.EndedAt, Attempts: int(m.Attempts), Channel: m.Channel, Delivery: m.Delivery, Reason: m.Reason, TriedAt: m.TriedAt})
	}
	list.Dead, err = a.App.Store.DeadMessages(ctx)
	return list, err
}
