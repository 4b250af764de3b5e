package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// inputOf turns what was typed into the command's JSON form: each question's answer at its path. What was not answered is left out, and so is what
// stays as it is because nobody changed it: a form says what its reader did, not what it showed. Every fault is found at once; beside
// them the answers that could be read are returned.
func (s *Site) inputOf(c echo.Context, questions []process.Question) (map[string]any, error) {
	input := map[string]any{}
	var refused *process.Refusal
	emptied := []string{}
	for _, q := range questions {
		err := s.answer(c, q, input, &emptied)
		if r := refusalOf(err); r != nil {
			refused = joined(refused, r, q.Path)
			continue
		}
		if err != nil {
			return nil, err
		}
	}
	if refused != nil {
		return input, refused
	}
	for _, q := range questions {
		if q.Kind == process.Emptied && len(emptied) > 0 {
			put(input, q.Path, besides(q.Path, emptied))
		}
	}
	return input, nil
}

// answer puts the answer to one question into the input.
func (s *Site) answer(c echo.Context, q process.Question, input map[string]any, emptied *[]string) error {
	if q.Kind == process.Emptied {
		return nil
	}
	if q.Kind == process.Files {
		evidence, err := s.evidence(c, q.Path)
		if err == nil {
			put(input, q.Path, evidence)
		}
		if err == nil && q.Required && len(evidence) == 0 {
			err = process.RefuseEmpty(q.Path, q.Kind)
		}
		return err
	}
	if q.Kind == process.Dated {
		days, err := dated(c, q)
		put(input, q.Path, days)
		return err
	}
	if q.Kind == process.Ticks {
		ticked := ticks(c, q.Path)
		if len(ticked) == 0 && q.Required {
			return process.RefuseEmpty(q.Path, q.Kind)
		}
		if len(ticked) > 0 {
			put(input, q.Path, ticked)
		}
		return nil
	}
	if q.Many && q.Kind == process.Company {
		chosen := several(c, q.Path)
		if len(chosen) == 0 && q.Required {
			return process.RefuseEmpty(q.Path, q.Kind)
		}
		if len(chosen) > 0 {
			put(input, q.Path, chosen)
		}
		return nil
	}
	if alone(q) && len(slices.Compact(slices.Sorted(slices.Values(ticks(c, q.Path))))) > 1 {
		return process.RefuseField(q.Path, "这里只能选一个，收到了好几个，请重新选择。", "Only one can be chosen here and several came; choose again.")
	}
	value := entered(q, c.FormValue(q.Path))
	was, shown := began(c, q)
	switch {
	case shown && same(q, value, was):
		return nil
	case shown && value == "" && !q.Required:
		*emptied = append(*emptied, q.Path)
		return nil
	case value == "" && q.Required && q.Kind != process.Seen:
		return process.RefuseEmpty(q.Path, q.Kind)
	case value == "":
		return nil
	}
	answer, err := answerOf(q, value)
	if err != nil {
		return err
	}
	if q.Kind == process.Somewhere { // a party is named by what it is and which one
		kind, id, _ := strings.Cut(value, ":")
		put(input, strings.TrimSuffix(q.Path, "_id")+"_kind", kind)
		answer = id
	}
	if q.Many {
		answer = []any{answer}
	}
	put(input, q.Path, answer)
	return nil
}

// several is what was chosen in a field in which several can be, each once: with commas between, or one by one where no scripts run.
func several(c echo.Context, path string) []string {
	chosen := []string{}
	for _, said := range c.Request().Form[path] {
		for one := range strings.SplitSeq(said, ",") {
			if one = strings.TrimSpace(one); one != "" && !slices.Contains(chosen, one) {
				chosen = append(chosen, one)
			}
		}
	}
	return chosen
}

// alone reports whether a question is answered with one of what was offered: of two, one would be dropped in silence.
func alone(q process.Question) bool {
	return slices.Contains([]process.QuestionKind{process.Company, process.Somebody, process.Somewhere, process.Choose, process.CampaignOf, process.CaseOf}, q.Kind)
}

// ticks is what was ticked, and what was written beside the boxes.
func ticks(c echo.Context, path string) []string {
	return slices.DeleteFunc(slices.Clone(c.Request().Form[path]), value.Blank)
}

// missing names every compulsory field of a form that was left empty.
func missing(c echo.Context, fields []ui.Field) *process.Refusal {
	var refused *process.Refusal
	for _, f := range fields {
		if f.Required && f.Kind != "files" && f.Kind != "hidden" && f.Kind != "dated" && value.Blank(strings.Join(c.Request().Form[f.Name], "")) {
			refused = joined(refused, process.RefuseEmpty(f.Name, asked(f.Kind)), f.Name)
		}
	}
	return refused
}

