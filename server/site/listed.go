package site

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// reading is what an address asks of the list of a kind: what the list knows of it, and what it does not.
type reading struct {
	store.Conditions
	known    url.Values
	faults   []process.Field
	arranged *store.Arranged // by what stands beside the columns; nil: by nothing of it
}

// tab is the part of the list that the address means: the one it names, else every state where words are looked for, else what is open.
func (r reading) tab() string {
	switch {
	case r.known.Get("tab") != "":
		return r.known.Get("tab")
	case r.Words != "":
		return listing.Everywhere
	}
	return "open"
}

// year is a year that the list is narrowed to; 0 for none.
func (r reading) year(name string) int {
	n, _ := strconv.Atoi(r.known.Get(name)) // it was looked at, or is not there
	return n
}

// amiss reports whether the address narrows the list in a way that the list does not know: then it shows nothing instead of another list.
func (r reading) amiss() bool { return slices.ContainsFunc(r.faults, store.Narrows) }

// asked reads from the address what narrows the list of a kind.
func (s *Site) asked(c echo.Context, kind process.Entry) (reading, error) {
	return s.askedOf(c, kind, c.QueryParams())
}

// askedOf reads the same from a part of the address.
func (s *Site) askedOf(c echo.Context, kind process.Entry, query url.Values) (reading, error) {
	var r reading
	var err error
	if r.known, r.faults, err = s.App.Store.Understood(c.Request().Context(), actorOf(c), kind, query); err != nil {
		return r, err
	}
	if r.Conditions, err = store.AskedOf(kind, r.known); err != nil {
		return r, err
	}
	r.Overdue, r.Words, r.CampaignID = r.known.Get("overdue") == "true", r.known.Get("q"), r.known.Get("campaign")
	return r, nil
}

// rows reads the list that an address asks for: none of it, where the list does not know all that narrows it. Where it asks for what stands beside the columns among too
// many, the list is that without it, and says so; nobody takes away what they did not ask for.
func (s *Site) rows(c echo.Context, kind process.Entry, asked *reading, l *ui.Listed) (lister[store.ListRow], error) {
	if !asked.amiss() {
		if err := s.arrange(c, asked, l); err != nil {
			return nil, err
		}
	}
	return func(after store.Cursor, size int) ([]store.ListRow, store.Cursor, error) {
		if asked.amiss() {
			return nil, "", nil
		}
		if asked.arranged != nil {
			return asked.arranged.Page(c.Request().Context(), after, size)
		}
		return s.App.Store.List(c.Request().Context(), actorOf(c), kind.Kind, asked.Conditions, l.Sort, after, size, s.App.Now())
	}, nil
}

// totals begins to count the list that an address asks for, and returns how to wait for what it comes to.
func (s *Site) totals(c echo.Context, kind process.Entry, asked reading) func() (store.Totals, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	return meanwhile(func() (store.Totals, error) {
		if asked.amiss() {
			return store.Totals{}, nil
		}
		if asked.arranged != nil {
			return asked.arranged.Totals(ctx)
		}
		return s.App.Store.ListTotals(ctx, actor, kind.Kind, asked.Conditions, s.App.Now())
	})
}

// listed prepares a list of cases: its columns and order as the address, else the reader, has them.
func (s *Site) listed(c echo.Context, kind process.Entry, asked reading) (ui.Listed, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	kind.List = store.ListOf(actor, kind)
	l := ui.Listed{Kind: kind, Sort: asked.known.Get("sort"), Overdue: asked.Overdue, Outside: actor.Has(process.Enterprise), Query: asked.known, Amiss: asked.amiss()}
	for _, fault := range asked.faults {
		one := said(ctx, kind, fault)
		if !store.Narrows(fault) && !l.Amiss { // the list is shown all the same
			one.Words += i18n.T(ctx, "list.unknown."+fault.Name)
		}
		l.Faults = append(l.Faults, one)
	}
	if wantsSheet(c) && l.Amiss {
		return l, process.Refuse(process.InvalidInput, "条件里有这个列表不认识的内容，没有导出。", "The list does not know all of the conditions: nothing was taken away.").With(asked.faults...)
	}
	names, err := s.columns(c, kind, asked.known.Get("columns"))
	if err != nil {
		return l, err
	}
	l.Chosen, l.Closed = names, asked.Done != nil && *asked.Done
	if l.Closed {
		names = kind.List.Ended(names)
	}
	for _, name := range names {
		col, beside, _ := kind.List.Shown(name) // known
		if !beside || !l.Outside {
			l.Columns = append(l.Columns, col)
		}
	}
	if l.Rules, err = s.App.Store.LatestRules(ctx, kind.Kind); err != nil {
		return l, err
	}
	l.Narrow, err = s.narrows(c, kind, asked.Conditions, l)
	return l, err
}

