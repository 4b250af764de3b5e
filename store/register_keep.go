package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store/sqlc"
)

func keepPerson(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
	if !k.New {
		if err := holdsNothing(ctx, q, park, k); err != nil {
			return err
		}
	}
	if err := q.KeepPerson(ctx, sqlc.KeepPersonParams{ID: k.ID, ParkID: park, Doc: k.Doc, PasswordHash: k.Hash}); err != nil {
		return err
	}
	n, err := q.CountAdministrators(ctx, park)
	if err == nil && n == 0 {
		return process.RefuseField("roles", "至少要留一位在用的管理员。", "One administrator in use has to stay.")
	}
	return err
}

// holdsNothing refuses to make somebody into one who could not go on with the open cases they have a place in.
func holdsNothing(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
	var before, after register.Person
	rows, err := q.PersonRecords(ctx, park, &k.ID)
	if err != nil || len(rows) == 0 {
		return err
	}
	if err := errors.Join(json.Unmarshal(rows[0].Doc, &before), json.Unmarshal(k.Doc, &after)); err != nil {
		return fmt.Errorf("understand a person: %w", err)
	}
	if slices.Equal(before.Roles, after.Roles) && before.UnitID == after.UnitID && before.EnterpriseID == after.EnterpriseID {
		return nil
	}
	held, err := q.HeldBy(ctx, k.ID, park)
	if err != nil {
		return fmt.Errorf("read what %s holds: %w", before.Name, err)
	}
	field, named, left := "", []string{}, 0
	for _, c := range held {
		why := stranded(before, after, process.Kind(c.Kind))
		if why == "" {
			continue
		}
		if left++; left <= 3 {
			named = append(named, c.Number)
		}
		field = why
	}
	if left == 0 {
		return nil
	}
	cases := strings.Join(named, "、")
	if left > len(named) {
		cases += " 等"
	}
	return process.RefuseField(field, fmt.Sprintf("%s名下还有 %d 件在办事项（%s），改了以后没有人能接着办。请先把它们移交给别人，再改这里。", before.Name, left, cases),
		fmt.Sprintf("%s still holds %d open cases (%s), with which nobody could go on. Hand them over first, and change this then.", before.Name, left, strings.Join(named, ", ")))
}

// stranded is the rule by which a case of a kind would stay in hands that cannot act on it, once somebody who has a place in it is what after says: they speak for
// another enterprise or for none, a post on its team asks for a role that they have no longer, they only look on by now, or it was their department's and they
// went to another one. It names the field that does it; "" means that they can go on.
func stranded(before, after register.Person, kind process.Kind) string {
	has := func(p register.Person, role process.Role) bool { return slices.Contains(p.Roles, string(role)) }
	entry, known := kinds.Of(kind)
	asked := !known || slices.ContainsFunc(entry.Blank().Team(), func(post process.Post) bool {
		return post.Suits(rolesOf(before.Roles)) && !post.Suits(rolesOf(after.Roles))
	})
	switch {
	case has(before, process.Enterprise) != has(after, process.Enterprise), asked, casework.OnlyLooksOn(after.Held()) && !casework.OnlyLooksOn(before.Held()):
		return "roles"
	case before.EnterpriseID != after.EnterpriseID:
		return "enterprise_id"
	case has(before, process.Department) && before.UnitID != after.UnitID:
		return "unit_id"
	}
	return ""
}

// keepUnit refuses a name that is that of another unit, as names are compared everywhere: 招 商科 is 招商科.
func keepUnit(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
	var unit, other register.Unit
	if err := json.Unmarshal(k.Doc, &unit); err != nil {
		return fmt.Errorf("understand a unit: %w", err)
	}
	rows, err := q.UnitRecords(ctx, park, nil)
	if err != nil {
		return fmt.Errorf("read the units: %w", err)
	}
	renamed := true
	for _, row := range rows {
		if row.ID == k.ID && json.Unmarshal(row.Doc, &other) == nil {
			renamed = Sought(other.Name) != Sought(unit.Name)
		}
	}
	for _, row := range rows {
		if renamed && row.ID != k.ID && json.Unmarshal(row.Doc, &other) == nil && Sought(other.Name) == Sought(unit.Name) {
			return process.RefuseField("name", "已经有“"+other.Name+"”了，请换一个名称。", "There is \""+other.Name+"\" already; choose another name.")
		}
	}
	return q.KeepUnit(ctx, k.ID, park, k.Doc)
}

