package process

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Phase says whether a picture shows the state before or after rectification.
type Phase string

// The phases of a picture.
const (
	AnyPhase Phase = ""
	Before   Phase = "before"
	After    Phase = "after"
)

// Evidence is a received file that a command puts on record.
type Evidence struct {
	UploadID   string     `json:"upload_id" doc:"The received file."`
	Caption    string     `json:"caption,omitempty" maxLength:"400" doc:"What it shows."`
	EvidenceOn clock.Date `json:"evidence_on,omitzero" doc:"The day it shows; the day of the deed when left out."`
	Phase      Phase      `json:"phase,omitempty" enum:"before,after" doc:"Whether it shows the state before or after the rectification."`
	Replaces   int        `json:"replaces,omitempty" minimum:"1" doc:"Number of the attachment it is a new revision of."`
}

// Upload is a received file as the store knows it.
type Upload struct {
	ID         string
	Name       string
	MediaType  string
	Size       int64
	SHA256     string // 64 hex digits
	UploadedBy string
	Used       *Used // where a file of the same content was put on record before; nil: nowhere
}

// Attachment is evidence on record. Replacing adds a revision and never removes one.
type Attachment struct {
	Number      int        `json:"number"`
	Revision    int        `json:"revision"`
	UploadID    string     `json:"upload_id"`
	Name        string     `json:"name"`
	MediaType   string     `json:"media_type"`
	Size        int64      `json:"size"`
	SHA256      string     `json:"sha256"`
	Caption     string     `json:"caption"`
	Phase       Phase      `json:"phase"`
	Requirement string     `json:"requirement"` // the gate requirement it serves
	Round       int        `json:"round"`       // the round it belongs to
	EvidenceOn  clock.Date `json:"evidence_on"`
	ByID        string     `json:"by_id"`
	ByName      string     `json:"by_name"`
	At          time.Time  `json:"at"`
	Audience    Audience   `json:"audience"` // "" of files put on record before they had one: then their event says
}

// Place is where in a case evidence belongs.
type Place struct {
	Requirement string
	Round       int
}

// FilesAtOnce is how many files one command may bring.
const FilesAtOnce = 50

// PutOnRecord returns the attachments with the evidence added. It refuses files that are unknown or were received from somebody else,
// a revision of something that is not there, and evidence dated in the future.
func PutOnRecord(attached []Attachment, evidence []Evidence, uploads map[string]Upload, call Call, place Place) ([]Attachment, error) {
	if len(evidence) > FilesAtOnce {
		return nil, RefuseField("attachments", "一次最多 50 个文件。", "At most 50 files at once.")
	}
	result, faults := slices.Clone(attached), Faults{}
	for i, e := range evidence {
		at := ElementAt("attachments", i)
		if first := slices.IndexFunc(evidence, func(o Evidence) bool { return o.UploadID == e.UploadID }); first < i && call.Actor.Type == Person {
			faults.Note(twice(first, at))
			continue
		}
		upload, ok := uploads[e.UploadID]
		if !ok || (call.Actor.Type == Person && upload.UploadedBy != call.Actor.ID) {
			faults.Note(Refuse(UnknownUpload, "文件没有上传成功，请重新选择。", "The file has not been received from you; choose it again.").At(at))
		}
		shown := e.EvidenceOn
		if shown.IsZero() {
			shown = call.Day()
		}
		if shown.After(call.Today()) {
			faults.Note(Refuse(ImpossibleDate, "证据日期不能晚于今天。", "Evidence cannot be dated after today.").At(at))
		}
		if e.Replaces != 0 && call.Actor.Has(Enterprise) && !brought(result, e.Replaces, call.Actor.ID) {
			faults.Note(RefuseField(at, "只能替换自己提交的附件。", "You can replace only what you brought yourself."))
			continue
		}
		number, revision, err := nextNumber(result, e.Replaces, at)
		if faults.Note(err); faults.Err() != nil {
			continue // all of them are looked at
		}
		result = append(result, Attachment{
			Number: number, Revision: revision, UploadID: upload.ID, Name: upload.Name, MediaType: upload.MediaType, Size: upload.Size,
			SHA256: upload.SHA256, Caption: e.Caption, Phase: e.Phase, Requirement: place.Requirement, Round: place.Round,
			EvidenceOn: shown, ByID: call.Actor.ID, ByName: call.Actor.Name, At: call.RecordedAt, Audience: call.Audience,
		})
	}
	return result, faults.Err()
}

func nextNumber(attached []Attachment, replaces int, field string) (number, revision int, err error) {
	for _, a := range attached {
		number = max(number, a.Number)
		if a.Number == replaces {
			revision = max(revision, a.Revision)
		}
	}
	if replaces == 0 {
		return number + 1, 1, nil
	}
	if revision == 0 {
		return 0, 0, RefuseField(field, "要替换的附件不存在。", "The attachment to replace does not exist.")
	}
	return replaces, revision + 1, nil
}

// ElementName is the attachment's number and revision.
func (a Attachment) ElementName(int) string {
	return strconv.Itoa(a.Number) + "." + strconv.Itoa(a.Revision)
}

// Sealed is always true: what is on record stays as it is.
func (Attachment) Sealed() bool { return true }

// IsPicture reports whether it is a picture, of which there is a preview.
func (a Attachment) IsPicture() bool { return strings.HasPrefix(a.MediaType, "image/") }

// brought reports whether every revision of the attachment came from the person.
func brought(attached []Attachment, number int, person string) bool {
	found := false
	for _, a := range attached {
		if a.Number == number {
			if a.ByID != person {
				return false
			}
			found = true
		}
	}
	return found
}
