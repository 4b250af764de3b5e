package store

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// isID refuses what cannot be an id.
func isID(id string) error {
	if _, ok := value.ID(id); !ok {
		return process.Refuse(process.NotFound, "没有找到。", "There is no such thing.")
	}
	return nil
}

// onlyUUIDs drops what cannot be an id, so that nonsense in a request reads as "not found" and not as a database error.
func onlyUUIDs(ids []string) []string {
	valid := []string{}
	for _, text := range ids {
		if id, ok := value.ID(text); ok && !slices.Contains(valid, id) {
			valid = append(valid, id)
		}
	}
	return valid
}
