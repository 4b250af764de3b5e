package config

import (
	"fmt"
	"net/url"
)

// Traces is where the way of each command is shown.
type Traces struct {
	TracesEndpoint string `name:"traces-endpoint" env:"PARKWAY_TRACES_ENDPOINT" help:"Address of an OpenTelemetry collector (OTLP over gRPC) that is shown the way of each command, such as http://127.0.0.1:4317; empty: none."`
}

// Check refuses what is no collector's address.
func (t Traces) Check() error {
	if t.TracesEndpoint == "" {
		return nil
	}
	u, err := url.Parse(t.TracesEndpoint)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		err = address(u.Host, true)
	}
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return fmt.Errorf("PARKWAY_TRACES_ENDPOINT: %q is not a collector's address; write it like http://127.0.0.1:4317", t.TracesEndpoint)
	}
	return nil
}
