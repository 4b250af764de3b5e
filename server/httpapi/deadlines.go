package httpapi

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// GetDeadline explains the deadlines of a case.
func (a *API) GetDeadline(ctx context.Context, r api.GetDeadlineRequestObject) (api.GetDeadlineResponseObject, error) {
	d, err := a.App.Store.Deadlines(ctx, actor(ctx), r.Id, a.now())
	if err != nil {
		return nil, err
	}
	answer := api.GetDeadline200JSONResponse{CaseId: d.ID, Number: d.Number, Title: d.Title, DueOn: d.DueOn, Provisional: &d.Provisional,
		Escalation: optional(string(d.Escalation)), Clocks: []api.ExplainedClock{}, Ahead: steps(d.Ahead)}
	for _, k := range d.Clocks {
		explained := api.ExplainedClock{Clock: k.Clock, Ledger: k.Ledger, Shares: []process.Share{}}
		explained.Shares = append(explained.Shares, k.Shares...)
		answer.Clocks = append(answer.Clocks, explained)
	}
	return answer, nil
}

// GetForecast tells what will happen in the zone if nobody acts.
func (a *API) GetForecast(ctx context.Context, r api.GetForecastRequestObject) (api.GetForecastResponseObject, error) {
	days := value(r.Params.Days)
	if days == 0 {
		days = 14
	}
	until := a.now().Add(time.Duration(days) * 24 * time.Hour)
	ahead, next, err := a.App.Store.Outlook(ctx, actor(ctx), a.now(), until, store.Cursor(value(r.Params.Cursor)), size(r.Params.Size))
	if err != nil {
		return nil, err
	}
	return api.GetForecast200JSONResponse{Until: until, Items: steps(ahead), Next: optional(string(next))}, nil
}

func steps(ahead []store.Foreseen) []api.ForeseenStep {
	list := []api.ForeseenStep{}
	for _, f := range ahead {
		to := []string{}
		for _, audience := range f.To {
			to = append(to, string(audience))
		}
		list = append(list, api.ForeseenStep{CaseId: f.CaseID, Kind: api.ForeseenStepKind(f.Kind), Number: f.Number, Title: f.Title, At: f.At, Rung: f.ID,
			Act: api.ForeseenStepAct(f.Act), Level: api.ForeseenStepLevel(f.Level), To: to, People: f.People, Leader: f.ToLeader()})
	}
	return list
}
