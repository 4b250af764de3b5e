package httpapi

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

type (
	lettersAsked struct {
		Sort  string `query:"sort_of" maxLength:"40" doc:"Only letters of this sort." example:"rectification_opinion"`
		State string `query:"state" enum:"served,unserved,void" doc:"Only those that were served, that were not served yet, or that are void."`
		Year  int    `query:"year" minimum:"1990" maximum:"2199" doc:"Only those of this year."`
		Words string `query:"q" maxLength:"100" doc:"A part of the number, the addressee or the title of the case."`
		Paged
		Ordered
	}
	// LetterItem is a letter in a list.
	LetterItem struct {
		CaseID     string          `json:"case_id"`
		Seq        int             `json:"seq" doc:"its place among the letters of its case"`
		Kind       string          `json:"kind" doc:"of the case" example:"hazard"`
		CaseNumber string          `json:"case_number" example:"YH-2024-0001"`
		CaseTitle  string          `json:"case_title"`
		Sort       string          `json:"sort" example:"rectification_opinion"`
		Title      string          `json:"title" example:"限期整改意见书"`
		Number     string          `json:"number" example:"泗开安监整改〔2024〕1号"`
		To         string          `json:"to" doc:"the addressee"`
		IssuedOn   clock.Date      `json:"issued_on"`
		SHA256     string          `json:"sha256" doc:"of its file"`
		Served     *letter.Service `json:"served" doc:"null: not served yet"`
		Void       *letter.Voided  `json:"void" doc:"null: it stands"`
	}
	// LetterList is a page of letters, the latest first.
	LetterList struct {
		Items    []LetterItem     `json:"items"`
		Next     string           `json:"next,omitempty" doc:"cursor of the next page"`
		Awaiting []NumberAwaiting `json:"awaiting,omitempty" doc:"on the first page of all letters: the newest numbers that were drawn from their series with a notice and are on no letter yet, for the zone's own staff"`

		MoreAwaiting bool `json:"more_awaiting,omitempty" doc:"whether there are more of these, older ones"`
	}
	// NumberAwaiting is a number that a notice has drawn and that is on no letter yet.
	NumberAwaiting struct {
		Number     string     `json:"number" example:"泗开安监整改〔2024〕12号"`
		CaseID     string     `json:"case_id"`
		Kind       string     `json:"kind" doc:"of the case" example:"hazard"`
		CaseNumber string     `json:"case_number" example:"YH-2024-0001"`
		CaseTitle  string     `json:"case_title"`
		DrawnOn    clock.Date `json:"drawn_on"`
	}
	letterAsked struct {
		CaseID
		Seq int `path:"seq" minimum:"1" doc:"Its place among the letters of its case."`
	}
	// LetterSettingItem is how a sort of letter is numbered and written.
	LetterSettingItem struct {
		Sort     string   `json:"sort" example:"rectification_opinion"`
		Name     string   `json:"name" example:"限期整改意见书"`
		Kinds    []string `json:"kinds" doc:"of the cases it is about"`
		Deed     string   `json:"deed" doc:"the command that calls for it; empty: none does"`
		Format   string   `json:"format" example:"{代字}整改〔{年}〕{序号}号"`
		Next     string   `json:"next" doc:"the number of the next letter of this year"`
		InUse    bool     `json:"in_use"`
		Powers   bool     `json:"powers" doc:"it needs delegated powers of enforcement"`
		Template string   `json:"template" doc:"name of the file that was sent; empty: as shipped"`
		Edition  int      `json:"edition" doc:"of the setting; 0: nobody changed it"`
		Fields   []string `json:"fields" doc:"what a template may name"`
	}
	// LetterSettingList is every sort of letter.
	LetterSettingList struct {
		Items []LetterSettingItem `json:"items"`
	}
	// LetterSort names a sort of letter.
	LetterSort struct {
		Sort string `path:"sort" maxLength:"40" doc:"The sort of letter." example:"rectification_opinion"`
	}
	letterSet struct {
		LetterSort
		Body struct {
			Format  *string `json:"format,omitempty" maxLength:"60" doc:"Of the numbers; left out it stays." example:"{代字}整改〔{年}〕{序号}号"`
			InUse   *bool   `json:"in_use,omitempty" doc:"Left out it stays." example:"true"`
			File    string  `json:"template,omitempty" maxLength:"2900000" contentEncoding:"base64" doc:"A .docx of at most 2 MB, in base64; left out the template stays. One that is broken, reaches out of itself or names an unknown field is refused."`
			Name    string  `json:"template_name,omitempty" maxLength:"150" doc:"The name of its file." example:"意见书.docx"`
			Shipped bool    `json:"shipped,omitempty" doc:"Back to the template that comes with the program."`
			Edition *int    `json:"edition,omitempty" minimum:"0" doc:"Of the setting that was read; refused when somebody changed it meanwhile." example:"0"`
		}
	}
)

