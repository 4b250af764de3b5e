// Command parkway-standalone runs all of Parkway on one machine: PostgreSQL, the workflow engine, the worker and the server.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/pictures"
)

// commands are the sub-commands; starting everything is what happens without one.
type commands struct {
	Run     runCommand     `cmd:"" default:"withargs" help:"Start everything and serve until Ctrl-C."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// options are all settings of the program.
type options struct {
	config.Standalone
	config.Owner
	config.Temporal
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

func main() {
	pictures.Called()
	var c commands
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	parsed := kong.Parse(&c, kong.Name("parkway-standalone"), kong.Description("园程 Parkway on one machine."), kong.BindTo(ctx, (*context.Context)(nil)))
	err := parsed.Run()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "parkway:", err)
		os.Exit(1)
	}
}
