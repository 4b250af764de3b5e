package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// ListRow is one line of a list of cases. A column of the kind's listing is the field of its name.
type ListRow = sqlc.ListRow

// Conditions narrow a list of cases. They all hold at once; what is empty does not narrow.
type Conditions struct {
	Done       *bool
	Overdue    bool
	In         map[string][]string // by the name of a condition, the values of which one has to fit
	Days       map[string]Days     // by the name of a condition
	Shares     map[string]Shares   // by the name of a condition
	CampaignID string
	InHandYear int    // 重点在建: started by the end of the year and not in production before it began (annual report F18)
	Money      Money  // of projects that have figures to give for a month
	Words      string // by which Search finds it: see there
}

// Money narrows to projects that have figures of their money to give for a month (project.OwesMonth), and have given those of the investment done, or have not. It
// does not narrow without a month.
type Money struct {
	Month   funds.Month
	Entered *bool
}

// Days are those from one to another, both included; a zero day leaves that side open.
type Days struct{ From, To clock.Date }

// Shares are the percents from one to another, both included; nil leaves that side open.
type Shares struct{ From, To *int16 }

// InYear are the days of a year; none for the year 0.
func InYear(year int) Days {
	if year == 0 {
		return Days{}
	}
	return Days{clock.NewDate(year, time.January, 1), clock.NewDate(year, time.December, 31)}
}

// Empty reports whether nothing narrows.
func (c Conditions) Empty() bool {
	for _, d := range c.Days {
		if d != (Days{}) {
			return false
		}
	}
	for _, s := range c.Shares {
		if s != (Shares{}) {
			return false
		}
	}
	for _, values := range c.In {
		if len(values) > 0 {
			return false
		}
	}
	return c.Done == nil && !c.Overdue && c.CampaignID == "" && c.InHandYear == 0 && c.Money == (Money{}) && c.Words == ""
}

// Totals are the size of a filtered list.
type Totals struct {
	Count      int
	Investment project.Yuan
	Overdue    int
}

// List returns one page of the cases of a kind that the actor may see, and where the next page begins. sort names a column of the kind's listing, with "-"
// before it for backwards; "" is the usual order: the most urgent first, and of cases that have ended the one that ended last. It refuses a column or a condition that the list does not have.
func (s *Store) List(ctx context.Context, actor process.Actor, kind process.Kind, c Conditions, sort string, after Cursor, size int, now time.Time) ([]ListRow, Cursor, error) {
	if a, err := s.Arrange(ctx, actor, kind, c, sort, now); err != nil {
		return nil, "", err
	} else if a != nil {
		return a.Page(ctx, after, size)
	}
	return s.list(ctx, actor, kind, c, sort, nil, after, size, now)
}

// list is List, sorted by a column of the cards; within some cases only, where they are given.
func (s *Store) list(ctx context.Context, actor process.Actor, kind process.Kind, c Conditions, sort string, within []string, after Cursor, size int, now time.Time) ([]ListRow, Cursor, error) {
	p, err := s.listParams(ctx, actor, kind, c, now)
	if err != nil {
		return nil, "", err
	}
	p.Cases = within
	if sort == "" && c.Done != nil && *c.Done {
		sort = "-closed_on" // every kind's list has it
	}
	order, err := s.order(ctx, actor, kind, sort)
	if err != nil {
		return nil, "", err
	}
	list := listed("list", kind, sort, c)
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	if err := order.into(&p, place); err != nil {
		return nil, "", err
	}
	p.Size = int32(size) + 1
	if p.Broad, err = s.broad(ctx, p); err != nil {
		return nil, "", err
	}
	rows, err := s.queries.List(ctx, p)
	if err != nil {
		return nil, "", fmt.Errorf("list cases of kind %s: %w", kind, err)
	}
	rows, next := page(rows, size, func(r ListRow) (string, string) { return order.place(r), r.ID })
	r, err := s.reader(ctx, actor)
	return outsideRows(r, kind, blanked(rows, actor, kind)), next.of(list), err
}

// manyOf is from how many of the first three hundred of a list on its words are looked for case by case: to fill a page takes two thousand looks then.
const manyOf = 8

// broad reports whether the words of a list find so much of it that it is quicker to walk it and look at each case.
func (s *Store) broad(ctx context.Context, p sqlc.ListParams) (bool, error) {
	if p.Keys == nil {
		return false, nil
	}
	var share sqlc.MeantShareParams
	likewise(&share, p)
	found, err := s.queries.MeantShare(ctx, share)
	if err != nil {
		return false, fmt.Errorf("look how many cases of kind %s are meant: %w", p.Kind, err)
	}
	return found >= manyOf, nil
}

