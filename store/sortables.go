package store

import (
	"slices"
	"strconv"
	"time"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/accounts"
)

// The lists that are no lists of a kind's cases, each with the columns that its page and its API operation sort by.

// SortWork describes the lists of somebody's work.
func SortWork() Sortable[WorkRow] {
	return Sortable[WorkRow]{Name: "work", ID: func(r WorkRow) string { return r.ID },
		Columns: []string{"title", "number", "kind", "enterprise_name", "holder_name", "holder_since", "due_on"},
		Of:      map[string]func(WorkRow) any{"kind": func(r WorkRow) any { return kindOrder(r.Kind) }}}
}

// SortInbox describes what waits for somebody.
func SortInbox() Sortable[InboxRow] {
	return Sortable[InboxRow]{Name: "inbox", ID: func(r InboxRow) string { return r.ID }, Columns: SortWork().Columns,
		Of: map[string]func(InboxRow) any{"kind": func(r InboxRow) any { return kindOrder(r.Kind) }}}
}

func kindOrder(kind string) int {
	return slices.IndexFunc(kinds.All(), func(k process.Entry) bool { return string(k.Kind) == kind })
}

// SortLetters describes the list of official letters.
func SortLetters() Sortable[LetterRow] {
	return Sortable[LetterRow]{Name: "letters", ID: func(r LetterRow) string { return r.CaseID + "/" + strconv.Itoa(int(r.Seq)) }, Columns: []string{"letter_number", "letter_sort", "letter_to", "letter_case", "letter_day", "letter_state"},
		Of: map[string]func(LetterRow) any{"letter_number": func(r LetterRow) any { return r.Number }, "letter_sort": func(r LetterRow) any { return r.Title }, "letter_to": func(r LetterRow) any { return r.ToName },
			"letter_case": func(r LetterRow) any { return r.CaseTitle }, "letter_day": func(r LetterRow) any { return r.IssuedOn }, "letter_state": func(r LetterRow) any {
				switch {
				case r.Void != nil:
					return 2
				case r.Served != nil:
					return 1
				}
				return 0
			}}}
}

// SortEnterprises describes the list of enterprises.
func SortEnterprises() Sortable[Enterprise] {
	return Sortable[Enterprise]{Name: "enterprises", ID: func(e Enterprise) string { return e.ID }, Columns: []string{"short_name", "name", "sector"},
		Of: map[string]func(Enterprise) any{"sector": func(e Enterprise) any { return orderOf(e.Sector, project.Sectors()) }}}
}

// SortUnderway describes the list of how far works are: those of which nothing is recorded have no percentage.
func SortUnderway() Sortable[Underway] {
	percent := func(u Underway) any {
		if u.Works == nil || u.Works.Sentence == "" {
			return nil
		}
		return u.Works.Percent
	}
	return Sortable[Underway]{Name: "progress", ID: func(u Underway) string { return u.ID }, Columns: []string{"title", "percent", "works"},
		Of: map[string]func(Underway) any{"title": func(u Underway) any { return u.Title }, "percent": percent, "works": func(u Underway) any {
			if u.Works == nil || u.Works.Sentence == "" {
				return nil
			}
			return u.Works.Sentence
		}}}
}

// SortVisitPlan describes the year's plan of inspections.
func SortVisitPlan() Sortable[DueVisit] {
	return Sortable[DueVisit]{Name: "visit plan", ID: func(d DueVisit) string { return d.EnterpriseID + d.PlanID + d.DueOn.String() }, Columns: []string{"visit_enterprise", "visit_due", "visit_year"},
		Of: map[string]func(DueVisit) any{"visit_enterprise": func(d DueVisit) any { return d.Enterprise }, "visit_due": func(d DueVisit) any { return d.DueOn }, "visit_year": func(d DueVisit) any { return d.Year.Times }}}
}

// SortNotices describes what somebody was told.
func SortNotices() Sortable[NoticeRow] {
	return Sortable[NoticeRow]{Name: "notices", ID: func(n NoticeRow) string { return strconv.FormatInt(n.ID, 10) },
		Columns: []string{"created_at", "title", "number", "level", "read_at", "acked_at"},
		Of:      map[string]func(NoticeRow) any{"level": func(n NoticeRow) any { return orderOf(n.Level, []string{"info", "normal", "red"}) }}}
}

// SortMessages describes what was sent.
func SortMessages() Sortable[MessageRow] {
	return Sortable[MessageRow]{Name: "deliveries", ID: func(m MessageRow) string { return strconv.FormatInt(m.ID, 10) },
		Columns: []string{"user_name", "notices", "sent_at", "status"},
		Of: map[string]func(MessageRow) any{"sent_at": func(m MessageRow) any { return MessageTime(m) },
			"status": func(m MessageRow) any { return orderOf(m.Status, []string{"planned", "delivered", "in_app", "dead"}) }}}
}

// MessageTime is when a message went, or may go.
func MessageTime(m MessageRow) time.Time {
	at := m.NotBefore
	for _, better := range []*time.Time{m.NextTry, m.EndedAt} {
		if better != nil {
			at = *better
		}
	}
	return at
}

// SortDeeds describes what administrators did.
func SortDeeds() Sortable[RegisterDeed] {
	return Sortable[RegisterDeed]{Name: "deeds", ID: RegisterDeed.Cursor, Columns: []string{"at", "actor_name", "register", "title", "deed"}}
}

// SortChannels describes the channels.
func SortChannels() Sortable[ChannelRow] {
	return Sortable[ChannelRow]{Name: "channels", ID: func(c ChannelRow) string { return c.ID }, Columns: []string{"name", "kind", "people"}}
}

// SortTokens describes somebody's API tokens.
func SortTokens() Sortable[accounts.TokensRow] {
	return Sortable[accounts.TokensRow]{Name: "tokens", ID: func(t accounts.TokensRow) string { return t.ID },
		Columns: []string{"name", "created_at", "expires_at", "used_at", "read_only"}}
}

// SortAccounts describes the accounts.
func SortAccounts() Sortable[accounts.UsersRow] {
	return Sortable[accounts.UsersRow]{Name: "users", ID: func(u accounts.UsersRow) string { return u.ID }, Columns: []string{"name", "username", "roles", "body", "disabled_at"}}
}

// orderOf is where a value stands among all that can be; nil for none.
func orderOf(value string, all []string) any {
	if i := slices.Index(all, value); i >= 0 {
		return i
	}
	return nil
}

// InHand reads a list that is in hand page by page: a page begins after a row that is still there.
func InHand[R any](rows []R, id func(R) string) Lister[R] {
	return func(after Cursor, size int) ([]R, Cursor, error) {
		rest := rows
		if after != "" {
			at := slices.IndexFunc(rows, func(r R) bool { return id(r) == string(after) })
			if at < 0 {
				return nil, "", process.RefuseField("after", "翻页位置不属于这个列表，请回到第一页。", "The cursor is not one of this list as it is asked for now; start from the first page.")
			}
			rest = rows[at+1:]
		}
		if len(rest) <= size {
			return rest, "", nil
		}
		return rest[:size], Cursor(id(rest[size-1])), nil
	}
}

// Whole reads a list that is in hand.
func Whole[R any](rows []R) Lister[R] {
	return func(Cursor, int) ([]R, Cursor, error) { return rows, "", nil }
}
