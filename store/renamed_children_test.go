package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestPermitsFollowTheirProjectsName, closed ones too: they are called by the new one, on their cards too, and found by both.
func TestPermitsFollowTheirProjectsName(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	projectID := b.openProject(t, "permitting")
	eia, filing := b.putOnFile(t, projectID, "eia"), b.putOnFile(t, projectID, "filing")
	b.do(t, manager, filing, permit.IssueName, permit.Issue{Certificate: "示例1号", AppliedOn: clock.DateOf(b.now)})
	asked := uuid.NewString()
	b.do(t, manager, asked, opinion.AskName, opinion.Ask{Project: projectID, Desk: "tax"})
	require.True(t, b.do(t, manager, projectID, project.RenameName, project.Rename{Title: "高端面料二期", Reason: "备案名称变更"}).Follows)
	b.carry(t)
	title := "莱卡高端面料"
	b.do(t, manager, projectID, project.EditName, project.Edit{Title: &title, Reason: "再改"})
	b.carry(t)
	for _, id := range []string{eia, filing, asked} {
		standing, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		require.Contains(t, standing.Title, "（莱卡高端面料）")
		v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
		require.NoError(t, err)
		require.Empty(t, v.Faults())
	}
	for _, words := range []string{"环境影响 高端面料二期", "环境影响 莱卡高端面料", "环境影响 莱卡织造"} {
		found, err := b.Store.Search(t.Context(), manager, words, 10)
		require.NoError(t, err)
		ids := []string{}
		for _, c := range found.Cases {
			ids = append(ids, c.ID)
		}
		require.Contains(t, ids, eia, words)
	}
}