// asked is the kind of question that a field of a form asks.
func asked(kind string) process.QuestionKind {
	switch kind {
	case "enterprise":
		return process.Company
	case "person":
		return process.Somebody
	case "party":
		return process.Somewhere
	case "select", "radio", "checks":
		return process.Choose
	case "date":
		return process.Day
	case "files":
		return process.Files
	}
	return process.Line
}

// joined is one refusal for several fields, each with its own sentence.
func joined(before, more *process.Refusal, path string) *process.Refusal {
	if len(more.Fields) == 0 {
		more = more.Pointing(path)
	}
	if before == nil {
		return more
	}
	return before.With(more.Fields...)
}

// besides are the last names of the paths that stand in the same object.
func besides(path string, all []string) []string {
	object, names := path[:strings.LastIndex(path, ".")+1], []string{}
	for _, one := range all {
		if name, in := strings.CutPrefix(one, object); in {
			names = append(names, name)
		}
	}
	return names
}

// entered is what was typed into a field, with line breaks as one character and a box that was not ticked as "false".
func entered(q process.Question, value string) string {
	value = strings.TrimSpace(process.Lines(value))
	if value == "" && q.Kind == process.YesNo {
		return "false"
	}
	return value
}

// wasSuffix names the hidden field that holds what a field began with.
const wasSuffix = ui.WasSuffix

// began is what the field began with, when the form said so: one that stays as it is unless it is changed.
func began(c echo.Context, q process.Question) (string, bool) {
	if !q.Stays {
		return "", false
	}
	values, shown := c.Request().Form[q.Path+wasSuffix]
	if !shown || len(values) == 0 {
		return "", false
	}
	return entered(q, values[0]), true
}

// same reports whether two entries mean the same: 1,234.5 and 1234.5 do.
func same(q process.Question, one, other string) bool {
	if one == other {
		return true
	}
	x, err := answerOf(q, one)
	if err != nil {
		return false
	}
	y, err := answerOf(q, other)
	return err == nil && x == y
}

// answerOf reads one answer as JSON takes it.
func answerOf(q process.Question, value string) (any, error) {
	switch q.Kind {
	case process.YesNo:
		return value == "true", nil
	case process.Count:
		return typed.Count(q.Path, value)
	case process.Number:
		return typed.Number(q.Path, value, q.Unit)
	case process.Money:
		if q.Abroad {
			return typed.Abroad(q.Path, value)
		}
		return typed.Amount(q.Path, value)
	case process.MonthOf:
		return typed.Month(q.Path, value)
	case process.RateOf:
		return typed.Rate(q.Path, value)
	case process.Day:
		day, err := typed.Day(q.Path, value)
		return day.String(), err
	case process.Line, process.Long, process.Choose, process.Pick, process.Ticks, process.Somebody, process.Somewhere, process.Company,
		process.CampaignOf, process.CaseOf, process.Files, process.Seen, process.Answers, process.Dated, process.Emptied:
	}
	return value, nil
}

// put sets a value at a dotted path.
func put(tree map[string]any, path string, value any) {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		tree[head] = value
		return
	}
	child, ok := tree[head].(map[string]any)
	if !ok {
		child = map[string]any{}
		tree[head] = child
	}
	put(child, rest, value)
}

// occurred returns when it happened: noon of the day that was given, or the zero time for now.
func (s *Site) occurred(c echo.Context) (time.Time, error) {
	text := strings.TrimSpace(c.FormValue("occurred_on"))
	if text == "" {
		return time.Time{}, nil
	}
	day, err := typed.Day("occurred_on", text)
	if err != nil || day == s.today() {
		return time.Time{}, err
	}
	return day.Start().Add(12 * time.Hour), nil
}

// dayOf reads the day of a field that is no command's; what cannot be read is no day.
func dayOf(c echo.Context, name string) clock.Date {
	day, _ := typed.Day(name, c.FormValue(name))
	return day
}

func refusalOf(err error) *process.Refusal {
	var refusal *process.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return nil
}

func sentence(ctx context.Context, r *process.Refusal) string {
	return i18n.Pick(ctx, process.Text{Chinese: r.Chinese, English: r.English})
}

// raw makes the input of a command from the map, so that what is recorded is what the command decodes.
func raw(input map[string]any) (json.RawMessage, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, fmt.Errorf("write the input: %w", err)
	}
	return text, nil
}
