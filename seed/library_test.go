package seed_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
)

// TestTheShippedLibrary: every entry is one that the register takes, with a name of its own, a clause, and a major one by the 判定标准.
func TestTheShippedLibrary(t *testing.T) {
	t.Parallel()
	docs, err := seed.Library()
	require.NoError(t, err)
	require.Greater(t, len(docs), 45)
	names, major := map[string]bool{}, 0
	for _, doc := range docs {
		var f register.Finding
		require.NoError(t, json.Unmarshal(doc, &f))
		require.False(t, names[f.Name], f.Name)
		names[f.Name] = true
		require.NotEmpty(t, f.Clause, f.Name)
		require.NotEmpty(t, f.Requirement, f.Name)
		require.Equal(t, f.Handling == "at_once", f.Days == 0, f.Name)
		require.Equal(t, f.Level == "major", strings.HasPrefix(f.Clause, "工贸企业重大事故隐患判定标准"), f.Name)
		if f.Level == "major" {
			major++
		}
	}
	require.Greater(t, major, 8)
}

// TestTheLibraryIsShippedOnce: what an administrator changes or has already stays as it is, however often the program starts.
func TestTheLibraryIsShippedOnce(t *testing.T) {
	t.Parallel()
	s, _ := empty(t)
	require.NoError(t, s.AddPark(t.Context(), store.Park{ID: uuid.NewString(), Code: "zone", Name: "真实园区", ShortName: "园区", Letters: "真"}))
	docs, err := seed.Library()
	require.NoError(t, err)
	var own register.Finding
	require.NoError(t, json.Unmarshal(docs[0], &own))
	own.Wording = "本单位的表述"
	by := process.Actor{Type: process.Person, ID: uuid.NewString(), Name: "管理员", Roles: []process.Role{process.Administrator}}
	_, err = s.Keep(t.Context(), by, register.LibraryName, []store.Keeping{{Record: own}}, time.Now())
	require.NoError(t, err)
	require.NoError(t, seed.Publish(t.Context(), s))
	read := func() map[string]store.Recorded {
		all, err := s.Records(t.Context(), register.LibraryName)
		require.NoError(t, err)
		found := map[string]store.Recorded{}
		for _, r := range all {
			var f register.Finding
			require.NoError(t, json.Unmarshal(r.Doc, &f))
			found[f.Name] = r
		}
		return found
	}
	before := read()
	require.Len(t, before, len(docs))
	require.Contains(t, string(before[own.Name].Doc), "本单位的表述")
	var second register.Finding
	require.NoError(t, json.Unmarshal(docs[1], &second))
	id := before[second.Name].ID
	second.Name = "换了名称"
	_, err = s.Keep(t.Context(), by, register.LibraryName, []store.Keeping{{ID: id, Record: second}}, time.Now())
	require.NoError(t, err)
	require.NoError(t, seed.Publish(t.Context(), s))
	require.Len(t, read(), len(docs), "what was renamed is not put in again")
}
