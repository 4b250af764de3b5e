package casework

import "github.com/parkway-zone/parkway/domain/process"

// NudgeVerb is what Nudge does.
const NudgeVerb process.Verb = "nudge"

// Nudge urges the holder on (催办). It is recorded, and possible once in process.NudgeEvery.
type Nudge struct {
	Text string `json:"text,omitempty" ask:"long" maxLength:"4000" doc:"A word with it." example:"请本周内办完。"`
}

// About says who may urge.
func (Nudge) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(NudgeVerb), Any: process.Of(leader), Own: process.Of(pm, ss, liaison), AddsOnly: true, Readers: process.Addressed}
}

// Fits says that only what somebody else has in hand is urged on.
func (Nudge) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	c := on.Header()
	switch {
	case c.Done || c.Holder == nil || c.Holder.Kind == process.HeldOutside || c.HeldBy(actor):
		return process.Not
	case c.SuspendedSince != nil:
		return process.Fits
	}
	return process.Urges
}

// Act refuses a second nudge within a day, and one to oneself.
func (c Nudge) Act(on process.Subject, call process.Call, _ process.Env) (process.Deed, error) {
	text, err := process.Optional("text", c.Text, process.TextLimit)
	if err == nil {
		err = on.Header().Nudge(call)
	}
	if err != nil {
		return process.Deed{}, err
	}
	holder := on.Header().Holder
	return process.Deed{Reason: text, Notices: []process.Notice{{Kind: process.NoticeNudge, ToKind: holder.Kind, ToID: holder.ID, As: []process.Function{process.AsHolder}}}}, nil
}
