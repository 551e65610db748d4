package response

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"gopkg.in/yaml.v3"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// decodeYAML reads the first document. It goes by way of JSON, so that keys are treated alike.
func decodeYAML(text []byte) (value.Value, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return value.Nil, errors.New("decode YAML: it is not well-formed")
	}
	if len(doc.Content) == 0 {
		return value.Nil, nil
	}
	w := &yamlWriter{}
	if err := w.node(doc.Content[0], 0); err != nil {
		return value.Nil, fmt.Errorf("decode YAML: %w", err)
	}
	return wire.FromJSON(w.out, wire.JSONLimits{Depth: MaxDepth})
}

type yamlWriter struct {
	out   []byte
	nodes int
}

func (w *yamlWriter) node(n *yaml.Node, depth int) error {
	if w.nodes++; w.nodes > MaxNodes {
		return fmt.Errorf("more than %d nodes, aliases followed", MaxNodes)
	}
	if depth >= MaxDepth {
		return fmt.Errorf("nested more than %d deep", MaxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return w.node(n.Alias, depth+1)
	case yaml.SequenceNode:
		return w.sequence(n, depth)
	case yaml.MappingNode:
		return w.mapping(n, depth)
	}
	return w.scalar(n)
}

func (w *yamlWriter) sequence(n *yaml.Node, depth int) error {
	w.out = append(w.out, '[')
	for i, item := range n.Content {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if err := w.node(item, depth+1); err != nil {
			return err
		}
	}
	w.out = append(w.out, ']')
	return nil
}

func (w *yamlWriter) mapping(n *yaml.Node, depth int) error {
	w.out = append(w.out, '{')
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: a key must be a scalar", key.Line)
		}
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if err := w.encode(key.Value); err != nil {
			return err
		}
		w.out = append(w.out, ':')
		if err := w.node(n.Content[i+1], depth+1); err != nil {
			return err
		}
	}
	w.out = append(w.out, '}')
	return nil
}

func (w *yamlWriter) scalar(n *yaml.Node) error {
	switch n.ShortTag() {
	case "!!null":
		return w.encode(nil)
	case "!!bool":
		var b bool
		if n.Decode(&b) == nil {
			return w.encode(b)
		}
	case "!!int":
		var i int64
		if n.Decode(&i) == nil {
			return w.encode(i)
		}
		var u uint64
		if n.Decode(&u) == nil {
			return w.encode(u)
		}
	case "!!float":
		var f float64
		if n.Decode(&f) == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
			return w.float(f)
		}
	}
	return w.encode(n.Value)
}

// float writes a float so that it stays one: 3.0, not 3.
func (w *yamlWriter) float(f float64) error {
	before := len(w.out)
	if err := w.encode(f); err != nil {
		return err
	}
	for _, c := range w.out[before:] {
		if c == '.' || c == 'e' {
			return nil
		}
	}
	w.out = append(w.out, ".0"...)
	return nil
}

func (w *yamlWriter) encode(x any) error {
	b, err := json.Marshal(x)
	w.out = append(w.out, b...)
	return err
}
