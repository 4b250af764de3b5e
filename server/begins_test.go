package server_test

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// A form proposes nothing that its command refuses, and calls nothing optional that it then demands: held here of every command of every kind, in many states of the
// demo's cases and as everybody who finds it offered, by sending each form as it begins.

// rehearsing is an engine that asks the door's rules what they say of a command and carries nothing out: the demo stays as it was, however many forms are sent.
type rehearsing struct {
	client.Client
	store *store.Store
}

func newRehearsing(t *testing.T, s *store.Store) *rehearsing {
	t.Helper()
	nobody, err := client.NewLazyClient(client.Options{}) // it is never called: what is sent goes no further than the two methods below
	require.NoError(t, err)
	t.Cleanup(nobody.Close)
	return &rehearsing{Client: nobody, store: s}
}

// rehearsed is what came of an update.
type rehearsed struct {
	client.WorkflowUpdateHandle
	err error
}

func (s rehearsed) Get(context.Context, any) error { return s.err }

func (r *rehearsing) UpdateWorkflow(ctx context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	order, _ := options.Args[0].(process.Order)
	kind, _ := kinds.Of(order.Command.KindOf())
	command, err := kind.Read(order.Command, order.Input)
	if err != nil {
		return nil, err
	}
	if refusal := r.store.Faults(ctx, order, command); refusal != nil {
		return rehearsed{err: temporal.NewApplicationErrorWithOptions(refusal.Error(), workflows.RefusalType, temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{*refusal}})}, nil
	}
	return rehearsed{}, nil
}

func (r *rehearsing) UpdateWithStartWorkflow(ctx context.Context, options client.UpdateWithStartWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	return r.UpdateWorkflow(ctx, options.UpdateOptions)
}

// begun is how a form begins: what it sends when nobody touches it, which fields it says can be left out, and what can be chosen in it.
type begun struct {
	sent     url.Values
	optional map[string]bool
	choices  map[string][]string // of what is chosen from a short list
}

var (
	fieldPart   = regexp.MustCompile(`(?s)<div class="pw-field.*?<div id="[^"]*-note">`)
	optionOf    = regexp.MustCompile(`(?s)<option value="([^"]*)"([^>]*)>`)
	inputWith   = regexp.MustCompile(`(?s)<(input|textarea|select)\b([^>]*)>(.*?)(?:</select>|</textarea>|<|$)`)
	idOf        = regexp.MustCompile(`\bid="([^"]*)"`)
	ofNewOne    = regexp.MustCompile(`(?s)<div class="pw-new.*?</pw-choose>`)
	offeredDeed = regexp.MustCompile(`href="(/[a-z-]+/[0-9a-f-]{36})/([a-z_]+)((?:\?[^"]*)?)"`)
)

// beginning reads a form as a browser does.
func beginning(whole string) begun {
	b, form := begun{sent: url.Values{}, optional: map[string]bool{}, choices: map[string][]string{}}, ofNewOne.ReplaceAllString(whole, "")
	for _, part := range fieldPart.FindAllString(form, -1) {
		if id := idOf.FindStringSubmatch(part); id != nil && strings.Contains(part, "<em>选填</em>") {
			b.optional[html.UnescapeString(id[1])] = true
		}
	}
	for _, m := range inputWith.FindAllStringSubmatch(form, -1) {
		at := map[string]string{}
		for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
			at[a[1]] = html.UnescapeString(a[2])
		}
		checked := strings.Contains(m[2], " checked")
		if at["type"] == "radio" && at["name"] != "" && at["value"] != "" {
			b.choices[at["name"]] = append(b.choices[at["name"]], at["value"])
		}
		switch {
		case at["name"] == "" || at["type"] == "submit" || at["type"] == "file" || (at["type"] == "radio" || at["type"] == "checkbox") && !checked:
		case m[1] == "textarea":
			b.sent.Add(at["name"], html.UnescapeString(m[3]))
		case m[1] == "select":
			options := optionOf.FindAllStringSubmatch(m[3], -1)
			i := max(0, slices.IndexFunc(options, func(o []string) bool { return strings.Contains(o[2], " selected") }))
			for _, o := range options {
				if o[1] != "" && len(b.choices[at["name"]]) < 12 {
					b.choices[at["name"]] = append(b.choices[at["name"]], html.UnescapeString(o[1]))
				}
			}
			if len(options) > 0 {
				b.sent.Add(at["name"], html.UnescapeString(options[i][1]))
			}
		default:
			b.sent.Add(at["name"], at["value"])
		}
	}
	return b
}

