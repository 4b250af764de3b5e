package enterprise_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/process"
)

func TestANameIsEnough(t *testing.T) {
	t.Parallel()
	for name, short := range map[string]string{"泗县莱卡织造有限公司": "泗县莱卡织造", "安徽远景能源股份有限公司": "安徽远景能源", "张记豆腐坊": "张记豆腐坊", "有限公司": "有限公司",
		"大华集团有限公司": "大华"} {
		n, err := enterprise.New{Name: " " + name + " "}.Checked()
		require.NoError(t, err)
		require.Equal(t, enterprise.New{Name: name, ShortName: short, Sector: ""}, n)
	}
	n, err := enterprise.New{Name: "甲", ShortName: "乙", CreditCode: " 91350100 m000100y43 ", Sector: "textile"}.Checked()
	require.NoError(t, err)
	require.Equal(t, enterprise.New{Name: "甲", ShortName: "乙", CreditCode: "91350100M000100Y43", Sector: "textile"}, n)
}

func TestRefusesByField(t *testing.T) {
	t.Parallel()
	for field, n := range map[string]enterprise.New{
		"name":        {Name: "  "},
		"short_name":  {Name: "甲", ShortName: strings.Repeat("长", 41)},
		"credit_code": {Name: "甲", CreditCode: "91350100M000100Y44"}, // the last character does not check
		"sector":      {Name: "甲", Sector: "moonshine"},
	} {
		_, err := n.Checked()
		var refusal *process.Refusal
		require.True(t, errors.As(err, &refusal), field)
		require.Equal(t, field, refusal.Fields[0].Name)
	}
	n, err := enterprise.New{Name: "甲"}.Checked()
	require.NoError(t, err)
	require.Empty(t, n.Sector, "what nobody chose is not known, and not 其他")
	for _, code := range []string{"1", "91350100M000100Y4", "I1350100M000100Y43", strings.Repeat("壹", 6)} {
		_, err := enterprise.New{Name: "甲", CreditCode: code}.Checked()
		require.Error(t, err, code)
	}
}
