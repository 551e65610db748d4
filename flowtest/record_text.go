package flowtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// field is a field of a test with its value.
type field struct {
	name  string
	value value.Value
}

// text is the test file, with that as its expectation.
func (r *recorder) text(expect []field) []byte {
	test := []field{
		{"name", value.String(fmt.Sprintf("recorded from %s, version %d, run %s", r.WorkflowID, r.Version, r.RunID))},
		{"input", r.Input.Value},
		{"now", value.NewInst(r.Began)},
	}
	if r.Invocation != "" {
		test = append(test, field{"invocation", value.Kw(r.Invocation)})
	}
	if answers := r.answers(); answers.Len() > 0 {
		test = append(test, field{"answers", value.Of(answers)})
	}
	if waits := r.waits(); waits.Len() > 0 {
		test = append(test, field{"waits", value.Of(waits)})
	}
	if r.Failure != nil && r.Failure.Status == worker.StatusCancelled {
		after := max(r.Ended.Sub(r.Began).Round(time.Millisecond), time.Millisecond)
		test = append(test, field{"cancel-after", value.String(lasting(after))})
	}
	if len(expect) > 0 {
		test = append(test, field{"expect", mapOf(expect)})
	}
	var b strings.Builder
	fmt.Fprintf(&b, ";; Recorded by weir show --record. Secret inputs and signatures are left out.\n{:flow %s\n :tests\n [", value.PrStr(nil, value.String(filepath.Base(r.File))))
	b.WriteString(match.Pretty(mapOf(test), 2))
	b.WriteString("]}\n")
	return []byte(b.String())
}

func mapOf(fields []field) value.Value {
	m := value.EmptyMap
	for _, f := range fields {
		m = m.Assoc(nil, value.Kw(f.name), f.value)
	}
	return value.Of(m)
}

// answers are those of steps that aren't run again, by step: one, or a vector for each occurrence.
func (r *recorder) answers() *value.Map {
	lists := map[string][]value.Value{}
	var order []string
	for _, s := range r.Steps {
		if s.Wait != nil || r.runs(s) {
			continue
		}
		if lists[s.Step] == nil {
			order = append(order, s.Step)
		}
		for len(lists[s.Step]) < s.Occurrence { // one that never came to its activity is asked for by nobody
			lists[s.Step] = append(lists[s.Step], value.NewMap(value.Kw("value"), value.Nil))
		}
		lists[s.Step][s.Occurrence-1] = r.answer(s)
	}
	out := value.EmptyMap
	for _, id := range order {
		out = out.Assoc(nil, value.Kw(id), oneOrAll(lists[id]))
	}
	return out
}

func oneOrAll(list []value.Value) value.Value {
	if len(list) == 1 {
		return list[0]
	}
	return value.VectorFrom(list)
}

// runs tells whether a step is run in the test: a function gives the same again, unless its value lies in a store.
func (r *recorder) runs(s worker.RecordedStep) bool {
	return !r.answerAll && r.types[s.Step] == "function" && (s.Value == nil || !isRef(s.Value.Value))
}

func isRef(v value.Value) bool {
	m, ok := v.AsMap()
	return ok && value.Equal(nil, m.GetKw("type"), value.Kw("resource-ref"))
}

func (r *recorder) answer(s worker.RecordedStep) value.Value {
	if s.Failure == nil {
		v := value.Nil // which is null in JSON, where it can't be told from nothing
		if s.Value != nil {
			v = s.Value.Value
		}
		if m, ok := v.AsMap(); ok && m.IsEnvelope() && m.Len() == 3 {
			return mapOf([]field{{"status", m.GetKw("status")}, {"headers", m.GetKw("headers")}, {"body", m.GetKw("body")}})
		}
		return value.NewMap(value.Kw("value"), v)
	}
	f := s.Failure
	fail := []field{{"code", value.String(f.Code)}, {"message", value.String(f.Message)}}
	if f.Status != 0 {
		fail = append(fail, field{"status", value.Int(int64(f.Status))})
	}
	if f.Attempts > 1 {
		fail = append(fail, field{"attempts", value.Int(int64(f.Attempts))})
	}
	if f.Data != nil {
		if _, ok := f.Data.Value.AsMap(); ok {
			fail = append(fail, field{"data", f.Data.Value})
		}
	}
	return value.NewMap(value.Kw("fail"), mapOf(fail))
}

// waits are the decisions that came, by step.
func (r *recorder) waits() *value.Map {
	lists := map[string][]value.Value{}
	var order []string
	for _, s := range r.Steps {
		if s.Wait == nil {
			continue
		}
		if lists[s.Step] == nil {
			order = append(order, s.Step)
		}
		lists[s.Step] = append(lists[s.Step], r.decision(s))
	}
	out := value.EmptyMap
	for _, id := range order {
		out = out.Assoc(nil, value.Kw(id), oneOrAll(lists[id]))
	}
	return out
}

func (r *recorder) decision(s worker.RecordedStep) value.Value {
	if s.Wait.State != worker.StateDecided {
		return value.Kw("timeout")
	}
	payload := value.Of(value.EmptyMap)
	if s.Wait.Value != nil {
		payload = s.Wait.Value.Value
	}
	d := []field{{"value", payload}}
	if s.Wait.By != "" {
		d = append(d, field{"by", value.String(s.Wait.By)})
	}
	after := time.Duration(0)
	for _, e := range r.Timeline {
		if e.Kind == worker.KindWait && e.Step == s.Step && max(e.Occurrence, 1) == s.Occurrence && !e.Ended.IsZero() {
			after = max(e.Ended.Sub(e.Started), 0).Round(time.Millisecond)
		}
	}
	return mapOf(append(d, field{"after", value.String(lasting(after))}))
}

// lasting is a duration as flows write it.
func lasting(d time.Duration) string {
	var b strings.Builder
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}, {time.Millisecond, "ms"}} {
		if n := d / u.size; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			d -= n * u.size
		}
	}
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}