// keepEnterprise refuses a new name or credit code that is that of another; what it goes by already was asked when it got it.
func keepEnterprise(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
	var e register.Enterprise
	if err := json.Unmarshal(k.Doc, &e); err != nil {
		return fmt.Errorf("understand an enterprise: %w", err)
	}
	names, code := compared(e.Name, e.ShortName, goesBy(e)), e.CreditCode
	if !k.New {
		var err error
		if names, code, err = newIn(ctx, q, park, k.ID, e); err != nil {
			return err
		}
	}
	if len(names) > 0 || code != "" {
		if err := another(ctx, q, park, k, e, names, code); err != nil {
			return err
		}
	}
	return writeEnterprise(ctx, q, park, k, e)
}

// writeEnterprise writes an enterprise that nothing speaks against; once more it changes nothing.
func writeEnterprise(ctx context.Context, q *sqlc.Queries, park string, k kept, e register.Enterprise) error {
	if err := q.KeepEnterprise(ctx, k.ID, park, k.Doc); err != nil || k.New && len(goesBy(e)) == 0 {
		return err
	}
	return q.KeepAliases(ctx, k.ID, append([]string{}, e.Aliases...), append([]string{}, e.FormerNames...))
}

// goesBy are the names of an enterprise beside its own: those it has and those it had.
func goesBy(e register.Enterprise) []string { return slices.Concat(e.Aliases, e.FormerNames) }

// another refuses an enterprise one of whose new names, or whose new credit code, is that of another one, at the field where it stands.
func another(ctx context.Context, q *sqlc.Queries, park string, k kept, e register.Enterprise, names []string, code string) error {
	same := func(names []string, code string) (*sqlc.SameEnterpriseRow, error) {
		others, err := q.SameEnterprise(ctx, sqlc.SameEnterpriseParams{ParkID: park, Names: names, CreditCode: code, ID: k.ID, Others: true})
		if err != nil {
			return nil, fmt.Errorf("look whether enterprise %s is on file: %w", e.Name, err)
		}
		if len(others) == 0 {
			return nil, nil
		}
		return &others[0], nil
	}
	found, err := same(names, code)
	if found == nil || err != nil {
		return err
	}
	fresh := func(texts ...string) []string {
		return slices.DeleteFunc(compared("", "", texts), func(name string) bool { return !slices.Contains(names, name) })
	}
	for _, field := range []struct {
		path, chinese, english string
		names                  []string
		code                   string
	}{
		{"credit_code", "信用代码和%s相同，一个代码只能是一家企业，请核对。", "Its credit code is that of %s, and no two enterprises have one; look at it again.", nil, code},
		{"name", "企业名称和%s相同。", "Its name is that of %s.", fresh(e.Name), ""},
		{"short_name", "简称和%s相同，请换一个能区分的简称。", "Its short name is that of %s; choose one that tells them apart.", fresh(e.ShortName), ""},
		{"aliases", "有一个别名和%s相同，请去掉它。", "One of its other names is that of %s; take it away.", fresh(e.Aliases...), ""},
		{"former_names", "有一个曾用名和%s相同，请去掉它。", "One of its former names is that of %s; take it away.", fresh(e.FormerNames...), ""},
	} {
		if len(field.names) == 0 && field.code == "" {
			continue
		}
		other, err := same(field.names, field.code)
		if err != nil {
			return err
		}
		if other == nil {
			continue
		}
		shown := other.ShortName + "（" + other.Name + "）"
		chinese, english := fmt.Sprintf(field.chinese, shown), fmt.Sprintf(field.english, shown)
		if k.New {
			return process.RefuseField(field.path, chinese+"确实是同一家时，不用再登记，请修改已有的那一条。", english+" If they are one, change the record that is there.")
		}
		return process.RefuseField(field.path, chinese+"确实是同一家时，请合并两家企业。", english+" If they are one, merge the two.")
	}
	return nil
}

// newIn returns by which names, as they are compared, and credit code an enterprise did not go so far.
func newIn(ctx context.Context, q *sqlc.Queries, park, id string, e register.Enterprise) (names []string, code string, err error) {
	rows, err := q.EnterpriseRecords(ctx, park, &id)
	if err != nil {
		return nil, "", fmt.Errorf("read an enterprise: %w", err)
	}
	called := func(e register.Enterprise) []string { return compared(e.Name, e.ShortName, goesBy(e)) }
	var before register.Enterprise
	for _, row := range rows {
		if err := json.Unmarshal(row.Doc, &before); err != nil {
			return nil, "", fmt.Errorf("understand an enterprise: %w", err)
		}
	}
	known := called(before)
	names = slices.DeleteFunc(called(e), func(name string) bool { return slices.Contains(known, name) })
	if e.CreditCode != before.CreditCode {
		code = e.CreditCode
	}
	return names, code, nil
}
