package registers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// Verdict is what an import makes of one row.
type Verdict string

// The verdicts.
const (
	Adds    Verdict = "adds"
	Changes Verdict = "changes"
	Same    Verdict = "same"  // it is so already
	Wrong   Verdict = "wrong" // nothing of the sheet is taken
)

// Line is what came, or would come, of one row.
type Line struct {
	Row     int
	Title   string
	Verdict Verdict
	Changes []store.Changed
	Faults  []process.Field
}

// Report is what came of a sheet, or would come of it.
type Report struct {
	Lines     []Line
	Counts    map[Verdict]int
	Done      bool            // it was taken, and was not only tried
	Passwords []FirstPassword // of the accounts that were made
}

// Import takes a sheet whole or not at all: with one row that is wrong nothing is written, and the report says which and why. try leaves everything
// as it is. A row that names a record which is there changes it; empty cells leave what is there.
func (d *Desk) Import(ctx context.Context, by process.Actor, r register.Register, rows []Row, try bool) (Report, error) {
	if r.Single || len(rows) > MostRows {
		return Report{}, process.RefuseField("file", "这里不能导入。", "Nothing can be imported here.")
	}
	report, wanted, err := d.judge(ctx, by, r, rows)
	if err != nil || try || report.Counts[Wrong] > 0 {
		return report, err
	}
	writing, refs := []store.Keeping{}, []*store.Keeping{}
	for i := range wanted {
		if report.Lines[i].Verdict != Same {
			refs = append(refs, &wanted[i])
		}
	}
	if report.Passwords, err = d.lend(r, refs); err != nil {
		return report, err
	}
	for _, k := range refs {
		writing = append(writing, *k)
	}
	if _, err := d.Store.Keep(ctx, by, r.Name, writing, d.Now()); err != nil {
		var refused *store.NotKept
		if errors.As(err, &refused) { // somebody came in between: tried again, the report says where
			report, _, again := d.judge(ctx, by, r, rows)
			return report, errors.Join(again, unlessWrong(report, err))
		}
		return report, err
	}
	report.Done = true
	return report, d.followed(ctx, by, r)
}

func unlessWrong(report Report, err error) error {
	if report.Counts[Wrong] > 0 {
		return nil
	}
	return err
}

// judge reads every row and tries it.
func (d *Desk) judge(ctx context.Context, by process.Actor, r register.Register, rows []Row) (Report, []store.Keeping, error) {
	report, wanted := Report{Counts: map[Verdict]int{}}, make([]store.Keeping, 0, len(rows))
	f, err := d.filler(ctx, r)
	if err != nil {
		return report, nil, err
	}
	seen := map[string]int{}
	for _, row := range rows {
		line := Line{Row: row.Line}
		before, name, faults := f.record(row.Cells)
		doc, wrong := f.fill(before.Doc, row.Cells, false)
		faults = append(faults, wrong...)
		if first, twice := seen[name]; twice && name != "" {
			faults = append(faults, process.Field{Name: r.Known[0], Chinese: fmt.Sprintf("和第 %d 行重复。", first), English: fmt.Sprintf("It is the same as in row %d.", first)})
		}
		seen[name] = row.Line
		line.Title, line.Faults = Value(doc, r.Title), faults
		if line.Title == "" {
			line.Title = Value(doc, r.Known[0])
		}
		report.Lines = append(report.Lines, line)
		wanted = append(wanted, store.Keeping{ID: before.ID, Record: doc, From: before.Doc, Hash: "-"})
	}
	tried, err := d.Store.Try(ctx, by, r.Name, wanted, d.Now())
	if err != nil {
		return report, nil, err
	}
	for i := range report.Lines {
		line := &report.Lines[i]
		if refused := tried[i].Refused; refused != nil {
			line.Faults = besides(line.Faults, named(r, rows[i].Cells, refused.Fields))
			if len(line.Faults) == 0 {
				line.Faults = []process.Field{{Name: r.Known[0], Chinese: refused.Chinese, English: refused.English}}
			}
		}
		line.Changes = tried[i].Changes
		switch {
		case len(line.Faults) > 0:
			line.Verdict, line.Changes = Wrong, nil
		case wanted[i].ID == "":
			line.Verdict = Adds
		case len(line.Changes) > 0:
			line.Verdict = Changes
		default:
			line.Verdict = Same
		}
		report.Counts[line.Verdict]++
		wanted[i].Hash = ""
	}
	return report, wanted, nil
}

