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
	if order, ok := first(args).(string); ok && name == "List" { // by which column it is sorted, and whether by words, decides how it is read
		name = strings.TrimSpace("List " + order)
		if slices.ContainsFunc(args, func(arg any) bool { keys, is := arg.([]int32); return is && len(keys) > 0 }) {
			name = "List with words"
		}
	}
	if len(w.asked[name]) < enough && (strings.HasPrefix(text, "SELECT") || strings.HasPrefix(text, "WITH")) && !strings.Contains(text, "FOR UPDATE") {
		w.asked[name] = append(w.asked[name], asked{name, sql, args})
	}
}

func first(args []any) any {
	if len(args) == 0 {
		return nil
	}
	return args[0]
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
		query, _, _ := strings.Cut(name, " ")
		names = append(names, query)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// growing are the tables that grow with the cases.
func growing() []string {
	return []string{"cases", "events", "notices", "sight", "cards", "labels", "dealt", "projects", "hazards", "clocks", "passages", "rounds", "seen", "watches", "messages", "deliveries", "attachments",
		"gate_answers", "buildings", "project_money", "case_facts", "official_numbers", "follow_ups"}
}

var sequential = regexp.MustCompile(`Seq Scan on (` + strings.Join(growing(), "|") + `)\b`)

var (
	oneLetter = regexp.MustCompile(`said ~~ ALL \('\{%[a-z0-9]%\}'`)
	nothing   = regexp.MustCompile(`\(cost=0\.\d\d\.\.0\.\d\d `) // a table in which nothing is
)

// wholly are the lines of a plan without the reads that a limit right above them ends: a word that every few rows have is found soonest in the rows as they
// lie, and the planner reads them so only where that is sooner than the index. Nor does it count that all labels are read to count those that have one letter,
// which most have: the index would be read as wholly, and each label beside.
func wholly(plan []string) []string {
	return slices.DeleteFunc(slices.Clone(plan), func(l string) bool {
		at := slices.Index(plan, l)
		return at > 0 && strings.Contains(l, "Seq Scan on labels") && (strings.Contains(plan[at-1], "Limit ") || at+1 < len(plan) && oneLetter.MatchString(plan[at+1]))
	})
}

// again opens a connection as the watched pool does, unwatched and with the settings, and hands it every name of a query with the queries that were seen under it.
func (w *Watch) again(ctx context.Context, settings []string, do func(conn *pgx.Conn, name string, queries []asked) error) error {
	config := w.config.Copy()
	config.ConnConfig.Tracer = nil
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := config.AfterConnect(ctx, conn); err != nil {
		return err
	}
	for _, setting := range settings {
		if _, err := conn.Exec(ctx, "SET "+setting); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, queries := range w.asked {
		if err := do(conn, name, queries); err != nil {
			return err
		}
	}
	return nil
}

// Sequential explains every query that was seen, with the parameters it was asked with, and returns the plans that read a table that grows with the
// cases from its beginning to its end. settings are made before, for instance "enable_seqscan = off" where the tables are too small for the planner
// to mind: then only a query that no index serves is found.
func (w *Watch) Sequential(ctx context.Context, settings ...string) ([]string, error) {
	found := []string{}
	err := w.again(ctx, settings, func(conn *pgx.Conn, _ string, queries []asked) error {
		for _, q := range queries {
			rows, err := conn.Query(ctx, "EXPLAIN "+q.sql, q.args...)
			if err != nil {
				return fmt.Errorf("explain %s: %w", q.name, err)
			}
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				return fmt.Errorf("explain %s: %w", q.name, err)
			}
			lines = slices.DeleteFunc(lines, func(l string) bool { return nothing.MatchString(l) })
			if slices.ContainsFunc(wholly(lines), sequential.MatchString) {
				found = append(found, fmt.Sprintf("%s %.300s\n", q.name, fmt.Sprint(q.args...))+strings.Join(lines, "\n"))
				break
			}
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}
