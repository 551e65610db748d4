package syntax

import (
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

// Read reads every form of a text. The list holds every problem that could be found in one pass; with
// errors in it the forms are those that could be read and are good for further checks only.
func Read(file string, text []byte) ([]*Node, diagnostic.List) {
	s := newScanner(file, text)
	s.loc = newLocator(file, text)
	r := &reader{scanner: s}
	return r.all()
}

// ReadInside reads the forms in a string literal (the :code of a function): positions, offsets and
// problems are those of the enclosing text, escapes accounted for.
func ReadInside(file string, text []byte, literal *Node) ([]*Node, diagnostic.List) {
	decoded, offsets := unescape(text[literal.Start:literal.Stop], literal.Start)
	s := newScanner(file, decoded)
	s.loc = newLocator(file, text)
	s.remap = func(offset int) int { return offsets[min(max(offset, 0), len(offsets)-1)] }
	r := &reader{scanner: s}
	return r.all()
}

// TextInside decodes a string literal. place tells where a byte of what it says stands in the text around it.
func TextInside(file string, text []byte, literal *Node) (decoded string, place func(offset int) value.Pos) {
	inside, offsets := unescape(text[literal.Start:literal.Stop], literal.Start)
	at := newLocator(file, text)
	return string(inside), func(offset int) value.Pos { return at.pos(offsets[min(max(offset, 0), len(offsets)-1)]) }
}

// unescape decodes a string literal (with its quotes) and maps each decoded byte, and the end, to
// where it stood.
func unescape(raw []byte, base int) (decoded []byte, offsets []int) {
	s := newScanner("", raw)
	s.off = 1
	for s.off < len(raw)-1 {
		at := s.off
		if raw[at] == '\\' {
			decoded = s.escape(decoded)
		} else {
			decoded = append(decoded, raw[at])
			s.off++
		}
		for len(offsets) < len(decoded) {
			offsets = append(offsets, base+at)
		}
	}
	return decoded, append(offsets, base+max(len(raw)-1, 0))
}

// reader builds nodes.
type reader struct {
	*scanner
	inFn   bool            // inside #(...)
	params map[string]bool // the % names met there
}

func (r *reader) all() (forms []*Node, problems diagnostic.List) {
	r.run(func() {
		for {
			n, ok := r.next(0)
			if !ok {
				return
			}
			forms = append(forms, n)
		}
	})
	return forms, r.problems.Sort()
}

// next reads the next form. closing is the delimiter that ends the enclosing collection (0: the text's end);
// ok is false when that came instead of a form.
func (r *reader) next(closing byte) (n *Node, ok bool) {
	for {
		r.skip()
		if r.off >= len(r.text) {
			return nil, false
		}
		switch c := r.text[r.off]; {
		case c == ')' || c == ']' || c == '}':
			if c == closing {
				return nil, false
			}
			r.unmatched(c, closing)
		case c == '#' && r.peek(1) == '_':
			r.discard(closing)
		default:
			return r.form(), true
		}
	}
}

func (r *reader) unmatched(c, closing byte) {
	at := r.off
	hint := "remove it"
	if closing != 0 {
		hint = "expected " + string(closing) + " here"
	}
	r.fail(at, at+1, "unmatched-delimiter", "unmatched "+string(c), hint)
}

// discard reads #_ and the form after it (stacked ones take as many forms).
func (r *reader) discard(closing byte) {
	at := r.off
	r.enter(at)
	defer r.leave()
	r.off += 2
	saved := len(r.problems)
	if _, ok := r.next(closing); !ok {
		r.fail(at, at+2, "unexpected-end", "#_ has no form to leave out", "")
	}
	r.problems = r.problems[:saved]
}

// must reads the form that a prefix needs.
func (r *reader) must(at int, prefix string) *Node {
	n, ok := r.next(0xff)
	if !ok {
		r.fail(at, at+len(prefix), "unexpected-end", prefix+" has no form after it", "")
	}
	return n
}

func (r *reader) form() *Node {
	at := r.off
	switch c := r.text[at]; c {
	case '(':
		return r.collection(List, ')', 1)
	case '[':
		return r.collection(Vector, ']', 1)
	case '{':
		return r.distinct(r.collection(Map, '}', 1))
	case '"':
		return r.literal(at, value.String(r.str()))
	case '\\':
		return r.literal(at, r.char())
	case '\'':
		return r.wrap(at, "'", "", "quote")
	case '@':
		return r.wrap(at, "@", "clojure.core", "deref")
	case '^':
		return r.metadata(at, 1)
	case '#':
		return r.dispatch(at)
	case '`', '~':
		r.off++
		r.problem(at, r.off, "syntax-quote", "syntax-quote belongs to macros, and flows have none", "build the form with list, or write a function")
		return r.must(at, string(c))
	}
	v, isSymbol := r.atom()
	n := r.literal(at, v)
	if isSymbol {
		n.Kind = Symbol
		r.parameter(n)
	}
	return n
}

func (r *reader) dispatch(at int) *Node {
	switch c := r.peek(1); c {
	case '{':
		return r.distinct(r.collection(Set, '}', 2))
	case '(':
		return r.function(at)
	case '"':
		return r.literal(at, r.pattern())
	case '#':
		return r.literal(at, r.symbolic())
	case '^':
		return r.metadata(at, 2)
	case '\'':
		return r.wrap(at, "#'", "", "var")
	case ':':
		return r.namespacedMap(at)
	case '=':
		r.off += 2
		r.problem(at, r.off, "read-eval", "#= would run code while reading", "write the value itself")
		return r.must(at, "#=")
	case '?':
		r.off += 2
		r.problem(at, r.off, "reader-conditional", "reader conditionals are not available: flows run on one platform", "write the form itself")
		return r.must(at, "#?")
	case '<', 0:
		r.fail(at, at+1, "bad-token", "unreadable form", "")
	}
	return r.tagged(at)
}

func (r *reader) literal(at int, v value.Value) *Node {
	return r.finish(&Node{Kind: Literal, Value: v, Start: at})
}

// finish sets the positions of a node that began at Start and ends here.
func (r *reader) finish(n *Node) *Node {
	n.Stop = r.off
	if r.remap != nil {
		n.Start, n.Stop = r.remap(n.Start), r.remap(n.Stop)
	}
	n.Pos, n.End = r.loc.pos(n.Start), r.loc.pos(n.Stop)
	return n
}

// collection reads items up to the closing delimiter; opening is the length of what opens it.
func (r *reader) collection(kind Kind, closing byte, opening int) *Node {
	at := r.off
	r.enter(at)
	r.off += opening
	n := &Node{Kind: kind, Start: at}
	for {
		item, ok := r.next(closing)
		if !ok {
			break
		}
		n.Items = append(n.Items, item)
	}
	if r.off >= len(r.text) {
		r.fail(at, at+opening, "unclosed", "this "+string(r.text[at:at+opening])+" is never closed", "add the missing "+string(closing))
	}
	r.off++
	r.leave()
	return r.finish(n)
}

// wrap reads the form after a prefix into (ns/name form).
func (r *reader) wrap(at int, prefix, ns, name string) *Node {
	r.enter(at)
	r.off += len(prefix)
	head := r.finish(&Node{Kind: Symbol, Value: value.Sym(ns, name), Start: at})
	body := r.must(at, prefix)
	r.leave()
	return r.finish(&Node{Kind: List, Start: at, Items: []*Node{head, body}})
}
