// Package checklist is what an inspection looks at 检查表: items in two groups, basic 基础管理 and site 现场, and words that point to a major hazard. A checklist is
// published as a whole; whoever inspected by one keeps the version that they used.
package checklist

import (
	"strconv"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// The groups of items.
const (
	Basic = "basic" // papers, organisation, responsibility, rules, training, records
	Site  = "site"  // equipment, electricity, fire, storage …
)

// What an item that fails suggests: removed before the inspectors leave, or by a day that they set.
const (
	AtOnce   = "at_once"
	Deadline = "deadline"
)

// Item is one line of a checklist.
type Item struct {
	Group    string `json:"group"`
	Text     string `json:"text"`
	Clause   string `json:"clause"`   // what it rests on; "": nobody has said
	Suggests string `json:"suggests"` // what is suggested when it fails
}

// textMost is how many characters an item or its clause may have.
const textMost = 200

// words are what people write for what an item suggests.
func words() map[string]string {
	return map[string]string{"当场": AtOnce, "当场整改": AtOnce, "立即": AtOnce, "立即整改": AtOnce, "at once": AtOnce, "限期": Deadline, "限期整改": Deadline, "deadline": Deadline}
}

// Read reads an item as an administrator writes it: what is looked at | what it rests on | 当场 or 限期. The last two may be left out; an item that does not say
// is to be removed by a day.
func Read(group, line, field string) (Item, error) {
	parts := strings.Split(strings.ReplaceAll(line, "｜", "|"), "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	item := Item{Group: group, Suggests: Deadline}
	if last := len(parts) - 1; last > 0 {
		if suggests, is := words()[strings.ToLower(parts[last])]; is {
			item.Suggests, parts = suggests, parts[:last]
		}
	}
	var faults process.Faults
	item.Text = faults.Text(process.Required(field, parts[0], textMost))
	switch len(parts) {
	case 1:
	case 2:
		item.Clause = faults.Text(process.Optional(field, parts[1], textMost))
	default:
		faults.Note(process.RefuseField(field, "“"+line+"”不能这样写，请写成：检查内容|依据|当场（或限期）。", "Write each line as: what is looked at|what it rests on|at once (or deadline)."))
	}
	return item, faults.Err()
}

// Line is the item as it is written down.
func (i Item) Line() string {
	suggests := "限期"
	if i.Suggests == AtOnce {
		suggests = "当场"
	}
	return i.Text + " | " + i.Clause + " | " + suggests
}

// Checklist is one version of a checklist, as an inspection takes it.
type Checklist struct {
	ID      string
	Name    string
	Version int
	Items   []Item
	Serious []string // words that point to a major hazard
}

// Of reads a checklist from its lines, which were checked when they were published.
func Of(l process.Checklist) Checklist {
	c := Checklist{ID: l.ID, Name: l.Name, Version: l.Version, Serious: l.Serious}
	c.add(Basic, l.Basic)
	c.add(Site, l.Site)
	return c
}

func (c *Checklist) add(group string, lines []string) {
	for _, line := range lines {
		if item, err := Read(group, line, group); err == nil {
			c.Items = append(c.Items, item)
		}
	}
}

// Number is what the item at the place in its group is called: b1, s2.
func Number(group string, at int) string { return group[:1] + strconv.Itoa(at+1) }

// Split takes a number apart: the group, and which item of it.
func Split(number string) (group, nth string) {
	if nth, basic := strings.CutPrefix(number, Basic[:1]); basic {
		return Basic, nth
	}
	return Site, strings.TrimPrefix(number, Site[:1])
}

// Points are the words among them that stand in a text: a hint to whoever inspects that it may be a major hazard, never a decision.
func Points(serious []string, text string) []string {
	found := []string{}
	for _, word := range serious {
		if word != "" && strings.Contains(text, word) {
			found = append(found, word)
		}
	}
	return found
}
