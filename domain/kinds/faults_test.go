package kinds_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Those of the little zone in which every command is tried.
const (
	me      = "00000000-0000-4000-8000-000000000001"
	other   = "00000000-0000-4000-8000-000000000002"
	contact = "00000000-0000-4000-8000-000000000003"
	firm    = "00000000-0000-4000-8000-000000000004"
	paper   = "00000000-0000-4000-8000-000000000005"
	nobody  = "00000000-0000-4000-8000-00000000000f"
)

type zone struct {
	t     *testing.T
	env   process.Env
	at    time.Time
	rules map[process.Kind]process.Rules // as they are shipped, the newest; reading them takes longer than a command
}

func newZone(t *testing.T) *zone {
	t.Helper()
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	staff := []process.Role{process.ProjectManager, process.SafetySupervisor, process.Leader}
	return &zone{t: t, rules: map[process.Kind]process.Rules{}, at: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), env: process.Env{Calendar: calendar, Found: process.Found{NoticeNumber: "测〔2026〕1号", Others: []process.Parent{about("joint_review")}, Parent: parent()},
		Directory: process.Directory{
			me: {Kind: process.HeldByPerson, ID: me, Name: "孟庆岚", Card: "皖L-1", Roles: staff}, other: {Kind: process.HeldByPerson, ID: other, Name: "丁文笙", Card: "皖L-2", Roles: staff},
			contact: {Kind: process.HeldByPerson, ID: contact, Name: "贺连舟", Roles: []process.Role{process.Enterprise}, EnterpriseID: firm},
			firm:    {Kind: process.HeldByEnterprise, ID: firm, Name: "三虎机械"}}}}
}

// about is a project of the little zone's enterprise, as other cases see it.
func about(stage string) process.Parent {
	return process.Parent{Case: process.Case{ID: "00000000-0000-4000-8000-000000000006", Kind: "project", Number: "XM-2024-0001", Title: "三虎二期", Stage: stage, EnterpriseID: firm, EnterpriseName: "三虎机械"},
		Team: process.People{ManagerID: me}, Sited: true}
}

func parent() *process.Parent {
	p := about("construction")
	p.Began = clock.NewDate(2026, time.February, 2)
	return &p
}

// asked is what the rules are asked of a command: everything that its type and they refuse, as the program asks it.
func (z *zone) asked(kind process.Entry, name process.Name, input map[string]any, on process.Subject, who string) (process.Subject, error) {
	z.t.Helper()
	text, err := json.Marshal(input)
	require.NoError(z.t, err)
	if z.rules[kind.Kind] == nil {
		all, err := definitions.Shipped(kind)
		require.NoError(z.t, err)
		z.rules[kind.Kind] = all[len(all)-1]
	}
	env := z.env
	env.Rules, env.Found.Desk = z.rules[kind.Kind], desk(z.t, kind)
	env.Uploads = map[string]process.Upload{paper: {ID: paper, Name: "a.jpg", MediaType: "image/jpeg", UploadedBy: who}}
	call := process.Call{Key: "k", Actor: process.Actor{Type: process.Person, ID: who, Name: who, Roles: z.env.Directory[who].Roles}, OccurredAt: z.at, RecordedAt: z.at}
	command, err := kind.Read(name, text)
	if command.Input == nil {
		return nil, err
	}
	result, ruled := command.Decide(on, call, env)
	var refusal *process.Refusal
	switch {
	case errors.As(err, &refusal):
		return nil, refusal.Alongside(ruled)
	case ruled != nil:
		return nil, ruled
	}
	result.After.Header().Version++
	return result.After, nil
}

// sample is an input of a command that is right where the case lets it be.
func sample(t reflect.Type) map[string]any {
	all := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if value, ok := given(f, name, options); ok {
			all[name] = value
		}
	}
	return all
}

func given(f reflect.StructField, name, options string) (any, bool) {
	switch {
	case name == "enterprise_id":
		return firm, true
	case name == "attachments":
		return []any{map[string]any{"upload_id": paper}}, true
	case name == "inspector_ids", name == "copy_to":
		return []any{other}, true
	case name == "plan" && f.Type.Kind() == reflect.Struct:
		return sample(f.Type), true
	case name == "plan":
		return sample(f.Type.Elem()), true
	case name == "due_on", name == "until", name == "expected_until":
		return "2026-03-20", true
	case name == "to_kind":
		return "person", true
	case name == "to_id", name == "user_id":
		return other, true
	case name == "audience", name == "inspection", strings.HasSuffix(name, "_id"):
		return nil, false
	case name == "facts" && f.Type.Kind() == reflect.Struct:
		return map[string]any{"sector": "machinery", "site_mode": "own_land"}, true
	case name == "title" && f.Type.Kind() == reflect.Pointer:
		return "另一个名字", true
	case f.Tag.Get("example") != "" && f.Type.Kind() == reflect.Int:
		return 5, true
	case f.Tag.Get("example") != "":
		return f.Tag.Get("example"), true
	case f.Type.Kind() == reflect.String && !strings.Contains(options, "omitempty"):
		return "写明", true
	}
	return nil, false
}

