package standalone

import (
	"context"
	"errors"
	"time"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// Room reports that the disk of one of the folders has no room left, with what to do.
func Room(folders ...string) error {
	var full error
	for _, folder := range folders {
		full = errors.Join(full, postgres.Room(folder))
	}
	return full
}

// Watch looks for room at each tick until the context ends, and tells once when there is none and once when there is again (nil): what dies for want
// of room fails in many words, and none of them names it.
func Watch(ctx context.Context, ticks <-chan time.Time, room func() error, tell func(full error)) {
	was := false
	for {
		if full := room(); (full != nil) != was {
			was = full != nil
			tell(full)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}