// ListTotals returns how many cases the conditions let through, how many of them are overdue, and what they invest.
func (s *Store) ListTotals(ctx context.Context, actor process.Actor, kind process.Kind, c Conditions, now time.Time) (Totals, error) {
	if a, err := s.Arrange(ctx, actor, kind, c, "", now); err != nil {
		return Totals{}, err
	} else if a != nil {
		return a.Totals(ctx)
	}
	p, err := s.listParams(ctx, actor, kind, c, now)
	if err != nil {
		return Totals{}, err
	}
	return s.totals(ctx, p, now)
}

func (s *Store) listParams(ctx context.Context, actor process.Actor, kind process.Kind, c Conditions, now time.Time) (sqlc.ListParams, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return sqlc.ListParams{}, err
	}
	p := sqlc.ListParams{ParkID: park.ID, Kind: string(kind), Done: c.Done, InHandYear: givenYear(c.InHandYear)}
	if c.Overdue {
		p.OverdueAt = &now
	}
	if c.Money.Month != "" {
		p.MoneyFrom, p.MoneyEntered = c.Money.Month.First(), c.Money.Entered
	}
	if c.CampaignID != "" {
		p.Campaigns = onlyUUIDs([]string{c.CampaignID})
	}
	if err := narrow(&p, actor, kind, c); err != nil {
		return p, err
	}
	if p.AlsoTheirs, err = s.alsoAddressed(ctx, p.Enterprises); err != nil {
		return p, err
	}
	if len(p.Stages) > 0 {
		known, err := s.stageOrder(ctx, kind)
		if err != nil {
			return p, err
		}
		if slices.ContainsFunc(p.Stages, func(stage string) bool { return !slices.Contains(known, stage) }) {
			return p, noCondition("stage")
		}
	}
	if err := s.meant(ctx, &p, actor, c.Words); err != nil {
		return p, err
	}
	p.Viewers = viewers(actor)
	p.Wide, err = s.wide(ctx, p.Viewers)
	return p, err
}

