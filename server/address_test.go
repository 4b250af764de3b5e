package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
)

// TestAClientCannotChooseItsAddress: the address that counts is what the trusted proxy itself wrote, wherever the client sits.
func TestAClientCannotChooseItsAddress(t *testing.T) {
	t.Parallel()
	const gateway = "10.213.57.1" // docker-compose.yml; config/compose_test.go holds it there
	cases := map[string]struct {
		trusted   []string
		peer      string
		forwarded []string
		counted   string
	}{
		"NobodyIsTrusted":                 {nil, "172.18.0.9", []string{"203.0.113.7"}, "172.18.0.9"},
		"ThroughTheProxy":                 {[]string{gateway}, gateway, []string{"203.0.113.7"}, "203.0.113.7"},
		"WhatTheClientWroteItself":        {[]string{gateway}, gateway, []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		"WrittenInALineOfItsOwn":          {[]string{gateway}, gateway, []string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7"},
		"AClientInsidePrivateRanges":      {[]string{gateway}, gateway, []string{"198.51.100.1, 172.20.1.5"}, "172.20.1.5"},
		"ANeighbourOfTheProxy":            {[]string{gateway}, gateway, []string{"198.51.100.1, 10.213.57.9"}, "10.213.57.9"},
		"ANeighbourThatComesDirectly":     {[]string{gateway}, "10.213.57.9", []string{"198.51.100.1"}, "10.213.57.9"},
		"ThroughTwoProxies":               {[]string{gateway, "10.0.0.2"}, gateway, []string{"198.51.100.1, 203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		"AProxyThatWroteNothing":          {[]string{gateway}, gateway, nil, gateway},
		"ALoopbackAddressIsNoProxy":       {[]string{gateway}, gateway, []string{"198.51.100.1, 127.0.0.1"}, "127.0.0.1"},
		"NonsenseBeforeTheLastHop":        {[]string{gateway}, gateway, []string{"<script>, 203.0.113.7"}, "203.0.113.7"},
		"ANetworkAddressWrittenAsMapped6": {[]string{gateway}, "::ffff:" + gateway, []string{"203.0.113.7"}, "203.0.113.7"},
	}
	b := setup(t, asItIs)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			trusting(t, c.trusted...)(b.server)
			e, err := b.server.Handler()
			require.NoError(t, err)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr = "[" + c.peer + "]:40000"
			for _, line := range c.forwarded {
				r.Header.Add(echo.HeaderXForwardedFor, line)
			}
			require.Equal(t, c.counted, e.NewContext(r, httptest.NewRecorder()).RealIP())
		})
	}
}
