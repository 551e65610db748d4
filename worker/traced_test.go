package worker

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/tracing"
)

// TestReplayTraced replays what was recorded without traces on a worker that traces: runs that were open when they were turned on
// go on.
func TestReplayTraced(t *testing.T) {
	t.Parallel()
	memory := tracetest.NewInMemoryExporter()
	on := tracing.New(sdktrace.NewSimpleSpanProcessor(memory))
	o, err := on.Client(client.Options{})
	require.NoError(t, err)
	require.Len(t, o.Interceptors, 1)
	traced := o.Interceptors[0].(interceptor.WorkerInterceptor)
	files, err := filepath.Glob("testdata/histories/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	ids := map[string]bool{}
	for range 2 {
		memory.Reset()
		for _, file := range files {
			r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
				DataConverter: DataConverter(), Interceptors: append([]interceptor.WorkerInterceptor{traced}, interceptorsFor(planned{})...),
			})
			require.NoError(t, err)
			registerWorkflows(r, &Flow{})
			h := recorded(t, file)
			began := h.Events[0].GetWorkflowExecutionStartedEventAttributes()
			require.NoError(t, r.ReplayWorkflowHistoryWithOptions(silent{}, h, worker.ReplayWorkflowHistoryOptions{
				OriginalExecution: workflow.Execution{ID: began.WorkflowId, RunID: began.OriginalExecutionRunId},
			}), file)
		}
		for _, s := range memory.GetSpans() {
			ids[s.SpanContext.TraceID().String()+s.SpanContext.SpanID().String()] = true
		}
	}
	require.Len(t, ids, len(files), "nothing is traced twice, and the second replay's span is the first one's")
}
