// Package tracing shows an OpenTelemetry collector the way of each command: request, update, workflow, local activity, door, SQL. It is off unless
// a collector is named, and costs nothing then: nothing of it is put into the way.
package tracing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	temporal "go.temporal.io/sdk/contrib/opentelemetry"
	"go.temporal.io/sdk/interceptor"

	"github.com/parkway-zone/parkway/config"
)

// Tracing sends spans to a collector. Nil traces nothing.
type Tracing struct{ provider *trace.TracerProvider }

// Start returns the tracing that the settings ask for, nil when they ask for none. The collector need not be there yet: what it does not take is
// lost, and nobody waits for it. service is what the collector calls this program.
func Start(ctx context.Context, settings config.Traces, service string) (*Tracing, error) {
	if settings.TracesEndpoint == "" {
		return nil, nil
	}
	exporter, err := otlptracegrpc.New(ctx, otlptracegrpc.WithEndpointURL(settings.TracesEndpoint))
	if err != nil {
		return nil, fmt.Errorf("PARKWAY_TRACES_ENDPOINT: %w", err)
	}
	what := resource.NewSchemaless(attribute.String("service.name", service), attribute.String("service.version", config.Version()))
	return &Tracing{provider: trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(what))}, nil
}

// farewell is how long the last spans may take to leave: a collector that is away holds up nobody's stop.
const farewell = time.Second

// Stop sends what is left.
func (t *Tracing) Stop() {
	if t == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // spans that the collector does not take are lost
}

// Requests returns what goes in front of the server's handlers; nil when nothing does.
func (t *Tracing) Requests() echo.MiddlewareFunc {
	if t == nil {
		return nil
	}
	return otelecho.Middleware("parkway", otelecho.WithTracerProvider(t.provider), otelecho.WithPropagators(propagation.TraceContext{}))
}

// Engine returns what goes between the program and the engine, on both of its sides.
func (t *Tracing) Engine() ([]interceptor.ClientInterceptor, error) {
	if t == nil {
		return nil, nil
	}
	between, err := temporal.NewTracingInterceptor(temporal.TracerOptions{Tracer: t.provider.Tracer("parkway/engine"), TextMapPropagator: propagation.TraceContext{},
		DisableBaggage: true, AllowInvalidParentSpans: true})
	if err != nil {
		return nil, fmt.Errorf("trace the engine: %w", err)
	}
	return []interceptor.ClientInterceptor{between}, nil
}

// statement names a statement as store/queries does, or by its first word.
func statement(sql string) string {
	if name, found := strings.CutPrefix(sql, "-- name: "); found {
		name, _, _ = strings.Cut(name, " ")
		return name
	}
	word, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	return strings.ToUpper(word)
}

// SQL returns what looks on at each statement, without its values; nil when nothing does.
func (t *Tracing) SQL() pgx.QueryTracer {
	if t == nil {
		return nil
	}
	return otelpgx.NewTracer(otelpgx.WithTracerProvider(t.provider), otelpgx.WithSpanNameFunc(statement), otelpgx.WithDisableConnectionDetailsInAttributes())
}
