package body

import (
	"strings"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

// kind is what sort of value something is.
type kind string

const (
	nothing kind = "nil"
	number  kind = "a number"
	text    kind = "text"
	keyword kind = "a keyword"
	truth   kind = "true or false"
	mapping kind = "a map"
	vector  kind = "a vector"
)

// shape is what is sure of a value. It may be nil instead, unless that is its kind.
type shape struct {
	kind   kind
	what   string   // where it came from: "step :pause"; "" for what is written out, of which nothing is reported
	closed bool     // it is a map with no other keys than the fact's fields
	own    []string // keys of a map that may have others, too
	hint   string   // what to read of it instead
}

// literals are the shapes of what is written out.
var literals = map[kind]*shape{
	nothing: {kind: nothing}, number: {kind: number}, text: {kind: text}, keyword: {kind: keyword}, truth: {kind: truth},
	mapping: {kind: mapping}, vector: {kind: vector},
}

func of(k kind) *fact { return &fact{shape: literals[k]} }

// literal is what is known of a value that is written out.
func literal(n *syntax.Node) *fact {
	switch {
	case schema.Keyword.Is(n):
		return &fact{word: n.Name(), shape: literals[keyword]}
	case schema.Text.Is(n):
		return of(text)
	case schema.Number.Is(n):
		return of(number)
	case schema.Bool.Is(n):
		return of(truth)
	case isNil(n):
		return of(nothing)
	}
	return nil
}

// sure is the shape of a value, nil if that isn't known.
func (f *fact) sure() *shape {
	if f == nil || f.unsure {
		return nil
	}
	return f.shape
}

// maybe is f as one of several values that something may be: what shapes it has isn't sure any more.
func (f *fact) maybe() *fact {
	if f == nil || f.unsure {
		return f
	}
	out := *f
	out.unsure = true
	return &out
}

// joinShapes is what is sure of a value that has one shape or the other.
func joinShapes(a, b *shape) *shape {
	switch {
	case a == nil || b == nil:
		return nil
	case a == b || b.kind == nothing:
		return a
	case a.kind == nothing:
		return b
	case a.kind == b.kind:
		return literals[a.kind]
	}
	return nil
}

// read is what is known of (get f key), and warns where f can't have such a key.
func (t *tracer) read(f *fact, key string, at *syntax.Node) *fact {
	s := f.sure()
	if s == nil || s.what == "" {
		return f.lookup(key)
	}
	if _, has := f.fields[key]; has {
		return f.lookup(key)
	}
	switch {
	case s.kind == mapping && s.closed:
		hint := "it has " + listed(keys(f.fields))
		if near := schema.Nearest(key, keys(f.fields)); near != "" {
			hint = "did you mean :" + near + "?"
		} else if s.hint != "" {
			hint = s.hint
		}
		t.tell(at, "wrong-shape", hint, "%s gives a map without :%s: this is always nil", s.what, key)
	case s.kind == mapping:
		for _, own := range s.own {
			if key != own && diagnostic.Distance(key, own, 2) == 1 {
				t.tell(at, "wrong-shape", "did you mean :"+own+"?", "%s gives a map with :%s, and this reads :%s", s.what, own, key)
			}
		}
	case s.kind != keyword:
		t.tell(at, "wrong-shape", s.hint, "%s gives %s, which has no :%s: this is always nil", s.what, s.kind, key)
	}
	return f.lookup(key)
}

var (
	arithmetic = names(`+ - * / inc dec +' -' *' inc' dec' < > <= >= max min quot rem mod pos? neg? zero? even? odd? abs == unchecked-add`)
	ordered    = names(`first second last nth peek pop ffirst subvec`)
	guards     = names(`map? number? string? vector? sequential? seq? seqable? coll? nil? some? boolean? keyword? int? integer? double? float? pos-int?
		nat-int? ident? symbol? set? list? associative? indexed? counted? ifn? fn? instance? type class contains? empty? inst? uuid? true? false?`)
)

// shapes warns of arguments that a function of the core library can't work with.
func (t *tracer) shapes(name string, args []*fact, at *syntax.Node) {
	switch {
	case arithmetic[name]:
		for i, a := range args {
			if s := a.sure(); s != nil && s.what != "" && s.kind != number {
				t.tell(argument(at, i, len(args)), "wrong-shape", s.hint, "%s gives %s, and %s needs numbers", s.what, s.kind, name)
			}
		}
	case ordered[name]:
		if s := args[0].sure(); s != nil && s.what != "" && s.kind != vector && s.kind != text {
			t.tell(argument(at, 0, len(args)), "wrong-shape", s.hint, "%s gives %s, which has no order for %s", s.what, s.kind, name)
		}
	}
}

// argument is the form of a call's argument, or the call where that isn't its own.
func argument(call *syntax.Node, i, count int) *syntax.Node {
	if call.Kind == syntax.List && len(call.Items) == count+1 && call.Items[i+1].Start >= call.Start {
		return call.Items[i+1]
	}
	return call
}

// unequal tells whether two values can't be equal, whatever they are, and warns of it.
func (t *tracer) unequal(a, b *fact, at *syntax.Node) bool {
	x, y := a.sure(), b.sure()
	if x == nil || y == nil || x.kind == y.kind || x.kind == nothing || y.kind == nothing {
		return false
	}
	if x.what == "" {
		x, y = y, x
	}
	if x.what != "" {
		t.tell(at, "wrong-shape", x.hint, "%s gives %s, which never equals %s", x.what, x.kind, y.kind)
	}
	return x.what != ""
}

// guarded is f without what is sure of the locals whose kind a test asks for.
func (t *tracer) guarded(f *frame, test *syntax.Node) *frame {
	if test == nil || test.Kind == syntax.Literal {
		return f
	}
	asks := test.Kind == syntax.List && guards[form.Head(test, f)]
	for _, item := range test.Items {
		if v, ok := f.find(item.Name()); asks && item.Kind == syntax.Symbol && ok && v.sure() != nil {
			f = f.with(item.Name(), v.maybe())
		}
		f = t.guarded(f, item)
	}
	return f
}

// mentions tells whether a symbol of that name stands anywhere in some forms.
func mentions(nodes []*syntax.Node, name string) bool {
	for _, n := range nodes {
		if n.IsSymbol(name) || mentions(n.Items, name) {
			return true
		}
	}
	return false
}

// shaped gives a step's result its shape.
func (t *tracer) shaped(v *fact, s *Site, what string) *fact {
	var own fact
	if v != nil {
		own = *v
	}
	own.shape = &shape{kind: mapping, what: what}
	if s.Config != nil && s.Config.Get("persist") != nil {
		own = *persisted(what, s.Type == "http")
		return &own
	}
	switch s.Type {
	case "http":
		own.shape.own = []string{"status", "headers", "body"}
		own.shape.hint = "read a part of it: (:body ...) or (:status ...)"
		own.fields = map[string]*fact{"status": {shape: &shape{kind: number, what: "the :status of " + what}}, "headers": of(mapping)}
	case "wait":
		own.shape.hint = "read a part of it: (:action ...)"
	case "sleep":
		own.shape.kind = nothing
	case "time":
		own.close("now", "now-ms")
	case "notify":
		own.close("sent?", "channels", "errors")
	case "kv":
		fields, ok := kvResults[schema.TextOf(s.Config.Get("operation"))]
		if !ok {
			return v
		}
		own.close(append(strings.Fields(fields), "success")...)
		if own.shape.hint = ""; own.fields["value"] == nil && strings.Contains(fields, "value") {
			own.shape.hint = "read a part of it: (:value ...)"
		}
	default:
		return v
	}
	return &own
}

// kvResults are the keys of what each :kv operation gives, beside :success.
var kvResults = map[string]string{
	"get": "value exists?", "set": "key created?", "delete": "key deleted?", "exists": "key exists?", "increment": "key value previous",
	"append": "key value", "list-keys": "keys count", "compare-and-set": "swapped?",
}

// persisted is the ref that :persist makes of a result.
func persisted(what string, http bool) *fact {
	f := &fact{shape: &shape{kind: mapping, what: what,
		hint: ":persist keeps the result in a store and gives a ref to it: read it by :load in a :function step, or leave :persist out"}}
	f.close("type", "uri", "content-type", "size-bytes", "sha256", "filename", "signed-url", "key")
	if http {
		f.close("status", "headers")
	}
	return f
}

// close gives a map its keys; others it has none.
func (f *fact) close(names ...string) {
	if f.fields == nil {
		f.fields = map[string]*fact{}
	}
	for _, name := range names {
		f.fields[name] = f.fields[name]
	}
	f.shape.closed = true
}
