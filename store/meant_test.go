package store_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

// TestWhatIsMeantIsSaid: a form that says which case is meant names it by its number or its id and by nothing else, to those who may know of it.
func TestWhatIsMeantIsSaid(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	standing, err := b.Store.Standing(t.Context(), id)
	require.NoError(t, err)
	called := func(actor process.Actor, named string) string {
		number, name, err := b.Store.Called(t.Context(), actor, named)
		require.NoError(t, err)
		if name != "" {
			require.Equal(t, standing.Number, number, "the form holds it as people write it")
		}
		return name
	}
	manager := b.As(process.ProjectManager)
	require.Contains(t, called(manager, standing.Number), "莱卡织造 · ")
	for _, same := range []string{id, strings.ToUpper(id)} {
		require.Equal(t, called(manager, standing.Number), called(manager, same))
	}
	for _, none := range []string{"", "莱卡织造", standing.Number[:len(standing.Number)-1], standing.Number + "1", "%", uuid.NewString()} {
		require.Empty(t, called(manager, none), none)
	}
	require.Empty(t, called(b.As(process.Department), standing.Number), "nobody handed it to them")
}
