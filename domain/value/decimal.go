package value

import (
	"fmt"
	"math/big"
	"strings"
)

// Decimal prints a number that is kept in its last place (hundredths with two places, millionths with six): Decimal(12345, 2) is "123.45".
func Decimal(n int64, places int) string {
	sign, unit := "", int64(1)
	if n < 0 {
		sign, n = "-", -n
	}
	for range places {
		unit *= 10
	}
	return fmt.Sprintf("%s%d.%0*d", sign, n/unit, places, n%unit)
}

// ParseDecimal reads a number into its last place, exactly, as JSON or people write it: in quotes or not, its thousands parted or not. It refuses what is no
// number, has more places, or is too large.
func ParseDecimal(text string, places int) (int64, error) {
	plain := strings.ReplaceAll(strings.Trim(strings.TrimSpace(text), `"`), ",", "")
	value, ok := new(big.Rat).SetString(plain)
	if !ok || strings.ContainsAny(plain, "/eExXpP_") || len(plain) > 30 {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	for range places {
		value.Mul(value, big.NewRat(10, 1))
	}
	switch {
	case !value.IsInt():
		return 0, fmt.Errorf("%q has more than %d decimals", text, places)
	case !value.Num().IsInt64():
		return 0, fmt.Errorf("%q is too large", text)
	}
	return value.Num().Int64(), nil
}
