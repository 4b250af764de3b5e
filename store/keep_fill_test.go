package store_test

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/enrolment"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/plantask"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/request"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/waiver"
)

// filler fills every field of a value with something random that the tables' constraints let be.
type filler struct {
	r *rapid.T
	b *bundle
	t *testing.T
	n *int // counts what was filled, so that no two values are the same

	sealed   bool // whether clocks are stopped, rounds judged and passages left
	campaign string
	parent   string // a case that cases can belong to
}

func (f filler) next() int { *f.n++; return *f.n }

func fill[S any](f filler) S {
	var subject S
	f.value("", reflect.ValueOf(&subject).Elem())
	switch subject := any(&subject).(type) {
	case *project.Project:
		f.lawfulCase(&subject.Case, project.Kind)
		f.lawfulProject(subject)
	case *hazard.Hazard:
		f.lawfulCase(&subject.Case, hazard.Kind)
		f.lawfulHazard(subject)
	case *plantask.Task:
		f.lawfulCase(&subject.Case, plantask.Kind)
		f.lawfulTask(subject)
	case *permit.Permit:
		f.lawfulCase(&subject.Case, permit.Kind)
		subject.Clocks, subject.Attachments = resized(subject.Clocks), resized(subject.Attachments)
		f.lawfulClocks(subject.Clocks)
		f.lawfulAttachments(subject.Attachments)
	case *extension.Request:
		f.lawfulCase(&subject.Case, extension.Kind)
		subject.Clocks, subject.Attachments = resized(subject.Clocks), resized(subject.Attachments)
		f.lawfulClocks(subject.Clocks)
		f.lawfulAttachments(subject.Attachments)
	case *waiver.Request:
		f.lawfulCase(&subject.Case, waiver.Kind)
		f.lawfulPlain(&subject.Plain)
	case *opinion.Opinion:
		f.lawfulCase(&subject.Case, opinion.Kind)
		f.lawfulPlain(&subject.Plain)
	case *meeting.Meeting:
		f.lawfulCase(&subject.Case, meeting.Kind)
		f.lawfulPlain(&subject.Plain)
	case *inspection.Inspection:
		f.lawfulCase(&subject.Case, inspection.Kind)
		f.lawfulPlain(&subject.Plain)
	case *request.Request:
		f.lawfulCase(&subject.Case, request.Kind)
		f.lawfulPlain(&subject.Plain)
	case *track.Track:
		f.lawfulCase(&subject.Case, track.Kind)
		f.lawfulPlain(&subject.Plain)
	case *enrolment.Enrolment:
		f.lawfulCase(&subject.Case, enrolment.Kind)
		f.lawfulPlain(&subject.Plain)
	}
	return subject
}

func (f filler) value(path string, v reflect.Value) {
	if choices := f.choices(path); choices != nil && v.Kind() == reflect.String {
		v.SetString(rapid.SampledFrom(choices).Draw(f.r, path))
		return
	}
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(f.instant(path)))
		return
	case clock.Date:
		v.Set(reflect.ValueOf(clock.DateOf(f.instant(path))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if made := f.made(path); made != "" {
			v.SetString(made)
		} else if strings.HasSuffix(path, "_id") || strings.HasSuffix(path, ".id") || path == "id" || path == "unit_ids" {
			v.SetString(uuid.NewString())
		} else {
			v.SetString(rapid.StringMatching(`[a-z企业"\\<&\]\[. ]{0,6}`).Draw(f.r, path) + strconv.Itoa(f.next()))
		}
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(f.r, path))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.next()))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.value(path, v.Elem())
	case reflect.Slice:
		n := rapid.IntRange(1, 3).Draw(f.r, path)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			f.value(path, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			switch {
			case name == "":
				f.value(path, v.Field(i)) // embedded
			case path == "":
				f.value(name, v.Field(i))
			default:
				f.value(path+"."+name, v.Field(i))
			}
		}
	default:
		f.t.Fatalf("the round trip cannot fill %s: %s", path, v.Type())
	}
}

