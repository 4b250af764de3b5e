// Package outside turns cases and events into what the other party may read of them: an enterprise sees its own deeds, notices and verdicts, and
// the zone's functions instead of its people's names. It is pure: nothing it is given is changed. Store, API and pages read through it.
package outside

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Reader is somebody of an enterprise who reads one of its cases.
type Reader struct {
	EnterpriseID string
	Was          []string          // enterprises that have become part of it: what was written to them is its own
	People       map[string]bool   // ids of the enterprise's own people, the reader among them
	Others       map[string]string // people of other enterprises that the case is addressed to: what their enterprise is called, which stands for them
	Files        map[string]bool   // files put on record before files had an audience, by FileKey: whether their event lets the enterprise read them
}

// FileKey names one revision of one attachment.
func FileKey(number, revision int) string { return fmt.Sprintf("%d.%d", number, revision) }

// is reports whether the id is the enterprise's, or of one that has become part of it.
func (r Reader) is(id string) bool {
	return id != "" && (id == r.EnterpriseID || slices.Contains(r.Was, id))
}

// own reports whether the id is the enterprise's or one of its people's.
func (r Reader) own(id string) bool { return id != "" && (id == r.EnterpriseID || r.People[id]) }

// The functions that stand in the place of names. The Chinese word is the name; Words finds its English.
func functions() []process.Text {
	return []process.Text{Zone(), Supervisor(), Manager(), Leader(), Liaison(), Department(), Bound()}
}

// Zone stands for anybody of the management committee.
func Zone() process.Text {
	return process.Text{Chinese: "园区管委会", English: "zone management committee"}
}

// Supervisor stands for a safety supervisor.
func Supervisor() process.Text {
	return process.Text{Chinese: "安监员", English: "safety supervisor"}
}

// Manager stands for a project's manager.
func Manager() process.Text {
	function, _ := ManagerFunction(project.Kind)
	return function
}

// Leader stands for a leader of the zone.
func Leader() process.Text { return process.Text{Chinese: "园区领导", English: "zone leader"} }

// Liaison stands for the enterprise's liaison officer.
func Liaison() process.Text { return process.Text{Chinese: "包保干部", English: "liaison officer"} }

// Department stands for an officer of a county department.
func Department() process.Text {
	return process.Text{Chinese: "部门经办人", English: "department officer"}
}

// Bound stands for somebody of another enterprise that the case is addressed to, where it is not known which.
func Bound() process.Text {
	return process.Text{Chinese: "另一家企业", English: "the other enterprise"}
}

// Words returns a function's words in both languages, and whether the name is a function's at all.
func Words(name string) (process.Text, bool) {
	all := functions()
	if i := slices.IndexFunc(all, func(f process.Text) bool { return f.Chinese == name }); i >= 0 {
		return all[i], true
	}
	return process.Text{}, false
}

// functionOf is what an actor does in the zone.
func functionOf(a process.Actor) process.Text {
	switch {
	case a.Has(process.SafetySupervisor):
		return Supervisor()
	case a.Has(process.ProjectManager):
		return Manager()
	case a.Has(process.LiaisonOfficer):
		return Liaison()
	case a.Has(process.Leader):
		return Leader()
	case a.Has(process.Department):
		return Department()
	case a.Has(process.Enterprise):
		return Bound()
	}
	return Zone()
}

// Actor is an actor as the enterprise reads them: its own people as they are, the clock as the clock, everybody else by function.
func (r Reader) Actor(a process.Actor) process.Actor {
	a.Behalf = ""
	if r.own(a.ID) || (a.Has(process.Enterprise) && a.EnterpriseID == r.EnterpriseID) || a.Type == process.Clock {
		return a
	}
	if firm, ok := r.Others[a.ID]; ok {
		return process.Actor{Type: a.Type, Name: firm}
	}
	return process.Actor{Type: a.Type, Name: functionOf(a).Chinese}
}

// Holder is who has the case as the enterprise reads it. Bodies keep their names; people of the zone are shown by function.
func (r Reader) Holder(h *process.Holder, function process.Text) *process.Holder {
	if h == nil || h.Kind != process.HeldByPerson || r.own(h.ID) {
		return h
	}
	if firm, ok := r.Others[h.ID]; ok {
		return &process.Holder{Kind: h.Kind, Name: firm, Since: h.Since}
	}
	return &process.Holder{Kind: h.Kind, Name: function.Chinese, Since: h.Since}
}

// HolderFunction is what somebody who has a case of the kind is, where nothing else is known of them.
func HolderFunction(kind process.Kind) process.Text {
	if e, ok := kinds.Of(kind); ok {
		return e.Inside
	}
	return Zone()
}

// ManagerFunction is what whoever manages a case of the kind is, and whether that is told from who merely has it.
func ManagerFunction(kind process.Kind) (process.Text, bool) {
	if e, ok := kinds.Of(kind); ok && e.Manager.Chinese != "" {
		return e.Manager, true
	}
	return HolderFunction(kind), false
}

// Named returns a name of the enterprise's own people as it is, and the function for everybody else; nobody stays nobody.
func (r Reader) Named(id, name string, function process.Text) (shownID, shownName string) {
	switch {
	case id == "" && name == "", r.own(id):
		return id, name
	}
	if firm, ok := r.Others[id]; ok {
		return "", firm
	}
	return "", function.Chinese
}
