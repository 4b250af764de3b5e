package i18n_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/web/i18n"
)

func catalogue(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	all := map[string]any{}
	require.NoError(t, json.Unmarshal(text, &all))
	return all
}

func TestBothCataloguesAreComplete(t *testing.T) {
	t.Parallel()
	zh, en := catalogue(t, "zh.json"), catalogue(t, "en.json")
	for key := range zh {
		require.Contains(t, en, key)
	}
	for key := range en {
		require.Contains(t, zh, key)
	}
}

// TestEveryCountCanBeOne: a phrase with a number has words for one in both languages, also when they are those for many.
func TestEveryCountCanBeOne(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load()
	require.NoError(t, err)
	for _, language := range []string{"zh", "en"} {
		ctx := i18n.With(t.Context(), words.Speak(language))
		for key, phrase := range catalogue(t, language+".json") {
			text, err := json.Marshal(phrase)
			require.NoError(t, err)
			if !strings.Contains(string(text), "{{.Count}}") {
				continue
			}
			for _, count := range []int{0, 1, 2} {
				said := i18n.T(ctx, key, "Count", count)
				require.NotEqual(t, "["+key+"]", said, "%s %s %d", language, key, count)
				require.False(t, count == 1 && regexp.MustCompile(`^1 [a-z ]*(projects|things|hours|days|cases|rows|files)\b`).MatchString(said), said)
			}
		}
	}
}

// TestEveryKeyInUseExists reads the sources: keys that are written out must be in the catalogues, and every key must be in use.
func TestEveryKeyInUseExists(t *testing.T) {
	t.Parallel()
	zh := catalogue(t, "zh.json")
	written := regexp.MustCompile(`"([a-z_]+(?:\.[a-z0-9_.]+)?)"`)
	call := regexp.MustCompile(`i18n\.T\(ctx, "([^"]+)"(\s*\+)?`)
	used, prefixes := map[string]bool{}, []string{}
	for _, pattern := range []string{"../ui/*.templ", "../ui/*.go", "../../server/site/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_templ.go") {
				continue
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, m := range call.FindAllStringSubmatch(string(text), -1) {
				if m[2] == "" {
					require.Contains(t, zh, m[1], file)
				} else {
					prefixes = append(prefixes, m[1])
				}
			}
			for _, m := range written.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
			}
		}
	}
	prefixes = append(prefixes, "field.", "sector.", "site_mode.", "cause.", "level.", "answer.", "state.", "result.", "tls.",
		"command.", "visit_sort.", "visits_found.", "status_verdict.", "infield.", "handling.", "deed.", "lead.", "hint.", "need.", "clock.", "team.", "unit_kind.", "register.", "start.", "policy.", "series.", "rhythm.", "stop_scope.", "acceptance.", "clearance.", "authority.", "import.verdict_", "import.explained", "time_zone.", "setup.calendar_", "reads.", "column.", "export.", "sort.", "need_of.", "urge_way.", "revoke_grounds.", "justified.", "verdict.", "meeting_result.", "achieved.", "recognition.", "hazard_where.", "permits.is.", "item_result.", "item_suggests.", "signature.", "enterprise_status.", "checklist_use.", "taking.", "reporting.", "meeting_held.", "inspection_sort.")
	for _, kind := range kinds.All() {
		used[string(kind.Kind)+".list"] = true
	}
	for key := range zh {
		fits := used[key]
		for _, p := range prefixes {
			fits = fits || strings.HasPrefix(key, p)
		}
		require.True(t, fits, "nobody uses %s", key)
	}
}

