package turn

import (
	"context"
	"fmt"
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

// Start looks for the first time. Until that has succeeded nobody may act by the zone's time: in a demo zone the machine's is years later.
func (f *Follower) Start(ctx context.Context) error {
	ahead, _, err := f.Store.DemoClock(ctx)
	if err != nil {
		return fmt.Errorf("read the zone's time: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ahead, f.looked = ahead, time.Now()
	return nil
}

// Now is the zone's time.
func (f *Follower) Now() time.Time { return time.Now().Add(f.Ahead()) }

// Ahead is how far the zone's time is ahead of the machine's; negative when it lies before it. While the database cannot be asked it stays what it was.
func (f *Follower) Ahead() time.Duration {
	f.mu.Lock()
	known, fresh := f.ahead, time.Since(f.looked) < 10*time.Second
	if !fresh {
		f.looked = time.Now() // whoever comes meanwhile goes by what is known
	}
	f.mu.Unlock()
	if fresh {
		return known
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	ahead, _, err := f.Store.DemoClock(ctx)
	if err != nil {
		f.Log.Debug("the zone's time is not known yet", "error", err)
		return known
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ahead = ahead
	return ahead
}
