package hazard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestTheLetterOfTheRoundInForceComesFirst: where no paper was made of the first round's notice, the form after a re-inspection that failed is that of the
// second round; the first one's can still be made after it, or by its round.
func TestTheLetterOfTheRoundInForceComesFirst(t *testing.T) {
	t.Parallel()
	h := then(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), handIn(), call(contact, 5))
	h = then(t, h, hazard.Reinspect{Result: "fail", Opinion: "不彻底", InspectorIDs: []string{second}, Requirement: "继续", DueOn: call(finder, 20).Day()}, call(finder, 6))
	require.Equal(t, 2, h.Round)
	desk := &process.Desk{Sorts: []letter.Sort{{ID: "notice", Deed: string(hazard.IssueNoticeName.Verb()), Paper: hazard.Advice, To: letter.ToEnterprise}}}
	issued := func(c lettering.Issue) int {
		t.Helper()
		c.Letter = "notice"
		_, err := c.Act(&h, call(finder, 7), process.Env{Found: process.Found{Desk: desk}})
		require.NoError(t, err)
		return h.Issued[len(h.Issued)-1].Of
	}
	require.Equal(t, 2, issued(lettering.Issue{}))
	require.Equal(t, 1, issued(lettering.Issue{}), "what is left")
	h.Issued = nil
	require.Equal(t, 1, issued(lettering.Issue{Round: 1}), "the one that was asked for")
}
