package bench

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// atATime is how many users prepare cases at once.
const atATime = 8

// prepared makes n things, several at a time.
func prepared(n int, one func() string) []string {
	ids := make([]string, n)
	var wait sync.WaitGroup
	for first := range min(n, atATime) {
		wait.Go(func() {
			for i := first; i < n; i += atATime {
				ids[i] = one()
			}
		})
	}
	wait.Wait()
	return ids
}

// turn is what one scenario took in one round.
type turn struct {
	took     []time.Duration // of each deed
	whole    time.Duration
	postgres time.Duration // CPU
	program  time.Duration // CPU; engine, worker, server and the users in one process
	way      span
}

// measure lets every scenario have its turn in every round, so that whatever else the machine does meanwhile falls on all of them.
func measure(b *testing.B, d *bed, users int, scenarios []scenario) {
	rounds := min(10, b.N)
	perRound := max(b.N/rounds, users)
	if users > 1 {
		rounds, perRound = min(4, b.N), max(b.N/4, 2*users)
	}
	deeds := make([]deed, len(scenarios))
	turns := make([][]turn, len(scenarios))
	for i, s := range scenarios {
		deeds[i] = s.prepare(b, users, (rounds+1)*perRound)
	}
	b.ResetTimer()
	for round := range rounds + 1 {
		for i := range scenarios {
			done, err := profiled(users, scenarios[i].name, round)
			if err != nil {
				b.Fatal(err)
			}
			t := play(d, users, round*perRound, perRound, deeds[i])
			done()
			if round > 0 { // the first round is for warming up
				turns[i] = append(turns[i], t)
			}
		}
	}
	b.StopTimer()
	if b.N > 1 { // not the trial run
		ways := make([]span, len(turns))
		for i := range turns {
			ways[i] = turns[i][len(turns[i])-1].way
		}
		fmt.Print("\n", table(users, scenarios, turns), waysTable(scenarios, ways)) // the log of a benchmark is cut off after ten lines
	}
	b.ReportMetric(ratio(turns[1], turns[0], median), "advance-p50/bare")
	b.ReportMetric(ratio(turns[1], turns[0], rate), "advance-rate/bare")
	b.ReportMetric(ratio(turns[len(turns)-1], turns[0], median), "door-p50/bare")
}

// play lets the users work at once until n deeds are done.
func play(d *bed, users, first, n int, do deed) turn {
	t := turn{took: make([]time.Duration, n)}
	d.way.reset()
	postgres := d.postgresCPU()
	program, began := programCPU(), time.Now()
	var wait sync.WaitGroup
	for user := range users {
		wait.Go(func() {
			for i := user; i < n; i += users {
				at := time.Now()
				do(user, first+i)
				t.took[i] = time.Since(at)
			}
		})
	}
	wait.Wait()
	t.whole, t.program = time.Since(began), programCPU()-program
	t.postgres = d.postgresCPU() - postgres
	t.way = d.way.mean()
	return t
}

func median(t turn) float64 {
	sorted := slices.Sorted(slices.Values(t.took))
	return float64(sorted[len(sorted)/2])
}

func rate(t turn) float64 { return float64(len(t.took)) / t.whole.Seconds() }

// ratio is the median of the rounds' ratios.
func ratio(of, to []turn, value func(turn) float64) float64 {
	ratios := make([]float64, len(of))
	for i := range of {
		ratios[i] = value(of[i]) / value(to[i])
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

func table(users int, scenarios []scenario, turns [][]turn) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%-22s %8s %8s %7s %8s %8s %12s %12s\n", fmt.Sprintf("%d user(s)", users), "p50 ms", "p95 ms", "/ bare", "per s", "/ bare", "CPU pg ms", "CPU prog ms")
	for i, s := range scenarios {
		var all []time.Duration
		var whole, postgres, program time.Duration
		for _, t := range turns[i] {
			all = append(all, t.took...)
			whole, postgres, program = whole+t.whole, postgres+t.postgres, program+t.program
		}
		slices.SortFunc(all, cmp.Compare)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		n := len(all)
		fmt.Fprintf(&text, "%-22s %8.2f %8.2f %7.2f %8.0f %8.2f %12.2f %12.2f\n", s.name, ms(all[n/2]), ms(all[n*95/100]), ratio(turns[i], turns[0], median),
			float64(n)/whole.Seconds(), ratio(turns[i], turns[0], rate), ms(postgres)/float64(n), ms(program)/float64(n))
	}
	return text.String()
}

// programCPU is what this process has used so far.
func programCPU() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// tick is the unit in which Linux counts the CPU time of other processes.
const tick = 10 * time.Millisecond

// postgresCPU is what the server and its connections have used so far; 0 where the machine does not tell (Linux does).
func (d *bed) postgresCPU() time.Duration {
	text, err := os.ReadFile(filepath.Join(d.dir, "postgres", "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	postmaster, _, _ := strings.Cut(string(text), "\n")
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	var ticks int
	for _, file := range stats {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest) // state, parent, …; user and system time are the 12th and 13th
		if len(fields) < 13 || (fields[1] != postmaster && !strings.HasPrefix(string(stat), postmaster+" ")) {
			continue
		}
		for _, field := range fields[11:13] {
			n, _ := strconv.Atoi(field)
			ticks += n
		}
	}
	return time.Duration(ticks) * tick
}
