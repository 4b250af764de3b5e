package httpapi

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// Besides is what a row of a list says beside its columns.
type Besides struct {
	Beside map[string]string `json:"beside,omitempty" doc:"What was asked for by columns, by column: days as 2026-11-23, numbers as digits; what is empty is left out. For the zone's own staff."`
}

// Narrowed is a page of a list that is narrowed and sorted as its kind describes it.
type Narrowed struct {
	Overdue bool   `query:"overdue" doc:"Only what is past its day."`
	Words   string `query:"q" maxLength:"100" doc:"Words, as the search takes them: of numbers, titles, enterprises, people and documents, however they are typed; in every state that done does not leave out."`
	Paged
	query url.Values
}

// Resolve keeps the query: which conditions it may hold, the kind says.
func (n *Narrowed) Resolve(c huma.Context) []error {
	at := c.URL()
	n.query = at.Query()
	return nil
}

// sort is the column that sorts, with "-" before it for backwards.
func (n *Narrowed) sort() string { return n.query.Get("sort") }

// conditions reads what narrows the list of a kind. It refuses everything that the list does not know at once.
func (n *Narrowed) conditions(ctx context.Context, a *API, kind process.Entry) (store.Conditions, error) {
	unknown, err := a.unknown(ctx, kind, n.query)
	if err == nil && len(unknown) > 0 {
		err = process.Refuse(process.InvalidInput, unknown[0].Chinese, unknown[0].English).With(unknown...)
	}
	if err != nil {
		return store.Conditions{}, err
	}
	asked, err := store.AskedOf(kind, n.query)
	asked.Overdue, asked.Words = n.Overdue, n.Words
	return asked, err
}

// ledger reads what the query asks for by columns of what stands beside those of every row.
func (n *Narrowed) ledger(ctx context.Context, a *API, kind process.Entry, rows []store.ListRow) (func(store.ListRow) Besides, error) {
	ledger, asked := store.Ledger{}, []string{}
	kind.List = store.ListOf(actor(ctx), kind)
	for name := range strings.SplitSeq(n.query.Get("columns"), ",") {
		if _, beside, _ := kind.List.Shown(name); beside {
			asked = append(asked, name)
		}
	}
	if len(asked) > 0 {
		if err := ledger.Add(ctx, a.App.Store, actor(ctx), kind, rows); err != nil {
			return nil, err
		}
	}
	return func(r store.ListRow) Besides {
		says := map[string]string{}
		for _, name := range asked {
			if said := ledger[r.ID][name]; said != "" {
				says[name] = said
			}
		}
		return Besides{Beside: says}
	}, nil
}

// Names reports whether the operation at a route answers with a list that says itself what is wrong with what a parameter holds, beside everything else that is.
func (a *API) Names(route, parameter string) bool {
	kind, is := a.lists[strings.TrimPrefix(route, Base)]
	return is && slices.ContainsFunc(narrowedBy(kind.List), func(p *huma.Param) bool { return p.Name == parameter })
}

// unknown is what the list of a kind does not know of a query: of its own conditions, its words and its order. The rest of the query is the operation's.
func (a *API) unknown(ctx context.Context, kind process.Entry, query url.Values) ([]process.Field, error) {
	own := url.Values{}
	for _, p := range append(narrowedBy(kind.List), &huma.Param{Name: "q"}) {
		own[p.Name] = query[p.Name]
	}
	_, faults, err := a.App.Store.Understood(ctx, actor(ctx), kind, own)
	return faults, err
}

// lists declares a list of a kind: its conditions and what it sorts by are those that the kind describes.
func lists[I, O any](f *face, kind process.Entry, o operation, handle func(context.Context, *I) (O, error)) {
	op := o.describe()
	op.Parameters = narrowedBy(kind.List)
	f.lists[o.path] = kind
	raw(f, op, o.whose, func(ctx context.Context, in *I) (*body[O], error) {
		out, err := handle(ctx, in)
		return &body[O]{Body: out}, err
	})
}

// narrowedBy are the parameters of a list.
func narrowedBy(list listing.List) []*huma.Param {
	several := "Several mean any of them: repeat the parameter."
	all := []*huma.Param{}
	for _, one := range list.Narrowing() {
		switch one.By {
		case listing.ByDays:
			all = append(all, parameter(one.Name+"_from", "This day or later.", &huma.Schema{Type: huma.TypeString, Format: "date"}),
				parameter(one.Name+"_to", "This day or earlier.", &huma.Schema{Type: huma.TypeString, Format: "date"}))
		case listing.ByShare:
			percent := &huma.Schema{Type: huma.TypeInteger, Minimum: new(0.0), Maximum: new(100.0)}
			all = append(all, parameter(one.Name+"_from", "This percent or more.", percent), parameter(one.Name+"_to", "This percent or less.", percent))
		case listing.ByCount:
			count := &huma.Schema{Type: huma.TypeInteger, Minimum: new(0.0), Maximum: new(9999.0)}
			all = append(all, parameter(one.Name+"_from", "So many or more.", count), parameter(one.Name+"_to", "So many or fewer.", count))
		case listing.ByWords:
			all = append(all, parameter(one.Name, "Words that are all contained. "+several, &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, MaxLength: new(100)}}))
		case listing.ByGiven:
			all = append(all, parameter(one.Name, "Whether there is anything.", &huma.Schema{Type: huma.TypeString, Enum: []any{listing.Given, listing.Blank}}))
		case listing.ByValue:
			column, _, _ := list.Shown(one.Column)
			values := &huma.Schema{Type: huma.TypeString}
			for _, v := range column.Values {
				values.Enum = append(values.Enum, v)
			}
			all = append(all, parameter(one.Name, several, &huma.Schema{Type: huma.TypeArray, Items: values}))
		default:
			all = append(all, parameter(one.Name, map[listing.By]string{listing.ByHolder: "Who has it. ", listing.ByUnit: "The unit that has it, or whose people do. ",
				listing.ByManager: "Who answers for it. ", listing.ByEnterprise: "Whose it is. "}[one.By]+several, &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "uuid"}}))
		}
	}
	order := &huma.Schema{Type: huma.TypeString}
	for _, c := range list.Every() {
		order.Enum = append(order.Enum, c.Name, "-"+c.Name)
	}
	if len(list.Beside) > 0 {
		names := &huma.Schema{Type: huma.TypeString, MaxLength: new(2000)}
		all = append(all, parameter("columns", "Names of columns, with commas between them: of those that stand beside the columns of every row, each row says what it has. For the zone's own staff.", names))
	}
	return append(all, parameter("sort", "By which column, with - before it for backwards; what has no value comes last either way. The most urgent first when left out, and of cases that have ended the one that ended last.", order))
}

func parameter(name, doc string, schema *huma.Schema) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: doc, Schema: schema}
}
