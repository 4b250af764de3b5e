package kinds_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestADayThatCanHardlyBeMeantIsAskedBack: whatever day of whatever command of whatever kind somebody types, one of 1990 or of 2150 is refused by name, and one of this
// century is left to the command's own rules.
func TestADayThatCanHardlyBeMeantIsAskedBack(t *testing.T) {
	t.Parallel()
	today, checked := clock.NewDate(2026, time.March, 2), 0
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			input := kind.Input(about.Name)
			for _, i := range days(input) {
				for day, fits := range map[clock.Date]bool{
					clock.NewDate(1990, time.March, 5): false, clock.NewDate(2150, time.January, 1): false, clock.NewDate(2003, time.May, 1): true, clock.NewDate(2076, time.January, 1): true, {}: true,
				} {
					command := reflect.New(input).Elem()
					command.FieldByIndex(i).Set(reflect.ValueOf(day))
					err := process.Likely(command.Interface(), today)
					require.Equal(t, fits, err == nil, "%s, %s of %s", about.Name, day, input.FieldByIndex(i).Name)
					if !fits {
						var refusal *process.Refusal
						require.ErrorAs(t, err, &refusal)
						require.Equal(t, process.ImpossibleDate, refusal.Code)
						require.NotEmpty(t, refusal.Fields[0].Name)
						checked++
					}
				}
			}
		}
	}
	require.Greater(t, checked, 40)
}

// days are the days that a command says, by their places.
func days(of reflect.Type) [][]int {
	var all [][]int
	for _, f := range reflect.VisibleFields(of) {
		if f.Type == reflect.TypeFor[clock.Date]() {
			all = append(all, f.Index)
		}
	}
	return all
}
