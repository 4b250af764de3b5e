package systemtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// timed starts a world whose clock stands at ten on the demo's first working morning, whatever the machine's own time is, and can be turned. What
// the demo zone left to be told has been told.
func timed(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { _ = w.clock.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	w.turnTo(t, w.today().Start().Add(10*time.Hour))
	return w
}

// turnTo turns the clock and waits until it is there.
func (w *world) turnTo(t *testing.T, to time.Time) {
	t.Helper()
	require.NoError(t, w.clock.Turn(t.Context(), to))
	require.Eventually(t, func() bool { return w.clock.Goal() == nil }, 6*time.Minute, 20*time.Millisecond)
}

// reach gives people a channel each, in the order of the channels.
func (w *world) reach(t *testing.T, username string, channels ...notify.Channel) {
	t.Helper()
	safe, err := notify.NewSafe(secret())
	require.NoError(t, err)
	ids := []string{}
	for _, c := range channels {
		c.Name += " " + username
		id, err := w.store.SaveChannel(t.Context(), c, safe)
		require.NoError(t, err)
		ids = append(ids, id)
	}
	require.NoError(t, w.store.SetHabits(t.Context(), userID(t, w, username), store.Habits{Email: username + "@example.org", DigestMinute: 510, QuietFrom: 1200, QuietTo: 480}, ids))
}

func webhookTo(s *sinks.Sink) notify.Channel {
	return notify.Channel{Kind: notify.Webhook, Name: "推送", Secrets: notify.Secrets{URL: s.URL, Sign: sinks.WebhookKey}}
}

// titles are the titles of the messages a webhook sink took.
func titles(t *testing.T, s *sinks.Sink) []string {
	t.Helper()
	all := []string{}
	for _, body := range s.Got() {
		var m struct{ Data notify.Message }
		require.NoError(t, json.Unmarshal([]byte(body), &m))
		all = append(all, m.Data.Title)
	}
	return all
}

// TestAMonthOfReminders plays a hazard nobody touches on a turned clock: every rung fires once, at its own time, through the real workflow,
// and reaches the right people over real channels; the leader's digest comes on each working morning.
func TestAMonthOfReminders(t *testing.T) {
	t.Parallel()
	w := timed(t)
	supervisor, leader := sinks.Webhook(t), sinks.Webhook(t)
	w.reach(t, "mengqinglan", webhookTo(supervisor))
	w.reach(t, "shaojinghe", webhookTo(leader))
	id := openHazard(t, w)
	begin := clock.DateOf(w.clock.Now())
	due := begin.AddDays(10)
	w.do(t, "mengqinglan", "/hazards/"+id+"/issue-notice", object{"requirement": "清理通道", "due_on": due.String(), "inspector_ids": []string{userID(t, w, "dingwensheng")}})
	d, err := w.store.Deadlines(t.Context(), process.Actor{Type: process.Person, ID: userID(t, w, "shenji"), Roles: []process.Role{process.Auditor}}, id, w.clock.Now())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(d.Ahead), 6, "the forecast")

	began := time.Now()
	w.turnTo(t, begin.AddDays(31).Start().Add(10*time.Hour))
	t.Logf("31 days played in %s", time.Since(began).Round(time.Millisecond))

	h, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
	require.NoError(t, err)
	fired := h.Clocks[len(h.Clocks)-1].Fired
	byRung := map[string]clock.Firing{}
	for _, f := range fired {
		require.NotContains(t, byRung, f.Rung, "each rung fires once")
		byRung[f.Rung] = f
		require.Less(t, f.At.Sub(f.Due), 5*time.Minute, "%s fires at its time", f.Rung)
	}
	for _, f := range d.Ahead {
		if f.At.Before(w.clock.Now()) {
			require.Contains(t, byRung, f.ID, "what was foreseen happened")
			require.True(t, f.At.Equal(byRung[f.ID].Due), "%s when it was foreseen", f.ID)
		}
	}
	require.Equal(t, "refer", string(h.Escalation))
	require.Contains(t, strings.Join(titles(t, supervisor), "\n"), "督办单")
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	digests := 0
	for _, body := range leader.Got() {
		var m struct{ Data notify.Message }
		require.NoError(t, json.Unmarshal([]byte(body), &m))
		for _, line := range m.Data.Lines {
			digests += strings.Count(line.Text, "晨报")
		}
	}
	require.Equal(t, cal.WorkdaysBetween(begin, begin.AddDays(31)), digests, "one digest for each working morning")
	v, err := w.store.Verify(t.Context(), process.Actor{Type: process.Person, Roles: []process.Role{process.Auditor}}, id)
	require.NoError(t, err)
	require.Empty(t, v.Findings)
}

