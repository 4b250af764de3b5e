package server_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/phototest"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server/httpapi"
)

// TestFieldKit: whoever records hazards reads at once what they need without a network, in the form in which it is found by typing; nobody else reads it.
func TestFieldKit(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	library, err := seed.Library()
	require.NoError(t, err)
	require.NoError(t, b.Store.ShipLibrary(t.Context(), library, time.Now()))
	supervisor := b.As(process.SafetySupervisor)
	response, body := b.ask(t, http.MethodGet, "/api/v1/field-kit", "", "Cookie", b.session(t, supervisor))
	require.Equal(t, http.StatusOK, response.StatusCode, body)
	var kit httpapi.FieldKit
	require.NoError(t, json.Unmarshal([]byte(body), &kit))
	require.Equal(t, supervisor.ID, kit.Me.ID)
	require.Len(t, kit.Library, len(library))
	at := slices.IndexFunc(kit.Library, func(f httpapi.FieldFinding) bool { return f.Name == "灭火器过期或压力不足" })
	require.GreaterOrEqual(t, at, 0)
	require.Contains(t, kit.Library[at].Search, "mhqgqhylbz")
	require.True(t, slices.ContainsFunc(kit.Enterprises, func(e httpapi.FieldEnterprise) bool {
		return e.ID == b.Enterprise && strings.Contains(e.Search, "lkzz")
	}))
	require.True(t, slices.ContainsFunc(kit.People, func(p httpapi.FieldPerson) bool { return p.ID == b.Second.ID }))
	require.False(t, slices.ContainsFunc(kit.People, func(p httpapi.FieldPerson) bool { return p.ID == supervisor.ID }), "nobody inspects beside themselves")
	for _, role := range process.Roles() {
		if role == process.SafetySupervisor {
			continue
		}
		for _, path := range []string{"/api/v1/field-kit", "/field"} {
			response, _ := b.ask(t, http.MethodGet, path, "", "Cookie", b.session(t, b.As(role)))
			require.Equal(t, http.StatusForbidden, response.StatusCode, "%s %s", role, path)
		}
	}
}

// TestTheFieldPagesWorkerKeepsWhatItIsDrawnWith: the list in front of it names files that are there, all that the shell asks for, and nothing else; the shell holds nothing of anybody's.
func TestTheFieldPagesWorkerKeepsWhatItIsDrawnWith(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	response, script := b.ask(t, http.MethodGet, "/field/worker.js", "")
	require.Equal(t, http.StatusOK, response.StatusCode, script)
	require.Equal(t, "/field", response.Header.Get("Service-Worker-Allowed"))
	require.Equal(t, "no-cache", response.Header.Get("Cache-Control"))
	list, _, found := strings.Cut(strings.TrimPrefix(script, "self.parkwayKeeps="), ";\n")
	require.True(t, found)
	var keeps []string
	require.NoError(t, json.Unmarshal([]byte(list), &keeps))
	for _, at := range keeps {
		response, _ := b.ask(t, http.MethodGet, at, "")
		require.Equal(t, http.StatusOK, response.StatusCode, at)
	}
	response, shell := b.ask(t, http.MethodGet, "/field/shell", "", "Cookie", b.session(t, b.As(process.SafetySupervisor)))
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.NotContains(t, shell, b.As(process.SafetySupervisor).ID)
	require.NotContains(t, shell, b.Park.Name)
	asked := map[string]bool{}
	for _, m := range regexp.MustCompile(`<(?:script|link|img)[^>]*(?:src|href)="(/assets/[^"]+)"`).FindAllStringSubmatch(shell, -1) {
		asked[m[1]] = true
	}
	require.Len(t, asked, len(keeps))
	for _, at := range keeps {
		require.True(t, asked[at], at)
	}
	require.NotContains(t, response.Header.Get("Content-Security-Policy"), "unsafe")
}

// TestWhatSomebodyElseWroteIsNotSent: neither a hazard nor a picture, whoever is signed in on the device by now.
func TestWhatSomebodyElseWroteIsNotSent(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	session := b.session(t, b.As(process.SafetySupervisor))
	response, body := b.ask(t, http.MethodPost, "/api/v1/hazards", `{"enterprise_id":"`+b.Enterprise+`","location":"x","description":"x","level":"general"}`,
		"Cookie", session, "Content-Type", "application/json", "Idempotency-Key", uuid.NewString(), "Written-By", b.Second.ID)
	require.Equal(t, http.StatusForbidden, response.StatusCode, body)
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	file, err := parts.CreateFormFile("file", "现场.jpg")
	require.NoError(t, err)
	_, err = file.Write(phototest.JPEG(t, 40, 30, phototest.Written{}))
	require.NoError(t, err)
	require.NoError(t, parts.Close())
	for author, want := range map[string]int{b.Second.ID: http.StatusForbidden, b.As(process.SafetySupervisor).ID: http.StatusOK} {
		response, body := b.ask(t, http.MethodPost, "/api/v1/uploads", form.String(), "Cookie", session, "Content-Type", parts.FormDataContentType(), "Written-By", author)
		require.Equal(t, want, response.StatusCode, body)
	}
}

// TestCodesOfAnEnterprise: its sheet has one for the whole site and one for each place; who works in the zone prints them.
func TestCodesOfAnEnterprise(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	answer := b.page(t, process.SafetySupervisor, "/enterprises/"+b.Enterprise+"/codes")
	require.Equal(t, 1, strings.Count(answer, `class="pw-qr"`))
	response, _ := b.ask(t, http.MethodGet, "/enterprises/"+b.Enterprise+"/codes", "", "Cookie", b.session(t, b.Contact))
	require.Equal(t, http.StatusForbidden, response.StatusCode)
}
