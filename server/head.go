package server

import (
	"net/http"

	"github.com/parkway-zone/parkway/server/site"
)

// head answers HEAD wherever GET is answered, as GET would be and without a body (RFC 9110, section 9.3.2): everything behind it sees a GET, and
// net/http, which still knows what was asked, sends no body.
func head(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(site.ForHead(r.Context()))
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}