// offered reports whether a condition of a column beside is asked: of those that are shown, sorted by or narrow the list already. All of them would be a form of eighty fields.
func offered(one listing.Condition, query url.Values, l ui.Listed) bool {
	if slices.ContainsFunc(l.Columns, func(col listing.Column) bool { return col.Name == one.Column }) || strings.TrimPrefix(l.Sort, "-") == one.Column {
		return true
	}
	return slices.ContainsFunc([]string{one.Column, one.Column + "_from", one.Column + "_to", listing.GivenOf(one.Column)}, func(name string) bool { return query.Get(name) != "" })
}

// said is what the list of a kind does not know of an address, by the name that the condition has on the page.
func said(ctx context.Context, kind process.Entry, fault process.Field) ui.Fault {
	return ui.Fault{Field: fault.Name, Label: ui.ConditionName(ctx, kind.Kind, fault.Name), Words: i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})}
}

// columns are those of the address, else those the reader chose, else the usual ones.
func (s *Site) columns(c echo.Context, kind process.Entry, asked string) ([]string, error) {
	if asked != "" {
		return kind.List.Known(strings.Split(asked, ",")), nil
	}
	if d := draftOf(c); sent(c) == ui.ColumnsURL(kind) { // what was ticked and not kept yet
		return kind.List.Known(d.Typed["columns"]), nil
	}
	return s.App.Store.Listed(c.Request().Context(), actorOf(c).ID, kind)
}

// chooseColumns keeps which columns of a list the reader looks at.
func (s *Site) chooseColumns(c echo.Context) error {
	kind, ok := kinds.At(c.Param("list"))
	if !ok {
		return echo.ErrNotFound
	}
	kind.List = store.ListOf(actorOf(c), kind)
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	names := form["columns"]
	if form.Get("usual") != "" {
		names = nil
	} else if len(names) == 0 {
		names = []string{"title"}
	}
	if err := s.App.Store.ChooseColumns(c.Request().Context(), actorOf(c).ID, kind, names); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "columns", "/"+kind.Path+"?"+store.Selection(form.Get("query")))
}

