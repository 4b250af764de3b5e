package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// inspectors returns who inspects: the actor, when it is a person, and the others named. An inspection needs as many different people of the
// zone's staff as the definition says (two: forms 现场检查记录, 整改复查意见书), and nobody of the enterprise.
func inspectors(ids []string, call process.Call, env Env, needed int) ([]rectification.Signatory, error) {
	all := slices.Clone(ids)
	if call.Actor.Type == process.Person {
		all = append([]string{call.Actor.ID}, ids...)
	}
	found := []rectification.Signatory{}
	for _, id := range all {
		if id == "" || slices.ContainsFunc(found, func(s rectification.Signatory) bool { return s.ID == id }) {
			continue
		}
		party, err := env.Directory.Find(process.HeldByPerson, id)
		if err != nil {
			return nil, process.Pointing(err, "inspector_ids")
		}
		if slices.Contains(party.Roles, process.Enterprise) || slices.Contains(party.Roles, process.Auditor) {
			return nil, process.RefuseField("inspector_ids", "检查人员必须是园区工作人员。", "Inspectors must be staff of the zone.")
		}
		found = append(found, rectification.Signatory{ID: party.ID, Name: party.Name})
	}
	if len(found) < needed {
		return nil, process.Refuse(process.SamePerson, "检查和复查须有两名不同的检查人员。", "An inspection needs two different inspectors.").At("inspector_ids")
	}
	return found, nil
}
