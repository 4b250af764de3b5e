package project

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// Yuan is an exact amount of money in fen (1/100 yuan), written as yuan with two decimals: "260000000.00".
type Yuan int64

const maxInvestment Yuan = 1_000_000_000_000_00

// Decimal is an exact number with two decimals, kept in hundredths: areas in 亩 and m².
type Decimal int64

// maxArea is more than any zone has, in 亩 or m², and less than the database keeps.
const maxArea Decimal = 100_000_000_00

// Bounds refuses an amount below 0 or above a trillion.
func (y Yuan) Bounds(field string) error {
	if y < 0 || y > maxInvestment {
		return process.RefuseField(field, "金额应在 0 到 1 万亿元之间。", "The amount must lie between 0 and 1 trillion yuan.")
	}
	return nil
}

// Bounds refuses an area that is none, or larger than any.
func (d Decimal) Bounds(field string) error {
	if d <= 0 || d > maxArea {
		return process.RefuseField(field, "面积应大于 0，不超过 1 亿。", "An area is more than 0 and at most 100 million.")
	}
	return nil
}

// String prints yuan with two decimals.
func (y Yuan) String() string { return value.Decimal(int64(y), 2) }

// MarshalJSON prints a string, because JSON numbers lose digits in many readers.
func (y Yuan) MarshalJSON() ([]byte, error) { return []byte(`"` + y.String() + `"`), nil }

// UnmarshalJSON reads "260000000.00" or 260000000; more than two decimals are refused.
func (y *Yuan) UnmarshalJSON(text []byte) error {
	n, err := value.ParseDecimal(string(text), 2)
	*y = Yuan(n)
	return err
}

// ParseYuan reads an amount in yuan as a person types it.
func ParseYuan(text string) (Yuan, error) {
	n, err := value.ParseDecimal(text, 2)
	return Yuan(n), err
}

// String prints the number with two decimals.
func (d Decimal) String() string { return value.Decimal(int64(d), 2) }

// MarshalJSON prints a string.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(`"` + d.String() + `"`), nil }

// UnmarshalJSON reads "62.50" or 62.5; more than two decimals are refused.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	n, err := value.ParseDecimal(string(text), 2)
	*d = Decimal(n)
	return err
}

// ParseDecimal reads a number as a person types it.
func ParseDecimal(text string) (Decimal, error) {
	n, err := value.ParseDecimal(text, 2)
	return Decimal(n), err
}
