// Package reach says which addresses are a zone's own matter: those that a channel reaches only when an administrator's setting names them
// (server-side request forgery), and that such a setting may name.
package reach

import (
	"net/netip"
	"slices"
)

// inner are the networks that are not public: of IANA's special-purpose registries (RFC 6890) those that are not globally reachable, and
// those that stand for an IPv4 address within an IPv6 one (RFC 6052, RFC 3056). Both questions below ask this one list.
var inner = parsed(
	"0.0.0.0/8",       // "this network" (RFC 791)
	"10.0.0.0/8",      // private (RFC 1918)
	"100.64.0.0/10",   // carrier NAT (RFC 6598)
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // one link (RFC 3927)
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments (RFC 6890)
	"192.0.2.0/24",    // documentation (RFC 5737)
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks (RFC 2544); proxies give their made-up addresses from it
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast
	"::/128",          // no address
	"::1/128",         // loopback
	"64:ff9b::/96",    // NAT64
	"2001:db8::/32",   // documentation
	"2002::/16",       // 6to4
	"fc00::/7",        // private (RFC 4193)
	"fe80::/10",       // one link
	"ff00::/8",        // multicast
)

func parsed(texts ...string) []netip.Prefix {
	networks := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		networks[i] = netip.MustParsePrefix(text)
	}
	return networks
}

// Inner reports whether an address is not a public one. An IPv4 address that is written as an IPv6 one is that IPv4 address.
func Inner(ip netip.Addr) bool { return Within(netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen())) }

// Within reports whether a network lies wholly in one that is not public: what a setting may open. A wider one, or a public one, would open
// addresses that nobody meant.
func Within(network netip.Prefix) bool {
	return network.IsValid() && slices.ContainsFunc(inner, func(wide netip.Prefix) bool {
		return network.Bits() >= wide.Bits() && wide.Contains(network.Addr())
	})
}
