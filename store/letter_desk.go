package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// sorts are the sorts of letter as the zone has set them, and the templates that it sent for them.
func (s *Store) sorts(ctx context.Context, q *sqlc.Queries, park string) ([]letter.Sort, map[string]sqlc.LetterSetting, error) {
	shipped, err := letters.Sorts()
	if err != nil {
		return nil, nil, err
	}
	rows, err := q.LetterSettings(ctx, park)
	if err != nil {
		return nil, nil, fmt.Errorf("read how letters are numbered and written: %w", err)
	}
	set := map[string]sqlc.LetterSetting{}
	for _, r := range rows {
		set[r.Sort] = r
	}
	all := make([]letter.Sort, 0, len(shipped))
	for _, sort := range shipped {
		if r, ok := set[sort.ID]; ok {
			sort.Format, sort.InUse, sort.Version = r.Format, r.InUse, int(r.Template)
		}
		all = append(all, sort)
	}
	return all, set, nil
}

// desk is what letters about the case are written with. Where one is about to be issued, its number is drawn: the series of its sort and year stays locked until the
// transaction ends, so that a number comes once and none is left out.
func (l lookup) desk(ctx context.Context, c process.Case, about func(*process.Desk) process.LetterNeed) (*process.Desk, error) {
	sorts, _, err := l.store.sorts(ctx, l.q, c.ParkID)
	if err != nil {
		return nil, err
	}
	desk := &process.Desk{Says: map[string]string{}}
	for _, s := range sorts {
		if s.InUse && s.Fits(string(c.Kind)) {
			desk.Sorts = append(desk.Sorts, s.For(string(c.Kind)))
		}
	}
	park, err := l.store.Park(ctx)
	if err != nil {
		return nil, err
	}
	desk.Says["签发单位"] = park.Name
	if c.EnterpriseID != "" {
		firms, err := l.q.FirmsOnPaper(ctx, c.Firms())
		if err != nil {
			return nil, fmt.Errorf("read the enterprises as letters print them: %w", err)
		}
		if len(firms) != len(c.Firms()) {
			return nil, process.Refuse(process.UnknownParty, "有一家下达对象不在企业台账里，不能出文书。", "One of the enterprises it is put to is not in the register; no letter can be written.")
		}
		for _, firm := range firms { // 主送 all of them
			desk.Says["单位全称"] = besides(desk.Says["单位全称"], "、", firm.Name)
			if len(firms) > 1 { // whose each is
				firm.Address, firm.CreditCode = firm.Name+"："+cmp.Or(firm.Address, unknown), firm.Name+"："+cmp.Or(firm.CreditCode, unknown)
			}
			desk.Says["地址"] = besides(desk.Says["地址"], "；", firm.Address)
			desk.Says["统一社会信用代码"] = besides(desk.Says["统一社会信用代码"], "；", firm.CreditCode)
		}
	}
	if about == nil {
		return desk, nil
	}
	need := about(desk)
	sort, known := desk.Sort(need.Sort)
	if desk.Number = need.Number; !known {
		return desk, nil
	}
	if desk.Number == "" {
		if desk.Number, err = l.draw(ctx, c.ParkID, sort); err != nil {
			return nil, err
		}
	}
	if desk.Taken, err = l.q.LetterNumberTaken(ctx, desk.Number); err != nil {
		return nil, fmt.Errorf("look whether the number %s is taken: %w", desk.Number, err)
	}
	return desk, nil
}

// unknown is said of one of several enterprises where the register has nothing: what stands there is another one's.
const unknown = "（未登记）"

// besides is what is said of one enterprise after what is said of those before.
func besides(said, by, more string) string {
	if said == "" || more == "" {
		return said + more
	}
	return said + by + more
}

// draw draws the next number of a sort of letter in the year of the deed.
func (l lookup) draw(ctx context.Context, parkID string, sort letter.Sort) (string, error) {
	park, err := l.store.Park(ctx)
	if err != nil {
		return "", err
	}
	n, err := l.q.DrawNumber(ctx, parkID, sort.Series, int32(l.day.Year()))
	if err != nil {
		return "", fmt.Errorf("draw the number of a letter: %w", err)
	}
	return letter.Number(sort.Format, park.Letters, l.day.Year(), int(n)), nil
}

