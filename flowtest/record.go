package flowtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// Recorded is a run that is over: what it depended on, and what came of it.
type Recorded struct {
	worker.Recording
	Timeline []worker.Entry
	Ended    time.Time
	Result   json.RawMessage  // of one that completed
	Failure  *worker.RunError // of one that didn't
}

// ErrNotOver says that a run can't be recorded yet, or that it was ended from outside.
var ErrNotOver = errors.New("only a run that completed, failed or was cancelled can be recorded")

// Record writes a test file that runs the flow as it ran: the same input, answers and decisions, and what came of it as the
// expectation. The test has been run: where its result differs from run to run (times, ids), it expects anything. The notes say
// what is not as in the run.
func Record(ctx context.Context, r Recorded) (text []byte, notes []string, err error) {
	if r.Failure != nil && r.Failure.Status != worker.StatusFailed && r.Failure.Status != worker.StatusCancelled {
		return nil, nil, ErrNotOver
	}
	dir, err := os.MkdirTemp("", "weir-record-")
	if err != nil {
		return nil, nil, fmt.Errorf("record: %w", err)
	}
	defer os.RemoveAll(dir)
	flow := filepath.Join(dir, filepath.Base(r.File))
	if err := os.WriteFile(flow, []byte(r.Definition), 0o600); err != nil {
		return nil, nil, fmt.Errorf("record: %w", err)
	}
	// Functions give what they gave: they are run, unless something hangs on where they ran.
	for _, all := range []bool{false, true} {
		rec := recorder{Recorded: r, file: flow, answerAll: all}
		text, notes, err = rec.record(ctx)
		if err != nil || len(notes) == 0 {
			break
		}
	}
	return text, notes, err
}

// recorder makes a test of a run.
type recorder struct {
	Recorded
	file      string // of the flow
	answerAll bool   // functions too
	types     map[string]string
}

// record makes the test, runs it, and takes over as expected what is as it was.
func (r *recorder) record(ctx context.Context) ([]byte, []string, error) {
	s, err := r.suite(r.text(nil))
	if err != nil {
		return nil, nil, err
	}
	r.types = map[string]string{}
	for _, step := range s.Flow.Steps {
		r.types[step.ID] = step.Type
	}
	if s, err = r.suite(r.text(nil)); err != nil {
		return nil, nil, err
	}
	w, err := newWorld(ctx, s.Flow)
	if err != nil {
		return nil, nil, err
	}
	defer w.close()
	flow := &worker.Flow{}
	expect, notes := r.expected(w.run(flow, s.Tests[0]))
	text := r.text(expect)
	if s, err = r.suite(text); err != nil {
		return nil, nil, err
	}
	for _, f := range s.Tests[0].check(w.run(flow, s.Tests[0])) {
		notes = append(notes, "the test doesn't pass: "+f.Message)
	}
	return text, notes, nil
}

// suite reads the test beside the flow.
func (r *recorder) suite(text []byte) (*Suite, error) {
	s, problems := Parse(filepath.Join(filepath.Dir(r.file), "recorded"+Suffix), text)
	if s == nil {
		return nil, fmt.Errorf("record: the test can't be read: %w", problems.Err())
	}
	return s, nil
}

// expected is what came of the test's run as far as it came of the recorded one.
func (r *recorder) expected(o outcome) (fields []field, notes []string) {
	switch {
	case o.err != nil:
		return nil, []string{"the test can't be run: " + o.err.Error()}
	case r.Failure != nil && o.failure != nil && codeOf(r.Failure) == codeOf(o.failure):
		fields = append(fields, field{"error", value.NewMap(value.Kw("code"), value.String(codeOf(o.failure)))})
	case r.Failure != nil:
		notes = append(notes, "the run failed with "+codeOf(r.Failure)+", and the test doesn't")
	case o.failure != nil:
		notes = append(notes, "the run completed, and the test fails: "+o.failure.Error())
	default:
		was, err := wire.FromJSON(r.Result, wire.JSONLimits{})
		if err != nil {
			return nil, []string{"the run's result can't be read: " + err.Error()}
		}
		fields = append(fields, field{"result", common(was, o.result)})
	}
	was, is := shorts(places(worker.Timeline{Entries: r.Timeline})), shorts(places(o.timeline))
	switch {
	case slices.Equal(was, is):
		var path []value.Value
		for _, p := range places(o.timeline) {
			path = append(path, p.short)
		}
		fields = append(fields, field{"path", value.VectorFrom(path)})
	case !slices.Equal(slices.Sorted(slices.Values(was)), slices.Sorted(slices.Values(is))):
		notes = append(notes, "the test takes another way than the run: "+strings.Join(is, " "))
	}
	return fields, notes
}

func shorts(way []place) []string {
	out := make([]string, len(way))
	for i, p := range way {
		out[i] = value.PrStr(nil, p.short)
	}
	return out
}

// anyValue is what an expectation has where values differ from run to run.
var anyValue = value.Sym("", "_")

// common is what two results have in common: what differs is _. It has nothing of was alone, which may hold secrets.
func common(was, is value.Value) value.Value {
	if a, ok := was.AsMap(); ok {
		b, ok := is.AsMap()
		if !ok {
			return anyValue
		}
		out := value.EmptyMap
		b.Each(func(k, v value.Value) bool {
			old, has := a.Own(nil, k)
			if !has {
				out = out.Assoc(nil, k, anyValue)
			} else {
				out = out.Assoc(nil, k, common(old, v))
			}
			return true
		})
		return value.Of(out)
	}
	a, isVector := was.AsVector()
	b, both := is.AsVector()
	if isVector && both && a.Len() == b.Len() {
		items := make([]value.Value, b.Len())
		for i := range items {
			items[i] = common(a.At(i), b.At(i))
		}
		return value.VectorFrom(items)
	}
	if value.Equal(nil, was, is) {
		return is
	}
	return anyValue
}

// RecordedName is where the test of a run goes if nobody says: beside the flow, under the run's name.
func (r Recorded) RecordedName() string {
	safe := strings.Map(func(c rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", c) {
			return c
		}
		return '-'
	}, r.WorkflowID)
	return safe + Suffix
}
