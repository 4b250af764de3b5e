package hazard

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Supplement adds to a notice that was served: what is to be done beside, point by point. The notice stays as it is; the supplementary notice has a number of its own.
type Supplement struct {
	Points string `json:"points" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is to be done beside, a line each." example:"补设应急照明 2 处"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why the notice is added to." example:"复核时发现同一车间还有应急照明不亮。"`
}

// SupplementName is the name of Supplement.
const SupplementName process.Name = "hazard.supplement"

// About says who may, and who reads of it.
func (Supplement) About() process.About {
	return process.About{Name: SupplementName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone}
}

// Fits says that only a notice on which work goes on can be added to.
func (Supplement) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!h.Done && (h.State == rectification.Rectifying || h.State == rectification.Planned))
}

// Decide refuses what was handed in already, and a day before the notice. The deadline stays: who needs longer asks for it.
func (c Supplement) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	if h.State != rectification.Rectifying && h.State != rectification.Planned {
		return none, process.Refuse(process.WrongState, "只有整改还在进行的通知可以补充。", "Only a notice on which work goes on can be added to.").After(process.MovedState)
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	r := h.Current()
	faults.Note(process.NotBefore(call, r.IssuedOn, "补充日期早于下达通知的日期", "It cannot have been added before the notice of"))
	more := points(faults.Text(process.Required("points", c.Points, process.TextLimit)))
	if err := faults.Err(); err != nil {
		return none, err
	}
	all := append([]rectification.Point{}, r.Points...)
	if len(all) == 0 { // what the notice asked for as a whole is its first point
		all = append(all, rectification.Point{Point: 1, Text: r.Requirement})
	}
	s := rectification.Supplement{Supplement: len(r.Supplements) + 1, From: len(all) + 1, On: call.Day(), Reason: reason, After: len(h.Issued)}
	for _, p := range more {
		p.Point = len(all) + 1
		all = append(all, p)
	}
	s.Until = len(all)
	r.Points, r.Supplements = all, append(append([]rectification.Supplement{}, r.Supplements...), s)
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: h.tellBoth(process.NoticeSupplemented)}, nil
}

// supplemented is the number of the supplementary notice that the letter is, on its round: the last one without.
func (h *Hazard) supplemented(round, seq int, number string) {
	for i := range h.Rounds {
		if h.Rounds[i].Round != round || h.Rounds[i].Sealed() {
			continue
		}
		h.Loop = h.Loop.Clone()
		all := append([]rectification.Supplement{}, h.Rounds[i].Supplements...)
		for j := range all {
			if all[j].After < seq && h.unserved(all[j]) {
				all[j].Number = number
			}
		}
		h.Rounds[i].Supplements = all
	}
}

// voided reports whether the letter with the number stands no more.
func (h *Hazard) voided(number string) bool {
	return slices.ContainsFunc(h.Issued, func(l letter.Letter) bool { return l.Number == number && !l.Valid() })
}

// unserved reports whether no letter that stands says the supplement.
func (h *Hazard) unserved(s rectification.Supplement) bool {
	return s.Number == "" || h.voided(s.Number)
}

// adds is what a supplementary notice says: all that no letter says yet, because the next one serves them all; once it is out, all that it said.
func (h *Hazard) adds(v letter.Values, r rectification.Round) {
	n := len(r.Supplements)
	if n == 0 {
		return
	}
	said := slices.DeleteFunc(slices.Clone(r.Supplements), func(s rectification.Supplement) bool { return !h.unserved(s) })
	if last := r.Supplements[n-1]; len(said) == 0 {
		said = slices.DeleteFunc(slices.Clone(r.Supplements), func(s rectification.Supplement) bool { return s.Number != last.Number })
	}
	var items, reasons []string
	for _, s := range said {
		items, reasons = append(items, added(s)), append(reasons, s.Reason)
		for _, point := range r.Points[s.From-1 : s.Until] {
			v.Lists["补充"] = append(v.Lists["补充"], map[string]string{"序号": strconv.Itoa(point.Point), "要求": point.Text})
		}
	}
	v.Texts["补充项"], v.Texts["补充原因"] = strings.Join(items, "、"), strings.Join(slices.Compact(reasons), "；")
}

// added names the points that a supplementary notice added.
func added(s rectification.Supplement) string {
	if s.From == s.Until {
		return "第 " + strconv.Itoa(s.From) + " 项"
	}
	return "第 " + strconv.Itoa(s.From) + " 至 " + strconv.Itoa(s.Until) + " 项"
}
