// Package registers fills the zone's registers from what people write: forms, Excel sheets and commands. It says of every value what is wrong with
// it, by its column, before anything is written.
package registers

import (
	"context"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Label is what a field of a register is called.
func Label(ctx context.Context, r register.Name, path string) string {
	return i18n.First(ctx, "field."+string(r)+"."+path, "field."+path)
}

// Hint is what helps to fill a field in, "" where it needs no help.
func Hint(ctx context.Context, r register.Name, path string) string {
	if key := "hint." + string(r) + "." + path; i18n.Has(ctx, key) {
		return i18n.T(ctx, key)
	}
	return ""
}

// Shown is a field's value in words: choices and references by name. titles says what the records of a register are called.
func Shown(ctx context.Context, q process.Question, value string, titles func(register.Name) map[string]string) string {
	if value == "" {
		return ""
	}
	if refers := register.Refers(q); refers != "" {
		if name, ok := titles(refers)[value]; ok {
			return name
		}
		return value
	}
	if q.Words == "" {
		return value
	}
	words := []string{}
	for _, one := range strings.Split(value, "、") {
		words = append(words, i18n.First(ctx, q.Words+"."+one))
	}
	return strings.Join(words, "、")
}

// plain is a text without what two people type differently, as names are compared everywhere.
func plain(text string) string { return store.Sought(text) }

// both speaks both languages: a sheet made in one is read in the other too.
func both(ctx context.Context, words *i18n.Catalogue) []context.Context {
	return []context.Context{i18n.With(ctx, words.Speak("zh")), i18n.With(ctx, words.Speak("en"))}
}
