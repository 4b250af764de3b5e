// Package kinds is the registry: every kind of case, listed once. Workflows, worker, door, access, search, forecast, lists, API and pages go
// through it; nobody else names a kind because it has to tell kinds apart.
package kinds

import (
	"slices"
	"sync"

	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/request"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/waiver"
)

// all enters the kinds the first time they are asked for: they never change.
var all = sync.OnceValue(func() []process.Entry { //nolint:gochecknoglobals // written once, before anybody reads it
	return []process.Entry{project.Entry(), hazard.Entry(), plantask.Entry(), permit.Entry(), extension.Entry(), opinion.Entry(), meeting.Entry(), enrolment.Entry(), inspection.Entry(), waiver.Entry(), request.Entry(), track.Entry()}
})

// All lists the kinds, always in the same order.
func All() []process.Entry { return slices.Clone(all()) }

// Of returns the kind with the name, and whether there is one.
func Of(kind process.Kind) (process.Entry, bool) {
	for _, e := range all() {
		if e.Kind == kind {
			return e, true
		}
	}
	return process.Entry{}, false
}

// At returns the kind whose pages and operations are at the path, and whether there is one.
func At(path string) (process.Entry, bool) {
	for _, e := range all() {
		if e.Path == path {
			return e, true
		}
	}
	return process.Entry{}, false
}

// About describes a command, and says whether there is one.
func About(name process.Name) (process.About, bool) {
	e, ok := Of(name.KindOf())
	if !ok {
		return process.About{}, false
	}
	return e.About(name)
}

// Opens reports whether the command puts a case on file.
func Opens(name process.Name) bool {
	about, ok := About(name)
	return ok && about.Opens
}

// Opening is the page on which a case of the kind is put on file.
func Opening(e process.Entry) string { return "/" + e.Path + "/" + string(e.Opens.Verb()) }

// OfAnother reports whether a case of the kind can only be put on file about another one, which its form asks for.
func OfAnother(e process.Entry) bool {
	input := e.Input(e.Opens)
	return input != nil && slices.ContainsFunc(process.QuestionsOf(input), func(q process.Question) bool { return q.Kind == process.CaseOf && q.Required })
}

// ByHand reports whether people put cases of the kind on file; others only follow from a deed on another case.
func ByHand(e process.Entry) bool {
	about, known := e.About(e.Opens)
	return known && about.By == process.ByPeople
}

// URL is the page of a case; of a kind that is no more, the front page.
func URL(kind process.Kind, caseID string) string {
	if e, ok := Of(kind); ok {
		return "/" + e.Path + "/" + caseID
	}
	return "/"
}
