// Package definitions holds the process definitions and working calendars that Parkway ships. They are data, pinned by every case.
package definitions

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
)

//go:embed *.yaml calendars/*.json
var files embed.FS

// Shipped returns the shipped versions of a kind's definition, oldest first: <kind>.v1.yaml, <kind>.v2.yaml … They are read strictly, and one that
// cannot be published is an error.
func Shipped(kind process.Entry) ([]process.Rules, error) {
	names, err := fs.Glob(files, string(kind.Kind)+".v*.yaml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("find definitions of %s: %w", kind.Kind, errors.Join(err, fs.ErrNotExist))
	}
	all := make([]process.Rules, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		d := reflect.New(kind.Definition)
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(d.Interface()); err != nil {
			return nil, fmt.Errorf("understand %s: %w", name, err)
		}
		rules, ok := d.Elem().Interface().(process.Rules)
		if !ok {
			return nil, fmt.Errorf("%s: a definition of %s is no set of rules", name, kind.Kind)
		}
		if err := rules.Valid(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, rules)
	}
	slices.SortFunc(all, func(a, b process.Rules) int { return a.Edition() - b.Edition() })
	return all, nil
}

// Projects returns the shipped versions of the project's journey, oldest first.
func Projects() ([]lifecycle.Definition, error) { return of[lifecycle.Definition](project.Entry()) }

// Hazards returns the shipped versions of the hazard's loop, oldest first.
func Hazards() ([]rectification.Definition, error) {
	return of[rectification.Definition](hazard.Entry())
}

func of[D process.Rules](kind process.Entry) ([]D, error) {
	shipped, err := Shipped(kind)
	all := make([]D, 0, len(shipped))
	for _, rules := range shipped {
		if d, ok := rules.(D); ok {
			all = append(all, d)
		}
	}
	return all, err
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
