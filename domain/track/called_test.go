package track_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/track"
)

// TestWhoWasCalledComesUnderAnyFunction: whoever is named comes, however the name and the function are put together, and nobody else does.
func TestWhoWasCalledComesUnderAnyFunction(t *testing.T) {
	t.Parallel()
	functions := rapid.SampledFrom([]string{"", "主要负责人", "法定代表人", "厂长", "总经理", "董事长", "企业主要负责人"})
	gaps, names := rapid.SampledFrom([]string{"", " ", "　", "、"}), rapid.SampledFrom([]string{"张三", "欧阳明", "李四光", "王五"})
	rapid.Check(t, func(t *rapid.T) {
		one := func() (name, called string) {
			name = names.Draw(t, "name")
			if rapid.Bool().Draw(t, "name first") {
				return name, name + gaps.Draw(t, "gap") + functions.Draw(t, "function")
			}
			return name, functions.Draw(t, "function") + gaps.Draw(t, "gap") + name
		}
		who, called := one()
		person, comes := one()
		require.Equal(t, who == person, track.Called{Who: called}.Comes(comes), "%s, %s", called, comes)
		require.False(t, track.Called{Who: called}.Comes("代办员"))
		require.True(t, track.Called{Who: "主要负责人"}.Comes(comes), "nobody was named")
	})
}
