package main

import (
	"context"
	"os"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/blobs"
)

type verifyCommand struct {
	config.Database
	config.Files
	config.Log
}

// Run verifies every case by its events and fails when something is not as it was written. Without PARKWAY_BLOB_URL it cannot read the files, and
// says so.
func (c *verifyCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, c.Logger())
	if err != nil {
		return err
	}
	defer db.Close()
	v := backup.Verifier{Store: db, Out: os.Stdout}
	if c.BlobURL != "" {
		if v.Files, err = blobs.Open(ctx, c.BlobURL, c.UploadLimit); err != nil {
			return err
		}
		defer v.Files.Close() //nolint:errcheck // it only reads
	}
	return v.All(ctx)
}
