package ui

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestEveryFigureSaysWhichDateItTakes: achievements have their actual day and a recognised one; whatever counts projects by a year says which of the two it means.
func TestEveryFigureSaysWhichDateItTakes(t *testing.T) {
	t.Parallel()
	ctx, counted := chinese(t), 0
	for _, also := range project.Entry().List.Also {
		if !also.Year {
			continue
		}
		counted++
		label := i18n.T(ctx, "filter."+also.Name)
		require.True(t, strings.Contains(label, "实际") || strings.Contains(label, "认定"), label)
	}
	require.NotZero(t, counted)
}

// TestAMeetingHasTheOpinionsBeforeIt: how many departments say what, the last opinion of each.
func TestAMeetingHasTheOpinionsBeforeIt(t *testing.T) {
	t.Parallel()
	said := func(desk, state string) process.Child {
		return process.Child{Kind: opinion.Kind, Slot: desk, State: state}
	}
	require.Equal(t, "—", opinionsSay(chinese(t), []process.Child{said("tax", opinion.Dropped), {Kind: "permit", State: "issued"}}))
	require.Equal(t, "征求中 1，同意 1，不同意 1", opinionsSay(chinese(t), []process.Child{said("tax", opinion.Disagreed), said("housing", opinion.Disagreed), said("energy", opinion.Asked), said("tax", opinion.Agreed)}))
}
