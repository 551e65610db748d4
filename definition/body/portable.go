package body

import (
	"strings"

	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// transforms are the data transforms that the original platform denies in a body.
var transforms = names(`map mapv mapcat map-indexed filter filterv remove keep keep-indexed reduce reduce-kv reductions transduce
	group-by partition partition-all partition-by sort sort-by frequencies distinct dedupe flatten interleave interpose zipmap
	take-while drop-while split-with iterate repeatedly tree-seq update-vals update-keys some every? not-any? not-every?
	eduction sequence run! juxt comp partial`)

// threadings are the threading macros that it denies: all but ->.
var threadings = names(`->> as-> some-> some->> cond-> cond->>`)

func names(text string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(text) {
		set[name] = true
	}
	return set
}

// Portable reports what a body uses that the original platform refuses.
func Portable(r *schema.Report, root *syntax.Node) {
	w := walker{visit: func(n *syntax.Node, p place) {
		if h := n.Head(); n.Kind == syntax.List && h != nil && threadings[form.Head(n, p.scope)] {
			r.Error(h, "not-portable", "nest the calls, or name the steps in a let", "%s is denied in a flow's body on the original platform", h.Name())
		}
		if n.Kind != syntax.Symbol || p.scope.Has(n.Name()) {
			return
		}
		if transforms[strings.TrimPrefix(n.Name(), "clojure.core/")] {
			r.Error(n, "not-portable", "move it into a :function step", "%s is denied in a flow's body on the original platform", n.Name())
		}
	}}
	w.walk(root, place{})
}
