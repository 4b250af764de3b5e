package httpapi

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// unfit is a request that does not fit the contract, with the faults that only the rules of a command, or the list of a kind, know: a caller hears of everything at once.
type unfit struct {
	*huma.ErrorModel
	beside []process.Field
}

// Unwrap returns what the contract refuses.
func (u *unfit) Unwrap() error { return u.ErrorModel }

// also names faults of fields that are not named yet.
func (p *Problem) also(faults []process.Field, pick func(zh, en string) string) {
	for _, fault := range faults {
		if !slices.ContainsFunc(p.Fields, func(f Field) bool {
			return process.SameField(f.Name, fault.Name) || strings.HasPrefix(f.Name, fault.Name+".")
		}) {
			p.Fields = append(p.Fields, Field{Name: fault.Name, Message: pick(fault.Chinese, fault.English)})
		}
	}
}

// rules asks what the rules refuse of a command that the contract refuses already. The operation is called as the command is.
func (a *API) rules(ctx huma.Context, refused *huma.ErrorModel) []process.Field {
	name := process.Name(ctx.Operation().OperationID)
	about, known := kinds.About(name)
	again := humaecho.Unwrap(ctx).Request().GetBody
	if !known || about.By != process.ByPeople || refused.Status != http.StatusUnprocessableEntity || again == nil {
		return nil
	}
	body, err := again()
	if err != nil {
		return nil
	}
	raw, err := io.ReadAll(body)
	if err != nil || !json.Valid(raw) {
		return nil
	}
	more := a.App.Faults(ctx.Context(), app.Request{CaseID: ctx.Param("id"), Command: name, Input: json.RawMessage(raw), Key: ctx.Header("Idempotency-Key"), Actor: actor(ctx.Context())})
	if more == nil || more.Alone() {
		return nil
	}
	return more.Fields
}
