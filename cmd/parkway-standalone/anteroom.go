package main

import (
	"context"
	"html"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// anteroom answers browsers and programs while the data is brought up to date: 503, with how far it is.
type anteroom struct {
	server *http.Server
	words  atomic.Value // string
}

// lent is a listener that whoever serves on it cannot close: it is given back.
type lent struct{ *net.TCPListener }

// Close wakes whoever waits for a connection.
func (l lent) Close() error { return l.SetDeadline(time.Unix(1, 0)) }

// receive opens the anteroom on the address of the program and returns what closes it again. A command that listens nowhere has none.
func (p *program) receive() (leave func()) {
	listener, ok := p.listener.(*net.TCPListener)
	if !ok {
		return func() {}
	}
	room := &anteroom{}
	room.words.Store("")
	room.server = &http.Server{Handler: room, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	room.server.SetKeepAlivesEnabled(false) // the next request is the program's
	p.anteroom = room
	left := make(chan struct{})
	go func() {
		defer close(left)
		_ = room.server.Serve(lent{listener}) // it ends when the room is closed
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if room.server.Shutdown(ctx) != nil {
			_ = room.server.Close()
		}
		<-left
		p.anteroom = nil
		_ = listener.SetDeadline(time.Time{})
	}
}

// ServeHTTP says that the data is brought up to date, and how far that is; the page looks again by itself.
func (a *anteroom) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	words, _ := a.words.Load().(string)
	for name, value := range map[string]string{"Content-Type": "text/html; charset=utf-8", "Retry-After": "5", "Refresh": "5", "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"} {
		w.Header().Set(name, value)
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>正在升级 / being upgraded</title>` +
		`<h1>园程正在升级数据，请稍候</h1><p>The data is being brought up to date; please wait.</p><p>` + html.EscapeString(words) + `</p><p>升级好以后这一页会自己打开。/ This page opens by itself once it is done.</p></html>`))
}
