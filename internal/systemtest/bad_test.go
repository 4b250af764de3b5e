package systemtest

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// badInput tries what must be refused, each with a code and a sentence, and nothing lost.
func badInput(t *testing.T, w *world, enterprise string) {
	open := func(change object) object {
		facts := object{"sector": "ev_parts", "site_mode": "own_land", "investment": "1.00"}
		o := object{"title": "坏输入", "enterprise_id": enterprise, "entry_stage": "lead", "facts": facts, "all_the_same": "只为试错"}
		for k, v := range change {
			o[k] = v
		}
		return o
	}
	id := w.do(t, "luzhiyuan", "/projects", open(nil), "Idempotency-Key", "bad-input").Standing.CaseID
	path := "/projects/" + id
	for _, c := range []struct {
		name, as, path string
		input          any
		status         int
		code           string
		header         []string
	}{
		{"UnknownStage", "luzhiyuan", "/projects", open(object{"entry_stage": "moon"}), 422, "unknown_stage", nil},
		{"UnknownField", "luzhiyuan", path + "/comment", object{"text": "x", "colour": "red"}, 422, "invalid_input", nil},
		{"SkippedGate", "luzhiyuan", path + "/advance", object{"from": "lead"}, 409, "gate_incomplete", nil},
		{"NoRuleToSkip", "luzhiyuan", path + "/skip", object{"from": "lead", "reason": "赶时间"}, 409, "not_skippable", nil},
		{"StaleVersion", "luzhiyuan", path + "/suspend", object{"reason": "x", "category": "funds"}, 412, "stale_version", []string{"If-Match", `"99"`}},
		{"RepeatedKeyOtherBody", "luzhiyuan", "/projects", open(object{"title": "另一个"}), 409, "key_reused", []string{"Idempotency-Key", "bad-input"}},
		{"NoKey", "luzhiyuan", path + "/comment", object{"text": "x"}, 422, "invalid_input", []string{"Idempotency-Key", ""}},
		{"WrongRole", "mengqinglan", path + "/advance", object{"from": "lead"}, 403, "not_allowed", nil},
		{"Auditor", "shenji", path + "/comment", object{"text": "x"}, 403, "not_allowed", nil},
		{"OtherEnterprise", "laika", path + "/comment", object{"text": "x"}, 404, "not_found", nil},
		{"Department", "zhujianju", path + "/comment", object{"text": "x"}, 404, "not_found", nil},
		{"FutureDate", "luzhiyuan", path + "/comment", object{"text": "x"}, 422, "impossible_date", []string{"Occurred-At", w.time().AddDate(0, 0, 2).Format(time.RFC3339)}},
		{"DateThatCannotBe", "luzhiyuan", path + "/waive", object{"requirement": "first_contact", "reason": "x", "until": "2026-02-30"}, 422, "invalid_input", nil},
		{"TenMegabytes", "luzhiyuan", path + "/comment", object{"text": strings.Repeat("长", 3_500_000)}, 413, "too_large", nil},
		{"NotANumber", "luzhiyuan", "/projects", open(object{"facts": object{"sector": "ev_parts", "site_mode": "own_land", "investment": "很多"}}), 422, "invalid_input", nil},
		{"NoSuchPerson", "luzhiyuan", path + "/assign", object{"role": "leader", "user_id": "00000000-0000-0000-0000-000000000001", "reason": "x"}, 422, "unknown_party", nil},
		{"Nobody", "", path + "/comment", object{"text": "x"}, 401, "not_signed_in", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := w.call(t, c.as, http.MethodPost, c.path, c.input, c.header...)
			require.Equal(t, c.status, a.Status, "%s", a.Body)
			require.Equal(t, c.code, a.code(t))
		})
	}
	t.Run("WhatOnlyAddsNeedsNoVersion", func(t *testing.T) {
		a := w.call(t, "luzhiyuan", http.MethodPost, path+"/comment", object{"text": "x"}, "If-Match", `"99"`)
		require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
	})
	t.Run("ALineBreakIsOneCharacter", func(t *testing.T) {
		a := w.call(t, "luzhiyuan", http.MethodPost, path+"/comment", object{"text": strings.Repeat(strings.Repeat("长", 399)+"\r\n", 9) + strings.Repeat("长", 400)})
		require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
		require.NotContains(t, string(a.Body), `\r`)
	})
	t.Run("ExecutableRenamed", func(t *testing.T) {
		a := w.upload(t, "luzhiyuan", "照片.jpg", append([]byte("\x7fELF\x02\x01\x01"), bytes.Repeat([]byte{0}, 100)...))
		require.Equal(t, 422, a.Status)
		require.Contains(t, string(a.Body), "不能接收这种文件")
	})
	t.Run("FileOverTheLimit", func(t *testing.T) {
		a := w.upload(t, "luzhiyuan", "照片.jpg", append(picture(), bytes.Repeat([]byte{1}, 20<<20)...))
		require.Equal(t, 422, a.Status)
		require.Contains(t, string(a.Body), "文件超过 20 MB")
	})
	t.Run("TwoAdvanceAtOnce", func(t *testing.T) {
		w.do(t, "luzhiyuan", path+"/contact", object{"way": "visit", "said": "看过对方车间"})
		answers := make([]answer, 2)
		var wait sync.WaitGroup
		for i, as := range []string{"luzhiyuan", "shaojinghe"} {
			w.token(t, as)
			wait.Go(func() { answers[i] = w.call(t, as, http.MethodPost, path+"/advance", object{"from": "lead"}) })
		}
		wait.Wait()
		if answers[0].Status != http.StatusOK {
			answers[0], answers[1] = answers[1], answers[0]
		}
		require.Equal(t, http.StatusOK, answers[0].Status)
		require.Equal(t, "stage_moved", answers[1].code(t))
		require.Contains(t, string(answers[1].Body), `"who"`)
	})
}
