package main

import (
	"context"
	"net/url"
	"time"

	"github.com/parkway-zone/parkway/standalone"
)

// room reports that a disk which the program keeps things on is full: that of its folder, or that of the files where they lie elsewhere.
func (p *program) room() error {
	folders := []string{p.dir}
	if u, err := url.Parse(p.BlobURL); err == nil && u.Scheme == "file" {
		folders = append(folders, u.Path)
	}
	return standalone.Room(folders...)
}

// watchRoom says at the terminal and in the log that a disk is full, and that it is not any more.
func (p *program) watchRoom(ctx context.Context) {
	look := time.NewTicker(2 * time.Second)
	defer look.Stop()
	standalone.Watch(ctx, look.C, p.room, func(full error) {
		if full == nil {
			p.log.Info("the disk has room again")
			p.progress("磁盘有空间了 / the disk has room again")
			return
		}
		p.log.Error("the disk is full", "error", full)
		p.progress(full.Error())
	})
}
