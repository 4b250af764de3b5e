package process

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/listing"
)

// Common is a command that every case can take, whatever its kind; it comes to a kind by being registered once. Its zero value is registered.
type Common interface {
	// About describes it for a kind whose cases are run by the role.
	About(of Leading) About
	// Act changes the case, of which it was given a copy of its own, or returns a *Refusal.
	Act(on Subject, call Call, env Env) (Deed, error)
}

// FittingAll is a common command that says where it fits. One that does not say fits every case that is not closed.
type FittingAll interface {
	Fits(on Subject, actor Actor, env Env) Fit
}

// AskingAll is a common command whose form depends on the case.
type AskingAll interface {
	Ask(field Question, on Subject, env Env) (Question, bool)
}

// SpreadingAll is a common command with a field that stands for several questions.
type SpreadingAll interface {
	Spread(field Question, on Subject, env Env) []Question
}

// Deed is what a common command leads to, beside the change it made.
type Deed struct {
	Reason  string
	Notices []Notice
	Follow  []FollowUp

	Print    *Printing // a letter that it issues
	Audience Audience  // who reads it, where that hangs on what it did; "": as its description says
}

// Leading says who runs the cases of a kind.
type Leading struct {
	Kind Kind
	Role Role
	All  bool // they act on every case, not only on their own
}

// By returns the roles that act on every case and on their own, with the leading role where it belongs.
func (l Leading) By(every, own []Role) (all, part []Role) {
	if l.All {
		return With(every, l.Role), own
	}
	return every, With(own, l.Role)
}

// KindOf describes one kind of case once, typed: S is the case with its facts, E what its commands are decided with. Entry erases it.
type KindOf[S, E any] struct {
	Kind     Kind
	Series   string       // of its numbers: XM-2024-0001
	Workflow string       // the workflow type that accompanies its cases
	Path     string       // of its pages and its API: /projects
	Lead     Role         // who runs its cases
	LeadsAll bool         // they act on every case, not only on their own
	Inside   Text         // what the holder is to an enterprise that may not know the name
	Manager  Text         // what whoever manages a case is to one; none: the same
	Within   bool         // its cases are opened and found on the page of what they belong to: no menu names it
	Private  bool         // stays among the offices: no enterprise knows of its cases, not even of its own (the table private_kinds says the same)
	List     listing.List // what its list shows and is narrowed by
	Commands []Command[S, E]
	Common   []Common
	Retired  []Name // names of commands of the past: recorded histories still hold them, nobody can issue them

	Definition Rules // the zero value of its definition: the type that its YAML is read into
	Env        func(Env) E
	Clone      func(S) S
	Needs      func(subject S, command any) Needs // command is nil when a page asks; nil: nothing
}

// Telling is a common command that tells a body of a case, which is chosen among the departments.
type Telling interface{ TellsBodies() }

// Proposing is a common command for which those are proposed who share a site with the enterprise of the case.
type Proposing interface{ SharesSite() }

// proposes reports whether one of the kind's commands is such.
func (k KindOf[S, E]) proposes() bool {
	return slices.ContainsFunc(k.Common, func(c Common) bool { _, proposes := c.(Proposing); return proposes })
}

// GoingBy is a common command that goes by the rules of another kind: of what it sends.
type GoingBy interface{ GoesBy() Kind }

// tells reports whether bodies are told of the kind's cases.
func (k KindOf[S, E]) tells() bool {
	return slices.ContainsFunc(k.Common, func(c Common) bool { _, tells := c.(Telling); return tells })
}

// Entry is a kind as the rest of the program sees it: nobody else names one.
type Entry struct {
	Kind       Kind
	Series     string
	Workflow   string
	Path       string
	Lead       Leading
	Inside     Text
	Manager    Text
	Within     bool
	Private    bool
	List       listing.List
	Opens      Name // the command that puts a case on file
	Reminds    Name // the clock's command
	Retired    []Name
	Definition reflect.Type // of its definition
	Type       reflect.Type // of its cases

	acts   []act
	blank  func() Subject
	needs  func(on Subject, command any) Needs
	papers collector // nil: the kind has no numbered papers
}

// act is one command of one kind, erased.
type act struct {
	about  About
	input  reflect.Type
	decide func(command any, before Subject, call Call, env Env) (Result, error)
	fits   func(command any, on Subject, actor Actor, env Env) Fit
	ask    func(command any, field Question, on Subject, env Env) (Question, bool)
	spread func(command any, field Question, on Subject, env Env) []Question
	needs  func(on Subject, command any) Needs
}

// Result is what a command leads to.
type Result struct {
	After   Subject
	Reason  string
	Notices []Notice
	Follow  []FollowUp

	Print    *Printing
	Audience Audience
	Known    *Known
}

// Act is a command that was read, ready to be decided.
type Act struct {
	About
	Input any             // the command itself, by value
	Given json.RawMessage // what it was read from, tidied: what is recorded, and counts when a key comes again
	act   act
}

