package process

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// HolderKind is what sort of party has the ball.
type HolderKind string

// The kinds of holder.
const (
	HeldByPerson     HolderKind = "person"
	HeldByUnit       HolderKind = "unit"
	HeldByEnterprise HolderKind = "enterprise"
	HeldOutside      HolderKind = "outside" // a body that does not work with Parkway: nobody of it can be told, and it is urged by those who wait for it
)

// OutsideBody is a body that does not work with Parkway. Its id comes from its name, so that what lies with it is counted together.
func OutsideBody(name string) Party {
	h := sha256.Sum256([]byte("outside/" + name))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // a UUID of one's own making (RFC 9562, version 8)
	x := hex.EncodeToString(h[:16])
	return Party{Kind: HeldOutside, ID: x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:], Name: name + "（系统外）"}
}

// Holder is who has to act next, and since when. The zero Holder means nobody: the case is closed.
type Holder struct {
	Kind  HolderKind `json:"kind"`
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Since time.Time  `json:"since"`
}

// Party is somebody or some body a case can be handed to.
type Party struct {
	Kind         HolderKind
	ID           string
	Name         string
	Roles        []Role // of a person
	EnterpriseID string // of a person who speaks for an enterprise
	UnitID       string // of a person
	Card         string // of a person: number of the card that an inspector shows (检查证号); "": none is on record
	HeadID       string // of a person whose account has ended: the head of their section
	Disabled     bool   // a person whose account has ended, an enterprise that was merged into another one
	Became       string // of an enterprise that was merged: the name of the other one
}

// Has reports whether a person has the role.
func (p Party) Has(role Role) bool { return slices.Contains(p.Roles, role) }

// Holds returns the party as holder from the given instant on.
func (p Party) Holds(since time.Time) Holder {
	return Holder{Kind: p.Kind, ID: p.ID, Name: p.Name, Since: since}
}

// Directory holds the parties that a command mentions, by id, as the door found them.
type Directory map[string]Party

// Find returns the party with the id when it is of the kind and still active.
func (d Directory) Find(kind HolderKind, id string) (Party, error) {
	party, ok := d[id]
	if ok && party.Kind == kind && party.Became != "" {
		return Party{}, Refuse(UnknownParty, party.Name+"已经并入"+party.Became+"，请选择"+party.Became+"。", party.Name+" was merged into "+party.Became+"; choose "+party.Became+".").At("id")
	}
	if kind == HeldByEnterprise && (!ok || party.Kind != kind) {
		return Party{}, Refuse(UnknownParty, "没有找到这家企业，请重新选择。", "There is no such enterprise; choose again.").At("id")
	}
	if !ok || party.Kind != kind || party.Disabled {
		return Party{}, Refuse(UnknownParty, "没有找到这个人员或单位，请重新选择。", "There is no such active person or body; choose again.").At("id")
	}
	return party, nil
}

// Staff returns the active person with the id when they work for the zone or a department; field is the one that named them.
func (d Directory) Staff(id, field string) (Party, error) {
	person, err := d.Find(HeldByPerson, id)
	if err != nil {
		return person, Pointing(err, field)
	}
	if slices.Contains(person.Roles, Enterprise) {
		return person, RefuseField(field, "这一项要选园区工作人员。", "Choose somebody of the zone's staff.")
	}
	return person, nil
}
