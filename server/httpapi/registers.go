package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

type (
	// RecordList is every record of a register.
	RecordList struct {
		Items []RecordItem `json:"items"`
	}
	// RecordItem is a record of a register.
	RecordItem struct {
		ID     string          `json:"id"`
		Ended  bool            `json:"ended" doc:"an account that has ended, an enterprise that was merged into another"`
		Record json.RawMessage `json:"record" doc:"as it is sent to add or change one"`
	}
	// RecordNamed names a record.
	RecordNamed struct {
		ID id `path:"id" doc:"Id of the record"`
	}
	recordSent struct {
		RawBody []byte
	}
	recordChanged struct {
		RecordNamed
		IfMatch string `header:"If-Match" maxLength:"200" doc:"ETag of the record that was read: fails with stale_version when somebody changed it since"`
		RawBody []byte
	}
	recordRead struct {
		ETag string `header:"ETag" doc:"Tells this state of the record from every other one"`
		Body RecordItem
	}
	recordAnswer struct {
		ETag string `header:"ETag" doc:"Of the record as it is now"`
		Body RecordKept
	}
	// RecordKept is what came of a record.
	RecordKept struct {
		ID       string                   `json:"id"`
		Added    bool                     `json:"added"`
		Changes  []RecordChange           `json:"changes" doc:"none: it was so already"`
		Password *registers.FirstPassword `json:"password,omitempty" doc:"of a new account, shown this once"`
	}
	// RecordChange is one field that got another value, as people read it.
	RecordChange struct {
		Field string `json:"field"`
		Old   string `json:"old"`
		New   string `json:"new"`
	}
	sheetSent struct {
		Spoken
		Try     bool `query:"try" doc:"only say what would come of each row"`
		RawBody []byte
	}
	// ImportReport is what came of a sheet, or would come of it.
	ImportReport struct {
		Done      bool                      `json:"done" doc:"it was taken; false where it was only tried, and in the report of a problem"`
		Lines     []ImportLine              `json:"lines"`
		Ignored   []string                  `json:"ignored" doc:"headings that name no field"`
		Passwords []registers.FirstPassword `json:"passwords" doc:"of the accounts that were made, shown this once"`
	}
	// ImportLine is what came of one row.
	ImportLine struct {
		Row     int            `json:"row"`
		Title   string         `json:"title"`
		Verdict string         `json:"verdict" enum:"adds,changes,same,wrong"`
		Changes []RecordChange `json:"changes"`
		Faults  []Field        `json:"faults"`
		Note    string         `json:"note,omitempty" doc:"why nothing comes of it, such as an account that has ended"`
	}
	deedsAsked struct {
		Record orNobody `query:"record" doc:"of one record alone"`
		Before string   `query:"before" maxLength:"400" doc:"next of the page before"`
		Sized
		Ordered
	}
	// DeedList is a page of what administrators did, newest first.
	DeedList struct {
		Items []DeedItem `json:"items"`
		Next  string     `json:"next,omitempty"`
	}
	// DeedItem is what somebody did to a record.
	DeedItem struct {
		At       time.Time      `json:"at"`
		Who      string         `json:"who"`
		Register string         `json:"register"`
		RecordID string         `json:"record_id"`
		Title    string         `json:"title"`
		Deed     string         `json:"deed"`
		Changes  []RecordChange `json:"changes"`
		Note     string         `json:"note,omitempty"`
	}
	leaving struct {
		Spoken
		UserNamed
		Body struct {
			SuccessorID orNobody `json:"successor_id" doc:"Who takes everything over; empty where nothing is held."`
			Reason      string   `json:"reason" minLength:"1" maxLength:"4000" doc:"Why." example:"退休"`
		}
	}
	merging struct {
		ID   id `path:"id" doc:"Id of the enterprise that goes"`
		Body struct {
			IntoID id     `json:"into_id" doc:"The enterprise that stays."`
			Reason string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why." example:"重复登记"`
		}
	}
)

func (a *API) clerk(f *face) *registers.Desk {
	return &registers.Desk{Store: a.App.Store, Words: f.words, Now: a.App.Now, Lend: auth.Lend}
}

