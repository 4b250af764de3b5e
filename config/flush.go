package config

// Flush is what a worker may rely on beside the database.
type Flush struct {
	OnePostgres bool `name:"one-postgres" env:"PARKWAY_ONE_POSTGRES" help:"The Temporal server keeps its tables in the same PostgreSQL server as the zone: a command then waits for the disk once instead of twice. For workers; leave it out when the engine has a PostgreSQL of its own."`
}
