package config

import (
	"os"
	"os/signal"
	"syscall"
)

// Stops are the signals at which a program ends in order: Ctrl-C, a supervisor's, and its terminal's when that is closed, unless it was started so as to outlive it
// (nohup).
func Stops() []os.Signal {
	stops := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		stops = append(stops, syscall.SIGHUP)
	}
	return stops
}
