package i18n_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/web/i18n"
)

func TestMoneyIsSaidInTheUnitThatFits(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load()
	require.NoError(t, err)
	zh, en := i18n.With(t.Context(), c.Speak("zh")), i18n.With(t.Context(), c.Speak("en"))
	for yuan, want := range map[string]string{"400000.00": "40 万元", "6040000000.00": "60.40 亿元", "12345678.90": "1,234.57 万元", "99999999.00": "1.00 亿元", "9999.99": "9,999.99 元", "0.00": "0 元",
		"5000.50": "5,000.5 元", "10000.00": "1 万元", "99500000.00": "9,950 万元"} {
		require.Equal(t, want, i18n.Money(zh, yuan), yuan)
	}
	require.Equal(t, "1,234.56789 万元", i18n.ExactMoney(zh, "12345678.90"))
	require.Equal(t, "1,234.56 万元", i18n.ExactMoney(zh, "12345600.00"))
	require.Equal(t, "2.6 亿元", i18n.ExactMoney(zh, "260000000.00"))
	require.Equal(t, "¥1.4 m", i18n.Money(en, "1400000.00"))
	require.Equal(t, "¥400,000", i18n.Money(en, "400000.00"))
}

// TestMoneyThatIsThereIsNeverNought, and what is said exactly is read as the same amount.
func TestMoneyThatIsThereIsNeverNought(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load()
	require.NoError(t, err)
	zh := i18n.With(t.Context(), c.Speak("zh"))
	rapid.Check(t, func(t *rapid.T) {
		yuan := big.NewRat(rapid.Int64Range(1, 1_000_000_000_000_00).Draw(t, "fen"), 100)
		read := func(said string) *big.Rat {
			text, err := typed.Amount("x", said)
			value, ok := new(big.Rat).SetString(text)
			if err != nil || !ok {
				t.Fatalf("%q cannot be read: %v", said, err)
			}
			return value
		}
		exact := read(i18n.ExactMoney(zh, yuan.FloatString(2)))
		short := read(i18n.Money(zh, yuan.FloatString(2)))
		off := new(big.Rat).Sub(short, yuan)
		if exact.Cmp(yuan) != 0 || short.Sign() == 0 || new(big.Rat).Mul(off.Abs(off), big.NewRat(200, 1)).Cmp(yuan) > 0 {
			t.Fatalf("%s is said as %q and %q", yuan.FloatString(2), i18n.Money(zh, yuan.FloatString(2)), i18n.ExactMoney(zh, yuan.FloatString(2)))
		}
	})
}
