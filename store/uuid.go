package store

import (
	"slices"

	"github.com/google/uuid"
)

// onlyUUIDs drops what cannot be an id, so that nonsense in a request reads as "not found" and not as a database error.
func onlyUUIDs(ids []string) []string {
	valid := []string{}
	for _, id := range ids {
		if _, err := uuid.Parse(id); err == nil && !slices.Contains(valid, id) {
			valid = append(valid, id)
		}
	}
	return valid
}
