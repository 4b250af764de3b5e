// Command parkway runs the parts of Parkway as separate processes: servers and workers beside a PostgreSQL and a Temporal server of their own.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/pictures"
)

// commands are the sub-commands, each in its own file.
type commands struct {
	Server        serverCommand        `cmd:"" help:"Answer browsers and programs."`
	Worker        workerCommand        `cmd:"" help:"Run workflows and activities."`
	Migrate       migrateCommand       `cmd:"" help:"Bring the database schema up to date and publish the shipped definitions."`
	Setup         setupCommand         `cmd:"" help:"Set up a real zone with its first administrator."`
	AdminPassword adminPasswordCommand `cmd:"" help:"Give an administrator whose password is lost a new one."`
	Register      registerCommand      `cmd:"" help:"List, change and import units, people, enterprises and the other registers."`
	Letters       lettersCommand       `cmd:"" help:"How official letters are numbered and written."`
	Seed          seedCommand          `cmd:"" help:"Load the demo zone (the annual report of 2024)."`
	Reconcile     reconcileCommand     `cmd:"" help:"Start the workflow of every open case that has none, e.g. after the engine's database was lost."`
	Backup        backupCommand        `cmd:"" help:"Write database, files and secret key into one archive, while people work."`
	Restore       restoreCommand       `cmd:"" help:"Restore an archive into a new database, verify it, and show the numbers side by side."`
	Password      passwordCommand      `cmd:"" help:"Give the owner's or the application's role in the database a new password."`
	Namespace     namespaceCommand     `cmd:"" help:"Make the namespace in the engine, unless it is there."`
	Verify        verifyCommand        `cmd:"" help:"Verify every case by its events, its row and parts, and its files."`
	Healthcheck   healthcheckCommand   `cmd:"" help:"Ask a server whether it is ready; for container health checks."`
	Config        configCommand        `cmd:"" help:"Print every setting as a Markdown table."`
	Version       versionCommand       `cmd:"" help:"Print the version."`
}

func main() {
	pictures.Called()
	var c commands
	ctx, stop := signal.NotifyContext(context.Background(), config.Stops()...)
	parsed, err := config.Parse(&c, kong.Name("parkway"), kong.Description("园程 Parkway."), kong.BindTo(ctx, (*context.Context)(nil)))
	if err == nil {
		command := parsed.Selected().Target.Addr().Interface()
		if err = config.Check(command); err == nil { // every setting, before anything is touched
			err = blamed(command, parsed.Run())
		}
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "parkway:", err)
		os.Exit(1)
	}
}
