package binding

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Limits of what is read.
const (
	MaxFileBytes   = 1 << 20
	MaxSecretBytes = 64 << 10
)

// source is where the text of a field comes from.
type source struct {
	kind string // "", "env" or "file"
	text string // the text itself, a variable's name, a path
	pos  value.Pos
}

// entry is what a file says of one slot: field to source.
type entry map[string]source

// table is a file: slots for all flows, and for single ones.
type table struct {
	slots map[string]entry
	flows map[string]map[string]entry
}

// resolve reads the text. Its errors name the variable or file, never a content.
func (s source) resolve() (string, error) {
	switch s.kind {
	case "env":
		text := os.Getenv(s.text)
		if text == "" {
			return "", fmt.Errorf("the environment variable %s is not set", s.text)
		}
		return text, nil
	case "file":
		f, err := os.Open(s.text)
		if err != nil {
			return "", fmt.Errorf("read secret: %w", err)
		}
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, MaxSecretBytes+1))
		if err != nil {
			return "", fmt.Errorf("read secret: %w", err)
		}
		if len(text) > MaxSecretBytes {
			return "", fmt.Errorf("read secret: %s has more than %d bytes", s.text, MaxSecretBytes)
		}
		trimmed := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
		if trimmed == "" {
			return "", fmt.Errorf("read secret: %s is empty", s.text)
		}
		return trimmed, nil
	}
	if s.text == "" {
		return "", errors.New("it is empty")
	}
	return s.text, nil
}

// parse reads a bindings file. Every problem is found, with its place; none shows a value.
func parse(file string, text []byte) (*table, diagnostic.List) {
	nodes, problems := syntax.Read(file, text)
	if problems.HasErrors() {
		return nil, problems
	}
	p := &tableParser{problems: problems}
	t := &table{slots: map[string]entry{}, flows: map[string]map[string]entry{}}
	switch {
	case len(nodes) == 0:
	case len(nodes) > 1:
		p.fail(nodes[1], "a bindings file holds one map", "")
	case nodes[0].Kind != syntax.Map:
		p.fail(nodes[0], "a bindings file holds a map, slot to values", `{:orders-api {:base-url "https://..." :token #env "ORDERS_TOKEN"}}`)
	default:
		p.slots(nodes[0], t.slots, t.flows)
	}
	return t, p.problems.Sort()
}

type tableParser struct{ problems diagnostic.List }

func (p *tableParser) fail(n *syntax.Node, message, hint string) {
	p.problems = append(p.problems, diagnostic.Diagnostic{Pos: n.Pos, End: n.End, Message: message, Code: "bad-binding", Hint: hint})
}

func (p *tableParser) slots(n *syntax.Node, slots map[string]entry, flows map[string]map[string]entry) {
	for i := 0; i+1 < len(n.Items); i += 2 {
		key, val := n.Items[i], n.Items[i+1]
		name, ok := p.name(key)
		switch {
		case !ok:
		case name == "flows" && flows != nil:
			p.flows(val, flows)
		case val.Kind != syntax.Map:
			p.fail(val, "the values of :"+name+" must be a map", "")
		default:
			slots[name] = p.entry(val)
		}
	}
}

func (p *tableParser) flows(n *syntax.Node, flows map[string]map[string]entry) {
	if n.Kind != syntax.Map {
		p.fail(n, ":flows must be a map, slug to slots", "")
		return
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		slug, ok := p.name(n.Items[i])
		if !ok {
			continue
		}
		if n.Items[i+1].Kind != syntax.Map {
			p.fail(n.Items[i+1], "the slots of :"+slug+" must be a map", "")
			continue
		}
		flows[slug] = map[string]entry{}
		p.slots(n.Items[i+1], flows[slug], nil)
	}
}

// name takes a keyword, or the string or symbol that someone may have written instead.
func (p *tableParser) name(n *syntax.Node) (string, bool) {
	if n.Kind == syntax.Literal || n.Kind == syntax.Symbol {
		if name := n.Name(); name != "" {
			return name, true
		}
		if text, ok := n.Value.AsString(); ok && text != "" {
			return strings.TrimPrefix(text, ":"), true
		}
	}
	p.fail(n, "expected a keyword", "")
	return "", false
}

func (p *tableParser) entry(n *syntax.Node) entry {
	e := entry{}
	for i := 0; i+1 < len(n.Items); i += 2 {
		if name, ok := p.name(n.Items[i]); ok {
			if s, ok := p.source(name, n.Items[i+1]); ok {
				e[name] = s
			}
		}
	}
	return e
}

func (p *tableParser) source(field string, n *syntax.Node) (source, bool) {
	kind, from := "", n
	if n.Kind == syntax.Tagged {
		kind, from = n.Tag, n.Items[0]
		if kind != "env" && kind != "file" {
			p.fail(n, "unknown tag #"+kind, `values are texts, #env "VARIABLE" or #file "/path"`)
			return source{}, false
		}
	}
	if text, ok := from.Value.AsString(); ok && from.Kind == syntax.Literal {
		return source{kind: kind, text: text, pos: n.Pos}, true
	}
	if kind != "" {
		p.fail(from, "#"+kind+" takes a string", "")
		return source{}, false
	}
	switch from.Kind {
	case syntax.Literal, syntax.Symbol:
		if name := from.Name(); name != "" { // :location :query
			return source{text: name, pos: n.Pos}, true
		}
		if from.Value.IsNil() {
			return source{}, false
		}
		return source{text: value.Text(nil, from.Value), pos: n.Pos}, true
	}
	p.fail(n, ":"+field+" must be a text", `values are texts, #env "VARIABLE" or #file "/path"`)
	return source{}, false
}
