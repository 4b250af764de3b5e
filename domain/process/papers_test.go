package process_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// filing is an invented kind with numbered papers everywhere a kind can have them.
type filing struct {
	plantask.Task
	Basis   string             `json:"basis" paper:"number"`
	Permits []permit           `json:"permits"`
	ByName  map[string]*permit `json:"by_name"`
	At      time.Time          `json:"at"`
}

type permit struct {
	Number string  `json:"number" paper:"number"`
	Annex  *annex  `json:"annex"`
	Name   string  `json:"name"`
	Sizes  []int64 `json:"sizes"`
}

type annex struct {
	Number string `json:"number" paper:"number"`
}

func enter[S any, P interface {
	*S
	process.Subject
}]() process.Entry {
	return process.Enter[S, struct{}, P](process.KindOf[S, struct{}]{Kind: "filing", Env: func(process.Env) struct{} { return struct{}{} }, Clone: func(s S) S { return s }})
}

// TestPapersComeFromAKindsDescription: a number is found wherever a kind, a part or a part of a part says that it has one.
func TestPapersComeFromAKindsDescription(t *testing.T) {
	t.Parallel()
	kind := enter[filing]()
	require.Empty(t, kind.Papers(kind.Blank()))
	require.Equal(t, []string{"丁", "丙", "乙", "甲"}, kind.Papers(&filing{Basis: "甲", Permits: []permit{{Number: "乙", Name: "不是"}, {Number: "甲"}, {Number: " "}, {Annex: &annex{Number: "丙"}}},
		ByName: map[string]*permit{"a": {Number: "丁"}, "b": nil}}))
	require.Equal(t, []string{"泗开安监整改〔2024〕1号"}, hazard.Entry().Papers(&hazard.Hazard{Loop: rectification.Loop{Rounds: []rectification.Round{{NoticeNumber: "泗开安监整改〔2024〕1号"}}}}))
	require.Empty(t, plantask.Entry().Papers(&plantask.Task{}), "a kind without numbered papers")

	type wrong struct {
		plantask.Task
		Number int `json:"number" paper:"number"`
	}
	require.Panics(t, func() { enter[wrong]() }, "a number of things is no number of a paper")
}
