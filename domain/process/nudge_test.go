package process_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhyNobodyIsUrged: a case that rests is not said to be closed.
func TestWhyNobodyIsUrged(t *testing.T) {
	t.Parallel()
	for code, c := range map[process.Code]process.Case{process.WrongState: {}, process.Closed: {Done: true}} {
		var refusal *process.Refusal
		require.ErrorAs(t, c.Nudge(process.Call{}), &refusal)
		require.Equal(t, code, refusal.Code)
	}
}
