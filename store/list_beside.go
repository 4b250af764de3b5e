package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// MostBeside is among how many cases what stands beside a list's columns is looked for and sorted: all of them are read for it, and a page of the list waits for that
// (bench/README.md has how long).
const MostBeside = 5000

// LookThrough changes among how many cases what stands beside a list's columns is looked for: a test need not have thousands.
func (s *Store) LookThrough(most int) { s.among = most }

// mostHeard is how much of what somebody wrote is read aloud to sort it: what begins alike beyond it is told apart by its id.
const mostHeard = 60

// TooMany says that the other conditions of a list leave more cases than are looked through for what stands beside its columns.
type TooMany struct {
	Count, Most int
	Names       []string // what of the address asks for it
}

// Refusal is what to do, at everything that asks for it.
func (t *TooMany) Refusal() *process.Refusal {
	refusal := process.Refuse(process.TooMany, "还有 "+strconv.Itoa(t.Count)+" 条，请先用发现日期、企业等条件缩小到 "+strconv.Itoa(t.Most)+" 条以内，再按这一列筛选或排序。",
		strconv.Itoa(t.Count)+" are left: first narrow the list by a day, an enterprise or the like to "+strconv.Itoa(t.Most)+" or fewer, then narrow or sort it by this column.")
	for _, name := range t.Names {
		refusal = refusal.With(process.Field{Name: name, Chinese: refusal.Chinese, English: refusal.English})
	}
	return refusal
}

// Error says it in English.
func (t *TooMany) Error() string { return t.Refusal().Error() }

// Unwrap is its refusal.
func (t *TooMany) Unwrap() error { return t.Refusal() }

// Arranged is a list that is narrowed or sorted by what stands beside its columns: which cases are left, and in which order.
type Arranged struct {
	store *Store
	actor process.Actor
	kind  process.Kind
	asked Conditions
	sort  string
	now   time.Time
	ids   []string
	order *Sorted[listing.Said] // nil: a column of the cards sorts them
}

// Arrange reads what a list is narrowed and sorted by beside its columns; nil where it is not. It refuses with TooMany where the other conditions leave too many.
func (s *Store) Arrange(ctx context.Context, actor process.Actor, kind process.Kind, c Conditions, sort string, now time.Time) (*Arranged, error) {
	entry, _ := kinds.Of(kind)
	list := ListOf(actor, entry)
	column, sorts, _ := list.Shown(strings.TrimPrefix(sort, "-"))
	by, names := c.beside(list)
	if sorts {
		names = append(names, "sort")
	}
	if len(names) == 0 {
		return nil, nil
	}
	p, err := s.listParams(ctx, actor, kind, c, now)
	if err != nil {
		return nil, err
	}
	left, err := s.counted(ctx, p, now, int32(s.among)) //nolint:gosec // some thousands
	if err != nil {
		return nil, err
	}
	if int(left.Count) > s.among {
		return nil, &TooMany{Count: int(left.Count), Most: s.among, Names: names}
	}
	columns := []string{}
	for _, one := range by {
		columns = append(columns, one.Column)
	}
	if sorts {
		columns = append(columns, column.Name)
	}
	ledger := Ledger{}
	if err := ledger.read(ctx, s, left.Ids, columns); err != nil {
		return nil, err
	}
	rows := make([]listing.Said, 0, len(left.Ids))
	for _, id := range left.Ids {
		rows = append(rows, listing.Said{ID: id, Says: ledger[id]})
	}
	rows = listing.Narrowed(rows, by, Sought)
	a := &Arranged{store: s, actor: actor, kind: kind, asked: c, sort: sort, now: now, ids: make([]string, 0, len(rows))}
	for _, r := range rows {
		a.ids = append(a.ids, r.ID)
	}
	if sorts {
		a.order, err = sortBeside(kind, column).Sorted(sort, len(rows)+1, Whole(rows))
	}
	return a, err
}

// sortBeside sorts by one column beside, as all lists do that no index sorts.
func sortBeside(kind process.Kind, column listing.Column) Sortable[listing.Said] {
	return Sortable[listing.Said]{Name: "beside " + string(kind), ID: func(r listing.Said) string { return r.ID }, Columns: []string{column.Name},
		Of: map[string]func(listing.Said) any{column.Name: func(r listing.Said) any { return besideValue(column, r.Says[column.Name]) }}}
}

