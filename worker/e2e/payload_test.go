//go:build !slim

package e2e_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// parallelReads is a flow of n requests at once, every other one of which is a regular activity; it adds up what came.
func parallelReads(slug, path string, n int) string {
	var steps strings.Builder
	for i := range n {
		placement := []string{"local", "regular"}[i%2]
		fmt.Fprintf(&steps, "(flow/step :http :read-%d {:url \"$OUTSIDE%s\" :placement :%s :timeout 60})\n", i, path, placement)
	}
	return fmt.Sprintf(`{:slug :%s :concurrency {:type :singleton :on-new-version :coexist}
 :flow '(let [all (flow/parallel %s)] {:sizes (mapv #(count (:body %%)) all)})}`, slug, steps.String())
}

// manyLargeValues: 40 values of 900 KB each come back in few workflow tasks, 36 MB where Temporal takes 4.
func manyLargeValues(t *testing.T, w *world) {
	const n, size = 40, 900 << 10
	w.outside.answer("GET /900k", "200 text/plain "+strings.Repeat("x", size))
	w.deploy(t, parallelReads("many-large", "/900k", n))
	s, result := w.run(t, "many-large", `{}`)
	w.requireSizes(t, result, n, size)
	h := w.history(t, s.WorkflowID, s.RunID)
	require.Less(t, proto.Size(h), 256<<10, "the values are in the store")
	require.ErrorContains(t, worker.Replay(quiet(), h), "no storage driver is configured")
	w.replays(t, h)
}

// manyMediumValues: each is small enough for the history, all together aren't.
func manyMediumValues(t *testing.T, w *world) {
	const n, size = 80, 100 << 10
	w.outside.answer("GET /100k", "200 text/plain "+strings.Repeat("m", size))
	w.deploy(t, parallelReads("many-medium", "/100k", n))
	s, result := w.run(t, "many-medium", `{}`)
	w.requireSizes(t, result, n, size)
	w.replays(t, w.history(t, s.WorkflowID, s.RunID))
}

func (w *world) requireSizes(t *testing.T, result string, n, size int) {
	t.Helper()
	var got struct{ Sizes []int }
	require.NoError(t, json.Unmarshal([]byte(result), &got))
	require.Len(t, got.Sizes, n)
	for _, s := range got.Sizes {
		require.Equal(t, size, s)
	}
}

// replays resolves what a history has in the store: from then on it needs none.
func (w *world) replays(t *testing.T, h *historypb.History) {
	t.Helper()
	way, err := w.places.way()
	require.NoError(t, err)
	require.NoError(t, way.Resolve(t.Context(), h))
	require.NoError(t, worker.Replay(quiet(), h))
}

// largeInput: as much as a webhook may bring reaches the flow whole, its wait's notification too, and what is persisted of it.
func largeInput(t *testing.T, w *world) {
	w.outside.answer("POST /notice", "200 text/plain ok")
	w.deploy(t, `{:slug :large-input :concurrency {:type :singleton :on-new-version :coexist}
 :templates [{:id :notice :type :notification :channels {:http {:url "$OUTSIDE/notice" :method :post :json {:head "{{truncate text 10}}"}}}}]
 :flow '(let [in (flow/input)
              kept (flow/step :http :keep {:url "$OUTSIDE/notice" :method :post :json {:all (:text in)} :persist {:type :blob}})
              also (flow/step :function :also {:input {:all (:text in)} :persist {:type :blob}})
              _ (flow/step :wait :ask {:key "ask" :timeout "1m" :notify {:template :notice}})]
          {:size (count (:text in)) :kept (:size-bytes also) :status (:status kept)})}`)
	text := strings.Repeat("é", (5<<20)/2-100)
	s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "large-input", Input: value.NewMap(value.Kw("text"), value.String(text))})
	require.NoError(t, err)
	w.waiting(t, s.WorkflowID, s.RunID)
	d, err := w.starter.Decide(t.Context(), worker.Decision{WorkflowID: s.WorkflowID, RunID: s.RunID, Key: "ask", Value: edn(t, `{:action "approve"}`)})
	require.NoError(t, err)
	require.Equal(t, worker.OutcomeDecided, d.Outcome)
	require.JSONEq(t, fmt.Sprintf(`{"size":%d,"kept":%d,"status":200}`, (5<<20)/2-100, len(text)+len(`{:all ""}`)), w.result(t, s.WorkflowID, s.RunID))
	bodies := w.outside.requests("/notice")
	require.Len(t, bodies, 2)
	h := w.history(t, s.WorkflowID, s.RunID)
	require.Less(t, proto.Size(h), 64<<10)
	w.replays(t, h)
}

// valueEdges: results of one byte below, at and above what a history takes without a word, and at all.
func valueEdges(t *testing.T, w *world) {
	w.deploy(t, `{:slug :edges :concurrency {:type :keyed :key-field :id :on-new-version :coexist}
 :flow '(let [in (flow/input)] {:size (count (:t (flow/step :function :give {:input {:t (:t in)}})))})}`)
	const frame = len(`{"t":""}`)
	for _, edge := range []struct {
		size       int
		warns, run bool
	}{
		{worker.WarnValue - 1, false, true}, {worker.WarnValue, false, true}, {worker.WarnValue + 1, true, true},
		{worker.MaxValue - 1, true, true}, {worker.MaxValue, true, true}, {worker.MaxValue + 1, false, false},
	} {
		text := value.String(strings.Repeat("v", edge.size-frame))
		s, err := w.starter.Start(t.Context(), worker.StartRequest{Slug: "edges", Input: value.NewMap(value.Kw("t"), text, value.Kw("id"), value.Int(int64(edge.size)))})
		require.NoError(t, err)
		out, err := w.starter.Result(t.Context(), s.WorkflowID, s.RunID)
		if !edge.run {
			var failed *worker.RunError
			require.ErrorAs(t, err, &failed, "%d bytes", edge.size)
			require.ErrorContains(t, err, fmt.Sprintf("%d bytes, and at most %d", edge.size, worker.MaxValue))
			require.ErrorContains(t, err, ":persist {:type :blob}")
			require.Equal(t, "value-too-large", failed.Code)
			continue
		}
		require.NoError(t, err, "%d bytes", edge.size)
		require.JSONEq(t, fmt.Sprintf(`{"size":%d}`, edge.size-frame), string(out))
		timeline, err := w.starter.Timeline(t.Context(), s.WorkflowID, s.RunID)
		require.NoError(t, err)
		warned := false
		for _, e := range timeline.Entries {
			warned = warned || e.Kind == worker.KindNote && strings.Contains(e.Note, "persist it")
		}
		require.Equal(t, edge.warns, warned, "%d bytes", edge.size)
	}
}
