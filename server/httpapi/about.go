package httpapi

import (
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// Base is where the operations are.
const Base = "/api/v1"

func statusText(status int) string { return strconv.Itoa(status) }

// about is the contract without its operations.
func about(schemas huma.Registry) *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Parkway 园程", Version: "1", License: &huma.License{Name: "Apache-2.0", URL: "https://www.apache.org/licenses/LICENSE-2.0"},
			Description: `The working life of a development zone: investment projects from lead to production, and safety hazards from discovery to closure.

* Every command needs an ` + "`Idempotency-Key`" + `: the same key never takes effect twice, and may be sent again after any failure.
* ` + "`If-Match`" + ` with the version you read makes a command fail with ` + "`stale_version`" + ` when somebody changed the case since.
* Errors are ` + "`application/problem+json`" + ` (RFC 9457) with a stable ` + "`code`" + ` and a sentence in the caller's language (` + "`Accept-Language: zh` or `en`" + `).
* Lists are paged by cursor: pass ` + "`next` of a page as `cursor`" + ` to get the following one.
* Days are written as ` + "`2026-11-23`" + ` in the zone's time (Asia/Shanghai), instants as RFC 3339, money as yuan with two decimals in a string.
`},
		Servers:  []*huma.Server{{URL: Base}},
		Security: []map[string][]string{{"session": {}}, {"token": {}}},
		Components: &huma.Components{
			Schemas: schemas,
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"session": {Type: "apiKey", In: "cookie", Name: "parkway_session", Description: "A signed-in browser"},
				"token":   {Type: "http", Scheme: "bearer", Description: "A personal API token"},
			},
			Responses: map[string]*huma.Response{"Problem": {Description: "Why it was not done",
				Headers: map[string]*huma.Param{"Retry-After": {Description: "Seconds after which to try again with the same key", Schema: &huma.Schema{Type: huma.TypeInteger}}},
				Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schemas.Schema(typeOf[Problem](), true, "")}}}},
		},
	}
}
