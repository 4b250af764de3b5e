// Package i18n speaks Chinese and English. Catalogues are flat JSON files; tests prove that both are complete and that every key in use exists.
package i18n

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

//go:embed *.json
var catalogues embed.FS

// Catalogue holds both languages.
type Catalogue struct{ bundle *goi18n.Bundle }

// Load reads the catalogues.
func Load() (*Catalogue, error) {
	bundle := goi18n.NewBundle(language.Chinese)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, file := range []string{"zh.json", "en.json"} {
		if _, err := bundle.LoadMessageFileFS(catalogues, file); err != nil {
			return nil, fmt.Errorf("read the catalogue %s: %w", file, err)
		}
	}
	return &Catalogue{bundle: bundle}, nil
}

// Speaker is the language of one request.
type Speaker struct {
	localizer *goi18n.Localizer
	language  string
}

// Speak returns a speaker of "zh" or "en".
func (c *Catalogue) Speak(lang string) *Speaker {
	return &Speaker{localizer: goi18n.NewLocalizer(c.bundle, lang), language: lang}
}

type speakerKey struct{}

// With returns a context whose pages are in the speaker's language.
func With(ctx context.Context, s *Speaker) context.Context {
	return context.WithValue(ctx, speakerKey{}, s)
}

func from(ctx context.Context) *Speaker {
	s, ok := ctx.Value(speakerKey{}).(*Speaker)
	if !ok {
		panic("i18n: the context has no speaker; pages are rendered through server/site")
	}
	return s
}

// T returns the phrase with the key. pairs are names and values of its placeholders; one named Count chooses the plural. A key that is missing
// shows as itself in brackets, which a test turns into a failure.
func T(ctx context.Context, key string, pairs ...any) string {
	s := from(ctx)
	config := &goi18n.LocalizeConfig{MessageID: key}
	if len(pairs) > 0 {
		data := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name := fmt.Sprint(pairs[i])
			data[name] = pairs[i+1]
			if name == "Count" {
				config.PluralCount = pairs[i+1]
			}
		}
		config.TemplateData = data
	}
	text, err := s.localizer.Localize(config)
	if err != nil && config.PluralCount != nil {
		config.PluralCount = nil // its words are the same for one and for many
		text, err = s.localizer.Localize(config)
	}
	if err != nil {
		return "[" + key + "]"
	}
	return text
}

// Has reports whether the catalogue has the key.
func Has(ctx context.Context, key string) bool {
	s := from(ctx)
	_, err := s.localizer.Localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: map[string]any{}})
	return err == nil
}

// First returns the phrase with the first key that the catalogue has; when it has none, the last one shows as itself.
func First(ctx context.Context, keys ...string) string {
	for _, key := range keys[:len(keys)-1] {
		if Has(ctx, key) {
			return T(ctx, key)
		}
	}
	return T(ctx, keys[len(keys)-1])
}

// Command is a command as the verb on a button. What every kind can do has one word, unless a kind calls it otherwise.
func Command(ctx context.Context, name process.Name) string { return ofCommand(ctx, "command", name) }

// Deed is what somebody did with a command, for the history.
func Deed(ctx context.Context, name process.Name) string { return ofCommand(ctx, "deed", name) }

// Lead says what a command will do and who hears of it; "" where that needs no words.
func Lead(ctx context.Context, name process.Name) string {
	if text := ofCommand(ctx, "lead", name); !strings.HasPrefix(text, "[") {
		return text
	}
	return ""
}

func ofCommand(ctx context.Context, what string, name process.Name) string {
	return First(ctx, what+"."+string(name), what+"."+string(name.Verb()))
}

// Label is what a field of a command's form is called: by this command, by every command with the verb, or by all.
func Label(ctx context.Context, name process.Name, path string) string {
	return First(ctx, "field."+string(name)+"."+path, "field."+string(name.Verb())+"."+path, "field."+path)
}

// Lang returns "zh" or "en".
func Lang(ctx context.Context) string { return from(ctx).language }

// Pick returns the phrase's wording in the request's language.
func Pick(ctx context.Context, text process.Text) string {
	if Lang(ctx) == "en" && text.English != "" {
		return text.English
	}
	return text.Chinese
}

// FullDate prints 2026年11月23日（周一） or Mon 23 Nov 2026.
func FullDate(ctx context.Context, day clock.Date) string {
	if Lang(ctx) == "en" {
		return day.Start().Format("Mon 2 Jan 2006")
	}
	return day.Start().Format("2006年1月2日") + day.InWeek()
}

// Date prints 11月23日（周一）, with the year when it is not this one.
func Date(ctx context.Context, day clock.Date, thisYear int) string {
	if day.IsZero() {
		return "—"
	}
	chinese, english := day.Words(thisYear)
	return Pick(ctx, process.Text{Chinese: chinese, English: english})
}

// Clock prints the time of day, 16:42.
func Clock(at time.Time) string { return at.In(clock.Zone()).Format("15:04") }
