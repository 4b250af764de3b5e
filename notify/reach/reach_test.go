package reach_test

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/notify/reach"
)

func TestInner(t *testing.T) {
	for text, inner := range map[string]bool{
		"10.1.2.3": true, "172.31.255.255": true, "172.32.0.0": false, "192.168.0.1": true, "100.64.0.1": true, "127.0.0.1": true, "169.254.169.254": true,
		"198.18.0.5": true, "0.0.0.0": true, "255.255.255.255": true, "224.0.0.1": true, "::1": true, "::": true, "fe80::1": true, "fd00::1": true,
		"::ffff:10.1.2.3": true, "64:ff9b::a01:203": true, "2002:a01:203::1": true, "ff02::1": true,
		"64:ff9b:1::808:808": true, "100::1": true, "2001:2::1": true, "3fff::1": true, "5f00::1": true, "fec0::1": true, "::808:808": true, "2001::1": true,
		"8.8.8.8": false, "114.114.114.114": false, "2400:3200::1": false, "::ffff:8.8.8.8": false,
	} {
		if got := reach.Inner(netip.MustParseAddr(text)); got != inner {
			t.Errorf("%s is inner: %t", text, got)
		}
	}
}

// TestWhatIsRefusedCanBeNamed: whoever is told "this address is an inner one, name it in the setting" can do so, and the setting opens nothing
// that needs no leave.
func TestWhatIsRefusedCanBeNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ip netip.Addr
		if rapid.Bool().Draw(t, "IPv6") {
			ip = netip.AddrFrom16([16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "address")))
		} else {
			ip = netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address")))
		}
		ip = ip.Unmap()
		if (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified()) && !reach.Inner(ip) {
			t.Fatalf("%s is reached by everybody's channel", ip)
		}
		carries := slices.ContainsFunc([]string{"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"}, func(text string) bool { return netip.MustParsePrefix(text).Contains(ip) })
		if single := netip.PrefixFrom(ip, ip.BitLen()); reach.Inner(ip) != reach.Within(single) && (!carries || reach.Within(single)) {
			t.Fatalf("%s: refused %t, can be named %t", ip, reach.Inner(ip), reach.Within(single))
		}
	})
	for _, wide := range []string{"0.0.0.0/0", "10.0.0.0/7", "::/0", "192.0.0.0/8", "8.8.8.8/32", "64:ff9b::/96", "64:ff9b::808:808/128", "2002::/16", "64:ff9b:1::/48"} {
		if reach.Within(netip.MustParsePrefix(wide)) {
			t.Errorf("%s can be opened", wide)
		}
	}
}
