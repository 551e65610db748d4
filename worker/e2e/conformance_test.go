//go:build !slim

package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// lowThreshold continues runs as new all the time.
const lowThreshold = 20

// TestConformance runs each flow of testdata/conformance as it is and, on a worker of its own, continued as new every few
// events: what comes out and what the outside sees has to be the same.
func TestConformance(t *testing.T) {
	w := newWorld(t)
	w.work(t, worker.Options{TaskQueue: "low", ContinueAfter: lowThreshold})
	low := *w
	low.starter = w.start(worker.StarterOptions{TaskQueue: "low"})
	files, err := filepath.Glob("testdata/conformance/*.case.edn")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".case.edn"), func(t *testing.T) {
			plain := conform(t, w, file)
			require.Equal(t, 1, plain.parts)
			often := conform(t, &low, file)
			require.Greater(t, often.parts, 1, "it was continued as new")
			require.Equal(t, plain.timeline, often.timeline)
		})
	}
}

// conformed is what a run of a case showed.
type conformed struct {
	parts    int // executions of the run
	timeline []string
}

// conform runs a case once.
func conform(t *testing.T, w *world, file string) conformed {
	t.Helper()
	text, err := os.ReadFile(strings.TrimSuffix(file, ".case.edn") + ".edn")
	require.NoError(t, err)
	expected, err := os.ReadFile(file)
	require.NoError(t, err)
	c, _ := edn(t, string(expected)).AsMap()
	w.outside.forget()
	each(c.GetKw("answers"), func(to, answer value.Value) { w.outside.answer(str(to), str(answer)) })
	for _, name := range items(c.GetKw("beside")) {
		other, err := os.ReadFile(filepath.Join(filepath.Dir(file), "beside", str(name)))
		require.NoError(t, err)
		w.deploy(t, string(other))
	}
	f := w.deploy(t, string(text))
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: f.Slug})
	require.NoError(t, err)
	for _, signal := range items(c.GetKw("early")) {
		w.send(t, s, signal)
	}
	if after := items(c.GetKw("after")); len(after) > 0 {
		require.Eventually(t, func() bool { return len(w.outside.requests(str(after[0]))) > 0 }, time.Minute, 10*time.Millisecond)
		w.send(t, s, after[1])
	}
	out := decode(t, w.result(t, s.WorkflowID, s.RunID))
	for _, name := range items(c.GetKw("varies")) {
		kw, _ := name.AsKeyword()
		if to := c.GetKw("grows"); !to.IsNil() {
			w.outside.requireGrowth(t, str(to), out[kw.Name])
		}
		delete(out, kw.Name)
	}
	want, err := wire.MarshalPlain(c.GetKw("result"))
	require.NoError(t, err)
	got, err := json.Marshal(out)
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
	each(c.GetKw("requests"), func(path, n value.Value) {
		count, _ := n.AsInt()
		require.Len(t, w.outside.requests(str(path)), int(count), str(path))
	})
	return conformed{parts: w.parts(t, s), timeline: w.timeline(t, s)}
}

// send signals a decision, to whichever part of the run is the current one.
func (w *world) send(t *testing.T, s worker.Started, signal value.Value) {
	t.Helper()
	pair := items(signal)
	var gone *serviceerror.NotFound
	require.EventuallyWithT(t, func(a *assertions) {
		err := w.client.SignalWorkflow(t.Context(), s.WorkflowID, "", str(pair[0]), wire.V{Value: pair[1]})
		require.NotErrorAs(a, err, &gone)
		require.NoError(a, err)
	}, time.Minute, 10*time.Millisecond)
}

// parts counts the executions of a run, and replays each.
func (w *world) parts(t *testing.T, s worker.Started) int {
	t.Helper()
	n := 0
	for id := s.RunID; id != ""; {
		h := w.history(t, s.WorkflowID, id)
		require.NoError(t, worker.Replay(quiet(), h), "part %d", n+1)
		n++
		id = h.Events[len(h.Events)-1].GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
	}
	return n
}

// timeline is what the run says it did, times and what differs from run to run aside; lines of one moment in any order.
func (w *world) timeline(t *testing.T, s worker.Started) []string {
	t.Helper()
	line, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
	require.NoError(t, err)
	var out []string
	for _, e := range line.Entries {
		require.False(t, e.Started.IsZero())
		require.False(t, e.Ended.Before(e.Started) && !e.Ended.IsZero(), "%+v", e)
		out = append(out, fmt.Sprint(e.Kind, " ", e.Step, "#", e.Occurrence, " ", e.Type, e.Key, " ", e.State, e.Label, e.Answer, " ", e.Attempts, e.Local, e.Action, e.By, e.Code, e.Note))
	}
	slices.Sort(out)
	return out
}

// requireGrowth checks that each request's body begins as the next one does, and that all are beginnings of what came out.
func (o *outside) requireGrowth(t *testing.T, path string, last any) {
	t.Helper()
	whole, err := json.Marshal(last)
	require.NoError(t, err)
	for _, r := range o.requests(path) {
		body := strings.TrimSuffix(strings.ReplaceAll(r.Body, " ", ""), "]")
		require.True(t, strings.HasPrefix(string(whole), body), "%s\nis no beginning of\n%s", body, whole)
	}
}

// forget drops what was recorded.
func (o *outside) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.got = nil
}

func each(m value.Value, do func(k, v value.Value)) {
	if entries, ok := m.AsMap(); ok {
		entries.Each(func(k, v value.Value) bool { do(k, v); return true })
	}
}

func items(v value.Value) []value.Value {
	var out []value.Value
	if !v.IsNil() {
		value.Each(nil, v, func(x value.Value) bool { out = append(out, x); return true })
	}
	return out
}

func str(v value.Value) string {
	s, _ := v.AsString()
	return s
}
