package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// TestAWrongTargetIsMarkedAlone: in a form of dozens of days each fault stands at its own, in its own words, and the fold that holds it is open; what is passed, there
// or not needed is not asked for, and the target as it is stands beside its field.
func TestAWrongTargetIsMarkedAlone(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id, sector, mode := uuid.NewString(), "textile", project.OwnLand
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "permitting", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	b.apply(t, process.ProjectManager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-3#", Use: "厂房"})
	b.apply(t, process.ProjectManager, id, project.PlanName, project.Plan{Targets: []schedule.Target{{Subject: "stage:construction", On: clock.NewDate(2027, 5, 1)}}})
	b.apply(t, process.Leader, uuid.NewString(), permit.RequireName, permit.Require{Project: id, Item: "eia", Need: "not_needed", Reason: "豁免"})

	at, session := "/projects/"+id+"/plan", b.session(t, b.As(process.ProjectManager))+"; parkway_language=zh"
	_, page := b.ask(t, http.MethodGet, at, "", "Cookie", session)
	for _, part := range []string{">阶段", ">手续<", ">场地<", ">1#厂房<", ">3#厂房<", "现定 2027年5月1日", `id="targets:permit:construction_permit"`} {
		require.Contains(t, page, part)
	}
	for _, gone := range []string{`id="targets:stage:lead"`, `id="targets:permit:eia"`, `id="targets:permit:land_contract"`} {
		require.NotContains(t, page, gone, "nothing is left to be planned")
	}
	open := regexp.MustCompile(`<details class="pw-fold"( open)?>`)
	require.Len(t, open.FindAllString(page, -1), 6)
	require.Equal(t, 1, strings.Count(page, `<details class="pw-fold" open>`), "the first")

	answer, _ := b.ask(t, http.MethodPost, at, url.Values{"_key": {"k1"},
		"targets:stage:construction_was": {"2027-05-01"}, "targets:stage:construction": {"2027-05-01"}, "targets:stage:completed": {"2027-04-01"},
		"targets:step:2#:doors": {"gestern"}, "targets:permit:construction_permit": {"2026-12-01"}, "reason": {"提前"},
	}.Encode(), "Cookie", session)
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	_, page = b.ask(t, http.MethodGet, answer.Header.Get("Location"), "", "Cookie", session)
	for name, says := range map[string]string{"targets:stage:completed": "早于前一阶段「开工建设」", "targets:step:2#:doors": "看不懂日期「gestern」"} {
		require.Regexp(t, `id="`+name+`"[^>]*aria-invalid="true"`, page)
		require.Regexp(t, `id="`+name+`-note">\s*<p class="pw-wrong">(?s:.*?)`+says, page)
		require.Regexp(t, `<li><a href="#`+name+`">[^<]*`+says, page, "it is led to")
	}
	inOrder(t, page, `<li><a href="#targets:stage:completed">`, `<li><a href="#targets:step:2#:doors">`)
	require.Equal(t, 2, strings.Count(page, `aria-invalid="true"`), "and nothing else is marked")
	require.Contains(t, page, "<title>有 2 处要改")
	require.Equal(t, 3, strings.Count(page, `<details class="pw-fold" open>`), "open is what holds a fault or was typed into: the stages, the permits, the building")
	require.Contains(t, page, `value="gestern"`)
}
