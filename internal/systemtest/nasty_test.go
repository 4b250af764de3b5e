package systemtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/request"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/domain/waiver"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

// nasty are the values that forty public bug reports of programs like this one are about, as somebody sends them: in an address, a form, a header, JSON.
func nasty() []string {
	return []string{
		"", " ", "\u3000", "\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\u200b", "\u200b\u2060\ufeff", "\u202egpj.exe", "\u2066x\u2069", "e\u0301", "\u0301", "\u3164", "\u2800",
		"１２３．５", "%", "_", "%_%", `\`, "'", `"`, "';--", "<script>alert(1)</script>", "{{7*7}}", "${x}", "../../etc/passwd", "%00", "%ff", "a\r\nSet-Cookie: x=1", "\v\f\x07\x7f\u0085",
		"。", "。\n。", "，、。", "👨‍👩‍👧‍👦", "𠮷", "\U0010ffff", "\ue000", strings.Repeat("长", 4001), strings.Repeat("a", 60_000), strings.Repeat("\u0301", 5000),
		"not-a-uuid", "urn:uuid:0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44", "{0f8e3c52-6d0b-4c6e-9a51-2f6f1d1b7a44}", "0F8E3C526D0B4C6E9A512F6F1D1B7A44", "00000000-0000-0000-0000-000000000000",
		"0F8E3C52-6D0B-4C6E-9A51-2F6F1D1B7A44", "-1", "0", "99999999999.00", "9223372036854775808", "4294967297", "1e400", "1" + strings.Repeat("0", 30), "NaN", "0.001", "0x10",
		"0001-01-01", "9999-12-31", "2026-02-30", "2026-12-04T25:00:00Z", "0000-00-00", "-infinity", "infinity", "true", "null", "undefined", "[]", "system", "admin", "*", "moonshine",
		"aW5maW5pdHl8MGY4ZTNjNTI", "OTk5OS05OS05OSA5OTo5OTo5OXwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA", "LWluZmluaXR5fHVybjp1dWlkOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
	}
}

// spread shares the values out among the places of one operation or form: each value goes to one of them, or to one in twelve. NASTY=all puts
// every value into every place, which takes a quarter of an hour.
func spread(values []string, place, places int) []string {
	if os.Getenv("NASTY") == "all" {
		return values
	}
	among := max(1, min(12, places))
	some := []string{}
	for i, v := range values {
		if i%among == place%among {
			some = append(some, v)
		}
	}
	return some
}

// The two ways in which a command is sent. Its values take turns between them: each goes one way of it, or neither, and of the next command another.
const (
	byAPI  = 0
	byForm = 1
	turns  = 4 // of four values one goes the one way, one the other; what reads a field is the same for every command
)

// goes are the values that go the one way, of a command; what is no command has no other way and is sent all.
func goes(values []string, name process.Name, way int) []string {
	if _, command := kinds.About(name); !command || os.Getenv("NASTY") == "all" {
		return values
	}
	turn := 0
	for _, letter := range string(name) {
		turn += int(letter)
	}
	some := []string{}
	for i, v := range values {
		if (i+turn)%turns == way {
			some = append(some, v)
		}
	}
	return some
}

// sharing says which part of the values a command takes: what every kind's cases can do is one command, and its kinds take turns, so that together they try all.
func sharing(name process.Name) (place, places int) {
	common := slices.ContainsFunc(casework.Commands(), func(c process.Common) bool {
		return c.About(process.Leading{Kind: name.KindOf()}).Name == name
	})
	at := slices.IndexFunc(kinds.All(), func(k process.Entry) bool { return k.Kind == name.KindOf() })
	if !common || at < 0 {
		return 0, 1
	}
	return at, len(kinds.All())
}

// rawJSON are values that no text stands for.
func rawJSON() []string {
	return []string{`null`, `true`, `0`, `-1`, `1.5`, `1e400`, `99999999999999999999`, `[]`, `{}`, `[null]`, `[[[[[[[[]]]]]]]]`, `"\u0000"`, `"\ud800"`, `"\udc00\ud800"`, `"\u202e"`,
		`{"a":1,"a":2}`, strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), `"` + "\xff" + `"`}
}

// attacker asks as somebody of the zone with every role that acts, whom nothing is forbidden: what is refused is refused for what it is.
type attacker struct {
	*world
	who    process.Actor
	client *http.Client
	asked  *atomic.Int64
	loud   *atomic.Int64 // what the database refused although the rules had let it through
	cases  map[process.Kind][]string
	fit    *sync.Map // by test and command, where among the cases of its kind it was offered last; -1: nowhere any more
}