// narrow puts the conditions into the query, and refuses all that the list does not have. Who inside the zone has a case or answers for it is nothing that an enterprise can ask.
func narrow(p *sqlc.ListParams, actor process.Actor, kind process.Kind, c Conditions) error {
	entry, _ := kinds.Of(kind)
	list, outside := ListOf(actor, entry), ownEnterprise(actor) != nil
	beside := map[string]bool{} // no slot of the query is theirs (Arrange)
	for _, one := range list.Narrowing() {
		beside[one.Name] = one.Beside
	}
	var faults process.Faults
	for _, name := range slices.Sorted(maps.Keys(c.In)) {
		i := slices.IndexFunc(list.Conditions, func(one listing.Condition) bool { return one.Name == name && !one.By.Spans() })
		if values := c.In[name]; len(values) > 0 && !beside[name] {
			if i < 0 {
				faults.Note(noCondition(name))
				continue
			}
			fitting, err := fitting(list, list.Conditions[i], values, outside)
			if err == nil && !slotOf(p, name).takes(fitting) {
				err = noCondition(name)
			}
			faults.Note(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Days)) {
		if c.Days[name] == (Days{}) || beside[name] {
			continue
		}
		if !slices.ContainsFunc(list.Conditions, func(one listing.Condition) bool { return one.Name == name && one.By == listing.ByDays }) || !slotOf(p, name).spans(c.Days[name]) {
			faults.Note(noCondition(name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Shares)) {
		if c.Shares[name] == (Shares{}) || beside[name] {
			continue
		}
		if !slices.ContainsFunc(list.Conditions, func(one listing.Condition) bool { return one.Name == name && one.By == listing.ByShare }) || !slotOf(p, name).parts(c.Shares[name]) {
			faults.Note(noCondition(name))
		}
	}
	return faults.Err()
}

// fitting are the values of a condition as the query takes them.
func fitting(list listing.List, one listing.Condition, values []string, outside bool) ([]string, error) {
	if one.By != listing.ByValue {
		if outside && one.By != listing.ByEnterprise {
			return nil, noCondition(one.Name)
		}
		ids := onlyUUIDs(values)
		if len(ids) == 0 {
			return nil, noCondition(one.Name)
		}
		return ids, nil
	}
	column, _ := list.Column(one.Column)
	for _, v := range values {
		if column.As != listing.Stage && !slices.Contains(column.Values, v) { // a stage is what its definition calls so
			return nil, noCondition(one.Name)
		}
	}
	return values, nil
}

func noCondition(name string) error {
	return process.RefuseField(name, "这个列表没有这样的条件，请回到列表重新选择。", "The list has no such condition; go back to it and choose again.")
}

// order is how a list is sorted.
type order struct {
	column listing.Column // the zero one is the usual order
	back   bool
	ranks  []string
	ends   []string // the results that the cases of a final state are told apart by
}

// order reads what a list is to be sorted by.
func (s *Store) order(ctx context.Context, actor process.Actor, kind process.Kind, sort string) (order, error) {
	entry, _ := kinds.Of(kind)
	name, back := strings.CutPrefix(sort, "-")
	if name == "" || sort == "due_on" { // the days of the usual order, which has an index of its own
		return order{}, nil
	}
	column, ok := ListOf(actor, entry).Column(name)
	if !ok || (ownEnterprise(actor) != nil && Hidden(column)) {
		return order{}, process.RefuseField("sort", "这个列表不能按这一列排序，请回到列表重新选择。", "The list cannot be sorted by this column; go back to it and choose again.")
	}
	o := order{column: column, back: back, ranks: column.Values}
	if result, ok := entry.List.Column("result"); ok && column.As == listing.State {
		o.ends = result.Values
	}
	if column.As == listing.Stage {
		ranks, err := s.stageOrder(ctx, kind)
		if err != nil {
			return o, err
		}
		o.ranks = ranks
	}
	return o, nil
}

// stageOrder are the stages of a kind in their order, as its definition in force has them.
func (s *Store) stageOrder(ctx context.Context, kind process.Kind) ([]string, error) {
	rules, err := s.LatestRules(ctx, kind)
	if err != nil {
		return nil, err
	}
	staged, ok := rules.(process.Staged)
	if !ok {
		return nil, nil
	}
	return staged.StageOrder(), nil
}

// Hidden reports whether a column holds names that an enterprise reads as functions: it does not sort by what it may not read.
func Hidden(c listing.Column) bool { return c.As == listing.Holder || c.As == listing.Name }

// into puts the order and the place where the page begins into the query.
func (o order) into(p *sqlc.ListParams, after Cursor) (err error) {
	p.AfterDue, p.AfterID, p.By, p.Back, p.Ranks, p.Outcomes = beginning, firstID, o.column.Name, o.back, o.ranks, o.ends
	if p.By == "" {
		p.AfterDue, p.AfterID, err = after.read()
		return err
	}
	p.ByWords, p.ByNumber = o.column.As.Words(), !o.column.As.Words()
	p.NoneSaid, p.NoneCounted, p.AfterCounted = "\U0010FFFF", math.MaxInt64, math.MinInt64
	if o.back {
		p.NoneSaid, p.AfterSaid, p.AfterCounted, p.AfterID = "", "\U0010FFFF", math.MaxInt64, lastID
		if !everyHas(o.column.Name) {
			p.NoneCounted = math.MinInt64
		}
	}
	if after == "" {
		return nil
	}
	by, id, ok := after.parts()
	sort, place, there := strings.Cut(by, "|")
	if !ok || !there || sort != o.name() { // of another order
		return badCursor()
	}
	if p.AfterID = id; p.ByWords {
		p.AfterSaid = place
		return nil
	}
	if p.AfterCounted, err = strconv.ParseInt(place, 10, 64); err != nil {
		return badCursor()
	}
	return nil
}

// everyHas reports whether every case of the kinds that have a column has a value in it: one index is walked both ways (migration 0031).
func everyHas(column string) bool { return column == "investment" || column == "found_on" }

// name is the order as an address says it.
func (o order) name() string {
	if o.back {
		return "-" + o.column.Name
	}
	return o.column.Name
}

// place is where a row stands in the order.
func (o order) place(r ListRow) string {
	switch {
	case o.column.Name == "":
		return r.DueOrder
	case o.column.As.Words():
		return o.name() + "|" + r.Said
	}
	return o.name() + "|" + strconv.FormatInt(r.Counted, 10)
}

// Listed returns the columns of a list that somebody looks at: those they chose, else the usual ones.
func (s *Store) Listed(ctx context.Context, userID string, kind process.Entry) ([]string, error) {
	chosen, err := s.queries.ListColumns(ctx, userID, kind.Path)
	if errors.Is(err, pgx.ErrNoRows) {
		return kind.List.Usual(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the columns of list %s: %w", kind.Path, err)
	}
	return kind.List.Known(chosen), nil
}

// ChooseColumns keeps which columns of a list somebody looks at; none: the usual ones again. It refuses a column that the list does not have.
func (s *Store) ChooseColumns(ctx context.Context, userID string, kind process.Entry, names []string) error {
	if len(names) == 0 {
		return s.queries.DropListColumns(ctx, userID, kind.Path)
	}
	if fault := (reader{list: kind.List}).columns("columns", names); fault != nil {
		return process.RefuseField("columns", fault.Chinese, fault.English)
	}
	return s.queries.SetListColumns(ctx, userID, kind.Path, kind.List.Known(names))
}
