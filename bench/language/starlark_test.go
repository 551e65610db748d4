package language

import (
	"testing"

	"go.starlark.net/lib/json"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

var starlarkRows = map[string]string{
	"fib":       "def fib(n):\n  if n < 2: return n\n  return fib(n-1) + fib(n-2)\ndef run():\n  return fib(25)",
	"loop":      "def run():\n  sum = 0\n  for i in range(1000001): sum += i\n  return sum",
	"pipeline":  "def run(xs):\n  sum = 0\n  for p in [x['price'] for x in xs if x['quantity'] % 2 == 0]: sum += p\n  return sum",
	"strings":   "def run():\n  return len(''.join(['n' + str(i) for i in range(10000)]))",
	"sortgroup": "def run(xs):\n  s = sorted(xs, key = lambda x: x['price'])\n  g = {}\n  for x in xs: g.setdefault(x['group'], []).append(x)\n  return str(s[-1]['price']) + ':' + str(len(g))",
	"nested":    "def run():\n  m = {'n': 0}\n  for i in range(10000):\n    m = dict(m)\n    m['a'] = dict(m.get('a', {}))\n    m['a']['b'] = dict(m['a'].get('b', {}))\n    m['a']['b']['c'] = i\n    m['n'] += 1\n  return m['n']",
	"json":      "def total(o):\n  t = 0\n  for l in o['lines']: t += l['quantity'] * l['price']\n  return t\ndef run(text):\n  return len(json.encode([{'id': o['id'], 'name': o['customer']['name'], 'paid': o['paid'], 'total': total(o)} for o in json.decode(text)]))",
	"call":      "def run(risk):\n  return {'level': risk['level'], 'score': risk['score'], 'name': risk['name'], 'region': risk['region'], 'needs': risk['level'] == 'high'}",
}

func prepareStarlark(b *testing.B, row string) (func() any, bool) {
	thread := &starlark.Thread{}
	predeclared := starlark.StringDict{"json": json.Module}
	globals, err := starlark.ExecFileOptions(&syntax.FileOptions{Recursion: true, While: true, TopLevelControl: true}, thread, "bench.star", starlarkRows[row], predeclared)
	if err != nil {
		b.Fatal(err)
	}
	call := func(args ...starlark.Value) starlark.Value {
		v, err := starlark.Call(thread, globals["run"], args, nil)
		if err != nil {
			b.Fatal(err)
		}
		return v
	}
	switch row {
	case "pipeline", "sortgroup":
		globals.Freeze()
		data := starlark.NewList(nil)
		for i := range items {
			d := starlark.NewDict(3)
			_ = d.SetKey(starlark.String("price"), starlark.MakeInt(i*7919%items))
			_ = d.SetKey(starlark.String("quantity"), starlark.MakeInt(i%3))
			_ = d.SetKey(starlark.String("group"), starlark.MakeInt(i%100))
			_ = data.Append(d)
		}
		return func() any { return starlarkText(call(data)) }, true
	case "json":
		return func() any { return starlarkText(call(starlark.String(document))) }, true
	case "call":
		return func() any {
			risk := starlark.NewDict(5)
			for k, v := range map[string]starlark.Value{"level": starlark.String("high"), "score": starlark.MakeInt(91), "name": starlark.String("x"), "region": starlark.String("eu"), "paid": starlark.True} {
				_ = risk.SetKey(starlark.String(k), v)
			}
			out := call(risk).(*starlark.Dict)
			level, _, _ := out.Get(starlark.String("level"))
			needs, _, _ := out.Get(starlark.String("needs"))
			return text(string(level.(starlark.String)), bool(needs.(starlark.Bool)))
		}, true
	}
	return func() any { return starlarkText(call()) }, true
}

func starlarkText(v starlark.Value) any {
	if s, ok := v.(starlark.String); ok {
		return string(s)
	}
	return v.String()
}
