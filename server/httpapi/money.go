package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

type (
	moneyAsked struct {
		Month   funds.Month `query:"month" minLength:"7" maxLength:"7" doc:"The month that is asked about, written 2024-10; the one before this when left out." example:"2024-10"`
		Entered maybe[bool] `query:"entered" doc:"true: the investment done in the month is entered; false: it is missing"`
		Narrowed
	}
	// MoneyItem is a project in the register of money.
	MoneyItem struct {
		ID           string        `json:"id"`
		Number       string        `json:"number" example:"XM-2024-0001"`
		Title        string        `json:"title"`
		EnterpriseID string        `json:"enterprise_id"`
		Enterprise   string        `json:"enterprise"`
		Manager      string        `json:"manager"`
		StartedOn    clock.Date    `json:"construction_started_on"`
		Entered      bool          `json:"entered" doc:"Whether the investment done in the month is entered."`
		Month        MonthTotals   `json:"month"`
		Figures      funds.Figures `json:"figures" doc:"As of the end of the month."`
		Entries      []funds.Entry `json:"entries" doc:"Every amount up to the month, without what was said before corrections."`
	}
	// MonthTotals are what was done and what came in one month.
	MonthTotals struct {
		Done    funds.Total `json:"done"`
		InPlace funds.Total `json:"in_place"`
	}
	// MoneyList is a page of the register of money.
	MoneyList struct {
		Month   funds.Month `json:"month" example:"2024-10"`
		Items   []MoneyItem `json:"items"`
		Next    string      `json:"next,omitempty"`
		Owing   int         `json:"owing" doc:"How many projects have figures to give for the month."`
		Missing int         `json:"missing" doc:"How many of them have not entered the investment done."`
	}
)

// money declares the register of the projects' money.
func (a *API) money(f *face) {
	kind, _ := kinds.Of(project.Kind)
	lists(f, kind, operation{id: "listMoney", path: "/money", tag: "projects", summary: "The monthly register of the projects' money, the earliest begun first unless sorted otherwise",
		detail: "Projects that were being built in the month. Sums stand apart by origin and currency and are never added across currencies; what is in yuan names the rates it was reckoned with. An enterprise does not see it."}, a.listMoney)
}

func (a *API) listMoney(ctx context.Context, p *moneyAsked) (MoneyList, error) {
	kind, _ := kinds.Of(project.Kind)
	asked, err := p.conditions(ctx, a, kind)
	if err != nil {
		return MoneyList{}, err
	}
	if err := p.Month.Bounds("month"); err != nil {
		return MoneyList{}, err
	}
	asked.Money = store.Money{Month: p.Month, Entered: p.Entered.pointer()}
	if p.Month == "" {
		asked.Money.Month = funds.MonthOf(clock.DateOf(a.now())).Add(-1)
	}
	list := MoneyList{Month: asked.Money.Month, Items: []MoneyItem{}}
	rows, next, err := a.App.Store.MoneyRegister(ctx, actor(ctx), asked, p.sort(), store.Cursor(p.Cursor), p.Size, a.now())
	if err != nil {
		return list, err
	}
	list.Next = string(next)
	if list.Owing, list.Missing, err = a.App.Store.MoneyCounts(ctx, actor(ctx), asked, a.now()); err != nil {
		return list, err
	}
	for _, r := range rows {
		item := MoneyItem{ID: r.ID, Number: r.Number, Title: r.Title, EnterpriseID: r.EnterpriseID, Enterprise: r.EnterpriseName, Manager: r.ManagerName, StartedOn: r.ConstructionStartedOn,
			Figures: r.Figures, Entries: r.Entries}
		item.Month.Done, item.Entered = r.Of(list.Month, funds.Done)
		item.Month.InPlace, _ = r.Of(list.Month, funds.InPlace)
		for i := range item.Entries {
			item.Entries[i].Former = []funds.Former{}
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}
