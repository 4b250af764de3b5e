package main

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestWhoComesDuringAnUpgradeIsToldHowFarItIs: and whoever comes after it finds the program on the same address.
func TestWhoComesDuringAnUpgradeIsToldHowFarItIs(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &program{listener: listener}
	leave := p.receive()
	p.anteroom.words.Store("已整理 5 / 10 张卡片 <b>")
	address := "http://" + listener.Addr().String() + "/hazards"
	answer, err := http.Get(address) //nolint:gosec,noctx // our own
	require.NoError(t, err)
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	require.Equal(t, "5", answer.Header.Get("Retry-After"))
	require.Contains(t, string(text), "正在升级数据")
	require.Contains(t, string(text), "已整理 5 / 10 张卡片 &lt;b&gt;")
	leave()

	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }), ReadHeaderTimeout: time.Second}
	go server.Serve(listener)
	defer server.Close()
	answer, err = http.Get(address) //nolint:gosec,noctx // our own
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusTeapot, answer.StatusCode)
	(&program{}).receive()() // a command listens nowhere
}
