package permit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

const code, another = "2403-341324-04-01-123456", "2403-341324-04-01-654321"

// filed is a desk with the project's filing on file, applied for.
func filed(t *testing.T, item, part string) *desk {
	t.Helper()
	d := newDesk(t)
	require.NoError(t, d.do("require", `{"project":"p","item":"`+item+`","need":"needed","part":"`+part+`"}`))
	require.NoError(t, d.do("apply", `{}`))
	d.follow = nil
	return d
}

// told is the code that the project is told.
func (d *desk) told() []permit.Coded {
	all := []permit.Coded{}
	for _, f := range d.follow {
		if c, ok := f.Input.(permit.Coded); ok {
			require.Equal(d, []any{process.Kind("project"), "p", process.Name("project.take_code")}, []any{f.Kind, f.CaseID, f.Command})
			all = append(all, c)
		}
	}
	return all
}

// TestTheFilingsNumberIsTheProjectsCode: a filing or an approval whose number is a 项目代码 tells the project; a 文号, the code of a part, and other permits do not.
func TestTheFilingsNumberIsTheProjectsCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		item, part, number, on string
		told                   bool
	}{
		"filing":                 {"filing", "", code, "", true},
		"approval":               {"approval", "", code, "", true},
		"filed under another 文号": {"filing", "", "泗发改备〔2024〕12号", "", false},
		"of a part":              {"filing", "二期", code, "", false},
		"another permit":         {"works_planning_permit", "", code, "", false},
		"known already":          {"filing", "", code, code, false},
		"a 文号 beside the code":   {"approval", "", "发改核〔2024〕5号", another, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := filed(t, c.item, c.part)
			d.env.Found.Parent.Code = c.on
			require.NoError(t, d.do("issue", `{"certificate":"`+c.number+`"}`))
			if !c.told {
				require.Empty(t, d.told())
				return
			}
			require.Len(t, d.told(), 1)
			require.Equal(t, code, d.told()[0].Code)
		})
	}
}

// TestAnotherCodeIsAskedBack: it is never written over the project's own in silence; said why, the permit has its number and the project keeps its code.
func TestAnotherCodeIsAskedBack(t *testing.T) {
	t.Parallel()
	d := filed(t, "filing", "")
	d.env.Found.Parent.Code = another
	err := d.do("issue", `{"certificate":"`+code+`"}`)
	d.refused(process.MayBeKnown, "certificate", err)
	require.Contains(t, process.RefusalOf(err).Chinese, another)
	require.NoError(t, d.do("issue", `{"certificate":"`+code+`","all_the_same":"按新的备案办理"}`))
	require.Empty(t, d.told())

	d = filed(t, "filing", "")
	require.NoError(t, d.do("issue", `{"certificate":"`+code+`"}`))
	d.env.Found.Parent.Code, d.follow = code, nil
	require.NoError(t, d.do("correct", `{"certificate":"`+another+`","reason":"录入时写错"}`))
	require.Equal(t, []permit.Coded{{Code: another, Was: code, Permit: d.told()[0].Permit}}, d.told(), "what the permit said wrongly is put right at the project too")
	d.env.Found.Parent.Code = "2403-341324-04-01-000001"
	d.refused(process.MayBeKnown, "certificate", d.do("correct", `{"certificate":"`+code+`","reason":"录入时写错"}`))
}
