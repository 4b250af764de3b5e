package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestAHazardIsAddressedToBoth: by the API when it is recorded, by a form later; whoever shares the site comes first, and an enterprise is offered nobody.
func TestAHazardIsAddressedToBoth(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	supervisor := b.session(t, b.As(process.SafetySupervisor))
	require.NoError(t, b.Store.AddTenancy(t.Context(), b.Park.ID, store.Tenancy{ID: uuid.NewString(), EnterpriseID: b.Enterprise, TenantID: b.Rival, Place: "2 号厂房"}))
	require.Equal(t, []string{"鸿瑞印务", "莱卡织造"}, b.finds(t, supervisor, "/find/enterprises?q=&beside="+b.Enterprise), "the tenant before others")
	require.Equal(t, []string{"莱卡织造", "鸿瑞印务"}, b.finds(t, supervisor, "/find/enterprises?q=&beside="+b.Rival), "the landlord before others")

	body := `{"enterprise_id":"` + b.Enterprise + `","also_ids":["` + b.Rival + `"],"location":"2 号厂房","description":"电缆裸露","level":"general"}`
	response, answer := b.ask(t, http.MethodPost, "/api/v1/hazards", body, "Cookie", supervisor, "Content-Type", "application/json", "Idempotency-Key", uuid.NewString())
	require.Equal(t, http.StatusOK, response.StatusCode, answer)
	var outcome struct {
		Event struct {
			CaseID string `json:"case_id"`
		} `json:"event"`
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &outcome))
	at := "/hazards/" + outcome.Event.CaseID
	_, page := b.ask(t, http.MethodGet, at, "", "Cookie", supervisor)
	require.Contains(t, page, "同时下达")
	require.Contains(t, page, "鸿瑞印务")
	_, page = b.ask(t, http.MethodGet, "/api/v1"+at, "", "Cookie", b.session(t, b.RivalOne))
	require.Contains(t, page, `"also":[{"id":"`+b.Rival+`"`, "the second one reads it")

	response, page = b.ask(t, http.MethodPost, "/api/v1/hazards", `{"enterprise_id":"`+b.Enterprise+`","also_ids":["`+b.Enterprise+`"],"location":"x","description":"x","level":"general"}`,
		"Cookie", supervisor, "Content-Type", "application/json", "Idempotency-Key", uuid.NewString())
	require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode)
	require.Contains(t, page, "also_ids[0]", "the same is no further one")

	_, page = b.ask(t, http.MethodGet, at+"/unaddress", "", "Cookie", supervisor)
	require.Contains(t, page, b.Rival)
	response, page = b.ask(t, http.MethodPost, "/api/v1"+at+"/unaddress", `{"also_id":"`+b.Rival+`","reason":"已经退租"}`, "Cookie", supervisor, "Content-Type", "application/json", "Idempotency-Key", uuid.NewString())
	require.Equal(t, http.StatusOK, response.StatusCode, page)
	_, page = b.ask(t, http.MethodGet, at+"/address", "", "Cookie", supervisor)
	require.Contains(t, page, "同一厂区的有：鸿瑞印务（承租 2 号厂房）")
	require.Contains(t, page, url.QueryEscape(b.Enterprise), "the field asks for those beside the hazard's enterprise")
}
