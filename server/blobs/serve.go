package blobs

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/store"
)

// Serve answers a request for a file: in whole, a range of it (players seek in a video so), its head alone, or that nothing has changed (RFC 9110,
// sections 13 and 14). The ETag is the SHA-256 of the bytes.
func Serve(w http.ResponseWriter, r *http.Request, f store.Attachment, content io.ReadSeeker) {
	h := w.Header()
	h.Set("ETag", `"`+f.Sha256+`"`)
	h.Set("Content-Type", f.MediaType)
	way := "attachment"
	if slices.Contains([]string{"image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4"}, f.MediaType) { // what a browser shows
		way = "inline"
	}
	h.Set("Content-Disposition", Disposition(way, f.Name))
	http.ServeContent(w, r, "", time.Time{}, content)
}

// Disposition is a Content-Disposition for a file's name (RFC 6266): the name itself in the form of RFC 5987, and before it, for who does not read
// that, one of plain letters.
func Disposition(way, name string) string {
	var plain, whole strings.Builder
	for _, r := range name {
		if r < ' ' || r >= 0x7f || r == '"' || r == '\\' || r == '%' {
			r = '_'
		}
		plain.WriteRune(r)
	}
	const digits = "0123456789ABCDEF"
	for _, b := range []byte(name) {
		if 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("!#$&+-.^_`|~", b) >= 0 {
			whole.WriteByte(b)
			continue
		}
		whole.Write([]byte{'%', digits[b>>4], digits[b&15]})
	}
	return way + `; filename="` + plain.String() + `"; filename*=UTF-8''` + whole.String()
}
