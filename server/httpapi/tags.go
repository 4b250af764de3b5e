package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// tags are the parts of the contract beside the kinds, each of which is a part of its own.
func tags() []*huma.Tag {
	return []*huma.Tag{
		{Name: "cases", Description: "What every case has: history, verification, attachments"},
		{Name: "work", Description: "What waits for the caller"},
		{Name: "zone", Description: "Enterprises, units, people, campaigns and the calendar"},
		{Name: "account", Description: "What is the caller's own: tokens, reminders, absences"},
		{Name: "administration", Description: "What administrators look after: accounts, channels, processes, the calendar"},
	}
}

// tagWords is what a kind's part is called.
func (f *face) tagWords(entry process.Entry) string {
	speak := func(language string) string {
		return i18n.T(i18n.With(context.Background(), f.words.Speak(language)), "kind."+string(entry.Kind))
	}
	return speak("en") + " · " + speak("zh")
}
