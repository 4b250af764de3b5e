package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// CommentVerb is what Comment does.
const CommentVerb process.Verb = "comment"

// Comment adds words to the history; it changes no fact. A closed case can still be commented on.
type Comment struct {
	Text     string           `json:"text" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is to be on record." example:"企业已到场，设备下周进厂。"`
	CopyTo   []string         `json:"copy_to,omitempty" ask:"person,many,from=colleagues,not=me,for=staff" doc:"Ids of colleagues to be copied in (抄送)."`
	Audience process.Audience `json:"audience,omitempty" enum:"inside,shared" doc:"Who reads it beside the zone's offices; nobody when left out."`
}

// About says that nearly everybody with a part in a case may write on it.
func (Comment) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(CommentVerb), Any: process.Of(pm, ss, liaison, leader), Own: process.Of(dept, firm), AddsOnly: true, Readers: process.Chosen}
}

// ReadBy returns who reads it, as its writer chose.
func (c Comment) ReadBy() process.Audience { return c.Audience }

// Mentions returns whom it is copied to.
func (c Comment) Mentions() []string { return c.CopyTo }

// Fits says that it fits every case.
func (Comment) Fits(process.Subject, process.Actor, process.Env) process.Fit { return process.Fits }

// Act refuses an empty text, and copies to anybody but staff. Whoever answers for the case first hears of it, unless they wrote it.
func (c Comment) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	var faults process.Faults
	text := faults.Text(process.Required("text", c.Text, process.TextLimit))
	notices, err := process.CopyTo(c.CopyTo, env.Directory)
	faults.Note(err)
	if first := on.People().ManagerID; first != "" && first != call.Actor.ID {
		notices = append(notices, process.Notice{Kind: process.NoticeComment, ToKind: process.HeldByPerson, ToID: first})
	}
	return process.Deed{Reason: text, Notices: slices.Concat(notices, process.TellShared(call, on.Header().EnterpriseID))}, faults.Err()
}
