package rectification

import "strconv"

// ElementName is the round's number.
func (r Round) ElementName(int) string { return strconv.Itoa(r.Round) }

// ElementName is the supplement's number.
func (s Supplement) ElementName(int) string { return strconv.Itoa(s.Supplement) }

// ElementName is the point's number.
func (p Point) ElementName(int) string { return strconv.Itoa(p.Point) }

// Sealed reports whether the round has its verdict.
func (r Round) Sealed() bool { return r.Verdict != "" }

// ElementName is the person's id.
func (s Signatory) ElementName(int) string { return s.ID }