// registers declares the operations of every register: nobody writes a line for one.
func (a *API) registers(f *face) {
	for _, r := range register.All() {
		a.recordsOf(f, r)
	}
	sorts(f, store.SortDeeds().Columns, operation{id: "listDeeds", path: "/deeds", tag: "administration", summary: "What administrators did to the registers and accounts, newest first unless sorted otherwise", whose: overseers}, a.listDeeds)
	on(f, operation{id: "endService", method: http.MethodPost, path: "/users/{user}/departure", tag: "administration", whose: administrators,
		summary: "Hand over everything somebody holds, and end their account", detail: "Open cases, every function on their teams, units they head and enterprises they look after go to the successor. While one case cannot be handed over the account stays; it can be repeated."},
		func(ctx context.Context, in *leaving) (HandedOver, error) { return a.endService(ctx, in) })
	does(f, operation{id: "mergeEnterprises", method: http.MethodPost, path: "/enterprises/{id}/merge", tag: "administration", whose: administrators,
		summary: "Merge an enterprise into another one", detail: "Every case, closed ones too, contacts and buildings go to the other one; its names become aliases. It cannot be undone."},
		func(ctx context.Context, in *merging) error {
			return a.App.MergeEnterprises(ctx, actor(ctx), string(in.ID), string(in.Body.IntoID), in.Body.Reason)
		})
}

func (a *API) recordsOf(f *face, r register.Register) {
	keepers := func(who process.Actor) error {
		if r.KeptBy(who) {
			return nil
		}
		return administrators(who)
	}
	name, at := string(r.Name), "/registers/"+string(r.Name)
	english := i18n.With(context.Background(), f.words.Speak("en"))
	title := strings.ToLower(i18n.T(english, "register."+name))
	gives := r.Name == register.PeopleName // access: a token does not do
	schema := f.OpenAPI().Components.Schemas.Schema(r.Type, true, "")
	maybeNobody(f, schema, r)
	takes := func(o operation) huma.Operation {
		op := o.describe()
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
		return op
	}
	sorts(f, registers.ColumnNames(r), operation{id: name + ".list", path: at, tag: "administration", summary: "Every record: " + title, whose: keepers}, func(ctx context.Context, in *Ordered) (RecordList, error) {
		rows, err := a.App.Store.Records(ctx, r.Name)
		rows, err = inOrder(registers.Sortable(english, r, a.clerk(f).Titles(ctx)), *in, rows, err)
		list := RecordList{Items: []RecordItem{}}
		for _, row := range rows {
			list.Items = append(list.Items, recordOf(row))
		}
		return list, err
	})
	raw(f, operation{id: name + ".get", path: at + "/{id}", tag: "administration", summary: "One record: " + title}.describe(), keepers, func(ctx context.Context, in *RecordNamed) (*recordRead, error) {
		row, err := a.App.Store.Record(ctx, r.Name, string(in.ID))
		return &recordRead{ETag: quoted(store.Tag(row.Doc)), Body: recordOf(row)}, err
	})
	change := takes(operation{id: name + ".change", method: http.MethodPut, path: at + "/{id}", tag: "administration", summary: "Change a record: " + title, session: gives,
		detail: "What is sent takes the place of the whole record. Send the ETag that was read as If-Match, so that nothing that somebody else changed since is undone."})
	raw(f, change, keepers, func(ctx context.Context, in *recordChanged) (*recordAnswer, error) {
		return a.keepRecord(ctx, f, r, store.Keeping{ID: string(in.ID), Record: json.RawMessage(in.RawBody), IfMatch: in.IfMatch})
	})
	delete(change.RequestBody.Content, "application/octet-stream")
	if r.Single {
		return
	}
	add := takes(operation{id: name + ".add", method: http.MethodPost, path: at, tag: "administration", summary: "Add a record: " + title, session: gives})
	raw(f, add, keepers, func(ctx context.Context, in *recordSent) (*recordAnswer, error) {
		return a.keepRecord(ctx, f, r, store.Keeping{Record: json.RawMessage(in.RawBody)})
	})
	delete(add.RequestBody.Content, "application/octet-stream")
	sheet := operation{id: name + ".import", method: http.MethodPost, path: at + "/import", tag: "administration", session: gives, summary: "Take an Excel sheet: " + title,
		detail: "An .xlsx file as it is; whole or not at all. 200 means that it was taken, or with try what would come of it; with one row that is wrong nothing is taken, which is answered with 422 and the same report within the problem. The first row names the fields, in Chinese, in English or as in this contract; a row that names a record which is there changes it, and empty cells leave what is there."}.describe()
	sheet.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	raw(f, sheet, keepers, func(ctx context.Context, in *sheetSent) (*body[ImportReport], error) {
		report, err := a.importSheet(i18n.With(ctx, f.speaker(a, in.request)), f, r, in)
		return &body[ImportReport]{Body: report}, err
	})
}

