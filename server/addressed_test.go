package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/store"
)

// TestAHazardIsAddressedToBoth: pages and API say so to both, forms offer who shares the site first and who can be taken off.
func TestAHazardIsAddressedToBoth(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor := b.session(t, b.As(process.SafetySupervisor))
	require.NoError(t, b.Store.AddTenancy(t.Context(), b.Park.ID, store.Tenancy{ID: uuid.NewString(), EnterpriseID: b.Enterprise, TenantID: b.Rival, Place: "2 号厂房"}))
	require.Equal(t, []string{"鸿瑞印务", "莱卡织造"}, b.finds(t, supervisor, "/find/enterprises?q=&beside="+b.Enterprise), "the tenant before others")
	require.Equal(t, []string{"莱卡织造", "鸿瑞印务"}, b.finds(t, supervisor, "/find/enterprises?q=&beside="+b.Rival), "the landlord before others")

	id := uuid.NewString()
	b.putAt(t, b.As(process.SafetySupervisor), id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, AlsoIDs: []string{b.Rival}, Location: "2 号厂房", Description: "电缆裸露", Level: hazard.General}, zonetest.Morning())
	at := "/hazards/" + id
	_, page := b.ask(t, http.MethodGet, at, "", "Cookie", supervisor)
	require.Contains(t, page, "同时下达")
	require.Contains(t, page, "鸿瑞印务")
	_, page = b.ask(t, http.MethodGet, "/api/v1"+at, "", "Cookie", b.session(t, b.RivalOne))
	require.Contains(t, page, `"also":[{"id":"`+b.Rival+`"`, "the second one reads it")

	_, page = b.ask(t, http.MethodGet, at+"/comment", "", "Cookie", supervisor)
	require.Contains(t, page, "企业都能看到：莱卡织造、鸿瑞印务", "who writes to one writes to both, and reads so first")
	_, page = b.ask(t, http.MethodGet, at+"/unaddress", "", "Cookie", supervisor)
	require.Contains(t, page, b.Rival)
	b.putAt(t, b.As(process.SafetySupervisor), id, hazard.Kind.Does(addressing.UnaddressVerb), addressing.Unaddress{AlsoID: b.Rival, Reason: "已经退租"}, zonetest.Morning())
	_, page = b.ask(t, http.MethodGet, at+"/address", "", "Cookie", supervisor)
	require.Contains(t, page, "同一厂区的有：鸿瑞印务（承租 2 号厂房）")
	require.Contains(t, page, url.QueryEscape(b.Enterprise), "the field asks for those beside the hazard's enterprise")
}
