//go:build oracle

package oracle

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// expression is a generated form: a production with its holes filled.
type expression struct {
	kind  string
	parts []string // literal text between the children
	kids  []*expression
	scope []variable // what its text may refer to
}

type variable struct{ name, kind string }

// String is the form's text.
func (e *expression) String() string {
	var b strings.Builder
	for i, part := range e.parts {
		b.WriteString(part)
		if i < len(e.kids) {
			b.WriteString(e.kids[i].String())
		}
	}
	return b.String()
}

// generator makes expressions from one seed.
type generator struct {
	rand    *rand.Rand
	fresh   int
	literal int // how many #() the expression stands in: one can't hold another
}

func newGenerator(seed uint64) *generator { return &generator{rand: rand.New(rand.NewPCG(seed, 1))} }

// grow makes an expression of a type.
func (g *generator) grow(kind string, depth int, scope []variable) *expression {
	if depth <= 0 || g.rand.IntN(6) == 0 {
		return g.leaf(kind, scope)
	}
	return g.produce(kind, depth, scope)
}

// produce is grow without the chance of a leaf where the type has productions.
func (g *generator) produce(kind string, depth int, scope []variable) *expression {
	productions := grammar[kind]
	if len(productions) == 0 {
		return g.leaf(kind, scope)
	}
	production := productions[g.rand.IntN(len(productions))]
	if strings.Contains(production, "#(") {
		if g.literal > 0 {
			return g.leaf(kind, scope)
		}
		g.literal++
		defer func() { g.literal-- }()
	}
	return g.fill(kind, production, depth, scope)
}

func (g *generator) leaf(kind string, scope []variable) *expression {
	var fitting []string
	for _, v := range scope {
		if v.kind == kind {
			fitting = append(fitting, v.name)
		}
	}
	if len(fitting) > 0 && g.rand.IntN(2) == 0 {
		return &expression{kind: kind, parts: []string{fitting[g.rand.IntN(len(fitting))]}, scope: scope}
	}
	texts := literals[kind]
	return &expression{kind: kind, parts: []string{texts[g.rand.IntN(len(texts))]}}
}

// fill replaces a production's holes. A hole is {T} or {T|x:U,...}; other braces are text.
func (g *generator) fill(kind, production string, depth int, scope []variable) *expression {
	names := map[string]string{}
	rename := func(text string) string {
		for _, v := range []string{"x", "y", "a"} {
			if strings.Contains(text, "$"+v) {
				if names[v] == "" {
					g.fresh++
					names[v] = v + strconv.Itoa(g.fresh)
				}
				text = strings.ReplaceAll(text, "$"+v, names[v])
			}
		}
		return text
	}
	production = rename(production)
	e := &expression{kind: kind, scope: scope}
	text := ""
	for production != "" {
		open := strings.IndexByte(production, '{')
		if open < 0 {
			text += production
			break
		}
		end := strings.IndexByte(production[open:], '}')
		hole, binds, _ := strings.Cut(production[open+1:open+end], "|")
		if _, known := literals[hole]; !known {
			text += production[:open+1]
			production = production[open+1:]
			continue
		}
		inner := scope
		for _, bind := range strings.Split(binds, ",") {
			if name, of, ok := strings.Cut(bind, ":"); ok {
				inner = append(append([]variable{}, inner...), variable{names[name], of})
			}
		}
		e.parts = append(e.parts, text+production[:open])
		e.kids = append(e.kids, g.grow(hole, depth-1, inner))
		text, production = "", production[open+end+1:]
	}
	e.parts = append(e.parts, text)
	return e
}

// smaller lists simpler expressions to put in the place of e's parts, the simplest first: a literal, a descendant of the same
// type, or e with one child made smaller.
func (e *expression) smaller() []*expression {
	var out []*expression
	if text := literals[e.kind]; len(e.kids) > 0 {
		for _, literal := range text {
			out = append(out, &expression{kind: e.kind, parts: []string{literal}})
		}
	}
	var descend func(*expression)
	descend = func(d *expression) {
		for _, kid := range d.kids {
			if kid.kind == e.kind && len(kid.scope) <= len(e.scope) {
				out = append(out, kid)
			}
			descend(kid)
		}
	}
	descend(e)
	for i, kid := range e.kids {
		for _, less := range kid.smaller() {
			changed := *e
			changed.kids = append(append([]*expression{}, e.kids[:i]...), less)
			changed.kids = append(changed.kids, e.kids[i+1:]...)
			out = append(out, &changed)
		}
	}
	return out
}