// Decide asks the rules. It changes nothing it was given.
func (a Act) Decide(before Subject, call Call, env Env) (Result, error) {
	if err := separate(a.About, a.Input, before, call, env); err != nil {
		return Result{}, err
	}
	result, err := a.act.decide(a.Input, before, call, env)
	if err == nil {
		cancels(before, result.After, call, env)
	}
	if call.Actor.Type != Person { // what is taken over, or follows, was written elsewhere
		return result, err
	}
	if far := Likely(a.Input, call.Today()); far != nil {
		return Result{}, besides(err, far)
	}
	return result, err
}

// Needs is what the decision asks beside the case.
func (a Act) Needs(before Subject) Needs { return a.act.needs(before, a.Input) }

// Enter erases a kind. It panics on a kind that cannot be: that is a fault of the program, found by the first test.
func Enter[S, E any, P interface {
	*S
	Subject
}](k KindOf[S, E]) Entry {
	lead := Leading{Kind: k.Kind, Role: k.Lead, All: k.LeadsAll}
	e := Entry{Kind: k.Kind, Series: k.Series, Workflow: k.Workflow, Path: k.Path, Lead: lead, Inside: k.Inside, Manager: k.Manager, Within: k.Within, Private: k.Private, List: k.List, Retired: k.Retired,
		Definition: reflect.TypeOf(k.Definition), Type: reflect.TypeFor[S](), blank: func() Subject { return P(new(S)) },
		papers: collects(reflect.TypeFor[S]())}
	needs := func(on Subject, command any) Needs {
		if naming, ok := command.(interface{ Refers() string }); ok && naming.Refers() != "" { // the same for every kind
			return Needs{Others: []string{naming.Refers()}}
		}
		asked := Needs{}
		if k.Needs != nil {
			asked = k.Needs(*on.(P), command)
		}
		_, tells := command.(Telling)
		asked.Departments = asked.Departments || tells || command == nil && k.tells() && !on.Header().Done
		if header := on.Header(); command == nil && !header.Done && k.proposes() {
			asked.Together = header.EnterpriseID
		}
		if _, moves := command.(DeadlineMover); moves && on.Header().Version > 0 {
			asked.ChildrenOf = append(asked.ChildrenOf, on.Header().ID)
		}
		if by, ok := command.(GoingBy); ok {
			asked.RulesOf = by.GoesBy()
		}
		if lettered, ok := on.(Lettered); ok {
			issuing, writes := command.(Issuing)
			if asked.Desk = command == nil || writes; writes {
				asked.Letter = func(desk *Desk) LetterNeed { return issuing.Issues(lettered, desk) }
			}
		}
		return asked
	}
	e.needs = needs
	for _, c := range k.Commands {
		e.acts = append(e.acts, typed[S, E, P](k, c, needs))
	}
	for _, c := range k.Common {
		e.acts = append(e.acts, common[S, E, P](k, c, lead, needs))
	}
	for _, a := range e.acts {
		switch {
		case a.about.Name.KindOf() != k.Kind:
			panic(fmt.Sprintf("the command %s is none of kind %s", a.about.Name, k.Kind))
		case a.about.Opens && (e.Opens == "" || a.about.By == ByPeople): // one may also follow from other deeds alone
			e.Opens = a.about.Name
		case a.about.By == ByClock:
			e.Reminds = a.about.Name
		}
	}
	return e
}

func typed[S, E any, P interface {
	*S
	Subject
}](k KindOf[S, E], c Command[S, E], needs func(Subject, any) Needs) act {
	return act{about: c.About(), input: reflect.TypeOf(c), needs: needs,
		decide: func(command any, before Subject, call Call, env Env) (Result, error) {
			d, err := command.(Command[S, E]).Decide(*before.(P), call, k.Env(env))
			if err != nil {
				return Result{}, err
			}
			return Result{After: P(&d.After), Reason: d.Reason, Notices: d.Notices, Follow: d.Follow, Known: d.Known}, nil
		},
		fits: func(command any, on Subject, actor Actor, env Env) Fit {
			if f, ok := command.(Fitting[S, E]); ok {
				return f.Fits(*on.(P), actor, k.Env(env))
			}
			return FitsWhen(!on.Header().Done)
		},
		ask: func(command any, field Question, on Subject, env Env) (Question, bool) {
			if a, ok := command.(Asking[S, E]); ok {
				return a.Ask(field, *on.(P), k.Env(env))
			}
			return field, true
		},
		spread: func(command any, field Question, on Subject, env Env) []Question {
			if a, ok := command.(Spreading[S, E]); ok {
				return a.Spread(field, *on.(P), k.Env(env))
			}
			return nil
		}}
}