// TestChannelsFailOver lets a person's first channel fail for good, then all of them: the next one is tried, a dead letter is kept with its
// reason, and sending it again works.
func TestChannelsFailOver(t *testing.T) {
	t.Parallel()
	w := timed(t)
	w.turnTo(t, w.clock.Now().Add(time.Hour)) // what the demo zone left lying is told first
	wrong, second := sinks.DingTalk(t), sinks.WeCom(t)
	w.reach(t, "mengqinglan", notify.Channel{Kind: notify.DingTalk, Name: "钉钉", Secrets: notify.Secrets{URL: wrong.URL, Sign: "wrong"}},
		notify.Channel{Kind: notify.WeCom, Name: "企微", Secrets: notify.Secrets{URL: second.URL}})
	other := sinks.Feishu(t)
	w.reach(t, "dingwensheng", notify.Channel{Kind: notify.Feishu, Name: "飞书", Secrets: notify.Secrets{URL: other.URL, Sign: "wrong"}})
	id := openHazard(t, w)
	// A nudge goes to the holder: the supervisor. The reassignment goes to the other.
	w.do(t, "shaojinghe", "/hazards/"+id+"/nudge", object{"text": "请尽快"})
	a := w.call(t, "shaojinghe", http.MethodPost, "/hazards/"+id+"/nudge", object{})
	require.Equal(t, http.StatusTooManyRequests, a.Status, "%s", a.Body)
	require.Eventually(t, func() bool { return len(second.Got()) == 1 }, time.Minute, 50*time.Millisecond)
	require.Empty(t, wrong.Got())
	require.NotContains(t, second.Got()[0], "消防", "no details leave the zone")
	w.do(t, "shaojinghe", "/hazards/"+id+"/assign", object{"role": "supervisor", "user_id": userID(t, w, "dingwensheng"), "reason": "调岗"})
	var dead store.MessageRow
	require.Eventually(t, func() bool {
		rows, err := w.store.Messages(t.Context(), "dead", 0, 10)
		if err == nil && len(rows) == 1 {
			dead = rows[0]
		}
		return len(rows) == 1
	}, time.Minute, 50*time.Millisecond)
	require.Contains(t, dead.Reason, "19021")
	safe, err := notify.NewSafe(secret())
	require.NoError(t, err)
	channels, err := w.store.Routes(t.Context(), userID(t, w, "dingwensheng"))
	require.NoError(t, err)
	_, err = w.store.SaveChannel(t.Context(), notify.Channel{ID: channels[0], Name: "飞书", Secrets: notify.Secrets{Sign: sinks.Sign}}, safe)
	require.NoError(t, err)
	require.NoError(t, w.store.Resend(t.Context(), dead.ID, w.clock.Now()))
	require.Eventually(t, func() bool { return len(other.Got()) == 1 }, time.Minute, 50*time.Millisecond)
}

// TestCalendarIsChangedAndUndone previews a holiday, applies it as a batch, and takes it back: the dates move and return, each move an event,
// one notice for each person, and stored verdicts stay.
func TestCalendarIsChangedAndUndone(t *testing.T) {
	t.Parallel()
	w := timed(t)
	id := openHazard(t, w)
	before, err := w.store.Standing(t.Context(), id)
	require.NoError(t, err)
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	y := cal.Year(before.DueOn.Year())
	y.Paper, y.Days[before.DueOn] = "县政府通知", clock.Special{Kind: clock.Holiday, Name: "临时放假"}
	changed := cal.With(y)
	moves, err := w.store.PreviewCalendar(t.Context(), changed, clock.DateOf(w.clock.Now()))
	require.NoError(t, err)
	found := false
	for _, m := range moves {
		if m.CaseID == id {
			found = true
			require.Equal(t, before.DueOn, m.From)
			require.Contains(t, m.Told, "孟庆岚")
		}
	}
	require.True(t, found, "the preview names the case")
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	seq, err := w.app.ChangeCalendar(t.Context(), admin, changed, cal.Version, "县里临时放假", 0)
	require.NoError(t, err)
	moved := func(due clock.Date) func() bool {
		return func() bool {
			s, err := w.store.Standing(t.Context(), id)
			return err == nil && s.DueOn == due
		}
	}
	require.Eventually(t, moved(changed.NextWorkday(before.DueOn)), time.Minute, 50*time.Millisecond)
	_, err = w.app.ChangeCalendar(t.Context(), admin, changed, cal.Version, "基于旧版", 0)
	require.ErrorContains(t, err, string(process.StaleVersion))
	preview := w.call(t, "admin", http.MethodPost, "/calendar/preview", object{"undoes": seq})
	require.Equal(t, http.StatusOK, preview.Status, "%s", preview.Body)
	require.Contains(t, string(preview.Body), id, "the case would move back")
	undone := w.call(t, "admin", http.MethodPost, "/calendar", object{"undoes": seq, "base": fmt.Sprintf("v%d", seq), "reason": "撤销"})
	require.Equal(t, http.StatusOK, undone.Status, "%s", undone.Body)
	next := seq + 1
	require.Eventually(t, moved(before.DueOn), time.Minute, 50*time.Millisecond)
	require.Eventually(t, func() bool {
		history, err := w.store.CalendarHistory(t.Context())
		return err == nil && int(history[0].Seq) == next && history[0].SettledAt != nil && history[1].SettledAt != nil
	}, time.Minute, 50*time.Millisecond)
	notices, _, err := w.store.Notices(t.Context(), userID(t, w, "mengqinglan"), 0, 100)
	require.NoError(t, err)
	told := 0
	for _, n := range notices {
		if n.Kind == process.NoticeCalendar {
			told++
		}
	}
	require.Equal(t, 2, told, "one for each batch, however many cases moved")
	events, err := w.store.History(t.Context(), admin, id, 0, 10)
	require.NoError(t, err)
	require.Equal(t, hazard.Kind.Does(casework.RecalendarVerb), events[0].Command)
	require.Equal(t, "撤销", events[0].Reason)

	// A calendar that came into force while the engine could not be reached: the watchdog starts its batch.
	_, err = w.store.PublishCalendar(t.Context(), changed, store.Change{Reason: "引擎不在时启用", By: admin, At: w.clock.Now(), Base: fmt.Sprintf("v%d", next)})
	require.NoError(t, err)
	w.turnTo(t, w.clock.Now().Add(2*time.Minute))
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: taskQueue}, workflows.WatchdogType)
	require.NoError(t, err)
	require.NoError(t, run.Get(t.Context(), nil))
	require.Eventually(t, moved(changed.NextWorkday(before.DueOn)), time.Minute, 50*time.Millisecond)
}
