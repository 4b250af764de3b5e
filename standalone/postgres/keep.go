package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"syscall"
	"time"
)

// Care is how a running server is looked after.
type Care struct {
	Look     time.Duration // how often it is looked whether it runs
	Ask      time.Duration // how often it is asked whether it answers
	Silence  time.Duration // how long it may run without answering
	Patience time.Duration // how long it is tried to bring it back
	Calm     time.Duration // how long it must have run for the next death to be a new one: one that dies again and again is given up
	Log      *slog.Logger
}

// UsualCare notices a death at once, and gives a server up that cannot be kept running for a minute.
func UsualCare(log *slog.Logger) Care {
	return Care{Look: 200 * time.Millisecond, Ask: 10 * time.Second, Silence: time.Minute, Patience: time.Minute, Calm: time.Minute, Log: log}
}

// Keep looks after the server until the context ends: one that died, was killed or does not answer any more is brought back. It returns an error
// when that does not succeed, with what PostgreSQL said last; the program should end then, so that whoever looks after it learns of it. A server
// that was stopped with Down, or that somebody else runs, is left alone.
func (c *Cluster) Keep(ctx context.Context, care Care) error {
	if c.options.External != "" {
		<-ctx.Done()
		return nil
	}
	look := time.NewTicker(care.Look)
	defer look.Stop()
	up, answered, asked := time.Now(), time.Now(), time.Now()
	var trouble time.Time // since when it has not run for long
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		if !c.Wanted() {
			answered = time.Now()
			continue
		}
		if c.alive() {
			if time.Since(asked) < care.Ask {
				continue
			}
			err := c.ask(ctx)
			if asked = time.Now(); err == nil || recovering(err) {
				answered = asked
			}
			if time.Since(answered) < care.Silence {
				continue
			}
			care.Log.Error("PostgreSQL runs and does not answer; it is killed and started again", "error", err)
		} else {
			care.Log.Error("PostgreSQL has died; it is brought back")
		}
		died := time.Now()
		if trouble.IsZero() || died.Sub(up) > care.Calm {
			trouble = died
		}
		if deadline := trouble.Add(care.Patience); died.After(deadline) {
			return fmt.Errorf("PostgreSQL has died again and again for %s: %s", care.Patience, c.lastWords())
		}
		if err := c.revive(ctx, trouble.Add(care.Patience), care.Log); err != nil {
			return err
		}
		up, answered, asked = time.Now(), time.Now(), time.Now()
		care.Log.Warn("PostgreSQL is back", "took", up.Sub(died).String())
	}
}

// Wanted reports whether the server is to run.
func (c *Cluster) Wanted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wanted
}

// longestPause is the longest pause between two tries to bring the server back.
const longestPause = 10 * time.Second

// revive tries to bring the server back, more and more rarely, until the deadline.
func (c *Cluster) revive(ctx context.Context, deadline time.Time, log *slog.Logger) error {
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, longestPause) {
		err := c.again(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if time.Now().Add(pause).After(deadline) {
			return fmt.Errorf("PostgreSQL has died and cannot be kept running: %w", err)
		}
		log.Error("PostgreSQL does not come back; it is tried again", "error", err, "pause", pause.String())
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// again starts the server anew unless it was stopped meanwhile; a postmaster that runs and does not answer is killed.
func (c *Cluster) again(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.wanted {
		return nil
	}
	if pid := c.postmaster(); c.alive() {
		if err := c.ask(ctx); err == nil || recovering(err) {
			return c.start(ctx)
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			return fmt.Errorf("kill a PostgreSQL that does not answer: %w", err)
		}
	}
	return c.start(ctx)
}
