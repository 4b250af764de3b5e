package main

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/worker"
)

// work is the worker, and what has to be done before people can work: for a zone that is there at once, for another once it has been set up.
type work struct {
	*zone
	app    *app.App
	worker *worker.Worker
	lost   bool // the engine has lost workflows
}

func (w *work) begin(ctx context.Context) (err error) {
	if w.worker, err = worker.Start(ctx, w.zone.worker()); err != nil {
		return err
	}
	if w.lost, err = w.startWorkflows(ctx, w.app); err != nil {
		return err
	}
	w.announce(ctx, w.db)
	return nil
}

// awaitZone prints the link, and begins once somebody has set the zone up with it.
func (w *work) awaitZone(ctx context.Context, link *founding.Link) error {
	w.invite(link)
	asked := time.Now()
	select {
	case <-ctx.Done():
		return nil
	case <-link.Done():
	}
	w.began = w.began.Add(time.Since(asked)) // how long somebody took to fill in a page is not how long the start took
	w.progress("园区已经建立 / the zone has been set up")
	return w.begin(ctx)
}

func (w *work) stop() {
	if w.worker != nil {
		w.worker.Stop()
	}
}