// wrongs are what a field can hold that it may not: which of them a field refuses is found by trying.
func wrongs() []any {
	return []any{"", strings.Repeat("长", 5000), nobody, contact, "nonsense", "major", "fail", "1990-01-01", "2199-01-01", "0001-01-01", -1, 100_000, []any{}, []any{nobody}, []any{contact},
		[]any{map[string]any{"upload_id": nobody}}, []any{map[string]any{"upload_id": paper, "evidence_on": "2199-01-01"}},
		[]any{map[string]any{"code": "", "progress": ""}}, "-5.00", "0.00", true, "lead", "production", "supervisor", "full_capacity"}
}

// places are the fields of an input, with those of the objects within.
func places(t reflect.Type, before string) []string {
	all := []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[clock.Date]() && inner.NumField() > 0 && inner.Field(0).Tag.Get("json") != "" {
			all = append(all, places(inner, before+name+".")...)
			continue
		}
		all = append(all, before+name)
	}
	return all
}

func with(input map[string]any, place string, value any) map[string]any {
	changed := maps.Clone(input)
	if object, inner, in := strings.Cut(place, "."); in {
		within, _ := changed[object].(map[string]any)
		if within == nil {
			within = map[string]any{}
		}
		changed[object] = with(within, inner, value)
	} else {
		changed[place] = value
	}
	return changed
}

