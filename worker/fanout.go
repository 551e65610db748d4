package worker

import (
	"cmp"
	"errors"

	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// DefaultConcurrency is how many items of a :fanout are under way at once where it has no :max-concurrency.
const DefaultConcurrency = 10

const (
	onErrorContinue = "continue"
	onErrorCollect  = "collect"
)

// fanoutOptions are the options that a :fanout takes of those of every step; its :on-error is its own.
var fanoutOptions = map[string]option{"title": options["title"], "expect": options["expect"]}

// fanoutConfig is the config of a :fanout step.
type fanoutConfig struct {
	items       []value.Value
	do          value.Value // nil: the items say which flow to call
	concurrency int
	onError     string
}

func readFanout(config value.Value) (fanoutConfig, *failure) {
	m, _ := config.AsMap()
	c := fanoutConfig{do: m.GetKw("do"), concurrency: DefaultConcurrency, onError: onErrorFail}
	items := m.GetKw("items")
	switch items.Kind() {
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		value.Each(nil, items, func(item value.Value) bool { c.items = append(c.items, item); return true })
	default:
		return c, failed(codeInvalidConfig, ":items must be a vector, not %s", describe(items))
	}
	if len(c.items) > definition.MaxItems {
		return c, failed(codeInvalidConfig, "a :fanout takes at most %d items, not %d", definition.MaxItems, len(c.items))
	}
	if !c.do.IsNil() {
		if _, ok := c.do.AsCallable(); !ok {
			return c, failed(codeInvalidConfig, ":do must be a function of an item, not %s", describe(c.do))
		}
	}
	if n := m.GetKw("max-concurrency"); !n.IsNil() {
		most, ok := n.AsInt()
		if !ok || most < 1 || most > definition.MaxConcurrency {
			return c, failed(codeInvalidConfig, ":max-concurrency must be a whole number from 1 to %d, not %s", definition.MaxConcurrency, describe(n))
		}
		c.concurrency = int(most)
	}
	if e := m.GetKw("on-error"); !e.IsNil() {
		text, err := textOf(e)
		if err != nil || text != onErrorFail && text != onErrorContinue && text != onErrorCollect {
			return c, failed(codeInvalidConfig, ":on-error must be :fail, :continue or :collect, not %s", describe(e))
		}
		c.onError = text
	}
	return c, nil
}

// fanout works on items side by side: each on a line of its own, at most :max-concurrency at once, begun in their order.
// With :on-error :fail none begins after one has failed; those under way end, and then the first failure in item order
// goes on. The value is the vector of results in item order.
func (h *host) fanout(th *value.Thread, s *step) (value.Value, *failure) {
	c, f := readFanout(s.opt.Config)
	if f != nil {
		return value.Nil, f
	}
	fan := &fan{host: h, step: s, config: c, call: h.next("fanout"),
		results: make([]value.Value, len(c.items)), errs: make([]error, len(c.items))}
	for i := range min(c.concurrency, len(c.items)) {
		fan.line(th, i)
	}
	h.join(func() bool { return fan.lines == 0 })
	th.Refill()
	return fan.value()
}

// fan is a :fanout under way.
type fan struct {
	host    *host
	step    *step
	config  fanoutConfig
	call    int  // which :fanout of its line it is, from 1
	next    int  // the item that begins next
	lines   int  // that are still at work
	stopped bool // no item begins any more
	results []value.Value
	errs    []error
}

// line starts the n-th line, which takes one item after the other.
func (f *fan) line(th *value.Thread, n int) {
	f.lines++
	f.host.run.lines.active++
	workflow.GoNamed(f.host.ctx, "fanout "+f.step.name(), func(ctx workflow.Context) {
		line := &host{run: f.host.run, ctx: ctx, path: f.host.linePath("l"+itoa(f.call), n)}
		line.begun()
		for f.next < len(f.config.items) && !f.stopped && !line.over() {
			i := f.next
			f.next++
			f.item(ctx, th.Fork(), i)
		}
		f.lines--
		f.host.run.leave()
	})
}

// item works on one item.
func (f *fan) item(ctx workflow.Context, own *value.Thread, i int) {
	line := &host{run: f.host.run, ctx: ctx, path: f.host.linePath("f"+itoa(f.call), i)}
	line.attach(own)
	if f.config.do.IsNil() {
		f.results[i], f.errs[i] = interpreter.Call(own, value.Of(&value.Builtin{Name: "call-flow", Fn: func(th *value.Thread, _ []value.Value) value.Value {
			return line.callItem(th, f.step, f.config.items[i], i)
		}}))
	} else {
		f.results[i], f.errs[i] = interpreter.Call(own, f.config.do, f.config.items[i])
	}
	var limit *value.LimitError
	f.stopped = f.stopped || f.errs[i] != nil && (f.config.onError == onErrorFail || errors.As(f.errs[i], &limit))
}

// callItem calls the flow that an item names.
func (h *host) callItem(th *value.Thread, of *step, item value.Value, i int) value.Value {
	h.partIfLong()
	h.countStep()
	s := &step{typ: typeCall, id: of.name() + "/" + itoa(i), n: 1}
	s.item = h.run.journal.add(Entry{Kind: KindStep, Step: s.id, Type: typeCall, Occurrence: 1, State: StateRunning, Started: h.run.now()})
	if kind, err := textOf(field(item, "type")); err != nil || kind != typeCall {
		return s.throw(h, failed(codeInvalidConfig, "without :do an item must be {:type :call-flow :flow-slug :name :input {...}}, not %s", describe(item)))
	}
	c, f := readCall(item)
	if f != nil {
		return s.throw(h, f)
	}
	c.id = "fanout/" + of.id + "/" + itoa(of.n) + "." + itoa(i)
	v, f := h.callFlow(th, s, c)
	if f != nil {
		return s.throw(h, f)
	}
	s.item.finish(h.run.now(), StateDone)
	return v
}

// value is the step's: the results, and what became of items that failed.
func (f *fan) value() (value.Value, *failure) {
	if f.config.onError == onErrorFail {
		throwFirst(f.errs)
		return value.NewVector(f.results...), nil
	}
	for i, err := range f.errs {
		if err == nil {
			continue
		}
		var thrown *value.Exception
		var limit *value.LimitError
		if errors.As(err, &limit) || !errors.As(err, &thrown) {
			throwFirst(f.errs)
		}
		f.results[i] = value.Nil
		if f.config.onError == onErrorCollect {
			f.results[i] = collected(thrown)
		}
	}
	return value.NewVector(f.results...), nil
}

// collected is {:error {:message :code :data}}.
func collected(e *value.Exception) value.Value {
	data := e.Data
	if impureKind(data) != "" {
		data = value.Nil
	}
	code := field(data, "code")
	if code.IsNil() {
		code = value.String(cmp.Or(e.Code, "exception"))
	}
	return value.NewMap(value.Kw("error"), value.NewMap(
		value.Kw("message"), value.String(e.Message), value.Kw("code"), code, value.Kw("data"), data,
	))
}
