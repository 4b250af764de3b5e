package ui

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheChosenPartOfAListIsKept: whoever narrows a part of a list stays in it; who came to everything by typing words alone is back at what is open without them.
func TestTheChosenPartOfAListIsKept(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		tab, address string
		kept         bool
	}{{"open", "", false}, {"closed", "tab=closed", true}, {"all", "tab=all", true}, {"all", "q=消防", false}} {
		query, err := url.ParseQuery(x.address)
		require.NoError(t, err)
		var page strings.Builder
		require.NoError(t, tabKept(x.tab, Listed{Query: query}).Render(t.Context(), &page))
		require.Equal(t, x.kept, strings.Contains(page.String(), `name="tab" value="`+x.tab+`"`), "%+v", x)
	}
}
