package body

import (
	"strings"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// step is what is known of a step's result.
func (t *tracer) step(n *syntax.Node, f *frame) *fact {
	args := t.evalAll(n.Items[1:], f)
	s := newSite(n, place{})
	if s.Config != nil && s.Config.Kind != syntax.Map {
		return nil
	}
	var config *fact
	if s.Config != nil {
		config = args[2]
	}
	if t.muted == 0 && config != nil {
		t.followed(s, config)
	}
	what := "step :" + s.ID
	if s.ID == "" {
		what = "an :" + s.Type + " step"
	}
	v := t.shaped(t.stepValue(s, config, what), s, what)
	if instead := config.lookup("default-value"); s.Type == "wait" && instead != nil {
		return join(v, instead)
	}
	return v
}

// stepValue is what is known of what a step gives beside its shape.
func (t *tracer) stepValue(s *Site, config *fact, what string) *fact {
	if s.Config == nil {
		return nil
	}
	switch s.Type {
	case "http":
		if t.answersJSON(s.Config) {
			return &fact{json: &origin{what: what, http: true}, envelope: true}
		}
	case "wait":
		return &fact{json: &origin{what: "the decision of " + what}}
	case "function":
		return t.functionStep(s, config)
	}
	return nil
}

// answersJSON tells whether an http step reads its answer as JSON, or by a content type that is JSON as a rule.
func (t *tracer) answersJSON(config *syntax.Node) bool {
	from := []*syntax.Node{config}
	if template, ok := t.env.Templates[schema.TextOf(config.Get("template"))]; ok && template.Body != nil {
		from = append(from, template.Body)
	}
	for _, m := range from {
		if as := m.Get("response-as"); as != nil {
			return as.IsKeyword("auto") || as.IsKeyword("json") || as.IsKeyword("jsonl")
		}
		if accept := m.Get("accept"); accept != nil && (computed(accept) || strings.Contains(schema.TextOf(accept), "edn")) {
			return false
		}
	}
	return true
}

func (t *tracer) functionStep(s *Site, config *fact) *fact {
	ref, code := s.Config.Get("ref"), s.Config.Get("code")
	var fn *syntax.Node
	switch {
	case ref == nil && code == nil:
		return config.lookup("input")
	case ref != nil:
		fn = t.env.Functions[schema.TextOf(ref)]
	case t.env.Code != nil:
		fn = t.env.Code(code)
	}
	if h := fn.Head(); h == nil || (!h.IsSymbol("fn") && !h.IsSymbol("fn*")) {
		return nil
	}
	return t.apply(t.function(fn.Items[1:], nil), []*fact{config.lookup("input")}, s.Node)
}

// What functions of the core library do to facts, as far as it matters here. Functions that
// aren't listed give nothing: keyword, name, str and the like end the trail.
var (
	same      = names(`identity not-empty with-meta select-keys dissoc`)
	keepFirst = names(`vec seq rest next butlast reverse doall set pop nthrest nthnext sequence`)
	keepLast  = names(`take drop take-last drop-last take-nth sort distinct interpose`)
	itemOf    = names(`first second last peek nth vals ffirst fnext val`)
	filters   = names(`filter filterv remove take-while drop-while sort-by max-key min-key`)
	mappers   = names(`map mapv keep pmap`)
	testers   = names(`every? not-every? not-any? group-by partition-by run! count-by`)
	comparers = names(`= not= == identical?`)
	joiners   = names(`concat into conj cons list vector lazy-cat`)
)

func (t *tracer) builtin(name string, args []*fact, at *syntax.Node) *fact {
	if len(args) == 0 {
		return nil
	}
	t.shapes(name, args, at)
	last := args[len(args)-1]
	switch {
	case comparers[name]:
		for i := range args {
			for _, other := range args[:i] {
				t.compare(args[i], other, at)
			}
		}
		return nil
	case same[name]:
		return args[0]
	case keepFirst[name]:
		return args[0].maybe()
	case keepLast[name]:
		return last.maybe()
	case itemOf[name]:
		return args[0].any()
	case filters[name]:
		t.apply(args[0], []*fact{last.any()}, at)
		return last.maybe()
	case mappers[name]:
		return collection(t.apply(args[0], items(args[1:]), at))
	case testers[name]:
		t.apply(args[0], []*fact{last.any()}, at)
		return nil
	case joiners[name]:
		return collection(join(joinItems(args), joinAll(args)))
	}
	return t.builtinOn(name, args, at)
}

// builtinOn goes on with the functions that are like no other.
func (t *tracer) builtinOn(name string, args []*fact, at *syntax.Node) *fact {
	last := args[len(args)-1]
	switch name {
	case "get":
		if len(args) < 2 {
			return nil
		}
		if len(args) > 2 {
			return join(lookupIn(args[0], args[1]), args[2])
		}
		return t.readIn(args[0], args[1], at)
	case "get-in":
		v := args[0]
		if len(args) < 2 || args[1] == nil || args[1].parts == nil {
			return v.any()
		}
		for _, key := range args[1].parts {
			if len(args) > 2 {
				v = lookupIn(v, key)
			} else {
				v = t.readIn(v, key, at)
			}
		}
		if len(args) > 2 {
			v = join(v, args[2])
		}
		return v
	case "assoc":
		v := args[0]
		for i := 1; i+1 < len(args); i += 2 {
			if args[i] != nil && args[i].word != "" {
				v = v.assoc(args[i].word, args[i+1])
			} else {
				v = v.maybe()
			}
		}
		return v
	case "update":
		if len(args) < 3 || args[1] == nil || args[1].word == "" {
			return args[0].maybe()
		}
		changed := t.apply(args[2], append([]*fact{args[0].lookup(args[1].word)}, args[3:]...), at)
		return args[0].assoc(args[1].word, changed)
	case "merge":
		return merged(args)
	case "mapcat":
		return t.apply(args[0], items(args[1:]), at)
	case "some":
		return join(t.apply(args[0], []*fact{last.any()}, at), nil)
	case "reduce":
		v := last.any()
		if len(args) > 2 {
			v = args[1]
		}
		v = join(v, t.apply(args[0], []*fact{v, last.any()}, at))
		return join(v, t.apply(args[0], []*fact{v, last.any()}, at))
	case "map-indexed", "keep-indexed":
		return collection(t.apply(args[0], []*fact{nil, last.any()}, at))
	case "contains?":
		if args[0] != nil && args[0].set != nil {
			t.compareSet(args[0].set, last, at)
		}
	}
	return nil
}

func (t *tracer) readIn(m, key *fact, at *syntax.Node) *fact {
	if key != nil && key.word != "" {
		return t.read(m, key.word, at)
	}
	return m.any()
}

func lookupIn(m, key *fact) *fact {
	if key != nil && key.word != "" {
		return m.lookup(key.word)
	}
	return m.any()
}

// merged is what is known of maps laid over each other.
func merged(args []*fact) *fact {
	v := args[0]
	for _, over := range args[1:] {
		out := join(v, over)
		if out != nil && over != nil && len(over.fields) > 0 {
			for k, field := range over.fields {
				out = out.assoc(k, field)
			}
		}
		v = out
	}
	return v
}

func items(colls []*fact) []*fact {
	out := make([]*fact, len(colls))
	for i, c := range colls {
		out[i] = c.any()
	}
	return out
}

func joinItems(colls []*fact) *fact { return joinAll(items(colls)) }
