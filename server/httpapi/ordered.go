package httpapi

import (
	"context"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/process"
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

// before reads the place of a list whose pages go on before a number.
func before(after store.Cursor) (int64, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(string(after), 10, 64)
	if err != nil || n < 1 {
		return 0, process.RefuseField("cursor", "翻页位置不属于这个列表，请回到第一页。", "The cursor is not one of this list as it is asked for now; start from the first page.")
	}
	return n, nil
}

// place is where a list goes on: in its usual order before a number, sorted at a cursor.
func place(o Ordered, number int64, cursor string) store.Cursor {
	if o.sort() == "" && cursor == "" && number > 0 {
		return store.Cursor(strconv.FormatInt(number, 10))
	}
	return store.Cursor(cursor)
}

// goesOn parts where a list goes on into the number of its usual order and the cursor of any other.
func goesOn(o Ordered, next store.Cursor) (number int64, cursor string) {
	if o.sort() != "" {
		return 0, string(next)
	}
	number, _ = before(next) // it is one that was made here
	return number, ""
}