// noticeNumber draws the next number of a rectification notice, of the sort of letter that the paper is: 泗开安监整改〔2024〕12号.
func (l lookup) noticeNumber(ctx context.Context, c process.Case, paper string) (string, error) {
	sorts, _, err := l.store.sorts(ctx, l.q, c.ParkID)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(sorts, func(s letter.Sort) bool { return s.Deed == noticeDeed && s.Paper == paper })
	if i < 0 {
		return "", fmt.Errorf("no sort of letter is the paper %q of a notice", paper)
	}
	return l.draw(ctx, c.ParkID, sorts[i])
}

// noticeDeed is the deed whose letter a rectification notice is.
const noticeDeed = "issue_notice"

// print writes the letter that the deed issues and notes its file on it; what it returns keeps the file in the deed's transaction.
func (d *door) print(ctx context.Context, after process.Subject, printing *process.Printing) ([]step, error) {
	lettered, ok := after.(process.Lettered)
	if printing == nil || !ok {
		return nil, nil
	}
	all := *lettered.Letters()
	one := &all[printing.Seq-1]
	template, err := d.template(ctx, one.Sort)
	if err != nil {
		return nil, err
	}
	if err := sayable(template, one.Title, printing.Values, lettered.Fields().Must); err != nil {
		return nil, err
	}
	one.Code = rand.Text()
	file, err := letters.Fill(template, printing.Values, d.store.address+VerifyPath+one.Code)
	if err != nil {
		return nil, fmt.Errorf("write the letter %s: %w", one.Number, err)
	}
	sum := sha256.Sum256(file)
	one.SHA256, one.Size = hex.EncodeToString(sum[:]), len(file)
	return []step{func(q *sqlc.Queries) error { return q.AddLetterFile(ctx, one.SHA256, file) }}, nil
}

// VerifyPath is where whoever holds a letter asks whether it was issued; its code follows.
const VerifyPath = "/v/"

// current refuses an office's own template that names what letters of the sort do not say any more: an upgrade may have changed that, and a number must not be used up
// for a paper with holes.
func current(file []byte, id string, sorts []letter.Sort) error {
	s, _ := process.Find(sorts, id, func(s letter.Sort) string { return s.ID })
	err := letters.Check(file, s)
	var why letters.Fault
	if !errors.As(err, &why) {
		return err
	}
	return process.Refuse(process.WrongState, "本单位自己的“"+s.Name.Chinese+"”模板要更新："+why.Chinese+"请管理员上传新模板，或者恢复系统模板。",
		"The office's own template of "+s.Name.English+" is out of date: "+why.English+" An administrator uploads another one, or takes the shipped one.")
}

// sayable refuses a template that prints one of the fields although this letter has nothing to say there: an office's own copy-notice of before there were tracks demanded
// something until a day, and the law wants a paper to say what it demands (a number must not be used up for “请督促其，于前办理”).
func sayable(template []byte, title string, values letter.Values, compulsory []string) error {
	holes, err := letters.Holes(template, values)
	if err != nil {
		return fmt.Errorf("look for holes in the letter %s: %w", title, err)
	}
	for _, name := range holes {
		if slices.Contains(compulsory, name) {
			return process.Refuse(process.WrongState, "这份"+title+"没有“"+name+"”的内容，而模板里写了 {{"+name+"}}，出具后会留下空白。请管理员在模板里换掉这个字段，或者改成 {{"+name+"?}}，没有内容时略去这一段。",
				"The template names {{"+name+"}}, of which this letter says nothing: it would have a hole. An administrator takes the field out of the template, or writes {{"+name+"?}}, which leaves its paragraph out.")
		}
	}
	return nil
}

// template is the one in force.
func (d *door) template(ctx context.Context, id string) ([]byte, error) {
	sorts, set, err := d.store.sorts(ctx, d.q, d.park)
	if err != nil {
		return nil, err
	}
	if r := set[id]; r.TemplateSha256 != nil {
		file, err := d.q.LetterFile(ctx, *r.TemplateSha256)
		if err != nil {
			return nil, fmt.Errorf("read the template of %s: %w", id, err)
		}
		return file, current(file, id, sorts)
	}
	for _, s := range sorts {
		if s.ID == id {
			return letters.Shipped(s)
		}
	}
	return nil, fmt.Errorf("no sort of letter is called %q", id)
}
