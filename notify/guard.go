package notify

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
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
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || shared(ip) {
		return fmt.Errorf("%s 是内部地址，没有列入允许名单（PARKWAY_CHANNEL_ALLOW）", ip)
	}
	return nil
}

// shared reports ranges that are neither private nor public: carrier NAT, benchmarks, documentation, translation and "this network".
func shared(ip netip.Addr) bool {
	for _, text := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "64:ff9b::/96", "2001:db8::/32", "2002::/16"} {
		if netip.MustParsePrefix(text).Contains(ip) {
			return true
		}
	}
	return false
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