func common[S, E any, P interface {
	*S
	Subject
}](k KindOf[S, E], c Common, lead Leading, needs func(Subject, any) Needs) act {
	return act{about: c.About(lead), input: reflect.TypeOf(c), needs: needs,
		decide: func(command any, before Subject, call Call, env Env) (Result, error) {
			after := k.Clone(*before.(P))
			deed, err := command.(Common).Act(P(&after), call, env)
			if err != nil {
				return Result{}, err
			}
			return Result{After: P(&after), Reason: deed.Reason, Notices: deed.Notices, Follow: deed.Follow, Print: deed.Print, Audience: deed.Audience}, nil
		},
		fits: func(command any, on Subject, actor Actor, env Env) Fit {
			if f, ok := command.(FittingAll); ok {
				return f.Fits(on, actor, env)
			}
			return FitsWhen(!on.Header().Done)
		},
		ask: func(command any, field Question, on Subject, env Env) (Question, bool) {
			if a, ok := command.(AskingAll); ok {
				return a.Ask(field, on, env)
			}
			return field, true
		},
		spread: func(command any, field Question, on Subject, env Env) []Question {
			if a, ok := command.(SpreadingAll); ok {
				return a.Spread(field, on, env)
			}
			return nil
		}}
}

// Abouts describes every command of the kind, in a fixed order.
func (e Entry) Abouts() []About {
	all := make([]About, 0, len(e.acts))
	for _, a := range e.acts {
		all = append(all, a.about)
	}
	slices.SortFunc(all, func(a, b About) int { return strings.Compare(string(a.Name), string(b.Name)) })
	return all
}

// Names lists the commands that people, or batches too, may issue.
func (e Entry) Names(by ...By) []Name {
	names := []Name{}
	for _, a := range e.Abouts() {
		if slices.Contains(by, a.By) {
			names = append(names, a.Name)
		}
	}
	return names
}

func (e Entry) act(name Name) (act, bool) {
	if i := slices.IndexFunc(e.acts, func(a act) bool { return a.about.Name == name }); i >= 0 {
		return e.acts[i], true
	}
	return act{}, false
}

// About describes a command, and says whether there is one.
func (e Entry) About(name Name) (About, bool) {
	a, ok := e.act(name)
	return a.about, ok
}

// Input is the Go type of a command's input, or nil.
func (e Entry) Input(name Name) reflect.Type {
	a, _ := e.act(name)
	return a.input
}

// Rules reads a published version of the kind's definition.
func (e Entry) Rules(body json.RawMessage) (Rules, error) {
	d := reflect.New(e.Definition)
	if err := json.Unmarshal(body, d.Interface()); err != nil {
		return nil, fmt.Errorf("understand a definition of %s: %w", e.Kind, err)
	}
	rules, _ := d.Elem().Interface().(Rules) // the type came from a value of it
	return rules, nil
}

// Blank returns a case without facts, to be opened.
func (e Entry) Blank() Subject { return e.blank() }

// Asks is what a page about the case asks beside it.
func (e Entry) Asks(on Subject) Needs { return e.needs(on, nil) }

// Load reads a case from its JSON form.
func (e Entry) Load(doc json.RawMessage) (Subject, error) {
	subject := e.blank()
	if err := json.Unmarshal(doc, subject); err != nil {
		return nil, fmt.Errorf("understand a case of kind %s: %w", e.Kind, err)
	}
	return subject, nil
}

// Read reads a command from its name and JSON input. It refuses unknown commands and unknown fields, what Tidy refuses, and what the command's type
// says a field may not be (see Check). There is no other way from JSON to a command, so none comes to the rules untidied, whoever issues it: a face, a
// workflow, a batch, the command line. With a refusal of fields comes the command as far as it was understood, for whoever asks the rules what else is wrong. The contract's check alone looks at a body before it is read, and so is given it tidied (server/proper.go).
func (e Entry) Read(name Name, input json.RawMessage) (Act, error) {
	a, ok := e.act(name)
	if !ok {
		return Act{}, Refuse(UnknownCommand, "没有这个操作。", "There is no such command.")
	}
	input, err := Tidy(input)
	if err != nil {
		return Act{}, err
	}
	command := reflect.New(a.input)
	if err = read(input, command.Interface()); err == nil {
		err = Check(command.Interface())
	} else if command = reflect.New(a.input); !understand(input, command.Interface(), &err) {
		return Act{}, err
	}
	return Act{About: a.about, Input: command.Elem().Interface(), Given: input, act: a}, err
}

// Fits says how a command fits where the case stands, for the actor. Whether they may is not asked here.
func (e Entry) Fits(name Name, on Subject, actor Actor, env Env) Fit {
	a, ok := e.act(name)
	if !ok || a.about.By != ByPeople || a.about.Opens || barred(a.about, reflect.Zero(a.input).Interface(), on, actor, env) {
		return Not
	}
	return a.fits(reflect.Zero(a.input).Interface(), on, actor, env)
}