func recordOf(row store.Recorded) RecordItem {
	return RecordItem{ID: row.ID, Ended: row.Ended, Record: row.Doc}
}

func changesOf(changes []store.Changed) []RecordChange {
	list := []RecordChange{}
	for _, c := range changes {
		list = append(list, RecordChange(c))
	}
	return list
}

func quoted(tag string) string { return `"` + tag + `"` }

func (a *API) keepRecord(ctx context.Context, f *face, r register.Register, wanted store.Keeping) (*recordAnswer, error) {
	kept, err := a.clerk(f).Keep(ctx, actor(ctx), r, wanted)
	if err != nil {
		return nil, err
	}
	return &recordAnswer{ETag: quoted(kept.Tag), Body: RecordKept{ID: kept.ID, Added: kept.Added, Changes: changesOf(kept.Changes), Password: kept.Password}}, nil
}

func (a *API) importSheet(ctx context.Context, f *face, r register.Register, in *sheetSent) (ImportReport, error) {
	answer := ImportReport{Lines: []ImportLine{}, Ignored: []string{}, Passwords: []registers.FirstPassword{}}
	sheet, err := a.clerk(f).Read(ctx, r, strings.NewReader(string(in.RawBody)))
	if err != nil {
		return answer, err
	}
	report, err := a.clerk(f).Import(ctx, actor(ctx), r, sheet.Rows, in.Try)
	if err != nil {
		return answer, err
	}
	answer.Done, answer.Ignored, answer.Passwords = report.Done, append(answer.Ignored, sheet.Ignored...), append(answer.Passwords, report.Passwords...)
	wrong := 0
	for _, line := range report.Lines {
		one := ImportLine{Row: line.Row, Title: line.Title, Verdict: string(line.Verdict), Changes: changesOf(line.Changes), Faults: []Field{}, Note: i18n.Pick(ctx, line.Note)}
		for _, fault := range line.Faults {
			one.Faults = append(one.Faults, Field{Name: fault.Name, Message: i18n.Pick(ctx, process.Text{Chinese: fault.Chinese, English: fault.English})})
		}
		answer.Lines = append(answer.Lines, one)
		if line.Verdict == registers.Wrong {
			wrong++
		}
	}
	if !in.Try && !report.Done {
		return answer, &notTaken{process.Refuse(process.InvalidInput, fmt.Sprintf("没有导入：%d 行有错，整张表都没有写入。请按说明改好再导入。", wrong),
			fmt.Sprintf("Nothing was taken: %d rows are wrong. Mend them, and send the sheet again.", wrong)), answer}
	}
	return answer, nil
}

// notTaken refuses a sheet, and says what is wrong in which row.
type notTaken struct {
	*process.Refusal
	report ImportReport
}

// Unwrap returns the refusal.
func (n *notTaken) Unwrap() error { return n.Refusal }

func (a *API) listDeeds(ctx context.Context, in *deedsAsked) (DeedList, error) {
	list := DeedList{Items: []DeedItem{}}
	rows, next, err := store.SortDeeds().Page(in.sort(), in.Record, store.Cursor(in.Before), in.Size, func(after store.Cursor, size int) ([]store.RegisterDeed, store.Cursor, error) {
		rows, err := a.App.Store.RegisterDeeds(ctx, string(in.Record), string(after), size+1)
		if err != nil || len(rows) <= size {
			return rows, "", err
		}
		return rows[:size], store.Cursor(rows[size-1].Cursor()), nil
	})
	for _, d := range rows {
		list.Items = append(list.Items, DeedItem{At: d.At, Who: d.ActorName, Register: d.Register, RecordID: d.RecordID, Title: d.Title, Deed: d.Deed, Changes: changesOf(d.Changed), Note: d.Note})
	}
	list.Next = string(next)
	return list, err
}

// endService ends the account once everything is handed over.
func (a *API) endService(ctx context.Context, in *leaving) (HandedOver, error) {
	answer := HandedOver{Items: []HandedItem{}}
	handed, err := a.App.Leave(ctx, actor(ctx), string(in.User), string(in.Body.SuccessorID), in.Body.Reason)
	if err != nil {
		return answer, err
	}
	all := true
	for _, h := range handed {
		item := a.handedItem(h, in.request)
		all, answer.Items = all && item.Done, append(answer.Items, item)
	}
	if !all {
		return answer, nil
	}
	return answer, a.Auth.Disable(ctx, actor(ctx), string(in.User), true)
}
