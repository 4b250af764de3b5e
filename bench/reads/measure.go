package reads

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parkway-zone/parkway/store"
)

// Bar is what every page and list keeps at the server.
const Bar = 50 * time.Millisecond

// Taken is how long one page took for one person.
type Taken struct {
	Who, Page string
	P50, P95  time.Duration
	Bytes     int
}

// Measure asks every page whose name fits, or all of them, as every role so many times, after one time that is not counted, and returns how long each took at
// the handler.
func Measure(ctx context.Context, s *store.Store, z *Zone, handler http.Handler, times int, only ...*regexp.Regexp) ([]Taken, error) {
	all := []Taken{}
	for _, who := range Roles() {
		project, hazard, err := z.cases(ctx, s, who)
		if err != nil {
			return nil, err
		}
		for _, p := range pages(project.ID, hazard.ID, project.Number) {
			if (p.who != nil && !slices.Contains(p.who, who)) || strings.Contains(p.path, "//") || strings.HasSuffix(p.path, "s/") ||
				slices.ContainsFunc(only, func(fits *regexp.Regexp) bool { return !fits.MatchString(p.name) }) {
				continue
			}
			taken, next, err := z.ask(ctx, handler, who, p.path, times)
			if err != nil {
				return nil, err
			}
			taken.Page = p.name
			all = append(all, taken)
			if next != "" {
				if taken, _, err = z.ask(ctx, handler, who, next, times); err != nil {
					return nil, err
				}
				taken.Page = p.name + ", next page"
				all = append(all, taken)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Taken) int { return int(b.P95 - a.P95) })
	return all, nil
}

// Fitting refuses an expression that the name of no page fits, with the names that there are: before a zone of ten minutes is made for nothing.
func Fitting(only string) (*regexp.Regexp, error) {
	fits, err := regexp.Compile(only)
	if err != nil {
		return nil, fmt.Errorf("read what the names of pages have to fit: %w", err)
	}
	names := []string{}
	for _, p := range pages("a", "a", "a") {
		if fits.MatchString(p.name) {
			return fits, nil
		}
		names = append(names, p.name)
	}
	return nil, fmt.Errorf("no page has a name that fits %q; there are: %s", only, strings.Join(names, "; "))
}

// cases are a project, with buildings where they see one, and a hazard that somebody sees.
func (z *Zone) cases(ctx context.Context, s *store.Store, who string) (p store.ListRow, h store.ListRow, err error) {
	projects, _, err := s.Projects(ctx, z.Person(who), store.Conditions{In: map[string][]string{"stage": {"construction"}}}, "", 1, z.Now)
	if err == nil && len(projects) == 0 {
		projects, _, err = s.Projects(ctx, z.Person(who), store.Conditions{}, "", 1, z.Now)
	}
	if err == nil && len(projects) > 0 {
		p = projects[0]
	}
	if err != nil {
		return p, h, err
	}
	hazards, _, err := s.Hazards(ctx, z.Person(who), store.Conditions{}, "", 1, z.Now)
	if err == nil && len(hazards) > 0 {
		h = hazards[0]
	}
	return p, h, err
}

var nextLink = regexp.MustCompile(`href="(/[^"]*cursor=[^"]+)"`)

// ask asks for one page and returns how long it took and the address of the next page, where there is one.
func (z *Zone) ask(ctx context.Context, handler http.Handler, who, path string, times int) (Taken, string, error) {
	took, body := make([]time.Duration, 0, times), ""
	for i := range times + 1 {
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		if strings.HasPrefix(path, "/api/") {
			request.Header.Set("Authorization", "Bearer "+z.Token(who))
		} else {
			request.AddCookie(&http.Cookie{Name: "parkway_session", Value: z.Session(who)})
		}
		answer := httptest.NewRecorder()
		began := time.Now()
		handler.ServeHTTP(answer, request)
		if i > 0 {
			took = append(took, time.Since(began))
		}
		if answer.Code != http.StatusOK {
			return Taken{}, "", fmt.Errorf("%s as %s: %d %s", path, who, answer.Code, answer.Body.String())
		}
		body = answer.Body.String()
	}
	slices.Sort(took)
	taken := Taken{Who: who, P50: took[len(took)/2], P95: took[len(took)*95/100], Bytes: len(body)}
	if found := nextLink.FindStringSubmatch(body); found != nil && !strings.Contains(path, "cursor=") && !strings.HasPrefix(path, "/api/") {
		return taken, strings.ReplaceAll(found[1], "&amp;", "&"), nil
	}
	return taken, "", nil
}

// Watch notes how long each query takes; it is a watch of store.Open.
type Watch struct {
	config *pgxpool.Config
	mu     sync.Mutex
	taken  map[string][]time.Duration
	asked  map[string][]asked
}

// On lets the watch see every query of the pool.
func (w *Watch) On(config *pgxpool.Config) {
	w.config = config
	config.ConnConfig.Tracer = w
}

type begun struct {
	name string
	at   time.Time
}

type begunKey struct{}

var queryName = regexp.MustCompile(`-- name: (\w+)`)

// TraceQueryStart notes when a query began.
func (w *Watch) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if found := queryName.FindStringSubmatch(data.SQL); found != nil {
		w.mu.Lock()
		w.keep(found[1], data.SQL, data.Args)
		w.mu.Unlock()
		return context.WithValue(ctx, begunKey{}, begun{found[1], time.Now()})
	}
	return ctx
}

