package store_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// TestWhatTheDatabaseRefusesIsRefused: a rule that is missing is an answer at once and a line for us, without the value; the case goes on.
func TestWhatTheDatabaseRefusesIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	owner, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	_, err = owner.Exec(t.Context(), "ALTER TABLE hazards ADD CONSTRAINT no_secret CHECK (location <> '机密')")
	require.NoError(t, err)
	require.NoError(t, owner.Close(t.Context()))
	var log bytes.Buffer
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), b.app, cal, slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	supervisor, id := b.As(process.SafetySupervisor), uuid.NewString()
	found := hazard.Record{EnterpriseID: b.Enterprise, Location: "机密", Description: "堆放杂物", Level: hazard.General}

	_, err = s.Apply(t.Context(), b.order(t, supervisor, id, hazard.RecordName, found))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.InvalidInput, refusal.Code)
	require.Equal(t, 1, strings.Count(log.String(), "the database refused what the rules let through"), "told once, not tried again")
	require.Contains(t, log.String(), "no_secret")
	require.NotContains(t, log.String(), "机密")

	found.Location = "二号车间"
	b.do(t, supervisor, id, hazard.RecordName, found)
	b.do(t, supervisor, id, hazard.Kind.Does(casework.CommentVerb), casework.Comment{Text: "还在"})
}

// TestTheDoorKnowsWhatValuesMayBe: whoever comes to the door without a face in between meets the same limits.
func TestTheDoorKnowsWhatValuesMayBe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, manager := b.As(process.SafetySupervisor), b.As(process.ProjectManager)
	opened := `"enterprise_id":"` + b.Enterprise + `","entry_stage":"lead","facts":{"sector":"textile","site_mode":"own_land"`
	for name, c := range map[string]struct {
		as      process.Actor
		command process.Name
		input   string
		field   string
	}{
		"NUL":            {supervisor, hazard.RecordName, `{"description":"a\u0000b"}`, "description"},
		"HalfASign":      {supervisor, hazard.RecordName, `{"description":"\ud800"}`, "description"},
		"NoUTF8":         {supervisor, hazard.RecordName, "{\"description\":\"\xff\"}", ""},
		"Twice":          {supervisor, hazard.RecordName, `{"level":"general","level":"major"}`, "level"},
		"CampaignOfNone": {supervisor, hazard.RecordName, `{"enterprise_id":"` + b.Enterprise + `","location":"x","description":"x","level":"general","campaign_id":"` + uuid.NewString() + `"}`, "campaign_id"},
		"CampaignNoID":   {supervisor, hazard.RecordName, `{"enterprise_id":"` + b.Enterprise + `","location":"x","description":"x","level":"general","campaign_id":"abc"}`, "campaign_id"},
		"NulInACaption":  {supervisor, hazard.RecordName, `{"attachments":[{"upload_id":"x","caption":"\u0000"}]}`, "attachments[0].caption"},
		"NoTitle":        {manager, project.OpenName, `{"title":"\u200b",` + opened + `}}`, "title"},
		"TooMuchLand":    {manager, project.OpenName, `{"title":"x",` + opened + `,"land_area_mu":"99999999999.00"}}`, "facts.land_area_mu"},
		"NoArea":         {manager, project.OpenName, `{"title":"x",` + opened + `},"buildings":[{"code":"1#","area":"0"}]}`, "buildings[0].area"},
		"LongAgo":        {manager, project.OpenName, `{"title":"x",` + opened + `,"planned_production_on":"9999-12-31"}}`, "facts.planned_production_on"},
		"Moon":           {manager, project.OpenName, `{"title":"x","entry_stage":"lead","facts":{"site_mode":"moon"}}`, "facts.site_mode"},
		"TooLong":        {manager, project.OpenName, `{"title":"` + strings.Repeat("长", 201) + `",` + opened + `}}`, "title"},
	} {
		t.Run(name, func(t *testing.T) {
			order := b.order(t, c.as, uuid.NewString(), c.command, nil)
			order.Input = []byte(c.input)
			_, err := b.Store.Apply(t.Context(), order)
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal)
			require.NotEmpty(t, refusal.Fields, refusal)
			require.Contains(t, namesOf(refusal), c.field)
		})
	}
	t.Run("BeginsWithAFullStop", func(t *testing.T) {
		for description, title := range map[string]string{"。消防通道堵塞。请清理": "消防通道堵塞", "。。": "。。", "\n\u3000。通道\r\n堵塞": "通道"} {
			id := uuid.NewString()
			b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: description, Level: hazard.General})
			h, err := b.Store.Hazard(t.Context(), supervisor, id)
			require.NoError(t, err)
			require.Equal(t, title, h.Title)
		}
	})
	t.Run("KeptInOneForm", func(t *testing.T) {
		id := uuid.NewString()
		outcome := b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: strings.ToUpper(b.Enterprise), Location: "\u202e二号\u200b车间", Description: "cafe\u0301\r\n第二行", Level: hazard.General})
		h, err := b.Store.Hazard(t.Context(), supervisor, id)
		require.NoError(t, err)
		require.Equal(t, "二号车间", h.Location)
		require.Equal(t, "café\n第二行", h.Description)
		require.Contains(t, string(outcome.Event.Input), "二号车间", "what is recorded is what was kept")
	})
}

// TestCraftedCursors: a place in a list that no page gave out is refused before the database sees it, whatever it says of the list it is of.
func TestCraftedCursors(t *testing.T) {
	t.Parallel()
	b := setup(t)
	leader := b.As(process.Leader)
	for range 2 {
		b.do(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "杂物", Level: hazard.General, AllTheSame: "另一处"})
	}
	_, next, err := b.Store.Hazards(t.Context(), leader, store.Conditions{}, "", 1, b.now)
	require.NoError(t, err)
	list, _, found := strings.Cut(string(next), ".")
	require.True(t, found)
	for _, bad := range []string{"x", "OTk5OS05OS05OSA5OTo5OTo5OXwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA",
		"LWluZmluaXR5fHVybjp1dWlkOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA", "fA", "\xff", ""} {
		for _, of := range []string{"", ".", list, list + "."} {
			if of+bad == "" {
				continue
			}
			_, _, err := b.Store.Hazards(t.Context(), leader, store.Conditions{}, store.Cursor(of+bad), 10, b.now)
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal, of+bad)
			require.Equal(t, "cursor", refusal.Fields[0].Name)
		}
	}
}

func namesOf(r *process.Refusal) []string {
	names := make([]string, 0, len(r.Fields))
	for _, f := range r.Fields {
		names = append(names, f.Name)
	}
	return names
}
