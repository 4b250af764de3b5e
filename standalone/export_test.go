package standalone

import "context"

// StartEngineAt starts the engine on ports that nobody looked at before, as when another program takes one at the last moment.
func (m *Machine) StartEngineAt(ctx context.Context, first int) error {
	_, err := startEngine(ctx, m.pg, [4]int{first, first + 1, first + 2, first + 3}, m.options.Namespace, m.options.Log, m.options.Fatal)
	return err
}

// Dynamic are the engine's settings that differ from its defaults.
func Dynamic() map[string]any {
	all := map[string]any{}
	for key, value := range dynamic() {
		all[key.String()] = value
	}
	return all
}

// MigrateEngine brings the engine's databases up to date.
func (m *Machine) MigrateEngine(ctx context.Context) error { return migrateEngine(ctx, m.pg) }
