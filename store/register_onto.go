package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// Tag tells one state of a record from every other one. Who ended or merged it meanwhile does not count: such a record is refused anyway.
func Tag(doc json.RawMessage) string {
	sum := sha256.Sum256([]byte(canonical(doc)))
	return hex.EncodeToString(sum[:12])
}

// canonical is a JSON value in one form: what means the same is the same text.
func canonical(value json.RawMessage) string {
	var meant any
	if len(value) == 0 || json.Unmarshal(value, &meant) != nil {
		return "null"
	}
	text, err := json.Marshal(meant)
	if err != nil {
		return "null"
	}
	return string(text)
}

// onto puts what somebody changed onto the record as it is now. It refuses a record that has ended, one that is no longer as its writer saw it, and
// fields that somebody else gave another value meanwhile.
func (w writer) onto(ctx context.Context, now Recorded, k Keeping, wanted json.RawMessage) (json.RawMessage, error) {
	if now.Ended {
		return nil, hasEnded(w.register)
	}
	if k.IfMatch != "" && !matches(k.IfMatch, Tag(now.Doc)) {
		return nil, process.Refuse(process.StaleVersion, "你读取以后，这一条又被改过了。请重新读取，再改一次。", "The record was changed since you read it. Read it again, and change that.")
	}
	if k.From == nil {
		return wanted, nil
	}
	var was, is, to map[string]json.RawMessage
	for text, into := range map[*json.RawMessage]*map[string]json.RawMessage{&k.From: &was, &now.Doc: &is, &wanted: &to} {
		if err := json.Unmarshal(*text, into); err != nil {
			return nil, fmt.Errorf("understand a record of %s: %w", w.register.Name, err)
		}
	}
	faults := []process.Field{}
	for _, q := range w.register.Questions() {
		from, there, asked := canonical(was[q.Path]), canonical(is[q.Path]), canonical(to[q.Path])
		switch {
		case asked == from: // not touched
			to[q.Path] = is[q.Path]
		case there != from && there != asked:
			fault, err := w.meanwhile(ctx, q, was[q.Path], is[q.Path])
			if err != nil {
				return nil, err
			}
			faults = append(faults, fault)
		}
	}
	if len(faults) > 0 {
		return nil, process.Refuse(process.StaleVersion, "你填写的时候，别人改了同样的内容。请核对后再保存。", "While you were writing, somebody else changed the same. Look at it, and save again.").With(faults...)
	}
	merged, err := json.Marshal(to)
	if err != nil {
		return nil, fmt.Errorf("write a record of %s: %w", w.register.Name, err)
	}
	return merged, nil
}

// meanwhile says from what to what somebody else changed a field.
func (w writer) meanwhile(ctx context.Context, q process.Question, was, is json.RawMessage) (process.Field, error) {
	words := []string{plainly(was), plainly(is)}
	if refers := register.Refers(q); refers != "" {
		names, err := w.named(ctx, refers)
		if err != nil {
			return process.Field{}, err
		}
		for i, id := range words {
			if name, there := names[id]; there {
				words[i] = name
			}
		}
	}
	return process.Field{Name: q.Path, Chinese: "别人刚把它从“" + words[0] + "”改成了“" + words[1] + "”。", English: "Somebody has just changed it from \"" + words[0] + "\" to \"" + words[1] + "\"."}, nil
}

// hasEnded refuses to write a record that is kept for what it was.
func hasEnded(r register.Register) error {
	switch r.Name {
	case register.EnterprisesName:
		return process.Refuse(process.NotAllowed, "这家企业已经并入另一家，不能再改；请改合并后的那一家。", "This enterprise was merged into another one and is not changed any more; change the one that stayed.")
	case register.PeopleName:
		return process.Refuse(process.NotAllowed, "这个账号已经停用；要改，请先重新启用。", "This account has ended; to change it, bring it back first.")
	case register.ZoneName, register.UnitsName, register.BuildingsName, register.CampaignsName, register.LevelsName, register.ChecklistsName, register.TenanciesName, register.LibraryName, register.VisitPlansName, register.OtherVisitsName:
	}
	return process.Refuse(process.NotAllowed, "这一条已经停用，不能再改。", "This record has ended and is not changed any more.")
}

// matches reports whether an If-Match header means the tag: one or several in quotation marks, or * for whatever is there.
func matches(header, tag string) bool {
	return slices.ContainsFunc(strings.Split(header, ","), func(one string) bool {
		one = strings.TrimSpace(one)
		return one == "*" || strings.Trim(strings.TrimPrefix(one, "W/"), `"`) == tag
	})
}
