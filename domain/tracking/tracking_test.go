package tracking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
)

// TestTheLadderProposesWhatIsSent: what a rung has come to is what its reader is asked to do next, with its form filled in as far as the case knows, until it was sent under
// the deadline that runs. Nothing is sent by itself, and the milder and the more severe stay at hand.
func TestTheLadderProposesWhatIsSent(t *testing.T) {
	t.Parallel()
	since, began := time.Date(2024, 11, 1, 1, 0, 0, 0, time.UTC), clock.NewDate(2024, time.October, 10)
	h := hazard.Hazard{}
	h.ID, h.Kind, h.Title, h.Number, h.EnterpriseID, h.EnterpriseName, h.DueOn, h.OverdueSince = "h", hazard.Kind, "通道堆放", "YH-2024-0001", "firm", "三虎机械", clock.NewDate(2024, time.October, 31), &since
	h.SupervisorID = "supervisor"
	h.Clocks = []clock.Clock{{Seq: 1, StartedOn: began}}
	env := process.Env{Today: clock.NewDate(2024, time.November, 18)}
	sent := func(sort, state string, on clock.Date) process.Env {
		e := env
		e.Found.ChildrenOf = map[string][]process.Child{"h": {{Kind: track.Kind, Slot: sort, State: state, OpenedOn: on}}}
		return e
	}
	acts := map[ladder.Act]struct {
		verb process.Verb
		sort string
		fits func(process.Env) process.Fit
		also func(process.Env) process.Fit
	}{
		ladder.SupervisionOrder: {tracking.SuperviseVerb, "supervision_order", func(e process.Env) process.Fit { return tracking.Supervise{}.Fits(&h, process.Actor{}, e) }, func(e process.Env) process.Fit { return tracking.Summon{}.Fits(&h, process.Actor{}, e) }},
		ladder.Interview:        {tracking.SummonVerb, "interview", func(e process.Env) process.Fit { return tracking.Summon{}.Fits(&h, process.Actor{}, e) }, func(e process.Env) process.Fit { return tracking.Refer{}.Fits(&h, process.Actor{}, e) }},
		ladder.Refer:            {tracking.ReferVerb, "referral", func(e process.Env) process.Fit { return tracking.Refer{}.Fits(&h, process.Actor{}, e) }, func(e process.Env) process.Fit { return tracking.Supervise{}.Fits(&h, process.Actor{}, e) }},
	}
	for act, due := range acts {
		h.Escalation = act
		require.Equal(t, due.verb, tracking.Proposes(hazard.Entry(), act))
		require.Equal(t, []process.Fit{process.Leads, process.Fits}, []process.Fit{due.fits(env), due.also(env)}, act)
		require.Equal(t, process.Fits, due.fits(sent(due.sort, track.Reply, began)), "it was sent")
		require.Equal(t, process.Leads, due.fits(sent(due.sort, track.Withdrawn, began)), "what was taken back was not")
		require.Equal(t, process.Leads, due.fits(sent(due.sort, track.Finished, began.AddDays(-1))), "under a deadline of before")
	}
	given := clock.NewDate(2024, time.November, 4)
	h.Clocks[0].Extensions, h.Clocks[0].GivenOn = []clock.Extension{{}}, given
	for act, due := range acts {
		h.Escalation = act
		require.Equal(t, process.Leads, due.fits(sent(due.sort, track.Finished, given)), "more time was given since: nothing was sent of the second lateness")
		require.Equal(t, process.Fits, due.fits(sent(due.sort, track.Finished, given.AddDays(1))))
	}
	h.Clocks[0].Extensions, h.Clocks[0].GivenOn = nil, began
	h.Escalation = ladder.SupervisionOrder
	require.Equal(t, process.Fits, tracking.Supervise{}.Fits(&h, process.Actor{ID: "supervisor"}, env), "nobody is led to an order to themselves")
	require.Empty(t, tracking.Proposes(hazard.Entry(), ladder.FlagOverdue))
	require.Empty(t, tracking.Proposes(track.Entry(), ladder.Interview), "tracks are sent about no track")

	ask := func(c process.AskingAll, path string) string {
		f, _ := c.Ask(process.Question{Path: path}, &h, env)
		return f.Value
	}
	why := "“通道堆放”（YH-2024-0001）应于2024年10月31日前完成，至今没有完成。"
	require.Equal(t, []string{why, "主要负责人", "2024-11-21"}, []string{ask(tracking.Summon{}, "reason"), ask(tracking.Summon{}, "who"), ask(tracking.Summon{}, "on")})
	require.Equal(t, []string{"supervisor", why, "督促三虎机械尽快完成，并反馈落实情况。", "2024-11-25"}, []string{ask(tracking.Supervise{}, "to_id"), ask(tracking.Supervise{}, "why"), ask(tracking.Supervise{}, "wants"), ask(tracking.Supervise{}, "feedback_on")})
	require.Equal(t, why, ask(tracking.Refer{}, "reason"))
	env.Today, env.Calendar.Special = clock.NewDate(2026, time.September, 30), map[clock.Date]clock.Special{}
	for day := range 7 {
		env.Calendar.Special[clock.NewDate(2026, time.October, 1+day)] = clock.Special{Kind: clock.Holiday, Name: "国庆节"}
	}
	require.Equal(t, "2026-10-07", ask(tracking.Summon{}, "on"), "over a long holiday three working days are more than the week that an interview is held within")
	h.OverdueSince = nil
	require.Empty(t, ask(tracking.Summon{}, "reason"), "nothing is late")
}
