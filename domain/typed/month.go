package typed

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

var (
	ofYear = regexp.MustCompile(`^([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月?份?|([0-9]{2}))$`)     //nolint:gochecknoglobals // compiled once
	price  = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)                                              //nolint:gochecknoglobals // compiled once
	alien  = regexp.MustCompile(`(?i)[美欧港日英韩]元|美金|欧元|日元|港币|人民币|rmb|cny|\$|¥|€|£|usd|eur|hkd|jpy|gbp`) //nolint:gochecknoglobals // compiled once
)

// Month reads a month written as 2026-10, 2026/10, 2026.10, 2026年10月 or 202610 and returns it as 2026-10. One without its year is asked back.
func Month(path, text string) (string, error) {
	m := ofYear.FindStringSubmatch(Plain(text))
	if m == nil {
		return "", process.RefuseField(path, "看不懂月份「"+shown(text)+"」，请连年份写成 2026-10 或 2026年10月 的样子。", "Write the month with its year, like 2026-10 or 2026年10月.")
	}
	n, _ := strconv.Atoi(m[2] + m[3] + m[4]) // one of them, at most two digits
	if n < 1 || n > 12 {
		return "", process.RefuseField(path, "一年只有 1 到 12 月，请核对。", "A year has the months 1 to 12.")
	}
	return fmt.Sprintf("%s-%02d", m[1], n), nil
}

// Rate reads what one unit of a currency is worth in yuan, with at most six decimals.
func Rate(path, text string) (string, error) {
	plain := strings.TrimSuffix(Plain(text), "元")
	_, decimals, _ := strings.Cut(plain, ".")
	switch {
	case !price.MatchString(plain) || len(plain) > longest:
		return "", process.RefuseField(path, "看不懂「"+shown(text)+"」，请写 1 单位外币折合多少元人民币，例如 7.1234。", "Write what one unit is worth in yuan, like 7.1234.")
	case len(strings.TrimRight(decimals, "0")) > 6:
		return "", process.RefuseField(path, "汇率最多六位小数。", "A rate has at most six decimals.")
	}
	return plain, nil
}

// Abroad reads an amount in a field that asks for ten thousands of whichever currency is chosen beside it, as Amount reads yuan: the currency itself is not
// written, so that it cannot contradict the choice.
func Abroad(path, text string) (string, error) {
	if alien.MatchString(Plain(text)) {
		return "", process.RefuseField(path, "币种请在「币种」里选，这里只写数字和单位，例如 300万 或 1.2亿。", "Choose the currency beside it, and write number and unit only, like 300万 or 1.2亿.")
	}
	return Amount(path, text)
}
