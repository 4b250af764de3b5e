package founding

import (
	"crypto/rand"
	"crypto/subtle"
	"net/url"
	"sync"
)

// Link lets one browser set the zone up: the first that opens it. Whoever finds the address later, in a terminal's scrollback or a log of
// addresses, sets nothing up with it. It is safe for concurrent use.
type Link struct {
	key string // in the address

	mu     sync.Mutex
	holder string // the secret of the browser that opened it; "": nobody has
	once   sync.Once
	done   chan struct{}
}

// Path is where the set-up begins.
const Path = "/setup"

// NewLink makes a link up. It holds until the program ends.
func NewLink() *Link { return &Link{key: rand.Text(), done: make(chan struct{})} }

// URL is the link on a site.
func (l *Link) URL(site string) string { return site + Path + "?key=" + url.QueryEscape(l.key) }

// Open takes the key of an address, and the secret the browser has already, if any. It returns the browser's secret, or false when the key is
// wrong or another browser was first.
func (l *Link) Open(key, secret string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case subtle.ConstantTimeCompare([]byte(key), []byte(l.key)) == 0:
		return "", false
	case l.holder == "":
		l.holder = rand.Text()
		return l.holder, true
	}
	return secret, l.holds(secret)
}

// Holds reports whether the browser with the secret opened the link.
func (l *Link) Holds(secret string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.holds(secret)
}

func (l *Link) holds(secret string) bool {
	return l.holder != "" && subtle.ConstantTimeCompare([]byte(secret), []byte(l.holder)) == 1
}

// Finish tells the program that the zone is there.
func (l *Link) Finish() { l.once.Do(func() { close(l.done) }) }

// Done is closed once the zone is there.
func (l *Link) Done() <-chan struct{} { return l.done }
