package process_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
)

func company(id string) process.Party {
	return process.Party{Kind: process.HeldByEnterprise, ID: id, Name: "企业" + id}
}

// TestACaseOfOneEnterpriseSaysNothingOfOthers: its facts are byte for byte what they were before there were further addressees, and so is whom it tells.
func TestACaseOfOneEnterpriseSaysNothingOfOthers(t *testing.T) {
	t.Parallel()
	c := process.Case{EnterpriseID: "a", EnterpriseName: "企业a"}
	text, err := json.Marshal(c)
	require.NoError(t, err)
	require.NotContains(t, string(text), "also")
	told := []process.Notice{{ToKind: process.HeldByEnterprise, ToID: "a"}, {ToKind: process.HeldByPerson, ToID: "p"}}
	require.Equal(t, told, c.ToEach(told))
	require.NoError(t, c.Address(company("b")))
	require.True(t, c.Unaddress("b"))
	again, err := json.Marshal(c)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
}

func TestWhoACaseIsAddressedTo(t *testing.T) {
	t.Parallel()
	c := process.Case{EnterpriseID: "a", EnterpriseName: "企业a"}
	require.Equal(t, process.InvalidInput, process.RefusalOf(c.Address(company("a"))).Code, "the same")
	require.NoError(t, c.Address(company("b")))
	before := c
	require.NoError(t, c.Address(company("c")))
	require.Len(t, before.Also, 1, "what stood before shares nothing that is written into")
	require.Equal(t, process.NothingChanged, process.RefusalOf(c.Address(company("b"))).Code, "twice")
	require.Equal(t, []string{"a", "b", "c"}, c.Firms())
	require.Equal(t, "企业a、企业b、企业c", c.FirmNames())
	require.True(t, c.Addresses("c"))
	require.False(t, c.Addresses(""))
	require.False(t, c.Addresses("d"))
	for i := range process.MostAddressees - 2 {
		require.NoError(t, c.Address(company(string(rune('m'+i)))))
	}
	require.Equal(t, process.WrongState, process.RefusalOf(c.Address(company("z"))).Code, "too many")
	require.Equal(t, process.WrongState, process.RefusalOf((&process.Case{}).Address(company("a"))).Code, "about nobody")
}

// TestEachIsTold: whatever reaches somebody by the first enterprise reaches the same of each further one, right after it; nothing else is repeated.
func TestEachIsTold(t *testing.T) {
	t.Parallel()
	c := process.Case{EnterpriseID: "a", Also: []process.Addressee{{ID: "b"}, {ID: "c"}}}
	all := c.ToEach([]process.Notice{{Kind: "x", ToKind: process.HeldByPerson, ToID: "p"}, {Kind: "x", ToKind: process.HeldByEnterprise, ToID: "a", Rung: "r"}, {Kind: "x", ToKind: process.ToLiaison, ToID: "a"},
		{Kind: "x", ToKind: process.ToRegulator, ToID: "a"}})
	said := []string{}
	for _, n := range all {
		said = append(said, string(n.ToKind)+" "+n.ToID+" "+n.Rung)
	}
	require.Equal(t, []string{"person p ", "enterprise a r", "enterprise b r", "enterprise c r", "liaison a ", "liaison b ", "liaison c ", "regulator a ", "regulator b ", "regulator c "}, said)
}

// TestMergedEnterprisesAreNamedOnce: wherever the one that went stood, the one that it became stands, and each once.
func TestMergedEnterprisesAreNamedOnce(t *testing.T) {
	t.Parallel()
	of := func() process.Case {
		return process.Case{EnterpriseID: "a", EnterpriseName: "企业a", Also: []process.Addressee{{ID: "b", Name: "企业b"}, {ID: "c", Name: "企业c"}}}
	}
	for _, one := range []struct {
		was, into string
		firms     []string
	}{{"b", "d", []string{"a", "d", "c"}}, {"b", "a", []string{"a", "c"}}, {"b", "c", []string{"a", "c"}}, {"a", "d", []string{"d", "b", "c"}}, {"a", "b", []string{"b", "c"}}} {
		c := of()
		require.True(t, c.Became(one.was, company(one.into)), one)
		require.Equal(t, one.firms, c.Firms(), one)
	}
	c := of()
	require.False(t, c.Became("x", company("a")))
	require.Equal(t, of(), c)
}
