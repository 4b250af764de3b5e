package registers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/worksheet"
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
	Note    process.Text // why nothing comes of it, where that is not plain
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
	if !try {
		return d.Take(ctx, by, r, rows, func(Report) error { return nil })
	}
	if err := importable(r); err != nil {
		return Report{}, err
	}
	return d.judge(ctx, by, r, rows)
}

func importable(r register.Register) error {
	if r.Single {
		return process.RefuseField("file", "这里不能导入。", "Nothing can be imported here.")
	}
	return nil
}

// Take is Import for somebody who has agreed to what would come of each row: agreed is asked, before anything is kept, whether it is that still. A sheet without
// faults is gone through once: what came of each row is known when it has been written, and taken back where it is not what was agreed to.
func (d *Desk) Take(ctx context.Context, by process.Actor, r register.Register, rows []Row, agreed func(Report) error) (Report, error) {
	if err := importable(r); err != nil {
		return Report{}, err
	}
	report, asked, err := d.read(ctx, r, rows)
	if err != nil {
		return report.Report, err
	}
	passwords, err := d.lend(r, asked)
	if err != nil || report.faulty() {
		return d.instead(ctx, by, r, rows, agreed, err)
	}
	writing := make([]store.Keeping, 0, len(asked))
	for _, k := range asked {
		writing = append(writing, *k)
	}
	done, err := d.Store.KeepAgreed(ctx, by, r.Name, writing, d.Now(), func(outcomes []store.Outcome) error {
		tried := make([]store.Tried, 0, len(outcomes))
		for _, o := range outcomes {
			tried = append(tried, store.Tried{Outcome: o})
		}
		report.conclude(tried)
		return agreed(report.Report)
	})
	var refused *store.NotKept
	if errors.As(err, &refused) {
		return d.instead(ctx, by, r, rows, agreed, err)
	}
	if err != nil {
		return report.Report, err
	}
	report.Done, report.Passwords = true, passwords
	d.follow(ctx, done)
	return report.Report, nil
}

// instead says of each row of a sheet that cannot be taken why not; why is the error that says so, if there is one.
func (d *Desk) instead(ctx context.Context, by process.Actor, r register.Register, rows []Row, agreed func(Report) error, why error) (Report, error) {
	report, err := d.judge(ctx, by, r, rows)
	if err == nil {
		err = agreed(report)
	}
	return report, errors.Join(err, unlessWrong(report, why))
}

func unlessWrong(report Report, err error) error {
	if report.Counts[Wrong] > 0 {
		return nil
	}
	return err
}

// reading is a sheet that was read and not tried yet.
type reading struct {
	Report
	filler *filler
	rows   []Row
	fresh  []bool // of each line: it names no record that is there
	trying []int  // which lines say what is not so yet
}

func (r *reading) faulty() bool {
	return slices.ContainsFunc(r.Lines, func(l Line) bool { return len(l.Faults) > 0 })
}

