package inspection

// Figures are what inspections came to: of a campaign, or of a year. An enterprise that was visited twice is one enterprise and two visits; a batch is one day of
// one person responsible. Withdrawn hazards were not found, and invented ones are not counted.
type Figures struct {
	Planned     int `json:"planned" doc:"Inspections to come or under way."`
	Missed      int `json:"missed" doc:"Visits that found nobody."`
	Batches     int `json:"batches" doc:"Days on which somebody responsible went out (检查批次)."`
	Visits      int `json:"visits" doc:"Enterprises inspected, each time counted (家次)."`
	Enterprises int `json:"enterprises" doc:"Enterprises inspected, each counted once (家)."`
	Found       int `json:"found" doc:"Hazards found (排查隐患)."`
	Major       int `json:"major" doc:"Major ones among them."`
	Rectified   int `json:"rectified" doc:"Rectified ones among them."`
	OnSpot      int `json:"on_spot" doc:"Those removed before the inspectors left."`
	Overdue     int `json:"overdue" doc:"Open ones whose deadline has passed."`
}

// Open are the hazards found that are not rectified.
func (f Figures) Open() int { return f.Found - f.Rectified }
