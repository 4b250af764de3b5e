package ui

import (
	"context"
	"strconv"

	"github.com/parkway-zone/parkway/web/i18n"
)

// keyed returns the values as options whose words stand in the catalogue under prefix.
func keyed(ctx context.Context, prefix string, values ...string) []Option {
	options := make([]Option, 0, len(values))
	for _, v := range values {
		options = append(options, Option{Value: v, Text: i18n.T(ctx, prefix+v)})
	}
	return options
}

// Keyed is keyed for those who build forms.
func Keyed(ctx context.Context, prefix string, values ...string) []Option {
	return keyed(ctx, prefix, values...)
}

func years() []Option {
	options := []Option{}
	for y := 2024; y <= 2027; y++ {
		text := strconv.Itoa(y)
		options = append(options, Option{Value: text, Text: text})
	}
	return options
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}
