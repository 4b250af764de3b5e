package notify

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPort465SpeaksTLSFromTheFirstByte: whatever was chosen but "none" (RFC 8314, 3.3); on other ports what was chosen.
func TestPort465SpeaksTLSFromTheFirstByte(t *testing.T) {
	t.Parallel()
	for s, implicit := range map[Settings]bool{
		{Port: 465}: true, {Port: 465, TLS: "starttls"}: true, {Port: 465, TLS: "tls"}: true, {TLS: "tls"}: true, {Port: 994, TLS: "tls"}: true,
		{Port: 465, TLS: "none"}: false, {Port: 587}: false, {}: false, {Port: 25, TLS: "none"}: false,
	} {
		require.Equal(t, implicit, s.implicitTLS(), "%+v", s)
	}
}
