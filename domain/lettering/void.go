package lettering

import (
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
)

// VoidVerb is what Void does.
const VoidVerb process.Verb = "void_letter"

// Void declares a letter void that should not have been issued. Its number stays used and its file stays; whoever verifies it reads that it is void.
type Void struct {
	Number string `json:"letter_number" ask:"choose,required" minLength:"1" maxLength:"80" doc:"The letter's number." example:"泗开安监整改〔2024〕1号"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"400" doc:"Why." example:"被检查单位名称写错，另行出具。"`
}

// About says that leaders may, and whoever answers for the case.
func (Void) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(VoidVerb), Any: process.Of(process.Leader), Own: process.Of(of.Role), Readers: process.Everyone}
}

// Fits says that it fits where a letter stands.
func (Void) Fits(on process.Subject, _ process.Actor, _ process.Env) process.Fit {
	return process.FitsWhen(len(numbers(on, letter.Letter.Valid)) > 0)
}

// Ask offers the letters that stand.
func (Void) Ask(f process.Question, on process.Subject, _ process.Env) (process.Question, bool) {
	if f.Path == "letter_number" {
		f = offered(f, on, letter.Letter.Valid)
	}
	return f, true
}

// Act refuses a letter that is void already.
func (c Void) Act(on process.Subject, call process.Call, _ process.Env) (process.Deed, error) {
	var faults process.Faults
	one, err := find(on, c.Number)
	faults.Note(err)
	reason := faults.Text(process.Required("reason", c.Reason, 400))
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	one.Void = &letter.Voided{On: call.Day(), ByID: call.Actor.ID, ByName: call.Actor.Name, Reason: reason}
	return process.Deed{Reason: reason, Audience: audience(*one)}, nil
}