// besideValue is what a column beside sorts by.
func besideValue(column listing.Column, said string) any {
	if said == "" {
		return nil
	}
	switch column.As { //nolint:exhaustive // the others sort as words do
	case listing.Counted:
		n, _ := strconv.Atoi(said)
		return n
	case listing.Word:
		if at := slices.Index(column.Values, said); at >= 0 {
			return at
		}
		return len(column.Values) // a word of a later definition, after those that are known
	case listing.Day:
		day, _ := clock.ParseDate(said) // PostgreSQL printed it
		return day
	}
	if signs := []rune(said); len(signs) > mostHeard {
		return string(signs[:mostHeard])
	}
	return said
}

// Page returns one page of the list, and where the next one begins.
func (a *Arranged) Page(ctx context.Context, after Cursor, size int) ([]ListRow, Cursor, error) {
	if a.order == nil {
		return a.store.list(ctx, a.actor, a.kind, a.asked, a.sort, a.ids, after, size, a.now)
	}
	said, next, err := a.order.Page(a.asked, after, size)
	if err != nil || len(said) == 0 {
		return []ListRow{}, next, err
	}
	place := make(map[string]int, len(said))
	for i, one := range said {
		place[one.ID] = i
	}
	rows, _, err := a.store.list(ctx, a.actor, a.kind, a.asked, "title", slices.Collect(maps.Keys(place)), "", len(said), a.now)
	slices.SortFunc(rows, func(x, y ListRow) int { return place[x.ID] - place[y.ID] })
	return rows, next, err
}

// Totals counts the list.
func (a *Arranged) Totals(ctx context.Context) (Totals, error) {
	p, err := a.store.listParams(ctx, a.actor, a.kind, a.asked, a.now)
	if err != nil {
		return Totals{}, err
	}
	p.Cases = a.ids
	return a.store.totals(ctx, p, a.now)
}

// counted counts what a list lets through; where it is no more than most, it names it too.
func (s *Store) counted(ctx context.Context, p sqlc.ListParams, now time.Time, most int32) (sqlc.ListTotalsRow, error) {
	counting := sqlc.ListTotalsParams{Now: now, Most: most}
	likewise(&counting, p)
	if everywhere(p.Keys) {
		counting.Keys = []int32{}
	}
	row, err := s.queries.ListTotals(ctx, counting)
	if err != nil {
		return row, fmt.Errorf("count cases of kind %s: %w", p.Kind, err)
	}
	return row, nil
}

// totals counts what a list lets through.
func (s *Store) totals(ctx context.Context, p sqlc.ListParams, now time.Time) (Totals, error) {
	row, err := s.counted(ctx, p, now, 0)
	if err != nil {
		return Totals{}, err
	}
	return Totals{Count: int(row.Count), Investment: project.Yuan(row.Investment), Overdue: int(row.Overdue)}, nil
}

// beside are the conditions that ask for what stands beside the columns of a list, and what the address calls them.
func (c Conditions) beside(list listing.List) (by []listing.Sought, names []string) {
	for _, one := range list.Narrowing() {
		s, asked := listing.Sought{Column: one.Column, By: one.By}, []string{}
		switch {
		case !one.Beside:
			continue
		case one.By == listing.ByDays && c.Days[one.Name] != (Days{}):
			s.From, s.To = c.Days[one.Name].From.String(), c.Days[one.Name].To.String()
			asked = ends(one.Name, s)
		case one.By == listing.ByCount && c.Shares[one.Name] != (Shares{}):
			s.From, s.To = printed(c.Shares[one.Name].From), printed(c.Shares[one.Name].To)
			asked = ends(one.Name, s)
		case len(c.In[one.Name]) > 0:
			s.Any, asked = c.In[one.Name], []string{one.Name}
		}
		if len(asked) > 0 {
			by, names = append(by, s), append(names, asked...)
		}
	}
	return by, names
}

// ends are the parameters of a condition that are given.
func ends(name string, s listing.Sought) (names []string) {
	if s.From != "" {
		names = append(names, name+"_from")
	}
	if s.To != "" {
		names = append(names, name+"_to")
	}
	return names
}

func printed(n *int16) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(int(*n))
}

// WithoutBeside are the conditions without those that ask for what stands beside the columns of a kind's list.
func (c Conditions) WithoutBeside(kind process.Entry) Conditions {
	c.In, c.Days, c.Shares = maps.Clone(c.In), maps.Clone(c.Days), maps.Clone(c.Shares)
	for _, one := range kind.List.Narrowing() {
		if one.Beside {
			delete(c.In, one.Name)
			delete(c.Days, one.Name)
			delete(c.Shares, one.Name)
		}
	}
	return c
}
