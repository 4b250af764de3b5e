package httpapi

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// face is huma's API with errors that are answered by Echo's error handler, where all of Parkway's errors are.
type face struct {
	huma.API
	words  *i18n.Catalogue
	lists  map[string]process.Entry                                         // by path: those whose conditions a kind describes
	beside func(ctx huma.Context, refused *huma.ErrorModel) []process.Field // what is wrong beside what the contract refuses; nil: nobody asks
}

// strict makes huma take fields by their exact names, and lists for lists: null is none. Both are settings of the whole program.
var strict = sync.OnceFunc(func() { //nolint:gochecknoglobals // huma has no other place for them
	huma.ValidateStrictCasing, huma.DefaultArrayNullable = true, false
})

func newFace(e *echo.Echo, group *echo.Group) (*face, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	config := huma.Config{OpenAPI: about(newSchemas()), Formats: huma.DefaultFormats, DefaultFormat: "application/json"}
	f := &face{API: humaecho.NewWithGroup(e, group, config), words: words, lists: map[string]process.Entry{}}
	f.UseMiddleware(f.answerErrors)
	return f, nil
}

// beneath is huma's context, whose name is also one of its methods.
type beneath = huma.Context

// exchange is a request on its way through huma. What went wrong is kept instead of written.
type exchange struct {
	beneath
	failure error
}

// Unwrap returns the context beneath.
func (x *exchange) Unwrap() huma.Context { return x.beneath }

// SetStatus begins the answer, unless there is a failure to answer with.
func (x *exchange) SetStatus(status int) {
	if x.failure == nil {
		x.beneath.SetStatus(status)
	}
}

func (f *face) answerErrors(ctx huma.Context, next func(huma.Context)) {
	x := &exchange{beneath: ctx}
	if x.failure = strange(ctx); x.failure == nil {
		next(x)
	}
	var refused *huma.ErrorModel
	if errors.As(x.failure, &refused) && f.beside != nil {
		x.failure = &unfit{refused, f.beside(ctx, refused)}
	}
	if x.failure != nil {
		c := humaecho.Unwrap(ctx)
		c.Response().Header().Del(echo.HeaderContentType) // that of the answer there would have been
		c.Error(x.failure)
	}
}

// strange refuses a query with names that the operation does not have, all of them at once: a mistyped condition would be no condition, and a list of everything
// the answer to it.
func strange(ctx huma.Context) error {
	at := ctx.URL()
	var faults process.Faults
	for _, name := range slices.Sorted(maps.Keys(at.Query())) {
		if !slices.ContainsFunc(ctx.Operation().Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
			faults.Note(process.RefuseField(name, "这个操作没有“"+name+"”这个参数，请核对名称。", "The operation has no parameter “"+name+"”; check its name."))
		}
	}
	return faults.Err()
}

// nothing stands for an answer that is not written here.
type nothing struct{}

// Transform takes errors out of huma's hands.
func (f *face) Transform(ctx huma.Context, status string, v any) (any, error) {
	failure, failed := v.(error)
	if !failed {
		return f.API.Transform(ctx, status, v)
	}
	if x, ok := ctx.(*exchange); ok {
		var carried *carrier
		if errors.As(failure, &carried) {
			failure = carried.error
		}
		x.failure = failure
	}
	return nothing{}, nil
}

// Marshal writes an answer.
func (f *face) Marshal(w io.Writer, contentType string, v any) error {
	if _, silent := v.(nothing); silent {
		return nil
	}
	return f.API.Marshal(w, contentType, v)
}

// carrier carries an error through huma unchanged.
type carrier struct{ error }

// GetStatus satisfies huma, which asks an error for its status. Which one it is says Problem.
func (carrier) GetStatus() int { return http.StatusInternalServerError }

// Unwrap returns the error.
func (c *carrier) Unwrap() error { return c.error }

// operation is what the contract says of an operation beside its types.
type operation struct {
	id      string
	method  string // GET when left out
	path    string
	tag     string
	summary string
	detail  string
	whose   func(process.Actor) error // refuses who may not at all; nil: everybody who is signed in
	session bool                      // it gives access to somebody, which a token does not do: whoever found one would keep what it gave
	status  int                       // of the answer: 200 when left out
}

// body is an answer in JSON.
type body[T any] struct{ Body T }

// done is an answer without content.
type done struct{}

// on declares an operation that answers in JSON.
func on[I, O any](f *face, o operation, handle func(context.Context, *I) (O, error)) {
	raw(f, o.describe(), o.whose, func(ctx context.Context, in *I) (*body[O], error) {
		out, err := handle(ctx, in)
		return &body[O]{Body: out}, err
	})
}

// does declares an operation whose answer has no content.
func does[I any](f *face, o operation, handle func(context.Context, *I) error) {
	o.status = http.StatusNoContent
	raw(f, o.describe(), o.whose, func(ctx context.Context, in *I) (*done, error) { return &done{}, handle(ctx, in) })
}

// raw declares an operation whose answer says more than its body.
func raw[I, O any](f *face, op huma.Operation, whose func(process.Actor) error, handle func(context.Context, *I) (*O, error)) {
	op.MaxBodyBytes, op.BodyReadTimeout = -1, -1 // the middleware in front has seen to both
	huma.Register[I, O](f, op, func(ctx context.Context, in *I) (*O, error) {
		if op.Security != nil && identity(ctx).TokenHash == nil {
			return nil, &carrier{process.Refuse(process.NotAllowed, "开通访问权限要登录后办理，不能用令牌。", "Giving access takes a signed-in browser; a token does not do.")}
		}
		if whose != nil {
			if err := whose(actor(ctx)); err != nil {
				return nil, &carrier{err}
			}
		}
		out, err := handle(ctx, in)
		if err != nil {
			return nil, &carrier{err}
		}
		return out, nil
	})
}

func (o operation) describe() huma.Operation {
	if o.method == "" {
		o.method = http.MethodGet
	}
	if o.status == 0 {
		o.status = http.StatusOK
	}
	var security []map[string][]string
	if o.session {
		security = []map[string][]string{{"session": {}}}
	}
	return huma.Operation{Security: security, OperationID: o.id, Method: o.method, Path: o.path, Tags: []string{o.tag}, Summary: o.summary, Description: o.detail, DefaultStatus: o.status,
		Responses: map[string]*huma.Response{statusText(o.status): {Description: first(o.summary)}, "default": {Ref: "#/components/responses/Problem"}}}
}

func first(sentence string) string {
	head, _, _ := strings.Cut(sentence, ". ")
	return head
}
