package typed_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/typed"
)

func TestMonthsRatesAndForeignAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"2024-10": "2024-10", "2024年10月": "2024-10", "２０２４．１": "2024-01", "202403": "2024-03", "2024/9": "2024-09", "2024年3月份": "2024-03"} {
		got, err := typed.Month("month", text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"10月", "2024", "2024-13", "2024-00", "24-10", "2024-10-01", "去年十月"} {
		_, err := typed.Month("month", text)
		require.Error(t, err, text)
	}
	for text, want := range map[string]string{"7.1234": "7.1234", "７.1元": "7.1"} {
		got, err := typed.Rate("rate", text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"7,1", "7.12345678", "约7", "-7", "712.34/100"} {
		_, err := typed.Rate("rate", text)
		require.Error(t, err, text)
	}
	got, err := typed.Abroad("amount", "300万")
	require.NoError(t, err)
	require.Equal(t, "3000000.00", got)
	for _, text := range []string{"300万美元", "$300万", "260000000"} { // the last in 万元 is 2.6 万亿: asked back
		_, err := typed.Abroad("amount", text)
		require.Error(t, err, text)
	}
}
