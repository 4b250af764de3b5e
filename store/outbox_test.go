package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
)

// mailbag is one message to the supervisor, with the channels they can be reached over.
type mailbag struct {
	*bundle
	safe     *notify.Safe
	who      process.Actor
	channels []string
	id       int64
	composed int
}

// letter queues one message for a supervisor who has n channels.
func letter(t *testing.T, n int) *mailbag {
	t.Helper()
	safe, err := notify.NewSafe([]byte("0123456789abcdef0123456789abcdef"))
	require.NoError(t, err)
	m := &mailbag{bundle: setup(t), safe: safe}
	m.who = m.As(process.SafetySupervisor)
	for i := range n {
		m.channels = append(m.channels, m.channel(t, fmt.Sprintf("渠道 %d", i+1)))
	}
	m.routes(t, m.channels...)
	id := m.recordHazard(t)
	m.do(t, m.As(process.Leader), id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{Text: "请尽快"})
	_, err = m.Store.PlanMessages(t.Context(), m.now)
	require.NoError(t, err)
	m.now = m.now.Add(48 * time.Hour)
	rows, err := m.Store.Messages(t.Context(), "planned", 0, 100)
	require.NoError(t, err)
	for _, r := range rows {
		if r.UserName == m.who.Name {
			m.id = r.ID
		}
	}
	require.NotZero(t, m.id)
	return m
}

func (m *mailbag) channel(t *testing.T, name string) string {
	t.Helper()
	id, err := m.Store.SaveChannel(t.Context(), notify.Channel{Kind: notify.WeCom, Name: name, Secrets: notify.Secrets{URL: "https://example.org/robot"}}, m.safe)
	require.NoError(t, err)
	return id
}

func (m *mailbag) routes(t *testing.T, channels ...string) {
	t.Helper()
	require.NoError(t, m.Store.SetHabits(t.Context(), m.who.ID, store.Habits{DigestMinute: 510, QuietFrom: 1200, QuietTo: 480}, channels))
}

func (m *mailbag) disable(t *testing.T, channel string, disabled bool) {
	t.Helper()
	var at *time.Time
	if disabled {
		at = &m.now
	}
	require.NoError(t, m.Store.DisableChannel(t.Context(), channel, at))
}

// begin begins a try when the message may go, however long it had to wait.
func (m *mailbag) begin(t *testing.T, wait time.Duration) *store.Delivery {
	t.Helper()
	m.now = m.now.Add(wait)
	d, err := m.Store.BeginDelivery(t.Context(), m.id, m.safe, func(string, []store.NoticeLine, store.NoticeCount) (string, []notify.Line, string) {
		m.composed++
		return fmt.Sprintf("第 %d 次编写", m.composed), []notify.Line{{Text: "一项"}}, "再见"
	}, m.now, m.now)
	require.NoError(t, err)
	return d
}

func (m *mailbag) end(t *testing.T, d *store.Delivery, failure error) {
	t.Helper()
	require.NoError(t, m.Store.EndDelivery(t.Context(), d, failure, m.now, m.now))
}

func (m *mailbag) status(t *testing.T) string {
	t.Helper()
	rows, err := m.Store.Messages(t.Context(), "", 0, 100)
	require.NoError(t, err)
	for _, r := range rows {
		if r.ID == m.id {
			return r.Status
		}
	}
	return ""
}

var (
	briefly = &notify.Failure{Reason: "暂时不行"}
	forGood = &notify.Failure{Reason: "地址不对", Permanent: true}
)

// TestADisabledChannelKillsNoMessage: what it had in hand goes another way, or waits for it.
func TestADisabledChannelKillsNoMessage(t *testing.T) {
	t.Parallel()
	t.Run("ItGoesOverThePersonsOtherChannel", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 2)
		d := m.begin(t, 0)
		require.Equal(t, m.channels[0], d.Channel.ID)
		m.end(t, d, forGood)
		m.disable(t, m.channels[0], true) // the second channel is the first one in use now
		d = m.begin(t, time.Hour)
		require.NotNil(t, d)
		require.Equal(t, m.channels[1], d.Channel.ID)
		m.end(t, d, nil)
		require.Equal(t, "delivered", m.status(t))
	})
	t.Run("ItWaitsForTheOnlyOne", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 1)
		m.end(t, m.begin(t, 0), briefly)
		m.disable(t, m.channels[0], true)
		for range 10 {
			require.Nil(t, m.begin(t, time.Hour))
			require.Equal(t, "planned", m.status(t))
		}
		m.disable(t, m.channels[0], false)
		d := m.begin(t, 0)
		require.NotNil(t, d, "at once when it is back in use")
		m.end(t, d, nil)
		require.Equal(t, "delivered", m.status(t))
	})
	t.Run("ItGoesOverAChannelThatIsChosenMeanwhile", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 1)
		m.disable(t, m.channels[0], true)
		require.Nil(t, m.begin(t, 0))
		other := m.channel(t, "另一个")
		m.routes(t, m.channels[0], other)
		d := m.begin(t, 0)
		require.NotNil(t, d)
		require.Equal(t, other, d.Channel.ID)
	})
	t.Run("OldNewsStaysInTheProgram", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 1)
		m.disable(t, m.channels[0], true)
		require.Nil(t, m.begin(t, 0))
		require.Nil(t, m.begin(t, 4*24*time.Hour))
		require.Equal(t, "in_app", m.status(t))
	})
	t.Run("ItIsDeadWhenEveryChannelFailed", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 2)
		m.end(t, m.begin(t, 0), forGood)
		m.end(t, m.begin(t, time.Hour), forGood)
		require.Nil(t, m.begin(t, time.Hour))
		require.Equal(t, "dead", m.status(t))
	})
}

// TestAResendSaysWhatWasSent: a message is composed once.
func TestAResendSaysWhatWasSent(t *testing.T) {
	t.Parallel()
	m := letter(t, 1)
	first := m.begin(t, 0)
	m.end(t, first, briefly)
	second := m.begin(t, time.Hour)
	require.Equal(t, first.Message, second.Message)
	m.end(t, second, forGood)
	require.Nil(t, m.begin(t, time.Hour))
	require.Equal(t, "dead", m.status(t))
	require.NoError(t, m.Store.Resend(t.Context(), m.id, m.now))
	third := m.begin(t, 0)
	require.Equal(t, first.Message, third.Message)
	require.Equal(t, "再见", third.Message.Closer)
	require.Equal(t, 1, m.composed)
}

// TestAnOutcomeIsPutOnRecordWhateverItSays: else the message would be sent for ever.
func TestAnOutcomeIsPutOnRecordWhateverItSays(t *testing.T) {
	t.Parallel()
	m := letter(t, 1)
	m.end(t, m.begin(t, 0), errors.New("450 \xd3\xca\xcf\xe4 \x00"))
	for range 4 {
		m.end(t, m.begin(t, time.Hour), briefly)
	}
	require.Nil(t, m.begin(t, time.Hour))
	require.Equal(t, "dead", m.status(t))
	t.Run("NorWhenNoneEverCame", func(t *testing.T) {
		t.Parallel()
		m := letter(t, 1)
		for range 5 {
			require.NotNil(t, m.begin(t, time.Hour))
		}
		require.Nil(t, m.begin(t, time.Hour))
		require.Nil(t, m.begin(t, time.Hour))
		require.Equal(t, "dead", m.status(t))
	})
}
