package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// MoneyRow is a project in the monthly register of money: what is entered of it.
type MoneyRow struct {
	ListRow
	Entries []funds.Entry // without those that were taken back
	Figures funds.Figures
}

// Of is what the entries of a sort come to in a month, and whether there are any.
func (r MoneyRow) Of(m funds.Month, s funds.Sort) (funds.Total, bool) {
	t := funds.Totalled(r.Entries, func(e funds.Entry) bool { return e.Month == m && e.Sort == s })
	return t, t.Until != ""
}

// Owes reports whether the project has figures to give for the month.
func (r MoneyRow) Owes(m funds.Month) bool {
	return project.OwesMonth(m, r.ConstructionStartedOn, r.ProductionOn, r.ClosedOn)
}

// MoneyRegister lists projects that have figures of their money to give for the month that the conditions name, with what is entered of each up to the end of that
// month; sorted as the list of projects is. The money of projects is not shown to enterprises: they are refused.
func (s *Store) MoneyRegister(ctx context.Context, actor process.Actor, c Conditions, sort string, after Cursor, size int, now time.Time) ([]MoneyRow, Cursor, error) {
	if err := mayReadMoney(actor); err != nil {
		return nil, "", err
	}
	if sort == "" {
		sort = "construction_started_on"
	}
	rows, next, err := s.List(ctx, actor, project.Kind, c, sort, after, size, now)
	if err != nil {
		return nil, "", err
	}
	all, ids := make([]MoneyRow, 0, len(rows)), make([]string, 0, len(rows))
	for _, r := range rows {
		all, ids = append(all, MoneyRow{ListRow: r, Entries: []funds.Entry{}}), append(ids, r.ID)
	}
	docs, err := s.queries.MoneyOf(ctx, ids)
	if err != nil {
		return nil, "", fmt.Errorf("read the money of %d projects: %w", len(ids), err)
	}
	for _, doc := range docs {
		var e struct {
			funds.Entry
			CaseID string `json:"case_id"`
		}
		if err := json.Unmarshal(doc, &e); err != nil {
			return nil, "", fmt.Errorf("understand the money of a project: %w", err)
		}
		if e.Month <= c.Money.Month {
			one := &all[slices.Index(ids, e.CaseID)]
			one.Entries = append(one.Entries, e.Entry)
		}
	}
	for i := range all {
		agreed, err := project.ParseYuan(all[i].Investment)
		if err != nil {
			return nil, "", fmt.Errorf("understand what was agreed of %s: %w", all[i].Number, err)
		}
		all[i].Figures = funds.FiguresOf(all[i].Entries, funds.Amount(agreed), c.Money.Month.Last())
	}
	return all, next, nil
}

// MoneyCounts says how many projects have figures to give for the month that the conditions name, and how many of them have not given them.
func (s *Store) MoneyCounts(ctx context.Context, actor process.Actor, c Conditions, now time.Time) (owing, missing int, err error) {
	if err := mayReadMoney(actor); err != nil {
		return 0, 0, err
	}
	c.Money.Entered = nil
	all, err := s.ListTotals(ctx, actor, project.Kind, c, now)
	if err != nil {
		return 0, 0, err
	}
	entered := false
	c.Money.Entered = &entered
	left, err := s.ListTotals(ctx, actor, project.Kind, c, now)
	return all.Count, left.Count, err
}

func mayReadMoney(actor process.Actor) error {
	if actor.Has(process.Enterprise) {
		return process.Refuse(process.NotAllowed, "资金台账只供园区查看。", "The register of money is for the zone only.")
	}
	return nil
}