func newAttacker(t *testing.T, w *world, loud *atomic.Int64) *attacker {
	t.Helper()
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	a := &attacker{world: w, loud: loud, asked: &atomic.Int64{}, fit: &sync.Map{}, cases: map[process.Kind][]string{}, who: process.Actor{Type: process.Person, ID: uuid.NewString(), Name: "坏天气"}}
	hash, err := auth.Hash("parkway-demo")
	require.NoError(t, err)
	p := accounts.AddUserParams{ID: a.who.ID, ParkID: park.ID, Username: "nasty", Name: a.who.Name, PasswordHash: hash}
	for _, role := range []process.Role{process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Leader, process.Administrator} {
		a.who.Roles, p.Roles = append(a.who.Roles, role), append(p.Roles, string(role))
	}
	require.NoError(t, w.store.Accounts().AddUser(t.Context(), p))
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	a.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	signed := post(t, a.client, w.web.URL+"/sign-in", url.Values{"username": {"nasty"}, "password": {"parkway-demo"}})
	require.Equal(t, http.StatusSeeOther, signed.StatusCode)
	ids, err := w.store.CaseIDs(t.Context(), "", 500)
	require.NoError(t, err)
	for _, id := range ids {
		standing, err := w.store.Standing(t.Context(), id)
		require.NoError(t, err)
		a.cases[standing.Kind] = append(a.cases[standing.Kind], id)
	}
	enterprise := a.id(t, "enterprise_id")
	sector, site := "textile", project.OwnLand
	for i := range 20 { // some of the attacker's own, which may be delegated and handed back
		outcome, err := w.app.Do(t.Context(), app.Request{Command: project.OpenName, Key: uuid.NewString(), Actor: a.who,
			Input: project.Open{Title: fmt.Sprintf("项目 %d", i), EnterpriseID: enterprise, EntryStage: "lead", Facts: project.Given{Sector: &sector, SiteMode: &site}, AllTheSame: "只为试错"}})
		require.NoError(t, err)
		a.cases[project.Kind] = append(a.cases[project.Kind], outcome.Standing.CaseID)
		outcome, err = w.app.Do(t.Context(), app.Request{Command: hazard.RecordName, Key: uuid.NewString(), Actor: a.who,
			Input: hazard.Record{EnterpriseID: enterprise, Location: "车间", Description: fmt.Sprintf("隐患 %d", i), Level: hazard.General}})
		require.NoError(t, err)
		a.cases[hazard.Kind] = append(a.cases[hazard.Kind], outcome.Standing.CaseID)
	}
	leader := process.Actor{Type: process.Person, ID: a.id(t, "manager_id"), Name: "陆致远", Roles: process.Of(process.Leader)}
	mine := a.cases[project.Kind][len(a.cases[project.Kind])-20:]
	for _, id := range mine[:10] { // what somebody else asks to be waived, which the attacker decides
		outcome, err := w.app.Do(t.Context(), app.Request{CaseID: id, Command: project.AskWaiverName, Key: uuid.NewString(), Actor: leader,
			Input: project.AskWaiver{Requirement: "first_contact", Reason: "下周对接", Until: w.today().AddDays(30), Decider: a.who.ID}})
		require.NoError(t, err)
		a.cases[waiver.Kind] = append(a.cases[waiver.Kind], store.FollowedID(id, outcome.Event.Version, 0))
	}
	for i, id := range a.cases[hazard.Kind][len(a.cases[hazard.Kind])-20:][:8] { // what somebody else asks to be withdrawn, which the attacker decides, and what is sent about hazards
		other := process.Actor{Type: process.Person, ID: leader.ID, Name: leader.Name, Roles: process.Of(process.Leader, process.SafetySupervisor)}
		do := func(name process.Name, input any, kind process.Kind) {
			outcome, err := w.app.Do(t.Context(), app.Request{CaseID: id, Command: name, Key: uuid.NewString(), Actor: other, Input: input})
			require.NoError(t, err)
			if kind != "" {
				a.cases[kind] = append(a.cases[kind], store.FollowedID(id, outcome.Event.Version, 0))
			}
		}
		do("hazard.send_copy", tracking.SendCopy{Body: fmt.Sprintf("单位 %d", i), Tells: "请依法处理"}, track.Kind)
		do(hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: w.today().AddDays(30), InspectorIDs: []string{a.who.ID}}, "")
		do(hazard.AskWithdrawalName, hazard.AskWithdrawal{Reason: "重复登记", Decider: a.who.ID}, request.Kind)
	}
	for i := range 4 { // the demo's are done
		a.reviewed(t, i, project.Open{Title: fmt.Sprintf("上会项目 %d", i), EnterpriseID: enterprise, EntryStage: "joint_review", Facts: project.Given{Sector: &sector, SiteMode: &site}, AllTheSame: "只为试错"})
	}
	for i := range 20 { // the demo has none
		outcome, err := w.app.Do(t.Context(), app.Request{Command: plantask.RecordName, Key: uuid.NewString(), Actor: a.who,
			Input: plantask.Record{Title: fmt.Sprintf("任务 %d", i), DueOn: w.today().AddDays(30)}})
		require.NoError(t, err)
		a.cases[plantask.Kind] = append(a.cases[plantask.Kind], outcome.Standing.CaseID)
	}
	asker := process.Actor{Type: process.Person, ID: a.id(t, "manager_id"), Name: "陆致远", Roles: process.Of(process.ProjectManager)}
	for i := range 10 { // and somebody else's requests, which the attacker decides
		outcome, err := w.app.Do(t.Context(), app.Request{Command: plantask.RecordName, Key: uuid.NewString(), Actor: asker,
			Input: plantask.Record{Title: fmt.Sprintf("延期的任务 %d", i), DueOn: w.today().AddDays(30)}})
		require.NoError(t, err)
		outcome, err = w.app.Do(t.Context(), app.Request{Command: extension.AskName, Key: uuid.NewString(), Actor: asker,
			Input: extension.Ask{Case: outcome.Standing.CaseID, Until: w.today().AddDays(60), Reason: "雨季", Measures: "加人", Decider: a.who.ID}})
		require.NoError(t, err)
		a.cases[extension.Kind] = append(a.cases[extension.Kind], outcome.Standing.CaseID)
	}
	return a
}

