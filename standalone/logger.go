package standalone

import (
	"errors"
	"log/slog"
	"runtime"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// bridge carries the engine's log into slog from warnings on. A fatal message ends the program through fatal instead of exiting on the spot,
// so that PostgreSQL is still stopped in order.
type bridge struct {
	log     *slog.Logger
	fatal   func(error)
	closing atomic.Bool // the program is stopping: what the engine cannot do any more is no fault
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
	b.fatal(errors.New("the engine gave up: " + msg))
	panic("engine: " + msg)
}

// quiet is an SDK logger that says nothing; errors are returned anyway.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
