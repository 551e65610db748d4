package match

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/regex"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Mismatch is one place where a value isn't what is expected.
type Mismatch struct {
	At       *syntax.Node // the part of the expectation
	Path     []string     // where it is in the value: keys and indexes, as EDN
	Message  string       // "expected 1, got 2"
	Expected string       // EDN text; "" where nothing was
	Actual   string       // EDN text; "" where nothing is
}

// maxMismatches bounds what is told of one expectation.
const maxMismatches = 20

// maxShown bounds the text of one value in a message.
const maxShown = 400

// Match compares v and returns what differs, in the order of the expectation.
func (p *Pattern) Match(v value.Value) []Mismatch {
	m := &matcher{}
	m.match(p, v, nil)
	return m.found
}

// MatchAll compares a whole sequence, element by element, by a function of the caller's: for lists of things that
// have no value of their own. p must be a vector's.
func (p *Pattern) MatchAll(n int, show func(i int) string, match func(item *Pattern, i int) []Mismatch) []Mismatch {
	m := &matcher{}
	m.sequence(p, elements{n: n, show: show, match: match}, nil)
	return m.found
}

// IsMap tells whether p expects a map.
func (p *Pattern) IsMap() bool { return p.kind == mapping }

// IsVector tells whether p expects a sequence.
func (p *Pattern) IsVector() bool { return p.kind == sequence }

// Items are the parts of a vector's pattern.
func (p *Pattern) Items() []*Pattern { return p.items }

type matcher struct {
	found []Mismatch
}

func (m *matcher) add(p *Pattern, path []string, expected, actual, format string, args ...any) {
	if len(m.found) < maxMismatches {
		m.found = append(m.found, Mismatch{
			At: p.Node, Path: append([]string(nil), path...), Message: fmt.Sprintf(format, args...), Expected: expected, Actual: actual,
		})
	}
}

func (m *matcher) match(p *Pattern, v value.Value, path []string) {
	switch p.kind {
	case anything, rest:
	case literal:
		m.literal(p, v, path)
	case found:
		re, _ := p.Node.Value.AsRegex()
		if text, ok := textOf(v); !ok || re.Re.Find(regex.NewInput(text), 0, nil) == nil {
			m.add(p, path, written(p), shown(v), "expected text with %s, got %s", written(p), shown(v))
		}
	case predicate:
		m.predicate(p, v, path)
	case mapping:
		m.mapping(p, v, path)
	case sequence:
		items, ok := itemsOf(v)
		if !ok {
			m.add(p, path, written(p), shown(v), "expected a vector, got %s", shown(v))
			return
		}
		m.sequence(p, elements{n: len(items), show: func(i int) string { return shown(items[i]) }, match: func(item *Pattern, i int) []Mismatch {
			return item.Match(items[i])
		}}, path)
	case set:
		m.set(p, v, path)
	}
}

func (m *matcher) literal(p *Pattern, v value.Value, path []string) {
	if !p.opt.equal(p.Node.Value, v) {
		m.add(p, path, shown(p.Node.Value), shown(v), "expected %s, got %s", shown(p.Node.Value), shown(v))
	}
}

// equal compares scalars.
func (o Options) equal(want, got value.Value) bool {
	if value.Equal(nil, want, got) {
		return true
	}
	if !o.Plain {
		return false
	}
	if value.IsNumber(want) && value.IsNumber(got) {
		return value.NumEqual(want, got)
	}
	a, isText := plainText(want)
	b, ok := got.AsString()
	if at, isInst := want.AsInst(); isInst && ok {
		t, err := time.Parse(time.RFC3339Nano, b)
		return err == nil && t.Equal(at)
	}
	return isText && ok && a == b
}

func (m *matcher) predicate(p *Pattern, v value.Value, path []string) {
	th := value.NewThread(value.Limits{})
	f, err := p.test.Run(th)
	var answer value.Value
	if err == nil {
		answer, err = interpreter.Call(th, f, v)
	}
	var thrown *interpreter.Error
	switch {
	case errors.As(err, &thrown):
		m.add(p, path, written(p), shown(v), "%s threw for %s: %s", written(p), shown(v), thrown.Message)
	case err != nil:
		m.add(p, path, written(p), shown(v), "%s: %v", written(p), err)
	case !answer.Truthy():
		m.add(p, path, written(p), shown(v), "expected what %s is true of, got %s", written(p), shown(v))
	}
}

func (m *matcher) mapping(p *Pattern, v value.Value, path []string) {
	got, ok := v.AsMap()
	if !ok {
		m.add(p, path, written(p), shown(v), "expected a map, got %s", shown(v))
		return
	}
	known := map[string]bool{}
	for i, key := range p.keys {
		actual, name, has := p.find(got, key)
		known[name] = true
		at := append(path, value.PrStr(nil, key))
		switch item := p.items[i]; {
		case !has && item.kind == literal && item.Node.Value.IsNil():
		case !has:
			m.add(item, at, written(item), "", "expected %s, and there is no %s", written(item), value.PrStr(nil, key))
		default:
			m.match(item, actual, at)
		}
	}
	if p.opt.Partial {
		return
	}
	got.Each(func(k, actual value.Value) bool {
		if name := value.PrStr(nil, k); !known[name] {
			m.add(p, append(path, name), "", shown(actual), "%s %s is not expected", name, shown(actual))
		}
		return true
	})
}

// find looks a key up; in plain comparisons the text of a keyword or string will do.
func (p *Pattern) find(m *value.Map, key value.Value) (v value.Value, name string, ok bool) {
	if v, ok := m.Own(nil, key); ok || !p.opt.Plain {
		return v, value.PrStr(nil, key), ok
	}
	plain, ok := plainKey(key)
	if !ok {
		return value.Nil, "", false
	}
	v, ok = m.Own(nil, plain)
	return v, value.PrStr(nil, plain), ok
}

// set wants each of its items matched by an element of its own.
func (m *matcher) set(p *Pattern, v value.Value, path []string) {
	items, ok := itemsOf(v)
	if !ok {
		m.add(p, path, written(p), shown(v), "expected a set, got %s", shown(v))
		return
	}
	owner := make([]int, len(items)) // of each element: which item it matches, from 1
	for i, item := range p.items {
		if !p.claim(i, items, owner, make([]bool, len(items))) {
			m.add(item, path, written(item), shown(v), "expected %s among %s", written(item), shown(v))
		}
	}
	for i := range items {
		if owner[i] == 0 && len(items) > len(p.items) && !p.opt.Partial {
			m.add(p, path, "", shown(items[i]), "%s is not expected", shown(items[i]))
		}
	}
}

// claim finds an element for the i-th item, and if need be another one for whoever has it.
func (p *Pattern) claim(i int, items []value.Value, owner []int, tried []bool) bool {
	for k := range items {
		if tried[k] || len(p.items[i].Match(items[k])) > 0 {
			continue
		}
		tried[k] = true
		if owner[k] == 0 || p.claim(owner[k]-1, items, owner, tried) {
			owner[k] = i + 1
			return true
		}
	}
	return false
}

// written is the expectation as its author wrote it, on one line.
func written(p *Pattern) string { return cut(Source(p.Node)) }

func shown(v value.Value) string { return cut(value.PrStr(nil, v)) }

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return strings.ReplaceAll(text, "\n", `\n`)
}
