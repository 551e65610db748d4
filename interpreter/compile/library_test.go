package compile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// The package's own tests see a library of a few functions, so that they hold whatever the core library does.
var library = map[string]*value.Builtin{
	"clojure.core/+": {Name: "+", Max: -1, Fn2: value.Add, Fn: func(th *value.Thread, args []value.Value) value.Value {
		sum := value.Int(0)
		for _, x := range args {
			sum = value.Add(th, sum, x)
		}
		return sum
	}},
	"clojure.core/-":     {Name: "-", Min: 2, Max: 2, Fn2: value.Sub},
	"clojure.core/*":     {Name: "*", Min: 2, Max: 2, Fn2: value.Mul},
	"clojure.core/<":     {Name: "<", Min: 2, Max: 2, Fn2: func(_ *value.Thread, a, b value.Value) value.Value { return value.Bool(value.Lt(a, b)) }},
	"clojure.core/=":     {Name: "=", Min: 1, Max: -1, Fn2: func(th *value.Thread, a, b value.Value) value.Value { return value.Bool(value.Equal(th, a, b)) }},
	"clojure.core/inc":   {Name: "inc", Min: 1, Max: 1, Fn1: value.Inc},
	"clojure.core/dec":   {Name: "dec", Min: 1, Max: 1, Fn1: value.Dec},
	"clojure.core/first": {Name: "first", Min: 1, Max: 1, Fn1: value.First},
	"clojure.core/map":   {Name: "map", Min: 1, Max: -1, Fn: func(*value.Thread, []value.Value) value.Value { return value.Nil }},
	"clojure.core/long":  {Name: "long", Min: 1, Max: 1, Fn1: func(_ *value.Thread, a value.Value) value.Value { return a }},
	"clojure.string/join": {Name: "clojure.string/join", Min: 1, Max: 2, Fn: func(*value.Thread, []value.Value) value.Value {
		return value.Nil
	}},
}

func testEnv() *Env {
	return &Env{
		Lookup: func(name string) (*value.Builtin, bool) { b, ok := library[name]; return b, ok },
		Names: func() []string {
			var names []string
			for n := range library {
				names = append(names, n)
			}
			return names
		},
	}
}

func compiled(tb testing.TB, source string) *eval.Code {
	tb.Helper()
	forms, problems := syntax.Read("t.clj", []byte(source))
	require.Empty(tb, problems)
	require.Len(tb, forms, 1)
	code, problems := Form(forms[0], testEnv())
	require.False(tb, problems.HasErrors(), "%v", problems)
	return code
}
