package flowtest

import (
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// answer is what one occurrence of a step gives without being run.
type answer struct {
	value value.Value
	fail  *failure
}

// failure is how a step fails.
type failure struct {
	code, message    string
	status, attempts int
	data             value.Value
}

// answerForm is an answer as it is read.
type answerForm struct {
	value, fail, status, headers, body *syntax.Node
}

var answerTable = schema.Table[answerForm]{
	{Name: "value", Shape: schema.Any, Set: schema.IntoNode(func(f *answerForm) **syntax.Node { return &f.value })},
	{Name: "fail", Shape: schema.Either(schema.Map, schema.Name), Set: schema.IntoNode(func(f *answerForm) **syntax.Node { return &f.fail })},
	{Name: "status", Shape: schema.Natural, Set: schema.IntoNode(func(f *answerForm) **syntax.Node { return &f.status })},
	{Name: "headers", Shape: schema.Map, Set: schema.IntoNode(func(f *answerForm) **syntax.Node { return &f.headers })},
	{Name: "body", Shape: schema.Any, Set: schema.IntoNode(func(f *answerForm) **syntax.Node { return &f.body })},
}

var failTable = schema.Table[failure]{
	{Name: "code", Shape: schema.Name, Set: schema.Into(func(f *failure) *string { return &f.code })},
	{Name: "message", Shape: schema.Text, Set: schema.Into(func(f *failure) *string { return &f.message })},
	{Name: "status", Shape: schema.Natural, Set: func(_ *schema.Report, f *failure, n *syntax.Node) { f.status = int(schema.IntOf(n)) }},
	{Name: "attempts", Shape: schema.Positive, Set: func(_ *schema.Report, f *failure, n *syntax.Node) { f.attempts = int(schema.IntOf(n)) }},
	{Name: "data", Shape: schema.Map, Set: schema.IntoValue(func(f *failure) *value.Value { return &f.data })},
}

// unanswerable are the steps that aren't activities, with what a test says of them instead.
var unanswerable = map[string]string{
	"wait":  "say under :waits what comes",
	"sleep": "the clock skips it",
	"time":  "set :now",
}

func (r *reader) answers(n *syntax.Node, t *Test) {
	schema.Pairs(&r.Report, n, "a step", func(key, v *syntax.Node) {
		id, typ, ok := r.step(key)
		if !ok {
			return
		}
		if hint := unanswerable[typ]; hint != "" {
			r.Error(key, "test-answer", hint, "a :%s step takes no answer", typ)
			return
		}
		list := []*syntax.Node{v}
		if v.Kind == syntax.Vector {
			list = v.Items
		}
		if len(list) == 0 {
			r.Error(v, "test-answer", "", "a vector of answers holds at least one")
		}
		t.Answers[id] = nil
		for _, one := range list {
			t.Answers[id] = append(t.Answers[id], r.answer(one))
		}
	})
}

func (r *reader) answer(n *syntax.Node) answer {
	const shape = `write {:value ...}, {:fail {:code "http-status" :status 503}}, or of an http step {:status 200 :body ...}`
	var f answerForm
	if n.Kind != syntax.Map {
		r.Error(n, "test-answer", shape, "an answer must be a map, not %s", schema.Found(n))
		return answer{}
	}
	answerTable.Read(&r.Report, n, "an answer", &f)
	http := f.status != nil || f.headers != nil || f.body != nil
	if given := btoi(f.value != nil) + btoi(f.fail != nil) + btoi(http); given != 1 {
		r.Error(n, "test-answer", shape, "an answer is one of :value, :fail and an http answer")
		return answer{}
	}
	switch {
	case f.fail != nil:
		return answer{fail: r.failure(f.fail)}
	case http:
		return answer{value: r.httpAnswer(f)}
	}
	v := r.data(f.value)
	if m, ok := v.AsMap(); ok && !m.GetKw("status").IsNil() && !m.GetKw("body").IsNil() {
		v = value.Of(m.Envelope())
	}
	return answer{value: v}
}

// httpAnswer is the result of an http step.
func (r *reader) httpAnswer(f answerForm) value.Value {
	status, headers, body := int64(200), value.Of(value.EmptyMap), value.Nil
	if f.status != nil {
		status = schema.IntOf(f.status)
	}
	if f.headers != nil {
		headers = r.data(f.headers)
	}
	if f.body != nil {
		body = r.data(f.body)
	}
	m, _ := value.NewMap(value.Kw("status"), value.Int(status), value.Kw("headers"), headers, value.Kw("body"), body).AsMap()
	return value.Of(m.Envelope())
}

func (r *reader) failure(n *syntax.Node) *failure {
	f := &failure{attempts: 1}
	if n.Kind == syntax.Map {
		failTable.Read(&r.Report, n, "a failure", f)
	} else {
		f.code = schema.TextOf(n)
	}
	switch {
	case f.code == "" && f.status != 0:
		f.code = "http-status"
	case f.code == "":
		f.code = "step-failed"
	}
	if f.message == "" {
		f.message = "it failed, as the test says"
	}
	return f
}

// give is what the activity of a step returns.
func (a answer) give(step string) (wire.V, error) {
	if a.fail == nil {
		return wire.V{Value: a.value}, nil
	}
	f := a.fail
	return wire.V{}, temporal.NewApplicationErrorWithOptions(f.message, f.code, temporal.ApplicationErrorOptions{
		NonRetryable: true,
		Details: []any{activities.Failure{
			Step: step, Code: f.code, Message: f.message, Status: f.status, Attempts: f.attempts, Data: wire.V{Value: f.data},
		}},
	})
}

// call is what a called flow gives instead of running. What it gives is plain JSON, as every flow's result.
func (a answer) call() worker.CallAnswer {
	result, err := wire.MarshalPlain(a.value)
	if err != nil {
		return worker.CallAnswer{Code: "test-answer", Message: err.Error()}
	}
	if a.fail == nil {
		return worker.CallAnswer{Result: result}
	}
	c := worker.CallAnswer{Code: a.fail.code, Message: a.fail.message}
	if c.Data, err = wire.MarshalPlain(a.fail.data); err != nil {
		c.Message += " (its :data is no JSON)"
	}
	return c
}

// answerOf is the answer for the n-th occurrence of a step, from 1; the last one holds for all that follow.
func (t *Test) answerOf(step string, n int) (answer, bool) {
	list := t.Answers[step]
	if len(list) == 0 {
		return answer{}, false
	}
	return list[min(max(n, 1), len(list))-1], true
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
