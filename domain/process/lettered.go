package process

import "github.com/parkway-zone/parkway/domain/letter"

// Lettered is a case about which official letters 文书 are issued. A kind is one by embedding Correspondence and saying what calls for letters and what they may say.
type Lettered interface {
	Subject
	Letters() *[]letter.Letter
	Calls() []letter.Call          // what its deeds call for, the oldest first
	Fields() letter.Fields         // what cases of the kind fill in; the same of every one
	Says(round int) letter.Values  // what the case says under these fields, as of the round
	Numbered(issued letter.Letter) // a letter was issued: a case that keeps its number elsewhere too takes it
}

// Recounting is a lettered case that says in its letters what belongs to it.
type Recounting interface {
	Recounts(says letter.Values, children []Child) letter.Values
}

// SaysOf is what a letter about the case says before its writer says anything: what the case says, what belongs to it, and what the zone's registers say.
func SaysOf(on Lettered, round int, found Found) letter.Values {
	says := on.Says(round)
	if more, ok := on.(Recounting); ok {
		says = more.Recounts(says, found.Children)
	}
	if found.Desk == nil {
		return says
	}
	return says.With(found.Desk.Says)
}

// Correspondence are the letters of a case.
type Correspondence struct {
	Issued []letter.Letter `json:"letters"`
}

// Letters are the letters, the oldest first.
func (c *Correspondence) Letters() *[]letter.Letter { return &c.Issued }

// LetterNeed is a letter that a command is about to issue: of which sort, "" for none, and the number that it has already; "": the next of its series is drawn.
type LetterNeed struct{ Sort, Number string }

// Issuing is a command that issues a letter, of a sort that is on the desk.
type Issuing interface {
	Issues(on Lettered, desk *Desk) LetterNeed
}

// Desk is what letters are written with: the sorts in use for the kind of case, the number that was drawn, and what the zone's registers say.
type Desk struct {
	Sorts  []letter.Sort
	Number string
	Taken  bool              // the number stands on another letter
	Says   map[string]string // of the zone and the case's enterprise
	Chosen string            // by whoever looks at a form
}

// Sort is the sort with the id among those in use.
func (d *Desk) Sort(id string) (letter.Sort, bool) {
	if d == nil {
		return letter.Sort{}, false
	}
	for _, s := range d.Sorts {
		if s.ID == id {
			return s, true
		}
	}
	return letter.Sort{}, false
}

// Printing is a letter that a deed issues and that has yet to be written: the door does it in the same transaction, so that no number is used without its paper.
type Printing struct {
	Seq    int
	Values letter.Values
}
