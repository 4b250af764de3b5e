// Package notify brings messages to people over channels: mail, the group robots of 企业微信, 钉钉 and 飞书, and signed webhooks. It knows each
// vendor's format, signature, limits and answers, and nothing of cases.
package notify

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Message is what one person is told at one time. It names cases by number and address only: no details of hazards or deals leave the zone.
type Message struct {
	ID     int64     `json:"id"`
	To     Recipient `json:"to"`
	Title  string    `json:"title"`
	Lines  []Line    `json:"lines"`
	Closer string    `json:"closer"` // the last words, e.g. where to change what one is told
	At     time.Time `json:"at"`
}

// Recipient is who is told.
type Recipient struct {
	Name   string `json:"name"`
	Email  string `json:"email"`
	Mobile string `json:"mobile"`
}

// Line is one thing in a message.
type Line struct {
	Text string `json:"text"`
	URL  string `json:"url"`
	Red  bool   `json:"red"`
}

// plain is the message as text.
func (m Message) plain(limit int) string {
	return m.fit(limit, func(l Line) string {
		if l.URL == "" {
			return "· " + l.Text + "\n"
		}
		return "· " + l.Text + "\n  " + l.URL + "\n"
	}, m.Title+"\n\n", "\n"+m.Closer)
}

// addressed is the title in a group, where everybody reads what is meant for one: it begins with whom.
func (m Message) addressed() string {
	if m.To.Name == "" {
		return m.Title
	}
	return m.To.Name + " · " + m.Title
}

// markdown is the message to one person of a group, in the markdown that the chat vendors share: bold, links, lists.
func (m Message) markdown(limit int) string {
	return m.fit(limit, func(l Line) string {
		text := escape(l.Text)
		if l.Red {
			text = "**" + text + "**"
		}
		if l.URL != "" {
			return "- [" + text + "](" + l.URL + ")\n"
		}
		return "- " + text + "\n"
	}, "**"+escape(m.addressed())+"**\n\n", "\n"+escape(m.Closer))
}

// fit writes as many lines as the vendor's limit in bytes allows and says how many it left out. Nothing is lost: all are in the program.
func (m Message) fit(limit int, write func(Line) string, head, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	const room = 80 // for the sentence about what is left out
	for i, l := range m.Lines {
		text := write(l)
		if b.Len()+len(text)+len(tail)+room > limit {
			fmt.Fprintf(&b, "…… 另有 %d 条，请到园程查看\n", len(m.Lines)-i)
			break
		}
		b.WriteString(text)
	}
	b.WriteString(tail)
	return cut(b.String(), limit)
}

// cut shortens a text to at most n bytes without breaking a character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// escape keeps people's words from being taken for markdown.
func escape(text string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "[", "\\[", "]", "\\]", "_", "\\_", "`", "\\`", "<", "＜", ">", "＞", "@", "＠").Replace(text)
}
