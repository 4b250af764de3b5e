package clock

import "fmt"

// Unit is what a limit counts. Laws differ: 行政许可法 art. 82 counts working days, most safety rules calendar days.
type Unit string

// The units of a limit.
const (
	WorkingDay  Unit = "working_day"
	Day         Unit = "day"
	Month       Unit = "month"
	WorkingHour Unit = "working_hour" // hours of the office day, see Calendar.Hours
)

// Limit is a span of time allowed for something. The starting day is never counted (民法典 art. 201); a limit in working hours starts with
// the instant itself.
type Limit struct {
	Amount      int    `json:"amount" yaml:"amount"`
	Unit        Unit   `json:"unit" yaml:"unit"`
	Target      int    `json:"target,omitempty" yaml:"target"`             // an earlier aim in the same unit (amber); 0: none
	RollForward bool   `json:"roll_forward,omitempty" yaml:"roll_forward"` // a last day that is a day off moves to the next working day (民法典 art. 203)
	Basis       string `json:"basis,omitempty" yaml:"basis"`               // the law, contract or local rule it comes from
}

// Valid returns an error when the limit cannot be reckoned with.
func (l Limit) Valid() error {
	if l.Amount < 0 || l.Amount > 3660 {
		return fmt.Errorf("a limit of %d is outside 0 to 3660", l.Amount)
	}
	if l.Target < 0 || (l.Target > 0 && l.Target >= l.Amount) {
		return fmt.Errorf("a target of %d must lie before the limit of %d", l.Target, l.Amount)
	}
	switch l.Unit {
	case WorkingDay, Day, Month, WorkingHour:
		return nil
	default:
		return fmt.Errorf("unknown unit of time %q", l.Unit)
	}
}
