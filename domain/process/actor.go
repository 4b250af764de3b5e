package process

import "slices"

// ActorType tells people from the machinery.
type ActorType string

// The types of actor.
const (
	Person ActorType = "person" // somebody signed in, or their token
	Clock  ActorType = "clock"  // the passing of time
	Import ActorType = "import" // data brought over from elsewhere, with true past dates
)

// Role is what somebody does in the zone.
type Role string

// The roles. Their permissions are in package access.
const (
	ProjectManager   Role = "project_manager"
	SafetySupervisor Role = "safety_supervisor"
	LiaisonOfficer   Role = "liaison_officer"
	Department       Role = "department"
	Enterprise       Role = "enterprise"
	Leader           Role = "leader"
	Auditor          Role = "auditor"
	Administrator    Role = "administrator"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{ProjectManager, SafetySupervisor, LiaisonOfficer, Department, Enterprise, Leader, Auditor, Administrator}
}

// Actor is who issued a command. It always comes from the session, the token or the machinery, never from the request.
type Actor struct {
	Type         ActorType `json:"type"`
	ID           string    `json:"id,omitempty"`
	Name         string    `json:"name"`
	Roles        []Role    `json:"roles,omitempty"`
	UnitID       string    `json:"unit_id,omitempty"`
	EnterpriseID string    `json:"enterprise_id,omitempty"`
	Behalf       string    `json:"behalf,omitempty"`  // of the clock: the name of whoever did the deed from which this one followed; of a person: the name of whoever is away and in whose place they acted
	Through      Machinery `json:"through,omitempty"` // machinery that carries the person's deed to many cases; never set from outside
}

// Machinery is what carries a person's deed to many cases.
type Machinery string

// TheBatch carries one reasoned deed to many cases.
const TheBatch Machinery = "batch"

// KeyOwner is who makes the actor's idempotency keys. A key counts together with its owner, so that nobody can use up somebody else's.
func (a Actor) KeyOwner() string { return string(a.Type) + ":" + a.ID + ":" + string(a.Through) }

// Has reports whether the actor holds the role.
func (a Actor) Has(role Role) bool { return slices.Contains(a.Roles, role) }

// TheClock is the actor of everything that happens because time passed.
func TheClock() Actor { return Actor{Type: Clock, Name: "时钟"} }
