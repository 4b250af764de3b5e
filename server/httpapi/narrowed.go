package httpapi

import (
	"context"
	"net/url"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
)

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

// conditions reads what narrows the list of a kind.
func (n *Narrowed) conditions(kind process.Entry) (store.Conditions, error) {
	asked, err := store.AskedOf(kind, n.query)
	if err != nil {
		return asked, err
	}
	asked.Overdue, asked.Words = n.Overdue, n.Words
	for _, one := range kind.List.Conditions {
		named := one.By != listing.ByValue && one.By != listing.ByDays
		if named && slices.ContainsFunc(asked.In[one.Name], func(v string) bool { _, is := value.ID(v); return !is }) {
			return asked, process.RefuseField(one.Name, "格式不对", "is no id")
		}
	}
	return asked, nil
}

// lists declares the list of a kind: its conditions and what it sorts by are those that the kind describes.
func lists[I, O any](f *face, kind process.Entry, o operation, handle func(context.Context, *I) (O, error)) {
	op := o.describe()
	op.Parameters = narrowedBy(kind.List)
	raw(f, op, o.whose, func(ctx context.Context, in *I) (*body[O], error) {
		out, err := handle(ctx, in)
		return &body[O]{Body: out}, err
	})
}

// narrowedBy are the parameters of a list.
func narrowedBy(list listing.List) []*huma.Param {
	several := "Several mean any of them: repeat the parameter."
	all := []*huma.Param{}
	for _, one := range list.Conditions {
		switch one.By {
		case listing.ByDays:
			all = append(all, parameter(one.Name+"_from", "This day or later.", &huma.Schema{Type: huma.TypeString, Format: "date"}),
				parameter(one.Name+"_to", "This day or earlier.", &huma.Schema{Type: huma.TypeString, Format: "date"}))
		case listing.ByValue:
			column, _ := list.Column(one.Column)
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
	for _, c := range list.Columns {
		order.Enum = append(order.Enum, c.Name, "-"+c.Name)
	}
	return append(all, parameter("sort", "By which column, with - before it for backwards; what has no value comes last either way. The most urgent first when left out.", order))
}

func parameter(name, doc string, schema *huma.Schema) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: doc, Schema: schema}
}
