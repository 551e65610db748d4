package body

import (
	"regexp"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Bounds of a :fanout.
const (
	MaxItems       = 1_000
	MaxConcurrency = 50
)

const callWhat = "flow/call-flow"

// callFlow checks (flow/call-flow :slug input) and (flow/call-flow {...}).
func (c *checker) callFlow(args []*syntax.Node) {
	spec := args[0]
	switch {
	case computed(spec):
	case spec.Kind == syntax.Map:
		c.fields(spec, callWhat, callFields)
		c.needs(spec, callWhat, "flow-slug")
		c.slug(spec.Get("flow-slug"))
		c.callBounds(spec)
	case schema.Check(c.Report, spec, "the flow that "+callWhat+" calls", schema.Name, "write (flow/call-flow :slug {...})"):
		c.slug(spec)
		if len(args) > 1 && !computed(args[1]) && !isNil(args[1]) {
			schema.Check(c.Report, args[1], "the input that "+callWhat+" hands over", schema.Map, "")
		}
	}
}

func (c *checker) callBounds(m *syntax.Node) {
	if t := m.Get("timeout"); t != nil {
		c.duration(t, "timeout", MaxWait, "30 days")
	}
}

var slugText = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]{0,127}$`)

func (c *checker) slug(n *syntax.Node) {
	if n == nil || computed(n) || !schema.Name.Is(n) {
		return
	}
	if !slugText.MatchString(schema.TextOf(n)) {
		c.Error(n, "bad-slug", "begin with a letter, then letters, digits, - and _, at most 128", "a slug can't be %s", schema.Found(n))
	}
}

func checkFanout(c *checker, s *Site) {
	const what = "a :fanout step"
	m := s.Config
	if m == nil {
		c.Error(s.Node, "missing-field", "add {:items [...]}", "%s needs :items", what)
		return
	}
	c.needs(m, what, "items")
	if n := m.Get("max-concurrency"); n != nil && schema.Positive.Is(n) && schema.IntOf(n) > MaxConcurrency {
		c.Error(n, "out-of-range", "", ":max-concurrency must be at most %d", MaxConcurrency)
	}
	items := m.Get("items")
	if items == nil || items.Kind != syntax.Vector {
		return
	}
	if len(items.Items) > MaxItems {
		c.Error(items, "out-of-range", "", "%s takes at most %d items", what, MaxItems)
	}
	if m.Get("do") != nil {
		return
	}
	for _, item := range items.Items {
		c.fanoutItem(item)
	}
}

// fanoutItem checks an item of a :fanout without :do that is written out.
func (c *checker) fanoutItem(item *syntax.Node) {
	const what = "an item of a :fanout"
	switch {
	case computed(item):
	case item.Kind != syntax.Map:
		c.Error(item, "missing-field", "add :do (fn [item] ...), or make the item {:type :call-flow :flow-slug :name :input {...}}",
			"%s is %s, and nothing says what to do with it", what, schema.Found(item))
	default:
		c.fields(item, what, with([]field{{"type", schema.OneOf("call-flow")}}, callFields))
		c.needs(item, what, "type", "flow-slug")
		c.slug(item.Get("flow-slug"))
		c.callBounds(item)
	}
}
