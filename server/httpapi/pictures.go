package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/server/pictures"
)

type (
	previewAsked struct {
		CaseID
		Number   int    `path:"number" minimum:"1"`
		Revision int    `path:"revision" minimum:"1"`
		Size     string `path:"size" enum:"small,large" doc:"at most 640 or 2048 pixels on the longer side"`
	}
	preview struct {
		ETag string `header:"ETag" doc:"SHA-256 of the picture as it was received, and the size"`
		Name string `header:"Content-Disposition" doc:"with the file's name (RFC 6266)"`
		Type string `header:"Content-Type" hidden:"true"`
		Body func(huma.Context)
	}
	// Picture is what is known of a picture on record.
	Picture struct {
		Number   int    `json:"number"`
		Revision int    `json:"revision"`
		Preview  string `json:"preview" enum:"waiting,made,none" doc:"waiting: it is being made"`
		Reason   string `json:"reason,omitempty" enum:"large,damaged,gone" doc:"why there is none"`
		Width    int    `json:"width,omitempty" doc:"pixels of the picture as it was received, upright"`
		Height   int    `json:"height,omitempty"`
		TakenAt  string `json:"taken_at,omitempty" doc:"as the picture claims: the time on the wall where it was taken, YYYY-MM-DD HH:MM"`
		Place    *Place `json:"place,omitempty" doc:"as the picture claims; for who may have the original"`
		Original bool   `json:"original" doc:"whether the caller may have the picture as it was received"`

		Used []UsedAs `json:"used,omitempty" doc:"all the places where a file of the same content is on record, this one among them; none: it is nowhere else"`
	}
	// UsedAs is a place where a file is on record.
	UsedAs struct {
		Case   string `json:"case,omitempty" doc:"the number of the case; none where it is the case asked for"`
		Round  int    `json:"round,omitempty"`
		Number int    `json:"number" doc:"of the attachment"`
	}
	// Place is a point of WGS 84.
	Place struct {
		Latitude  float64 `json:"latitude" doc:"degrees north"`
		Longitude float64 `json:"longitude" doc:"degrees east"`
	}
	// Pictures are a case's pictures.
	Pictures struct {
		Items []Picture `json:"items"`
	}
)

// pictures declares what is known of pictures, and their previews.
func (a *API) pictures(f *face) {
	on(f, operation{id: "listPictures", path: "/cases/{id}/pictures", tag: "cases", summary: "The pictures on record of a case, and what they say of themselves"}, a.listPictures)
	op := operation{id: "getPreview", path: "/cases/{id}/attachments/{number}/{revision}/{size}", tag: "cases", summary: "A preview of a picture: a JPEG, upright, without anything its device wrote into it"}.describe()
	op.Responses["200"].Content = anyFile() // a JPEG; makers of clients know no pictures
	op.Responses["206"] = &huma.Response{Description: "The range that was asked for", Content: op.Responses["200"].Content}
	op.Responses["304"] = &huma.Response{Description: "Not changed"}
	raw(f, op, nil, a.preview)
}

func (a *API) listPictures(ctx context.Context, in *CaseID) (Pictures, error) {
	of, known, err := a.App.Store.Pictures(ctx, actor(ctx), in.ID)
	if err != nil {
		return Pictures{}, err
	}
	answer := Pictures{Items: []Picture{}}
	for _, file := range *of.Subject.Filed() {
		p, is := known[file.SHA256]
		if !is || p.State == "" { // no picture
			continue
		}
		one := Picture{Number: file.Number, Revision: file.Revision, Preview: p.State, Reason: p.Reason, Width: p.Width, Height: p.Height, TakenAt: p.TakenAt, Original: p.Original}
		if p.Latitude != nil && p.Longitude != nil {
			one.Place = &Place{Latitude: *p.Latitude, Longitude: *p.Longitude}
		}
		for _, u := range p.Used {
			one.Used = append(one.Used, UsedAs{Case: u.Case, Round: u.Round, Number: u.Attachment})
		}
		answer.Items = append(answer.Items, one)
	}
	return answer, nil
}

func (a *API) preview(ctx context.Context, in *previewAsked) (*preview, error) {
	kept, err := a.App.Store.Attachment(ctx, actor(ctx), in.ID, in.Number, in.Revision)
	if err != nil {
		return nil, err
	}
	size := pictures.Size(in.Size)
	content, err := pictures.Open(ctx, a.App.Store, a.Blobs, kept.Sha256, size)
	if err != nil {
		return nil, err
	}
	return &preview{Body: func(c huma.Context) {
		defer content.Close()
		asked := humaecho.Unwrap(c)
		pictures.Serve(asked.Response(), asked.Request(), kept, size, content)
	}}, nil
}