// TraceQueryEnd notes how long it took, its rows read.
func (w *Watch) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) {
	b, ok := ctx.Value(begunKey{}).(begun)
	if !ok {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.taken == nil {
		w.taken = map[string][]time.Duration{}
	}
	w.taken[b.name] = append(w.taken[b.name], time.Since(b.at))
}

// Slowest returns the queries by their p95, the slowest first.
func (w *Watch) Slowest() []Taken {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := []Taken{}
	for name, took := range w.taken {
		slices.Sort(took)
		all = append(all, Taken{Page: name, P50: took[len(took)/2], P95: took[len(took)*95/100], Bytes: len(took)})
	}
	slices.SortStableFunc(all, func(a, b Taken) int { return int(b.P95 - a.P95) })
	return all
}

// Report tells the pages, the worst of each first, and the slowest queries.
func Report(all, queries []Taken) string {
	var to strings.Builder
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	worst, order := map[string]Taken{}, []string{}
	for _, t := range all {
		if _, there := worst[t.Page]; !there {
			worst[t.Page], order = t, append(order, t.Page)
		}
	}
	fmt.Fprintf(&to, "\n%-38s %-14s %9s %9s %8s\n", "page", "slowest for", "p50 ms", "p95 ms", "kB")
	for _, name := range order {
		t := worst[name]
		fmt.Fprintf(&to, "%-38s %-14s %9.1f %9.1f %8.1f\n", t.Page, t.Who, ms(t.P50), ms(t.P95), float64(t.Bytes)/1000)
	}
	fmt.Fprintf(&to, "\n%-38s %-14s %9s %9s\n", "slowest page by role", "", "p50 ms", "p95 ms")
	for _, who := range Roles() {
		for _, t := range all {
			if t.Who == who {
				fmt.Fprintf(&to, "%-38s %-14s %9.1f %9.1f\n", t.Page, t.Who, ms(t.P50), ms(t.P95))
				break
			}
		}
	}
	fmt.Fprintf(&to, "\n%-38s %-14s %9s %9s\n", "slowest queries", "times asked", "p50 ms", "p95 ms")
	for _, q := range queries[:min(len(queries), 20)] {
		fmt.Fprintf(&to, "%-38s %-14d %9.1f %9.1f\n", q.Page, q.Bytes, ms(q.P50), ms(q.P95))
	}
	return to.String()
}
