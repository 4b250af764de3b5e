package registers_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestASheetOfThousandsIsTakenWhileAPersonWaits: 2,000 people of their units, then 2,000 enterprises each with its liaison officer, tried and taken.
func TestASheetOfThousandsIsTakenWhileAPersonWaits(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	b, of := setup(t)
	ctx := i18n.With(t.Context(), b.desk.Words.Speak("zh"))
	units, people, firms := [][]any{{"单位名称", "类别"}}, [][]any{{"账号", "姓名", "角色", "科室或部门", "手机"}}, [][]any{{"企业名称", "简称", "别名", "行业", "地址", "包保干部"}}
	for i := range 12 {
		units = append(units, []any{fmt.Sprintf("第%d科", i), "园区科室"})
	}
	for i := range 2000 {
		people = append(people, []any{fmt.Sprintf("person%04d", i), fmt.Sprintf("人员%04d", i), "包保干部", fmt.Sprintf("第%d科", i%12), fmt.Sprintf("139%08d", i)})
		firms = append(firms, []any{fmt.Sprintf("泗县第%04d号制造有限公司", i), fmt.Sprintf("制造%04d", i), fmt.Sprintf("厂%04d", i), "其他", "朝阳路", fmt.Sprintf("人员%04d", i)})
	}
	for _, sheet := range []struct {
		name register.Name
		rows [][]any
	}{{register.UnitsName, units}, {register.PeopleName, people}, {register.EnterprisesName, firms}} {
		for _, try := range []bool{true, false} {
			read, err := b.desk.Read(ctx, of(sheet.name), workbook(t, sheet.rows, nil))
			require.NoError(t, err)
			began := time.Now()
			report, err := b.desk.Import(ctx, b.admin, of(sheet.name), read.Rows, try)
			took := time.Since(began)
			require.NoError(t, err)
			require.Equal(t, len(sheet.rows)-1, report.Counts[registers.Adds], "%+v", report.Lines[:2])
			t.Logf("%s, %d rows, tried %t: %s", sheet.name, len(sheet.rows)-1, try, took)
			require.Less(t, took, 30*time.Second, "%s: two or three seconds on a quiet machine", sheet.name)
		}
	}
}
