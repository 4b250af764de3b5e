package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestDisablingSaysWhatThePersonLeavesBehind: on the page that did it, and to the leaders.
func TestDisablingSaysWhatThePersonLeavesBehind(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie, supervisor := b.session(t, b.As(process.Administrator)), b.As(process.SafetySupervisor)
	input, err := json.Marshal(hazard.Record{EnterpriseID: b.Enterprise, Location: "2# 车间", Description: "疏散通道堆放周转箱", Level: hazard.General})
	require.NoError(t, err)
	now := time.Now()
	_, err = b.Store.Apply(t.Context(), process.Order{CaseID: uuid.NewString(), Command: hazard.RecordName, Input: input,
		Call: process.Call{Key: "k", Actor: supervisor, OccurredAt: now, RecordedAt: now}})
	require.NoError(t, err)
	_, text := b.send(t, "/users/"+supervisor.ID+"/leave", url.Values{"successor_id": {""}, "reason": {""}}, cookie)
	require.Contains(t, text, "有 2 处需要改正", "the reason, and who takes over")
	require.NotContains(t, text, "名下没有事项时可以不选", "something is held")
	require.Equal(t, 0, strings.Count(text, "选填"), "neither is called optional")
	response, text := b.send(t, "/users/"+supervisor.ID+"/disable", nil, cookie)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, text, "名下还有 1 件未办结")
	rows, _, err := b.Store.Notices(t.Context(), b.As(process.Leader).ID, 0, 10)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, process.NoticeEnded, rows[0].Kind)
	_, text = b.ask(t, http.MethodGet, "/notices", "", "Cookie", b.session(t, b.As(process.Leader)), "Accept-Language", "zh")
	require.Contains(t, text, supervisor.Name+"的账号，其名下还有 1 件未办结")
	response, text = b.send(t, "/users/"+b.As(process.Auditor).ID+"/disable", nil, cookie)
	require.Contains(t, text, "<h1>"+b.As(process.Auditor).Name+"的账号已停用</h1>", "it says what was done, and asks no more")
	require.Equal(t, http.StatusOK, response.StatusCode)
	_, text = b.ask(t, http.MethodGet, "/users/"+b.Second.ID+"/disable", "", "Cookie", cookie, "Accept-Language", "zh")
	require.Contains(t, text, "名下没有在办事项", "it asks before it acts, and says what happens to open work")
	require.Contains(t, text, "停用账号")
	user, err := b.Store.Accounts().UserByID(t.Context(), b.Second.ID)
	require.NoError(t, err)
	require.Nil(t, user.DisabledAt, "asking does nothing")
}

// TestSelectionsAreSharedByStaffOnly: an enterprise's form offers no sharing, and a made-up one is refused.
func TestSelectionsAreSharedByStaffOnly(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	contact, manager := b.session(t, b.Contact), b.session(t, b.As(process.ProjectManager))
	response, _ := b.ask(t, http.MethodPost, "/filters", "list=hazards&query=level%3Dgeneral&name=mine&shared_with=staff", "Cookie", contact)
	require.Equal(t, http.StatusForbidden, response.StatusCode)
	response, _ = b.ask(t, http.MethodPost, "/filters", "list=hazards&query=level%3Dgeneral&name=quartal&shared_with=staff", "Cookie", manager)
	require.Equal(t, "/hazards?level=general", response.Header.Get("Location"))
	_, text := b.ask(t, http.MethodGet, "/hazards?found=2026", "", "Cookie", contact)
	require.NotContains(t, text, "shared_with")
	require.NotContains(t, text, "quartal")
	_, text = b.ask(t, http.MethodGet, "/hazards?found=2026", "", "Cookie", manager)
	require.Contains(t, text, "shared_with")
	require.Contains(t, text, "quartal")
}
