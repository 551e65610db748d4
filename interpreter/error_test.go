package interpreter_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
)

func TestErrorKnowsPlaceAndStack(t *testing.T) {
	t.Parallel()
	source := "(letfn [(ratio [a b]\n          (/ a b))\n        (share [x]\n          (let [f (fn [y] (ratio 1 y))]\n            (+ 1 (f x))))]\n  (share 0))"
	e := thrown(t, source, interpreter.Options{})
	require.Equal(t, "ArithmeticException", e.Class)
	require.Equal(t, "divide-by-zero", e.Code)
	require.Equal(t, value.Pos{File: "t.clj", Line: 2, Col: 11}, e.Pos)
	require.Equal(t, []value.Frame{
		{Fn: "ratio", Pos: value.Pos{File: "t.clj", Line: 4, Col: 27}},
		{Fn: "f", Pos: value.Pos{File: "t.clj", Line: 5, Col: 18}},
		{Fn: "share", Pos: value.Pos{File: "t.clj", Line: 6, Col: 3}},
	}, e.Stack)
	require.Equal(t, `t.clj:2:11: error: ArithmeticException: Divide by zero [divide-by-zero]
            (/ a b))
            ^
  in ratio, called at t.clj:4:27
  in f, called at t.clj:5:18
  in share, called at t.clj:6:3
`, e.Render(diagnostic.OneSource("t.clj", source)))
}

func TestErrorShowsDataAndKeepsTheException(t *testing.T) {
	t.Parallel()
	e := thrown(t, `(throw (ex-info "no stock" {:sku "a-1"}))`, interpreter.Options{})
	require.Equal(t, "no stock", e.Message)
	require.Equal(t, `{:sku "a-1"}`, value.PrStr(nil, e.Data))
	require.Equal(t, "t.clj:1:1: error: no stock [exception]\n  data: {:sku \"a-1\"}\n", e.Render(nil))
	var exception *value.Exception
	require.True(t, errors.As(e, &exception))
	require.Equal(t, "ExceptionInfo", exception.Class)
}

func TestErrorsThroughTheLibraryAndLaziness(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]value.Pos{
		"(do\n (map (fn [x]\n  (/ 1 x)) [0]))":                               {File: "t.clj", Line: 3, Col: 3},
		"(reduce (fn [a b] (+ a\n (inc b))) 0 [:k])":                         {File: "t.clj", Line: 2, Col: 2},
		"(let [a nil]\n (+ 1 a))":                                            {File: "t.clj", Line: 2, Col: 2},
		"(let [f 5]\n [(f 1)])":                                              {File: "t.clj", Line: 2, Col: 3},
		"(let [f (fn [a] a)]\n (apply f [1 2]))":                             {File: "t.clj", Line: 2, Col: 2},
		"(try (throw (ex-info \"\" {}))\n (catch Exception e\n  (throw e)))": {File: "t.clj", Line: 1, Col: 6},
		"(let [[a] 5]\n a)":                                                  {File: "t.clj", Line: 1, Col: 7},
		"(for [x [1]]\n (nth [] x))":                                         {File: "t.clj", Line: 2, Col: 2},
		"(do\n (assert false))":                                              {File: "t.clj", Line: 2, Col: 2},
		"(case (inc 1)\n 5 1)":                                               {File: "t.clj", Line: 1, Col: 1},
	} {
		require.Equal(t, want, thrown(t, source, interpreter.Options{}).Pos, source)
	}
}

func TestHintsTeach(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][2]string{
		"(let [total nil] (total 1))":            {"not-a-function", "total is nil here"},
		"(let [total 5] (total 1))":              {"not-a-function", "total is an integer here, not a function"},
		"((first [5]) 1)":                        {"not-a-function", "the first item of this list is an integer here"},
		"((first [(fn f [a] a)]))":               {"wrong-arity", "f takes 1 argument"},
		"((first [(fn ([a] a) ([a b & c] a))]))": {"wrong-arity", "fn takes 1 or 2 or more arguments"},
		"(+ 1 nil)":                              {"nil-value", "nil stands where a number is needed"},
		"(+ 1 \"2\")":                            {"wrong-type", "number"},
		"(throw (first [1]))":                    {"not-an-exception", "ex-info"},
		"(case 5 1 2)":                           {"no-clause", "default"},
	} {
		e := thrown(t, source, interpreter.Options{})
		require.Equal(t, want[0], e.Code, source)
		require.Contains(t, e.Hint, want[1], source)
	}
}

func TestEvalRunsFormsInOrder(t *testing.T) {
	t.Parallel()
	th := value.NewThread(value.Limits{})
	values, err := interpreter.Eval("e.clj", "(+ 1 2) :a (/ 1 0) :never", th, interpreter.Options{})
	require.Len(t, values, 2)
	var e *interpreter.Error
	require.ErrorAs(t, err, &e)

	values, err = interpreter.Eval("e.clj", "(+ 1 2)\n(foo)\n)", th, interpreter.Options{})
	require.Empty(t, values)
	var problems diagnostic.List
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 2)
}

func TestNamesResolve(t *testing.T) {
	t.Parallel()
	names := interpreter.Names()
	require.Subset(t, names, []string{"map", "let", "if", "clojure.string/join", "recur", "->"})
}
