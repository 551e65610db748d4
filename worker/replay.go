package worker

import (
	"errors"
	"fmt"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Replay runs recorded histories through the code of this process: offline, with nothing but the history. A history that
// this code would not make again is an error.
func Replay(logger log.Logger, history *historypb.History) error {
	r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter: DataConverter(), Interceptors: interceptorsFor(planned{}),
	})
	if err != nil {
		return fmt.Errorf("make replayer: %w", err)
	}
	registerWorkflows(r, &Flow{})
	if len(history.GetEvents()) == 0 {
		return errors.New("replay: an empty history")
	}
	began := history.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
	return r.ReplayWorkflowHistoryWithOptions(logger, history, worker.ReplayWorkflowHistoryOptions{
		OriginalExecution: workflow.Execution{ID: began.GetWorkflowId(), RunID: began.GetOriginalExecutionRunId()},
	})
}
