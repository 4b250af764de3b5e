package pictures

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"gocloud.dev/gcerrors"

	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Maker makes the previews that are waited for, one at a time: the order and what is done stand in the database, so that several servers share the work
// and none of it is lost when one stops.
type Maker struct {
	Store *store.Store
	Blobs *blobs.Keeper
	Draw  Drawer
	Now   func() time.Time
	Log   *slog.Logger
}

const (
	// look is how long a picture waits while nothing is drawn: to look costs one reading of an index of what waits.
	look = 2 * time.Second
	// patience is how long a picture is left to who took it; then it is taken for given up.
	patience = 2 * mostTime
	// mostTries bounds what a picture can do that ends its maker: after an hour it is left alone.
	mostTries = 30
)

// Run makes previews until the context ends. A nil maker makes none.
func (m *Maker) Run(ctx context.Context) {
	if m == nil {
		return
	}
	timer := time.NewTicker(look)
	defer timer.Stop()
	for {
		for {
			more, err := m.Next(ctx)
			if err != nil && ctx.Err() == nil {
				m.Log.Warn("preview not made; it is tried again", "error", err)
			}
			if !more || err != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
	}
}

// Next makes the previews of one picture, and reports whether there was one. An error leaves it waiting.
func (m *Maker) Next(ctx context.Context) (bool, error) {
	now := m.Now()
	sha, tries, err := m.Store.TakeWaitingPreview(ctx, now, now.Add(patience))
	if sha == "" || err != nil {
		return false, err
	}
	if tries > mostTries {
		return true, m.none(ctx, sha, &Failure{Damaged, "tried too often"})
	}
	data, err := m.bytes(ctx, sha)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return true, m.none(ctx, sha, &Failure{Gone, "its bytes are not there"})
	}
	if err != nil {
		return true, err
	}
	drawn, err := m.Draw(ctx, data)
	var failure *Failure
	if errors.As(err, &failure) {
		return true, m.none(ctx, sha, failure)
	}
	if err != nil {
		return true, err
	}
	if err := m.Blobs.KeepPreview(ctx, sha, string(Small), drawn.Small); err != nil {
		return true, err
	}
	if err := m.Blobs.KeepPreview(ctx, sha, string(Large), drawn.Large); err != nil {
		return true, err
	}
	return true, m.Store.KeepPreview(ctx, sha, drawn.Width, drawn.Height, drawn.Claim)
}

func (m *Maker) bytes(ctx context.Context, sha string) ([]byte, error) {
	content, err := m.Blobs.Bytes(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return io.ReadAll(content)
}

func (m *Maker) none(ctx context.Context, sha string, f *Failure) error {
	m.Log.Info("picture without a preview", "sha256", sha, "reason", f.Reason, "detail", f.Detail)
	return m.Store.NoPreview(ctx, sha, f.Reason)
}
