package body

import (
	"maps"
	"regexp"
	"slices"
	"sort"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Site is one flow/step call in the text of a body.
type Site struct {
	// Type and ID are as written, without colons; "" where they are computed.
	Type, ID string
	// Node is the whole call, Config its configuration (nil if it has none).
	Node, Config *syntax.Node

	id    *syntax.Node
	place place
}

// Repeats tells whether one run may pass the step more than once: it stands in a loop or a function.
func (s *Site) Repeats() bool { return s.place.repeat }

// Env is what the steps of a body may refer to.
type Env struct {
	Slots     map[string]string       // slot -> type
	Inputs    []string                // the fields that some invocation declares
	Templates map[string]Template     // by id
	Functions map[string]*syntax.Node // by id: the (fn ...) form, nil if it can't be read
	Packaged  map[string]*Packaged    // by id
	// Code reads the :code of a step into its (fn ...) form; nil if it can't be read.
	Code func(code *syntax.Node) *syntax.Node
}

// Template is what a step needs to know of a template.
type Template struct {
	Type string
	Body *syntax.Node // its :request or :channels map, or nil
}

// Inspect finds the steps of a body and reports what is wrong with them.
func Inspect(r *schema.Report, root *syntax.Node, env Env) []*Site {
	c := &checker{Report: r, env: env}
	sites := Sites(root)
	for _, s := range sites {
		c.site(s)
	}
	c.duplicates(sites)
	c.sharedKeys(sites)
	c.calls(root)
	c.loops(root)
	return sites
}

// Sites finds the steps of a body, in the order of the text.
func Sites(root *syntax.Node) []*Site {
	var sites []*Site
	seen := map[int]bool{}
	w := walker{visit: func(n *syntax.Node, p place) {
		n = form.Expand(n, p.scope)
		if !isStep(n, p.scope) || seen[n.Start] {
			return
		}
		seen[n.Start] = true
		sites = append(sites, newSite(n, p))
	}}
	w.walk(root, place{})
	sort.SliceStable(sites, func(i, j int) bool { return sites[i].Node.Start < sites[j].Node.Start })
	return sites
}

func isStep(n *syntax.Node, s form.Locals) bool {
	return n.Kind == syntax.List && form.Head(n, s) == "flow/step"
}

func newSite(n *syntax.Node, p place) *Site {
	s := &Site{Node: n, place: p}
	args := n.Items[1:]
	if len(args) > 0 && args[0].Kind == syntax.Literal {
		s.Type = schema.TextOf(args[0])
	}
	if len(args) > 1 {
		s.id = args[1]
		if s.id.Kind == syntax.Literal {
			s.ID = schema.TextOf(s.id)
		}
	}
	if len(args) > 2 && !isNil(args[2]) {
		s.Config = args[2]
	}
	return s
}

// checker checks the sites of one body.
type checker struct {
	*schema.Report
	env  Env
	data *fact // what a :data that isn't written out is known to be
}

var stepID = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.:/?!*+<>=-]{0,127}$`)

// IsStepID tells whether a step could have that id.
func IsStepID(text string) bool { return stepID.MatchString(text) }

func (c *checker) site(s *Site) {
	args := s.Node.Items[1:]
	if len(args) == 0 {
		return // the compiler reports the missing arguments
	}
	typ := args[0]
	if typ.Kind != syntax.Literal {
		return
	}
	if !schema.Keyword.Is(typ) {
		c.Error(typ, "wrong-type", "write :http, :function, :wait, ...", "a step's type must be a keyword, not %s", schema.Found(typ))
		return
	}
	kind, ok := stepTypes[s.Type]
	if !ok {
		c.unknownType(typ, s.Type)
		return
	}
	c.id(s)
	if s.Config == nil || c.config(s, kind) {
		if kind.check != nil {
			kind.check(c, s)
		}
	}
}

func (c *checker) unknownType(typ *syntax.Node, name string) {
	if instead, ok := laterTypes[name]; ok {
		c.Error(typ, "step-not-available", string(instead), "%s steps are not available in this build", schema.Found(typ))
		return
	}
	if k, _ := typ.Value.AsKeyword(); k.Namespace != "" {
		c.unknownPackaged(typ, name)
		return
	}
	names := StepTypes()
	hint := "there are " + listed(names)
	if near := schema.Nearest(name, names); near != "" {
		hint = "did you mean :" + near + "?"
	}
	c.Error(typ, "unknown-step-type", hint, "there is no step type %s", schema.Found(typ))
}

func (c *checker) unknownPackaged(typ *syntax.Node, name string) {
	if c.env.Packaged[name] != nil {
		c.Error(typ, "bad-form", "write (flow/step :"+name+" {...}), with all of its arguments", "a packaged step can't be called through a threading macro")
		return
	}
	hint := "declare it: :steps [{:id :" + name + " :type :http :defaults {...}}]"
	if near := schema.Nearest(name, slices.Sorted(maps.Keys(c.env.Packaged))); near != "" {
		hint = "did you mean :" + near + "?"
	}
	c.Error(typ, "unknown-step-type", hint, "there is no packaged step %s", schema.Found(typ))
}

func listed(names []string) string {
	text := ""
	for i, name := range names {
		if i > 0 {
			text += " "
		}
		text += ":" + name
	}
	return text
}

func (c *checker) id(s *Site) {
	if s.id == nil || s.id.Kind == syntax.Symbol || s.id.Kind == syntax.List {
		return
	}
	if !schema.Name.Is(s.id) {
		c.Error(s.id, "wrong-type", "write (flow/step :"+s.Type+" :some-id {...})", "a step's id must be a keyword, not %s", schema.Found(s.id))
		return
	}
	if !stepID.MatchString(s.ID) {
		c.Error(s.id, "bad-id", "use letters, digits, - and _, at most 128", "a step can't have the id %s", schema.Found(s.id))
	}
}

// duplicates warns of one id on several steps that a single pass can go through.
func (c *checker) duplicates(sites []*Site) {
	for i, s := range sites {
		if s.ID == "" || s.place.repeat {
			continue
		}
		for _, earlier := range sites[:i] {
			if earlier.ID == s.ID && !earlier.place.repeat && !s.place.excludes(earlier.place) {
				c.Warn(s.id, "duplicate-step", "rename one: their runs are told apart only by order (the second is "+s.ID+"#2)",
					"another step has the id :%s, on line %d", s.ID, earlier.Node.Pos.Line)
				break
			}
		}
	}
}

// calls checks the calls of flow/ functions other than steps.
func (c *checker) calls(root *syntax.Node) {
	w := walker{visit: func(n *syntax.Node, p place) {
		if n.Kind != syntax.List || len(n.Items) < 2 {
			return
		}
		switch form.Head(n, p.scope) {
		case "flow/poll":
			if n.Items[1].Kind == syntax.Map {
				c.poll(n.Items[1])
			}
		case "flow/call-flow":
			c.callFlow(n.Items[1:])
		}
	}}
	w.walk(root, place{})
}
