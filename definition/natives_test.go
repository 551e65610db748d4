package definition_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// fakeHost answers flow/ functions and writes down what it is asked.
type fakeHost struct {
	input value.Value
	asked []string
}

func (h *fakeHost) Input() value.Value { return h.input }
func (h *fakeHost) NowMs() int64       { return 1_790_000_000_000 }
func (h *fakeHost) UUID() string       { return "6a4b7d24-7e63-4c6c-9d3a-0a3f3a1c9d11" }
func (h *fakeHost) Rand() float64      { return 0.25 }

func (h *fakeHost) Step(th *value.Thread, typ, id string, config value.Value) value.Value {
	h.asked = append(h.asked, typ+" "+id+" "+value.PrStr(th, config))
	if id == "fails" {
		panic(value.NewException("ExceptionInfo", "it failed", value.NewMap(value.Kw("code"), value.String("http-status")), nil))
	}
	return value.NewMap(value.Kw("id"), value.String(id))
}

func (h *fakeHost) SlotBound(slot string) bool { return slot == "api" }

func (h *fakeHost) CallFlow(th *value.Thread, spec value.Value) value.Value { return spec }

func (h *fakeHost) Parallel(th *value.Thread, branches []value.Value) []value.Value {
	out := make([]value.Value, len(branches))
	for i := len(branches) - 1; i >= 0; i-- {
		out[i] = value.Call(th, branches[i])
	}
	return out
}

func (h *fakeHost) Poll(th *value.Thread, opts, step value.Value) value.Value {
	return value.NewVector(opts, value.Call(th, step))
}

// run evaluates a form with everything that a body has, and shows its value.
func run(t *testing.T, h *fakeHost, form string) string {
	t.Helper()
	f, problems := definition.Parse("f.edn", []byte(`{:slug :f :concurrency {:type :singleton} :flow '`+form+`}`))
	require.False(t, problems.HasErrors(), problems.Error())
	th := value.NewThread(value.Limits{})
	th.Host = h
	v, err := f.Program.Run(th)
	if err != nil {
		return "! " + err.Error()
	}
	return value.PrStr(nil, v)
}

func TestFlowFunctions(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{
		`(:a (flow/input))`:                        `1`,
		`(flow/step :http :get {:url "http://x"})`: `{:id "get"}`,
		`(flow/step :time :now)`:                   `{:id "now"}`,
		`(flow/step :time (str "a" 1) nil)`:        `{:id "a1"}`,
		`(try (flow/step :time :fails) (catch Exception e (:code (ex-data e))))`: `"http-status"`,
		`(flow/now-ms)`: `1790000000000`,
		`(flow/now)`:    `#inst "2026-09-21T14:13:20.000-00:00"`,
		`(flow/uuid)`:   `#uuid "6a4b7d24-7e63-4c6c-9d3a-0a3f3a1c9d11"`,
		`(flow/rand)`:   `0.25`,
		`(flow/elapsed? (- (flow/now-ms) 60000) "1m")`:                                          `true`,
		`(flow/elapsed? (- (flow/now-ms) 59999) 60)`:                                            `false`,
		`(flow/elapsed? (flow/now) "0s")`:                                                       `true`,
		`(mapv flow/backoff [1 2 3 7 100])`:                                                     `[1000 2000 4000 60000 60000]`,
		`(mapv #(flow/backoff % {:base "500ms" :factor 3 :max "10s"}) [0 1 2 3 4 99999999999])`: `[500 500 1500 4500 10000 10000]`,
		`(flow/backoff 2 {:base "5m"})`:                                                         `300000`,
		`[(flow/slot-bound? :api) (flow/slot-bound? :b)]`:                                       `[true false]`,
		`(flow/parallel (flow/step :time :a) 1 (inc 1))`:                                        `[{:id "a"} 1 2]`,
		`(let [map 3] (flow/parallel map))`:                                                     `[3]`,
		`(flow/parallel)`:                                                                       `[]`,
		`(flow/poll {:interval "1s"} (flow/step :time :a))`:                                     `[{:interval "1s"} {:id "a"}]`,
	} {
		require.Equal(t, want, run(t, &fakeHost{input: value.NewMap(value.Kw("a"), value.Int(1))}, form), form)
	}
}

