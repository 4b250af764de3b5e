package process

import (
	"errors"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/value"
)

// Code names a reason for refusing a command. Codes are part of the API and never change their meaning.
type Code string

// The refusal codes that every kind shares.
const (
	InvalidInput   Code = "invalid_input"   // a field is missing or cannot be
	NotAllowed     Code = "not_allowed"     // the actor's role does not permit the command on this case
	NotFound       Code = "not_found"       // no such case, or not one the actor may know of
	StaleVersion   Code = "stale_version"   // somebody changed the case since the actor read it
	KeyReused      Code = "key_reused"      // the idempotency key was used for something else
	WrongState     Code = "wrong_state"     // the command does not fit where the case stands
	Closed         Code = "closed"          // the case is closed
	NotSuspended   Code = "not_suspended"   // there is nothing to resume
	Suspended      Code = "suspended"       // the case is suspended
	GateIncomplete Code = "gate_incomplete" // requirements of the gate are missing
	UnknownStage   Code = "unknown_stage"   // the definition has no such stage
	StageMoved     Code = "stage_moved"     // the case has already left the stage the actor saw
	NotSkippable   Code = "not_skippable"   // no rule lets this stage be skipped
	UnknownParty   Code = "unknown_party"   // no such active person, unit or enterprise
	UnknownUpload  Code = "unknown_upload"  // no such received file, or somebody else's
	SamePerson     Code = "same_person"     // two different people are needed
	ImpossibleDate Code = "impossible_date" // the day cannot be
	NothingChanged Code = "nothing_changed" // the command would change nothing
	TooMany        Code = "too_many"        // more is left than can be looked through: narrow it first
	UnknownCommand Code = "unknown_command" // the kind has no such command
	TooSoon        Code = "too_soon"        // a nudge was sent only just now
	Stuck          Code = "stuck"           // a batch could not reach the case
	MayBeKnown     Code = "may_be_known"    // what is to be put on file may be there already; it is taken once it is said why all the same
	Sealed         Code = "sealed"          // the command would change what is sealed: a rule is wrong
)

// Refusal explains to a person why a command was not carried out and what to do. It is the only error type of the rules.
type Refusal struct {
	Code    Code      `json:"code"`
	Chinese string    `json:"zh"`
	English string    `json:"en"`
	Fields  []Field   `json:"fields,omitempty"` // which inputs, or which gate requirements, are at fault
	Since   *Conflict `json:"since,omitempty"`  // of whoever came too late: what happened meanwhile
	Moved   string    `json:"-"`                // path of the fact that somebody moved first: the door adds who and when
}

// The facts whose last change explains a refusal.
const (
	MovedHolder     = "holder.id"
	MovedState      = "state"
	MovedDone       = "done"
	MovedSuspension = "suspended_since"
)

// After returns the refusal as one of somebody who came too late: the last change of the fact says who was first, and when.
func (r *Refusal) After(path string) *Refusal {
	late := *r
	late.Moved = path
	return &late
}

// Field is one input or requirement at fault.
type Field struct {
	Name    string `json:"name"`
	Chinese string `json:"zh"`
	English string `json:"en"`
}

// Conflict tells who changed the case first, and what.
type Conflict struct {
	Version int64 `json:"version"`
	Event   Event `json:"event"`
}

// Refuse returns a refusal with its sentence in both languages. Sentences may quote what was sent: signs that turn the direction of reading, or that nobody
// sees, do not come along (value.Said).
func Refuse(code Code, chinese, english string) *Refusal {
	return &Refusal{Code: code, Chinese: value.Said(chinese), English: value.Said(english)}
}

// RefuseField returns a refusal of one field.
func RefuseField(name, chinese, english string) *Refusal {
	return Refuse(InvalidInput, chinese, english).With(Field{Name: name, Chinese: chinese, English: english})
}

// RefuseEmpty returns the refusal of a compulsory field that was left empty: what is chosen has to be chosen, and nothing was looked for and not found.
func RefuseEmpty(name string, kind QuestionKind) *Refusal {
	switch kind {
	case Company:
		return RefuseField(name, "请选择企业。", "Choose an enterprise.")
	case Somebody:
		return RefuseField(name, "请选择人员。", "Choose somebody.")
	case Somewhere:
		return RefuseField(name, "请选择人员或单位。", "Choose a person or a body.")
	case Ticks:
		return RefuseField(name, "请至少选一项。", "Choose at least one.")
	case Choose, Pick, CampaignOf:
		return RefuseField(name, "请选择一项。", "Choose one.")
	case Files:
		return RefuseField(name, "请选择文件。", "Choose a file.")
	case Day:
		return RefuseField(name, "请填写日期。", "Give the day.")
	case MonthOf:
		return RefuseField(name, "请填写月份。", "Give the month.")
	case Line, CaseOf, Long, Count, YesNo, Money, Seen, Number, RateOf, Dated, Answers, Emptied:
	}
	return RefuseField(name, "这一项必须填写。", "This field is required.")
}

// With returns the refusal with further fields at fault.
func (r *Refusal) With(fields ...Field) *Refusal {
	copied := *r
	copied.Fields = slices.Clone(r.Fields)
	for _, f := range fields {
		copied.Fields = append(copied.Fields, Field{Name: f.Name, Chinese: value.Said(f.Chinese), English: value.Said(f.English)})
	}
	return &copied
}

// At returns the refusal pointing at one field, with the refusal's own sentence.
func (r *Refusal) At(name string) *Refusal {
	return r.With(Field{Name: name, Chinese: r.Chinese, English: r.English})
}

// Error makes a Refusal an error.
func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Code, r.English) }

// Pointing returns the refusal pointing at one field only.
func (r *Refusal) Pointing(field string) *Refusal {
	copied := *r
	copied.Fields = []Field{{Name: field, Chinese: r.Chinese, English: r.English}}
	return &copied
}

// Pointing points an error that is a refusal at one field only; other errors pass through.
func Pointing(err error, field string) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Pointing(field)
	}
	return err
}

// RefusalOf is the refusal that an error is, or nil.
func RefusalOf(err error) *Refusal {
	var refusal *Refusal
	errors.As(err, &refusal)
	return refusal
}
