package httpapi

import (
	"context"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/store"
)

// Ordered is a list that is sorted by any of the columns that the store describes for it.
type Ordered struct{ query url.Values }

// Resolve keeps the query: by which columns the list sorts, its description says.
func (o *Ordered) Resolve(c huma.Context) []error {
	at := c.URL()
	o.query = at.Query()
	return nil
}

func (o *Ordered) sort() string { return o.query.Get("sort") }

// sorts declares an operation that answers with a list that can be sorted by the columns.
func sorts[I, O any](f *face, columns []string, o operation, handle func(context.Context, *I) (O, error)) {
	order := &huma.Schema{Type: huma.TypeString}
	for _, name := range columns {
		order.Enum = append(order.Enum, name, "-"+name)
	}
	op := o.describe()
	op.Parameters = []*huma.Param{parameter("sort", "By which column, with - before it for backwards; what has no value comes last either way. In its usual order when left out. Of a list of more than "+
		strconv.Itoa(store.MostSorted)+" rows the first so many of the usual order are sorted.", order)}
	raw(f, op, o.whose, func(ctx context.Context, in *I) (*body[O], error) {
		out, err := handle(ctx, in)
		return &body[O]{Body: out}, err
	})
}

// inOrder is a list that is in hand, sorted as it was asked for.
func inOrder[R any](l store.Sortable[R], o Ordered, rows []R, err error) ([]R, error) {
	if err != nil {
		return nil, err
	}
	rows, _, err = l.Page(o.sort(), nil, "", max(len(rows), 1), store.Whole(rows))
	return rows, err
}

// place is where a list goes on: at a cursor, else behind the row that the caller names, which the list has to have.
func place(number int64, cursor string, from func(int64) (store.Cursor, error)) (store.Cursor, error) {
	if cursor == "" && number > 0 {
		return from(number)
	}
	return store.Cursor(cursor), nil
}

// goesOn is the id of the last row of a page in the usual order, where another page follows.
func goesOn(o Ordered, next store.Cursor, last int64) int64 {
	if o.sort() != "" || next == "" {
		return 0
	}
	return last
}
