package ui

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// What a field takes is said beside it and checked before it is sent (web/src/limits.js); the server checks it in any case.

// shortText is up to how many characters a line is short.
const shortText = 60

// sentence is how many lines a text has that is a sentence.
const sentence = 3

func (f Field) lines() int {
	if f.Lines > 0 {
		return f.Lines
	}
	return sentence
}

// limit is how many characters a text may have.
func (f Field) limit() int {
	if f.Limit > 0 {
		return f.Limit
	}
	return process.TextLimit
}

// short reports whether what is typed is short, so that two such fields fit beside each other.
func (f Field) short() bool {
	switch f.Kind {
	case "date", "month", "number", "decimal", "select", "time":
		return true
	case "text":
		return f.Limit > 0 && f.Limit <= shortText
	}
	return false
}

// FileLimits are what a field of files takes. Where nothing is said, it takes what cases take, and the server says how much.
type FileLimits struct {
	Each, All int64    // bytes of one file, and of all that are sent at once
	Most      int      // files at once; 1: one
	Endings   []string // of the names that are taken; none: any
	Kinds     string   // these in words, a key of the catalogue; "": what cases take
	Rows      int      // of a workbook; 0: as many as there are
}

// accept is what a browser offers to choose: a phone opens its camera for pictures.
func (l FileLimits) accept() string {
	if l.Kinds != "" {
		return strings.Join(l.Endings, ",")
	}
	return "image/*,.heic,.pdf,.docx,.xlsx,.mp4"
}

// said are the limits as the field's script reads them, with what it says when one is passed.
func (l FileLimits) said(ctx context.Context) templ.Attributes {
	all := templ.Attributes{"data-endings": strings.Join(l.Endings, ","), "data-kind": i18n.T(ctx, "limit.kind", "Kinds", l.kinds(ctx)), "data-empty": i18n.T(ctx, "limit.empty")}
	if l.Each > 0 {
		all["data-each"], all["data-large"] = strconv.FormatInt(l.Each, 10), i18n.T(ctx, "limit.large", "Size", megabytes(l.Each))
	}
	if l.All > 0 {
		all["data-all"], all["data-heavy"] = strconv.FormatInt(l.All, 10), i18n.T(ctx, "limit.heavy", "Size", megabytes(l.All))
	}
	all["data-remove"] = i18n.T(ctx, "limit.remove")
	if l.Most > 0 {
		all["data-most"], all["data-many"] = strconv.Itoa(l.Most), i18n.T(ctx, "limit.many", "Count", l.Most)
	}
	return all
}

func (l FileLimits) kinds(ctx context.Context) string {
	if l.Kinds != "" {
		return i18n.T(ctx, l.Kinds)
	}
	return i18n.T(ctx, "limit.kinds")
}

func (l FileLimits) words(ctx context.Context) string {
	words := l.kinds(ctx)
	if l.Each > 0 {
		words += i18n.T(ctx, "limit.each", "Size", megabytes(l.Each))
	}
	if l.Rows > 0 {
		words += i18n.T(ctx, "limit.rows", "Count", l.Rows)
	}
	if l.Most > 1 {
		words += i18n.T(ctx, "limit.at_once", "Count", l.Most, "Size", megabytes(l.All))
	}
	return words
}

// megabytes is a size as people read it.
func megabytes(bytes int64) string {
	if bytes < 1<<20 {
		return strconv.FormatInt(bytes>>10, 10) + " KB"
	}
	return strings.TrimSuffix(strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64), ".0") + " MB"
}

// limits says in words what the field takes, where that is not plain to see: how large a number, which files.
func (f Field) limits(ctx context.Context) string {
	switch {
	case f.Kind == "files":
		return f.Takes.words(ctx)
	case f.Least == "" && f.Most == "":
		return ""
	case f.Most == "":
		return i18n.T(ctx, "limit.least", "Least", f.Least)
	case f.Least == "":
		return i18n.T(ctx, "limit.most", "Most", f.Most)
	}
	return i18n.T(ctx, "limit.range", "Least", f.Least, "Most", f.Most)
}

// bounds are the limits of a line or a number as the browser and the field's script read them.
func (f Field) bounds(ctx context.Context) templ.Attributes {
	all := templ.Attributes{}
	if f.Limit > 0 && f.Kind == "text" {
		all["maxlength"] = strconv.Itoa(f.Limit)
	}
	if f.Secret {
		all["data-secret"] = true
	}
	if f.Least != "" {
		all["data-least"] = f.Least
	}
	if f.Most != "" {
		all["data-most"] = f.Most
	}
	if f.Least != "" || f.Most != "" {
		all["data-range"] = f.limits(ctx)
	}
	return all
}
