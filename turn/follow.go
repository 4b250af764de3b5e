package turn

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/parkway-zone/parkway/store"
)

// Follower tells a zone's time in a program that does not turn it: the machine's in a real zone, its own in a demo zone. It looks at most every ten
// seconds, so that a zone that is set up, or turned, while the program runs is followed. It is safe for concurrent use.
type Follower struct {
	Store *store.Store
	Log   *slog.Logger

	mu     sync.Mutex
	ahead  time.Duration
	looked time.Time
}

// Now is the zone's time.
func (f *Follower) Now() time.Time { return time.Now().Add(f.Ahead()) }

// Ahead is how far the zone's time is ahead of the machine's; negative when it lies before it. While the database cannot be asked it stays what it was.
func (f *Follower) Ahead() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.looked) < 10*time.Second {
		return f.ahead
	}
	f.looked = time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	ahead, _, err := f.Store.DemoClock(ctx)
	if err != nil {
		f.Log.Debug("the zone's time is not known yet", "error", err)
		return f.ahead
	}
	f.ahead = ahead
	return ahead
}
