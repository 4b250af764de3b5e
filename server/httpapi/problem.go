package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// The codes of problems that are not refusals of the rules.
const (
	notSignedIn = "not_signed_in"
	readOnly    = "read_only_token"
	tooMany     = "too_many_attempts"
	unavailable = "unavailable"
	internal    = "internal"
	notSetUp    = "not_set_up"
)

// ReadOnlyToken is why a token that may only read is refused, as the server says it.
const ReadOnlyToken = "read-only token"

// retryAfter is how many seconds a caller should wait when the engine or the database is away.
const retryAfter = 5

// Problem is why something was not done (RFC 9457).
type Problem struct {
	Type     string    `json:"type" doc:"about:blank: the code says what it is." example:"about:blank"`
	Title    string    `json:"title" doc:"A sentence for a person, in the caller's language." example:"这件事已经办结，不能再办理。"`
	Status   int       `json:"status" doc:"The HTTP status." example:"409"`
	Detail   string    `json:"detail,omitempty" doc:"More of it."`
	Code     string    `json:"code" doc:"Stable: for programs." example:"closed"`
	Instance string    `json:"instance,omitempty" doc:"The request's number, to quote."`
	Fields   []Field   `json:"fields,omitempty" doc:"What is wrong with what was sent."`
	Since    *Conflict `json:"since,omitempty" doc:"Who was faster, and with what."`

	Report *ImportReport `json:"report,omitempty" doc:"Of a sheet that was not taken: what is wrong in which row."`
}

// Field is what is wrong with one field or parameter.
type Field struct {
	Name    string `json:"name" doc:"Its path, e.g. facts.sector."`
	Message string `json:"message" doc:"What is wrong, in the caller's language."`
}

// Conflict is the deed that came in between.
type Conflict struct {
	Version int64            `json:"version"`
	Who     string           `json:"who"`
	Command string           `json:"command"`
	At      time.Time        `json:"at"`
	Changes []process.Change `json:"changes"`
}

// ProblemOf turns any error into a problem with a sentence in the caller's language. It is the only place that knows HTTP codes.
func ProblemOf(err error, chinese bool) Problem {
	pick := func(zh, en string) string {
		if chinese {
			return zh
		}
		return en
	}
	var refusal *process.Refusal
	var untaken *notTaken
	var many *auth.TooMany
	var request *huma.ErrorModel
	var echoError *echo.HTTPError
	switch {
	case errors.As(err, &untaken):
		p := refused(untaken.Refusal, pick)
		p.Report = &untaken.report
		return p
	case errors.As(err, &refusal):
		return refused(refusal, pick)
	case errors.Is(err, auth.ErrNobody):
		return problem(http.StatusUnauthorized, notSignedIn, pick("请先登录。", "Sign in first, or send a valid token."))
	case errors.As(err, &many):
		return problem(http.StatusTooManyRequests, tooMany, pick("尝试次数太多，请稍后再试。", "Too many attempts; try again later."))
	case errors.Is(err, app.ErrFull):
		return problem(http.StatusServiceUnavailable, unavailable, pick("磁盘满了，现在什么都存不进去，已经存下的都在。请告诉系统管理员腾出空间，再重试；重试不会重复提交。",
			"The disk is full and takes nothing at the moment; what is stored is safe. Tell the administrator to make room, then try again: it will not be done twice."))
	case errors.Is(err, app.ErrUnavailable):
		return problem(http.StatusServiceUnavailable, unavailable, pick(awayChinese,
			awayEnglish))
	case errors.Is(err, blobs.ErrUnavailable):
		return problem(http.StatusServiceUnavailable, unavailable, pick("文件暂时存不进去（磁盘可能已满），没有收下。请稍后重试；一直这样请告诉系统管理员。",
			"The file cannot be kept at the moment (the disk may be full) and was not taken. Try again later; tell the administrator if it stays so."))
	case errors.Is(err, store.ErrNoPark):
		return problem(http.StatusServiceUnavailable, notSetUp, pick("还没有建立园区。请打开程序启动时在终端里给出的一次性链接，或由系统管理员执行 parkway-standalone setup（集群为 parkway setup）。",
			"No zone has been set up yet. Open the one-time link that the program printed when it started, or run `parkway-standalone setup` (on a cluster `parkway setup`)."))
	case errors.As(err, &echoError) && echoError.Code < http.StatusInternalServerError:
		return fromEcho(echoError, pick)
	case errors.As(err, &request):
		p := invalid(request, chinese)
		var more *unfit
		if errors.As(err, &more) {
			p.also(more.beside, pick)
		}
		return p
	}
	return problem(http.StatusInternalServerError, internal, pick("系统出错了，内容没有丢失，重试不会重复提交。", "Something went wrong here. Trying again is safe."))
}

