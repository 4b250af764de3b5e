package site

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// beside is what stands at the side of a command's form: what happens once it is sent, who reads of it, and the facts of the case.
func (s *Site) beside(c echo.Context, t task) *ui.Beside {
	ctx := c.Request().Context()
	b := &ui.Beside{Next: strings.Split(i18n.Lead(ctx, t.name), "\n"), Case: t.of, Rules: t.rules}
	if !actorOf(c).Has(process.Enterprise) { // whatever an enterprise does, both sides read
		about, _ := kinds.About(t.name)
		b.Next = append(b.Next, i18n.T(ctx, "reads."+string(about.Readers)))
		if t.of != nil && about.Readers != process.Offices {
			for _, firm := range t.of.Addressees() {
				if heard, err := s.App.Store.Heard(ctx, process.HeldByEnterprise, firm.ID); err == nil && !heard { // what cannot be read now the form does without
					b.Next = append(b.Next, i18n.T(ctx, "deaf.enterprise", "Name", firm.Name))
				}
			}
		}
	}
	if access.MayDateBack(actorOf(c), t.name) {
		b.Help = append(b.Help, i18n.T(ctx, "help.dated_back"))
	}
	if t.of != nil {
		b.Due = ui.DueDay{Day: t.of.DueOn, Target: t.of.TargetOn, Provisional: t.of.Provisional, Suspended: t.of.SuspendedSince != nil, URL: ui.DeadlineURL(t.of.Kind, t.of.ID)}
	}
	return b
}

// limited puts on a field what its question takes.
func limited(f *ui.Field, q process.Question) {
	if q.Kind == process.Line || q.Kind == process.Long || q.Kind == process.CaseOf {
		f.Limit, f.Lines = q.Limit, q.Lines
	}
	f.Least, f.Most = bound(q.Least), bound(q.Most)
}

// owed says when a field has to be filled in that can be left out otherwise, in the words of what makes it so: 选「有条件同意」时必填. "" where nothing does.
func owed(ctx context.Context, t task, q process.Question) string {
	words := []string{}
	for _, other := range t.questions {
		if slices.Contains(q.Or, other.Path) {
			words = append(words, i18n.T(ctx, "field.quoted", "Text", i18n.Label(ctx, t.name, other.Path)))
		}
	}
	if q.When.Path != "" {
		if w := answered(ctx, t, q.When); w != "" {
			words = append(words, w)
		}
	}
	key := "field.when"
	if len(q.Or) > 0 {
		key = "field.or"
	}
	if len(words) == 0 {
		return ""
	}
	return i18n.T(ctx, key, "Words", strings.Join(words, i18n.T(ctx, "field.between")))
}

// answered are the answers that call for something, in words: 「不合格」. Those of questions below the path are the same ones.
func answered(ctx context.Context, t task, when process.When) string {
	words := []string{}
	for _, other := range t.questions {
		if other.Path != when.Path && !strings.HasPrefix(other.Path, when.Path+".") {
			continue
		}
		for _, o := range choices(ctx, other) {
			if said := i18n.T(ctx, "field.quoted", "Text", o.Text); slices.Contains(when.Values, o.Value) && !slices.Contains(words, said) {
				words = append(words, said)
			}
		}
	}
	return strings.Join(words, i18n.T(ctx, "field.between"))
}

func bound(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

// taken is what a field of files takes.
func (s *Site) taken() ui.FileLimits {
	return ui.FileLimits{Each: s.Blobs.Limit, All: s.Blobs.Limit * blobs.AtOnce, Most: process.FilesAtOnce, Endings: blobs.Endings()}
}
