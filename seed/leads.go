package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/project"
)

// leadKey is the key under which a lead is put on file.
func leadKey(i int) string { return fmt.Sprintf("lead/%02d", i+1) }

// leads are projects that have yet to be won. The report names none, so each title says that it is invented.
func (l *loader) leads() ([]deed, error) {
	all := []deed{}
	for i, line := range l.data.Leads {
		told, err := leadStory(leadKey(i), line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line.Title, err)
		}
		for j := range told {
			told[j].caseID, told[j].actor = caseID(project.OpenName, leadKey(i)), inventor()
		}
		all = append(all, told...)
	}
	return all, nil
}

// leadStory tells a lead up to where it stands. One that nobody speaks to any more goes into the pool by its own clock.
func leadStory(key string, line leadLine) ([]deed, error) {
	facts, err := factsOf(projectLine{Sector: line.Sector, Site: line.Site, Yi: line.Yi})
	if err != nil {
		return nil, err
	}
	facts.LeaderID, facts.LiaisonID, facts.ContactName, facts.ContactPhone = "", "", &line.Person, &line.Phone
	steps := []deed{{name: project.OpenName, key: key, on: line.Entered,
		input: project.Open{Title: line.Title + "（虚构示例）", EnterpriseID: id("enterprise", line.Enterprise), EntryStage: line.Stage, ManagerID: id("user", line.Manager), Facts: facts}}}
	talked, err := line.talked(key, line.Person)
	if err != nil {
		return nil, err
	}
	steps = append(steps, talked...)
	if line.Lost.On != "" {
		steps = append(steps, deed{name: project.TerminateName, input: project.Terminate{Cause: line.Lost.Cause, Reason: line.Lost.Reason}, key: key + "/lost", on: line.Lost.On})
	}
	return steps, nil
}

// talked is how a project is being won: the contacts with the person, the steps, and who brought it.
func (w won) talked(key, person string) ([]deed, error) {
	steps := []deed{}
	for i, c := range w.Contacts {
		contact := project.RecordContact{Way: c.Way, With: person, Said: c.Said}
		if c.Next != "" {
			var err error
			if contact.NextOn, err = clock.ParseDate(c.Next); err != nil {
				return nil, err
			}
		}
		steps = append(steps, deed{name: project.ContactName, input: contact, key: fmt.Sprintf("%s/contact/%d", key, i+1), on: c.On})
	}
	for i, s := range w.Talks {
		steps = append(steps, deed{name: project.NoteStepName, input: project.NoteStep{Step: s.Step}, key: fmt.Sprintf("%s/step/%d", key, i+1), on: s.On})
	}
	for i, u := range w.Introducers {
		steps = append(steps, deed{name: project.IntroduceName, input: project.Introduce{Unit: u.Unit, Share: u.Share}, key: fmt.Sprintf("%s/introduced/%d", key, i+1), on: u.On})
	}
	return steps, nil
}