// named are the fields that a refusal names; none of one that stands alone.
func named(err error) []string {
	var refusal *process.Refusal
	names := []string{}
	if errors.As(err, &refusal) && !refusal.Alone() {
		for _, f := range refusal.Fields {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// speaks reports whether a fault is about the place: by its whole path, or by the last name as rules call it.
func speaks(fault, place string) bool {
	return fault == place || strings.HasSuffix(place, "."+fault) || strings.HasPrefix(fault, place+"[") || strings.HasPrefix(fault, place+".")
}

// cases are cases of a kind in every state that its commands lead to from the beginning, each with the sample that is right for a command there.
func (z *zone) cases(kind process.Entry) []process.Subject {
	found, tried := []process.Subject{kind.Blank()}, map[string]bool{}
	found[0].Header().Kind = kind.Kind
	for i := 0; i < len(found) && len(found) < 60; i++ {
		for _, about := range kind.Abouts() {
			if about.By != process.ByPeople || about.Opens != (found[i].Header().Version == 0) {
				continue
			}
			for _, input := range z.samples(kind, about.Name) {
				for _, who := range []string{contact, me} {
					after, err := z.asked(kind, about.Name, input, found[i], who)
					if err != nil {
						continue
					}
					h := after.Header()
					mark := fmt.Sprint(h.State, h.Stage, h.Round, h.Done, h.Holder, h.DelegatedBy, h.SuspendedSince, after.Variant(), who)
					if !tried[mark] {
						tried[mark] = true
						found = append(found, after)
					}
				}
			}
		}
	}
	return found
}

// samples are the samples of a command, one for each of the choices that lead elsewhere.
func (z *zone) samples(kind process.Entry, name process.Name) []map[string]any {
	base := sample(kind.Input(name))
	all := []map[string]any{base}
	for place, choices := range map[string][]any{"title": {"另一个名字"}, "due_on": {"2026-03-25"}, "level": {"major"}, "result": {"fail"}, "role": {"supervisor"}, "entry_stage": {"production", "land_supply"}, "from": {"production", "land_supply"}, "to_stage": {"lead"}, "requirement": {"investment_agreement"}} {
		if _, has := base[place]; !has {
			continue
		}
		for _, choice := range choices {
			more := with(base, place, choice)
			if place == "level" {
				more["clause"] = "部令10号 第4条"
			}
			if place == "result" {
				more["requirement"] = "继续整改"
			}
			all = append(all, more)
		}
	}
	return all
}

// TestTwoFaultsAreToldAtOnce: for every command, a sample that is right and made wrong in two fields that do not depend on each other is refused with both,
// whether a type or a rule knows of them. Which values are wrong is found by trying: each alone names its own field, and no other.
func TestTwoFaultsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	z := newZone(t)
	pairs, never := map[process.Name]int{}, []process.Name{}
	for _, kind := range kinds.All() {
		cases := z.cases(kind)
		for _, about := range kind.Abouts() {
			if about.By != process.ByPeople {
				continue
			}
			fits := 0
			for _, on := range cases {
				if about.Opens != (on.Header().Version == 0) {
					continue
				}
				for _, input := range z.samples(kind, about.Name) {
					if _, err := z.asked(kind, about.Name, input, on, me); err != nil {
						continue
					}
					if fits++; fits <= 1 { // in further states it is the same rules
						pairs[about.Name] += z.bothTold(kind, about.Name, input, on)
					}
				}
			}
			if fits == 0 {
				never = append(never, about.Name)
			}
		}
	}
	t.Log(pairs, "never right:", never)
	for name, n := range map[process.Name]int{"hazard.record": 20, "hazard.issue_notice": 10, "hazard.reinspect": 5, "hazard.hand_in": 3, "project.open": 30, "project.edit": 10, "project.suspend": 3, "plan_task.record": 3} {
		require.Greater(t, pairs[name], n, name)
	}
}

// byType reports whether the type of a command refuses an input, before any rule is asked.
func (z *zone) byType(kind process.Entry, name process.Name, input map[string]any) bool {
	z.t.Helper()
	text, err := json.Marshal(input)
	require.NoError(z.t, err)
	_, err = kind.Read(name, text)
	return err != nil
}

// depends reports whether what one of the fields has to be hangs on the other: a clause on the level, the next round's day on the verdict.
func depends(a, b string) bool {
	for on, those := range map[string][]string{"level": {"clause"}, "result": {"requirement", "due_on"}, "answer": {"note", "attachments", "requirement"}, "requirement": {"attachments"}, "role": {"user_id"}, "to_kind": {"to_id"}} {
		if a == on && slices.Contains(those, b) || b == on && slices.Contains(those, a) {
			return true
		}
	}
	return false
}

// bothTold tries every two wrong values of two fields and counts them.
func (z *zone) bothTold(kind process.Entry, name process.Name, input map[string]any, on process.Subject) int {
	z.t.Helper()
	type fault struct {
		place string
		value any
		told  []string
	}
	single := []fault{}
	for _, place := range places(kind.Input(name), "") {
		seen := map[bool]bool{} // one that the type knows, one that only the rules know
		for _, value := range wrongs() {
			_, err := z.asked(kind, name, with(input, place, value), on, me)
			told := named(err)
			var refusal *process.Refusal
			if len(told) != 1 || !speaks(told[0], place) || !errors.As(err, &refusal) {
				continue
			}
			byType := z.byType(kind, name, with(input, place, value))
			if seen[byType] {
				continue
			}
			seen[byType] = true
			single = append(single, fault{place, value, told})
		}
	}
	n := 0
	for i, a := range single {
		for _, b := range single[i+1:] {
			if a.place == b.place || a.told[0] == b.told[0] || depends(a.place, b.place) {
				continue
			}
			_, err := z.asked(kind, name, with(with(input, a.place, a.value), b.place, b.value), on, me)
			told := named(err)
			require.Subset(z.t, told, append(slices.Clone(a.told), b.told...), "%s with %s=%.40v and %s=%.40v: %v", name, a.place, a.value, b.place, b.value, err)
			n++
		}
	}
	return n
}

// TestEveryElementOfAListIsNamed: two elements of one list that are wrong are both told, each by its place, whether a type or a rule knows of them.
func TestEveryElementOfAListIsNamed(t *testing.T) {
	t.Parallel()
	z, told := newZone(t), map[string]int{}
	wrong := []any{nobody, contact, map[string]any{"upload_id": nobody}, map[string]any{"upload_id": paper, "evidence_on": "2199-01-01"}, map[string]any{"code": "", "progress": ""}, "nonsense"}
	for _, kind := range kinds.All() {
		cases := z.cases(kind)
		for _, about := range kind.Abouts() {
			if about.By != process.ByPeople {
				continue
			}
			right, on := z.right(kind, about, cases)
			if right == nil {
				continue
			}
			for _, place := range places(kind.Input(about.Name), "") {
				at := func(values ...any) []string {
					_, err := z.asked(kind, about.Name, with(right, place, values), on, me)
					return named(err)
				}
				inside := func(names []string, i int) bool {
					return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, fmt.Sprintf("[%d]", i)) })
				}
				for _, value := range wrong {
					if !inside(at(value), 0) {
						continue
					}
					both := at(value, value)
					if wrongID, is := value.(string); is && wrongID == nobody {
						both = at(nobody, contact)
					}
					require.True(t, inside(both, 0) && inside(both, 1), "%s %s %v: %v", about.Name, place, value, both)
					told[place]++
				}
			}
		}
	}
	for _, place := range []string{"inspector_ids", "copy_to", "attachments"} {
		require.Positive(t, told[place], "%s of %v", place, told)
	}
}

// right is a sample of a command that is right on one of the cases; nil where there is none.
func (z *zone) right(kind process.Entry, about process.About, cases []process.Subject) (map[string]any, process.Subject) {
	for _, on := range cases {
		if about.Opens != (on.Header().Version == 0) {
			continue
		}
		for _, input := range z.samples(kind, about.Name) {
			if _, err := z.asked(kind, about.Name, input, on, me); err == nil {
				return input, on
			}
		}
	}
	return nil, nil
}
