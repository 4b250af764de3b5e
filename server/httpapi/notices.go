package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/store"
)

type (
	noticesAsked struct {
		Before int64 `query:"before" minimum:"1" doc:"id of one of the caller's notices before which the page ends; cursor does the same, sorted or not"`
		Paged
		Ordered
	}
	// NoticeItem is something the caller was told.
	NoticeItem struct {
		ID       int64           `json:"id"`
		Kind     string          `json:"kind"`
		Level    string          `json:"level" doc:"info, normal, red"`
		At       time.Time       `json:"at"`
		CaseID   string          `json:"case_id,omitempty"`
		CaseKind string          `json:"case_kind,omitempty"`
		Number   string          `json:"number,omitempty"`
		Title    string          `json:"title,omitempty"`
		Read     bool            `json:"read"`
		AckedAt  *time.Time      `json:"acked_at,omitempty" doc:"when the caller acknowledged it (收到)"`
		Parts    []NoticePart    `json:"parts,omitempty" doc:"the functions in which the caller was told"`
		About    json.RawMessage `json:"about,omitempty" doc:"what it is about when it is about no single case"`
	}
	// NoticePart is a function in which somebody was told.
	NoticePart struct {
		As     string `json:"as" doc:"holder, manager, contact, liaison, section_head, leader, department, administrator; empty: named, in no function"`
		Behalf string `json:"behalf,omitempty" doc:"whom the caller stood in for, by name"`
	}
	// NoticeList is a page of what the caller was told.
	NoticeList struct {
		Items   []NoticeItem `json:"items"`
		Unread  int          `json:"unread"`
		Next    int64        `json:"next,omitempty" doc:"pass it as before to get the page that follows"`
		Further string       `json:"next_cursor,omitempty" doc:"pass it as cursor to get the page that follows"`
	}
	readAsked struct {
		Body struct {
			UpTo int64 `json:"up_to" minimum:"1" doc:"The newest notice that was read." example:"4711"`
		}
	}
	noticeNamed struct {
		Notice int64 `path:"notice" minimum:"1" doc:"Id of the notice"`
	}
)

// notices declares what the caller was told.
func (a *API) notices(f *face) {
	sorts(f, store.SortNotices().Columns, operation{id: "getNotices", path: "/notices", tag: "work", summary: "What the caller was told, newest first unless sorted otherwise"}, a.listNotices)
	does(f, operation{id: "readNotices", method: http.MethodPost, path: "/notices/read", tag: "work", summary: "Note that notices were read"},
		func(ctx context.Context, in *readAsked) error {
			return a.App.Store.MarkNoticesRead(ctx, actor(ctx).ID, in.Body.UpTo, a.now())
		})
	does(f, operation{id: "acknowledgeNotice", method: http.MethodPost, path: "/notices/{notice}/acknowledgement", tag: "work", summary: "Acknowledge a notice (收到)"},
		func(ctx context.Context, in *noticeNamed) error {
			return a.App.Store.AckNotice(ctx, actor(ctx).ID, in.Notice, a.now())
		})
}

func (a *API) listNotices(ctx context.Context, in *noticesAsked) (NoticeList, error) {
	after, err := place(in.Before, in.Cursor, func(id int64) (store.Cursor, error) { return a.App.Store.NoticesFrom(ctx, actor(ctx).ID, id) })
	if err != nil {
		return NoticeList{}, err
	}
	rows, next, err := store.SortNotices().Page(in.sort(), actor(ctx).ID, after, in.Size, func(after store.Cursor, size int) ([]store.NoticeRow, store.Cursor, error) {
		return a.App.Store.NoticesPage(ctx, actor(ctx).ID, after, size)
	})
	if err != nil {
		return NoticeList{}, err
	}
	list := NoticeList{Items: []NoticeItem{}, Further: string(next)}
	if n := len(rows); n > 0 {
		list.Next = goesOn(in.Ordered, next, rows[n-1].ID)
	}
	for _, n := range rows {
		var parts []NoticePart
		if err := json.Unmarshal(n.Parts, &parts); err != nil {
			return NoticeList{}, fmt.Errorf("understand whom notice %d was for: %w", n.ID, err)
		}
		list.Items = append(list.Items, NoticeItem{Parts: parts, ID: n.ID, Kind: n.Kind, Level: n.Level, At: n.CreatedAt, CaseID: n.CaseID, CaseKind: n.CaseKind, Number: n.Number,
			Title: n.Title, Read: n.ReadAt != nil, AckedAt: n.AckedAt, About: n.About})
	}
	list.Unread, err = a.App.Store.UnreadNotices(ctx, actor(ctx).ID)
	return list, err
}
