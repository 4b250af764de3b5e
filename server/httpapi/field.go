package httpapi

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

type (
	// FieldKit is what a device keeps so that hazards can be recorded without a network. Search is what typing is held against: names in one form, and their
	// pinyin initials.
	FieldKit struct {
		Me          FieldPerson       `json:"me"`
		Now         time.Time         `json:"now" doc:"The zone's time: by how much the device's clock differs is reckoned from it."`
		Today       clock.Date        `json:"today"`
		Enforces    bool              `json:"enforces" doc:"Enforcement was delegated to the zone: it may issue orders."`
		MostFiles   int               `json:"most_files" doc:"How many files one command may bring."`
		LargestFile int64             `json:"largest_file" doc:"How many bytes a file may have."`
		Levels      []FieldLevel      `json:"levels" doc:"What the office itself calls levels; none: it goes by the statutory two."`
		Enterprises []FieldEnterprise `json:"enterprises"`
		Places      []FieldPlace      `json:"places"`
		Tenancies   []FieldTenancy    `json:"tenancies" doc:"Who shares a site with whom: a hazard can be addressed to both."`
		People      []FieldPerson     `json:"people" doc:"Who may inspect beside the caller."`
		Library     []FieldFinding    `json:"library"`
		Visits      []FieldVisit      `json:"visits" doc:"The caller's inspections of today, under way, and of the last week."`
	}
	// FieldLevel is a level by the office's own name.
	FieldLevel struct {
		Code      string `json:"code"`
		Name      string `json:"name"`
		Statutory string `json:"statutory"`
	}
	// FieldEnterprise is an enterprise that can be chosen.
	FieldEnterprise struct {
		ID        string   `json:"id"`
		Name      string   `json:"name"`
		ShortName string   `json:"short_name"`
		Status    string   `json:"status" doc:"What is known of it; empty: it works."`
		Search    string   `json:"search"`
		Merged    []string `json:"merged" doc:"The ids of those that were merged into it: codes printed for them mean it."`
	}
	// FieldTenancy is a landlord and a tenant of a site.
	FieldTenancy struct {
		EnterpriseID string `json:"enterprise_id" doc:"Whose site it is."`
		TenantID     string `json:"tenant_id" doc:"Who sits there."`
	}
	// FieldPlace is a building, or where a tenant sits.
	FieldPlace struct {
		ID           string `json:"id"`
		EnterpriseID string `json:"enterprise_id"`
		Name         string `json:"name"`
		Search       string `json:"search"`
	}
	// FieldPerson is a person.
	FieldPerson struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Search string `json:"search"`
	}
	// FieldFinding is an entry of the hazard library.
	FieldFinding struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		Category    string `json:"category"`
		Clause      string `json:"clause"`
		Wording     string `json:"wording"`
		Requirement string `json:"requirement"`
		Level       string `json:"level"`
		Handling    string `json:"handling"`
		Days        int32  `json:"days"`
		Search      string `json:"search"`
	}
	// FieldVisit is an inspection in which hazards may be found.
	FieldVisit struct {
		ID           string   `json:"id"`
		Number       string   `json:"number"`
		Title        string   `json:"title"`
		EnterpriseID string   `json:"enterprise_id"`
		Place        string   `json:"place"`
		Inspectors   []string `json:"inspectors" doc:"Who inspects beside the caller, by their ids."`
	}
)

// finder refuses who records no hazards.
func finder(who process.Actor) error {
	return access.Check(who, hazard.RecordName, access.Other)
}

// field declares what is read ahead of a day without a network.
func (a *API) field(f *face) {
	on(f, operation{id: "getFieldKit", path: "/field-kit", tag: "hazards", summary: "What a device needs to record hazards without a network", whose: finder,
		detail: "Enterprises, their places, inspectors, the hazard library and the caller's inspections, read at once. What was written down without a network is sent with hazard.record and the commands after it, under the Idempotency-Key that it was given when it was written; Written-By names who wrote it."},
		func(ctx context.Context, _ *struct{}) (FieldKit, error) { return a.fieldKit(ctx) })
}

func (a *API) fieldKit(ctx context.Context) (FieldKit, error) {
	who, now := actor(ctx), a.now()
	found, err := a.App.Store.FieldKit(ctx, who, now)
	if err != nil {
		return FieldKit{}, err
	}
	return FieldKit{Me: FieldPerson{ID: who.ID, Name: who.Name}, Now: now, Today: clock.DateOf(now), Enforces: found.Enforces, MostFiles: process.FilesAtOnce, LargestFile: a.Blobs.Limit,
		Levels:      each(found.Levels, func(r store.FieldLevel) FieldLevel { return FieldLevel(r) }),
		Enterprises: each(found.Enterprises, func(r store.FieldEnterprise) FieldEnterprise { return FieldEnterprise(r) }),
		Places:      each(found.Places, func(r store.FieldPlace) FieldPlace { return FieldPlace(r) }),
		Tenancies:   each(found.Tenancies, func(r store.FieldTenancy) FieldTenancy { return FieldTenancy(r) }),
		People:      each(found.People, func(r store.FieldPerson) FieldPerson { return FieldPerson(r) }),
		Library:     each(found.Library, func(r store.FieldFinding) FieldFinding { return FieldFinding(r) }),
		Visits:      each(found.Visits, func(r store.FieldVisit) FieldVisit { return FieldVisit(r) })}, nil
}

// each gives rows the form of the contract; none are an empty list.
func each[R, S any](rows []R, as func(R) S) []S {
	all := make([]S, 0, len(rows))
	for _, r := range rows {
		all = append(all, as(r))
	}
	return all
}

// writtenBy refuses what somebody else wrote on the same device: it is sent once that person is signed in, and under nobody else's name.
func writtenBy(ctx context.Context, author string) error {
	if author == "" || author == actor(ctx).ID {
		return nil
	}
	return process.Refuse(process.NotAllowed, "这是别人在这台设备上写的，要由本人登录后发送。", "Somebody else wrote this on the device; it is sent once they have signed in.")
}
