package i18n

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/parkway-zone/parkway/domain/typed"
)

// scale is a unit in which money is said from so many yuan on.
type scale struct {
	from     int64
	decimals int
	say      string // of the number
}

func scales(ctx context.Context) []scale {
	if Lang(ctx) == "en" {
		return []scale{{1_000_000, 1, "¥%s m"}, {1, 0, "¥%s"}, {0, 2, "¥%s"}}
	}
	return []scale{{100_000_000, 2, "%s 亿元"}, {10_000, 2, "%s 万元"}, {0, 2, "%s 元"}}
}

// Money prints yuan short, in the unit that fits: 2.60 亿元, 40 万元, 5000 元, or ¥1.2 m in English. It is rounded, by no more than half of its last
// digit; ExactMoney is not.
func Money(ctx context.Context, yuan string) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok {
		return yuan
	}
	all := scales(ctx)
	for i, s := range all {
		text := parted(amount, s.from).FloatString(s.decimals)
		if i+1 < len(all) && amount.Cmp(big.NewRat(s.from, 1)) < 0 && !full(amount, all[i+1], s.from) {
			continue
		}
		if s.from != 100_000_000 && s.from != 1_000_000 {
			text = plain(text)
		}
		return fmt.Sprintf(s.say, text)
	}
	return yuan
}

// ExactMoney prints yuan to the fen in the unit that fits: 1234.56789 万元.
func ExactMoney(ctx context.Context, yuan string) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok {
		return yuan
	}
	if Lang(ctx) == "en" {
		return "¥" + typed.Short(amount)
	}
	for _, s := range scales(ctx) {
		if in := parted(amount, s.from); s.from == 0 || in.Cmp(big.NewRat(1, 1)) >= 0 {
			return fmt.Sprintf(s.say, typed.Short(in))
		}
	}
	return yuan
}

// full reports whether the amount, written in the smaller unit, would come to one of the larger: 9999.999 万元 is 1.00 亿元.
func full(amount *big.Rat, in scale, larger int64) bool {
	said, _ := new(big.Rat).SetString(parted(amount, in.from).FloatString(in.decimals))
	return said.Mul(said, big.NewRat(max(in.from, 1), 1)).Cmp(big.NewRat(larger, 1)) >= 0
}

func parted(amount *big.Rat, unit int64) *big.Rat {
	if unit == 0 {
		return amount
	}
	return new(big.Rat).Quo(amount, big.NewRat(unit, 1))
}

// plain is a number without noughts behind its point.
func plain(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// The unit of a column of amounts: what stands below each other is compared, so it has one unit. 万元, or millions of yuan in English.
func columnUnit(ctx context.Context) (yuan int64, decimals int) {
	if Lang(ctx) == "en" {
		return 1_000_000, 2
	}
	return 10_000, 0
}

// MoneyDecimals is how many decimals the amounts of a column are printed with, so that their points stand below each other: two more than none in 万元, or
// than two in millions, where an amount of the column needs them.
func MoneyDecimals(ctx context.Context, yuan []string) int {
	unit, decimals := columnUnit(ctx)
	for _, one := range yuan {
		if amount, ok := new(big.Rat).SetString(one); ok {
			short, _ := new(big.Rat).SetString(parted(amount, unit).FloatString(decimals))
			if short.Cmp(parted(amount, unit)) != 0 {
				return decimals + 2
			}
		}
	}
	return decimals
}

// MoneyInUnit prints an amount in the unit of columns, rounded to the decimals, its thousands parted: 26,000 for 260000000.00.
func MoneyInUnit(ctx context.Context, yuan string, decimals int) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok {
		return yuan
	}
	unit, _ := columnUnit(ctx)
	return Thousands(parted(amount, unit).FloatString(decimals))
}

// Thousands parts the thousands of a plain number: 26,000.5 for 26000.5.
func Thousands(number string) string {
	whole, rest, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return sign + whole
}
