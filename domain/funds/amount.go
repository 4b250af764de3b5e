package funds

import (
	"math/big"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// Amount is an exact sum of money in hundredths of its currency, written with two decimals: "260000000.00". Of which currency it is stands beside it.
type Amount int64

// most is a trillion: more than any project of a zone, in any currency that is offered.
const most Amount = 1_000_000_000_000_00

// Bounds refuses an amount below 0 or above a trillion.
func (a Amount) Bounds(field string) error {
	if a < 0 || a > most {
		return process.RefuseField(field, "金额应在 0 到 1 万亿之间；请核对单位是元还是万元。", "The amount must lie between 0 and 1 trillion; check whether its unit is 元 or 万元.")
	}
	return nil
}

// String prints two decimals.
func (a Amount) String() string { return value.Decimal(int64(a), 2) }

// MarshalJSON prints a string, because JSON numbers lose digits in many readers.
func (a Amount) MarshalJSON() ([]byte, error) { return []byte(`"` + a.String() + `"`), nil }

// UnmarshalJSON reads "260000000.00" or 260000000; more than two decimals are refused.
func (a *Amount) UnmarshalJSON(text []byte) error {
	n, err := value.ParseDecimal(string(text), 2)
	*a = Amount(n)
	return err
}

// Wan prints the amount in ten thousands, exactly and without noughts at the end: "26000".
func (a Amount) Wan() string { return trimmed(value.Decimal(int64(a), 6)) }

// Rate is what one unit of a currency was worth in yuan on a day, in millionths: "7.1234".
type Rate int64

// dearest is more yuan than one unit of any currency offered was ever worth.
const dearest Rate = 1000_000000

// Bounds refuses a rate that is none.
func (r Rate) Bounds(field string) error {
	if r <= 0 || r > dearest {
		return process.RefuseField(field, "汇率是 1 单位外币折合多少元人民币，应大于 0、不超过 1000，例如 7.1234；按 100 外币报的价请除以 100。", "The rate is what one unit is worth in yuan, more than 0 and at most 1000, like 7.1234; divide a price for 100 units by 100.")
	}
	return nil
}

// String prints the rate without noughts at its end.
func (r Rate) String() string { return trimmed(value.Decimal(int64(r), 6)) }

// MarshalJSON prints a string.
func (r Rate) MarshalJSON() ([]byte, error) { return []byte(`"` + r.String() + `"`), nil }

// UnmarshalJSON reads "7.1234" or 7.1234; more than six decimals are refused.
func (r *Rate) UnmarshalJSON(text []byte) error {
	n, err := value.ParseDecimal(string(text), 6)
	*r = Rate(n)
	return err
}

// worth is what one unit of each currency was ever worth in yuan since 1990, with room to both sides: prices for 100 units and upside-down ones lie outside.
var worth = map[Currency]struct{ least, most Rate }{ //nolint:gochecknoglobals // a constant
	"USD": {3_000000, 15_000000}, "EUR": {4_000000, 20_000000}, "HKD": {400000, 2_000000}, "JPY": {20000, 200000}, "GBP": {5_000000, 30_000000},
	"KRW": {2000, 20000}, "SGD": {1_500000, 12_000000}, "AUD": {2_000000, 15_000000}, "TWD": {100000, 700000},
}

// Plausible asks a rate back that one unit of the currency was never worth, and says what it would be if it is a price for 100 units or upside down.
func (r Rate) Plausible(field string, c Currency) error {
	known, ok := worth[c]
	in := func(r Rate) bool { return r >= known.least && r <= known.most }
	if !ok || in(r) {
		return nil
	}
	chinese := "1 " + c.Chinese() + "折合 " + r.String() + " 元人民币？应在 " + known.least.String() + " 到 " + known.most.String() + " 之间。"
	english := "Is one " + string(c) + " worth " + r.String() + " yuan? It lies between " + known.least.String() + " and " + known.most.String() + "."
	if r > 0 && in(r/100) {
		chinese += "按 100 " + c.Chinese() + "报的价请除以 100，写成 " + (r / 100).String() + "。"
		english += " Divide a price for 100 units by 100: " + (r / 100).String() + "."
	} else if r > 0 && in(1_000000*1_000000/r) {
		chinese += "可能写反了：要写 1 " + c.Chinese() + "折合多少元人民币。"
		english += " It may be upside down: write what one " + string(c) + " is worth in yuan."
	}
	return process.RefuseField(field, chinese, english)
}

// In is the amount in yuan at the rate, rounded half up to the fen.
func (a Amount) In(r Rate) Amount {
	product := new(big.Int).Mul(big.NewInt(int64(a)), big.NewInt(int64(r)))
	product.Add(product, big.NewInt(500_000)).Quo(product, big.NewInt(1_000_000))
	if !product.IsInt64() {
		return most * 1000
	}
	return Amount(product.Int64())
}

// Currency is the code of a currency (ISO 4217).
type Currency string

// Yuan is the zone's own.
const Yuan Currency = "CNY"

// Currencies lists those that are offered: what the central bank gives a middle rate for and investors of a zone pay in.
func Currencies() []Currency {
	return []Currency{Yuan, "USD", "EUR", "HKD", "JPY", "GBP", "KRW", "SGD", "AUD", "TWD"}
}

// Chinese is what an amount in the currency is counted in: 元, 美元.
func (c Currency) Chinese() string {
	names := map[Currency]string{Yuan: "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元", "SGD": "新加坡元", "AUD": "澳元", "TWD": "新台币"}
	if name, known := names[c]; known {
		return name
	}
	return string(c)
}

// Known reports whether it is offered.
func (c Currency) Known() bool { return slices.Contains(Currencies(), c) }

func trimmed(text string) string { return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") }
