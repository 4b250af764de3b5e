package desk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/cmd/desk"
	"github.com/parkway-zone/parkway/domain/register"
)

// TestAFaultOfSetupNamesItsFlag: whoever types a command finds the fault by what they typed.
func TestAFaultOfSetupNamesItsFlag(t *testing.T) {
	t.Parallel()
	_, err := register.Zone{Letters: "2026〔1〕"}.Checked()
	said := desk.Setup{}.Refused(err).Error()
	for _, flag := range []string{"  --zone: ", "  --short: ", "  --letters: 字头只写机关代字"} {
		require.Contains(t, said, flag)
	}
}
