package outside

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/works"
)

// Reads reports whether the enterprise may read a file of its case.
func (r Reader) Reads(a process.Attachment) bool {
	_, others := r.Others[a.ByID]
	switch a.Audience {
	case process.Shared:
		if others && a.Round == 0 {
			return false // another enterprise sent it to the zone beside what it hands in, whatever it shows
		}
		return true
	case process.Inside:
		return r.own(a.ByID)
	}
	return r.own(a.ByID) || r.Files[FileKey(a.Number, a.Revision)]
}

func (r Reader) files(all []process.Attachment) []process.Attachment {
	kept := []process.Attachment{}
	for _, a := range all {
		if r.Reads(a) {
			a.ByID, a.ByName = r.Named(a.ByID, a.ByName, Zone())
			kept = append(kept, a)
		}
	}
	return kept
}

func (r Reader) header(c process.Case, function process.Text) process.Case {
	c.Holder, c.DelegatedBy, c.UnitIDs, c.Wake = r.Holder(c.Holder, function), nil, []string{}, ""
	return c
}

// Subject is a case of any kind as its enterprise reads it. Of a kind that does not say what its enterprise reads, that is what every case has:
// where it stands, its deadlines, its papers.
func (r Reader) Subject(s process.Subject) process.Subject {
	switch c := s.(type) {
	case *project.Project:
		shown := r.Project(*c)
		return &shown
	case *hazard.Hazard:
		shown := r.Hazard(*c)
		return &shown
	}
	kind, ok := kinds.Of(s.Header().Kind)
	if !ok || kind.Private {
		return nil
	}
	shown := kind.Blank()
	if told, ok := s.(process.Outward); ok {
		shown = told.Outside()
	}
	*shown.Header() = r.header(*s.Header(), kind.Inside)
	*shown.Filed(), *shown.Timed() = r.files(*s.Filed()), clocks(*s.Timed(), false)
	if asked, ok := shown.(interface{ By() (id, name *string) }); ok { // a petition: of an enterprise's people, the other's by their enterprise
		id, name := asked.By()
		*id, *name = r.Named(*id, *name, Zone())
	}
	if theirs, ok := shown.(process.Lettered); ok { // also of a kind that says nothing else to its enterprise: a letter that was sent to it is its own
		*theirs.Letters() = r.letters(issued(s))
	}
	return shown
}

// Project is a project as its enterprise reads it.
func (r Reader) Project(p project.Project) project.Project {
	function := Zone()
	if p.Holder != nil {
		switch p.Holder.ID {
		case p.ManagerID:
			function = Manager()
		case p.LeaderID:
			function = Leader()
		case p.LiaisonID:
			function = Liaison()
		}
	}
	p.Case = r.header(p.Case, function)
	p.ManagerID, p.ManagerName = r.Named(p.ManagerID, p.ManagerName, Manager())
	p.LeaderID, p.LeaderName = r.Named(p.LeaderID, p.LeaderName, Leader())
	p.LiaisonID, p.LiaisonName = r.Named(p.LiaisonID, p.LiaisonName, Liaison())
	p.Aliases = outsideNames(p)
	p.Source, p.Note, p.ContactName, p.ContactPhone, p.Lead = "", "", "", "", project.Lead{}
	p.Money, p.Baselines = []funds.Entry{}, []schedule.Baseline{}
	p.Agreement = nil
	p.Reviews, p.Conditions, p.Recognised = []project.Reviewed{}, []project.Condition{}, []project.Recognised{} // what departments and meetings said stays among them
	p.Attachments = r.files(p.Attachments)
	p.Journey = r.journey(p.Journey)
	p.SiteSteps, p.SitePhotos = steps(p.SiteSteps), shots(p.SitePhotos, p.Attachments)
	p.Buildings = slices.Clone(p.Buildings)
	for i := range p.Buildings {
		b := &p.Buildings[i]
		b.Steps, b.Photos = steps(b.Steps), shots(b.Photos, p.Attachments)
	}
	return p
}

// outsideNames are the other names of a project that never took another one in: the other's may be another enterprise's.
func outsideNames(p project.Project) []string {
	if len(p.Merged) > 0 {
		return []string{}
	}
	return p.Aliases
}

// steps are how far steps are, without the words with which it was recorded.
func steps(all []works.Progress) []works.Progress {
	all = slices.Clone(all)
	for i := range all {
		all[i].Note = ""
	}
	return all
}

// shots are the pictures among the files that are read.
func shots(all []project.Photo, read []process.Attachment) []project.Photo {
	return slices.DeleteFunc(slices.Clone(all), func(p project.Photo) bool {
		return !slices.ContainsFunc(read, func(a process.Attachment) bool { return a.Number == p.Number })
	})
}

func (r Reader) journey(j lifecycle.Journey) lifecycle.Journey {
	j = j.Clone()
	for i := range j.Passages {
		j.Passages[i].Reason = ""
		if seal := j.Passages[i].Seal; seal != nil {
			j.Passages[i].Seal = &lifecycle.Seal{DefinitionVersion: seal.DefinitionVersion, Items: r.Gate(seal.Items), ByName: Zone().Chinese, At: seal.At}
		}
	}
	for i := range j.Answers {
		j.Answers[i] = answer(j.Answers[i])
	}
	if j.Suspension != nil {
		s := *j.Suspension
		s.Reason = ""
		j.Suspension = &s
	}
	if j.Terminated != nil {
		t := *j.Terminated
		t.Reason, t.Cause = "", ""
		j.Terminated = &t
	}
	j.Clocks = clocks(j.Clocks, false)
	return j
}

