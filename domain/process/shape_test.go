package process_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// kinds are all kinds of case, empty.
func kinds() map[process.Kind]any {
	return map[process.Kind]any{project.Kind: project.Project{}, hazard.Kind: hazard.Hazard{}}
}

func TestElementsOfListsHaveNames(t *testing.T) {
	t.Parallel()
	for kind, subject := range kinds() {
		for _, list := range process.ListsOf(reflect.TypeOf(subject)) {
			if list.Element.Kind() == reflect.Struct {
				require.True(t, list.Element.Implements(reflect.TypeFor[process.Element]()),
					"%s: the elements of %s (%s) need an ElementName, or two facts may fall onto one path", kind, list.Shape, list.Element)
			}
		}
	}
}

func TestShapesAreWhatPathsHave(t *testing.T) {
	t.Parallel()
	shapes := process.ShapesOf(reflect.TypeFor[hazard.Hazard]())
	for _, shape := range []string{"due_on", "rounds.verdict", "clocks.fired.rung", "attachments.sha256", "plan.funds", "holder.name", "unit_ids"} {
		require.Contains(t, shapes, shape)
	}
	require.NotContains(t, shapes, "rounds", "the list has no value of its own")
}
