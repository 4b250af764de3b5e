// Command parkway-standalone runs all of Parkway on one machine: PostgreSQL, the workflow engine, the worker and the server.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/standalone"
)

// commands are the sub-commands; starting everything is what happens without one.
type commands struct {
	Run           runCommand           `cmd:"" default:"withargs" help:"Start everything and serve until Ctrl-C."`
	Setup         setupCommand         `cmd:"" help:"Set up a real zone with its first administrator, in an empty folder."`
	AdminPassword adminPasswordCommand `cmd:"" help:"Give an administrator whose password is lost a new one."`
	Register      registerCommand      `cmd:"" help:"List, change and import units, people, enterprises and the other registers."`
	Letters       lettersCommand       `cmd:"" help:"How official letters are numbered and written."`
	Backup        backupCommand        `cmd:"" help:"Write database, files and secret key into one archive, also while the program runs."`
	Restore       restoreCommand       `cmd:"" help:"Restore an archive into an empty folder, verify it, and show the numbers side by side."`
	Verify        verifyCommand        `cmd:"" help:"Verify every case by its events, its row and parts, and its files."`
	Reconcile     reconcileCommand     `cmd:"" help:"Start the workflow of every open case that has none, in the engine of the running program."`
	Passwords     passwordsCommand     `cmd:"" help:"Give both roles of the database new passwords; the program must not run."`
	Version       versionCommand       `cmd:"" help:"Print the version."`
}

// options are all settings of the program.
type options struct {
	config.Standalone
	config.Upgrades
	config.Owner
	config.Queue
	config.Elsewhere
	config.Web
	config.Keys
	config.Channels
	config.Files
	config.Log
	config.Metrics
	config.Traces
}

type versionCommand struct{}

// Run prints which commit the program was built from.
func (*versionCommand) Run() error {
	_, err := fmt.Println(config.Version())
	return err
}

// stopped is the error of a command that a person stopped: what broke off meanwhile is no news, and nothing is left that cannot be tried again.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.New("还没有做完就停止了，可以再执行一次 / stopped before it was done; the same command can be run again")
	}
	return err
}

// dataFolder is the data folder of the command that is carried out, or "" of one that has none.
func dataFolder(parsed *kong.Context) string {
	for _, step := range parsed.Path {
		if step.Command == nil || !step.Command.Target.CanAddr() {
			continue
		}
		if on, ok := step.Command.Target.Addr().Interface().(interface{ Folder() string }); ok {
			return on.Folder()
		}
	}
	return ""
}

func main() {
	pictures.Called()
	var c commands
	ctx, stop := signal.NotifyContext(context.Background(), config.Stops()...)
	signal.Ignore(syscall.SIGPIPE) // who reads no further is a fault like others: what was started is stopped
	parsed, err := config.Parse(&c, kong.Name("parkway-standalone"), kong.Description("园程 Parkway on one machine."), kong.BindTo(ctx, (*context.Context)(nil)))
	if err == nil {
		err = standalone.Told(dataFolder(parsed), parsed.Run())
		if parsed.Command() != "run" { // which is meant to be stopped, and tells what did not end in order
			err = stopped(ctx, err)
		}
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "parkway:", err)
		os.Exit(1)
	}
}
