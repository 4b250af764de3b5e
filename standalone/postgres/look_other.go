//go:build !linux

package postgres

import "os"

// readlink reads a link; elsewhere there is no /proc to read one of.
func (a *account) readlink(path string) (string, error) { return os.Readlink(path) }
