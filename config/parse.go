package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
)

// Parse reads a program's arguments and environment. A value that is none of its kind, such as a number with letters, is refused with the name of
// the variable that holds it: the flag that the parser names is not what anybody wrote.
func Parse(commands any, options ...kong.Option) (*kong.Context, error) {
	parser, err := kong.New(commands, options...)
	if err != nil {
		return nil, err
	}
	if err := emptyIsNone(parser.Model); err != nil {
		return nil, err
	}
	if err := mistyped(os.Environ()); err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(os.Args[1:])
	if err == nil {
		return parsed, nil
	}
	var blamed error
	_ = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error { // nothing in it fails
		if flag, ok := node.(*kong.Flag); ok && blamed == nil && !given(flag.Name) && strings.Contains(err.Error()+":", "--"+flag.Name) {
			for _, env := range flag.Envs {
				if value, set := os.LookupEnv(env); set {
					blamed = fmt.Errorf("%s: %q is not a value it can have; set it to one like %s (%w)", env, value, example(flag), err)
				}
			}
		}
		return next(nil)
	})
	if blamed != nil {
		return nil, blamed
	}
	return nil, fmt.Errorf("%w; --help lists what can be asked", err)
}

// mistyped refuses variables that are no setting and nearly called like one: what they ask for would silently not be so. Others that begin like ours
// may belong to whatever runs the program.
func mistyped(environment []string) error {
	var faults []error
	settings := Variables()
	for _, line := range environment {
		name, _, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, "PARKWAY_") || slices.ContainsFunc(settings, func(v Variable) bool { return v.Name == name }) {
			continue
		}
		for _, known := range settings {
			if near := min(2, (len(known.Name)-len("PARKWAY_"))/4); levenshtein.ComputeDistance(name, known.Name) <= near {
				faults = append(faults, fmt.Errorf("%s: there is no such setting; %s is meant, or unset it", name, known.Name))
				break
			}
		}
	}
	return errors.Join(faults...)
}

// emptyIsNone takes variables away that are set to nothing, as compose's ${NAME:-} and an emptied line of a file leave them: they ask for what
// there is without them.
func emptyIsNone(model *kong.Application) error {
	return kong.Visit(model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, env := range flag.Envs {
				if value, set := os.LookupEnv(env); set && value == "" {
					if err := os.Unsetenv(env); err != nil {
						return fmt.Errorf("leave %s out: %w", env, err)
					}
				}
			}
		}
		return next(nil)
	})
}

// given reports whether a flag stands on the command line.
func given(name string) bool {
	for _, argument := range os.Args[1:] {
		if argument == "--"+name || strings.HasPrefix(argument, "--"+name+"=") {
			return true
		}
	}
	return false
}

// example returns a value that a flag can have.
func example(flag *kong.Flag) string {
	switch {
	case flag.HasDefault && flag.Default != "":
		return flag.Default
	case flag.IsBool():
		return "true"
	}
	return "what `--help` says"
}
