package seed

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/domain/register"
)

//go:embed library.yaml
var libraryText []byte

// Library is what the hazard library of a zone begins with, each entry as its register keeps it.
func Library() ([]json.RawMessage, error) {
	var entries []map[string]any
	if err := yaml.Unmarshal(libraryText, &entries); err != nil {
		return nil, fmt.Errorf("read the shipped hazard library: %w", err)
	}
	r, _ := register.Of(register.LibraryName)
	docs := make([]json.RawMessage, 0, len(entries))
	for _, entry := range entries {
		entry["withdrawn"] = ""
		doc, err := json.Marshal(entry)
		if err != nil {
			return nil, fmt.Errorf("write an entry of the hazard library: %w", err)
		}
		kept, err := r.Checked(doc)
		if err != nil {
			return nil, fmt.Errorf("the shipped entry %v: %w", entry["name"], err)
		}
		docs = append(docs, kept)
	}
	return docs, nil
}
