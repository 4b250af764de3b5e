// Package web holds the bundled assets of the pages. They are built by npm (`make web`) and embedded.
package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Assets serves the bundled files under names that carry a hash of their content, so that browsers may keep them for ever.
type Assets struct {
	files    fs.FS
	manifest map[string]string
}

// Load reads the bundle. It fails when the program was built before `make web`.
func Load() (*Assets, error) {
	text, err := dist.ReadFile("dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the pages' assets have not been bundled: run `make web` and build again")
	}
	if err != nil {
		return nil, fmt.Errorf("read the bundle: %w", err)
	}
	a := &Assets{manifest: map[string]string{}}
	if err := json.Unmarshal(text, &a.manifest); err != nil {
		return nil, fmt.Errorf("read the bundle's manifest: %w", err)
	}
	a.files, err = fs.Sub(dist, "dist")
	return a, err
}

// URL returns the address of an asset, e.g. /assets/app.3f2a.css for app.css.
func (a *Assets) URL(name string) string { return "/assets/" + a.manifest[name] }

// Text returns what stands in an asset, for what is handed out under another address.
func (a *Assets) Text(name string) ([]byte, error) {
	text, err := fs.ReadFile(a.files, a.manifest[name])
	if err != nil {
		return nil, fmt.Errorf("read the asset %s: %w", name, err)
	}
	return text, nil
}

// ServeHTTP serves the files below /assets/, compressed for whoever takes it.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	if name == "manifest.json" || strings.HasSuffix(name, ".gz") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if _, err := fs.Stat(a.files, name+".gz"); err == nil {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Vary", "Accept-Encoding")
			w.Header().Set("Content-Type", mediaType(name))
			http.ServeFileFS(w, r, a.files, name+".gz")
			return
		}
	}
	http.ServeFileFS(w, r, a.files, name)
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
