package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestWhatGoesByItselfGoesToAnAccountInUse: a new stage, a step back and a delegated project that comes back, when the one meant has left.
func TestWhatGoesByItselfGoesToAnAccountInUse(t *testing.T) {
	t.Parallel()
	left := env(t)
	left.Directory[manager] = process.Party{Kind: process.HeldByPerson, ID: manager, Name: "陆致远", Disabled: true, HeadID: leader}
	other := call(3)
	other.Actor = process.Actor{Type: process.Person, ID: leader, Name: "邵景和"}

	p := opened(t, "signed", project.OwnLand)
	d, err := project.SendBack{ToStage: "lead", Reason: "重新洽谈"}.Decide(p, other, left)
	require.NoError(t, err)
	require.Equal(t, leader, d.After.Holder.ID)
	require.Equal(t, "重新洽谈（陆致远的账号已停用，转给邵景和。）", d.Reason)
	require.Equal(t, []process.Notice{{Kind: process.NoticeEnded, ToKind: process.ToRole, ToID: string(process.Leader), As: []process.Function{"leader"}}}, d.Notices)
	require.Equal(t, manager, d.After.ManagerID, "who is responsible is for people to say")

	t.Run("ANewManagerGetsItFromWhoeverStoodIn", func(t *testing.T) {
		t.Parallel()
		staffed := env(t)
		staffed.Directory[manager] = left.Directory[manager]
		staffed.Directory["next"] = process.Party{Kind: process.HeldByPerson, ID: "next", Name: "新来的"}
		assigned, err := project.On(casework.Assign{Role: "manager", UserID: "next", Reason: "接手"}).Decide(d.After, other, staffed)
		require.NoError(t, err)
		require.Equal(t, "next", assigned.After.Holder.ID)
	})
	t.Run("ADelegationComesBackToSomebody", func(t *testing.T) {
		t.Parallel()
		lent := then(t, opened(t, "signed", project.OwnLand), 1, project.On(casework.Delegate{ToID: leader, Reason: "代办"}))
		back, err := project.On(casework.HandBack{Text: "办好了"}).Decide(lent, other, left)
		require.NoError(t, err)
		require.Equal(t, leader, back.After.Holder.ID)
		require.Nil(t, back.After.DelegatedBy, "it is the leader's own now")
		require.Contains(t, back.Reason, "账号已停用")
	})
	t.Run("NothingIsSaidOfAManagerInUse", func(t *testing.T) {
		t.Parallel()
		d, err := project.SendBack{ToStage: "lead", Reason: "重新洽谈"}.Decide(opened(t, "signed", project.OwnLand), other, env(t))
		require.NoError(t, err)
		require.Equal(t, manager, d.After.Holder.ID)
		require.Equal(t, "重新洽谈", d.Reason)
		require.Empty(t, d.Notices)
	})
}