// named leaves out of a person's faults the account that they did not write and need not: it is made of the name, once there is one.
func named(r register.Register, cells map[string]string, faults []process.Field) []process.Field {
	if r.Name != register.PeopleName || cells["username"] != "" || cells["name"] != "" {
		return faults
	}
	return slices.DeleteFunc(slices.Clone(faults), func(f process.Field) bool { return f.Name == "username" })
}

// record finds the record that a row means, by what no two records share, and the name under which the row may come once in a sheet.
func (f *filler) record(cells map[string]string) (recorded, string, []process.Field) {
	r := f.register
	key := cells[r.Known[0]]
	if r.Name == register.PeopleName && key == "" && cells["name"] != "" {
		return f.somebody(cells)
	}
	within := plain(cells[r.Within])
	for _, record := range f.known[r.Name] {
		if record.Ended || key == "" || plain(Value(record.Doc, r.Known[0])) != plain(key) {
			continue
		}
		if r.Within != "" {
			parent, _ := f.resolve(process.Question{Path: r.Within}, register.EnterprisesName, cells[r.Within])
			if parent != Value(record.Doc, r.Within) {
				continue
			}
		}
		return record, within + "/" + plain(key), nil
	}
	if code := cells["credit_code"]; code != "" && r.Name == register.EnterprisesName {
		if found := f.find(register.Register{Name: r.Name, Known: []string{"credit_code"}}, code); len(found) == 1 {
			return found[0], within + "/" + plain(key), nil
		}
	}
	return recorded{}, within + "/" + plain(key), nil
}

// somebody is who a row without an account means. Two people may have one name, so a name alone changes nobody: a row that says what is so already is
// of whom it is so, one of a new name makes an account, and any other is asked whom it means.
func (f *filler) somebody(cells map[string]string) (recorded, string, []process.Field) {
	namesakes := f.find(register.Register{Name: f.register.Name, Known: []string{"name"}}, cells["name"])
	accounts := []string{}
	for _, one := range namesakes {
		account := Value(one.Doc, "username")
		if !f.meant[one.ID] && f.says(one, cells) {
			f.meant[one.ID] = true
			return one, "username " + account, nil
		}
		accounts = append(accounts, account)
	}
	fresh := f.account(cells["name"])
	if len(namesakes) == 0 {
		cells["username"] = fresh
		return recorded{}, "username " + fresh, nil
	}
	known := strings.Join(accounts, "、")
	return recorded{}, "", []process.Field{{Name: "username", Chinese: "已经有叫“" + cells["name"] + "”的人了，账号是 " + known + "。要修改这位，请在“账号”一列写 " + known + "；如果是另一位，请写一个新账号，例如 " + fresh + "。",
		English: "Somebody is called that already, with the account " + known + ". To change them, write " + known + " as the account; if this is somebody else, write a new one, like " + fresh + "."}}
}

// says reports whether a row says nothing but what is so already.
func (f *filler) says(one recorded, cells map[string]string) bool {
	doc, faults := f.fill(one.Doc, cells, false)
	if len(faults) > 0 {
		return false
	}
	doc, err := f.register.Checked(doc)
	if err != nil {
		return false
	}
	for _, q := range f.register.Questions() {
		if Value(doc, q.Path) != Value(one.Doc, q.Path) {
			return false
		}
	}
	return true
}

// account makes the name of an account from a person's: 陆志远 is luzhiyuan, the second one luzhiyuan2.
func (f *filler) account(name string) string {
	options := pinyin.NewArgs()
	options.Fallback = func(r rune, _ pinyin.Args) []string { return []string{strings.ToLower(string(r))} }
	letters := strings.Join(pinyin.LazyPinyin(name, options), "")
	letters = strings.Map(func(r rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789._-", r) {
			return r
		}
		return -1
	}, letters)
	letters = letters[:min(len(letters), 30)]
	if letters == "" {
		letters = "user"
	}
	free := letters
	for n := 2; f.taken[free]; n++ {
		free = letters + strconv.Itoa(n)
	}
	f.taken[free] = true
	return free
}

// RowsOf reads rows that came back with a form.
func RowsOf(text string) ([]Row, error) {
	rows := []Row{}
	if err := json.Unmarshal([]byte(text), &rows); err != nil || len(rows) == 0 {
		return nil, process.RefuseField("file", "请重新选择文件。", "Choose the file again.")
	}
	return rows, nil
}
