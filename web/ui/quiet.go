package ui

import "strings"

// reference reports whether a fact only refers to something by a number that people do not read; the fact beside it says what it is. Such facts are
// never shown in the history, and named in the API and by verification.
func reference(shape string) bool {
	switch last(shape) {
	case "id", "by_id", "asked_for_id", "upload_id", "unit_ids", "campaign_id", "enterprise_id", "leader_id", "liaison_id", "target_id", "list_id", "plan_id", "manager_id", "supervisor_id", "park_id", "parent_id",
		"of_clock", "with", "does", "seq", "position", "version", "updated_at", "wake", "next_wake":
		return true
	}
	return strings.HasSuffix(shape, ".kind") || shape == "kind"
}

// quiet reports whether another change of the same deed, or a page of its own, tells people the fact better.
func quiet(shape string) bool {
	if reference(shape) {
		return true
	}
	part, rest, nested := strings.Cut(shape, ".")
	switch part {
	case "passages": // the stage says it; the sealed list has a page
		return true
	case "clocks": // the deadline says it, and explains itself on its page
		return rest != "verdict" && rest != "late_by" && rest != "extensions.reason" && rest != "pauses.reason"
	case "attachments": // the file and its fingerprint are one line
		return rest != "name" && rest != "caption"
	case "buildings": // a picture's file says it
		return rest == "code" || rest == "as_of" || rest == "steps.step" || strings.HasPrefix(rest, "photos")
	case "site_steps":
		return rest == "step"
	case "site_photos", "steps_taken":
		return true
	case "contacts":
		return rest == "on" || rest == "by_name"
	case "introducers":
		return rest == "unit"
	case "agreement": // whoever did the deed stands beside it, and its file is a line of its own
		return nested && rest != "number" && rest != "on"
	case "merged", "merged_into":
		return rest == "on"
	case "baselines": // the reason is the deed's
		return rest != "targets.on" && rest != "moves.on" && rest != "moves.was"
	case "money": // what was said before a correction stands beneath the amount
		return rest == "by_name" || rest == "on" || rest == "proof" || strings.HasPrefix(rest, "former")
	case "reviews": // the panel of the review has the rest
		return rest != "title" && rest != "result" && rest != "minutes"
	case "conditions":
		return rest != "text" && rest != "stage" && rest != "owed_by"
	case "recognised":
		return rest != "what" && rest != "on" && rest != "verdict" && rest != "by" && rest != "paper"
	case "agenda":
		return rest != "title" && rest != "result" && !strings.HasPrefix(rest, "conditions.")
	case "letters": // its title, number and addressee say it; its page has the rest
		return rest != "title" && rest != "number" && rest != "to_name" && rest != "void.reason" && rest != "served.how" && rest != "served.on" && rest != "served.signed_by" && rest != "served.note"
	case "items": // the checklist has the rest
		return rest != "result" && rest != "note"
	case "inspectors":
		return rest == "card"
	case "serious", "list_version":
		return true
	case "batches", "answers": // the deed's words say the one, a table the other
		return true
	case "gate_answers":
		return rest != "answer" && rest != "note" && rest != "until"
	case "rounds":
		return rest == "round" || rest == "handed_in_by.name" || rest == "handed_in_at" || rest == "issued_on"
		// the panel beside has the rest of these
	case "corrections": // the panel beside has the rest
		return rest != "what" && rest != "was" && rest != "becomes"
	case "other", "firm":
		return rest != "name"
	case "of":
		return rest != "problem"
	case "answered": // the deed's words say it
		return rest != "result" && rest != "person" && rest != "wants" && rest != "vowed"
	case "rhythms":
		return rest != "missed.on"
	case "told_progress":
		return rest != "done" && rest != "spent"
	case "stops":
		return rest == "stop" || rest == "on" || rest == "lifted_on"
	case "acceptance":
		return rest != "verdict" && rest != "people"
	case "listing":
		return rest == "unit_id" || rest == "on" || rest == "cleared_on"
	case "holder", "delegated_by":
		return rest == "since"
	case "number", "opened_at", "due_at", "stage_since", "done", "closed_at", "suspended_since", "nudged_at", "deadline_changes":
		return !nested
	}
	return false
}

func last(shape string) string { return shape[strings.LastIndexByte(shape, '.')+1:] }
