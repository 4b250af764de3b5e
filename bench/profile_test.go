package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/pprof"
	"slices"
	"strings"
)

// chosen leaves of the scenarios the bare update, the advance and the door, which the ratios need, and those that fit PARKWAY_BENCH_ONLY; all of them without it.
func chosen(all []scenario) []scenario {
	only := os.Getenv("PARKWAY_BENCH_ONLY")
	if only == "" {
		return all
	}
	fits := regexp.MustCompile(only)
	return slices.DeleteFunc(all, func(s scenario) bool { return !s.ratio && !fits.MatchString(s.name) })
}

// profiled writes the program's CPU of one turn into the folder PARKWAY_BENCH_PROFILE, so that `go tool pprof` can add up all turns of a scenario
// and set them against another's; without the folder nothing is written. The caller calls what is returned when the turn is over.
func profiled(users int, name string, round int) (done func(), err error) {
	dir := os.Getenv("PARKWAY_BENCH_PROFILE")
	if dir == "" || round == 0 {
		return func() {}, nil
	}
	name = strings.NewReplacer(" ", "-", ",", "", ":", "").Replace(name)
	file, err := os.Create(filepath.Join(dir, fmt.Sprintf("%d-%s-%02d.prof", users, name, round))) //nolint:gosec // where whoever measures wants it
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = file.Close() }, pprof.StartCPUProfile(file)
}
