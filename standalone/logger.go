package standalone

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// bridge carries the engine's log into slog from warnings on. A fatal message ends the program through fatal instead of exiting on the spot,
// so that PostgreSQL is still stopped in order, and what could not go on waits for that.
type bridge struct {
	log     *slog.Logger
	fatal   func(error)
	closing atomic.Bool // the program is stopping: what the engine cannot do any more is no fault
	gaveUp  sync.Once
	cause   chan error // why it gave up; it holds one
}

var _ log.Logger = (*bridge)(nil)

func attributes(tags []tag.Tag) []any {
	pairs := make([]any, 0, 2*len(tags))
	for _, t := range tags {
		pairs = append(pairs, t.Key(), t.Value())
	}
	return pairs
}

func (b *bridge) Debug(string, ...tag.Tag)          {}
func (b *bridge) Info(string, ...tag.Tag)           {}
func (b *bridge) Warn(msg string, tags ...tag.Tag)  { b.log.Debug("engine: "+msg, attributes(tags)...) }
func (b *bridge) Error(msg string, tags ...tag.Tag) { b.log.Warn("engine: "+msg, attributes(tags)...) }
func (b *bridge) DPanic(msg string, tags ...tag.Tag) {
	b.log.Error("engine: "+msg, attributes(tags)...)
}
func (b *bridge) Panic(msg string, tags ...tag.Tag) { b.stop(msg, tags) }
func (b *bridge) Fatal(msg string, tags ...tag.Tag) { b.stop(msg, tags) }

func (b *bridge) stop(msg string, tags []tag.Tag) {
	if b.closing.Load() {
		b.log.Info("engine, while stopping: "+msg, attributes(tags)...)
		runtime.Goexit()
	}
	b.log.Error("engine: "+msg, attributes(tags)...)
	err := errors.New("the workflow engine gave up: " + msg)
	for _, t := range tags {
		if cause, ok := t.Value().(error); ok {
			err = fmt.Errorf("the workflow engine gave up: %s: %w", msg, cause)
		} else if t.Key() == "error" {
			err = fmt.Errorf("the workflow engine gave up: %s: %v", msg, t.Value())
		}
	}
	if errors.Is(err, syscall.EADDRINUSE) || strings.Contains(err.Error(), syscall.EADDRINUSE.Error()) {
		err = fmt.Errorf("another program has taken a port of the workflow engine meanwhile; start again, and others are taken: %w", err)
	}
	b.gaveUp.Do(func() { b.fatal(err); b.cause <- err })
	select {} // whoever called cannot go on, and must not come back; the program stops everything in order and tells why, which a panic would not let it
}

// quiet is an SDK logger that says nothing; errors are returned anyway.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
