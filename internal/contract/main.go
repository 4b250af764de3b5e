// Contract writes api/openapi.yaml from the operations that server/httpapi registers; `make generate` runs it.
package main

import (
	"fmt"
	"os"

	"github.com/parkway-zone/parkway/server/httpapi"
)

func main() {
	text, err := httpapi.Document()
	if err == nil {
		err = os.WriteFile("api/openapi.yaml", text, 0o644) //nolint:gosec // a file of the repository
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
