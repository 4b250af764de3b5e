package inspection

import "github.com/parkway-zone/parkway/domain/process"

// What becomes of the status that a visit which found nobody proposes.
const (
	Confirmed    = "confirmed"
	NotConfirmed = "refused"
)

// SettleStatus says whether an enterprise is what the visit that found nobody proposes. Confirmed, the register says so at once: nobody types it a second time.
type SettleStatus struct {
	Verdict string `json:"verdict" ask:"pick,required,words=status_verdict,is=confirmed" enum:"confirmed,refused" doc:"Whether the enterprise is what the visit proposes." example:"confirmed"`
	Reason  string `json:"reason,omitempty" ask:"long,sometimes" maxLength:"4000" doc:"Why; compulsory of a refusal." example:"已电话联系，只是放假停工三天。"`
}

// SettleStatusName is the name of SettleStatus.
const SettleStatusName process.Name = "inspection.settle_status"

// About says who may: never who was there and proposed it.
func (SettleStatus) About() process.About {
	return process.About{Name: SettleStatusName, Any: process.Of(process.Leader, process.Administrator), Readers: process.Offices, Duty: process.Approves}
}

// Fits says that something is proposed and nobody has said anything of it.
func (SettleStatus) Fits(i Inspection, _ process.Actor, env Env) process.Fit {
	if !i.ProposesStatus() || i.Outdated(env.Found.Visited) != nil {
		return process.Not
	}
	return process.Leads
}

// ProposesStatus reports whether the visit proposes a status of the enterprise that nobody has decided on.
func (i Inspection) ProposesStatus() bool {
	return i.State == Missed && i.Proposes != "" && i.StatusVerdict == ""
}

// Outdated says why the status that the visit proposes is not to be confirmed any more, by what is known of the enterprise since: nil where it still is. The page, the list
// and the decision go by it alike.
func (i Inspection) Outdated(v *process.Visited) *process.Text {
	if v == nil {
		return nil
	}
	if v.ID != i.TargetID {
		return &process.Text{Chinese: "这家企业已经并入" + v.Name + "，不能再按这次检查确认。", English: "The enterprise has become part of " + v.Name + ": it is no longer so by this visit."}
	}
	if v.Status == i.Proposes {
		return &process.Text{Chinese: "基础资料里已经是这个状态，不用再确认。", English: "The register says so already."}
	}
	for _, later := range v.Visits {
		if later.Done && later.Outcome == "" && later.On.After(i.HeldOn) {
			return &process.Text{Chinese: later.On.Chinese() + "又去过，见到了人（" + later.Called() + "），不能再确认。", English: "People were met there since, on " + later.On.String() + " (" + later.Called() + "): it is no longer so."}
		}
	}
	return nil
}

// Took are the inspectors of a visit that found nobody: they proposed together what it came to, whoever of them wrote it down.
func (i *Inspection) Took(p process.Duty) []string {
	if p != process.Asks || i.State != Missed {
		return nil
	}
	ids := make([]string, 0, len(i.Inspectors))
	for _, s := range i.Inspectors {
		ids = append(ids, s.ID)
	}
	return ids
}

// movedVerdict is the fact that says what was decided on the status.
const movedVerdict = "status_verdict"

// Decide refuses what proposes nothing or was decided on, and a refusal without its words.
func (c SettleStatus) Decide(before Inspection, call process.Call, env Env) (process.Decision[Inspection], error) {
	none, i := process.Decision[Inspection]{}, before.clone()
	if !i.ProposesStatus() {
		return none, process.Refuse(process.WrongState, "这次检查没有待确认的企业状态。", "This inspection proposes no status that is still to be decided on.").After(movedVerdict)
	}
	reason, err := process.Optional("reason", c.Reason, process.TextLimit)
	switch {
	case err != nil:
		return none, err
	case c.Verdict != Confirmed && c.Verdict != NotConfirmed:
		return none, process.RefuseField("verdict", "请选择确认还是不确认。", "Choose whether it is so.")
	case c.Verdict == NotConfirmed && reason == "":
		return none, process.RefuseField("reason", "不确认的要写明原因。", "Say why it is not so.")
	}
	i.StatusVerdict, i.StatusWhy, i.StatusBy = c.Verdict, reason, call.Actor.Name
	d := process.Decision[Inspection]{After: i, Reason: reason, Notices: process.TellTeam(&i, process.NoticeSettled)}
	if v := env.Found.Visited; c.Verdict == Confirmed && v != nil {
		if why := i.Outdated(v); why != nil {
			return none, process.RefuseField("verdict", why.Chinese, why.English)
		}
		d.Known = &process.Known{EnterpriseID: v.ID, Status: i.Proposes, Note: i.Number}
	}
	return d, nil
}
