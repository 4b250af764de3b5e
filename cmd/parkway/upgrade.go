package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/store"
)

// without is what is set for the backup folder by whoever wants none.
const without = "none"

// backedUp makes the backup before an upgrade, or refuses to go on until somebody has said where to, or that none is wanted.
func (c *migrateCommand) backedUp(ctx context.Context, url string, due *store.Upgrade) error {
	switch {
	case due == nil || c.UpgradeBackup == without:
		return nil
	case c.UpgradeBackup == "":
		return fmt.Errorf("the data of %s is of an earlier release (schema %d; this program makes it %d), and there is no way back: name a folder for a backup in PARKWAY_UPGRADE_BACKUP, or set it to none when you have one. Nothing was changed",
			due.Zone, due.From, due.To)
	}
	key, err := c.Word()
	if err != nil {
		return err
	}
	files, err := openFiles(ctx, c.Files)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // it only reads
	return backup.BeforeUpgrade(ctx, c.UpgradeBackup, due, backup.Source{OwnerURL: url, Files: files, Key: key, Now: time.Now()}, os.Stdout)
}

// retention is how long the engine keeps closed runs. Parkway's own history lives in PostgreSQL for ever and does not depend on it.
const retention = 30 * 24 * time.Hour

type namespaceCommand struct {
	config.Temporal
	config.Log
}

// Run makes the namespace. It waits for the engine to come up, and can be repeated.
func (c *namespaceCommand) Run(ctx context.Context) error {
	log := c.Logger()
	_, err := await(ctx, log, func() (bool, error) {
		engine, err := client.NewNamespaceClient(client.Options{HostPort: c.Address, Logger: log})
		if err != nil {
			return false, err
		}
		defer engine.Close()
		err = engine.Register(ctx, &workflowservice.RegisterNamespaceRequest{Namespace: c.Namespace, WorkflowExecutionRetentionPeriod: durationpb.New(retention)})
		var exists *serviceerror.NamespaceAlreadyExists
		if errors.As(err, &exists) {
			return true, nil
		}
		return err == nil, err
	})
	if err != nil {
		return fmt.Errorf("PARKWAY_TEMPORAL_ADDRESS: the namespace %s cannot be made on %s: %w", c.Namespace, c.Address, err)
	}
	fmt.Printf("the engine has the namespace %s\n", c.Namespace)
	return nil
}
