package httpapi

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// invalid explains why a request does not fit the contract, naming every field.
func invalid(e *huma.ErrorModel, chinese bool) Problem {
	title := "The request does not fit the contract; see the field named."
	if chinese {
		title = "提交的内容不符合要求，请核对标出的项。"
	}
	p := problem(http.StatusUnprocessableEntity, string(process.InvalidInput), title)
	for _, d := range e.Errors {
		if d == nil {
			continue
		}
		name, message := value.Said(nameOf(d.Location)), value.Said(d.Message)
		if missing := required.FindStringSubmatch(message); missing != nil {
			name = join(name, missing[1])
		}
		if len(message) > 300 {
			message = message[:300]
		}
		p.Fields = append(p.Fields, Field{Name: name, Message: say(message, chinese)})
	}
	if len(p.Fields) == 0 {
		p.Fields = []Field{{Message: say(e.Detail, chinese)}}
	}
	return p
}

// nameOf is the field's path without where it was found: body.facts.sector is facts.sector, header.If-Match is If-Match.
func nameOf(location string) string {
	where, name, found := strings.Cut(location, ".")
	switch where {
	case "body", "query", "header", "path":
		if found {
			return name
		}
		return ""
	}
	return location
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

var required = regexp.MustCompile(`^expected required property (\S+) to be present$`)

// sentences are huma's messages in Chinese. A message without one is shown as it is.
var sentences = []struct { //nolint:gochecknoglobals // compiled once, never changed
	of   *regexp.Regexp
	says string
}{
	{required, "此项必填"},
	{regexp.MustCompile(`^required \w+ parameter is missing$`), "此项必填"},
	{regexp.MustCompile(`^request body is required$`), "缺少提交的内容"},
	{regexp.MustCompile(`^unexpected property$`), "没有这一项，请核对名称"},
	{regexp.MustCompile(`^expected value to be one of "(.*)"$`), "只能是以下之一：$1"},
	{regexp.MustCompile(`^expected length >= 1$`), "不能为空"},
	{regexp.MustCompile(`^expected length >= (.*)$`), "至少 $1 个字"},
	{regexp.MustCompile(`^expected length <= (.*)$`), "最多 $1 个字"},
	{regexp.MustCompile(`^expected number >= (.*)$`), "不能小于 $1"},
	{regexp.MustCompile(`^expected number <= (.*)$`), "不能大于 $1"},
	{regexp.MustCompile(`^expected array length >= (.*)$`), "至少 $1 项"},
	{regexp.MustCompile(`^expected array length <= (.*)$`), "最多 $1 项"},
	{regexp.MustCompile(`^expected string to be RFC 3339 date$`), "日期应写成 2026-11-23 的样子"},
	{regexp.MustCompile(`^expected string to be RFC 3339 date-time$`), "时间应写成 2026-11-23T09:00:00+08:00 的样子"},
	{regexp.MustCompile(`^expected string to be a number.*$`), "应是数字，最多两位小数"},
	{regexp.MustCompile(`^expected string to be .*$`), "格式不对"},
	{regexp.MustCompile(`^expected string$`), "应是文字"},
	{regexp.MustCompile(`^(expected|invalid) integer$`), "应是整数"},
	{regexp.MustCompile(`^expected number$`), "应是数字"},
	{regexp.MustCompile(`^(expected|invalid) boolean$`), "应是 true 或 false"},
	{regexp.MustCompile(`^expected array$`), "应是列表"},
	{regexp.MustCompile(`^expected object$`), "应是对象"},
	{regexp.MustCompile(`^unknown content type.*$`), "应以 application/json 提交"},
	{regexp.MustCompile(`^(unexpected end of JSON|invalid character|json:).*$`), "不是正确的 JSON"},
}

func say(message string, chinese bool) string {
	if !chinese {
		return message
	}
	for _, s := range sentences {
		if s.of.MatchString(message) {
			return s.of.ReplaceAllString(message, s.says)
		}
	}
	return message
}
