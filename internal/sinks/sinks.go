// Package sinks imitates the receiving side of every channel for tests: 企业微信, 钉钉 and 飞书 with their answers, signatures and limits, a
// receiver of Standard Webhooks that verifies what it gets, and a mail server.
package sinks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stretchr/testify/require"
)

// The secrets the sinks know.
const (
	Sign       = "SECdd7ad5ea"
	WebhookKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
)

// Sink is one receiving side.
type Sink struct {
	URL string
	mu  sync.Mutex
	got []string
	ids map[string]int
	// Limit is how many messages a minute the sink takes; more are refused as the vendor does. 0: any number.
	Limit int
	// Fail makes the next n messages fail with an HTTP 500.
	Fail  int
	since time.Time
	taken int
}

// Got returns the bodies the sink took.
func (s *Sink) Got() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.got...)
}

// SetFail makes the next n messages fail.
func (s *Sink) SetFail(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Fail = n
}

// take counts a message against the limit and reports whether there is room.
func (s *Sink) take() bool {
	if now := time.Now(); now.Sub(s.since) > time.Minute {
		s.since, s.taken = now, 0
	}
	s.taken++
	return s.Limit == 0 || s.taken <= s.Limit
}

// answer is what a vendor says to one message.
type answer func(r *http.Request, body []byte) (refusal any)

func serve(t testing.TB, fine, crowded any, check answer) *Sink {
	t.Helper()
	s := &Sink{ids: map[string]int{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		if err != nil || s.Fail > 0 {
			s.Fail--
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		said := fine
		if refusal := check(r, body); refusal != nil {
			said = refusal
		} else if !s.take() {
			said = crowded
		} else {
			s.got = append(s.got, string(body))
		}
		_ = json.NewEncoder(w).Encode(said)
	}))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

type code struct {
	Code    int    `json:"errcode"`
	Message string `json:"errmsg"`
}

type feishu struct {
	Code    int    `json:"code"`
	Message string `json:"msg"`
}

// WeCom takes markdown of at most 4096 bytes and 20 messages a minute.
func WeCom(t testing.TB) *Sink {
	t.Helper()
	s := serve(t, code{0, "ok"}, code{45009, "api freq out of limit"}, func(_ *http.Request, body []byte) any {
		var m struct {
			Type     string `json:"msgtype"`
			Markdown struct {
				Content string `json:"content"`
			} `json:"markdown"`
		}
		if json.Unmarshal(body, &m) != nil || m.Type != "markdown" || m.Markdown.Content == "" {
			return code{40008, "invalid message type"}
		}
		if len(m.Markdown.Content) > 4096 {
			return code{40058, "markdown.content exceed max length 4096"}
		}
		return nil
	})
	s.Limit = 20
	return s
}

// DingTalk verifies the signature in the address and takes 20 messages a minute.
func DingTalk(t testing.TB) *Sink {
	t.Helper()
	s := serve(t, code{0, "ok"}, code{130101, "send too fast, exceed 20 times per minute"}, func(r *http.Request, body []byte) any {
		stamp := r.URL.Query().Get("timestamp")
		mac := hmac.New(sha256.New, []byte(Sign))
		mac.Write([]byte(stamp + "\n" + Sign))
		if ms, err := strconv.ParseInt(stamp, 10, 64); err != nil || time.Since(time.UnixMilli(ms)).Abs() > time.Hour ||
			r.URL.Query().Get("sign") != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
			return code{310000, "sign not match"}
		}
		var m struct {
			Type     string `json:"msgtype"`
			Markdown struct{ Title, Text string }
		}
		if json.Unmarshal(body, &m) != nil || m.Type != "markdown" || m.Markdown.Title == "" || m.Markdown.Text == "" {
			return code{40035, "invalid parameter"}
		}
		return nil
	})
	s.Limit = 20
	return s
}

// Feishu verifies the signature in the body and takes 100 messages a minute.
func Feishu(t testing.TB) *Sink {
	t.Helper()
	s := serve(t, feishu{0, "success"}, feishu{11232, "frequency limited"}, func(_ *http.Request, body []byte) any {
		var m struct {
			Timestamp, Sign string
			Type            string `json:"msg_type"`
			Card            map[string]any
		}
		if json.Unmarshal(body, &m) != nil || m.Type != "interactive" || m.Card == nil || len(body) > 20<<10 {
			return feishu{9499, "Bad Request"}
		}
		mac := hmac.New(sha256.New, []byte(m.Timestamp+"\n"+Sign))
		if at, err := strconv.ParseInt(m.Timestamp, 10, 64); err != nil || time.Since(time.Unix(at, 0)).Abs() > time.Hour || m.Sign != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
			return feishu{19021, "sign match fail or timestamp is not within one hour from current time"}
		}
		return nil
	})
	s.Limit = 100
	return s
}

// Webhook verifies with the Standard Webhooks library.
func Webhook(t testing.TB) *Sink {
	t.Helper()
	verifier, err := webhooks.NewWebhook(WebhookKey)
	require.NoError(t, err)
	var s *Sink
	s = serve(t, struct{}{}, struct{}{}, func(r *http.Request, body []byte) any {
		if err := verifier.Verify(body, r.Header); err != nil {
			panic(http.ErrAbortHandler)
		}
		s.ids[r.Header.Get(webhooks.HeaderWebhookID)]++
		return nil
	})
	return s
}

// IDs returns how often each webhook id arrived.
func (s *Sink) IDs() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := map[string]int{}
	for id, n := range s.ids {
		ids[id] = n
	}
	return ids
}
