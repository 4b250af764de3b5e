package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// turned is the sign that turns what follows it, which nobody sees.
const turned = "\u202e"

// TestAListNamesAllThatItDoesNotKnow: whoever asks the list of any kind for several things that it does not have is told of each of them in one answer: what the
// contract refuses, what an address cannot hold, and what only the list knows.
func TestAListNamesAllThatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	leader := b.operator(t, b.As(process.Leader))
	named := func(answer object) []string {
		names := []string{}
		for _, f := range answer["fields"].([]any) {
			require.NotEmpty(t, f.(object)["message"])
			names = append(names, f.(object)["name"].(string))
		}
		return names
	}
	for _, kind := range kinds.All() {
		query, wrong := url.Values{"sort": {"weight"}}, []string{"sort"}
		for i, one := range kind.List.Conditions {
			name, text := one.Name, "huge"
			switch {
			case one.By == listing.ByDays && i%2 == 0:
				name, text = one.Name+"_from", "31.12."
			case one.By == listing.ByDays:
				name = one.Name + "_from"
				query.Set(one.Name+"_to", "2026-01-01")
				text = "2026-12-01"
			case one.By == listing.ByShare:
				name, text = one.Name+"_to", "101"
			case one.By != listing.ByValue:
				text = "urn:uuid:me"
			}
			query.Set(name, text)
			wrong = append(wrong, name)
		}
		slices.Sort(wrong)
		require.Greater(t, len(wrong), 2, kind.Kind)
		at := "/" + kind.Path + "?" + query.Encode()
		answer := leader.do(t, 422, "GET", at, nil)
		require.ElementsMatch(t, wrong, named(answer), at)
		require.Equal(t, "invalid_input", answer["code"])
		answer = leader.do(t, 422, "GET", at+"&size=0&overdue=perhaps", nil)
		require.ElementsMatch(t, append([]string{"size", "overdue"}, wrong...), named(answer), "what the contract refuses, too")
	}
	answer := leader.do(t, 422, "GET", "/inbox?unit=x&holder_id=y", nil)
	require.ElementsMatch(t, []string{"holder_id", "unit"}, named(answer), "values of an address that cannot be, of any operation")
}

// TestARefusedSelectionIsThereAgain: a selection with names that its list does not have, sent by the page's own form, is refused there with every one of them named,
// and the name that was typed stays.
func TestARefusedSelectionIsThereAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	session := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	response, page := b.send(t, "/filters", url.Values{"list": {"hazards"}, "query": {"lvel=major&level=huge&sort=weight"}, "name": {"重大的"}, "shared_with": {"own"}}, session)
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, "/hazards", response.Request.URL.Path, "it stands on its list")
	for _, part := range []string{"这个列表没有“lvel”这个条件", "没有“huge”这个选项", "这个列表没有“weight”这一列", `value="重大的"`} {
		require.Contains(t, page, part)
	}
	_, page = b.ask(t, http.MethodGet, "/hazards", "", "Cookie", session)
	require.NotContains(t, page, "重大的", "nothing was kept")
}

// TestNoSentenceIsTurned: a sign that turns the line stands in no sentence that a page or an answer says of what was sent, wherever it came in.
func TestNoSentenceIsTurned(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	b.crowd(t, 1)
	leader, admin := b.As(process.Leader), b.As(process.Administrator)
	word := turned + "gpj.exe"
	quoted := url.QueryEscape(word)
	for _, at := range []string{"/hazards?level=" + quoted, "/hazards?" + quoted + "=major", "/hazards?q=" + quoted, "/projects?view=list&sort=" + quoted, "/search?q=" + quoted, "/enterprises?q=" + quoted,
		"/registers/people?q=" + quoted, "/hazards?columns=" + quoted, "/hazards?found_on_from=" + quoted, "/hazards?unit_id=" + quoted, "/" + quoted, "/hazards/" + quoted, "/sign-in?next=/" + quoted,
		"/api/v1/hazards?level=" + quoted, "/api/v1/hazards?sort=" + quoted, "/api/v1/search?q=" + quoted, "/api/v1/" + quoted, "/api/v1/hazards?size=" + quoted} {
		response, page := b.ask(t, http.MethodGet, at, "", "Cookie", b.session(t, admin)+"; parkway_language=zh")
		require.Less(t, response.StatusCode, 500, at)
		require.NotContains(t, page, turned, at)
	}
	for at, form := range map[string]url.Values{
		"/filters":               {"list": {"hazards"}, "query": {quoted + "=1&level=" + quoted}, "name": {word}, "shared_with": {"own"}},
		"/hazards/record":        {"_key": {"k"}, "location": {word}, "level": {word}, "enterprise_id": {word}, "description": {strings.Repeat(word, 900)}},
		"/registers/units":       {"name": {word}, "sort": {word}, "head_id": {word}},
		"/lists/hazards/columns": {"columns": {word}, "query": {"level=" + quoted}},
	} {
		who := leader
		switch {
		case strings.HasPrefix(at, "/registers"):
			who = admin
		case strings.HasPrefix(at, "/hazards"):
			who = b.As(process.SafetySupervisor)
		}
		response, page := b.send(t, at, form, b.session(t, who)+"; parkway_language=zh")
		require.Less(t, response.StatusCode, 500, at)
		require.NotContains(t, page, turned, at)
		require.NotContains(t, response.Header.Get("Location"), turned, at)
	}
}
