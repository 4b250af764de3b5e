package standalone

// Dynamic are the engine's settings that differ from its defaults.
func Dynamic() map[string]any {
	all := map[string]any{}
	for key, value := range dynamic() {
		all[key.String()] = value
	}
	return all
}
