package standalone

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	_ "go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql" // registers postgres12_pgx
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// The databases of the engine.
const (
	engineDatabase     = "temporal"
	visibilityDatabase = "temporal_visibility"
)

// shards is fixed for the life of the database; 16 was the measured optimum for one machine.
const shards = 16

// retention is how long the engine keeps closed runs. Parkway's own history lives in PostgreSQL for ever and does not depend on it.
const retention = 30 * 24 * time.Hour

// engine is a Temporal server in this process.
type engine struct {
	server    temporal.Server
	host      string
	namespace string
	log       *bridge
}

// startEngine brings the engine's schema up to date, starts its four services on loopback, and makes sure the namespace exists.
func startEngine(ctx context.Context, pg *postgres.Cluster, ports [4]int, namespace string, log *slog.Logger, fatal func(error)) (*engine, error) {
	if err := migrateEngine(ctx, pg); err != nil {
		return nil, err
	}
	logger := &bridge{log: log, fatal: fatal, cause: make(chan error, 1)}
	var server temporal.Server
	started := make(chan error, 1)
	go func() { // apart, because an engine that gives up ends whoever called it
		made, err := temporal.NewServer(
			temporal.WithConfig(engineConfig(pg, ports)), temporal.ForServices(temporal.DefaultServices), temporal.WithLogger(logger),
			temporal.WithDynamicConfigClient(dynamic()), temporal.WithStaticHosts(hosts(ports)),
			temporal.WithAuthorizer(authorization.NewNoopAuthorizer()))
		if err == nil {
			server, err = made, made.Start()
		}
		started <- err
	}()
	var err error
	select {
	case err = <-started:
	case err = <-logger.cause:
	}
	if err != nil {
		return nil, fmt.Errorf("start the engine: %w", err)
	}
	e := &engine{server: server, host: local(ports[0]), namespace: namespace, log: logger}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case err := <-logger.cause:
			cancel(err)
		case <-ctx.Done():
		}
	}()
	if err := e.ensureNamespace(ctx); err != nil {
		return e, errors.Join(context.Cause(ctx), err)
	}
	return e, nil
}

func (e *engine) stop() error {
	e.log.closing.Store(true)
	return e.server.Stop()
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// hosts names the one place of every service, so that a restart never waits for members that are dead.
func hosts(ports [4]int) map[primitives.ServiceName]static.Hosts {
	return map[primitives.ServiceName]static.Hosts{
		primitives.FrontendService: static.SingleLocalHost(local(ports[0])),
		primitives.HistoryService:  static.SingleLocalHost(local(ports[1])),
		primitives.MatchingService: static.SingleLocalHost(local(ports[2])),
		primitives.WorkerService:   static.SingleLocalHost(local(ports[3])),
	}
}

// dynamic are the engine's settings that differ from its defaults; each was measured on two cores.
func dynamic() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		dynamicconfig.MakeKey("matching.numTaskqueueReadPartitions"):  1,
		dynamicconfig.MakeKey("matching.numTaskqueueWritePartitions"): 1,
		dynamicconfig.MakeKey("frontend.namespaceRPS"):                10000,
		dynamicconfig.MakeKey("frontend.namespaceRPS.visibility"):     200,
		dynamicconfig.MakeKey("frontend.rps"):                         10000,
		dynamicconfig.MakeKey("history.rps"):                          10000,
		dynamicconfig.MakeKey("matching.rps"):                         10000,
		dynamicconfig.MakeKey("frontend.enableServerVersionCheck"):    false, // an office network lets nothing out
		dynamicconfig.MakeKey("history.hostLevelCacheMaxSize"):        16384,
		dynamicconfig.MakeKey("worker.stickyCacheSize"):               10000,
	}
}

func engineConfig(pg *postgres.Cluster, ports [4]int) *config.Config {
	store := func(database string, most int) config.DataStore {
		return config.DataStore{SQL: sqlConfig(pg, database, most)}
	}
	service := func(port int) config.Service {
		return config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: "127.0.0.1"}}
	}
	return &config.Config{
		Global: config.Global{},
		Persistence: config.Persistence{DefaultStore: "main", VisibilityStore: "visibility", NumHistoryShards: shards,
			DataStores: map[string]config.DataStore{"main": store(engineDatabase, 10), "visibility": store(visibilityDatabase, 4)}},
		ClusterMetadata: &cluster.Config{FailoverVersionIncrement: 10, MasterClusterName: "active", CurrentClusterName: "active",
			ClusterInformation: map[string]cluster.ClusterInformation{"active": {Enabled: true, InitialFailoverVersion: 1, RPCAddress: local(ports[0])}}},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            map[string]config.Service{"frontend": service(ports[0]), "history": service(ports[1]), "matching": service(ports[2]), "worker": service(ports[3])},
		Archival:            config.Archival{History: config.HistoryArchival{State: "disabled"}, Visibility: config.VisibilityArchival{State: "disabled"}},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History: config.HistoryArchivalNamespaceDefaults{State: "disabled"}, Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"}}},
		PublicClient: config.PublicClient{HostPort: local(ports[0])},
	}
}

func sqlConfig(pg *postgres.Cluster, database string, most int) *config.SQL {
	return &config.SQL{PluginName: "postgres12_pgx", DatabaseName: database, ConnectAddr: pg.Address(), ConnectProtocol: "tcp",
		User: pg.User(), Password: pg.Password(), MaxConns: most, MaxIdleConns: most, MaxConnLifetime: time.Hour}
}

// ensureNamespace registers the namespace unless it is there, and returns once the engine serves it.
func (e *engine) ensureNamespace(ctx context.Context) error {
	c, err := client.NewNamespaceClient(client.Options{HostPort: e.host, Logger: quiet{}})
	if err != nil {
		return fmt.Errorf("reach the engine: %w", err)
	}
	defer c.Close()
	err = c.Register(ctx, &workflowservice.RegisterNamespaceRequest{Namespace: e.namespace, WorkflowExecutionRetentionPeriod: durationpb.New(retention)})
	var exists *serviceerror.NamespaceAlreadyExists
	if err != nil && !errors.As(err, &exists) {
		return fmt.Errorf("register the namespace %s: %w", e.namespace, err)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for {
		if _, err = c.Describe(ctx, e.namespace); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the namespace %s: %w", e.namespace, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
