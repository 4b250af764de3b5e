package permit

import "github.com/parkway-zone/parkway/domain/process"

// Settle says that nobody has to watch the last day of a permit any longer: it has served its purpose.
type Settle struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"项目已经投产，不再续期。"`
}

// SettleName is the name of Settle.
const SettleName process.Name = "permit.settle"

// About says who may, and who reads of it.
func (Settle) About() process.About {
	return process.About{Name: SettleName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.FactOnly}
}

// Fits says that only a permit with a last day is watched for it.
func (Settle) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!p.Done && p.State == Issued && !p.waits() && !p.PapersOwed)
}

// Decide closes the permit as issued.
func (c Settle) Decide(before Permit, call process.Call, _ Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Issued); err != nil {
		return none, err
	}
	if p.PapersOwed {
		return none, process.Refuse(process.WrongState, "容缺的材料还没有补齐，不能就此了结。", "The papers that were missing have not come yet.")
	}
	if p.waits() {
		return none, process.Refuse(process.WrongState, "还没有登记开工，不能就此了结。", "The start has not been recorded yet.")
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	p.Supersede(call)
	p.Close(call.OccurredAt)
	return process.Decision[Permit]{After: p, Reason: reason}, nil
}
