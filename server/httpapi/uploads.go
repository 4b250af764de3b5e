package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/domain/process"
)

type (
	// sent is a form that is read while it comes.
	sent struct {
		WrittenBy string `header:"Written-By" maxLength:"36" doc:"The id of whoever chose the file on a device that somebody else may have signed in on meanwhile: it is refused unless it is they who send it"`
		request   *http.Request
	}
	// Upload is a file that was received.
	Upload struct {
		ID        string `json:"id" doc:"A command puts it on record under this id."`
		Name      string `json:"name"`
		MediaType string `json:"media_type"`
		Size      int64  `json:"size"`
		SHA256    string `json:"sha256"`
	}
)

// Resolve keeps the request: huma would read the form whole before anybody looks at it.
func (s *sent) Resolve(ctx huma.Context) []error {
	s.request = humaecho.Unwrap(ctx).Request()
	return nil
}

func (a *API) uploads(f *face) {
	op := operation{id: "upload", method: http.MethodPost, path: "/uploads", tag: "cases", summary: "Receive a file; a command puts it on record"}.describe()
	op.Responses["200"].Description = "The received file"
	raw(f, op, nil, func(ctx context.Context, in *sent) (*body[Upload], error) {
		if err := writtenBy(ctx, in.WrittenBy); err != nil {
			return nil, err
		}
		received, err := a.receive(ctx, in.request)
		return &body[Upload]{Body: received}, err
	})
	f.OpenAPI().Paths["/uploads"].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
		Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{"file": {Type: huma.TypeString, Format: "binary"}}}}}}
}

// receive takes the form's file as it streams in.
func (a *API) receive(ctx context.Context, r *http.Request) (Upload, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return Upload{}, process.RefuseField("file", "请以表单提交文件。", "Send the file in a form (multipart/form-data).")
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return Upload{}, process.RefuseField("file", "请选择文件。", "Choose a file.")
		}
		if err != nil {
			return Upload{}, process.RefuseField("file", "文件没有传完整，请重试。", "The file did not arrive whole; send it again.")
		}
		if part.FormName() == "file" {
			return a.keep(ctx, part)
		}
	}
}

func (a *API) keep(ctx context.Context, part *multipart.Part) (Upload, error) {
	received, err := a.Blobs.Receive(ctx, part.FileName(), part)
	if err != nil {
		return Upload{}, err
	}
	id, err := a.App.Store.AddUpload(ctx, actor(ctx), received)
	if err != nil {
		return Upload{}, err
	}
	return Upload{ID: id, Name: received.Name, MediaType: received.MediaType, Size: received.Size, SHA256: fmt.Sprintf("%x", received.SHA256)}, nil
}
