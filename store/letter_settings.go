package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// LetterSetting is how a sort of letter is numbered and written now.
type LetterSetting struct {
	letter.Sort
	TemplateName string // of the file that was sent; "": the one that comes with the program
	Next         string // the number that the next letter of this year bears
	Edition      int    // of the setting; 0: nobody changed it
}

// LetterChange is one change of a setting, as it stands on record.
type LetterChange = sqlc.LetterSetting

// LetterSettings are the settings of every sort of letter.
func (s *Store) LetterSettings(ctx context.Context, year int) ([]LetterSetting, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	sorts, set, err := s.sorts(ctx, s.queries, park.ID)
	if err != nil {
		return nil, err
	}
	all := make([]LetterSetting, 0, len(sorts))
	for _, sort := range sorts {
		one := LetterSetting{Sort: sort, TemplateName: set[sort.ID].TemplateName, Edition: int(set[sort.ID].Version)}
		n, err := s.queries.LastNumber(ctx, park.ID, sort.Series, int32(year))
		if err != nil {
			return nil, fmt.Errorf("read how far the series %s is: %w", sort.Series, err)
		}
		one.Next = letter.Number(sort.Format, park.Letters, year, int(n)+1)
		all = append(all, one)
	}
	return all, nil
}

// LetterChanges are what was ever set for a sort, the latest first.
func (s *Store) LetterChanges(ctx context.Context, sort string) ([]LetterChange, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.LetterSettingsOf(ctx, park.ID, sort)
	if err != nil {
		return nil, fmt.Errorf("read what was set for letters of the sort %s: %w", sort, err)
	}
	return rows, nil
}

// LetterTemplate is the template in force, and its file's name.
func (s *Store) LetterTemplate(ctx context.Context, id string) (string, []byte, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", nil, err
	}
	sort, known := letters.Sort(id)
	if !known {
		return "", nil, notFound()
	}
	_, set, err := s.sorts(ctx, s.queries, park.ID)
	if err != nil {
		return "", nil, err
	}
	if r := set[id]; r.TemplateSha256 != nil {
		file, err := s.queries.LetterFile(ctx, *r.TemplateSha256)
		if err != nil {
			return "", nil, fmt.Errorf("read the template of %s: %w", id, err)
		}
		return r.TemplateName, file, nil
	}
	file, err := letters.Shipped(sort)
	return sort.Name.Chinese + "（模板）.docx", file, err
}

// LetterWish is what is to change about a sort of letter; what is nil or empty stays.
type LetterWish struct {
	Format  *string
	InUse   *bool
	Name    string // of the template's file
	File    []byte // the template
	Shipped bool   // back to the template that comes with the program
	Version *int   // of the setting that its writer saw; nil: whichever
}

// SetLetter changes how a sort of letter is numbered and written, from its next letter on. It refuses whoever is no administrator, a format that cannot be or that
// another sort has or had, a second sort in use for the same deed, and a template that Check refuses. Letters that were issued keep their number and file.
func (s *Store) SetLetter(ctx context.Context, actor process.Actor, id string, wish LetterWish, now time.Time) error {
	if !actor.Has(process.Administrator) && actor.Type != process.Import { // somebody at the machine has proved more than any password does
		return process.Refuse(process.NotAllowed, "文书设置由管理员修改。", "Only administrators change how letters are written.")
	}
	sort, known := letters.Sort(id)
	if !known {
		all, err := letters.Sorts()
		if err != nil {
			return err
		}
		ids := []string{}
		for _, one := range all {
			ids = append(ids, one.ID)
		}
		return process.Refuse(process.NotFound, "没有“"+id+"”这一种文书；有 "+strings.Join(ids, "、")+"。", "There is no letter "+id+"; there are "+strings.Join(ids, ", ")+".")
	}
	if wish.File != nil {
		if err := asRefusal(letters.Check(wish.File, sort), "template"); err != nil {
			return err
		}
	}
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin to change how letters are written: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	q := s.queries.WithTx(tx)
	if err := q.OneAtATime(ctx); err != nil {
		return fmt.Errorf("wait for others who change how letters are written: %w", err)
	}
	next, err := s.wished(ctx, q, park, sort, wish)
	if err != nil {
		return err
	}
	if wish.File != nil {
		if err := q.AddLetterFile(ctx, *next.TemplateSha256, wish.File); err != nil {
			return fmt.Errorf("keep the template: %w", err)
		}
	}
	next.ByID, next.ByName, next.At = given(actor.ID), actor.Name, now
	if err := q.AddLetterSetting(ctx, sqlc.AddLetterSettingParams(next)); err != nil {
		return fmt.Errorf("keep how letters are written: %w", err)
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("keep how letters are written: %w", err)
	}
	return nil
}