// TestEveryKindHasItsWords: a command is its Go type and its words; here the words are missed.
func TestEveryKindHasItsWords(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load()
	require.NoError(t, err)
	for _, language := range []string{"zh", "en"} {
		ctx := i18n.With(t.Context(), c.Speak(language))
		said := func(text, of string) {
			require.False(t, strings.HasPrefix(text, "["), "%s: %s has no words: %s", language, of, text)
		}
		for _, kind := range kinds.All() {
			said(i18n.T(ctx, "kind."+string(kind.Kind)), string(kind.Kind))
			said(i18n.T(ctx, string(kind.Kind)+".list"), string(kind.Kind))
			said(i18n.T(ctx, "for."+string(kind.Kind)), string(kind.Kind)+": what its list is for")
			names := kind.List.Names()
			for _, condition := range kind.List.Conditions {
				names = append(names, condition.Name)
			}
			for _, name := range names {
				said(i18n.First(ctx, "column."+string(kind.Kind)+"."+name, "column."+name, "change."+name), string(kind.Kind)+" "+name)
			}
			for _, about := range kind.Abouts() {
				said(i18n.Deed(ctx, about.Name), string(about.Name))
				if about.By != process.ByPeople {
					continue
				}
				said(i18n.Command(ctx, about.Name), string(about.Name))
				require.NotEmpty(t, i18n.Lead(ctx, about.Name), "%s: what happens once %s is sent (lead.…)", language, about.Name)
				said(i18n.T(ctx, "reads."+string(about.Readers)), string(about.Readers))
				for _, q := range process.QuestionsOf(kind.Input(about.Name)) {
					if q.Kind != process.Seen && q.Kind != process.Emptied {
						said(i18n.Label(ctx, about.Name, q.Path), string(about.Name)+" "+q.Path)
					}
					for _, choice := range q.Choices {
						if q.Words != "" {
							said(i18n.T(ctx, q.Words+"."+choice.Value), string(about.Name)+" "+q.Path)
						}
					}
				}
			}
		}
	}
}

// TestEveryRegisterHasItsWords: a register is its Go type and its words.
func TestEveryRegisterHasItsWords(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load()
	require.NoError(t, err)
	for _, language := range []string{"zh", "en"} {
		ctx := i18n.With(t.Context(), c.Speak(language))
		said := func(key string) {
			require.True(t, i18n.Has(ctx, key), "%s has no %s", language, key)
		}
		for _, r := range register.All() {
			said("register." + string(r.Name))
			said("start." + string(r.Name))
			if !r.Single {
				said("register.new_" + string(r.Name))
			}
			for _, q := range r.Questions() {
				label := i18n.First(ctx, "field."+string(r.Name)+"."+q.Path, "field."+q.Path)
				require.False(t, strings.HasPrefix(label, "["), "%s: %s has no label for %s", language, r.Name, q.Path)
				for _, choice := range q.Choices {
					said(q.Words + "." + choice.Value)
				}
			}
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load()
	require.NoError(t, err)
	zh, en := i18n.With(t.Context(), c.Speak("zh")), i18n.With(t.Context(), c.Speak("en"))
	require.Equal(t, "6 个自然日", i18n.T(zh, "unit.day", "Count", 6))
	require.Equal(t, "1 calendar day", i18n.T(en, "unit.day", "Count", 1))
	require.Equal(t, "6 calendar days", i18n.T(en, "unit.day", "Count", 6))
	require.Equal(t, "2026年11月23日（周一）", i18n.FullDate(zh, clock.NewDate(2026, 11, 23)))
	require.Equal(t, "11月23日（周一）", i18n.Date(zh, clock.NewDate(2026, 11, 23), 2026))
	require.Equal(t, "2024年11月5日", i18n.Date(zh, clock.NewDate(2024, 11, 5), 2026))
	require.Equal(t, "60.40 亿元", i18n.Money(zh, "6040000000.00"))
	require.Equal(t, "[no.such.key]", i18n.T(zh, "no.such.key"))
}

// TestADayStandsBesideItsWord: a day ends with a bracket or 日, after which Chinese leaves no gap.
func TestADayStandsBesideItsWord(t *testing.T) {
	t.Parallel()
	gap := regexp.MustCompile(`\{\{\.(Day|Start|End|Until|From)\}\} 起`)
	for key, words := range catalogue(t, "zh.json") {
		if text, ok := words.(string); ok {
			require.NotRegexp(t, gap, text, key)
		}
	}
}