// reviewed opens a project that comes before a meeting of its own, on which a department is asked.
func (a *attacker) reviewed(t *testing.T, i int, open project.Open) {
	t.Helper()
	do := func(name process.Name, input any) string {
		t.Helper()
		outcome, err := a.app.Do(t.Context(), app.Request{Command: name, Key: uuid.NewString(), Actor: a.who, Input: input})
		require.NoError(t, err)
		a.cases[name.KindOf()] = append(a.cases[name.KindOf()], outcome.Standing.CaseID)
		return outcome.Standing.CaseID
	}
	p := do(project.OpenName, open)
	do(opinion.AskName, opinion.Ask{Project: p, Desk: "tax"})
	do(meeting.ConveneName, meeting.Convene{Sort: "joint_review", Title: fmt.Sprintf("会议 %d", i), On: a.today(), Projects: []string{p}})
}

// send asks and holds the answer to what is promised: no 5xx, and within a second. One that took longer is asked twice more before it counts, because
// others may be at work on this machine (crowding).
func (a *attacker) send(t *testing.T, what, method, address string, body []byte, header http.Header) (int, []byte) {
	t.Helper()
	a.asked.Add(1)
	status, text, took := a.once(t, method, address, body, header)
	bound := time.Second
	for again := 0; again < 2 && took > bound; again++ {
		bound = time.Duration(crowding() * float64(time.Second))
		_, _, took = a.once(t, method, address, body, header)
	}
	if took > bound {
		t.Errorf("%s %s took %s\n%s", method, cut(address), took, cut(what))
	}
	if status >= http.StatusInternalServerError {
		t.Errorf("%s %s: %d\n%s\n%s", method, cut(address), status, cut(what), cut(string(text)))
	}
	return status, text
}

func (a *attacker) once(t *testing.T, method, address string, body []byte, header http.Header) (int, []byte, time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, a.web.URL, bytes.NewReader(body))
	require.NoError(t, err)
	path, query, _ := strings.Cut(address, "?")
	request.URL.Opaque, request.URL.RawQuery = "//"+request.URL.Host+path, query // as it is written, whatever a client would make of it
	for name, values := range header {
		request.Header[name] = values
	}
	began := time.Now()
	response, err := a.client.Do(request)
	if err != nil { // the library here, not the server, takes no such address or header
		return 0, nil, 0
	}
	defer response.Body.Close()
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		return response.StatusCode, nil, time.Since(began)
	}
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, text, time.Since(began)
}

