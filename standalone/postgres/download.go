package postgres

import (
	"fmt"
	"io"
	"path/filepath"

	embedded "github.com/fergusstrange/embedded-postgres"
)

// download fetches PostgreSQL's programs with the embedded-postgres module, which also unpacks them: a start of a scratch cluster is its only
// way to do so, and it is stopped at once.
func download(cache string) (string, error) {
	scratch := embedded.NewDatabase(embedded.DefaultConfig().Version(embedded.V15).CachePath(filepath.Join(cache, "cache")).
		RuntimePath(filepath.Join(cache, "runtime")).BinariesPath(filepath.Join(cache, "programs")).
		DataPath(filepath.Join(cache, "scratch")).Port(scratchPort).Logger(io.Discard))
	if err := scratch.Start(); err != nil {
		return "", fmt.Errorf("fetch PostgreSQL: %w", err)
	}
	if err := scratch.Stop(); err != nil {
		return "", fmt.Errorf("stop the scratch cluster: %w", err)
	}
	return filepath.Join(cache, "programs", "bin"), nil
}

const scratchPort = 27431