// letters declares the official letters.
func (a *API) letters(f *face) {
	sorts(f, store.SortLetters().Columns, operation{id: "listLetters", path: "/letters", tag: "cases", summary: "Official letters, the latest first unless sorted otherwise", detail: "An enterprise sees those that are addressed to it."}, a.listLetters)
	docx(f, operation{id: "getLetterFile", path: "/cases/{id}/letters/{seq}", tag: "cases", summary: "A letter's file as it was written (.docx)", detail: "It never changes; the ETag is its SHA-256."}, a.letterFile)
	on(f, operation{id: "listLetterSettings", path: "/letter-settings", tag: "administration", summary: "How letters are numbered and written", whose: administrators}, a.letterSettings)
	does(f, operation{id: "setLetter", method: http.MethodPut, path: "/letter-settings/{sort}", tag: "administration", whose: administrators, summary: "Change how a sort of letter is numbered and written",
		detail: "It counts from the next letter on; those that were issued keep their number and file."}, a.setLetter)
	docx(f, operation{id: "getLetterTemplate", path: "/letter-settings/{sort}/template", tag: "administration", summary: "The template in force (.docx)", whose: administrators}, a.letterTemplate)
}

// docx declares an operation that answers with a Word document.
func docx[I any](f *face, o operation, answer func(context.Context, *I) (*file, error)) {
	op := o.describe()
	op.Responses["200"].Content = anyFile()
	op.Responses["206"] = &huma.Response{Description: "The range that was asked for", Content: op.Responses["200"].Content}
	op.Responses["304"] = &huma.Response{Description: "Not changed"}
	raw(f, op, o.whose, answer)
}

func (a *API) listLetters(ctx context.Context, in *lettersAsked) (LetterList, error) {
	list := LetterList{Items: []LetterItem{}}
	asked := store.LetterAsk{Sort: in.Sort, State: in.State, Year: in.Year, Words: in.Words}
	rows, next, err := store.SortLetters().Page(in.sort(), asked, store.Cursor(in.Cursor), in.Size, func(after store.Cursor, size int) ([]store.LetterRow, store.Cursor, error) {
		return a.App.Store.Letters(ctx, actor(ctx), asked, after, size)
	})
	for _, r := range rows {
		item := LetterItem{CaseID: r.CaseID, Seq: int(r.Seq), Kind: r.Kind, CaseNumber: r.CaseNumber, CaseTitle: r.CaseTitle, Sort: r.Sort, Title: r.Title, Number: r.Number, To: r.ToName, IssuedOn: r.IssuedOn,
			SHA256: r.Sha256, Served: r.Served, Void: r.Void}
		list.Items = append(list.Items, item)
	}
	if list.Next = string(next); err != nil || in.Cursor != "" || asked != (store.LetterAsk{}) {
		return list, err
	}
	awaiting, more, err := a.App.Store.NumbersAwaiting(ctx, actor(ctx))
	list.MoreAwaiting = more
	for _, n := range awaiting {
		list.Awaiting = append(list.Awaiting, NumberAwaiting{Number: n.Number, CaseID: n.CaseID, Kind: n.Kind, CaseNumber: n.CaseNumber, CaseTitle: n.CaseTitle, DrawnOn: n.IssuedOn})
	}
	return list, err
}

func (a *API) letterFile(ctx context.Context, in *letterAsked) (*file, error) {
	_, one, content, err := a.App.Store.Letter(ctx, actor(ctx), in.ID, in.Seq)
	if err != nil {
		return nil, err
	}
	return wordFile(one.Title+" "+one.Number+".docx", one.SHA256, content), nil
}

// wordFile answers with a Word document.
func wordFile(name, sum string, content []byte) *file {
	return &file{Body: func(c huma.Context) {
		asked := humaecho.Unwrap(c)
		blobs.Serve(asked.Response(), asked.Request(), store.Attachment{Sha256: sum, Name: name, MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, bytes.NewReader(content))
	}}
}

func (a *API) letterSettings(ctx context.Context, _ *struct{}) (LetterSettingList, error) {
	list := LetterSettingList{Items: []LetterSettingItem{}}
	all, err := a.App.Store.LetterSettings(ctx, clock.DateOf(a.now()).Year())
	for _, s := range all {
		item := LetterSettingItem{Sort: s.ID, Name: s.Name.Chinese, Kinds: s.Kinds, Deed: s.Deed, Format: s.Format, Next: s.Next, InUse: s.InUse, Powers: s.Powers, Template: s.TemplateName, Edition: s.Edition,
			Fields: s.Fields().Names()}
		list.Items = append(list.Items, item)
	}
	return list, err
}

func (a *API) setLetter(ctx context.Context, in *letterSet) error {
	wish := store.LetterWish{Format: in.Body.Format, InUse: in.Body.InUse, Name: in.Body.Name, Shipped: in.Body.Shipped, Version: in.Body.Edition}
	if in.Body.File != "" {
		var err error
		if wish.File, err = base64.StdEncoding.DecodeString(in.Body.File); err != nil || len(wish.File) > letters.FileLimit {
			return process.RefuseField("template", "模板要用 base64 编码，不超过 2 MB。", "The template is a file of at most 2 MB, in base64.")
		}
	}
	return a.App.Store.SetLetter(ctx, actor(ctx), in.Sort, wish, a.now())
}

func (a *API) letterTemplate(ctx context.Context, in *LetterSort) (*file, error) {
	name, content, err := a.App.Store.LetterTemplate(ctx, in.Sort)
	if err != nil {
		return nil, err
	}
	return wordFile(name, store.Fingerprint(content), content), nil
}
