package language

import (
	"testing"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
)

// yaegi runs Go, so its rows are the idiom of Go with maps of any, as flows' data has them.
const yaegiSource = `
package rows

import (
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }

func Fib() any { return fib(25) }

func Loop() any { sum := 0; for i := 0; i <= 1000000; i++ { sum += i }; return sum }

func Data() []map[string]any {
	var xs []map[string]any
	for i := 0; i < 100000; i++ { xs = append(xs, map[string]any{"price": i*7919%100000, "quantity": i%3, "group": i%100}) }
	return xs
}

func Pipeline(xs []map[string]any) any {
	sum := 0
	for _, x := range xs { if x["quantity"].(int)%2 == 0 { sum += x["price"].(int) } }
	return sum
}

func Strings() any { var b strings.Builder; for i := 0; i < 10000; i++ { b.WriteString("n" + strconv.Itoa(i)) }; return b.Len() }

func Sortgroup(xs []map[string]any) any {
	s := append([]map[string]any{}, xs...)
	sort.Slice(s, func(i, j int) bool { return s[i]["price"].(int) < s[j]["price"].(int) })
	g := map[int][]map[string]any{}
	for _, x := range xs { k := x["group"].(int); g[k] = append(g[k], x) }
	return strconv.Itoa(s[len(s)-1]["price"].(int)) + ":" + strconv.Itoa(len(g))
}

func clone(m any) map[string]any { c := map[string]any{}; if m != nil { for k, v := range m.(map[string]any) { c[k] = v } }; return c }

func Nested() any {
	m := map[string]any{"n": 0}
	for i := 0; i < 10000; i++ {
		m = clone(m); a := clone(m["a"]); c := clone(a["b"]); c["c"] = i; a["b"] = c; m["a"] = a; m["n"] = m["n"].(int) + 1
	}
	return m["n"]
}

func JSON(text string) any {
	var orders []map[string]any
	if err := json.Unmarshal([]byte(text), &orders); err != nil { panic(err) }
	var out []map[string]any
	for _, o := range orders {
		total := 0.0
		for _, l := range o["lines"].([]any) { line := l.(map[string]any); total += line["quantity"].(float64) * line["price"].(float64) }
		out = append(out, map[string]any{"id": o["id"], "name": o["customer"].(map[string]any)["name"], "paid": o["paid"], "total": total})
	}
	b, _ := json.Marshal(out)
	return len(b)
}

func Call(risk map[string]any) map[string]any {
	return map[string]any{"level": risk["level"], "score": risk["score"], "name": risk["name"], "region": risk["region"], "needs": risk["level"] == "high"}
}
`

func prepareYaegi(b *testing.B, row string) (func() any, bool) {
	i := interp.New(interp.Options{})
	if err := i.Use(stdlib.Symbols); err != nil {
		b.Fatal(err)
	}
	if _, err := i.Eval(yaegiSource); err != nil {
		b.Fatal(err)
	}
	symbol := func(name string) any {
		v, err := i.Eval("rows." + name)
		if err != nil {
			b.Fatal(err)
		}
		return v.Interface()
	}
	switch row {
	case "fib":
		return symbol("Fib").(func() any), true
	case "loop":
		return symbol("Loop").(func() any), true
	case "strings":
		return symbol("Strings").(func() any), true
	case "nested":
		return symbol("Nested").(func() any), true
	case "pipeline", "sortgroup":
		data := symbol("Data").(func() []map[string]any)()
		run := symbol(map[string]string{"pipeline": "Pipeline", "sortgroup": "Sortgroup"}[row]).(func([]map[string]any) any)
		return func() any { return run(data) }, true
	case "json":
		run := symbol("JSON").(func(string) any)
		return func() any { return run(document) }, true
	}
	run := symbol("Call").(func(map[string]any) map[string]any)
	return func() any {
		out := run(map[string]any{"level": "high", "score": 91, "name": "x", "region": "eu", "paid": true})
		return text(out["level"], out["needs"])
	}, true
}
