package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// inspectors returns who inspects: the actor, when it is a person, and the others named. An inspection needs as many different people of the
// zone's staff as the definition says (two: forms 现场检查记录, 整改复查意见书), and nobody of the enterprise.
func inspectors(ids []string, call process.Call, env Env, needed int) ([]rectification.Signatory, error) {
	found, faults := []rectification.Signatory{}, process.Faults{}
	add := func(id, field string) {
		if id == "" || slices.ContainsFunc(found, func(s rectification.Signatory) bool { return s.ID == id }) {
			return
		}
		party, err := env.Directory.Find(process.HeldByPerson, id)
		switch {
		case err != nil:
			faults.Note(process.Pointing(err, field))
		case slices.Contains(party.Roles, process.Enterprise) || slices.Contains(party.Roles, process.Auditor):
			faults.Note(process.RefuseField(field, party.Name+"不是园区工作人员，不能作检查人员。", "Inspectors must be staff of the zone, which "+party.Name+" is not."))
		default:
			found = append(found, rectification.Signatory{ID: party.ID, Name: party.Name})
		}
	}
	if call.Actor.Type == process.Person {
		add(call.Actor.ID, "inspector_ids")
	}
	for i, id := range ids {
		add(id, process.ElementAt("inspector_ids", i))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if len(found) < needed {
		return nil, process.Refuse(process.SamePerson, "检查和复查须有两名不同的检查人员。", "An inspection needs two different inspectors.").At("inspector_ids")
	}
	return found, nil
}
