package store_test

import (
	"fmt"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// three is how many elements each list gets, so that the second case has the parts of the first: what is saved once is not taken away.
const three = 3

func resized[T any](list []T) []T {
	for len(list) < three {
		list = append(list, list[0])
	}
	return list[:three]
}

func (f filler) lawfulProject(p *project.Project) {
	p.Passages, p.Clocks, p.Attachments = resized(p.Passages), resized(p.Clocks), resized(p.Attachments)
	p.Money = resized(p.Money)
	f.lawfulClocks(p.Clocks)
	f.lawfulAttachments(p.Attachments)
	for i := range p.Passages {
		passage := &p.Passages[i]
		passage.Seq, passage.Outcome = i+1, lifecycle.Current
		if f.sealed {
			passage.Outcome = lifecycle.Passed
		}
		passage.LeftOn = passage.EnteredOn.AddDays(rapid.IntRange(0, 400).Draw(f.r, "left"))
		for n := range passage.Seal.Items {
			item := &passage.Seal.Items[n]
			item.ID = fmt.Sprintf("r%d", n)
			for j := range item.Papers {
				item.Papers[j].Number = j + 1
			}
		}
	}
	for i := range p.Answers {
		p.Answers[i].Requirement = fmt.Sprintf("requirement %d", rapid.IntRange(0, 2).Draw(f.r, "which")+3*i)
	}
	f.lawfulMoney(p.Money)
	for i := range p.Baselines {
		p.Baselines[i].Seq = i + 1
		for n := range p.Baselines[i].Targets {
			p.Baselines[i].Targets[n].Subject = schedule.Subject(fmt.Sprintf("stage:%d", f.next()))
		}
	}
	for i := range p.Buildings {
		p.Buildings[i].Code = fmt.Sprintf("%d#]", rapid.IntRange(0, 2).Draw(f.r, "which")+3*i)
	}
}

// lawfulMoney makes amounts of months that differ, some of them in yuan, which have no rate.
func (f filler) lawfulMoney(all []funds.Entry) {
	begin := funds.Month("2020-01")
	if f.sealed { // of the second case: another month than any of the first
		begin = begin.Add(1000)
	}
	for i := range all {
		e := &all[i]
		e.Seq, e.Month, e.TakenBack = i+1, begin.Add(f.next()%1000), f.sealed
		e.Sort, e.Origin = rapid.SampledFrom([]funds.Sort{funds.Done, funds.InPlace}).Draw(f.r, "sort"), rapid.SampledFrom([]funds.Origin{funds.Domestic, funds.Foreign}).Draw(f.r, "origin")
		e.Currency, e.Amount = rapid.SampledFrom(funds.Currencies()).Draw(f.r, "currency"), funds.Amount(f.next()*1000+i)
		if e.Rate = nil; e.Currency != funds.Yuan {
			rate := funds.Rate(f.next())
			e.Rate = &rate
		}
		for n := range e.Former {
			e.Former[n].Seq, e.Former[n].Amount = n+1, funds.Amount(f.next())
		}
	}
}

func (f filler) lawfulHazard(h *hazard.Hazard) {
	h.Rounds, h.Clocks, h.Attachments = resized(h.Rounds), resized(h.Clocks), resized(h.Attachments)
	f.lawfulClocks(h.Clocks)
	f.lawfulAttachments(h.Attachments)
	h.Elsewhere = h.Elsewhere && h.ProjectID == ""
	for i := range h.Rounds {
		h.Rounds[i].Round, h.Rounds[i].Verdict = i+1, ""
		if f.sealed {
			h.Rounds[i].Verdict = rectification.Fail
		}
		for n := range h.Rounds[i].Inspectors {
			h.Rounds[i].Inspectors[n].ID = uuid.NewString()
		}
	}
}

func (f filler) lawfulTask(t *plantask.Task) {
	t.Clocks, t.Attachments = resized(t.Clocks), resized(t.Attachments)
	f.lawfulClocks(t.Clocks)
	f.lawfulAttachments(t.Attachments)
}

func (f filler) lawfulPlain(p *process.Plain) {
	p.Clocks, p.Attachments = resized(p.Clocks), resized(p.Attachments)
	f.lawfulClocks(p.Clocks)
	f.lawfulAttachments(p.Attachments)
}
