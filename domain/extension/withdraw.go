package extension

import "github.com/parkway-zone/parkway/domain/process"

// Withdraw takes the request back.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"已经按期完成，不再需要。"`
}

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "extension.withdraw"

// About says that whoever asked takes it back.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Own: process.Of(process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Department, process.Enterprise), Readers: process.Offices}
}

// Fits says that what an enterprise asked for its own people take back.
func (Withdraw) Fits(r Request, actor process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!r.Done && (r.AskedForID == "" || actor.EnterpriseID == r.AskedForID))
}

// Decide refuses a closed request.
func (c Withdraw) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := process.UnderWay(&r.Case); err != nil {
		return none, err
	}
	if r.AskedForID != "" && call.Actor.Type == process.Person && call.Actor.EnterpriseID != r.AskedForID {
		return none, process.Refuse(process.NotAllowed, "企业的申请由企业自己撤回。", "What an enterprise asked for it takes back itself.")
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	r.end(Withdrawn, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason}, nil
}
