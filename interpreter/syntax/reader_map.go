package syntax

import (
	"github.com/weir-run/weir/interpreter/value"
)

// distinct checks a map's or set's keys: an even number of forms, and no key twice.
func (r *reader) distinct(n *Node) *Node {
	step := 1
	if n.Kind == Map {
		step = 2
		if len(n.Items)%2 == 1 {
			last := n.Items[len(n.Items)-1]
			r.problem(r.unmap(last.Start), r.unmap(last.Stop), "odd-map", "a map literal must contain an even number of forms", "this key has no value")
			n.Items = n.Items[:len(n.Items)-1]
		}
	}
	seen := value.EmptyMap
	for i := 0; i < len(n.Items); i += step {
		key := n.Items[i]
		if !key.constant() {
			continue
		}
		k := key.plainDatum()
		if _, twice := seen.Get(nil, k); twice {
			r.problem(r.unmap(key.Start), r.unmap(key.Stop), "duplicate-key", "duplicate key: "+value.PrStr(nil, k), "keep one of them")
		}
		seen = seen.Assoc(nil, k, value.True)
	}
	return n
}

// unmap undoes remap for nodes that are finished: problems are recorded in reading offsets.
func (r *reader) unmap(offset int) int {
	if r.remap == nil {
		return offset
	}
	lo, hi := 0, len(r.text)
	for lo < hi {
		if mid := (lo + hi) / 2; r.remap(mid) < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// constant tells whether a form means itself, so that equal texts are equal keys.
func (n *Node) constant() bool {
	switch n.Kind {
	case Literal:
		_, isRegex := n.Value.Ref().(*value.Regex)
		return !isRegex
	case Symbol:
		return true
	case Vector, Set, Map:
		for _, item := range n.Items {
			if !item.constant() {
				return false
			}
		}
		return true
	}
	return false
}

// namespacedMap reads #:ns{...}: unqualified keyword and symbol keys take the namespace, and the
// namespace _ is taken off.
func (r *reader) namespacedMap(at int) *Node {
	r.off += 2
	from, to := r.token()
	ns := string(r.text[from:to])
	if !isNamespace(r.text[from:to]) || r.peek(0) != '{' {
		r.fail(at, to, "bad-token", "a namespaced map is written #:name{...}", "")
	}
	n := r.collection(Map, '}', 1)
	for i := 0; i < len(n.Items); i += 2 {
		if n.Items[i] = qualified(n.Items[i], ns); !readable(n.Items[i].Value) {
			r.fail(at, r.off, "bad-token", unreadableKey(n.Items[i].Value), "")
		}
	}
	n.Start = at
	if r.remap != nil {
		n.Start = r.remap(at)
	}
	n.Pos = r.loc.pos(n.Start)
	return r.distinct(n)
}

// isNamespace tells whether a token can stand between #: and the map.
func isNamespace(token []byte) bool {
	ns, _, ok := splitName(token)
	return ok && ns == "" && isLetter(token[0])
}

// readable tells whether a key that took a namespace could be read again: :0 is a keyword, :a/0 is none.
func readable(key value.Value) bool {
	k, ok := key.AsKeyword()
	return !ok || k.Namespace == "" || !isDigit(k.Name[0])
}

func unreadableKey(key value.Value) string {
	return "a key of this map can't take its namespace: " + value.PrStr(nil, key) + " is no keyword"
}

func qualified(key *Node, ns string) *Node {
	change := func(had string) (string, bool) {
		switch had {
		case "":
			return ns, true
		case "_":
			return "", true
		}
		return had, false
	}
	changed := *key
	if k, ok := key.Value.AsKeyword(); ok {
		if to, yes := change(k.Namespace); yes {
			changed.Value = value.Of(value.Intern(to, k.Name))
		}
	} else if s, ok := key.Value.AsSymbol(); ok && key.Kind == Symbol {
		if to, yes := change(s.Namespace); yes {
			changed.Value = value.Sym(to, s.Name)
		}
	}
	return &changed
}

// metadata reads ^form target: a map, a keyword (^:k is {:k true}) or a tag (^String is {:tag String}).
// Several stack up; the first one written wins.
func (r *reader) metadata(at, prefix int) *Node {
	r.enter(at)
	r.off += prefix
	meta := r.must(at, "^")
	switch {
	case meta.Kind == Map:
	case meta.Kind == Symbol, meta.Kind == Literal && meta.Value.Kind() == value.KindString:
		meta = pair(meta, value.Kw("tag"), meta.Value)
	case meta.Kind == Literal && meta.Value.Kind() == value.KindKeyword:
		meta = pair(meta, meta.Value, value.True)
	default:
		r.problem(at, r.off, "bad-metadata", "metadata must be a map, a keyword, a symbol or a string", "write ^{:label \"...\"} or ^:key")
		meta = &Node{Kind: Map, Pos: meta.Pos, End: meta.End, Start: meta.Start, Stop: meta.Stop}
	}
	target := r.must(at, "^")
	r.leave()
	if target.Kind == Literal {
		r.problem(at, r.off, "bad-metadata", "metadata can only stand before a symbol, list, vector, map or set", "")
		return target
	}
	with := *target
	if with.Meta != nil {
		merged := *meta
		merged.Items = append(append([]*Node{}, meta.Items...), absent(with.Meta, meta)...)
		meta = &merged
	}
	with.Meta = meta
	return &with
}

// absent returns the entries of extra whose keys are not in base.
func absent(extra, base *Node) []*Node {
	had := value.EmptyMap
	for i := 0; i < len(base.Items); i += 2 {
		had = had.Assoc(nil, base.Items[i].Datum(), value.True)
	}
	var out []*Node
	for i := 0; i+1 < len(extra.Items); i += 2 {
		if _, ok := had.Get(nil, extra.Items[i].Datum()); !ok {
			out = append(out, extra.Items[i], extra.Items[i+1])
		}
	}
	return out
}

// pair makes the map node {k v} in the place of n.
func pair(n *Node, k, v value.Value) *Node {
	key, val, m := *n, *n, *n
	key.Kind, key.Value = Literal, k
	val.Kind, val.Value = Literal, v
	if _, ok := v.AsSymbol(); ok {
		val.Kind = Symbol
	}
	m.Kind, m.Value, m.Items = Map, value.Nil, []*Node{&key, &val}
	return &m
}
