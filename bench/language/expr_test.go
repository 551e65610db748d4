package language

import (
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// expr has no loops and no functions of its own, so it takes part where one expression says the row. The bound of the loop
// comes from the environment: of constants, expr makes the formula n(n+1)/2 when it compiles.
var exprRows = map[string]string{
	"loop":      `reduce(1..n, #acc + #, 0)`,
	"pipeline":  `sum(map(filter(xs, .quantity % 2 == 0), .price))`,
	"strings":   `len(join(map(0..9999, "n" + string(#)), ""))`,
	"sortgroup": `string(last(sortBy(xs, .price)).price) + ":" + string(len(groupBy(xs, .group)))`,
	"json":      `len(toJSON(map(fromJSON(text), {{"id": .id, "name": .customer.name, "paid": .paid, "total": sum(map(.lines, .quantity * .price))}})))`,
	"call":      `{"level": risk.level, "score": risk.score, "name": risk.name, "region": risk.region, "needs": risk.level == "high"}`,
}

func prepareExpr(b *testing.B, row string) (func() any, bool) {
	source, ok := exprRows[row]
	if !ok {
		return nil, false
	}
	env := map[string]any{"n": 1_000_000, "text": document, "risk": map[string]any{}}
	if row == "pipeline" || row == "sortgroup" {
		xs := make([]map[string]any, items)
		for i := range xs {
			xs[i] = map[string]any{"price": i * 7919 % items, "quantity": i % 3, "group": i % 100}
		}
		env["xs"] = xs
	}
	program, err := expr.Compile(source)
	if err != nil {
		b.Fatal(err)
	}
	return func() any {
		if row == "call" {
			env = map[string]any{"risk": map[string]any{"level": "high", "score": 91, "name": "x", "region": "eu", "paid": true}}
		}
		machine := vm.VM{MemoryBudget: 1 << 24} // the default ends a range of 1e6
		out, err := machine.Run(program, env)
		if err != nil {
			b.Fatal(err)
		}
		if m, ok := out.(map[string]any); ok {
			return text(m["level"], m["needs"])
		}
		return out
	}, true
}
