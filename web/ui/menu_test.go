package ui

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// TestConditionsSet: the button into which a list's conditions fold says how many are set, not how the list is shown.
func TestConditionsSet(t *testing.T) {
	t.Parallel()
	for path, set := range map[string]int{
		"/projects": 0, "/projects?view=list": 0, "/projects?view=list&q=&stage=": 0, "/projects?view=list&q=莱卡&stage=signed&sort=due": 2,
		"/hazards?tab=closed&found=2024&campaign=&cursor=x": 1, "/hazards?q=%zz": 0, "/registers/units?q=招商&kind=section": 2, "://": 0,
	} {
		require.Equal(t, set, conditionsSet(path), path)
	}
}

// TestEveryPageOfTheMenuHasASignOfItsOwn: two pages with one sign are told apart by reading alone.
func TestEveryPageOfTheMenuHasASignOfItsOwn(t *testing.T) {
	t.Parallel()
	c := Chrome{Actor: process.Actor{Roles: []process.Role{process.Administrator}}, Clock: &Turned{}}
	words, err := i18n.Load()
	require.NoError(t, err)
	whose, seen := map[string]string{}, 0
	for _, group := range menu(i18n.With(t.Context(), words.Speak("zh")), c) {
		for _, page := range group.Items {
			sign := strings.Join(paths(page.Icon), " ")
			require.Empty(t, whose[sign], "%s has the sign of another page", page.URL)
			require.NotEqual(t, strings.Join(paths("nothing of the kind"), " "), sign, "%s has no sign", page.URL)
			whose[sign] = page.URL
			seen++
		}
	}
	require.Greater(t, seen, 10)
}
