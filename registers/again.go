package registers

import (
	"maps"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// ended returns the records out of use that a text names. An office goes on using the sheet it began with: whoever left since is known by it and never made anew.
func (f *filler) ended(name register.Name, text string) []recorded {
	r, _ := register.Of(name)
	for _, path := range r.Known {
		found := []recorded{}
		for _, record := range f.known[name] {
			if record.Ended && slices.ContainsFunc(Texts(record.Doc, path), func(one string) bool { return plain(one) == plain(text) }) {
				found = append(found, record)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// left finds whom a row means of those whose accounts have ended: where it says what was so of them, them; any other is asked what is meant. known names nobody
// who works here.
func (f *filler) left(cells map[string]string, known string) (recorded, string, []process.Field) {
	found := f.ended(register.PeopleName, known)
	for _, one := range found {
		if !f.meant[one.ID] && f.says(one, cells) {
			f.meant[one.ID] = true
			return one, "username " + Value(one.Doc, "username"), nil
		}
	}
	if len(found) == 0 {
		return recorded{}, "", nil
	}
	name, account, fresh := Value(found[0].Doc, "name"), Value(found[0].Doc, "username"), f.account(cells["name"])
	return recorded{}, "", []process.Field{{Name: "username", Chinese: name + "的账号 " + account + " 已停用，不再新增。请从表里删去这一行；本人回来了，请先重新启用账号；如果这一行是另一位，请写一个新账号，例如 " + fresh + "。",
		English: name + "'s account " + account + " has ended and is not made anew. Take this row out of the sheet; if they are back, bring the account back first; if this is somebody else, write a new account, like " + fresh + "."}}
}

// stays says of a row that means a record out of use why nothing comes of it; nothing of any other.
func stays(record recorded) process.Text {
	if !record.Ended {
		return process.Text{}
	}
	account := Value(record.Doc, "username")
	return process.Text{Chinese: "账号 " + account + " 已停用，不再新增。", English: "The account " + account + " has ended; it is not made anew."}
}

// unknown refuses a name that no record in use has.
func (f *filler) unknown(q process.Question, name register.Name, text string) *process.Refusal {
	if name == register.PeopleName && len(f.ended(name, text)) > 0 {
		return process.RefuseField(q.Path, "“"+text+"”的账号已停用，请改写成现在的人；本人回来了，请先重新启用账号。", "The account of \""+text+"\" has ended; write who it is now, or bring the account back first.")
	}
	return process.RefuseField(q.Path, "没有找到“"+text+"”，请先登记，或核对写法。", "There is no \""+text+"\"; add it first, or check how it is written.")
}

// sameAgain is what two rows have in common that are of one and the same: a name with a telephone, or else every cell. Namesakes without either are asked about
// or get accounts of their own.
func sameAgain(cells map[string]string) string {
	if cells["name"] != "" && cells["mobile"] != "" && cells["username"] == "" {
		return "name " + plain(cells["name"]) + ", mobile " + plain(cells["mobile"])
	}
	parts := []string{}
	for _, column := range slices.Sorted(maps.Keys(cells)) {
		if cells[column] != "" {
			parts = append(parts, column+"="+cells[column])
		}
	}
	return strings.Join(parts, "\x00")
}
