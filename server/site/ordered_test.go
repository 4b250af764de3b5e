package site

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

type thing struct{ ID, Name string }

// things is a list of so many, in pages.
func things(most int) lister[thing] {
	return func(after store.Cursor, size int) ([]thing, store.Cursor, error) {
		from, _ := strconv.Atoi(string(after)) // "" is the beginning
		rows := []thing{}
		for i := from; i < min(from+size, most); i++ {
			rows = append(rows, thing{ID: strconv.Itoa(i), Name: strconv.Itoa(most - i)})
		}
		if from+size >= most {
			return rows, "", nil
		}
		return rows, store.Cursor(strconv.Itoa(from + size)), nil
	}
}

// TestASortedListIsGivenAwayWhole: a workbook has the rows that a page has no room to sort, in the order that was asked for, and says where even it was cut.
func TestASortedListIsGivenAwayWhole(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load()
	require.NoError(t, err)
	l := store.Sortable[thing]{Name: "things", ID: func(r thing) string { return r.ID }, Columns: []string{"name"}}
	for _, c := range []struct {
		format    string
		rows, got int
		more, cut bool
	}{{"", store.MostSorted + 7, store.MostSorted, false, true}, {"xlsx", store.MostSorted + 7, store.MostSorted + 7, false, false}, {"xlsx", mostExported, mostExported, false, false}, {"xlsx", mostExported + 1, mostExported, true, true}} {
		asked := echo.New().NewContext(httptest.NewRequestWithContext(i18n.With(t.Context(), words.Speak("zh")), http.MethodGet, "/letters?sort=name&format="+c.format, nil), httptest.NewRecorder())
		list, sorting := ordered(asked, l, nil, things(c.rows))
		rows, more, err := every(mostExported, list)
		require.NoError(t, err)
		require.Equal(t, []any{c.got, c.more, c.cut}, []any{len(rows), more, sorting.Cut}, c.rows)
	}
}
