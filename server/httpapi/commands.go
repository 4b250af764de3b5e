package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Opening is what comes with a command that puts a case on file. Occurred-At is a plain string in the contract: makers of clients (openapi-python-client) leave
// out every operation that has a header of format date-time.
type Opening struct {
	Key        string `header:"Idempotency-Key" required:"true" minLength:"1" maxLength:"200" doc:"Makes sure that the command takes effect once"`
	IfMatch    string `header:"If-Match" maxLength:"30" doc:"Version of the case the caller read: its version, or the ETag of the last command"`
	OccurredAt string `header:"Occurred-At" example:"2026-11-23T09:00:00+08:00" doc:"When it happened in the world, written like 2026-11-23T09:00:00+08:00 (RFC 3339); now when left out. Only what the zone's staff type later may be dated back"`
	WrittenBy  string `header:"Written-By" maxLength:"36" doc:"The id of whoever wrote it on a device that somebody else may have signed in on meanwhile: it is refused unless it is they who send it"`
	RawBody    []byte
}

// deed is what comes with a command on a case.
type deed struct {
	CaseID
	Opening
}

// outcome answers a command.
type outcome struct {
	ETag string `header:"ETag" doc:"Version of the case"`
	Body process.Outcome
}

// commands declares an operation for every command of the kind that people issue: nobody writes a line for one.
func (a *API) commands(f *face, entry process.Entry) {
	for _, about := range entry.Abouts() {
		if about.By != process.ByPeople {
			continue
		}
		op, name := f.command(entry, about), about.Name
		if about.Opens {
			raw(f, op, nil, func(ctx context.Context, in *Opening) (*outcome, error) { return a.do(ctx, name, "", in) })
		} else {
			raw(f, op, nil, func(ctx context.Context, in *deed) (*outcome, error) { return a.do(ctx, name, in.ID, &in.Opening) })
		}
		delete(op.RequestBody.Content, "application/octet-stream") // which huma adds for a body that is passed on as it came
	}
}

// command describes the operation of a command: its words are the catalogues', its fields those of its type.
func (f *face) command(entry process.Entry, about process.About) huma.Operation {
	english, chinese := i18n.With(context.Background(), f.words.Speak("en")), i18n.With(context.Background(), f.words.Speak("zh"))
	path := "/" + entry.Path
	if !about.Opens {
		path += "/{id}/" + strings.ReplaceAll(string(about.Name.Verb()), "_", "-")
	}
	o := operation{id: string(about.Name), method: http.MethodPost, path: path, tag: entry.Path, detail: i18n.Lead(english, about.Name),
		summary: i18n.Command(english, about.Name) + " · " + i18n.Command(chinese, about.Name)}
	op := o.describe()
	op.Responses["200"].Description = "The recorded event and where the case stands"
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: f.OpenAPI().Components.Schemas.Schema(entry.Input(about.Name), true, "")}}}
	return op
}

// do passes a command on as it was sent, so that what is recorded is what was sent.
func (a *API) do(ctx context.Context, name process.Name, id string, in *Opening) (*outcome, error) {
	if err := writtenBy(ctx, in.WrittenBy); err != nil {
		return nil, err
	}
	request := app.Request{CaseID: id, Command: name, Input: json.RawMessage(in.RawBody), Key: in.Key, Actor: actor(ctx)}
	if in.OccurredAt != "" {
		at, err := time.Parse(time.RFC3339Nano, in.OccurredAt)
		if err != nil || at.IsZero() { // which would be now
			return nil, process.RefuseField("Occurred-At", "时间应写成 2026-11-23T09:00:00+08:00 的样子。", "Write the time like 2026-11-23T09:00:00+08:00.")
		}
		request.OccurredAt = at
	}
	if in.IfMatch != "" {
		version, err := parseETag(in.IfMatch)
		if err != nil {
			return nil, err
		}
		request.IfVersion = &version
	}
	done, err := a.App.Do(ctx, request)
	if err != nil {
		return nil, err
	}
	return &outcome{ETag: etag(done.Standing.Version), Body: done}, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

func parseETag(text string) (int64, error) {
	version, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(text, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, process.RefuseField("If-Match", "If-Match 应是读取时的版本号。", fmt.Sprintf("If-Match must be the version you read, like %s.", etag(3)))
	}
	return version, nil
}
