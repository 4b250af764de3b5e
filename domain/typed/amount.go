package typed

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// The units of money. Those that end on 万 or 亿 are clear without 元; 3千 is 3,000 yuan to some and 30 million to others.
func units() map[string]int64 {
	return map[string]int64{"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2, "": 1}
}

const (
	wan     = 10_000
	doubted = 1_000_000 // 万元: from 10 billion yuan on, a number without a unit was perhaps meant in yuan
)

var (
	term   = regexp.MustCompile(`^(` + digits + `)(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)?(元|圆)?整?`) //nolint:gochecknoglobals // compiled once
	abroad = regexp.MustCompile(`(?i)[美欧港日英]元|美金|欧元|日元|港币|\$|€|£|usd|eur|hkd|jpy|gbp`)      //nolint:gochecknoglobals // compiled once
)

// Amount reads an amount of money in a field that asks for 万元 and returns it in yuan with two decimals: 2.6亿元, 26000万元, 1亿2000万元 and
// 400000元 say their unit, 26000 is in 万元. An amount whose unit is not clear is asked back.
func Amount(path, text string) (string, error) {
	plain := Plain(text)
	for _, sign := range []string{"人民币", "¥", "RMB", "rmb", "CNY"} {
		plain = strings.TrimPrefix(plain, sign)
	}
	refuse := func(chinese, english string) (string, error) { return "", process.RefuseField(path, chinese, english) }
	switch {
	case abroad.MatchString(plain):
		return refuse("请折合成人民币填写，例如 26000万元。", "Write it in yuan, like 26000万元.")
	case strings.HasPrefix(plain, "-"):
		return refuse("金额不能是负数。", "An amount cannot be negative.")
	}
	sum, clear, ok := reckon(plain)
	switch {
	case !ok || len(text) > 3*longest:
		return refuse("看不懂「"+shown(text)+"」，请写成 26000、2.6亿元、26000万元或 400000元 的样子。", "Write an amount like 26000 (in units of 10,000 yuan), 2.6亿元, 26000万元 or 400000元.")
	case !clear:
		return refuse("「"+shown(text)+"」的单位不清楚，请写明是元、万元还是亿元，例如 "+example(plain)+"。", "The unit is not clear; say whether it is 元, 万元 or 亿元.")
	case !new(big.Rat).Mul(sum, big.NewRat(100, 1)).IsInt():
		return refuse("金额最多精确到分（0.01 元）。", "An amount is exact to 0.01 yuan at most.")
	}
	return sum.FloatString(2), nil
}

// reckon adds up the parts of an amount, in yuan, and says whether every part's unit is clear. A part is followed by smaller ones only.
func reckon(plain string) (sum *big.Rat, clear, ok bool) {
	sum, clear = new(big.Rat), true
	rest, above, yuan := plain, int64(0), false
	for parts := 0; rest != ""; parts++ {
		m := term.FindStringSubmatch(rest)
		if m == nil || yuan { // nothing follows 元
			return nil, false, false
		}
		value, fine := new(big.Rat).SetString(strings.ReplaceAll(m[1], ",", ""))
		unit := units()[m[2]]
		rest, yuan = rest[len(m[0]):], m[3] != ""
		bare := m[2] == "" && !yuan
		switch {
		case !fine, bare && rest != "", parts > 0 && !bare && unit >= above, strings.HasSuffix(m[0], "整") && !yuan:
			return nil, false, false
		case bare && parts == 0 && rest == "":
			unit, clear = wan, value.Cmp(big.NewRat(doubted, 1)) < 0
		case bare, !yuan && rest == "" && slices.Contains([]string{"千", "百"}, m[2]):
			clear = false
		}
		above = unit
		sum.Add(sum, value.Mul(value, big.NewRat(unit, 1)))
	}
	return sum, clear, plain != ""
}

// example shows how a number could be written with its unit.
func example(plain string) string {
	if m := term.FindStringSubmatch(plain); m != nil {
		return m[1] + "元、" + m[1] + "万元"
	}
	return "400000元、40万元"
}

// Wan prints an amount in yuan as a field that asks for 万元 begins with it: exact to the fen, with its unit where it would be doubted without,
// and nothing for 0, which is no amount.
func Wan(yuan string) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok || amount.Sign() == 0 {
		return ""
	}
	in := new(big.Rat).Quo(amount, big.NewRat(wan, 1))
	text := Short(in)
	if in.Cmp(big.NewRat(doubted, 1)) >= 0 {
		text += "万元"
	}
	return text
}

// Short prints an exact decimal number without noughts at its end; it has no more than twelve decimals.
func Short(value *big.Rat) string {
	text := value.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
