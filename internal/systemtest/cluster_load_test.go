package systemtest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// cluster is a running Parkway behind several addresses. Everything is asked through its API, so that it does not matter where it runs.
type cluster struct {
	servers []string
	token   string // of a safety supervisor
	blows   []blow
	longest time.Duration // that anybody may wait
}

// blow is something that happens to the cluster while people work.
type blow struct {
	name   string
	strike func(t *testing.T)
}

// The load, and the bar.
const (
	clusterPeople  = 12
	clusterCases   = 24
	betweenBlows   = 3 * time.Second // the load goes on between two blows: this is the test's work, not a wait for something
	longestWait    = 3 * time.Second
	enoughCommands = 100 // fewer would prove little
)

// sent is a command that was accepted.
type sent struct {
	key, path string
	input     object
	caseID    string
	version   int64
	began     time.Time
	waited    time.Duration
}

// outlast lets people work through the blows and holds that nobody waits too long. Whoever did is given a second round before it counts, because others
// may be at work on this machine.
func (c cluster) outlast(t *testing.T) {
	t.Helper()
	waited := c.round(t)
	if waited > c.longest {
		waited = c.round(t)
	}
	require.LessOrEqual(t, waited, c.longest, "somebody waited too long")
}

// round lets people work through the blows and returns how long one of them waited at most. Like a browser or a program would, they send what was not
// answered again, under the same key, to the next address.
func (c cluster) round(t *testing.T) time.Duration {
	t.Helper()
	cases := c.open(t)
	working, stop := context.WithCancel(t.Context())
	defer stop()
	var mu sync.Mutex
	accepted := []sent{}
	var count atomic.Int64
	var people errgroup.Group
	for p := range clusterPeople {
		people.Go(func() error {
			for i := 0; working.Err() == nil; i++ {
				path := cases[(p+i*clusterPeople)%len(cases)]
				s, err := c.send(t.Context(), p+i, path+"/comment", object{"text": fmt.Sprintf("第 %d 位的第 %d 条意见", p, i)})
				if err != nil {
					return err
				}
				count.Add(1)
				mu.Lock()
				accepted = append(accepted, s)
				mu.Unlock()
			}
			return nil
		})
	}
	began := time.Now()
	for _, b := range c.blows {
		<-time.After(betweenBlows)
		t.Logf("%5.1f s, %d accepted: %s", time.Since(began).Seconds(), count.Load(), b.name)
		b.strike(t)
	}
	<-time.After(betweenBlows)
	stop()
	require.NoError(t, people.Wait())
	slowest := slices.MaxFunc(accepted, func(a, b sent) int { return cmp.Compare(a.waited, b.waited) })
	t.Logf("%d commands accepted in %s; the longest wait was %s, %.1f s after the beginning", len(accepted), time.Since(began).Round(time.Millisecond), slowest.waited.Round(time.Millisecond), slowest.began.Sub(began).Seconds())
	require.Greater(t, len(accepted), enoughCommands)
	c.provedOnce(t, cases, accepted)
	return slowest.waited
}

// open opens the cases that people work on and returns their paths.
func (c cluster) open(t *testing.T) []string {
	t.Helper()
	var found struct{ Items []struct{ ID string } }
	require.NoError(t, c.read(t.Context(), "/enterprises?size=1", &found))
	require.NotEmpty(t, found.Items)
	paths := make([]string, clusterCases)
	for i := range paths {
		s, err := c.send(t.Context(), i, "/hazards", object{"enterprise_id": found.Items[0].ID, "location": "成品库", "description": "堆垛过高", "level": "general", "all_the_same": "另一处"})
		require.NoError(t, err)
		paths[i] = "/hazards/" + s.caseID
	}
	return paths
}

// send sends a command until it is accepted: to the address whose turn it is, and to the next when that does not answer.
func (c cluster) send(ctx context.Context, turn int, path string, input object) (sent, error) {
	s := sent{key: uuid.NewString(), path: path, input: input, began: time.Now()}
	for attempt := 0; ; attempt++ {
		outcome, retry, err := c.try(ctx, c.servers[(turn+attempt)%len(c.servers)], s)
		if err == nil {
			s.caseID, s.version, s.waited = outcome.Standing.CaseID, outcome.Event.Version, time.Since(s.began)
			return s, nil
		}
		if !retry || time.Since(s.began) > time.Minute {
			return s, fmt.Errorf("%s under %s, after %d attempts: %w", path, s.key, attempt+1, err)
		}
		<-time.After(20 * time.Millisecond) // a caller who is refused at once does not hammer
	}
}

// answered is what the API says of a command.
type answered struct {
	Event struct {
		Version int64 `json:"version"`
	} `json:"event"`
	Standing struct {
		CaseID string `json:"case_id"`
	} `json:"standing"`
	Replayed bool `json:"replayed"`
}

// try sends a command once. It reports whether it should be sent again when it was not carried out.
func (c cluster) try(ctx context.Context, server string, s sent) (outcome answered, retry bool, err error) {
	body, err := json.Marshal(s.input)
	if err != nil {
		return outcome, false, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server+"/api/v1"+s.path, bytes.NewReader(body))
	if err != nil {
		return outcome, false, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", s.key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return outcome, true, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return outcome, true, err
	}
	if response.StatusCode != http.StatusOK {
		return outcome, response.StatusCode == http.StatusServiceUnavailable, fmt.Errorf("%s: %s", response.Status, text)
	}
	return outcome, false, json.Unmarshal(text, &outcome)
}

// read reads from the first address that answers.
func (c cluster) read(ctx context.Context, path string, target any) (err error) {
	for _, server := range c.servers {
		var request *http.Request
		if request, err = http.NewRequestWithContext(ctx, http.MethodGet, server+"/api/v1"+path, nil); err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+c.token)
		var response *http.Response
		if response, err = http.DefaultClient.Do(request); err != nil {
			continue
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", path, response.Status)
		}
		return json.NewDecoder(response.Body).Decode(target)
	}
	return err
}

// provedOnce holds that every accepted command is on record, once: the same key is answered from the record with the same event, no two keys share
// an event, and a case has no more events than commands were accepted for it.
func (c cluster) provedOnce(t *testing.T, cases []string, accepted []sent) {
	t.Helper()
	perCase, events := map[string]int64{}, map[string]bool{}
	for _, s := range accepted {
		perCase["/hazards/"+s.caseID]++
		event := fmt.Sprint(s.caseID, "/", s.version)
		require.False(t, events[event], "two keys share the event %s", event)
		events[event] = true
	}
	var again errgroup.Group
	again.SetLimit(clusterPeople)
	for i, s := range accepted {
		again.Go(func() error {
			outcome, _, err := c.try(t.Context(), c.servers[i%len(c.servers)], s)
			if err == nil && (!outcome.Replayed || outcome.Event.Version != s.version) {
				err = fmt.Errorf("%s under %s was event %d and is now event %d, replayed: %t", s.path, s.key, s.version, outcome.Event.Version, outcome.Replayed)
			}
			return err
		})
	}
	require.NoError(t, again.Wait())
	for _, path := range cases {
		var stands struct{ Version int64 }
		require.NoError(t, c.read(t.Context(), (&url.URL{Path: path}).String(), &stands))
		require.Equal(t, 1+perCase[path], stands.Version, "%s: its opening and one event for each accepted command", path)
	}
}
