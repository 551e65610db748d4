package interpreter_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// recorder is a host with functions that act: each call of flow/step is written down.
type recorder struct{ steps []string }

func (r *recorder) options() interpreter.Options {
	return interpreter.Options{
		Natives: map[string]*value.Builtin{
			"flow/step": {Name: "flow/step", Min: 1, Max: 1, Fn1: func(th *value.Thread, x value.Value) value.Value {
				r.steps = append(r.steps, value.PrStr(th, x))
				return x
			}},
			"flow/input": {Name: "flow/input", Min: 0, Max: 0, Fn: func(*value.Thread, []value.Value) value.Value {
				return value.NewMap(value.Kw("id"), value.Int(7))
			}},
		},
		Macros: map[string]interpreter.Macro{
			"flow/twice": func(call *syntax.Node) (*syntax.Node, error) {
				if len(call.Items) != 2 {
					return nil, errors.New("flow/twice takes one form")
				}
				out := *call
				out.Items = []*syntax.Node{{Kind: syntax.Symbol, Value: value.Sym("", "do"), Pos: call.Pos}, call.Items[1], call.Items[1]}
				return &out, nil
			},
		},
		Refused: map[string]string{"flow/later": "use flow/step"},
	}
}

func TestForOverStepsRunsAtOnceAndInOrder(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]string{
		"(let [_s (for [x [1 2 3]] (flow/step x))] (flow/step :after))":                                     {"1", "2", "3", ":after"},
		"(let [_s (for [x [1 2] y [x 10]] (flow/step [x y]))] (flow/step :after))":                          {"[1 1]", "[1 10]", "[2 2]", "[2 10]", ":after"},
		"(let [f (fn [x] (flow/step x)) _s (for [x [1 2]] (f x))] (flow/step :after))":                      {"1", "2", ":after"},
		"(letfn [(f [x] (g x)) (g [x] (flow/step x))] (let [_s (for [x [1 2]] (f x))] (flow/step :after)))": {"1", "2", ":after"},
		"(let [_s (for [x [1 2 3] :when (flow/step x)] x)] (flow/step :after))":                             {"1", "2", "3", ":after"},
		"(let [_s (for [x [1 2]] (for [y [3]] (flow/step [x y])))] (flow/step :after))":                     {"[1 3]", "[2 3]", ":after"},
		"(let [_s (for [x [1 2]] (:id (flow/input)))] (flow/step :after))":                                  {":after"},
		"(do (doseq [x [1 2]] (flow/step x)) (flow/step :after))":                                           {"1", "2", ":after"},
	} {
		r := &recorder{}
		printed(t, source, r.options())
		require.Equal(t, want, r.steps, source)
	}
	require.Equal(t, "([1 1] [1 2] [2 1])", printed(t, "(for [x [1 2] y [1 2] :when (flow/step (< (+ x y) 4))] [x y])", (&recorder{}).options()))
	require.Equal(t, "()", printed(t, "(for [x []] (flow/step x))", (&recorder{}).options()))
}

func TestHostMacrosAndRefusals(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	require.Equal(t, "1", printed(t, "(flow/twice (flow/step 1))", r.options()))
	require.Equal(t, []string{"1", "1"}, r.steps)

	forms, _ := syntax.Read("t.clj", []byte("[(flow/twice) (flow/later) (flow/stap 1) (flow/step) flow/twice]"))
	_, problems := interpreter.Compile(forms[0], r.options())
	require.Len(t, problems, 5)
	require.Contains(t, problems[0].Message, "flow/twice takes one form")
	require.Equal(t, "use flow/step", problems[1].Hint)
	require.Equal(t, "did you mean flow/step?", problems[2].Hint)
	require.Equal(t, "flow/step takes 1 argument, not 0", problems[3].Message)
	require.Equal(t, "macro-value", problems[4].Code)
}

func TestForeignPanicsPassThrough(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	opt := interpreter.Options{Natives: map[string]*value.Builtin{
		"host/boom": {Name: "host/boom", Max: 0, Fn: func(*value.Thread, []value.Value) value.Value { panic(boom) }},
	}}
	program := compile(t, "(try (host/boom) (catch Throwable e :caught) (finally (host/boom)))", opt)
	require.PanicsWithValue(t, boom, func() { _, _ = program.Run(value.NewThread(value.Limits{})) })
}

