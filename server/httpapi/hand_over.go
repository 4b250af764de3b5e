package httpapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/app"
)

type (
	// Spoken is the caller's language.
	Spoken struct{ request *http.Request }

	handedOver struct {
		Spoken
		Key  string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"150" doc:"Makes sure that no case is handed over twice"`
		Body struct {
			Cases  []string `json:"cases" minItems:"1" maxItems:"100" doc:"Their ids."`
			ToID   id       `json:"to_id" doc:"The person who gets them."`
			Reason string   `json:"reason" minLength:"1" maxLength:"4000" doc:"Why." example:"工作调整"`
		}
	}
	// HandedOver is what came of each case, in the order of their ids.
	HandedOver struct {
		Items []HandedItem `json:"items"`
	}
	// HandedItem is what came of one case.
	HandedItem struct {
		CaseID  string   `json:"case_id"`
		Kind    string   `json:"kind,omitempty"`
		Number  string   `json:"number,omitempty"`
		Title   string   `json:"title,omitempty"`
		Done    bool     `json:"done"`
		Problem *Problem `json:"problem,omitempty" doc:"Why not."`
	}
)

// Resolve keeps what tells the language.
func (s *Spoken) Resolve(ctx huma.Context) []error {
	s.request = humaecho.Unwrap(ctx).Request()
	return nil
}

// handOvers declares the hand-over of several cases.
func (a *API) handOvers(f *face) {
	on(f, operation{id: "handOver", method: http.MethodPost, path: "/cases/hand-over", tag: "cases", summary: "Hand several cases over to one person", whose: app.MayHandOver,
		detail: "Each case is handed over by itself, by assign where the kind's leading role acts on every case (hazards), by hand_over elsewhere; what came of each is answered. The key counts for every one of them: sent again, none is handed over twice."},
		a.handOver)
}

func (a *API) handOver(ctx context.Context, in *handedOver) (HandedOver, error) {
	answer := HandedOver{Items: []HandedItem{}}
	ids := slices.Compact(slices.Sorted(slices.Values(in.Body.Cases)))
	for _, h := range a.App.HandOver(ctx, actor(ctx), ids, string(in.Body.ToID), in.Body.Reason, in.Key) {
		answer.Items = append(answer.Items, a.handedItem(h, in.request))
	}
	return answer, nil
}

// handedItem is what came of one case.
func (a *API) handedItem(h app.Handed, r *http.Request) HandedItem {
	item := HandedItem{CaseID: h.CaseID, Kind: string(h.Case.Kind), Number: h.Case.Number, Title: h.Case.Title, Done: h.Refused == nil && !h.Away}
	switch {
	case h.Refused != nil:
		item.Problem = ptr(ProblemOf(h.Refused, a.Chinese(r)))
	case h.Away:
		item.Problem = ptr(ProblemOf(app.ErrUnavailable, a.Chinese(r)))
	}
	return item
}
