package site

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// begun is the record that the form began with. A form that does not say so began with what is there.
func begun(c echo.Context, record store.Recorded) json.RawMessage {
	was := json.RawMessage(c.FormValue(ui.WasSuffix))
	var fields map[string]json.RawMessage
	if record.ID == "" || json.Unmarshal(was, &fields) != nil || len(fields) == 0 {
		return record.Doc
	}
	return was
}

// retypeRecord is retype for the form of a record, which says what it began with. Where somebody else was first, what its reader did not touch becomes what
// stands there now: sent again, it changes what this reader changed and no more.
func (s *Site) retypeRecord(c echo.Context, v *ui.RecordView) error {
	d, from := draftOf(c), begun(c, v.Record)
	v.Form.Draft, v.Form.Key = c.QueryParam(draftParam), c.FormValue("_key")
	for i := range v.Form.Fields {
		f := &v.Form.Fields[i]
		entry := strings.Join(c.Request().Form[f.Name], "、")
		if late(d.Refusal) && strings.TrimSpace(entry) == strings.TrimSpace(registers.Value(from, f.Name)) {
			continue
		}
		f.Value = entry
	}
	if !late(d.Refusal) {
		v.Was = string(from)
	}
	shown := *d
	shown.Refusal = s.conflict(c.Request().Context(), c, v.Register, v.Record, v.Titles, d.Refusal)
	if err := s.prepare(c, v.Form.Fields, shown.Refusal); err != nil {
		return err
	}
	return s.explainAll(c, &v.Form, task{}, &shown)
}

// conflict says at each field that somebody else changed meanwhile from what to what, in the words of the form.
func (s *Site) conflict(ctx context.Context, c echo.Context, r register.Register, now store.Recorded, titles func(register.Name) map[string]string, refusal *process.Refusal) *process.Refusal {
	if !late(refusal) {
		return refusal
	}
	from, said := begun(c, now), *refusal
	said.Fields = slices.Clone(refusal.Fields)
	for i := range said.Fields {
		f := &said.Fields[i]
		q, ok := r.Question(f.Name)
		if !ok {
			continue
		}
		words := []any{}
		for name, doc := range map[string]json.RawMessage{"Was": from, "Now": now.Doc} {
			shown := registers.Shown(ctx, q, registers.Value(doc, q.Path), titles)
			if shown == "" {
				shown = i18n.T(ctx, "conflict.nothing")
			}
			words = append(words, name, shown)
		}
		f.Chinese = i18n.T(ctx, "conflict.field", words...)
		f.English = f.Chinese
	}
	return &said
}

// became is the enterprise that one was merged into, nil for every other record.
func (s *Site) became(c echo.Context, r register.Register, record store.Recorded) (*ui.Link, error) {
	if !record.Ended || r.Name != register.EnterprisesName {
		return nil, nil
	}
	e, err := s.App.Store.Enterprise(c.Request().Context(), actorOf(c), record.ID)
	if err != nil {
		return nil, err
	}
	return &ui.Link{Text: e.MergedName, URL: ui.RecordURL(r.Name, e.MergedInto)}, nil
}

func menuOfRegister(name register.Name) string {
	if name == register.PeopleName {
		return "users"
	}
	return "registers"
}
