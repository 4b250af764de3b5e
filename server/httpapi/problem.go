package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
)

// The codes of problems that are not refusals of the rules.
const (
	notSignedIn = "not_signed_in"
	readOnly    = "read_only_token"
	tooMany     = "too_many_attempts"
	unavailable = "unavailable"
	internal    = "internal"
)

// retryAfter is how many seconds a caller should wait when the engine or the database is away.
const retryAfter = 5

// Problem turns any error into an RFC 9457 problem with a sentence in the caller's language. It is the only place that knows HTTP codes.
func Problem(err error, chinese bool) api.Problem {
	pick := func(zh, en string) string {
		if chinese {
			return zh
		}
		return en
	}
	var refusal *process.Refusal
	var many *auth.TooMany
	var request *openapi3filter.RequestError
	var echoError *echo.HTTPError
	switch {
	case errors.As(err, &refusal):
		return refused(refusal, pick)
	case errors.Is(err, auth.ErrNobody), errors.Is(err, openapi3filter.ErrAuthenticationServiceMissing):
		return problem(http.StatusUnauthorized, notSignedIn, pick("请先登录。", "Sign in first, or send a valid token."))
	case errors.As(err, &many):
		return problem(http.StatusTooManyRequests, tooMany, pick("尝试次数太多，请稍后再试。", "Too many attempts; try again later."))
	case errors.Is(err, app.ErrUnavailable):
		return problem(http.StatusServiceUnavailable, unavailable, pick("系统暂时连不上数据库或流程引擎，没有丢失任何内容，请稍后用同一个请求标识重试。",
			"The database or the engine cannot be reached at the moment. Nothing is lost; try again with the same key."))
	case errors.As(err, &echoError) && echoError.Code < http.StatusInternalServerError:
		return fromEcho(echoError, pick)
	case errors.As(err, &request):
		return invalid(request, pick)
	}
	return problem(http.StatusInternalServerError, internal, pick("系统出错了，内容没有丢失，重试不会重复提交。", "Something went wrong here. Trying again is safe."))
}

func problem(status int, code, title string) api.Problem {
	return api.Problem{Type: "about:blank", Status: status, Code: code, Title: title}
}

// Status is the HTTP code of a refusal.
func Status(code process.Code) int {
	switch code {
	case process.NotFound:
		return http.StatusNotFound
	case process.NotAllowed:
		return http.StatusForbidden
	case process.StaleVersion:
		return http.StatusPreconditionFailed
	case process.KeyReused, process.StageMoved, process.WrongState, process.Closed, process.NotSuspended, process.Suspended, process.GateIncomplete,
		process.NotSkippable, process.NothingChanged, process.Sealed, process.Stuck:
		return http.StatusConflict
	case process.TooSoon:
		return http.StatusTooManyRequests
	case process.InvalidInput, process.UnknownStage, process.UnknownParty, process.UnknownUpload, process.SamePerson, process.ImpossibleDate, process.UnknownCommand:
		return http.StatusUnprocessableEntity
	}
	return http.StatusUnprocessableEntity
}

func refused(r *process.Refusal, pick func(zh, en string) string) api.Problem {
	p := problem(Status(r.Code), string(r.Code), pick(r.Chinese, r.English))
	if len(r.Fields) > 0 {
		fields := []api.Field{}
		for _, f := range r.Fields {
			fields = append(fields, api.Field{Name: f.Name, Message: pick(f.Chinese, f.English)})
		}
		p.Fields = &fields
	}
	if r.Since != nil {
		e := r.Since.Event
		p.Since = &api.Conflict{Version: e.Version, Who: e.Actor.Name, Command: string(e.Command), At: e.RecordedAt, Changes: e.Changes}
	}
	return p
}

// invalid explains why a request does not fit the contract, naming the field.
func invalid(r *openapi3filter.RequestError, pick func(zh, en string) string) api.Problem {
	name, why := "", r.Reason
	if r.Parameter != nil {
		name = r.Parameter.Name
	}
	var schema *openapi3.SchemaError
	if errors.As(r.Err, &schema) {
		why = schema.Reason
		if pointer := schema.JSONPointer(); len(pointer) > 0 {
			name = strings.Join(pointer, ".")
		}
	} else if r.Err != nil && why == "" {
		why = r.Err.Error()
	}
	p := problem(http.StatusUnprocessableEntity, string(process.InvalidInput), pick("提交的内容不符合要求，请核对标出的项。", "The request does not fit the contract; see the field named."))
	if name != "" || why != "" {
		p.Fields = &[]api.Field{{Name: name, Message: why}}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(r.Err, &tooLarge) {
		p.Status, p.Code, p.Title = http.StatusRequestEntityTooLarge, "too_large", pick("提交的内容太大。", "The request is too large.")
	}
	return p
}

func fromEcho(e *echo.HTTPError, pick func(zh, en string) string) api.Problem {
	switch e.Code {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return problem(e.Code, string(process.NotFound), pick("没有这个地址。", "There is no such address."))
	case http.StatusRequestEntityTooLarge:
		return problem(e.Code, "too_large", pick("提交的内容太大，请减少内容或压缩文件后再传。", "The request is too large."))
	case http.StatusUnsupportedMediaType:
		return problem(e.Code, string(process.InvalidInput), pick("这里不接收文件。", "Files are not taken here."))
	case http.StatusRequestTimeout:
		return problem(e.Code, "too_slow", pick("内容传得太慢，没有收全，请重试。", "The request did not arrive in time; send it again."))
	case http.StatusForbidden:
		return problem(e.Code, readOnly, pick("这个令牌只能读取，或页面已经过期，请刷新后重试。", "This token may only read, or the page has expired; reload it."))
	case http.StatusUnauthorized:
		return problem(e.Code, notSignedIn, pick("请先登录。", "Sign in first, or send a valid token."))
	}
	return problem(e.Code, string(process.InvalidInput), pick("请求无法理解。", "The request cannot be understood."))
}

// WriteProblem answers a request with a problem.
func WriteProblem(c echo.Context, p api.Problem, id string) error {
	if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		c.Response().Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	if id != "" {
		p.Instance = &id
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return c.Blob(p.Status, "application/problem+json", body)
}
