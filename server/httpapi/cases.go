package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
)

type (
	historyAsked struct {
		CaseID
		Before int64 `query:"before" minimum:"1" doc:"version before which the page ends"`
		Sized
	}
	// History is a page of what happened to a case.
	History struct {
		Events []process.Event `json:"events"`
		Next   int64           `json:"next,omitempty" doc:"pass it as before to get the page that follows"`
	}
	// Verification is what was found when a case was verified.
	Verification struct {
		Intact   bool              `json:"intact"`
		Events   int               `json:"events" doc:"checked"`
		Facts    int               `json:"facts" doc:"of the case that its events say and that were compared; 0: its events do not say every fact"`
		Files    int               `json:"files" doc:"on record"`
		Findings []process.Finding `json:"findings"`
		Version  int64             `json:"version"`
		Head     string            `json:"head"`
		Fault    string            `json:"fault,omitempty" doc:"the first finding that is no note"`
		At       int64             `json:"at,omitempty" doc:"version of the event it is about"`
	}
	// UnmetFollowUps is what should have followed and was refused.
	UnmetFollowUps struct {
		Items []process.Unmet `json:"items" doc:"the oldest first"`
	}
	fileAsked struct {
		CaseID
		Number   int `path:"number" minimum:"1"`
		Revision int `path:"revision" minimum:"1"`
	}
	file struct {
		ETag string `header:"ETag" doc:"SHA-256 of the bytes"`
		Name string `header:"Content-Disposition" doc:"with the file's name (RFC 6266)"`
		Type string `header:"Content-Type" hidden:"true"`
		Body func(huma.Context)
	}
	searchAsked struct {
		Words string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"words, each of which has to be found: of a number, a letter's number, a title or its pinyin initials, a name"`
	}
	// SearchHit is a case that was found.
	SearchHit struct {
		ID         string     `json:"id"`
		Kind       string     `json:"kind"`
		Number     string     `json:"number"`
		Title      string     `json:"title"`
		Enterprise string     `json:"enterprise"`
		State      string     `json:"state"`
		Stage      string     `json:"stage,omitempty"`
		DueOn      clock.Date `json:"due_on"`
		Done       bool       `json:"done"`
	}
	// SearchResult is what was found.
	SearchResult struct {
		Items       []SearchHit       `json:"items" doc:"cases, the best match first"`
		Enterprises []EnterpriseFound `json:"enterprises" doc:"the closest first"`
	}
	// EnterpriseFound is an enterprise that answers what was searched for.
	EnterpriseFound struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		ShortName string `json:"short_name"`
		Alias     string `json:"alias,omitempty" doc:"the other name it was found by, if it was"`
	}
)

// cases declares what every case has, whatever its kind.
func (a *API) cases(f *face) {
	on(f, operation{id: "getHistory", path: "/cases/{id}/history", tag: "cases", summary: "What happened to a case, newest first"}, a.history)
	on(f, operation{id: "verifyCase", path: "/cases/{id}/verification", tag: "cases", summary: "Verify a case by its events, its row and parts, and the bytes of its files",
		detail: "Reckons the hash of every event again, tells the case again by its events alone, and compares it with what is kept. Everything that is found is named; a note is no sign of tampering."},
		a.verify)
	on(f, operation{id: "getUnmet", path: "/cases/{id}/unmet", tag: "cases", summary: "What should have followed by itself from deeds on a case, or on the case itself, and was refused",
		detail: "A person has to see to it. It is tried again meanwhile, and gone from here once it is done. For the zone's own staff; others read an empty list."}, a.unmet)
	on(f, operation{id: "search", path: "/search", tag: "cases", summary: "Find enterprises, and cases by number, title, enterprise or person"}, a.search)
	op := operation{id: "getAttachment", path: "/cases/{id}/attachments/{number}/{revision}", tag: "cases", summary: "The bytes of an attachment"}.describe()
	op.Responses["200"].Content = anyFile()
	op.Description = "As it was received. A picture is given so to who brought it, to project managers, safety supervisors, liaison officers and auditors; others see its preview. Ranges are answered with 206, and If-None-Match with 304 when the ETag is still the same."
	op.Responses["206"] = &huma.Response{Description: "The range that was asked for", Content: op.Responses["200"].Content}
	op.Responses["304"] = &huma.Response{Description: "Not changed"}
	raw(f, op, nil, a.attachment)
	a.pictures(f)
	a.uploads(f)
}

func (a *API) history(ctx context.Context, in *historyAsked) (History, error) {
	events, err := a.App.Store.History(ctx, actor(ctx), in.ID, in.Before, in.Size)
	if err != nil {
		return History{}, err
	}
	h := History{Events: events}
	if len(events) == in.Size && events[in.Size-1].Version > 1 {
		h.Next = events[in.Size-1].Version
	}
	return h, nil
}

func (a *API) verify(ctx context.Context, in *CaseID) (Verification, error) {
	v, err := a.Blobs.VerifyCase(ctx, a.App.Store, actor(ctx), in.ID)
	if err != nil {
		return Verification{}, err
	}
	answer := Verification{Intact: v.Intact(), Events: v.Events, Facts: v.Facts, Files: len(v.Files), Version: v.Head.Version, Head: v.Head.Hash, Findings: v.Findings}
	if answer.Findings == nil {
		answer.Findings = []process.Finding{}
	}
	if faults := v.Faults(); len(faults) > 0 {
		answer.Fault, answer.At = faults[0].Says.English, faults[0].Version
	}
	return answer, nil
}

func (a *API) unmet(ctx context.Context, in *CaseID) (UnmetFollowUps, error) {
	items, err := a.App.Store.UnmetOf(ctx, actor(ctx), in.ID)
	return UnmetFollowUps{Items: items}, err
}

// attachment answers with a file.
func (a *API) attachment(ctx context.Context, in *fileAsked) (*file, error) {
	kept, err := a.App.Store.Original(ctx, actor(ctx), in.ID, in.Number, in.Revision)
	if err != nil {
		return nil, err
	}
	content, err := a.Blobs.Bytes(ctx, kept.Sha256)
	if err != nil {
		return nil, err
	}
	return &file{Body: func(c huma.Context) {
		defer content.Close()
		asked := humaecho.Unwrap(c)
		blobs.Serve(asked.Response(), asked.Request(), kept, content)
	}}, nil
}

func (a *API) search(ctx context.Context, in *searchAsked) (SearchResult, error) {
	found, err := a.App.Store.Search(ctx, actor(ctx), in.Words, 50)
	if err != nil {
		return SearchResult{}, err
	}
	result := SearchResult{Items: []SearchHit{}, Enterprises: []EnterpriseFound{}}
	for _, e := range found.Enterprises {
		result.Enterprises = append(result.Enterprises, EnterpriseFound{ID: e.ID, Name: e.Name, ShortName: e.ShortName, Alias: e.Alias})
	}
	for _, h := range found.Cases {
		result.Items = append(result.Items, SearchHit{ID: h.ID, Kind: h.Kind, Number: h.Number, Title: h.Title, Enterprise: h.EnterpriseName,
			State: h.State, Stage: h.Stage, DueOn: h.DueOn, Done: h.Done})
	}
	return result, nil
}

// anyFile is the content of a file, of whatever media type it is. Makers of clients that know no "*/*" (openapi-python-client) go by the second, which says
// the same.
func anyFile() map[string]*huma.MediaType {
	content := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	return map[string]*huma.MediaType{"*/*": content, "application/octet-stream": content}
}
