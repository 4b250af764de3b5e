package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// page is what somebody of a role reads at an address.
func (b *bundle) page(t *testing.T, as process.Role, path string) string {
	t.Helper()
	_, page := b.ask(t, http.MethodGet, path, "", "Cookie", b.session(t, b.As(as))+"; parkway_language=zh")
	return page
}

// TestAPermitThatIsThereIsNotInHand: one that was got stays followed while a deadline of it runs, in a part of its own; what is in hand is what somebody has to do.
func TestAPermitThatIsThereIsNotInHand(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id, needed, got := uuid.NewString(), uuid.NewString(), uuid.NewString()
	sector, mode := "textile", project.OwnLand
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "permitting", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	b.apply(t, process.ProjectManager, needed, permit.RequireName, permit.Require{Project: id, Item: "eia", Need: "needed"})
	b.apply(t, process.ProjectManager, got, permit.RequireName, permit.Require{Project: id, Item: "construction_permit", Need: "needed"})
	b.apply(t, process.ProjectManager, got, permit.IssueName, permit.Issue{Certificate: "341324202411250101", AppliedOn: clock.DateOf(time.Now()).AddDays(-9)})

	session := b.session(t, b.As(process.ProjectManager)) + "; parkway_language=zh"
	for path, shows := range map[string][2]bool{"/permits": {true, false}, "/permits?tab=tracked": {false, true}, "/permits?tab=all": {true, true}, "/permits?tab=closed": {false, false}, "/permits?state=issued": {false, true}} {
		_, page := b.ask(t, http.MethodGet, path, "", "Cookie", session)
		require.Equal(t, shows, [2]bool{strings.Contains(page, `href="/permits/`+needed+`"`), strings.Contains(page, `href="/permits/`+got+`"`)}, path)
	}

	var number string
	require.NoError(t, b.connect(t).QueryRow(t.Context(), "SELECT number FROM cases WHERE id = $1", id).Scan(&number))
	_, page := b.ask(t, http.MethodGet, "/permits/require?project="+number+"&item=filing", "", "Cookie", session)
	require.Contains(t, page, "莱卡织造 · ", "the form says which project a number is of")
	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", session)
	require.Contains(t, page, "环境影响评价", "the gate calls it as the catalogue does")
	require.NotContains(t, page, "环评批复")
}

// TestAProjectsPageBeginsWithWhatMatters: what is beside the page comes before its history, of which the latest stands open and the rest is folded, like the facts of
// a deed that changed many.
func TestAProjectsPageBeginsWithWhatMatters(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	id, sector, mode, area := uuid.NewString(), "textile", project.OwnLand, project.Decimal(6000_00)
	b.apply(t, process.ProjectManager, id, project.OpenName, project.Open{Title: "莱卡织造", EnterpriseID: b.Enterprise, EntryStage: "construction", Facts: project.Given{Sector: &sector, SiteMode: &mode}})
	inOrder(t, b.page(t, process.ProjectManager, "/projects/"+id), "各栋厂房完工", `href="/projects/`+id+`/add_buildings" aria-label="登记厂房：各栋厂房完工"`)
	b.apply(t, process.ProjectManager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-9#", Use: "厂房", Area: &area})
	session := b.session(t, b.As(process.ProjectManager)) + "; parkway_language=zh"
	_, page := b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", session)
	inOrder(t, page, "专班</h2>", "基本情况</h2>", "经过</h2>", "厂房 1# 面积", "6,000 m²", "<summary>其余 ")
	require.NotContains(t, page, "6000.00")
	require.NotContains(t, page, "<summary>更早的")
	for range 7 {
		b.apply(t, process.ProjectManager, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "请抓紧"})
	}
	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", session)
	inOrder(t, page, "经过</h2>", "<summary>更早的 4 条", "厂房 1# 面积")
	_, page = b.ask(t, http.MethodGet, "/projects/"+id, "", "Cookie", b.session(t, b.Contact)+"; parkway_language=zh")
	inOrder(t, page, "各栋厂房完工", "登记</span>")

	_, page = b.ask(t, http.MethodGet, "/progress", "", "Cookie", session)
	require.Contains(t, page, "还没有登记")
	require.NotContains(t, page, "<progress", "nothing is drawn of what nobody has said")
}
