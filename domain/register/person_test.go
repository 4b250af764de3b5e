package register_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// TestNobodyAuditsTheirOwnDeeds: whoever audits holds no other role, whichever; every pair of the others that acts in the zone may be one person's.
func TestNobodyAuditsTheirOwnDeeds(t *testing.T) {
	t.Parallel()
	for _, one := range process.Roles() {
		for _, other := range process.Roles() {
			if one == other || one == process.Enterprise || other == process.Enterprise {
				continue
			}
			p := register.Person{Username: "a", Name: "甲", Roles: []string{string(one), string(other)}, UnitID: "00000000-0000-0000-0000-000000000001"}
			_, err := p.Checked()
			if one != process.Auditor && other != process.Auditor {
				require.NoError(t, err, "%s and %s", one, other)
				continue
			}
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal, "%s and %s", one, other)
			require.Equal(t, "roles", refusal.Fields[0].Name)
			require.Contains(t, refusal.Fields[0].Chinese, "审计不能兼任")
		}
	}
	_, err := register.Person{Username: "a", Name: "甲", Roles: []string{string(process.Auditor)}}.Checked()
	require.NoError(t, err)
}
