package registers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// firm draws an enterprise out of so few names, each written in several ways, that every sheet names one twice and names some that are on file.
func firm(r *rand.Rand, from int) register.Enterprise {
	name := func() string {
		forms := []string{"恒通%d实业有限公司", "恒通%d 实业有限公司", "恒通%d", "ＨＴ%d", "ht%d"}
		return fmt.Sprintf(forms[r.IntN(len(forms))], from+r.IntN(80))
	}
	e := register.Enterprise{Name: name(), ShortName: name(), Sector: "other"}
	if r.IntN(3) == 0 {
		e.Aliases = []string{name()}
	}
	if r.IntN(4) == 0 {
		e.CreditCode = []string{"91350100M000100Y43", "91341324MA2N000018", "91341324MA2N00002B", ""}[r.IntN(4)]
	}
	return e
}

// TestASheetIsJudgedAsIfItsRowsCameOneByOne: a sheet of many is not asked about row by row, and what it is told is what each row would be told if it were
// written after those before it that are taken. Enterprises that were merged away keep their names too.
func TestASheetIsJudgedAsIfItsRowsCameOneByOne(t *testing.T) {
	t.Parallel()
	b, of := setup(t)
	ctx, now := t.Context(), time.Now()
	firms := of(register.EnterprisesName)
	verdict := func(err error) string {
		var refused *process.Refusal
		if err == nil {
			return ""
		}
		require.ErrorAs(t, err, &refused)
		text, err := json.Marshal(refused)
		require.NoError(t, err)
		return string(text)
	}
	told, kept := 0, 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // the same sheets every time
		sheet := []store.Keeping{}
		for range 60 {
			sheet = append(sheet, store.Keeping{Record: firm(r, 30*int(seed))})
		}
		if records, err := b.Store.Records(ctx, firms.Name); err == nil { // some of them change one that is there
			for i := range sheet {
				if r.IntN(5) == 0 {
					sheet[i].ID = records[r.IntN(len(records))].ID
				}
			}
		}
		tried, err := b.Store.Try(ctx, b.admin, firms.Name, sheet, now)
		require.NoError(t, err)
		good := []store.Keeping{}
		for i, k := range sheet {
			said := ""
			if tried[i].Refused != nil {
				said = verdict(tried[i].Refused)
			}
			_, err := b.Store.Keep(ctx, b.admin, firms.Name, []store.Keeping{k}, now)
			var why *store.NotKept
			if errors.As(err, &why) {
				err = why.Unwrap()
				told++
			} else {
				good = append(good, k)
				kept++
			}
			require.Equal(t, verdict(err), said, "sheet %d, row %d: %+v", seed, i, k)
		}
		require.NotEmpty(t, good)
		records, err := b.Store.Records(ctx, firms.Name)
		require.NoError(t, err)
		open := slices.DeleteFunc(records, func(one store.Recorded) bool { return one.Ended })
		var from, into register.Enterprise
		require.NoError(t, errors.Join(json.Unmarshal(open[0].Doc, &from), json.Unmarshal(open[1].Doc, &into)))
		require.NoError(t, b.Store.Merge(ctx, b.admin, from, into, open[0].ID, open[1].ID, "重复登记", now))
	}
	require.Greater(t, told, 100)
	require.Greater(t, kept, 30)
}
