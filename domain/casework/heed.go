package casework

import "github.com/parkway-zone/parkway/domain/process"

// HeedVerb is what Heed does.
const HeedVerb process.Verb = "heed"

// Heed is the machinery's command: the case that this one belongs to has moved on. It follows from every deed that moves a case with open children.
type Heed struct{}

// About says that nobody issues it: it only follows from another deed.
func (Heed) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(HeedVerb), By: process.ByBatch, Follows: true, Readers: process.Offices}
}

// Act asks the case what that is to it, and refuses when it is nothing.
func (Heed) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	h, ok := on.(process.Heeding)
	if !ok || on.Header().Done || env.Found.Parent == nil {
		return process.Deed{}, process.Unmoved()
	}
	reason := h.Heed(*env.Found.Parent, call, env)
	if reason == "" {
		return process.Deed{}, process.Unmoved()
	}
	if on.Header().Done {
		return process.Deed{Reason: reason, Notices: process.TellTeam(on, process.NoticeClosed)}, nil
	}
	process.Follow(on, call, env)
	return process.Deed{Reason: reason}, nil
}