// began is what the form has in the field that a refusal names, and under which name.
func (b begun) began(fault string) (field, value string) {
	list, _, _ := strings.Cut(fault, "[")
	for _, name := range slices.Sorted(maps.Keys(b.sent)) {
		if value := strings.Join(b.sent[name], ""); process.SameField(name, list) && value != "" {
			return name, value
		}
	}
	return list, ""
}

// unfair is what is wrong with how a form was refused that was sent as it began: "" where only what it left open, and called compulsory, is missing.
func (b begun) unfair(r *process.Refusal) string {
	switch {
	case slices.Contains([]process.Code{process.GateIncomplete, process.MayBeKnown, process.NothingChanged}, r.Code): // what is missing elsewhere, a question back, what stands there as it is
		return ""
	case len(r.Fields) == 0:
		return fmt.Sprintf("offered, and refused as a whole: %s %s", r.Code, r.Chinese)
	}
	for _, fault := range r.Fields {
		field, value := b.began(fault.Name)
		if value != "" {
			return fmt.Sprintf("proposes %s=%q and refuses it: %s", field, value, fault.Chinese)
		}
		for name := range b.optional {
			if process.SameField(name, field) {
				return fmt.Sprintf("calls %s optional and demands it: %s", name, fault.Chinese)
			}
		}
	}
	return ""
}

// who is an account of the demo, and what it may do.
type who struct{ id, username, roles string }

// TestNoFormProposesWhatItRefuses. BEGINS=all tries every case.
func TestNoFormProposesWhatItRefuses(t *testing.T) {
	t.Parallel()
	d := newRehearsed(t)
	db, err := pgx.Connect(t.Context(), d.ownerURL)
	require.NoError(t, err)
	defer db.Close(t.Context())
	most := 1 // case of one standing
	if os.Getenv("BEGINS") == "all" {
		most = 1000
	}
	rows, err := db.Query(t.Context(), `SELECT kind, id::text, kind || '/' || stage || '/' || state || '/' || definition_version || '/' || coalesce(holder_kind, '') || '/' || (suspended_since IS NOT NULL) || '/' || (overdue_since IS NOT NULL)
		FROM (SELECT *, row_number() OVER (PARTITION BY kind, stage, state, definition_version, holder_kind, suspended_since IS NOT NULL, overdue_since IS NOT NULL ORDER BY number) AS n FROM cases) c WHERE n <= $1 ORDER BY kind, number`, most)
	require.NoError(t, err)
	type one struct{ Kind, ID, Standing string }
	cases, err := pgx.CollectRows(rows, pgx.RowToStructByPos[one])
	require.NoError(t, err)
	people := d.people(t, db)
	tried, faults, sent := map[string]int{}, map[string]string{}, 0
	for _, p := range people {
		session := d.session(t, p.username)
		try := func(name process.Name, page string) {
			sent++
			first := string(name) + p.roles
			if tried[first]++; most > 2 {
				tried[first] = 1
			}
			if unfair := d.refusedAsItBegan(t, db, session, page, tried[first] < 3); unfair != "" {
				key := string(name) + " " + unfair
				if len(unfair) > 200 {
					key = key[:200]
				}
				if faults[key] == "" {
					faults[key] = fmt.Sprintf("%s: %s\n\t%s at %s", name, unfair, p.username, page)
				}
			}
		}
		for _, kind := range kinds.All() {
			at := "/" + kind.Path + "/" + string(kind.Opens.Verb())
			if kinds.ByHand(kind) && d.ask(t, session, at, nil).Code == http.StatusOK {
				try(kind.Opens, at)
			}
		}
		for _, c := range cases {
			kind, _ := kinds.Of(process.Kind(c.Kind))
			answer := d.ask(t, session, "/"+kind.Path+"/"+c.ID, nil)
			if answer.Code != http.StatusOK {
				continue
			}
			for _, m := range offeredDeed.FindAllStringSubmatch(answer.Body.String(), -1) {
				name := kind.Kind.Does(process.Verb(m[2]))
				if !strings.HasSuffix(m[1], c.ID) || !slices.Contains(kind.Names(process.ByPeople), name) {
					continue
				}
				key := string(name) + c.Standing + p.roles + regexp.MustCompile(`[0-9a-f-]{36}|\d+`).ReplaceAllString(m[3], "…")
				if tried[key]++; tried[key] <= most {
					try(name, html.UnescapeString(m[1]+"/"+m[2]+m[3]))
				}
			}
		}
	}
	t.Logf("%d forms sent as they began, by %d people on %d cases", sent, len(people), len(cases))
	require.Greater(t, sent, 500)
	require.Empty(t, faults, "%s", strings.Join(slices.Sorted(maps.Values(faults)), "\n"))
}

