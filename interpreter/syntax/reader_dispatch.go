package syntax

import (
	"strconv"

	"github.com/weir-run/weir/interpreter/value"
)

// MaxFnArgs is the highest % argument: Clojure's limit of positional parameters.
const MaxFnArgs = 20

// tagged reads #tag form. #inst and #uuid become their values; others stay Tagged, for whoever knows the tag.
func (r *reader) tagged(at int) *Node {
	r.enter(at)
	r.off++
	r.skip()
	from, to := r.token()
	ns, name, ok := splitName(r.text[from:to])
	if !ok || !isLetter(r.text[from]) {
		r.fail(at, max(to, at+1), "bad-tag", "a tag must be a symbol, as in #inst \"2026-01-01\"", "")
	}
	form := r.must(at, "#"+string(r.text[from:to]))
	r.leave()
	if ns == "" && (name == "inst" || name == "uuid") {
		return r.literal(at, r.known(name, form, at))
	}
	tag := name
	if ns != "" {
		tag = ns + "/" + name
	}
	return r.finish(&Node{Kind: Tagged, Tag: tag, Start: at, Items: []*Node{form}})
}

// known makes the value of #inst and #uuid.
func (s *scanner) known(name string, form *Node, at int) value.Value {
	text, ok := form.Value.AsString()
	if !ok {
		s.problem(at, s.off, "bad-tag", "#"+name+" needs a string", "")
		return value.Nil
	}
	return s.knownText(name, text, at)
}

func (s *scanner) knownText(name, text string, at int) value.Value {
	parse := value.ParseInst
	if name == "uuid" {
		parse = value.ParseUUID
	}
	v, err := parse(text)
	if err != nil {
		s.problem(at, s.off, "bad-"+name, err.Error(), "")
		return value.Nil
	}
	return v
}

// function reads #(...) into (fn* [p1 p2 & rest] (...)).
func (r *reader) function(at int) *Node {
	if r.inFn {
		r.problem(at, at+2, "nested-fn", "#() can't stand inside another #()", "write the inner one as (fn [x] ...)")
		r.off++
		return r.collection(List, ')', 1)
	}
	r.inFn, r.params = true, map[string]bool{}
	r.off++
	r.enter(at)
	body := r.collection(List, ')', 1)
	r.leave()
	params := r.finish(&Node{Kind: Vector, Start: at})
	params.Items = r.parameters(params)
	r.inFn, r.params = false, nil
	head := *params
	head.Kind, head.Items, head.Value = Symbol, nil, value.Sym("", "fn*")
	return r.finish(&Node{Kind: List, Start: at, Items: []*Node{&head, params, body}})
}

// parameters lists what the % names met in a #() stand for, in order.
func (r *reader) parameters(at *Node) []*Node {
	var highest int
	for name := range r.params {
		if n, err := strconv.Atoi(name[1:]); err == nil {
			highest = max(highest, n)
		}
	}
	symbol := func(name string) *Node {
		n := *at
		n.Kind, n.Items, n.Value = Symbol, nil, value.Sym("", name)
		return &n
	}
	var items []*Node
	for i := 1; i <= highest; i++ {
		items = append(items, symbol(paramName("%"+strconv.Itoa(i))))
	}
	if r.params["%&"] {
		items = append(items, symbol("&"), symbol(paramName("%&")))
	}
	return items
}

// parameter renames a % symbol inside #().
func (r *reader) parameter(n *Node) {
	name := n.Name()
	if !r.inFn || name[0] != '%' {
		return
	}
	if name == "%" {
		name = "%1"
	}
	number, err := strconv.Atoi(name[1:])
	if name != "%&" && (err != nil || number < 1 || number > MaxFnArgs) {
		r.problem(n.Start, n.Stop, "bad-fn-argument", "arguments of #() are %, %1 to %20, and %&", "")
		return
	}
	r.params[name] = true
	n.Value = value.Sym("", paramName(name))
}

// paramName is the symbol that stands for a % name: no author can write it by accident.
func paramName(percent string) string {
	if percent == "%&" {
		return "rest__#"
	}
	return "p" + percent[1:] + "__#"
}
