package config

import (
	"runtime"
	"runtime/debug"
)

// The linker sets these (Makefile, Dockerfile).
var (
	commit string // abbreviated, with +changes when files differed from it
	date   string // of the commit, 2006-01-02
)

// Version tells which commit the program was built from and of which day that is, and says so when there was no git to ask.
func Version() string {
	what, when := commit, date
	if what == "" {
		what, when = stamped()
	}
	if what == "" {
		what = "commit unknown: built without git"
	}
	if when != "" {
		when = " (" + when + ")"
	}
	return "parkway " + what + when + ", " + runtime.Version()
}

// stamped is what the Go command writes into a program that is built inside a repository.
func stamped() (what, when string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", ""
	}
	changed := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			what = s.Value[:min(len(s.Value), 12)]
		case "vcs.time":
			when = s.Value[:min(len(s.Value), len("2006-01-02"))]
		case "vcs.modified":
			if s.Value == "true" {
				changed = "+changes"
			}
		}
	}
	if what == "" {
		return "", when
	}
	return what + changed, when
}
