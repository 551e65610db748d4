package template

import (
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// scope is the value that names are looked up in, and how it was come to.
type scope struct {
	this   value.Value
	parent *scope
	names  []string // block parameters
	values []value.Value
	loop   *loop
}

// loop is the turn of an #each.
type loop struct {
	index int
	key   value.Value // the key of a map's entry, the index of other things
	last  bool
}

func (s *scope) param(name string) (value.Value, bool) {
	for ; s != nil; s = s.parent {
		for i, n := range s.names {
			if n == name {
				return s.values[i], true
			}
		}
	}
	return value.Nil, false
}

// data is the value of @index and the like, of the innermost loop.
func (s *scope) data(name string) (value.Value, bool) {
	for s != nil && s.loop == nil {
		s = s.parent
	}
	if s == nil {
		return value.Nil, false
	}
	switch name {
	case "index":
		return value.Int(int64(s.loop.index)), true
	case "key":
		return s.loop.key, true
	case "first":
		return value.Bool(s.loop.index == 0), true
	default:
		return value.Bool(s.loop.last), true
	}
}

type renderer struct {
	source string
	ctx    Context
	root   value.Value
	out    strings.Builder
	turns  int
}

func (r *renderer) nodes(nodes []node, s *scope) error {
	for _, n := range nodes {
		if err := n.render(r, s); err != nil {
			return err
		}
	}
	return nil
}

func (r *renderer) write(text string, offset int) error {
	if r.out.Len()+len(text) > MaxOutput {
		return errorAt(r.source, offset, "the text grows past %d bytes", MaxOutput)
	}
	r.out.WriteString(text)
	return nil
}

func (t textNode) render(r *renderer, _ *scope) error { return r.write(string(t), 0) }

func (n *valueNode) render(r *renderer, s *scope) error {
	v, found, err := n.expr.eval(r, s)
	if err != nil || !found {
		return err
	}
	text, err := TextOf(v)
	if err == nil {
		text, err = r.ctx.encode(text)
	}
	if err != nil {
		return errorAt(r.source, n.offset, "%v", err)
	}
	return r.write(text, n.offset)
}

func (b *blockNode) render(r *renderer, s *scope) error {
	v, found, err := b.expr.eval(r, s)
	if err != nil {
		return err
	}
	truth := found && truthy(v)
	switch b.kind {
	case unlessBlock:
		truth = !truth
	case eachBlock:
		return b.each(r, s, v)
	case withBlock:
		if truth {
			inner := &scope{this: v, parent: s}
			inner.bind(b.params, v)
			return r.nodes(b.body, inner)
		}
	}
	if truth {
		return r.nodes(b.body, s)
	}
	return r.nodes(b.inverse, s)
}

func (s *scope) bind(names []string, values ...value.Value) {
	s.names = names
	s.values = values[:min(len(names), len(values))]
	s.names = names[:len(s.values)]
}

// each renders the body for every element, or the else branch if there is none.
func (b *blockNode) each(r *renderer, s *scope, v value.Value) error {
	type element struct{ key, value value.Value }
	var elements []element
	switch v.Kind() {
	case value.KindMap, value.KindSortedMap:
		eachEntry(v, func(k, x value.Value) { elements = append(elements, element{k, x}) })
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		value.Each(nil, v, func(x value.Value) bool {
			elements = append(elements, element{value.Int(int64(len(elements))), x})
			return len(elements) <= MaxTurns
		})
	}
	if len(elements) == 0 {
		return r.nodes(b.inverse, s)
	}
	for i, e := range elements {
		if r.turns++; r.turns > MaxTurns {
			return errorAt(r.source, b.offset, "more than %d turns of loops", MaxTurns)
		}
		inner := &scope{this: e.value, parent: s, loop: &loop{index: i, key: e.key, last: i == len(elements)-1}}
		inner.bind(b.params, e.value, e.key)
		if err := r.nodes(b.body, inner); err != nil {
			return err
		}
	}
	return nil
}

// truthy is Handlebars' idea of truth: nil, false, "", 0, NaN and empty sequences are not true; an empty map is.
func truthy(v value.Value) bool {
	if !v.Truthy() {
		return false
	}
	switch v.Kind() {
	case value.KindString:
		s, _ := v.AsString()
		return s != ""
	case value.KindInt:
		i, _ := v.AsInt()
		return i != 0
	case value.KindDouble:
		f, _ := v.AsDouble()
		return f != 0 && f == f
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		return value.Count(nil, v) > 0
	}
	return true
}

func eachEntry(v value.Value, f func(k, x value.Value)) {
	value.Each(nil, v, func(entry value.Value) bool {
		if pair, ok := entry.AsVector(); ok {
			f(pair.At(0), pair.At(1))
		}
		return true
	})
}
