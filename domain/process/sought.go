package process

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Sought is a change of a case that somebody asks for and a second person has to agree to: what is closed or sealed is put right, opened again, judged otherwise or
// taken back. It becomes a small case of its own in the hands of the leader who decides (package request, docs/decisions/0081); what was asked for follows from their word.
type Sought struct {
	Case    string `json:"case" maxLength:"60" doc:"The case that changes."`
	Sort    string `json:"sort" maxLength:"40" doc:"What is asked for, by its id in the definition."`
	What    string `json:"what" maxLength:"4000" doc:"Which fact, or what is asked for, in words."`
	Was     string `json:"was,omitempty" maxLength:"4000" doc:"What is on record."`
	Becomes string `json:"becomes,omitempty" maxLength:"4000" doc:"What it is to say."`
	Reason  string `json:"reason" maxLength:"4000"`
	ByID    string `json:"by_id" maxLength:"60"`
	ByName  string `json:"by_name" maxLength:"200"`
	Decider string `json:"decider_id" maxLength:"60"`
	Does    Name   `json:"does" maxLength:"60" doc:"The command that follows once it is agreed to."`
	With    string `json:"with" maxLength:"20000" doc:"Its input, as JSON."`
}

// The kind that a change which is sought becomes; the kinds whose cases change know no more of it.
const (
	RequestKind Kind = "request"
	OpenRequest Name = "request.open"
)

// Agreed says with whose agreement a change came about: a command that follows from a request embeds it, and the request fills it in.
type Agreed struct {
	Request  string `json:"request" minLength:"1" maxLength:"60" doc:"The number of the request."`
	AskedBy  string `json:"asked_by" maxLength:"200" doc:"Who asked."`
	AgreedBy string `json:"agreed_by" maxLength:"200" doc:"Who agreed."`
	Why      string `json:"why" minLength:"1" maxLength:"4000" doc:"Why it was asked for."`
}

// Seek asks for the change. Whoever asks names the leader who decides, who is somebody else.
func Seek(on *Case, s Sought, with any, call Call, known Directory) (FollowUp, error) {
	switch s.Decider {
	case "":
		return FollowUp{}, RefuseField("decider_id", "请选择由哪位领导批准。", "Choose the leader who decides.")
	case call.Actor.ID:
		return FollowUp{}, Refuse(SamePerson, "申请人不能批准自己的申请，请选择别的领导。", "Nobody decides what they asked for; choose another leader.").At("decider_id")
	}
	party, err := known.Staff(s.Decider, "decider_id")
	if err != nil {
		return FollowUp{}, err
	}
	if !slices.Contains(party.Roles, Leader) {
		return FollowUp{}, RefuseField("decider_id", "请选择一位领导。", "Choose a leader.")
	}
	input, err := json.Marshal(with)
	if err != nil {
		return FollowUp{}, fmt.Errorf("write %s: %w", s.Does, err)
	}
	s.With = string(input)
	s.Case, s.ByID, s.ByName = on.ID, call.Actor.ID, call.Actor.Name
	return FollowUp{Kind: RequestKind, Command: OpenRequest, Input: s}, nil
}

// Correction is a fact of a case that was put right after it was sealed or closed. What stood there stays, beside what is right.
type Correction struct {
	Seq      int        `json:"seq"`
	What     string     `json:"what"` // which fact, in words
	Was      string     `json:"was"`
	Becomes  string     `json:"becomes"`
	Why      string     `json:"why"`
	AskedBy  string     `json:"asked_by"`
	AgreedBy string     `json:"agreed_by"`
	Request  string     `json:"request"`
	On       clock.Date `json:"on"`
}

// ElementName is its number.
func (c Correction) ElementName(position int) string { return At(position) }

// Sealed is always true: another one is put beside it.
func (Correction) Sealed() bool { return true }
