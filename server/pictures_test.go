package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/phototest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/httpapi"
)

// received receives a file and returns what a command brings it by.
func (b *bundle) received(t *testing.T, who process.Actor, name string, content []byte, caption string) process.Evidence {
	t.Helper()
	received, err := b.server.Blobs.Receive(t.Context(), name, bytes.NewReader(content))
	require.NoError(t, err)
	id, err := b.Store.AddUpload(t.Context(), who, received)
	require.NoError(t, err)
	return process.Evidence{UploadID: id, Caption: caption}
}

// known asks what is known of a case's pictures, until none waits for its preview any more.
func (b *bundle) known(t *testing.T, session, id string) []httpapi.Picture {
	t.Helper()
	var answer httpapi.Pictures
	require.Eventually(t, func() bool {
		response, body := b.ask(t, http.MethodGet, "/api/v1/cases/"+id+"/pictures", "", "Cookie", session)
		require.Equal(t, http.StatusOK, response.StatusCode, body)
		require.NoError(t, json.Unmarshal([]byte(body), &answer))
		for _, p := range answer.Items {
			if p.Preview == "waiting" {
				return false
			}
		}
		return true
	}, 2*time.Minute, 100*time.Millisecond)
	return answer.Items
}

// TestPhotos: what a phone sends is kept as it is and shown as previews; the place it wrote down is for who may have the original.
func TestPhotos(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	finder, id := b.As(process.SafetySupervisor), uuid.NewString()
	written := phototest.Written{Orientation: 6, TakenAt: "2026:03:01 08:15:00", Latitude: [3]uint32{34, 24, 36}, Longitude: [3]uint32{115, 39, 18}}
	found, fixed := phototest.JPEG(t, 1600, 1200, written), phototest.JPEG(t, 900, 1200, written)
	before, after := b.received(t, finder, "发现.jpg", found, "通道堵了"), b.received(t, b.Contact, "整改.jpg", fixed, "")
	b.put(t, finder, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "2# 车间东侧", Description: "通道堆放周转箱", Level: hazard.General,
		Attachments: []process.Evidence{before, b.received(t, finder, "苹果.heic", phototest.HEIC, ""), b.received(t, finder, "大.png", phototest.Bomb(t, 50_000, 50_000), ""),
			b.received(t, finder, "断.jpg", found[:len(found)/2], "")}})
	b.put(t, finder, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: clock.DateOf(zonetest.Morning()).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	b.put(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "已清理", Attachments: []process.Evidence{after}})
	inside, outside, leader := b.session(t, finder), b.session(t, b.Contact), b.session(t, b.As(process.Leader))
	known := b.known(t, inside, id)
	require.Len(t, known, 5)
	file := func(number int) string { return fmt.Sprintf("/files/%s/%d/1", id, number) }
	for n, want := range []string{"made", "made", "none large", "none damaged", "made"} {
		require.Equal(t, want, join(known[n].Preview, known[n].Reason), "picture %d", n+1)
	}
	require.Equal(t, []int{1200, 1600}, []int{known[0].Width, known[0].Height}, "upright")

	t.Run("TheOriginalIsUntouched", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{file(1), "/api/v1/cases/" + id + "/attachments/1/1"} {
			response, body := b.ask(t, http.MethodGet, path, "", "Cookie", inside)
			require.Equal(t, http.StatusOK, response.StatusCode)
			require.Equal(t, string(found), body)
		}
		findings, err := b.server.Blobs.VerifyCase(t.Context(), b.Store, finder, id)
		require.NoError(t, err)
		require.True(t, findings.Intact())
	})
	t.Run("WhoMayHaveIt", func(t *testing.T) {
		t.Parallel()
		for session, want := range map[string][2]int{inside: {200, 200}, outside: {403, 200}, leader: {403, 403}, b.session(t, b.As(process.Auditor)): {200, 200}, b.session(t, b.As(process.Administrator)): {403, 403}} {
			for n, path := range []string{file(1), file(5)} {
				for _, at := range []string{path, fmt.Sprintf("/api/v1/cases/%s/attachments/%d/1", id, []int{1, 5}[n])} {
					response, body := b.ask(t, http.MethodGet, at, "", "Cookie", session)
					require.Equal(t, want[n], response.StatusCode, at)
					if want[n] == http.StatusForbidden {
						require.NotContains(t, body, "Exif")
					}
				}
				response, _ := b.ask(t, http.MethodHead, path, "", "Cookie", session)
				require.Equal(t, want[n], response.StatusCode)
				response, _ = b.ask(t, http.MethodGet, path+"/small", "", "Cookie", session)
				require.Equal(t, http.StatusOK, response.StatusCode)
			}
		}
		response, _ := b.ask(t, http.MethodGet, file(1)+"/small", "", "Cookie", b.session(t, b.RivalOne))
		require.Equal(t, http.StatusNotFound, response.StatusCode, "who does not see the case sees no preview")
	})
	t.Run("ThePlaceIsNotForEverybody", func(t *testing.T) {
		t.Parallel()
		const place, at = "34.41000, 115.65500", "2026-03-01 08:15"
		for _, path := range []string{"/hazards/" + id, file(1) + "/view"} {
			_, page := b.ask(t, http.MethodGet, path, "", "Cookie", inside)
			require.Contains(t, page, place)
			require.Contains(t, page, at)
			_, page = b.ask(t, http.MethodGet, path, "", "Cookie", leader)
			require.NotContains(t, page, place)
			require.Contains(t, page, at)
		}
		_, page := b.ask(t, http.MethodGet, file(1)+"/view", "", "Cookie", outside)
		require.NotContains(t, page, place)
		require.Nil(t, b.known(t, outside, id)[0].Place)
		require.NotNil(t, b.known(t, inside, id)[0].Place)
		require.False(t, b.known(t, leader, id)[0].Original)
	})
	t.Run("Previews", func(t *testing.T) {
		t.Parallel()
		for size, long := range map[string]int{"small": 640, "large": 1600} {
			for _, path := range []string{file(1) + "/" + size, "/api/v1/cases/" + id + "/attachments/1/1/" + size} {
				response, body := b.ask(t, http.MethodGet, path, "", "Cookie", leader)
				require.Equal(t, http.StatusOK, response.StatusCode, "%s %s", path, body)
				require.Equal(t, "image/jpeg", response.Header.Get("Content-Type"))
				config, err := jpeg.DecodeConfig(bytes.NewReader([]byte(body)))
				require.NoError(t, err)
				require.Equal(t, long, config.Height)
				require.NotContains(t, body, "Exif")
				response, _ = b.ask(t, http.MethodGet, path, "", "Cookie", leader, "If-None-Match", response.Header.Get("ETag"))
				require.Equal(t, http.StatusNotModified, response.StatusCode)
			}
		}
		for _, path := range []string{file(3) + "/small", file(1) + "/huge", file(9) + "/small"} {
			response, _ := b.ask(t, http.MethodGet, path, "", "Cookie", inside)
			require.Equal(t, http.StatusNotFound, response.StatusCode, path)
		}
	})
	t.Run("PagesShowPreviewsOnly", func(t *testing.T) {
		t.Parallel()
		_, page := b.ask(t, http.MethodGet, "/hazards/"+id, "", "Cookie", inside)
		require.NotContains(t, page, `src="`+file(1)+`"`)
		require.Contains(t, page, `src="`+file(1)+`/small"`)
		require.Contains(t, page, "照片太大，没有预览。")
		require.Contains(t, page, "照片读不出来，没有预览。")
		require.Contains(t, page, "通道堵了")
		require.Contains(t, page, "pw-pair", "before and after stand side by side")
		_, page = b.ask(t, http.MethodGet, file(2)+"/view", "", "Cookie", inside)
		require.Contains(t, page, `src="`+file(2)+`/large"`)
		require.Contains(t, page, `href="/hazards/`+id+`#photo-2-1"`, "it can be closed without a script")
		require.Contains(t, page, `href="`+file(1)+`/view"`)
		require.Contains(t, page, `href="`+file(3)+`/view"`)
	})
	t.Run("MadeOnce", func(t *testing.T) {
		t.Parallel()
		b.received(t, b.Contact, "又一次.jpg", found, "")
		require.Equal(t, "made", b.known(t, inside, id)[0].Preview, "the same content has its preview")
	})
}

func join(state, reason string) string {
	if reason == "" {
		return state
	}
	return state + " " + reason
}
