package registers

import (
	"regexp"
	"strings"
)

// between are the signs that people put between names.
const between = "、，,；;\n"

// ltd is a comma that belongs to a name: Alpha Co., Ltd. is one.
var ltd = regexp.MustCompile(`(?i),(\s*(?:ltd|limited|inc|llc|l\.l\.c|corp|co|gmbh|plc|pte|pty|s\.a|ag|kg|n\.v|nv|b\.v|bv|ab)\b)`) //nolint:gochecknoglobals // compiled once

// held stands for such a comma while names are cut apart; nobody can type it.
const held = "\x00"

// names cuts a list of names apart. One in quotation marks is one name, whatever signs it holds.
func names(text string) []string {
	text = ltd.ReplaceAllString(strings.ReplaceAll(text, held, ""), held+"$1")
	found, name := []string{}, strings.Builder{}
	keep := func() {
		if one := strings.TrimSpace(strings.ReplaceAll(name.String(), held, ",")); one != "" {
			found = append(found, one)
		}
		name.Reset()
	}
	for rest := strings.TrimSpace(text); rest != ""; {
		if quoted, after, ok := unquoted(rest); ok && strings.TrimSpace(name.String()) == "" {
			name.WriteString(quoted)
			rest = after
			continue
		}
		sign, size := firstRune(rest)
		if rest = rest[size:]; strings.Contains(between, sign) {
			keep()
		} else {
			name.WriteString(sign)
		}
	}
	keep()
	return found
}

func firstRune(text string) (string, int) {
	for _, r := range text {
		return string(r), len(string(r))
	}
	return "", 0
}

// unquoted is the name in quotation marks with which the text begins, if it does and if a name ends there.
func unquoted(text string) (name, after string, ok bool) {
	text = strings.TrimLeft(text, " \t")
	if !strings.HasPrefix(text, `"`) {
		return "", text, false
	}
	var held strings.Builder
	for rest := text[1:]; ; {
		head, tail, closed := strings.Cut(rest, `"`)
		held.WriteString(head)
		switch {
		case !closed:
			return "", text, false
		case strings.HasPrefix(tail, `"`): // two of them are one
			held.WriteString(`"`)
			rest = tail[1:]
			continue
		}
		next, _ := firstRune(strings.TrimLeft(tail, " \t"))
		return held.String(), tail, next == "" || strings.Contains(between, next)
	}
}

// joined writes names so that names reads them again exactly.
func joined(all []string) string {
	written := make([]string, 0, len(all))
	for _, name := range all {
		if strings.ContainsAny(name, between) || strings.HasPrefix(name, `"`) {
			name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
		written = append(written, name)
	}
	return strings.Join(written, "、")
}
