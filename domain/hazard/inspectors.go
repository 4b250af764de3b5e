package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// inspectors returns who inspects: the actor, when it is a person, and the others named. An inspection needs as many different people of the
// zone's staff as the definition says (two: forms 现场检查记录, 整改复查意见书), and nobody of the enterprise.
func inspectors(ids []string, call process.Call, env Env, needed int) ([]rectification.Signatory, error) {
	found, err := env.Directory.Inspectors(ids, call, needed)
	signed := make([]rectification.Signatory, 0, len(found))
	for _, p := range found {
		signed = append(signed, rectification.Signatory{ID: p.ID, Name: p.Name})
	}
	return signed, err
}