// read reads every row, and returns what is to be written of those that say what is not so yet.
func (d *Desk) read(ctx context.Context, r register.Register, rows []Row) (*reading, []*store.Keeping, error) {
	f, err := d.filler(ctx, r)
	read, asked := &reading{Report: Report{Counts: map[Verdict]int{}}, filler: f, rows: rows}, []*store.Keeping{}
	if err != nil {
		return read, nil, err
	}
	seen := map[string]int{}
	for i, row := range rows {
		row.Cells = maps.Clone(row.Cells) // an account is found for a row without one: each time it is read
		line := Line{Row: row.Line}
		before, name, faults := f.record(row.Cells)
		doc, wrong := f.fill(before.Doc, row.Cells, false)
		faults = append(append(faults, wrong...), row.faults(r)...)
		if first, twice := seen[name]; twice && name != "" {
			faults = append(faults, process.Field{Name: r.Known[0], Chinese: fmt.Sprintf("和第 %d 行重复。", first), English: fmt.Sprintf("It is the same as in row %d.", first)})
		}
		seen[name] = row.Line
		line.Title, line.Faults = Value(doc, r.Title), faults
		if line.Title == "" {
			line.Title = Value(doc, r.Known[0])
		}
		read.Lines, read.fresh = append(read.Lines, line), append(read.fresh, before.ID == "")
		if read.Lines[i].Note = stays(before); before.Ended {
			continue
		}
		if len(faults) > 0 || before.ID == "" || !alike(before.Doc, doc) {
			read.trying, asked = append(read.trying, i), append(asked, &store.Keeping{ID: before.ID, Record: doc, From: before.Doc})
		}
	}
	if n := len(asked); n > MostRows {
		err = process.RefuseField("file", fmt.Sprintf("一次最多新增或修改 %d 条，这张表有 %d 条，请分成几个文件。", MostRows, n), fmt.Sprintf("At most %d records are added or changed at once, and here are %d; use several files.", MostRows, n))
	}
	return read, asked, err
}

// faults are what is wrong with the cells of a row, whatever they are to say.
func (row Row) faults(r register.Register) []process.Field {
	faults := []process.Field{}
	for _, q := range r.Questions() {
		if length, ok := row.Long[q.Path]; ok {
			faults = append(faults, process.Field{Name: q.Path, Chinese: fmt.Sprintf("这一格有 %d 个字，太长了，最多 %d 个字。", length, mostText), English: fmt.Sprintf("This cell has %d characters, which is too long; at most %d.", length, mostText)})
		}
		if wrong, ok := row.Wrong[q.Path]; ok {
			why := worksheet.WhyWrong(wrong)
			faults = append(faults, process.Field{Name: q.Path, Chinese: why.Chinese + "，请在表里改好再导入。", English: strings.ToUpper(why.English[:1]) + why.English[1:] + "; mend it in the sheet."})
		}
	}
	return faults
}

// judge reads every row and tries it.
func (d *Desk) judge(ctx context.Context, by process.Actor, r register.Register, rows []Row) (Report, error) {
	read, asked, err := d.read(ctx, r, rows)
	if err != nil {
		return read.Report, err
	}
	trying := make([]store.Keeping, 0, len(asked))
	for _, k := range asked {
		k.Hash = "-"
		trying = append(trying, *k)
	}
	answers, err := d.Store.Try(ctx, by, r.Name, trying, d.Now())
	if err != nil {
		return read.Report, err
	}
	read.conclude(answers)
	return read.Report, nil
}

// conclude says of each line what would come of it, or came: answers are those to the lines that say what is not so yet.
func (r *reading) conclude(answers []store.Tried) {
	tried := make([]store.Tried, len(r.Lines))
	for n, i := range r.trying {
		tried[i] = answers[n]
	}
	for i := range r.Lines {
		line := &r.Lines[i]
		if refused := tried[i].Refused; refused != nil {
			line.Faults = append(line.Faults, r.filler.others(line.Faults, refused, r.rows[i].Cells)...)
		}
		line.Changes = tried[i].Changes
		switch {
		case len(line.Faults) > 0:
			line.Verdict, line.Changes = Wrong, nil
		case r.fresh[i]:
			line.Verdict = Adds
		case len(line.Changes) > 0:
			line.Verdict = Changes
		default:
			line.Verdict = Same
		}
		r.Counts[line.Verdict]++
	}
}

// alike reports whether a record says what another one says.
func alike(a, b json.RawMessage) bool {
	var one, other any
	return json.Unmarshal(a, &one) == nil && json.Unmarshal(b, &other) == nil && reflect.DeepEqual(one, other)
}

