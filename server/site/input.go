package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"mime/multipart"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// inputOf turns what was typed into the command's JSON form: each question's answer at its path. What was not answered is left out.
func (s *Site) inputOf(c echo.Context, questions []process.Question) (map[string]any, error) {
	input := map[string]any{}
	for _, q := range questions {
		value := strings.TrimSpace(c.FormValue(q.Path))
		if q.Kind == process.Files {
			evidence, err := s.receive(c, q.Path)
			if err != nil {
				return nil, err
			}
			put(input, q.Path, evidence)
			continue
		}
		if value == "" && q.Kind != process.YesNo {
			continue
		}
		answer, err := answerOf(q, value)
		if err != nil {
			return nil, err
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
	}
	return input, nil
}

// answerOf reads one answer as JSON takes it.
func answerOf(q process.Question, value string) (any, error) {
	switch q.Kind {
	case process.YesNo:
		return value == "true", nil
	case process.Count:
		n, err := strconv.Atoi(value)
		if err != nil {
			return nil, process.RefuseField(q.Path, "请填写整数。", "Write a whole number.")
		}
		return n, nil
	case process.Money:
		return fromWan(q.Path, value)
	case process.Line, process.Long, process.Day, process.Choose, process.Pick, process.Somebody, process.Somewhere, process.Company,
		process.CampaignOf, process.Files, process.Seen:
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

// fromWan turns an amount in 万元, as offices write it, into yuan.
func fromWan(path, text string) (string, error) {
	amount, ok := new(big.Rat).SetString(strings.ReplaceAll(text, ",", ""))
	if !ok || strings.ContainsAny(text, "/eExX_") || len(text) > 20 {
		return "", process.RefuseField(path, "请填写数字，单位为万元。", "Write a number, in units of 10,000 yuan.")
	}
	return amount.Mul(amount, big.NewRat(10000, 1)).FloatString(2), nil
}

// inWan prints yuan in 万元, as a form begins with it.
func inWan(yuan string) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok {
		return ""
	}
	text := amount.Quo(amount, big.NewRat(10000, 1)).FloatString(6) // to the fen: what was not touched stays as it was
	for strings.HasSuffix(text, "0") && len(text)-strings.Index(text, ".") > 3 {
		text = text[:len(text)-1]
	}
	return text
}

// occurred returns when it happened: noon of the day that was given, or the zero time for now.
func (s *Site) occurred(c echo.Context) (time.Time, error) {
	text := strings.TrimSpace(c.FormValue("occurred_on"))
	if text == "" || text == s.today().String() {
		return time.Time{}, nil
	}
	day, err := clock.ParseDate(text)
	if err != nil {
		return time.Time{}, process.RefuseField("occurred_on", "日期应写成 2026-11-23 的样子。", "Write the day like 2026-11-23.")
	}
	return day.Start().Add(12 * time.Hour), nil
}

// receive keeps the files of a form and returns them as evidence.
func (s *Site) receive(c echo.Context, name string) ([]process.Evidence, error) {
	evidence := []process.Evidence{}
	files, err := s.arrived(c, name)
	for _, f := range files {
		evidence = append(evidence, process.Evidence{UploadID: f.ID})
	}
	return evidence, err
}

func (s *Site) receiveOne(c echo.Context, header *multipart.FileHeader) (string, error) {
	file, err := header.Open()
	if err != nil {
		return "", fmt.Errorf("open the received file: %w", err)
	}
	defer file.Close()
	received, err := s.Blobs.Receive(c.Request().Context(), header.Filename, file)
	if err != nil {
		return "", err
	}
	return s.App.Store.AddUpload(c.Request().Context(), actorOf(c), received)
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