// Gate is a gate as the enterprise reads it: what is met and who owes the rest, not who said so and in which words.
func (r Reader) Gate(items []lifecycle.Item) []lifecycle.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Papers, items[i].Proofs = nil, nil
		switch items[i].Kind {
		case lifecycle.Permit, lifecycle.Built: // its own permits and buildings
		case lifecycle.Condition: // what it is to do, not by which minutes
			items[i].Says, items[i].Note = process.Text{}, process.Text{}
		default: // what departments, meetings and supervisors said
			items[i].Says = process.Text{}
		}
		if items[i].Given != nil {
			given := answer(*items[i].Given)
			items[i].Given = &given
		}
	}
	return items
}

func answer(a lifecycle.Answer) lifecycle.Answer {
	a.Note, a.ByID, a.ByName, a.AskedByID, a.AskedByName, a.Attachments = "", "", Zone().Chinese, "", "", []int{}
	return a
}

// clocks keeps the deadlines and their verdicts. Who extended or paused them is a function; why is told only where it stood on a paper.
func clocks(all []clock.Clock, told bool) []clock.Clock {
	all = slices.Clone(all)
	for i := range all {
		c := &all[i]
		c.Fired, c.Cancelled, c.Extensions, c.Pauses = []clock.Firing{}, nil, slices.Clone(c.Extensions), slices.Clone(c.Pauses)
		for k := range c.Extensions {
			c.Extensions[k].By = Zone().Chinese
			if !told {
				c.Extensions[k].Reason = ""
			}
		}
		for k := range c.Pauses {
			c.Pauses[k].Reason = ""
		}
	}
	return all
}

// Hazard is a hazard as its enterprise reads it. The inspectors who signed a notice or a verdict addressed to it stay by name: they are on that
// paper. Before the first notice nobody has signed anything.
func (r Reader) Hazard(h hazard.Hazard) hazard.Hazard {
	h.Case = r.header(h.Case, Supervisor())
	h.SupervisorID, h.SupervisorName = r.Named(h.SupervisorID, h.SupervisorName, Supervisor())
	h.Inspectors = signed(h.Inspectors)
	h.Noted = nil // when and where an inspector's phone was is the office's own
	if len(h.Rounds) == 0 {
		h.Inspectors = []rectification.Signatory{}
	}
	h.Noted = nil // where an inspector stood, and what their phone said of the time, is told to the zone
	h.Attachments = r.files(h.Attachments)
	h.Issued = r.letters(h.Issued)
	h.Loop = h.Loop.Clone()
	for i := range h.Rounds {
		round := &h.Rounds[i]
		round.Inspectors = signed(round.Inspectors)
		if by := round.HandedInBy; by != nil {
			shown := rectification.Signatory{}
			shown.ID, shown.Name = r.Named(by.ID, by.Name, Zone())
			round.HandedInBy = &shown
		}
	}
	h.Corrections = slices.Clone(h.Corrections)
	for i := range h.Corrections { // that its own record was put right, and how; who asked and why stays inside
		c := &h.Corrections[i]
		c.AskedBy, c.AgreedBy, c.Why, c.Request = "", Zone().Chinese, "", ""
	}
	h.Clocks = clocks(h.Clocks, true)
	h.Stops, h.Progress = slices.Clone(h.Stops), slices.Clone(h.Progress)
	for i := range h.Stops { // the order and its lifting are papers addressed to it: whoever signed them stands on them
		h.Stops[i].Reviewers = signed(h.Stops[i].Reviewers)
	}
	for i := range h.Progress {
		_, h.Progress[i].ByName = r.Named(h.Progress[i].ByID, h.Progress[i].ByName, Zone())
		h.Progress[i].ByID = ""
	}
	return h
}

func issued(s process.Subject) []letter.Letter {
	if l, ok := s.(process.Lettered); ok {
		return *l.Letters()
	}
	return nil
}

// letters are those that are addressed to the enterprise. Who signed them stands on them; who wrote and served them is a function.
func (r Reader) letters(all []letter.Letter) []letter.Letter {
	kept := []letter.Letter{}
	for _, l := range all {
		if !l.Outside || !r.is(l.ToID) && !slices.ContainsFunc(l.AlsoTo, r.is) {
			continue
		}
		l = r.received(l)
		l.ByID, l.ByName = r.Named(l.ByID, l.ByName, Supervisor())
		if l.Served != nil {
			served := *l.Served
			served.By, served.Note = Zone().Chinese, ""
			l.Served = &served
		}
		if l.Void != nil {
			void := *l.Void
			void.ByID, void.ByName = "", Zone().Chinese
			l.Void = &void
		}
		kept = append(kept, l)
	}
	return kept
}

// received is a letter with the reader's own receipt: what another enterprise signed is not theirs to read.
func (r Reader) received(l letter.Letter) letter.Letter {
	if len(l.AlsoTo) == 0 {
		return l
	}
	l.Served, l.Receipts = letter.ReceivedBy(l.Receipts, r.is), nil
	return l
}

// signed are the names under a paper, without their accounts.
func signed(all []rectification.Signatory) []rectification.Signatory {
	names := make([]rectification.Signatory, 0, len(all))
	for _, s := range all {
		names = append(names, rectification.Signatory{Name: s.Name})
	}
	return names
}

// Shares are a clock's days by who had the ball, with people of one function added up.
func (r Reader) Shares(kind process.Kind, shares []process.Share) []process.Share {
	var kept []process.Share
	for _, s := range shares {
		s.Holder = *r.Holder(&s.Holder, HolderFunction(kind))
		i := slices.IndexFunc(kept, func(k process.Share) bool { return k.Holder.ID == s.Holder.ID && k.Holder.Name == s.Holder.Name })
		if i < 0 {
			kept = append(kept, s)
			continue
		}
		kept[i].Days, kept[i].Late = kept[i].Days+s.Days, kept[i].Late+s.Late
	}
	return kept
}