func TestFlowFunctionsRefuseWhatTheyCannotTake(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{
		`(flow/step (str "http") :a {})`: "a step's type must be a keyword, not a string",
		`(flow/step :time (inc 1) {})`:   "a step's id must be a keyword, not an integer",
		`(flow/step :time :a (vec nil))`: "the configuration of :a must be a map, not a vector",
		`(flow/elapsed? "1m" "1m")`:      "must be milliseconds",
		`(flow/elapsed? 1 "soon")`:       "a duration is text like",
		`(flow/backoff "1")`:             "must be a whole number",
		`(flow/backoff 1 {:factor 0.5})`: ":factor must be a number of at least 1",
		`(flow/backoff 1 [1])`:           "the options must be a map",
		`(flow/slot-bound? 1)`:           "a slot is a keyword",
	} {
		require.Contains(t, run(t, &fakeHost{}, form), want, form)
	}
	f := parse(t, flowText())
	_, err := f.Program.Run(value.NewThread(value.Limits{}))
	require.ErrorContains(t, err, "only while a flow runs")
}

func TestStepsAreGivenTheirTypeIDAndConfiguration(t *testing.T) {
	t.Parallel()
	h := &fakeHost{}
	run(t, h, `(do (flow/step :kv :write {:operation :set :key "k" :value 1}) (doseq [i [1 2]] (flow/step :time (keyword (str "s" i)))))`)
	require.Equal(t, []string{`kv write {:operation :set, :key "k", :value 1}`, "time s1 {}", "time s2 {}"}, h.asked)
}

func TestFunctionsRunAndKeepTheirPositions(t *testing.T) {
	t.Parallel()
	f := parse(t, flowText(`:functions [{:id :sum :code "(fn [{:keys [xs]}] (reduce + xs))"}
  {:id :bad :code "(fn [x]
    (+ 1 (:a x)))"}
  {:id :quoted :code '(fn [x] (weir/base64-encode (:t x)))}]`))
	th := value.NewThread(value.Limits{})
	call := func(id, in string) (value.Value, error) {
		fn, err := f.Functions[id].Program.Run(th)
		require.NoError(t, err)
		return interpreter.Call(th, fn, data(t, in))
	}
	v, err := call("sum", `{:xs [1 2 3]}`)
	require.NoError(t, err)
	require.Equal(t, "6", value.PrStr(nil, v))
	v, err = call("quoted", `{:t "hi"}`)
	require.NoError(t, err)
	require.Equal(t, `"aGk="`, value.PrStr(nil, v))
	_, err = call("bad", `{:a "x"}`)
	var e *interpreter.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "3:5", fmt.Sprintf("%d:%d", e.Pos.Line, e.Pos.Col))
}

func TestCompileCode(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		`"(fn [x] (inc (:n x)))"`: "2", `(fn [x] (dec (:n x)))`: "0", `"(let [k 40] (fn [x] (+ k (:n x))))"`: "41",
	} {
		program, problems := definition.CompileCode("step.clj", data(t, code))
		require.Empty(t, problems, code)
		th := value.NewThread(value.Limits{})
		fn, err := program.Run(th)
		require.NoError(t, err)
		v, err := interpreter.Call(th, fn, data(t, `{:n 1}`))
		require.NoError(t, err)
		require.Equal(t, want, value.PrStr(nil, v), code)
	}
	for code, want := range map[string]string{
		`"1"`: "no-function", `""`: "no-function", `"(fn [x]) 2"`: "no-function", `7`: "no-function", `"(fn ["`: "unclosed", `"(fn [x] (flow/now-ms))"`: "refused",
	} {
		program, problems := definition.CompileCode("step.clj", data(t, code))
		require.Nil(t, program)
		require.Equal(t, want, problems[0].Code, code)
	}
}

func TestBackoffDelays(t *testing.T) {
	t.Parallel()
	b := definition.Backoff{Base: time.Second, Factor: 1.5, Max: 3 * time.Second}
	var got []string
	for n := range int64(5) {
		got = append(got, b.Delay(n).String())
	}
	require.Equal(t, "1s 1s 1.5s 2.25s 3s", strings.Join(got, " "))
}
