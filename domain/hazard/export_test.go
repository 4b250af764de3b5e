package hazard

import "github.com/parkway-zone/parkway/domain/process"

// On is a command that every case can take as one on this kind, for tests.
func On(c process.Common) Command { return on{c} }

type on struct{ process.Common }

func (o on) About() process.About { return o.Common.About(Entry().Lead) }

func (o on) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	after := before.clone()
	deed, err := o.Act(&after, call, process.Env{Rules: env.Definition, Calendar: env.Calendar, Directory: env.Directory, Uploads: env.Uploads})
	return process.Decision[Hazard]{After: after, Reason: deed.Reason, Notices: deed.Notices}, err
}
