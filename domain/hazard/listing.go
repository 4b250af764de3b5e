package hazard

import (
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// listed is what the list of hazards shows and is narrowed by.
func listed() listing.List {
	return listing.List{
		Columns: []listing.Column{
			{Name: "number", As: listing.Text},
			{Name: "title", As: listing.Title, Usual: true},
			{Name: "enterprise_name", As: listing.Text},
			{Name: "location", As: listing.Text},
			{Name: "level", As: listing.Word, Usual: true, Values: []string{string(General), string(Major)}},
			{Name: "round", As: listing.Counted, Usual: true},
			{Name: "state", As: listing.State, Usual: true, Values: []string{rectification.Found, rectification.Planned, rectification.Rectifying, rectification.Reported, rectification.Clearing, rectification.ClosedCase}},
			{Name: "result", As: listing.Word, Values: []string{Passed, FixedOnSpot, Withdrawn}},
			{Name: "found_on", As: listing.Day},
			{Name: "holder_name", As: listing.Holder, Usual: true},
			{Name: "holder_since", As: listing.Moment},
			{Name: "due_on", As: listing.Due, Usual: true},
			{Name: "closed_on", As: listing.Day},
			{Name: "manager_name", As: listing.Name},
		},
		Beside: []listing.Column{ // the rest of an office's ledger (隐患台账, docs/decisions/0093)
			{Name: "description", As: listing.Text}, {Name: "own_level", As: listing.Text}, {Name: "campaign_name", As: listing.Text}, {Name: "visited_at", As: listing.Text},
			{Name: "inspection_sort", As: listing.Word, Values: []string{"daily", "regular", "temporary", "special", "seasonal", "before_holiday", "before_work"}}, {Name: "inspecting_unit", As: listing.Text}, {Name: "inspector_names", As: listing.Text}, {Name: "inspector_cards", As: listing.Text},
			{Name: "department_name", As: listing.Text}, {Name: "category", As: listing.Text}, {Name: "clause", As: listing.Text}, {Name: "photos_before", As: listing.Counted},
			{Name: "notice_number", As: listing.Text}, {Name: "issued_on", As: listing.Day}, {Name: "requirement", As: listing.Text}, {Name: "deadline_on", As: listing.Day},
			{Name: "responsible", As: listing.Text}, {Name: "head_phone", As: listing.Text}, {Name: "funds", As: listing.Text}, {Name: "contingency", As: listing.Text},
			{Name: "measures", As: listing.Text}, {Name: "photos_after", As: listing.Counted}, {Name: "completed_on", As: listing.Day}, {Name: "handed_in_on", As: listing.Day},
			{Name: "inspected_on", As: listing.Day}, {Name: "reinspector_names", As: listing.Text}, {Name: "opinion", As: listing.Text}, {Name: "closed_by", As: listing.Text},
			{Name: "deadline_changes", As: listing.Counted}, {Name: "overdue_on", As: listing.Day}, {Name: "listed_as", As: listing.Text}, {Name: "supervised_as", As: listing.Text},
			{Name: "referred_to", As: listing.Text}, {Name: "referral_numbers", As: listing.Text}, {Name: "referral_answers", As: listing.Text},
		},
		Conditions: []listing.Condition{
			{Name: "level", Column: "level", By: listing.ByValue}, {Name: "state", Column: "state", By: listing.ByValue}, {Name: "result", Column: "result", By: listing.ByValue},
			{Name: "holder_id", By: listing.ByHolder}, {Name: "unit_id", By: listing.ByUnit}, {Name: "manager_id", By: listing.ByManager}, {Name: "enterprise_id", By: listing.ByEnterprise},
			{Name: "due_on", Column: "due_on", By: listing.ByDays}, {Name: "found_on", Column: "found_on", By: listing.ByDays}, {Name: "closed_on", Column: "closed_on", By: listing.ByDays},
		},
		Also: []listing.Also{{Name: "tab", Values: []string{"open", "overdue", "reported", "major", "closed", listing.Everywhere}}, {Name: "found", Year: true}, {Name: "campaign", ID: true}},
	}
}
