package kinds_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
)

// desk is what letters about cases of the kind are written with in the little zone: every sort is in use.
func desk(t *testing.T, kind process.Entry) *process.Desk {
	t.Helper()
	d := &process.Desk{Number: "测〔2026〕9号", Says: map[string]string{"单位全称": "三虎机械有限公司"}}
	all, err := letters.Sorts()
	require.NoError(t, err)
	for _, s := range all {
		if s.Fits(string(kind.Kind)) {
			d.Sorts = append(d.Sorts, s)
		}
	}
	return d
}
