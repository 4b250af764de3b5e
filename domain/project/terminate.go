package project

import "github.com/parkway-zone/parkway/domain/process"

// TerminateName is the name of Terminate.
const TerminateName process.Name = "project.terminate"

// Terminate ends a project early: lost (流失) before land is supplied, withdrawn (退出/清退) afterwards. A signed deal stays countable.
type Terminate struct {
	Reason string `json:"reason"`
}

// Name returns "project.terminate".
func (Terminate) Name() process.Name { return TerminateName }

// Decide refuses a project that is closed.
func (c Terminate) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if err := env.Definition.Terminate(p.traveller(env), reason, call); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: reason, Notices: before.teamNotices(process.NoticeClosed)}, nil
}

// teamNotices tells everybody in the project's team.
func (p Project) teamNotices(kind string) []process.Notice {
	notices := []process.Notice{}
	for _, id := range []string{p.ManagerID, p.LeaderID, p.LiaisonID} {
		if id != "" {
			notices = append(notices, process.Notice{Kind: kind, ToKind: process.HeldByPerson, ToID: id})
		}
	}
	return notices
}
