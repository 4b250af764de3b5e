package inspection_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestHoursThatHaveNotComeAreRefused: whatever the hours, they are taken where they lie behind and refused where they lie ahead of when they are typed; of a day that
// lies behind every hour does.
func TestHoursThatHaveNotComeAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	plain := arranged(func(c *inspection.Arrange) { c.ChecklistID = "" })
	b.does(0, plain)
	began := b.i
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		at := fmt.Sprintf("%02d:%02d", minute/60, minute%60)
		c := concluded(func(c *inspection.Conclude) { c.From, c.Until, c.Content = at, at, "用电" })
		today, typedLater := call(3), call(3)
		_, err := c.Decide(began, today, b.env)
		require.Equal(t, minute > 11*60, process.RefusalOf(err) != nil, "%s at eleven: %v", at, err)
		if err != nil {
			require.Equal(t, process.ImpossibleDate, process.RefusalOf(err).Code)
		}
		typedLater.RecordedAt = typedLater.RecordedAt.AddDate(0, 0, 1)
		_, err = c.Decide(began, typedLater, b.env)
		require.NoError(t, err, "yesterday")
	})
}

// TestTogetherMeansTheSameSiteAndDay: an inspection takes place together with another one only of the enterprise on whose site the first sits, on its day, and where it took place.
func TestTogetherMeansTheSameSiteAndDay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	landlord := inspection.Inspection{TargetID: "landlord", TargetName: "松石光伏", On: call(3).Day()}
	landlord.ID, landlord.Kind, landlord.Number, landlord.State = "l", inspection.Kind, "JC-2026-0001", inspection.Planned
	with := arranged(func(c *inspection.Arrange) { c.With = "JC-2026-0001" })
	tenancy := []process.Tenancy{{ID: "landlord", Landlord: true}}
	for name, x := range map[string]struct {
		change func(*inspection.Inspection)
		on     clock.Date
		sits   []process.Tenancy
		field  string
	}{
		"no tenant":     {on: call(3).Day(), field: "with"},
		"the other way": {on: call(3).Day(), sits: []process.Tenancy{{ID: "landlord"}}, field: "with"},
		"another day":   {on: call(4).Day(), sits: tenancy, field: "on"},
		"called off":    {on: call(3).Day(), sits: tenancy, field: "with", change: func(i *inspection.Inspection) { i.State = inspection.Cancelled }},
		"its tenant":    {on: call(3).Day(), sits: tenancy},
	} {
		l := landlord
		if x.change != nil {
			x.change(&l)
		}
		parent := process.Parent{Case: l.Case, Subject: &l}
		b.env.Found.Parent, b.env.Found.Together = &parent, x.sits
		with.On = x.on
		_, err := with.Decide(b.i, call(0), b.env)
		if x.field == "" {
			require.NoError(t, err, name)
			continue
		}
		require.Equal(t, x.field, process.RefusalOf(err).Fields[0].Name, name)
	}
}

// TestARefusedDaySaysBetweenWhich it can lie.
func TestARefusedDaySaysBetweenWhich(t *testing.T) {
	t.Parallel()
	b := setup(t)
	refusal := b.refuses(0, arranged(func(c *inspection.Arrange) { c.On = call(4000).Day() }), process.ImpossibleDate, "on")
	require.Contains(t, refusal.Chinese, "2027年4月6日")
}