// narrows are the conditions of a list as its form shows them. An enterprise is asked nothing about the zone's people.
func (s *Site) narrows(c echo.Context, kind process.Entry, asked store.Conditions, l ui.Listed) ([]ui.Narrow, error) {
	ctx, all := c.Request().Context(), []ui.Narrow{}
	for _, one := range kind.List.Narrowing() {
		if one.Beside && !offered(one, c.QueryParams(), l) {
			continue
		}
		n := ui.Narrow{Name: one.Name, Label: ui.ConditionName(ctx, kind.Kind, one.Name), By: one.By, Chosen: asked.In[one.Name], Beside: one.Beside, Of: one.Column}
		var err error
		switch one.By {
		case listing.ByDays:
			n.From, n.To = asked.Days[one.Name].From.String(), asked.Days[one.Name].To.String()
			if i := slices.IndexFunc(l.Faults, func(f ui.Fault) bool { return f.Field == one.Name+"_from" || f.Field == one.Name+"_to" }); i >= 0 {
				n.From, n.To, n.Wrong = c.QueryParam(one.Name+"_from"), c.QueryParam(one.Name+"_to"), l.Faults[i].Words
			}
		case listing.ByShare, listing.ByCount:
			n.From, n.To = c.QueryParam(one.Name+"_from"), c.QueryParam(one.Name+"_to")
			if i := slices.IndexFunc(l.Faults, func(f ui.Fault) bool { return f.Field == one.Name+"_from" || f.Field == one.Name+"_to" }); i >= 0 {
				n.Wrong = l.Faults[i].Words
			}
		case listing.ByWords:
			if i := slices.IndexFunc(l.Faults, func(f ui.Fault) bool { return f.Field == one.Name }); i >= 0 {
				n.Chosen, n.Wrong = []string{c.QueryParam(one.Name)}, l.Faults[i].Words
			}
		case listing.ByGiven:
			n.Options = []ui.Choice{{Value: listing.Given, Text: i18n.T(ctx, "list.given.yes")}, {Value: listing.Blank, Text: i18n.T(ctx, "list.given.no")}}
		case listing.ByValue:
			n.Options = s.values(ctx, kind, one, l.Rules)
		case listing.ByUnit:
			if l.Outside {
				continue
			}
			n.Options, err = s.unitChoices(c)
		default:
			if l.Outside {
				continue
			}
			n.Look, n.Options, err = s.lookFor(c, n, one)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// values are what a condition can be, in words.
func (s *Site) values(ctx context.Context, kind process.Entry, one listing.Condition, rules process.Rules) []ui.Choice {
	choices := []ui.Choice{}
	column, _, _ := kind.List.Shown(one.Column)
	if staged, ok := rules.(process.Staged); ok && column.As == listing.Stage {
		column.Values = staged.StageOrder()
	}
	for _, v := range column.Values {
		choices = append(choices, ui.Choice{Value: v, Text: ui.ValueWords(ctx, kind.Kind, column, v, rules)})
	}
	return choices
}

func (s *Site) unitChoices(c echo.Context) ([]ui.Choice, error) {
	units, err := s.App.Store.Units(c.Request().Context())
	return each(units, func(u store.Unit) ui.Choice { return ui.Choice{Value: u.ID, Text: u.Name} }), err
}

// lookFor is the field in which somebody or an enterprise is chosen, with those that are chosen already.
func (s *Site) lookFor(c echo.Context, n ui.Narrow, one listing.Condition) (*ui.Field, []ui.Choice, error) {
	f := ui.Field{Name: n.Name, Label: i18n.T(c.Request().Context(), "list.add"), Kind: "person", Circle: choice.Workers}
	if one.By == listing.ByEnterprise {
		f.Kind = "enterprise"
	}
	chosen := []ui.Choice{}
	for _, id := range n.Chosen {
		f.Value = id
		known, err := s.shown(c, f)
		if err != nil {
			return nil, nil, err
		}
		if known != nil {
			chosen = append(chosen, *known)
		}
	}
	f.Value = ""
	return &f, chosen, s.offer(c, &f, nil)
}

// listSheetOf sends a list as a workbook: the columns that were chosen, else all of them.
func (s *Site) listSheetOf(c echo.Context, kind process.Entry, l ui.Listed, list lister[store.ListRow]) error {
	ctx, columns := c.Request().Context(), l.Columns
	all := slices.Equal(l.Chosen, kind.List.Usual())
	if all {
		columns = kind.List.Columns
		if !l.Outside {
			columns = kind.List.Every()
		}
	} else { // what the page shows under the name has a column of its own in a workbook
		beside := []listing.Column{}
		for _, name := range []string{"number", "enterprise_name"} {
			if col, ok := kind.List.Column(name); ok && !slices.Contains(l.Chosen, name) {
				beside = append(beside, col)
			}
		}
		columns = slices.Concat(beside, columns)
	}
	_, told := kind.List.Column("closed_by") // among its columns already
	told = told || slices.ContainsFunc(columns, func(c listing.Column) bool { return c.Name == "closed_by" })
	heads := []any{}
	for _, col := range columns {
		heads = append(heads, ui.SheetHead(ctx, kind.Kind, col))
	}
	if (l.Closed || all) && !told {
		heads = append(heads, i18n.T(ctx, "export.closed_by"))
	}
	l.Ledger = store.Ledger{}
	whole := func(after store.Cursor, size int) ([]store.ListRow, store.Cursor, error) {
		rows, next, err := list(after, size)
		if err == nil {
			err = l.Ledger.Add(ctx, s.App.Store, actorOf(c), kind, rows)
		}
		return rows, next, err
	}
	return tableSheet(c, i18n.T(ctx, string(kind.Kind)+".list"), whole, heads, func(r store.ListRow) []any {
		row := make([]any, 0, len(heads))
		for _, col := range columns {
			if _, beside, _ := kind.List.Shown(col.Name); beside {
				row = append(row, besideCell(ctx, kind.Kind, col, l.Ledger[r.ID][col.Name]))
				continue
			}
			row = append(row, sheetCell(ctx, kind.Kind, col, r, l.Rules))
		}
		if (l.Closed || all) && !told {
			row = append(row, ui.Who(ctx, r.ClosedBy))
		}
		return row
	})
}

// sheetCell is a fact of a row as a sheet reckons with it.
func sheetCell(ctx context.Context, kind process.Kind, col listing.Column, r store.ListRow, rules process.Rules) any {
	switch col.As {
	case listing.Word, listing.State, listing.Stage:
		if word := store.TextOf(r, col.Name); word != "" {
			return ui.ValueWords(ctx, kind, col, word, rules)
		}
		return ""
	case listing.Holder, listing.Name:
		return ui.Who(ctx, store.TextOf(r, col.Name))
	case listing.Moment:
		return moment(store.MomentOf(r, col.Name))
	case listing.Day, listing.Due:
		return store.DayOf(r, col.Name)
	case listing.Money:
		return number(store.TextOf(r, col.Name))
	case listing.Counted:
		return store.CountOf(r, col.Name)
	case listing.Share:
		if n := store.ShareOf(r, col.Name); n != nil {
			return int(*n)
		}
		return ""
	case listing.Title, listing.Text:
	}
	return store.TextOf(r, col.Name)
}
