package language

import (
	"fmt"
	"testing"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// weirRows are functions; data is made by weirData and handed over as the argument.
var weirRows = map[string]string{
	"fib":       `(fn [_] ((fn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) 25))`,
	"loop":      `(fn [_] (loop [i 0 sum 0] (if (> i 1000000) sum (recur (inc i) (+ sum i)))))`,
	"pipeline":  `(fn [xs] (reduce + (map :price (filter #(even? (:quantity %)) xs))))`,
	"strings":   `(fn [_] (count (apply str (map #(str "n" %) (range 10000)))))`,
	"sortgroup": `(fn [xs] (str (:price (last (sort-by :price xs))) ":" (count (group-by :group xs))))`,
	"nested":    `(fn [_] (get-in (reduce (fn [m i] (update (assoc-in m [:a :b :c] i) :n inc)) {:n 0} (range 10000)) [:n]))`,
	"json":      `(fn [orders] (mapv (fn [{:keys [id customer lines paid]}] {:id id :name (:name customer) :paid paid :total (reduce + (map #(* (:quantity %) (:price %)) lines))}) orders))`,
	"call":      `(fn [risk] {:level (:level risk) :score (:score risk) :name (:name risk) :region (:region risk) :needs (= "high" (:level risk))})`,
}

func prepareWeir(b *testing.B, row string) (func() any, bool) {
	forms, problems := syntax.Read("bench.clj", []byte(weirRows[row]))
	if problems.HasErrors() {
		b.Fatal(problems)
	}
	program, problems := interpreter.Compile(forms[0], interpreter.Options{})
	if problems.HasErrors() {
		b.Fatal(problems)
	}
	limits := value.Limits{Work: 1 << 60, Size: 1 << 60}
	fn, err := program.Run(value.NewThread(limits))
	if err != nil {
		b.Fatal(err)
	}
	call := func(arg value.Value) value.Value {
		v, err := interpreter.Call(value.NewThread(limits), fn, arg)
		if err != nil {
			b.Fatal(err)
		}
		return v
	}
	switch row {
	case "json":
		return func() any {
			orders, err := wire.FromJSON([]byte(document), wire.JSONLimits{})
			if err != nil {
				b.Fatal(err)
			}
			out, err := wire.MarshalPlain(call(orders))
			if err != nil {
				b.Fatal(err)
			}
			return len(out)
		}, true
	case "call":
		return func() any {
			arg := value.NewMap(value.Kw("level"), value.String("high"), value.Kw("score"), value.Int(91), value.Kw("name"), value.String("x"), value.Kw("region"), value.String("eu"), value.Kw("paid"), value.True)
			m, _ := call(arg).AsMap()
			level, _ := m.GetKw("level").AsString()
			needs, _ := m.GetKw("needs").AsBool()
			return fmt.Sprintf("%s:%t", level, needs)
		}, true
	}
	arg := weirData()
	return func() any {
		v := call(arg)
		if n, ok := v.AsInt(); ok {
			return n
		}
		return value.Text(nil, v)
	}, true
}

func weirData() value.Value {
	xs := make([]value.Value, items)
	for i := range xs {
		xs[i] = value.NewMap(value.Kw("price"), value.Int(int64(i*7919%items)), value.Kw("quantity"), value.Int(int64(i%3)), value.Kw("group"), value.Int(int64(i%100)))
	}
	return value.VectorFrom(xs)
}
