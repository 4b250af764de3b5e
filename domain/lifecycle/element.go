package lifecycle

import "strconv"

// ElementName is the passage's seq.
func (p Passage) ElementName(int) string { return strconv.Itoa(p.Seq) }

// Sealed reports whether the stage has been left.
func (p Passage) Sealed() bool { return p.Outcome != Current }

// ElementName is the requirement that is answered.
func (a Answer) ElementName(int) string { return a.Requirement }

// ElementName is the requirement's id.
func (i Item) ElementName(int) string { return i.ID }

// ElementName is the case's number.
func (p Proof) ElementName(int) string { return p.Number }
