package pictures

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"syscall"
	"time"
)

// The bounds of one drawing. A picture of 12 megapixels from an iPhone takes 2 seconds and 330 MiB.
const (
	mostMemory = 1 << 30
	mostTime   = time.Minute
	mostAnswer = 32 << 20
)

// word is what a program is called with to draw one picture from its standard input.
const word = "draw-previews"

// Drawer draws the previews of a picture. It returns a *Failure where it cannot be drawn, now and ever.
type Drawer func(ctx context.Context, data []byte) (Drawn, error)

// Failure says why there is no preview of a picture.
type Failure struct {
	Reason string // one of those below
	Detail string
}

// Error is for the log.
func (f *Failure) Error() string { return "no preview (" + f.Reason + "): " + f.Detail }

// The reasons why a picture has no preview.
const (
	TooLarge = "large"   // more pixels, memory or time than one picture gets
	Damaged  = "damaged" // what was received cannot be decoded
	Gone     = "gone"    // its bytes are not there
)

type answer struct {
	Drawn  Drawn
	Reason string
	Detail string
}

// Called draws one picture and ends the program, when that is what the program was started for. It belongs at the beginning of main.
func Called() {
	if len(os.Args) != 2 || os.Args[1] != word {
		return
	}
	if err := drawOne(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func drawOne(in io.Reader, out io.Writer) error {
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: mostMemory, Max: mostMemory}); err != nil {
		return fmt.Errorf("bound the memory: %w", err)
	}
	if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10); err != nil { // people's requests go first
		return fmt.Errorf("step back: %w", err)
	}
	debug.SetMemoryLimit(mostMemory * 3 / 4)
	data, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	var a answer
	switch a.Drawn, err = Draw(data); {
	case errors.Is(err, ErrTooLarge):
		a.Reason, a.Detail = TooLarge, err.Error()
	case err != nil:
		a.Reason, a.Detail = Damaged, err.Error()
	}
	return gob.NewEncoder(out).Encode(a)
}

// Apart returns a drawer that starts the program anew for every picture, and ends it when it takes more than a minute or the context ends. What it needed
// is given back when it ends.
func Apart(program string) Drawer {
	return func(ctx context.Context, data []byte) (Drawn, error) {
		within, cancel := context.WithTimeout(ctx, mostTime)
		defer cancel()
		command := exec.CommandContext(within, program, word)
		command.Env = []string{"GOMAXPROCS=1", "GOTRACEBACK=none", "TZ=UTC"} // none of the server's secrets
		command.Stdin = bytes.NewReader(data)
		command.WaitDelay = time.Second
		var out, said bytes.Buffer
		command.Stdout, command.Stderr = &limited{to: &out, left: mostAnswer}, &limited{to: &said, left: 4 << 10}
		err := command.Run()
		switch {
		case ctx.Err() != nil:
			return Drawn{}, ctx.Err()
		case within.Err() != nil:
			return Drawn{}, &Failure{TooLarge, "took longer than " + mostTime.String()}
		case isExit(err) && bytes.Contains(said.Bytes(), []byte("memory")):
			return Drawn{}, &Failure{TooLarge, "needs more memory than one picture gets"}
		case isExit(err):
			return Drawn{}, &Failure{Damaged, said.String()}
		case err != nil:
			return Drawn{}, fmt.Errorf("start the drawing of a preview: %w", err)
		}
		var a answer
		if err := gob.NewDecoder(&out).Decode(&a); err != nil {
			return Drawn{}, fmt.Errorf("read the drawn preview: %w", err)
		}
		if a.Reason != "" {
			return Drawn{}, &Failure{a.Reason, a.Detail}
		}
		return a.Drawn, nil
	}
}

func isExit(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit)
}

// limited takes so many bytes and lets the rest go.
type limited struct {
	to   *bytes.Buffer
	left int
}

// Write never fails.
func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	l.to.Write(p[:n])
	return len(p), nil
}
