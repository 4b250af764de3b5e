package hazard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

const tenant = "tenant"

// both is the environment with a tenant of the firm's site, and one that was merged away.
func both(t testing.TB) hazard.Env {
	e := env(t)
	e.Directory[tenant] = process.Party{Kind: process.HeldByEnterprise, ID: tenant, Name: "同光包装"}
	e.Directory["gone"] = process.Party{Kind: process.HeldByEnterprise, ID: "gone", Name: "旧厂", Became: "三虎机械", Disabled: true}
	return e
}

func tenantsOne() process.Call {
	c := call("their contact", 2)
	c.Actor.Roles, c.Actor.EnterpriseID = []process.Role{process.Enterprise}, tenant
	return c
}

// TestAHazardIsAddressedToLandlordAndTenant: when it is recorded or later, with a reason; each once, nobody who is not there, and not once it is closed.
func TestAHazardIsAddressedToLandlordAndTenant(t *testing.T) {
	t.Parallel()
	record := func(also ...string) (process.Decision[hazard.Hazard], error) {
		return hazard.Record{EnterpriseID: firm, AlsoIDs: also, Location: "2 号厂房", Description: "电缆裸露", Level: hazard.General}.Decide(hazard.Hazard{}, call(finder, 0), both(t))
	}
	d, err := record(tenant)
	require.NoError(t, err)
	require.Equal(t, []process.Addressee{{ID: tenant, Name: "同光包装"}}, d.After.Also)
	for _, wrong := range []string{firm, "gone", "nobody", finder} {
		_, err := record(wrong)
		require.NotNil(t, process.RefusalOf(err), wrong)
		require.Equal(t, "also_ids[0]", process.RefusalOf(err).Fields[0].Name, wrong)
	}
	_, err = record(tenant, tenant)
	require.Equal(t, "also_ids[1]", process.RefusalOf(err).Fields[0].Name)

	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	act := func(h hazard.Hazard, c process.Common) (process.Decision[hazard.Hazard], error) {
		return hazard.On(c).Decide(h, call(finder, 1), both(t))
	}
	add := addressing.Address{AlsoIDs: []string{tenant}, Reason: "在其承租的厂房内"}
	d, err = act(h, add)
	require.NoError(t, err)
	require.Equal(t, "在其承租的厂房内", d.Reason)
	require.Empty(t, h.Also, "what stood before is as it was")
	h = d.After
	require.True(t, h.Own(tenantsOne().Actor))
	_, err = act(h, add)
	require.NotNil(t, process.RefusalOf(err), "twice")
	_, err = act(h, addressing.Address{AlsoIDs: []string{"gone"}, Reason: "x"})
	require.NotNil(t, process.RefusalOf(err), "merged away")
	_, err = act(h, addressing.Unaddress{AlsoID: firm, Reason: "x"})
	require.NotNil(t, process.RefusalOf(err), "the enterprise that it is about stays")
	off, err := act(h, addressing.Unaddress{AlsoID: tenant, Reason: "已经退租"})
	require.NoError(t, err)
	require.Nil(t, off.After.Also)
	require.False(t, off.After.Own(tenantsOne().Actor))
	require.Contains(t, off.Notices, process.Notice{Kind: process.NoticeReleased, ToKind: process.HeldByEnterprise, ToID: tenant, As: []process.Function{process.AsContact}}, "it hears that it is off")
	h.Done = true
	for _, c := range []process.Common{add, addressing.Unaddress{AlsoID: tenant, Reason: "x"}} {
		_, err = act(h, c)
		require.Equal(t, process.Closed, process.RefusalOf(err).Code)
	}
}

// TestEitherHandsIn: the round says for which of them, and all are told; where it is addressed to one alone nothing is said of that.
func TestEitherHandsIn(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	alone := then(t, h, handIn(), call(contact, 1))
	require.Empty(t, alone.Rounds[0].HandedInFor)
	require.NoError(t, h.Address(both(t).Directory[tenant]))
	c, e := handIn(), both(t)
	e.Uploads["tenants"] = process.Upload{ID: "tenants", Name: "c.jpg", UploadedBy: "their contact"}
	c.Attachments = []process.Evidence{{UploadID: "tenants"}}
	d, err := c.Decide(h, tenantsOne(), e)
	require.NoError(t, err)
	require.Equal(t, "同光包装", d.After.Rounds[0].HandedInFor)
	require.Contains(t, d.Notices, process.Notice{Kind: process.NoticeHandedIn, ToKind: process.HeldByEnterprise, ToID: firm, As: []process.Function{process.AsContact}})
}

// TestWhoSharesASiteIsProposed: they are named, without those that it is addressed to, and lie at hand as long as it is addressed to one alone.
func TestWhoSharesASiteIsProposed(t *testing.T) {
	t.Parallel()
	h := recorded(t, hazard.General)
	e := process.Env{Found: process.Found{Together: []process.Tenancy{{ID: tenant, Name: "同光包装", Place: "2 号厂房"}, {ID: "owner", Name: "松石", Landlord: true}}}}
	require.Equal(t, process.Fits, addressing.Address{}.Fits(&h, process.Actor{}, process.Env{}))
	require.Equal(t, process.Beside, addressing.Address{}.Fits(&h, process.Actor{}, e))
	q, _ := addressing.Address{}.Ask(process.Question{Path: "also_ids"}, &h, e)
	require.Equal(t, "同一厂区的有：同光包装（承租 2 号厂房）、松石（出租）。", q.Hint.Chinese)
	require.NoError(t, h.Address(process.Party{ID: tenant, Name: "同光包装"}))
	q, _ = addressing.Address{}.Ask(process.Question{Path: "also_ids"}, &h, e)
	require.Len(t, q.Choices, 1)
	require.Equal(t, process.Fits, addressing.Address{}.Fits(&h, process.Actor{}, e))
}
