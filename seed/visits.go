package seed

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// visitLine is an invented inspection beside the report: one that found nobody, or one that is planned.
type visitLine struct {
	Enterprise string `yaml:"enterprise"`
	On         string `yaml:"on"`
	Sort       string `yaml:"sort"`
	Supervisor string `yaml:"supervisor"`
	Second     string `yaml:"second"`
	Why        string `yaml:"why"`
	Outcome    string `yaml:"outcome"`
	Note       string `yaml:"note"`
}

func visitKey(key string) string { return key + "/visit" }

// visitID is the id of the inspection in which a hazard was found.
func visitID(key string) string { return caseID(inspection.ArrangeName, visitKey(key)) }

// visitIDs are the inspections of the demo: all of them are invented.
func (l *loader) visitIDs() []string {
	ids := []string{}
	for i, h := range l.data.Hazards {
		if h.Visit.Head != "" {
			ids = append(ids, visitID(fmt.Sprintf("hazard/%02d", i+1)))
		}
	}
	for i := range l.data.Visits {
		ids = append(ids, caseID(inspection.ArrangeName, fmt.Sprintf("visit/%02d", i+1)))
	}
	return ids
}

// inspected puts the invented checklist and the tenants on record.
func (l *loader) inspected(ctx context.Context, park string) error {
	c := l.data.Checklist
	if err := l.store.AddChecklist(ctx, park, process.Checklist{ID: id("checklist", c.Name), Name: c.Name, Basic: c.Basic, Site: c.Site, Serious: c.Serious}); err != nil {
		return fmt.Errorf("add the checklist: %w", err)
	}
	for _, t := range l.data.Tenancies {
		row := store.Tenancy{ID: id("tenancy", t.Landlord+"/"+t.Tenant), EnterpriseID: id("enterprise", t.Landlord), TenantID: id("enterprise", t.Tenant), Place: t.Place}
		if err := l.store.AddTenancy(ctx, park, row); err != nil {
			return fmt.Errorf("add the tenant %s: %w", t.Tenant, err)
		}
	}
	return nil
}

// planned puts the invented templates of recurring inspections on record, and a visit by another body.
func (l *loader) planned(ctx context.Context, park string) error {
	person := func(name string) string {
		if name == "" {
			return ""
		}
		return id("user", name)
	}
	for _, p := range l.data.VisitPlans {
		from, err := clock.ParseDate(p.From)
		if err != nil {
			return err
		}
		plan := register.VisitPlan{Name: p.Name, Sector: p.Sector, Sort: p.Sort, ChecklistID: id("checklist", l.data.Checklist.Name), EveryMonths: p.Months, From: from, FirstID: person(p.First), SecondID: person(p.Second)}
		if err := l.store.AddVisitPlan(ctx, park, id("visit plan", p.Name), plan); err != nil {
			return err
		}
	}
	for _, v := range l.data.OtherVisits {
		on, err := clock.ParseDate(v.On)
		if err != nil {
			return err
		}
		visit := register.OtherVisit{EnterpriseID: id("enterprise", v.Enterprise), On: on, Body: v.Body, Purpose: v.Purpose}
		if err := l.store.AddOtherVisit(ctx, park, id("other visit", v.Enterprise+"/"+v.On), visit); err != nil {
			return err
		}
	}
	return nil
}

// visits are the inspections of the demo. All of them are invented: the report says what was found in its campaigns, and not how.
func (l *loader) visits() ([]deed, error) {
	all := []deed{}
	for i, h := range l.data.Hazards {
		if h.Visit.Head == "" {
			continue
		}
		told, err := l.found(visitKey(fmt.Sprintf("hazard/%02d", i+1)), h)
		if err != nil {
			return nil, err
		}
		all = append(all, told...)
	}
	for i, v := range l.data.Visits {
		on, err := clock.ParseDate(v.On)
		if err != nil {
			return nil, err
		}
		key := fmt.Sprintf("visit/%02d", i+1)
		all = append(all, l.arranged(key, on, inspection.Arrange{EnterpriseID: id("enterprise", v.Enterprise), Sort: v.Sort, InspectorIDs: []string{id("user", v.Supervisor), id("user", v.Second)}, Why: v.Why}))
		if v.Outcome != "" {
			all = append(all, deed{caseID: caseID(inspection.ArrangeName, key), name: inspection.FindNobodyName, input: inspection.FindNobody{Outcome: v.Outcome, Note: v.Note}, key: key + "/nobody", on: v.On, actor: inventor()})
		}
	}
	return all, nil
}

// arranged plans an inspection some days ahead.
func (l *loader) arranged(key string, on clock.Date, c inspection.Arrange) deed {
	const ahead = -5
	planned := on.AddDays(ahead)
	if last := clock.DateOf(Begin()).AddDays(-1); planned.After(last) {
		planned = last
	}
	c.On, c.ChecklistID = on, id("checklist", l.data.Checklist.Name)
	return deed{caseID: caseID(inspection.ArrangeName, key), name: inspection.ArrangeName, input: c, key: key, on: planned.String(), actor: inventor()}
}

// found is the inspection in which a hazard of the report was found: planned, its checklist gone through, signed.
func (l *loader) found(key string, h hazardLine) ([]deed, error) {
	on, err := clock.ParseDate(h.Found)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	results, notes := map[string]string{h.Visit.Item: inspection.Fail}, map[string]string{h.Visit.Item: h.Description}
	c := caseID(inspection.ArrangeName, key)
	end := inspection.Conclude{From: "09:30", Until: "10:50", Head: h.Visit.Head, HeadPost: "安全负责人", Signature: inspection.Signed, CardsShown: true, Handling: "发现的问题按隐患登记，分别当场整改或限期整改（虚构示例）。"}
	return []deed{
		l.arranged(key, on, inspection.Arrange{EnterpriseID: id("enterprise", h.Enterprise), Sort: "special", Place: h.Location, CampaignID: id("campaign", h.Campaign), InspectorIDs: []string{id("user", h.Supervisor), id("user", h.Second)}}),
		{caseID: c, name: inspection.CheckName, input: inspection.Check{Results: results, Notes: notes, Rest: true}, key: key + "/checked", on: h.Found, actor: inventor()},
		{caseID: c, name: inspection.ConcludeName, input: end, key: key + "/signed", on: h.Found, actor: inventor()},
	}, nil
}
