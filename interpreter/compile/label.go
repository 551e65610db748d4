package compile

import (
	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

var constantTrue = &eval.Constant{Value: value.True}

// labelOf is the label of a branching form: on the form itself, or else on its test.
func (c *compiler) labelOf(n, test *syntax.Node) *eval.Label {
	if label := c.label(n); label != nil {
		return label
	}
	return c.label(test)
}

// label reads ^{:label "Question?" :yes "..." :no "..."}; nil where there is none.
func (c *compiler) label(n *syntax.Node) *eval.Label {
	if n.Meta == nil || n.Meta.Get("label") == nil {
		return nil
	}
	label := &eval.Label{Yes: "yes", No: "no", Pos: n.Pos}
	c.labelText(n, "label", &label.Text)
	c.labelText(n, "yes", &label.Yes)
	c.labelText(n, "no", &label.No)
	return label
}

func (c *compiler) labelText(n *syntax.Node, key string, to *string) {
	x := n.Meta.Get(key)
	if x == nil {
		return
	}
	s, ok := x.Value.AsString()
	if !ok {
		c.fail(x, "bad-label", "write ^{:label \"Question?\" :yes \"...\" :no \"...\"}", ":%s of a branch is a string", key)
		return
	}
	*to = s
}
