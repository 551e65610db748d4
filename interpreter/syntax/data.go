package syntax

import (
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// ReadValue reads the first form of a text as data; ok is false when there is none or a problem stopped it.
// It takes what clojure.edn takes: code (quotes, derefs, #(), regexes) is a problem, unknown tags give tagged literals.
func ReadValue(file string, text []byte) (v value.Value, ok bool, problems diagnostic.List) {
	return (&dataReader{scanner: newDataScanner(file, text)}).first()
}

// ReadTagged is ReadValue, but #inst and #uuid give tagged literals too.
func ReadTagged(file string, text []byte) (v value.Value, ok bool, problems diagnostic.List) {
	return (&dataReader{scanner: newDataScanner(file, text), keepTags: true}).first()
}

func (d *dataReader) first() (v value.Value, ok bool, problems diagnostic.List) {
	d.run(func() {
		v, ok = d.next(0)
	})
	return v, ok && len(d.problems) == 0, d.problems
}

// ReadValues reads every form of a text.
func ReadValues(file string, text []byte) (vs []value.Value, problems diagnostic.List) {
	d := &dataReader{scanner: newDataScanner(file, text)}
	d.run(func() {
		for {
			v, ok := d.next(0)
			if !ok {
				return
			}
			vs = append(vs, v)
		}
	})
	return vs, d.problems
}

// dataReader builds values. Its first problem ends it.
type dataReader struct {
	*scanner
	keepTags bool          // #inst and #uuid stay tagged literals
	stack    []value.Value // items of the collections being read
}

func newDataScanner(file string, text []byte) *scanner {
	s := newScanner(file, text)
	s.strict = true
	return s
}

func (d *dataReader) next(closing byte) (value.Value, bool) {
	for {
		d.skip()
		if d.off >= len(d.text) {
			return value.Nil, false
		}
		c := d.text[d.off]
		if c == closing && closing != 0 {
			return value.Nil, false
		}
		if c == '#' && d.peek(1) == '_' {
			d.discard(closing)
			continue
		}
		return d.form(c), true
	}
}

func (d *dataReader) discard(closing byte) {
	at := d.off
	d.enter(at)
	d.off += 2
	if _, ok := d.next(closing); !ok {
		d.fail(at, at+2, "unexpected-end", "#_ has no form to leave out", "")
	}
	d.leave()
}

func (d *dataReader) form(c byte) value.Value {
	switch c {
	case '{':
		return d.mapping("")
	case '[':
		from := d.items(']', 1)
		v := value.NewVector(d.stack[from:]...)
		d.stack = d.stack[:from]
		return v
	case '(':
		from := d.items(')', 1)
		v := value.NewList(d.stack[from:]...)
		d.stack = d.stack[:from]
		return v
	case '"':
		return value.String(d.str())
	case '\\':
		return d.char()
	case '#':
		return d.dispatch()
	case '^':
		return d.metadata()
	case ')', ']', '}':
		d.fail(d.off, d.off+1, "unmatched-delimiter", "unmatched "+string(c), "")
	case '\'', '@', '`', '~':
		d.fail(d.off, d.off+1, "not-data", string(c)+" is code, and this is read as data", "")
	}
	v, _ := d.atom()
	return v
}

// items pushes the items of a collection onto the stack and returns where they begin.
func (d *dataReader) items(closing byte, opening int) (from int) {
	at := d.off
	d.enter(at)
	d.off += opening
	from = len(d.stack)
	for {
		v, ok := d.next(closing)
		if !ok {
			break
		}
		d.stack = append(d.stack, v)
	}
	if d.off >= len(d.text) {
		d.fail(at, at+opening, "unclosed", "this "+string(d.text[at:at+opening])+" is never closed", "add the missing "+string(closing))
	}
	d.off++
	d.leave()
	return from
}

// mapping reads {...}; ns, if any, qualifies its bare keys.
func (d *dataReader) mapping(ns string) value.Value {
	at := d.off
	from := d.items('}', 1)
	kvs := d.stack[from:]
	d.stack = d.stack[:from]
	if len(kvs)%2 == 1 {
		d.fail(at, d.off, "odd-map", "a map literal must contain an even number of forms", "")
	}
	if ns != "" {
		for i := 0; i < len(kvs); i += 2 {
			n := qualified(&Node{Kind: kindOfKey(kvs[i]), Value: kvs[i]}, ns)
			if kvs[i] = n.Value; !readable(kvs[i]) {
				d.fail(at, d.off, "bad-token", unreadableKey(kvs[i]), "")
			}
		}
	}
	v := value.NewMap(kvs...)
	if m, _ := v.AsMap(); m.Len() != len(kvs)/2 {
		d.fail(at, d.off, "duplicate-key", "duplicate key: "+value.PrStr(nil, firstRepeated(kvs, 2)), "")
	}
	return v
}

func kindOfKey(v value.Value) Kind {
	if _, ok := v.AsSymbol(); ok {
		return Symbol
	}
	return Literal
}

// firstRepeated returns the first key that an earlier one equals.
func firstRepeated(items []value.Value, step int) value.Value {
	seen := value.EmptyMap
	for i := 0; i < len(items); i += step {
		if _, twice := seen.Get(nil, items[i]); twice {
			return items[i]
		}
		seen = seen.Assoc(nil, items[i], value.True)
	}
	return value.Nil
}

func (d *dataReader) dispatch() value.Value {
	at := d.off
	switch d.peek(1) {
	case '{':
		from := d.items('}', 2)
		items := d.stack[from:]
		d.stack = d.stack[:from]
		v := value.NewSet(nil, items...)
		if s, _ := v.AsSet(); s.Len() != len(items) {
			d.fail(at, d.off, "duplicate-key", "duplicate key: "+value.PrStr(nil, firstRepeated(items, 1)), "")
		}
		return v
	case '#':
		return d.symbolic()
	case '^':
		d.off++
		return d.metadata()
	case ':':
		d.off += 2
		from, to := d.token()
		if !isNamespace(d.text[from:to]) || d.peek(0) != '{' {
			d.fail(at, to, "bad-token", "a namespaced map is written #:name{...}", "")
		}
		return d.mapping(string(d.text[from:to]))
	case '=':
		d.fail(at, at+2, "read-eval", "#= would run code while reading", "")
	case '"', '(', '\'', '?', '<', 0:
		d.fail(at, min(at+2, len(d.text)), "not-data", string(d.text[at:min(at+2, len(d.text))])+" is code, and this is read as data", "")
	}
	return d.tagged(at)
}

func (d *dataReader) tagged(at int) value.Value {
	d.enter(at)
	d.off++
	from, to := d.token()
	ns, name, ok := splitName(d.text[from:to])
	if !ok || !isLetter(d.text[from]) {
		d.fail(at, max(to, at+1), "bad-tag", "a tag must be a symbol, as in #inst \"2026-01-01\"", "")
	}
	v, ok := d.next(0xff)
	if !ok {
		d.fail(at, to, "unexpected-end", "#"+string(d.text[from:to])+" has no form after it", "")
	}
	d.leave()
	if !d.keepTags && ns == "" && (name == "inst" || name == "uuid") {
		text, ok := v.AsString()
		if !ok {
			d.fail(at, d.off, "bad-tag", "#"+name+" needs a string", "")
		}
		return d.knownText(name, text, at)
	}
	return value.NewTagged(fullName(ns, name), v)
}

// metadata reads ^meta form and keeps the metadata where the form can carry it.
func (d *dataReader) metadata() value.Value {
	at := d.off
	d.enter(at)
	d.off++
	meta, ok := d.next(0xff)
	if !ok {
		d.fail(at, at+1, "unexpected-end", "^ has no form after it", "")
	}
	switch meta.Kind() {
	case value.KindMap:
	case value.KindKeyword:
		meta = value.NewMap(meta, value.True)
	case value.KindSymbol, value.KindString:
		meta = value.NewMap(value.Kw("tag"), meta)
	default:
		d.fail(at, d.off, "bad-metadata", "metadata must be a map, a keyword, a symbol or a string", "")
	}
	target, ok := d.next(0xff)
	if !ok {
		d.fail(at, d.off, "unexpected-end", "metadata has no form after it", "")
	}
	d.leave()
	switch target.Kind() {
	case value.KindList, value.KindVector, value.KindMap, value.KindSet, value.KindSymbol:
		return value.WithMeta(target, meta)
	}
	d.fail(at, d.off, "bad-metadata", "metadata can only stand before a symbol, list, vector, map or set", "")
	return value.Nil
}