// people are the accounts that can sign in: of every role, and of every set of them, some.
func (d *demo) people(t *testing.T, db *pgx.Conn) []who {
	t.Helper()
	rows, err := db.Query(t.Context(), `SELECT id::text, username, roles::text FROM users WHERE disabled_at IS NULL ORDER BY username`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (w who, err error) { return w, r.Scan(&w.id, &w.username, &w.roles) })
	require.NoError(t, err)
	of := map[string]int{}
	return slices.DeleteFunc(all, func(w who) bool {
		if _, err := d.auth.SignIn(t.Context(), auth.Attempt{Username: w.username, Password: auth.DemoPassword, Address: "127.0.0.1"}); err != nil {
			return true
		}
		of[w.roles]++
		return of[w.roles] > 2
	})
}

// refusedAsItBegan sends a form as it begins, and with each of its choices made where it is to choose, and says what is unfair in how it was refused.
func (d *demo) refusedAsItBegan(t *testing.T, db *pgx.Conn, session, page string, choose bool) string {
	t.Helper()
	answer := d.ask(t, session, page, nil)
	form := formOf.FindString(answer.Body.String())
	switch {
	case answer.Code != http.StatusOK:
		return fmt.Sprintf("its form is not there: %d", answer.Code)
	case form == "": // a page to choose on which of several it is
		return ""
	}
	b := beginning(form)
	action := html.UnescapeString(regexp.MustCompile(`\baction="([^"]*)"`).FindStringSubmatch(form)[1])
	unfair := d.sent(t, db, session, action, b)
	for _, name := range slices.Sorted(maps.Keys(b.choices)) {
		for _, value := range b.choices[name] {
			if was := b.sent.Get(name); choose && unfair == "" && was != value {
				chosen := begun{sent: maps.Clone(b.sent), optional: b.optional}
				chosen.sent.Set(name, value)
				if said := d.sent(t, db, session, action, chosen); said != "" && !strings.HasPrefix(said, "offered") && !strings.HasPrefix(said, "proposes "+name+"=") {
					unfair = fmt.Sprintf("with %s=%s: %s", name, value, said)
				}
			}
		}
	}
	return unfair
}

// sent sends a form and says what is unfair in how it was refused.
func (d *demo) sent(t *testing.T, db *pgx.Conn, session, action string, b begun) string {
	t.Helper()
	answer := d.ask(t, session, action, b.sent)
	to, err := url.Parse(answer.Header().Get("Location"))
	if err != nil || answer.Code != http.StatusSeeOther {
		return fmt.Sprintf("answered with %d", answer.Code)
	}
	draft := to.Query().Get("draft")
	if draft == "" {
		return "" // done
	}
	var refusal *process.Refusal
	require.NoError(t, db.QueryRow(t.Context(), "SELECT refusal FROM drafts WHERE id = $1", draft).Scan(&refusal))
	if refusal == nil {
		return ""
	}
	return b.unfair(refusal)
}
