package reads

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Through is how many rows a query went through in the tables that grow with the cases, the most of all the times it was asked.
type Through struct {
	Name string
	Rows int
	Plan string // of that time
}

// node is one step of a plan that was carried out.
type node struct {
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Filtered float64 `json:"Rows Removed by Filter"`
	Checked  float64 `json:"Rows Removed by Index Recheck"`
	Plans    []node  `json:"Plans"`
}

// through adds up the rows that a step and those below it went through, kept or not: an index that is bounded by the zone alone goes through everything, as
// reading the table would. Left out is which cases somebody sees (sight): a list goes through all of theirs, as many as they are, in an index alone.
func (n node) through() float64 {
	sum := 0.0
	if n.Relation != "sight" && slices.Contains(growing(), n.Relation) {
		sum = (n.Rows + n.Filtered + n.Checked) * n.Loops
	}
	for _, below := range n.Plans {
		sum += below.through()
	}
	return sum
}

// GoneThrough carries every query out again that was seen, with the parameters it was asked with, and returns how many rows each went through, the most first.
// Nothing is kept of it. settings are made before.
func (w *Watch) GoneThrough(ctx context.Context, settings ...string) ([]Through, error) {
	found := []Through{}
	err := w.again(ctx, settings, func(conn *pgx.Conn, name string, queries []asked) error {
		most := Through{Name: name, Rows: -1}
		for _, q := range queries {
			rows, plan, err := goneThrough(ctx, conn, q)
			if err != nil {
				return fmt.Errorf("carry %s out: %w", q.name, err)
			}
			if rows > most.Rows {
				most.Rows, most.Plan = rows, plan
			}
		}
		found = append(found, most)
		return nil
	})
	slices.SortFunc(found, func(a, b Through) int { return b.Rows - a.Rows })
	return found, err
}

func goneThrough(ctx context.Context, conn *pgx.Conn, q asked) (int, string, error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return 0, "", err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is to be kept
	var text string
	if err := tx.QueryRow(ctx, "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, FORMAT JSON) "+q.sql, q.args...).Scan(&text); err != nil {
		return 0, "", err
	}
	var plans []struct{ Plan node }
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&plans); err != nil || len(plans) == 0 {
		return 0, "", fmt.Errorf("read the plan: %w", err)
	}
	return int(plans[0].Plan.through()), fmt.Sprint(q.args...) + "\n" + text, nil
}
