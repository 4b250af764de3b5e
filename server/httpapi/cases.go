package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/parkway-zone/parkway/api"
	"github.com/parkway-zone/parkway/domain/process"
)

// GetHistory returns what happened to a case, newest first.
func (a *API) GetHistory(ctx context.Context, r api.GetHistoryRequestObject) (api.GetHistoryResponseObject, error) {
	limit := size(r.Params.Size)
	events, err := a.App.Store.History(ctx, actor(ctx), r.Id, value(r.Params.Before), limit)
	if err != nil {
		return nil, err
	}
	history := api.GetHistory200JSONResponse{Events: events}
	if len(events) == limit && events[limit-1].Version > 1 {
		history.Next = ptr(events[limit-1].Version)
	}
	return history, nil
}

// VerifyCase verifies a case by its events and names everything it finds.
func (a *API) VerifyCase(ctx context.Context, r api.VerifyCaseRequestObject) (api.VerifyCaseResponseObject, error) {
	v, err := a.Blobs.VerifyCase(ctx, a.App.Store, actor(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	answer := api.VerifyCase200JSONResponse{Intact: v.Intact(), Events: v.Events, Facts: v.Facts, Files: len(v.Files), Version: v.Head.Version, Head: v.Head.Hash,
		Findings: v.Findings}
	if answer.Findings == nil {
		answer.Findings = []process.Finding{}
	}
	if faults := v.Faults(); len(faults) > 0 {
		answer.Fault = ptr(faults[0].Says.English)
		answer.At = ptr(faults[0].Version)
	}
	return answer, nil
}

// GetAttachment streams an attachment.
func (a *API) GetAttachment(ctx context.Context, r api.GetAttachmentRequestObject) (api.GetAttachmentResponseObject, error) {
	file, err := a.App.Store.Attachment(ctx, actor(ctx), r.Id, r.Number, r.Revision)
	if err != nil {
		return nil, err
	}
	content, err := a.Blobs.Bytes(ctx, file.Sha256)
	if err != nil {
		return nil, err
	}
	return api.GetAttachment200AsteriskResponse{Body: content, ContentType: file.MediaType, ContentLength: file.Size,
		Headers: api.GetAttachment200ResponseHeaders{ETag: ptr(`"` + file.Sha256 + `"`)}}, nil
}

// Upload receives a file.
func (a *API) Upload(ctx context.Context, r api.UploadRequestObject) (api.UploadResponseObject, error) {
	for {
		part, err := r.Body.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, process.RefuseField("file", "请选择文件。", "Choose a file.")
		}
		if err != nil {
			return nil, process.RefuseField("file", "文件没有传完整，请重试。", "The file did not arrive whole; send it again.")
		}
		if part.FormName() != "file" {
			continue
		}
		received, err := a.Blobs.Receive(ctx, part.FileName(), part)
		if err != nil {
			return nil, err
		}
		id, err := a.App.Store.AddUpload(ctx, actor(ctx), received)
		if err != nil {
			return nil, err
		}
		return api.Upload200JSONResponse{Id: id, Name: received.Name, MediaType: received.MediaType, Size: received.Size, Sha256: fmt.Sprintf("%x", received.SHA256)}, nil
	}
}

// Search finds cases.
func (a *API) Search(ctx context.Context, r api.SearchRequestObject) (api.SearchResponseObject, error) {
	hits, err := a.App.Store.Search(ctx, actor(ctx), r.Params.Q, 50)
	if err != nil {
		return nil, err
	}
	result := api.Search200JSONResponse{Items: []api.SearchHit{}}
	for _, h := range hits {
		result.Items = append(result.Items, api.SearchHit{Id: h.ID, Kind: h.Kind, Number: h.Number, Title: h.Title, Enterprise: h.EnterpriseName,
			State: h.State, Stage: optional(h.Stage), DueOn: h.DueOn, Done: h.Done})
	}
	return result, nil
}
