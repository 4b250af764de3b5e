// Package letters makes official letters 文书: it knows the sorts there are (sorts/, one file each: a description and the layout of a template), checks the templates
// that an administrator sends instead, fills them in, and reads the finished .docx again for the page that is printed. It keeps nothing.
package letters

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

//go:embed sorts/*.yaml
var files embed.FS

// Sorts are the sorts of letter there are, in their order.
func Sorts() ([]letter.Sort, error) { return known() }

// Sort is the sort with the id.
func Sort(id string) (letter.Sort, bool) {
	all, err := known()
	if i := slices.IndexFunc(all, func(s letter.Sort) bool { return s.ID == id }); err == nil && i >= 0 {
		return all[i], true
	}
	return letter.Sort{}, false
}

var known = sync.OnceValues(func() ([]letter.Sort, error) { //nolint:gochecknoglobals // read once from what is built in
	names, err := fs.Glob(files, "sorts/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("look for the sorts of letters: %w", err)
	}
	var all []letter.Sort
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var s letter.Sort
		if err := yaml.Unmarshal(text, &s); err != nil {
			return nil, fmt.Errorf("understand %s: %w", name, err)
		}
		for _, kind := range s.Kinds {
			entry, known := kinds.Of(process.Kind(kind))
			if !known {
				return nil, fmt.Errorf("%s is about cases of the kind %q, which there is not", name, kind)
			}
			lettered, has := entry.Blank().(process.Lettered)
			if !has {
				return nil, fmt.Errorf("%s is about cases of the kind %q, which has no letters", name, kind)
			}
			s.Says = s.Says.With(lettered.Fields())
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b letter.Sort) int { return cmp.Compare(a.Place, b.Place) })
	return all, nil
})

var shipped sync.Map //nolint:gochecknoglobals // the templates that come with the program never change while it runs

// Shipped is the template that comes with the program.
func Shipped(s letter.Sort) ([]byte, error) {
	if made, ok := shipped.Load(s.ID); ok {
		return made.([]byte), nil //nolint:forcetypeassert // nothing else is stored
	}
	file, err := Docx(s.Layout)
	if err != nil {
		return nil, fmt.Errorf("make the template of %s: %w", s.ID, err)
	}
	shipped.Store(s.ID, file)
	return file, nil
}
