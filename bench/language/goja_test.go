package language

import (
	"testing"

	"github.com/dop251/goja"
)

var gojaRows = map[string]string{
	"fib":       `(function fib(n) { return n < 2 ? n : fib(n-1) + fib(n-2) })`,
	"loop":      `(function () { let sum = 0; for (let i = 0; i <= 1000000; i++) sum += i; return sum })`,
	"pipeline":  `(function (xs) { return xs.filter(x => x.quantity % 2 === 0).map(x => x.price).reduce((a, b) => a + b, 0) })`,
	"strings":   `(function () { const parts = []; for (let i = 0; i < 10000; i++) parts.push("n" + i); return parts.join("").length })`,
	"sortgroup": `(function (xs) { const s = xs.slice().sort((a, b) => a.price - b.price); const g = {}; for (const x of xs) (g[x.group] = g[x.group] || []).push(x); return s[s.length-1].price + ":" + Object.keys(g).length })`,
	"nested":    `(function () { let m = {n: 0}; for (let i = 0; i < 10000; i++) m = {...m, a: {...m.a, b: {...(m.a && m.a.b), c: i}}, n: m.n + 1}; return m.n })`,
	"json":      `(function (text) { return JSON.stringify(JSON.parse(text).map(o => ({id: o.id, name: o.customer.name, paid: o.paid, total: o.lines.reduce((t, l) => t + l.quantity * l.price, 0)}))).length })`,
	"call":      `(function (risk) { return {level: risk.level, score: risk.score, name: risk.name, region: risk.region, needs: risk.level === "high"} })`,
}

func prepareGoja(b *testing.B, row string) (func() any, bool) {
	vm := goja.New()
	fnValue, err := vm.RunString(gojaRows[row])
	if err != nil {
		b.Fatal(err)
	}
	fn, _ := goja.AssertFunction(fnValue)
	call := func(args ...goja.Value) goja.Value {
		v, err := fn(goja.Undefined(), args...)
		if err != nil {
			b.Fatal(err)
		}
		return v
	}
	switch row {
	case "fib":
		return func() any { return call(vm.ToValue(25)).Export() }, true
	case "pipeline", "sortgroup":
		data, err := vm.RunString(`(() => { const xs = []; for (let i = 0; i < 100000; i++) xs.push({price: i*7919%100000, quantity: i%3, group: i%100}); return xs })()`)
		if err != nil {
			b.Fatal(err)
		}
		return func() any { return call(data).Export() }, true
	case "json":
		return func() any { return call(vm.ToValue(document)).Export() }, true
	case "call":
		return func() any {
			out := call(vm.ToValue(map[string]any{"level": "high", "score": 91, "name": "x", "region": "eu", "paid": true})).Export().(map[string]any)
			return text(out["level"], out["needs"])
		}, true
	}
	return func() any { return call().Export() }, true
}
