package httpapi

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	// Deadline is every deadline of a case and how it comes about.
	Deadline struct {
		CaseID      string           `json:"case_id"`
		Number      string           `json:"number"`
		Title       string           `json:"title"`
		DueOn       clock.Date       `json:"due_on"`
		Provisional bool             `json:"provisional"`
		Escalation  string           `json:"escalation,omitempty"`
		Clocks      []ExplainedClock `json:"clocks"`
		Ahead       []ForeseenStep   `json:"ahead"`
	}
	// ExplainedClock is a deadline with its ledger.
	ExplainedClock struct {
		Clock  clock.Clock     `json:"clock" doc:"limit, start, pauses, extensions, end, verdict, rungs fired"`
		Ledger clock.Ledger    `json:"ledger" doc:"counted and uncounted stretches with their causes; counted adds up to budget"`
		Shares []process.Share `json:"shares" doc:"days, and late days, of each holder"`
	}
	// ForeseenStep is something that happens if nobody acts.
	ForeseenStep struct {
		CaseID string          `json:"case_id"`
		Kind   string          `json:"kind"`
		Number string          `json:"number"`
		Title  string          `json:"title"`
		At     time.Time       `json:"at"`
		Rung   string          `json:"rung"`
		Act    string          `json:"act" doc:"remind, flag_overdue, supervision_order, interview, refer, list"`
		Level  string          `json:"level" doc:"info, normal, red"`
		To     []string        `json:"to"`
		People []store.Reached `json:"people"`
		Leader bool            `json:"leader" doc:"with this step it is a leader's problem"`
	}
	forecastAsked struct {
		Days int `query:"days" minimum:"1" maximum:"60" default:"14" doc:"how many days ahead"`
		Paged
	}
	// Forecast is the next cases to which something happens, the soonest first, with every reminder ahead of each.
	Forecast struct {
		Until time.Time      `json:"until"`
		Items []ForeseenStep `json:"items"`
		Next  string         `json:"next,omitempty"`
	}
)

// deadlines declares what explains due dates and tells what is to come.
func (a *API) deadlines(f *face) {
	on(f, operation{id: "getDeadline", path: "/cases/{id}/deadline", tag: "cases", summary: "How the due date comes about, and what happens if nobody acts"}, a.deadline)
	on(f, operation{id: "getForecast", path: "/forecast", tag: "cases", summary: "What happens in the zone if nobody acts"}, a.forecast)
}

func (a *API) deadline(ctx context.Context, in *CaseID) (Deadline, error) {
	d, err := a.App.Store.Deadlines(ctx, actor(ctx), in.ID, a.now())
	if err != nil {
		return Deadline{}, err
	}
	answer := Deadline{CaseID: d.ID, Number: d.Number, Title: d.Title, DueOn: d.DueOn, Provisional: d.Provisional, Escalation: string(d.Escalation),
		Clocks: []ExplainedClock{}, Ahead: steps(d.Ahead)}
	for _, k := range d.Clocks {
		explained := ExplainedClock{Clock: k.Clock, Ledger: k.Ledger, Shares: []process.Share{}}
		explained.Shares = append(explained.Shares, k.Shares...)
		answer.Clocks = append(answer.Clocks, explained)
	}
	return answer, nil
}

func (a *API) forecast(ctx context.Context, in *forecastAsked) (Forecast, error) {
	until := a.now().Add(time.Duration(in.Days) * 24 * time.Hour)
	ahead, next, err := a.App.Store.Outlook(ctx, actor(ctx), a.now(), until, store.Cursor(in.Cursor), in.Size)
	return Forecast{Until: until, Items: steps(ahead), Next: string(next)}, err
}

func steps(ahead []store.Foreseen) []ForeseenStep {
	list := []ForeseenStep{}
	for _, f := range ahead {
		to := []string{}
		for _, audience := range f.To {
			to = append(to, string(audience))
		}
		list = append(list, ForeseenStep{CaseID: f.CaseID, Kind: string(f.Kind), Number: f.Number, Title: f.Title, At: f.At, Rung: f.ID,
			Act: string(f.Act), Level: string(f.Level), To: to, People: f.People, Leader: f.ToLeader()})
	}
	return list
}
