package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
)

// Remembered returns what the file holds, or makes it up and writes it, readable by its owner only. A program that is killed meanwhile leaves the
// whole value or none; an empty file, which older versions could leave, counts as none.
func Remembered(path string, make func() (string, error)) (string, error) {
	text, err := os.ReadFile(path)
	if value := strings.TrimSpace(string(text)); err == nil && value != "" {
		return value, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	value, err := make()
	if err != nil {
		return "", err
	}
	if err := writeWhole(path, value+"\n"); err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	return value, nil
}

// Remember writes a value that Remembered will return, readable by its owner only: the whole value or nothing.
func Remember(path, value string) error {
	if err := writeWhole(path, value+"\n"); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// writeWhole writes a file beside its place and moves it there once it is on the disk.
func writeWhole(path, text string) error {
	file, err := os.OpenFile(path+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// freePort returns a free port between 20000 and 29999: below the ephemeral range, so that no outgoing connection takes it later.
func freePort() (string, error) {
	for range 100 {
		port := 20000 + rand.IntN(10000)
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue
		}
		return strconv.Itoa(port), listener.Close()
	}
	return "", errors.New("no free port between 20000 and 29999")
}
