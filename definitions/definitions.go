// Package definitions holds the process definitions and working calendars that Parkway ships. They are data, pinned by every case.
package definitions

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/rectification"
)

//go:embed *.yaml calendars/*.json
var files embed.FS

// Projects returns the shipped versions of the project's journey, oldest first.
func Projects() ([]lifecycle.Definition, error) { return read[lifecycle.Definition]("project.v*.yaml") }

// Hazards returns the shipped versions of the hazard's loop, oldest first.
func Hazards() ([]rectification.Definition, error) {
	return read[rectification.Definition]("hazard.v*.yaml")
}

// read decodes the files strictly and refuses what cannot be published.
func read[D interface{ Valid() error }](pattern string) ([]D, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("find definitions %s: %w", pattern, err)
	}
	all := make([]D, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var d D
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&d); err != nil {
			return nil, fmt.Errorf("understand %s: %w", name, err)
		}
		if err := d.Valid(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, d)
	}
	return all, nil
}

// Calendar returns the shipped working calendar. Its version names the years it knows.
func Calendar() (clock.Calendar, error) {
	cal := clock.Calendar{Version: "cn", Years: map[int]string{}, Special: map[clock.Date]clock.Special{}}
	names, err := fs.Glob(files, "calendars/*.json")
	if err != nil {
		return cal, fmt.Errorf("find calendars: %w", err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return cal, fmt.Errorf("read %s: %w", name, err)
		}
		year, err := clock.ParseHolidays(text)
		if err != nil {
			return cal, fmt.Errorf("understand %s: %w", name, err)
		}
		if path.Base(name) != fmt.Sprintf("%d.json", year.Year) {
			return cal, fmt.Errorf("%s: is named after another year", name)
		}
		version := cal.Version + fmt.Sprintf("-%d", year.Year)
		cal = cal.With(year)
		cal.Version = version
	}
	return cal, nil
}
