package site

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/web/ui"
)

func TestSignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"/hazards?tab=overdue": "/hazards?tab=overdue", "": "/", "https://evil.example": "/", "//evil.example/x": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/"} {
		require.Equal(t, want, local(given), given)
	}
}

// TestWhoReadsReachesTheCommand: the choice that a form draws is part of what is carried out, for every command whose writer chooses.
func TestWhoReadsReachesTheCommand(t *testing.T) {
	t.Parallel()
	staff := process.Actor{Type: process.Person, ID: "x", Roles: process.Of(process.Leader)}
	firm := process.Actor{Type: process.Person, ID: "y", EnterpriseID: "e", Roles: process.Of(process.Enterprise)}
	chosen := 0
	for _, kind := range kinds.All() {
		for _, about := range kind.Abouts() {
			if about.By != process.ByPeople {
				continue
			}
			for _, actor := range []process.Actor{staff, firm} {
				r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("audience=shared"))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				c := echo.New().NewContext(r.WithContext(auth.With(r.Context(), auth.Identity{Actor: actor})), httptest.NewRecorder())
				input := map[string]any{}
				choose(c, about.Name, input)
				if !access.Chooses(actor, about.Name) {
					require.Empty(t, input, about.Name)
					continue
				}
				chosen++
				text, err := raw(input)
				require.NoError(t, err)
				command := reflect.New(kind.Input(about.Name))
				require.NoError(t, process.Strictly(text, command.Interface()), about.Name)
				readable, ok := command.Elem().Interface().(process.Readable)
				require.True(t, ok, about.Name)
				require.Equal(t, process.Shared, readable.ReadBy(), about.Name)
			}
		}
	}
	require.Positive(t, chosen)
}

func TestPut(t *testing.T) {
	t.Parallel()
	tree := map[string]any{}
	put(tree, "facts.sector", "textile")
	put(tree, "facts.is_key", true)
	put(tree, "title", "x")
	require.Equal(t, map[string]any{"title": "x", "facts": map[string]any{"sector": "textile", "is_key": true}}, tree)
}

// TestWhatIsTickedAndWrittenComesTogether: the boxes and the line beside them are one list, and a form that comes back shows both again.
func TestWhatIsTickedAndWrittenComesTogether(t *testing.T) {
	t.Parallel()
	q := process.Question{Path: "buildings", Kind: process.Ticks, Other: true}
	ask := func(form string) echo.Context {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		require.NoError(t, r.ParseForm())
		return echo.New().NewContext(r, httptest.NewRecorder())
	}
	input, err := new(Site).inputOf(ask("buildings=1%23&buildings=5%23&buildings=7%23-9%23"), []process.Question{q})
	require.NoError(t, err)
	require.Equal(t, map[string]any{"buildings": []string{"1#", "5#", "7#-9#"}}, input)
	input, err = new(Site).inputOf(ask("buildings=&buildings=+"), []process.Question{q})
	require.NoError(t, err)
	require.Empty(t, input)
	q.Required = true
	_, err = new(Site).inputOf(ask("buildings="), []process.Question{q})
	require.ErrorContains(t, err, "at least one")

	f := ui.Form{Fields: []ui.Field{{Name: "buildings", Kind: "checks", Other: true, Options: []ui.Option{{Value: "1#"}, {Value: "2#"}}}}}
	again(ask("buildings=1%23&buildings=7%23-9%23"), &f, task{questions: []process.Question{q}}, nil)
	require.True(t, f.Fields[0].Holds("1#"))
	require.False(t, f.Fields[0].Holds("2#"))
	require.Equal(t, "7#-9#", f.Fields[0].Rest())
}
