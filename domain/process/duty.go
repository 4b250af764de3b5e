package process

import (
	"encoding/json"
	"reflect"
	"slices"
)

// Duty is what somebody does in a case that bears on what they may do in it afterwards: whoever does one part of a matter does not judge it. A command says its
// part (About.Duty), and nothing else is needed: the door keeps the parts apart for every kind, whoever carries the deed, by the events of the case.
type Duty string

// The parts.
const (
	Finds     Duty = "finds"     // puts on file what is wrong
	Rectifies Duty = "rectifies" // does, or hands in, the work that is judged
	Accepts   Duty = "accepts"   // judges whether the work is done
	Asks      Duty = "asks"      // asks for what another one decides
	Approves  Duty = "approves"  // decides what was asked for
)

// always are the parts that no definition joins: work is not judged by whoever did it, nor a request decided by whoever made it.
func always(p Duty) []Duty {
	switch p {
	case Accepts:
		return []Duty{Rectifies}
	case Approves:
		return []Duty{Asks}
	case Finds, Rectifies, Asks:
	}
	return nil
}

// Separating are rules that keep more parts apart than are kept apart everywhere.
type Separating interface {
	Apart(p Duty, variant string) []Duty
}

// Apart are the parts that nobody has had who takes the part, under the rules for the case.
func Apart(p Duty, rules Rules, variant string) []Duty {
	all := slices.Clone(always(p))
	if r, ok := rules.(Separating); ok {
		all = append(all, r.Apart(p, variant)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// DutyTaken is a duty that a person took in the case: by which command, when, and in which of its matters.
type DutyTaken struct {
	Duty    Duty
	Command Name
	ID      string
	Version int64
	Matter  string
}

// Signing is a command that others sign beside the actor: they take its part too.
type Signing interface{ Signs() []string }

// Parted is a case that knows of people beside those who issued its deeds who had a part: named on its papers.
type Parted interface{ Took(p Duty) []string }

// Concerning is a command about one of several matters of its case: the duty that was taken in another of them does not count.
type Concerning interface{ Concerns() string }

// concerns is the matter that the command is about; "" where a case has one matter.
func concerns(command any) string {
	if c, ok := command.(Concerning); ok {
		return c.Concerns()
	}
	return ""
}

// took reports whether somebody took the part in the matter since the command came last: what was judged once is done with, and what follows is a new turn of
// work. Whoever found what is wrong found it for good.
func (f Found) took(p Duty, id string, about Name, matter string) bool {
	last := int64(0)
	for _, t := range f.Took {
		if t.Command == about && t.Matter == matter {
			last = max(last, t.Version)
		}
	}
	return slices.ContainsFunc(f.Took, func(t DutyTaken) bool {
		return t.Duty == p && t.ID == id && t.Matter == matter && (t.Version > last || p == Finds)
	})
}

// separate refuses somebody who takes a part after another one that is kept apart from it. What is brought over from elsewhere happened as it happened.
func separate(about About, command any, on Subject, call Call, env Env) error {
	apart := Apart(about.Duty, env.Rules, on.Variant())
	if len(apart) == 0 || call.Actor.Type != Person {
		return nil
	}
	had := func(id string) Duty {
		for _, p := range apart {
			named, knows := on.(Parted)
			if env.Found.took(p, id, about.Name, concerns(command)) || knows && slices.Contains(named.Took(p), id) {
				return p
			}
		}
		return ""
	}
	if p := had(call.Actor.ID); p != "" {
		return Refuse(SamePerson, "你"+p.did().Chinese+"，要由别人来办这一步。", "You "+p.did().English+": somebody else has to do this.")
	}
	signing, signs := command.(Signing)
	if !signs {
		return nil
	}
	var faults Faults
	for i, id := range signing.Signs() {
		if p := had(id); p != "" {
			name := env.Directory[id].Name
			faults.Note(Refuse(SamePerson, name+p.did().Chinese+"，不能再参加这一步，请另选一人。", name+" "+p.did().English+" and has no part in this; choose somebody else.").At(ElementAt("inspector_ids", i)))
		}
	}
	return faults.Err()
}

// did says what whoever had the part did.
func (p Duty) did() Text {
	switch p {
	case Finds:
		return Text{Chinese: "查出并登记了这件事", English: "found it"}
	case Rectifies:
		return Text{Chinese: "办理或提交了整改", English: "did or handed in the work"}
	case Accepts:
		return Text{Chinese: "作过验收结论", English: "judged it"}
	case Asks:
		return Text{Chinese: "提出了这项申请", English: "asked for it"}
	case Approves:
	}
	return Text{Chinese: "作过批准", English: "approved it"}
}

// barred reports whether the actor cannot take the command's part any more: it is not offered to them. Of a command on one of several matters that is known
// only once the matter is.
func barred(about About, command any, on Subject, actor Actor, env Env) bool {
	_, several := command.(Concerning)
	return !several && separate(about, command, on, Call{Actor: actor}, env) != nil
}

// Parts lists the commands of the kind in which somebody takes a part.
func (e Entry) Parts() []Name {
	names := []Name{}
	for _, a := range e.acts {
		if a.about.Duty != "" {
			names = append(names, a.about.Name)
		}
	}
	return names
}

// Takes is the duty that a command which is on record was: input is what was recorded with it.
func (e Entry) Takes(name Name, input []byte, id string, version int64) DutyTaken {
	a, _ := e.act(name)
	t := DutyTaken{Duty: a.about.Duty, Command: name, ID: id, Version: version}
	if a.input == nil {
		return t
	}
	if _, several := reflect.Zero(a.input).Interface().(Concerning); several {
		command := reflect.New(a.input)
		if json.Unmarshal(input, command.Interface()) == nil { // a field that was there once does no harm
			t.Matter = concerns(command.Elem().Interface())
		}
	}
	return t
}
