package site

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// suggested is how many suggestions are shown while somebody types.
const suggested = 10

// findings answers what was typed so far: who or what can be chosen, and whether there is more.
type findings struct {
	Found []ui.Choice `json:"found"`
	More  bool        `json:"more"`
}

func (s *Site) findEnterprises(c echo.Context) error {
	return s.suggest(c, ui.Field{Kind: "enterprise", Beside: c.QueryParam("beside")})
}

func (s *Site) findPeople(c echo.Context) error {
	return s.suggest(c, ui.Field{Kind: "person", Circle: choice.Circle(c.QueryParam("of")), Barred: c.QueryParams()["not"]})
}

func (s *Site) findParties(c echo.Context) error {
	f := ui.Field{Kind: "party", Barred: c.QueryParams()["not"]}
	if id := c.QueryParam("enterprise"); id != "" {
		f.Options = []ui.Option{{Value: id}}
	}
	return s.suggest(c, f)
}

func (s *Site) suggest(c echo.Context, f ui.Field) error {
	found, err := s.found(c, f, c.QueryParam("q"), suggested+1)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, findings{Found: found[:min(len(found), suggested)], More: len(found) > suggested})
}

// The kinds of party as a field of a form has them, before their id.
const (
	asEnterprise = string(process.HeldByEnterprise) + ":"
	asUnit       = string(process.HeldByUnit) + ":"
	asPerson     = string(process.HeldByPerson) + ":"
)

// foundParties are those to whom a case can go: its own enterprise, the units, and people who can work on it.
func (s *Site) foundParties(c echo.Context, f ui.Field, words string, size int) ([]ui.Choice, error) {
	ctx, actor, all := c.Request().Context(), actorOf(c), []ui.Choice{}
	people, err := s.App.Store.FindPeople(ctx, actor, choice.Workers, words, f.Barred, size)
	if err != nil {
		return nil, err
	}
	units, err := s.App.Store.FindUnits(ctx, actor, words, f.Barred, size)
	if err != nil {
		return nil, err
	}
	for _, o := range f.Options {
		e, err := s.App.Store.Enterprise(ctx, actor, o.Value)
		if err != nil {
			return nil, err
		}
		if !barred(f, e.ID) && answers(words, e) {
			all = append(all, ui.Choice{Value: asEnterprise + e.ID, Text: e.ShortName, Detail: i18n.T(ctx, "role.enterprise")})
		}
	}
	all = append(all, each(units, func(u store.FoundUnit) ui.Choice {
		return ui.Choice{Value: asUnit + u.ID, Text: u.Name, Detail: i18n.T(ctx, "body."+u.Kind)}
	})...)
	return append(all, each(people, func(p store.FoundPerson) ui.Choice { return personChoice(ctx, asPerson, p) })...), nil
}

func barred(f ui.Field, id string) bool {
	for _, b := range f.Barred {
		if b == id {
			return true
		}
	}
	return false
}

// answers reports whether the one enterprise of a case is meant by the words, or may be.
func answers(words string, e store.Enterprise) bool {
	words = strings.TrimSpace(words)
	return words == "" || strings.Contains(e.Name, words) || strings.Contains(e.ShortName, words)
}

// shown is how what a field holds is shown, nil when there is no such thing for its reader.
func (s *Site) shown(c echo.Context, f ui.Field) (*ui.Choice, error) {
	ctx, actor, id, kind := c.Request().Context(), actorOf(c), f.Value, f.Kind
	if kind == "party" {
		kind, id, _ = strings.Cut(f.Value, ":")
	}
	one := ui.Choice{Value: f.Value}
	var err error
	switch kind {
	case string(process.HeldByEnterprise):
		var e store.Enterprise
		e, err = s.App.Store.Enterprise(ctx, actor, id)
		one.Text, one.Detail = e.ShortName, e.Name
	case string(process.HeldByPerson):
		var p store.NamedPerson
		p, err = s.App.Store.PersonNamed(ctx, actor, id)
		one = personChoice(ctx, "", store.FoundPerson{Name: p.Name, Unit: p.Unit, Roles: p.Roles})
		one.Value = f.Value
	case string(process.HeldByUnit):
		var units []store.Unit
		units, err = s.App.Store.Units(ctx)
		for _, u := range units {
			if u.ID == id {
				one.Text, one.Detail = u.Name, i18n.T(ctx, "body."+u.Kind)
			}
		}
	}
	if refusalOf(err) != nil || (err == nil && one.Text == "") {
		return nil, nil
	}
	return &one, err
}
