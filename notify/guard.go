package notify

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"

	"github.com/parkway-zone/parkway/notify/reach"
)

// guard lets connections go to public addresses only, so that nobody makes the program call the zone's inner machines for them (SSRF). It
// looks at the address that is really dialled, after the name was resolved, so a name that changes its mind does not help either.
type guard struct{ allowed []netip.Prefix }

func (g *guard) check(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("地址 %s 看不懂", address)
	}
	ip := at.Addr().Unmap()
	if slices.ContainsFunc(g.allowed, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	if reach.Inner(ip) {
		return fmt.Errorf("%s 是内部地址，没有列入允许名单（PARKWAY_CHANNEL_ALLOW）", ip)
	}
	return nil
}

func (g *guard) dialer() *net.Dialer {
	return &net.Dialer{Timeout: 5 * time.Second, Control: g.check}
}

// client is an HTTP client behind the guard: no proxy, no redirects, nothing kept open for long.
func (g *guard) client() *http.Client {
	return &http.Client{
		Timeout: 15 * time.Second,
		Transport: &http.Transport{DialContext: g.dialer().DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second,
			IdleConnTimeout: 30 * time.Second, MaxIdleConnsPerHost: 2, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
