package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// shortNameLimit is how many characters a short name can have.
const shortNameLimit = 40

// date returns the date fact with the name used in definitions, or nil.
func (f *Facts) date(name string) *clock.Date {
	switch name {
	case "signed_on":
		return &f.SignedOn
	case "construction_started_on":
		return &f.ConstructionStartedOn
	case "completed_on":
		return &f.CompletedOn
	case "production_on":
		return &f.ProductionOn
	case "planned_completion_on":
		return &f.PlannedCompletionOn
	case "planned_production_on":
		return &f.PlannedProductionOn
	case "full_capacity_on":
		return &f.FullCapacityOn
	case "above_scale_on":
		return &f.AboveScaleOn
	}
	return nil
}

// has reports whether one of the facts is filled in.
func (f *Facts) has(name string) bool {
	switch name {
	case "investment":
		return f.Investment > 0
	case "national_code":
		return f.NationalCode != ""
	case "land_area_mu":
		return f.LandAreaMu != nil
	case "manager":
		return f.ManagerID != ""
	}
	d := f.date(name)
	return d != nil && !d.IsZero()
}

// check refuses facts that cannot be.
func (f *Facts) check(call process.Call) error {
	var faults process.Faults
	if !slices.Contains(Sectors(), f.Sector) {
		faults.Note(process.RefuseField("sector", "请选择行业。", "Choose a sector."))
	}
	switch f.SiteMode {
	case OwnLand, LeasedPlant, BoughtPlant, ExistingLand:
	default:
		faults.Note(process.RefuseField("site_mode", "请选择用地方式。", "Choose how the project comes to its site."))
	}
	if f.Investment < 0 || f.Investment > maxInvestment {
		faults.Note(process.RefuseField("investment", "总投资应在 0 到 1 万亿元之间。", "The investment must lie between 0 and 1 trillion yuan."))
	}
	f.NationalCode = faults.Text(process.Optional("national_code", f.NationalCode, 60))
	f.ShortName = faults.Text(process.Optional("short_name", f.ShortName, shortNameLimit))
	f.Source = faults.Text(process.Optional("source", f.Source, process.TextLimit))
	f.Note = faults.Text(process.Optional("note", f.Note, process.TextLimit))
	f.Department = faults.Text(process.Optional("department", f.Department, 100))
	f.ContactName = faults.Text(process.Optional("contact_name", f.ContactName, 60))
	f.ContactPhone = faults.Text(process.Optional("contact_phone", f.ContactPhone, 40))
	faults.Note(phone("contact_phone", f.ContactPhone))
	f.checkDates(call, &faults)
	return faults.Err()
}

func (f *Facts) checkDates(call process.Call, faults *process.Faults) {
	for _, past := range []string{"signed_on", "construction_started_on", "completed_on", "production_on", "full_capacity_on", "above_scale_on"} {
		if f.date(past).After(call.Today()) {
			faults.Note(process.Refuse(process.ImpossibleDate, "已发生的日期不能晚于今天。", "A day on which something happened cannot lie after today.").At(past))
		}
	}
	order := []string{"construction_started_on", "completed_on", "production_on"}
	var last clock.Date
	for _, name := range order {
		day := *f.date(name)
		if day.IsZero() {
			continue
		}
		if day.Before(last) {
			faults.Note(process.Refuse(process.ImpossibleDate, "开工、竣工、投产的日期先后不对，请核对。", "Start, completion and production are in the wrong order.").At(name))
		}
		last = day
	}
}