// crowding is how many want each of the machine's processors: 1 while there is room, or where the machine does not say, and 4 at most.
func crowding() float64 {
	var load float64
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		_, _ = fmt.Sscan(string(text), &load)
	}
	return min(4, max(1, load/float64(runtime.NumCPU())))
}

func cut(text string) string {
	if len(text) > 400 {
		return text[:400] + "…"
	}
	return text
}

// fitting is a case on which the command is offered now, or any of its kind. It looks first where it found one last, and no more once the values of this
// command have used up all: to look through every case again for each value was half the time of this test.
func (a *attacker) fitting(t *testing.T, kind process.Entry, name process.Name) string {
	t.Helper()
	first := 0
	at := t.Name() + string(name)
	if last, ok := a.fit.Load(at); ok {
		first = last.(int)
	}
	if first < 0 {
		return a.cases[kind.Kind][0]
	}
	for i := range a.cases[kind.Kind] {
		i = (first + i) % len(a.cases[kind.Kind])
		id := a.cases[kind.Kind][i]
		c, err := a.store.Case(t.Context(), a.who, id)
		require.NoError(t, err)
		c.Env.Today = a.today()
		if access.May(a.who, name, access.Relation(c.Subject.Own(a.who))) && c.Fits(name, c.Subject, a.who, c.Env) != process.Not {
			a.fit.Store(at, i)
			return id
		}
	}
	a.fit.Store(at, -1)
	return a.cases[kind.Kind][0]
}

// lanes runs what is to be tried side by side, a lane for each kind of case; what belongs to no kind comes after them, since it may change any of them.
func lanes(t *testing.T, tried map[process.Kind][]func(t *testing.T)) {
	t.Run("Kinds", func(t *testing.T) {
		for _, kind := range kinds.All() {
			t.Run(string(kind.Kind), func(t *testing.T) {
				t.Parallel()
				for _, try := range tried[kind.Kind] {
					try(t)
				}
			})
		}
	})
	t.Run("Others", func(t *testing.T) {
		for _, try := range tried[""] {
			try(t)
		}
	})
}

// kindAt is the kind whose cases an address is about, or none.
func kindAt(path string) process.Kind {
	for _, entry := range kinds.All() {
		if path == "/"+entry.Path || strings.HasPrefix(path, "/"+entry.Path+"/") {
			return entry.Kind
		}
	}
	return ""
}

// counting is a logger that counts what the database refused although the rules had let it through.
type counting struct {
	slog.Handler
	loud *atomic.Int64
	t    *testing.T
}

func (c counting) Enabled(context.Context, slog.Level) bool { return true }

func (c counting) Handle(_ context.Context, r slog.Record) error {
	refused := r.Message == "the database refused what the rules let through"
	if refused {
		c.loud.Add(1)
	}
	if refused || r.Level >= slog.LevelError { // why something was answered by 500
		words := []any{}
		r.Attrs(func(a slog.Attr) bool {
			words = append(words, a.String())
			return true
		})
		c.t.Log(append([]any{r.Message}, words...)...)
	}
	return nil
}

func (c counting) WithAttrs([]slog.Attr) slog.Handler { return c }
func (c counting) WithGroup(string) slog.Handler      { return c }

// TestNastyValues sends values that nobody would type through every operation of the contract, every page and every form: none is answered with a
// 5xx or late, none reaches a constraint of the database, and every case goes on afterwards.
func TestNastyValues(t *testing.T) {
	t.Parallel()
	loud := &atomic.Int64{}
	w := newLoudWorld(t, slog.New(counting{loud: loud, t: t}), func(*world) {})
	a := newAttacker(t, w, loud)
	t.Run("Operations", a.operations)
	t.Run("Pages", a.pages)
	t.Run("Forms", a.forms)
	t.Run("NothingIsHeldUp", func(t *testing.T) {
		for _, kind := range kinds.All() {
			for _, id := range a.cases[kind.Kind] {
				began := time.Now()
				status, text := a.send(t, "a word at the end", http.MethodPost, "/api/v1/"+kind.Path+"/"+id+"/comment", []byte(`{"text":"还在"}`),
					http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {uuid.NewString()}})
				require.Equal(t, http.StatusOK, status, "%s", text)
				require.Less(t, time.Since(began), 5*time.Second)
			}
		}
	})
	require.Zero(t, loud.Load(), "the database refused what no rule had")
	t.Logf("%d requests", a.asked.Load())
}
