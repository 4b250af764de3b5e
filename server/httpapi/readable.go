package httpapi

import (
	"bytes"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

const heading = "# The contract of Parkway's API. Written by `make generate` from the operations that server/httpapi registers: review it, do not edit it.\n"

// order is in which order the contract says things: what a reader asks first comes first, all else by name.
func order(key string) int {
	i := slices.Index([]string{"openapi", "info", "servers", "security", "tags", "paths", "components", // of the whole
		"operationId", "summary", "$ref", "name", "in", "type", "format", "required", "description", "parameters", "requestBody", "responses", "schema", "example"}, key)
	if i < 0 {
		return 1000
	}
	return i
}

// readable turns JSON into YAML that people can review: in a fixed order, and with everything small on one line.
func readable(text []byte) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("read the contract again: %w", err)
	}
	lay(&doc, "")
	var out bytes.Buffer
	out.WriteString(heading)
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(&doc); err != nil {
		return nil, fmt.Errorf("write the contract: %w", err)
	}
	return out.Bytes(), encoder.Close()
}

// widest is how many characters fit on one line.
const widest = 150

// lay orders a node and says how wide it is on one line. under is the key it stands under: names that are not ours keep their own order.
func lay(n *yaml.Node, under string) int {
	width := len(n.Value) + 4
	n.Style &^= yaml.FlowStyle
	if n.Kind == yaml.ScalarNode {
		n.Style &^= yaml.DoubleQuotedStyle // as JSON has it; the encoder quotes what needs it
		return width
	}
	if n.Kind == yaml.MappingNode && under != "properties" && under != "example" {
		arrange(n)
	}
	for i, child := range n.Content {
		key := under
		if n.Kind == yaml.MappingNode && under != "example" && i%2 == 1 {
			key = n.Content[i-1].Value
		}
		if under == "properties" {
			key = "" // a field may be called as one of our keys
		}
		width += lay(child, key)
	}
	if width <= widest && n.Kind != yaml.DocumentNode {
		n.Style |= yaml.FlowStyle
	}
	return width
}

func arrange(n *yaml.Node) {
	type pair struct{ key, value *yaml.Node }
	pairs := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != "patternDescription" { // huma's own, no word of OpenAPI's
			pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return order(a.key.Value) - order(b.key.Value) })
	n.Content = n.Content[:0]
	for _, p := range pairs {
		n.Content = append(n.Content, p.key, p.value)
	}
}
