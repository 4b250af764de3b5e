package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/listing"
)

// listed is what the list of projects shows and is narrowed by.
func listed() listing.List {
	return listing.List{
		Columns: []listing.Column{
			{Name: "number", As: listing.Text},
			{Name: "title", As: listing.Title, Usual: true},
			{Name: "enterprise_name", As: listing.Text},
			{Name: "sector", As: listing.Word, Values: Sectors()},
			{Name: "site_mode", As: listing.Word, Values: []string{string(OwnLand), string(LeasedPlant), string(BoughtPlant), string(ExistingLand)}},
			{Name: "stage", As: listing.Stage, Usual: true},
			{Name: "stage_since", As: listing.Day},
			{Name: "state", As: listing.State, Values: []string{lifecycle.Active, lifecycle.Pooled, lifecycle.Suspended, lifecycle.Lost, lifecycle.Withdrawn, lifecycle.Merged, lifecycle.Achieved}},
			{Name: "step", As: listing.Word, Inside: true, Values: lifecycle.Steps()},
			{Name: "ending", As: listing.Word, Inside: true, Values: lifecycle.Endings()},
			{Name: "next_contact_on", As: listing.Day, Inside: true, Staffs: true},
			{Name: "holder_name", As: listing.Holder, Usual: true},
			{Name: "holder_since", As: listing.Moment},
			{Name: "due_on", As: listing.Due, Usual: true},
			{Name: "investment", As: listing.Money, Usual: true},
			{Name: "percent", As: listing.Share, Usual: true},
			{Name: "signed_on", As: listing.Day},
			{Name: "construction_started_on", As: listing.Day},
			{Name: "production_on", As: listing.Day},
			{Name: "signed_recognised_on", As: listing.Day, Inside: true},
			{Name: "started_recognised_on", As: listing.Day, Inside: true},
			{Name: "completed_recognised_on", As: listing.Day, Inside: true},
			{Name: "closed_on", As: listing.Day},
			{Name: "manager_name", As: listing.Name},
		},
		Conditions: []listing.Condition{
			{Name: "stage", Column: "stage", By: listing.ByValue}, {Name: "state", Column: "state", By: listing.ByValue},
			{Name: "step", Column: "step", By: listing.ByValue}, {Name: "ending", Column: "ending", By: listing.ByValue},
			{Name: "sector", Column: "sector", By: listing.ByValue}, {Name: "site_mode", Column: "site_mode", By: listing.ByValue},
			{Name: "holder_id", By: listing.ByHolder}, {Name: "unit_id", By: listing.ByUnit}, {Name: "manager_id", By: listing.ByManager}, {Name: "enterprise_id", By: listing.ByEnterprise},
			{Name: "next_contact_on", Column: "next_contact_on", By: listing.ByDays}, {Name: "percent", Column: "percent", By: listing.ByShare},
			{Name: "due_on", Column: "due_on", By: listing.ByDays}, {Name: "signed_on", Column: "signed_on", By: listing.ByDays},
			{Name: "construction_started_on", Column: "construction_started_on", By: listing.ByDays}, {Name: "production_on", Column: "production_on", By: listing.ByDays},
			{Name: "signed_recognised_on", Column: "signed_recognised_on", By: listing.ByDays}, {Name: "started_recognised_on", Column: "started_recognised_on", By: listing.ByDays},
			{Name: "completed_recognised_on", Column: "completed_recognised_on", By: listing.ByDays},
		},
		Also: []listing.Also{{Name: "done", Values: []string{"true", "false"}}, {Name: "in_hand", Year: true},
			{Name: "started", Year: true}, {Name: "signed", Year: true}, {Name: "in_production", Year: true},
			{Name: "signed_recognised", Year: true, Inside: true}, {Name: "started_recognised", Year: true, Inside: true}, {Name: "completed_recognised", Year: true, Inside: true}},
	}
}
