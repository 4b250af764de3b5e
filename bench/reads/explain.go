package reads

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// asked is a query as it was asked.
type asked struct {
	name string
	sql  string
	args []any
}

// enough is how many times of one query are kept to be explained: with the parameters of many pages and roles.
const enough = 60

// keep keeps a query to be explained. The caller holds the lock.
func (w *Watch) keep(name, sql string, args []any) {
	if w.asked == nil {
		w.asked = map[string][]asked{}
	}
	text := strings.TrimSpace(afterComments(sql))
	if len(w.asked[name]) < enough && (strings.HasPrefix(text, "SELECT") || strings.HasPrefix(text, "WITH")) && !strings.Contains(text, "FOR UPDATE") {
		w.asked[name] = append(w.asked[name], asked{name, sql, args})
	}
}

// afterComments is a query without the comments before it.
func afterComments(sql string) string {
	lines := strings.Split(sql, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "--") }), "\n")
}

// Asked names the queries that were seen and can be explained.
func (w *Watch) Asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := []string{}
	for name := range w.asked {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var sequential = regexp.MustCompile(`Seq Scan on (cases|events|notices|sight|cards|labels|dealt|projects|hazards|clocks|passages|rounds|seen|watches|messages|deliveries|attachments)\b`)

// wholly are the lines of a plan without the reads that a limit right above them ends: a word that every few rows have is found soonest in the rows as they
// lie, and the planner reads them so only where that is sooner than the index.
func wholly(plan []string) []string {
	return slices.DeleteFunc(slices.Clone(plan), func(l string) bool {
		at := slices.Index(plan, l)
		return at > 0 && strings.Contains(l, "Seq Scan on labels") && strings.Contains(plan[at-1], "Limit ")
	})
}

// Sequential explains every query that was seen, with the parameters it was asked with, and returns the plans that read a table that grows with the
// cases from its beginning to its end. settings are made before, for instance "enable_seqscan = off" where the tables are too small for the planner
// to mind: then only a query that no index serves is found.
func (w *Watch) Sequential(ctx context.Context, settings ...string) ([]string, error) {
	config := w.config.Copy()
	config.ConnConfig.Tracer = nil
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := config.AfterConnect(ctx, conn); err != nil {
		return nil, err
	}
	for _, setting := range settings {
		if _, err := conn.Exec(ctx, "SET "+setting); err != nil {
			return nil, err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	found := []string{}
	for _, queries := range w.asked {
		for _, q := range queries {
			rows, err := conn.Query(ctx, "EXPLAIN "+q.sql, q.args...)
			if err != nil {
				return nil, fmt.Errorf("explain %s: %w", q.name, err)
			}
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				return nil, fmt.Errorf("explain %s: %w", q.name, err)
			}
			lines = slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, "(cost=0.00..0.00 ") }) // nothing is in it
			if slices.ContainsFunc(wholly(lines), sequential.MatchString) {
				found = append(found, q.name+" "+fmt.Sprint(q.args...)+"\n"+strings.Join(lines, "\n"))
				break
			}
		}
	}
	slices.Sort(found)
	return found, nil
}
