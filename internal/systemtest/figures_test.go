package systemtest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// figures holds the lists against the annual report of 2024 (F18 to F34, F43 to F46 of seed/report-2024.yaml). They hold when the demo begins, its
// examples notwithstanding; what people do afterwards counts on.
func figures(t *testing.T, w *world) {
	type list struct {
		Count      int
		Investment string
	}
	for _, f := range []struct {
		name, query string
		count       int
		investment  string
	}{
		{"F18 重点在建", "in_hand=2024", 31, ""},
		{"F19 单独供地", "in_hand=2024&site_mode=own_land", 21, ""},
		{"F21 新建", "in_hand=2024&site_mode=own_land&started=2024", 9, ""},
		{"F24 建成投产", "in_hand=2024&in_production=2024", 12, ""},
		{"F22 续建中投产", "in_hand=2024&in_production=2024&site_mode=own_land", 7, ""},
		{"F29 新签约", "signed=2024", 14, "6040000000.00"},
		{"F31 即将签约", "stage=signed", 6, "682000000.00"},
		{"F33 重点洽谈", "stage=negotiation", 6, "2050000000.00"},
	} {
		var l list
		w.call(t, "shaojinghe", http.MethodGet, "/projects?"+f.query, nil).read(t, &l)
		require.Equal(t, f.count, l.Count, f.name)
		if f.investment != "" {
			require.Equal(t, f.investment, l.Investment, f.name)
		}
	}
	var hazards struct {
		Totals struct {
			FoundInYear     int `json:"found_in_year"`
			RectifiedInYear int `json:"rectified_in_year"`
		}
	}
	w.call(t, "shaojinghe", http.MethodGet, "/hazards?found=2024", nil).read(t, &hazards)
	require.Equal(t, 41, hazards.Totals.FoundInYear, "F45")
	require.Equal(t, 40, hazards.Totals.RectifiedInYear, "F46")
	var campaigns struct {
		Items []struct{ Hazards int }
	}
	w.call(t, "shaojinghe", http.MethodGet, "/campaigns", nil).read(t, &campaigns)
	require.Len(t, campaigns.Items, 13, "F43")
	var people struct {
		People []struct{ Roles []string }
	}
	w.call(t, "shaojinghe", http.MethodGet, "/people", nil).read(t, &people)
	officers := 0
	for _, p := range people.People {
		if p.Roles[0] == "liaison_officer" {
			officers++
		}
	}
	require.Equal(t, 26, officers, "F35")
	var board struct {
		Columns []struct {
			Stage string
			Count int
		}
	}
	w.call(t, "shaojinghe", http.MethodGet, "/board", nil).read(t, &board)
	counts := map[string]int{}
	for _, c := range board.Columns {
		counts[c.Stage] = c.Count
	}
	require.Equal(t, 14, counts["land_supply"]+counts["permitting"])
	require.Equal(t, 19, counts["construction"])
	require.Equal(t, 12, counts["production"])
}
