// Package terminal keeps the terminal for what people are told: whatever else is written to it, by a library too, goes to the log.
package terminal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"golang.org/x/sys/unix"
	"gopkg.in/natefinch/lumberjack.v2"
)

// How much of the log is kept: the file and five older ones of 20 MB each.
const (
	megabytes = 20
	older     = 5
)

// File returns a log file that is cut off and put aside when it is full, so that the log never fills the disk. It and its folder are made when
// something is written.
func File(path string) (io.WriteCloser, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the place of the log: %w", err)
	}
	return &lumberjack.Logger{Filename: path, MaxSize: megabytes, MaxBackups: older}, nil
}

// Terminal is the person's. The program's standard output and error lead to the log while it is taken.
type Terminal struct {
	out, err *os.File // the real ones
	write    *os.File // end of the pipe that takes their places
	done     chan struct{}
}

// Take keeps the terminal for Say and Complain. Everything else that the process writes to its standard output and error is logged line by line;
// the trace of a crash still comes to the terminal, since nobody is left to log it.
func Take(log *slog.Logger) (*Terminal, error) {
	t := &Terminal{done: make(chan struct{})}
	var err error
	if t.out, err = copyOf(1, "terminal"); err != nil {
		return nil, err
	}
	if t.err, err = copyOf(2, "terminal"); err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe to the log: %w", err)
	}
	t.write = write
	for _, descriptor := range []int{1, 2} {
		if err := unix.Dup2(int(write.Fd()), descriptor); err != nil {
			return nil, fmt.Errorf("lead the standard output to the log: %w", err)
		}
	}
	if err := debug.SetCrashOutput(t.err, debug.CrashOptions{}); err != nil {
		return nil, fmt.Errorf("keep the terminal for the trace of a crash: %w", err)
	}
	go func() {
		defer close(t.done)
		relay(read, log)
	}()
	return t, nil
}

// copyOf returns another descriptor of an open file, one that child processes do not get.
func copyOf(descriptor int, name string) (*os.File, error) {
	fresh, err := unix.FcntlInt(uintptr(descriptor), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return nil, fmt.Errorf("keep descriptor %d: %w", descriptor, err)
	}
	return os.NewFile(uintptr(fresh), name), nil
}

// relay logs what comes line by line; a very long line becomes several.
func relay(from io.ReadCloser, log *slog.Logger) {
	defer from.Close()
	for lines := bufio.NewReader(from); ; {
		line, _, err := lines.ReadLine()
		if text := bytes.TrimSpace(line); len(text) > 0 {
			log.Info("a library wrote to the terminal", "text", string(text))
		}
		if err != nil {
			return
		}
	}
}

// Say tells the person something.
func (t *Terminal) Say(words string) { fmt.Fprintln(t.out, words) } //nolint:errcheck // a terminal that has gone hears nothing

// Complain tells the person what went wrong.
func (t *Terminal) Complain(words string) { fmt.Fprintln(t.err, words) } //nolint:errcheck // a terminal that has gone hears nothing

// GiveBack gives the standard output and error back once everything that was written to them has been logged.
func (t *Terminal) GiveBack() error {
	err := errors.Join(unix.Dup2(int(t.out.Fd()), 1), unix.Dup2(int(t.err.Fd()), 2), debug.SetCrashOutput(nil, debug.CrashOptions{}), t.write.Close())
	<-t.done
	return errors.Join(err, t.out.Close(), t.err.Close())
}
