package process_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestOnePersonInThreeFunctionsIsToldOnceAndReadsThemAll: the most severe sentence first, with every function.
func TestOnePersonInThreeFunctionsIsToldOnceAndReadsThemAll(t *testing.T) {
	t.Parallel()
	p := process.People{Holder: &process.Holder{Kind: process.HeldByPerson, ID: "m"}, ManagerID: "m", LeaderID: "m", EnterpriseID: "e"}
	steps := []ladder.Step{
		{ID: "due", To: []ladder.Audience{ladder.Holder, ladder.Supervisor, ladder.Contact}, Act: ladder.FlagOverdue},
		{ID: "order", To: []ladder.Audience{ladder.Leader, ladder.Manager}, Act: ladder.SupervisionOrder},
	}
	notices := p.Notices(steps)
	require.Len(t, notices, 2)
	require.Equal(t, process.Notice{Kind: process.NoticeEscalate, ToKind: process.HeldByPerson, ToID: "m", Rung: "order", Act: ladder.SupervisionOrder,
		As: []process.Function{process.Function(ladder.Leader), process.AsManager, process.AsHolder}}, notices[0])
	require.Equal(t, []process.Function{process.AsContact}, notices[1].As)
	require.Equal(t, []process.Notice{{ToKind: process.HeldByPerson, ToID: "m", As: []process.Function{process.AsHolder, process.AsManager}}}, p.Concerned())
}