// made are texts of which a constraint says how they are written; "": any.
func (f filler) made(path string) string {
	sum := sha256.Sum256([]byte(uuid.NewString())) // the same for no two cases
	switch path {
	case "letters.code":
		return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16])
	case "letters.number", "letters.sha256":
		return hex.EncodeToString(sum[:])
	}
	return ""
}

// instant returns an instant on a day of its own, to the microsecond.
func (f filler) instant(path string) time.Time {
	micros := rapid.Int64Range(0, int64(12*time.Hour/time.Microsecond)).Draw(f.r, path)
	return time.Date(2021, 1, f.next(), 0, 0, 0, 0, clock.Zone()).Add(time.Duration(micros) * time.Microsecond)
}

// choices are the values that constraints leave to a field; nil: any.
func (f filler) choices(path string) []string {
	people := []string{f.b.As(process.ProjectManager).ID, f.b.As(process.Leader).ID, f.b.As(process.LiaisonOfficer).ID, f.b.Second.ID}
	switch path {
	case "parent_id":
		return []string{f.parent}
	case "campaign_id":
		return []string{"", f.campaign}
	case "site_mode":
		return []string{"own_land", "leased_plant", "bought_plant", "existing_land"}
	case "level":
		return []string{"general", "major"}
	case "result":
		return []string{"", "passed", "fixed_on_spot", "withdrawn"}
	case "enterprise_id":
		return []string{f.b.Enterprise, f.b.Rival}
	case "manager_id", "leader_id", "liaison_id", "supervisor_id":
		return people
	case "holder.kind", "delegated_by.kind":
		return []string{"person", "unit", "enterprise"}
	case "project_id":
		return []string{"", f.parent}
	case "gate_answers.answer":
		return []string{"yes", "no", "not_applicable", "waived", "waiver_asked", "waiver_refused"}
	case "rounds.series":
		return []string{"", "advice", "notice", "order"}
	case "rounds.policy":
		return []string{"", "fresh", "remaining", "shortened"}
	case "attachments.audience":
		return []string{"", "inside", "shared"}
	case "attachments.phase":
		return []string{"", "before", "after"}
	}
	return nil
}

func (f filler) lawfulCase(c *process.Case, kind process.Kind) {
	c.ID, c.ParkID, c.Kind, c.DefinitionVersion = uuid.NewString(), f.b.Park.ID, kind, 1+rapid.IntRange(0, 1).Draw(f.r, "definition")
	c.Number = "N" + uuid.NewString()
	if c.Done = f.sealed && c.Done; c.Done {
		c.Holder, c.NextWake = nil, nil
	} else {
		c.ClosedAt = nil
	}
}

func (f filler) lawfulClocks(clocks []clock.Clock) {
	for i := range clocks {
		k := &clocks[i]
		k.Seq, k.Verdict, k.LateBy = i+1, clock.Late, max(1, k.LateBy)
		if !f.sealed {
			k.StoppedOn = clock.Date{}
		}
		k.Unit = rapid.SampledFrom([]clock.Unit{clock.WorkingDay, clock.Day, clock.Month, clock.WorkingHour}).Draw(f.r, "unit")
		if k.Unit != clock.WorkingHour {
			k.StartedAt = nil
		}
		if rapid.Bool().Draw(f.r, "fixed") {
			k.Amount = nil
		} else {
			k.FixedOn = clock.Date{}
		}
	}
}

func (f filler) lawfulAttachments(attachments []process.Attachment) {
	for i := range attachments {
		a := &attachments[i]
		a.Number, a.Revision, a.SHA256 = i+1, 1+i%2, fmt.Sprintf("%064x", a.Size)
		a.UploadID = f.b.Upload(f.t.Context(), f.t, f.b.Contact)
	}
}