func problem(status int, code, title string) Problem {
	return Problem{Type: "about:blank", Status: status, Code: code, Title: title}
}

// What a program reads of a server that cannot reach what it needs; a page has words of its own (Away).
const (
	awayChinese = "系统暂时连不上数据库或流程引擎，没有丢失任何内容，请稍后用同一个请求标识重试。"
	awayEnglish = "The database or the engine cannot be reached at the moment. Nothing is lost; try again with the same key."
)

// Away reports whether a problem is that something cannot be reached, and nothing more is known.
func Away(p Problem) bool { return p.Title == awayChinese || p.Title == awayEnglish }

// NotSetUp reports whether a problem is that there is no zone yet.
func NotSetUp(p Problem) bool { return p.Code == notSetUp }

// Status is the HTTP code of a refusal.
func Status(code process.Code) int {
	switch code {
	case process.NotFound:
		return http.StatusNotFound
	case process.NotAllowed:
		return http.StatusForbidden
	case process.StaleVersion:
		return http.StatusPreconditionFailed
	case process.MayBeKnown, process.KeyReused, process.StageMoved, process.WrongState, process.Closed, process.NotSuspended, process.Suspended, process.GateIncomplete,
		process.NotSkippable, process.NothingChanged, process.Sealed, process.Stuck:
		return http.StatusConflict
	case process.TooSoon:
		return http.StatusTooManyRequests
	case process.InvalidInput, process.UnknownStage, process.UnknownParty, process.UnknownUpload, process.SamePerson, process.ImpossibleDate, process.UnknownCommand, process.TooMany:
		return http.StatusUnprocessableEntity
	}
	return http.StatusUnprocessableEntity
}

func refused(r *process.Refusal, pick func(zh, en string) string) Problem {
	p := problem(Status(r.Code), string(r.Code), pick(r.Chinese, r.English))
	for _, f := range r.Fields {
		p.Fields = append(p.Fields, Field{Name: f.Name, Message: pick(f.Chinese, f.English)})
	}
	if r.Since != nil {
		e := r.Since.Event
		p.Since = &Conflict{Version: e.Version, Who: e.Actor.Name, Command: string(e.Command), At: e.RecordedAt, Changes: e.Changes}
	}
	return p
}

func fromEcho(e *echo.HTTPError, pick func(zh, en string) string) Problem {
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
		if e.Message == ReadOnlyToken {
			return problem(e.Code, readOnly, pick("这个令牌只能读取，不能办理。", "This token may only read."))
		}
		return problem(e.Code, string(process.NotAllowed), pick("这个请求不是从本系统的页面发出的，或页面已经过期，没有办理；请刷新页面后重试。", "This request does not come from a page of the program, or the page has expired: nothing was done. Reload it."))
	case http.StatusUnauthorized:
		return problem(e.Code, notSignedIn, pick("请先登录。", "Sign in first, or send a valid token."))
	}
	return problem(e.Code, string(process.InvalidInput), pick("请求无法理解。", "The request cannot be understood."))
}

// WriteProblem answers a request with a problem.
func WriteProblem(c echo.Context, p Problem, id string) error {
	if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		c.Response().Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	p.Instance = id
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return c.Blob(p.Status, "application/problem+json", body)
}