func TestGoexitRunsNoFinally(t *testing.T) {
	t.Parallel()
	var finally, after bool
	opt := interpreter.Options{Natives: map[string]*value.Builtin{
		"host/exit":    {Name: "host/exit", Max: 0, Fn: func(*value.Thread, []value.Value) value.Value { runtime.Goexit(); return value.Nil }},
		"host/finally": {Name: "host/finally", Max: 0, Fn: func(*value.Thread, []value.Value) value.Value { finally = true; return value.Nil }},
	}}
	program := compile(t, "(try (doall (map (fn [_] (host/exit)) [1])) (catch Throwable e 1) (finally (host/finally)))", opt)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = program.Run(value.NewThread(value.Limits{}))
		after = true
	}()
	<-ended
	require.False(t, finally)
	require.False(t, after)
}

func TestHostThrowsAndIsCaught(t *testing.T) {
	t.Parallel()
	opt := interpreter.Options{Natives: map[string]*value.Builtin{
		"host/fail": {Name: "host/fail", Max: 0, Fn: func(*value.Thread, []value.Value) value.Value {
			panic(value.NewException("ExceptionInfo", "step failed", value.NewMap(value.Kw("type"), value.Kw("step-failed")), nil))
		}},
	}}
	require.Equal(t, `["step failed" :step-failed]`, printed(t, "(try (host/fail) (catch Exception e [(ex-message e) (:type (ex-data e))]))", opt))
	e := thrown(t, "(do\n (host/fail))", opt)
	require.Equal(t, 2, e.Pos.Line)
}

func TestFunctionsOfAResultCanBeCalledLater(t *testing.T) {
	t.Parallel()
	v, err := compile(t, "(let [k 10] {:add (fn [x] (+ x k)) :all (fn [& xs] (map inc xs))})", interpreter.Options{}).Run(value.NewThread(value.Limits{}))
	require.NoError(t, err)
	m, _ := v.AsMap()
	got, err := interpreter.Call(value.NewThread(value.Limits{}), m.GetKw("add"), value.Int(5))
	require.NoError(t, err)
	require.Equal(t, "15", value.PrStr(nil, got))
	got, err = interpreter.Call(value.NewThread(value.Limits{}), m.GetKw("all"), value.Int(1), value.Int(2))
	require.NoError(t, err)
	require.Equal(t, "(2 3)", value.PrStr(nil, got))
	_, err = interpreter.Call(value.NewThread(value.Limits{}), m.GetKw("add"))
	require.ErrorContains(t, err, "Wrong number of args (0) passed to: fn [wrong-arity]")
	_, err = interpreter.Call(value.NewThread(value.Limits{}), value.Int(1))
	require.ErrorContains(t, err, "[not-a-function]")
}

func TestHostMayCallBackAndFork(t *testing.T) {
	t.Parallel()
	opt := interpreter.Options{Natives: map[string]*value.Builtin{
		"host/both": {Name: "host/both", Min: 2, Max: 2, Fn2: func(th *value.Thread, f, g value.Value) value.Value {
			results := make([]value.Value, 2)
			var group sync.WaitGroup
			for i, fn := range []value.Value{f, g} {
				group.Add(1)
				go func() {
					defer group.Done()
					results[i], _ = interpreter.Call(th.Fork(), fn)
				}()
			}
			group.Wait()
			return value.VectorFrom(results)
		}},
		"host/guard": {Name: "host/guard", Min: 1, Max: 1, Fn1: func(th *value.Thread, f value.Value) value.Value {
			if _, err := interpreter.Call(th, f); err != nil {
				return value.String(err.Error())
			}
			return value.Nil
		}},
	}}
	require.Equal(t, "[[0 1 2] [10]]", printed(t, "(let [n 3] (host/both (fn [] (mapv identity (range n))) (fn [] [10])))", opt))
	require.Equal(t, `["t.clj:1:46: error: ArithmeticException: Divide by zero [divide-by-zero]" 3]`,
		printed(t, "(let [a 1 b 2] [(host/guard (fn g [] (let [x (/ a 0)] x))) (+ a b)])", opt))
}

func TestProgramsAreSharedByGoroutines(t *testing.T) {
	t.Parallel()
	program := compile(t, "(letfn [(fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))] (mapv fib (range 12)))", interpreter.Options{})
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 20 {
				v, err := program.Run(value.NewThread(value.Limits{}))
				if err != nil || value.PrStr(nil, v) != "[0 1 1 2 3 5 8 13 21 34 55 89]" {
					t.Errorf("got %v, %v", v, err)
				}
			}
		}()
	}
	group.Wait()
}
