package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
)

// Asked is one request for more time as the page of its case tells it.
type Asked struct {
	extension.Request
	DecideBy clock.Date // until when it has to be decided; none once it was
	For      string     // of an enterprise's person: which one
}

// Requests returns the newest requests for more time of a case that the actor may see.
func (s *Store) Requests(ctx context.Context, actor process.Actor, caseID string, size int) ([]Asked, error) {
	rows, err := s.queries.RequestsOf(ctx, &caseID, viewers(actor), int32(size))
	if err != nil {
		return nil, fmt.Errorf("read the requests for more time of %s: %w", caseID, err)
	}
	reader, err := s.caseReader(ctx, actor, caseID)
	if err != nil {
		return nil, err
	}
	all := make([]Asked, 0, len(rows))
	for _, r := range rows {
		one := Asked{}
		if err := json.Unmarshal(r.Facts, &one.Request); err != nil {
			return nil, fmt.Errorf("understand the request %s: %w", r.Number, err)
		}
		one.ID, one.Number, one.State, one.Done, one.OpenedAt = r.ID, r.Number, r.State, r.Done, r.OpenedAt
		if !r.Done {
			one.DecideBy = r.DueOn
			one.Holder = &process.Holder{Name: r.HolderName}
		}
		if err := json.Unmarshal(r.Also, &one.Also); err != nil {
			return nil, fmt.Errorf("understand to whom the request %s is addressed: %w", r.Number, err)
		}
		one.EnterpriseID, one.EnterpriseName = r.EnterpriseID, r.EnterpriseName
		if reader == nil {
			one.For = one.AskedFor
		} else { // an enterprise reads who decides by function, and of the other one its name
			one.AskedByID, one.AskedByName = reader.Named(one.AskedByID, one.AskedByName, outside.Zone())
			_, one.DecidedName = reader.Named(one.DecidedID, one.DecidedName, outside.Leader())
			one.ManagerID, one.ManagerName, one.DecidedID = "", "", ""
			if one.Holder != nil {
				one.Holder.Name = outside.Zone().Chinese
			}
		}
		all = append(all, one)
	}
	return all, nil
}
