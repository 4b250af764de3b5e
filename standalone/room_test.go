package standalone_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone"
)

// TestAFullDiskIsToldOnce: when it fills up, and when there is room again, however often it is looked.
func TestAFullDiskIsToldOnce(t *testing.T) {
	t.Parallel()
	full := errors.New("磁盘已满")
	looks := []error{nil, full, full, full, nil, nil, full}
	ctx, stop := context.WithCancel(t.Context())
	ticks, at, told := make(chan time.Time, len(looks)), 0, []error{}
	for range looks {
		ticks <- time.Time{}
	}
	standalone.Watch(ctx, ticks, func() error {
		defer func() {
			if at++; at == len(looks) {
				stop()
			}
		}()
		return looks[min(at, len(looks)-1)]
	}, func(full error) { told = append(told, full) })
	require.Equal(t, []error{full, nil, full}, told)
	require.NoError(t, standalone.Room(t.TempDir(), "/no/such/folder"), "what cannot be looked at is not full")
}