// wished is the setting as it is to be, checked against the others.
func (s *Store) wished(ctx context.Context, q *sqlc.Queries, park Park, sort letter.Sort, wish LetterWish) (sqlc.LetterSetting, error) {
	sorts, set, err := s.sorts(ctx, q, park.ID)
	if err != nil {
		return sqlc.LetterSetting{}, err
	}
	next, was := sqlc.LetterSetting{ParkID: park.ID, Sort: sort.ID, Format: sort.Format, InUse: sort.InUse}, set[sort.ID]
	if was.Version > 0 {
		next = was
	}
	if wish.Version != nil && *wish.Version != int(was.Version) {
		return next, process.Refuse(process.StaleVersion, "这项设置刚刚被别人改过，请看过再改。", "Somebody has changed this setting meanwhile; look at it first.")
	}
	next.Version++
	var faults process.Faults
	if wish.Format != nil {
		next.Format = strings.TrimSpace(*wish.Format)
		faults.Note(asRefusal(letter.CheckFormat(next.Format), "format"))
	}
	if wish.InUse != nil {
		next.InUse = *wish.InUse
	}
	if err := faults.Err(); err != nil {
		return next, err
	}
	if err := s.alone(ctx, q, park, sorts, next); err != nil {
		return next, err
	}
	switch {
	case wish.Shipped:
		next.TemplateSha256, next.TemplateName, next.Template = nil, "", 0
	case wish.File != nil:
		sha := Fingerprint(wish.File)
		next.TemplateSha256, next.Template, next.TemplateName = &sha, next.Version, wish.Name
		if next.TemplateName = strings.ToValidUTF8(wish.Name, ""); utf8.RuneCountInString(next.TemplateName) > 150 {
			next.TemplateName = string([]rune(next.TemplateName)[:150])
		}
	}
	if was.Version > 0 && was.Format == next.Format && was.InUse == next.InUse && was.Template == next.Template ||
		was.Version == 0 && next.Format == sort.Format && next.InUse == sort.InUse && next.Template == 0 {
		return next, process.Refuse(process.NothingChanged, "没有改动。", "Nothing has changed.")
	}
	return next, nil
}

// alone refuses a format by which another sort numbers or ever numbered its letters, and a second sort in use for the same deed.
func (s *Store) alone(ctx context.Context, q *sqlc.Queries, park Park, sorts []letter.Sort, next sqlc.LetterSetting) error {
	past, err := q.LetterFormats(ctx, park.ID)
	if err != nil {
		return fmt.Errorf("read how letters were numbered: %w", err)
	}
	own, _ := process.Find(sorts, next.Sort, func(s letter.Sort) string { return s.ID })
	for _, other := range sorts {
		past = append(past, sqlc.LetterFormatsRow{Sort: other.ID, Format: other.Format})
		if shipped, ok := letters.Sort(other.ID); ok {
			past = append(past, sqlc.LetterFormatsRow{Sort: other.ID, Format: shipped.Format})
		}
	}
	plain := func(format string) string { return strings.ReplaceAll(format, "{代字}", park.Letters) }
	if i := slices.IndexFunc(past, func(r sqlc.LetterFormatsRow) bool {
		return r.Sort != next.Sort && letter.Clash(plain(r.Format), plain(next.Format))
	}); i >= 0 {
		other, _ := letters.Sort(past[i].Sort)
		return process.RefuseField("format", "“"+other.Name.Chinese+"”用着或用过这个格式，会有两份文书同一个文号，请改一改。", "Letters of the sort "+other.Name.English+" have or had this format: two letters would bear the same number.")
	}
	for _, other := range sorts {
		if next.InUse && other.InUse && other.ID != next.Sort && own.Rivals(other) {
			return process.RefuseField("in_use", "同一步只启用一种文书，文号才不会断：请先停用“"+other.Name.Chinese+"”。", "Only one sort of letter is in use for a step, or numbers would be left out: take "+other.Name.English+" out of use first.")
		}
	}
	return nil
}

// asRefusal turns a fault in words into a refusal of the field.
func asRefusal(err error, field string) error {
	var file letters.Fault
	var format letter.Fault
	switch {
	case errors.As(err, &file):
		return process.RefuseField(field, file.Chinese, file.English)
	case errors.As(err, &format):
		return process.RefuseField(field, format.Chinese, format.English)
	}
	return err
}

// Fingerprint is the SHA-256 of bytes, in hex.
func Fingerprint(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
