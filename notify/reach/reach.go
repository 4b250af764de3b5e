// Package reach says which addresses are a zone's own matter: those that a channel reaches only when an administrator's setting names them
// (server-side request forgery), and that such a setting may name.
package reach

import (
	"net/netip"
	"slices"
)

// inner are the networks that are not public: of IANA's special-purpose registries (RFC 6890) those that are not globally reachable. Both questions below ask this one list.
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
	"100::/64",        // discarded (RFC 6666)
	"2001:2::/48",     // benchmarks (RFC 5180)
	"2001:10::/28",    // hashes of identities (RFC 4843)
	"2001:db8::/32",   // documentation
	"3fff::/20",       // documentation (RFC 9637)
	"5f00::/16",       // segments of a route (RFC 9602)
	"fec0::/10",       // one site, as it was (RFC 3879)
	"fc00::/7",        // private (RFC 4193)
	"fe80::/10",       // one link
	"ff00::/8",        // multicast
)

// carriers are the networks that stand for IPv4 addresses within IPv6 ones, public ones too: they are not public, and no setting opens them. A setting names the IPv4
// network that is meant.
var carriers = parsed(
	"::/96",          // IPv4-compatible, as it was (RFC 4291)
	"64:ff9b::/96",   // NAT64 (RFC 6052)
	"64:ff9b:1::/48", // NAT64 of one's own (RFC 8215)
	"2001::/32",      // Teredo (RFC 4380)
	"2002::/16",      // 6to4 (RFC 3056)
)

func parsed(texts ...string) []netip.Prefix {
	networks := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		networks[i] = netip.MustParsePrefix(text)
	}
	return networks
}

// Inner reports whether an address is not a public one. An IPv4 address that is written as an IPv6 one is that IPv4 address.
func Inner(ip netip.Addr) bool {
	ip = ip.Unmap()
	return Within(netip.PrefixFrom(ip, ip.BitLen())) || slices.ContainsFunc(carriers, func(c netip.Prefix) bool { return c.Contains(ip) })
}

// Within reports whether a network lies wholly in one that is not public: what a setting may open. A wider one, or a public one, would open
// addresses that nobody meant; so would one that carries IPv4 addresses.
func Within(network netip.Prefix) bool {
	return network.IsValid() && slices.ContainsFunc(inner, func(wide netip.Prefix) bool {
		return network.Bits() >= wide.Bits() && wide.Contains(network.Addr())
	})
}
