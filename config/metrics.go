package config

import (
	"fmt"
	"net"
)

// Metrics is where numbers for monitoring are shown.
type Metrics struct {
	MetricsListen string `name:"metrics-listen" env:"PARKWAY_METRICS_LISTEN" help:"Address of a listener for Prometheus (/metrics), inside the office's network; empty: none."`
}

// Check refuses what cannot be listened on.
func (m Metrics) Check() error {
	if m.MetricsListen == "" {
		return nil
	}
	if err := address(m.MetricsListen, false); err != nil {
		return fmt.Errorf("PARKWAY_METRICS_LISTEN: %w; write it like 127.0.0.1:9090", err)
	}
	return nil
}

// Listener listens on the address, or returns nil when none is set.
func (m Metrics) Listener() (net.Listener, error) {
	if m.MetricsListen == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", m.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s for metrics: %w; set PARKWAY_METRICS_LISTEN to a free address", m.MetricsListen, err)
	}
	return listener, nil
}