// others are the faults that a refusal names beside those that are known: a person mends all of a row at once.
func (f *filler) others(known []process.Field, refused *process.Refusal, cells map[string]string) []process.Field {
	found := []process.Field{}
	for _, fault := range refused.Fields {
		nobody := f.register.Name == register.PeopleName && fault.Name == "username" && cells["name"] == "" && cells["username"] == "" // it is made up from the name
		if !nobody && !slices.ContainsFunc(known, func(k process.Field) bool { return k.Name == fault.Name }) {
			found = append(found, fault)
		}
	}
	if len(known)+len(found) == 0 {
		found = append(found, process.Field{Name: f.register.Known[0], Chinese: refused.Chinese, English: refused.English})
	}
	if f.register.Name != register.PeopleName || cells["username"] == "" || cells["name"] == "" {
		return found
	}
	if whose := f.by(register.PeopleName, "username")[plain(cells["username"])]; len(whose) == 1 && plain(Value(whose[0].Doc, "name")) != plain(cells["name"]) {
		is := Value(whose[0].Doc, "name")
		found = append(found, process.Field{Name: "username", Chinese: "账号 " + cells["username"] + " 是" + is + "的。如果这一行是另一位，请换一个账号。", English: "The account " + cells["username"] + " is " + is + "'s. If this row is somebody else, write another account."})
	}
	return found
}

// record finds the record that a row means, by what no two records share, and the name under which the row may come once in a sheet.
func (f *filler) record(cells map[string]string) (recorded, string, []process.Field) {
	r := f.register
	key := cells[r.Known[0]]
	if r.Name == register.PeopleName && key == "" && cells["name"] != "" {
		return f.somebody(cells)
	}
	if len(r.Same) > 0 {
		return f.same(cells)
	}
	known, candidates := "", []recorded{} // what has no name yet is nothing that another row could be again
	if key != "" {
		known, candidates = plain(cells[r.Within])+"/"+plain(key), f.by(r.Name, r.Known[0])[plain(key)]
	}
	exactly := func(a recorded) bool { return Value(a.Doc, r.Known[0]) == key }
	if i := slices.IndexFunc(candidates, exactly); i > 0 { // of two that are written nearly alike
		candidates = append([]recorded{candidates[i]}, candidates...)
	}
	for _, record := range candidates {
		if r.Within != "" {
			parent, _ := f.resolve(process.Question{Path: r.Within}, register.EnterprisesName, cells[r.Within])
			if parent != Value(record.Doc, r.Within) {
				continue
			}
		}
		return record, known, nil
	}
	if r.Name == register.PeopleName && key != "" {
		one, _, faults := f.left(cells, key)
		return one, known, faults
	}
	if code := cells["credit_code"]; code != "" && r.Name == register.EnterprisesName {
		if found := f.find(register.Register{Name: r.Name, Known: []string{"credit_code"}}, code); len(found) == 1 {
			return found[0], known, nil
		}
	}
	return recorded{}, known, nil
}

// same is the record that a row of a register without names is again. What the row says otherwise, such as its result, it changes; any other row is one more.
func (f *filler) same(cells map[string]string) (recorded, string, []process.Field) {
	doc, _ := f.fill(nil, cells, false) // what is wrong with it is told when it is filled in
	parts := []string{}
	for _, path := range f.register.Same {
		parts = append(parts, plain(Value(doc, path)))
	}
	name := strings.Join(parts, "/")
	for _, record := range f.by(f.register.Name, f.register.Known[0])[plain(cells[f.register.Known[0]])] {
		if !slices.ContainsFunc(f.register.Same, func(path string) bool { return plain(Value(record.Doc, path)) != plain(Value(doc, path)) }) {
			return record, name, nil
		}
	}
	return recorded{}, name, nil
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
	if len(namesakes) == 0 {
		if one, name, faults := f.left(cells, cells["name"]); one.ID != "" || len(faults) > 0 {
			return one, name, faults
		}
	}
	fresh := f.account(cells["name"])
	if len(namesakes) == 0 {
		name := sameAgain(cells) // the account was made up here: it tells nobody apart
		cells["username"] = fresh
		return recorded{}, name, nil
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
