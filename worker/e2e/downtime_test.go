//go:build !slim

package e2e_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	schedulepb "go.temporal.io/api/schedule/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/api/historyservice/v1"
	schedulespb "go.temporal.io/server/api/schedule/v1"
	"go.temporal.io/server/common"
	"go.temporal.io/server/common/sdk"
	"go.temporal.io/server/service/worker/scheduler"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/embedded"
	"github.com/weir-run/weir/worker"
)

// downServer is a server that is stopped and started again on the same database.
func downServer(t *testing.T) (start func() (client.Client, func()), history string) {
	t.Helper()
	dir, p := t.TempDir(), freePorts(t, 6)
	start = func() (client.Client, func()) {
		server, err := embedded.StartTemporal(embedded.TemporalOptions{
			File: filepath.Join(dir, "temporal.db"), LogFile: filepath.Join(dir, "temporal.log"), Durable: true,
			Frontend: p[0], UI: p[1], HTTP: p[2], History: p[3], Matching: p[4], Worker: p[5],
		})
		require.NoError(t, err)
		c, err := places{Temporal: server.Address, S3: storetest.S3Options(t)}.dial()
		require.NoError(t, err)
		return c, func() {
			c.Close()
			require.NoError(t, server.Stop())
		}
	}
	return start, fmt.Sprintf("127.0.0.1:%d", p[3])
}

// startInside starts one of the server's own workflows as its frontend does, which takes none from outside.
func startInside(t *testing.T, c client.Client, history string, r *workflowservice.StartWorkflowExecutionRequest) {
	t.Helper()
	ns, err := c.WorkflowService().DescribeNamespace(t.Context(), &workflowservice.DescribeNamespaceRequest{Namespace: r.GetNamespace()})
	require.NoError(t, err)
	conn, err := grpc.NewClient(history, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	_, err = historyservice.NewHistoryServiceClient(conn).StartWorkflowExecution(t.Context(),
		common.CreateHistoryStartWorkflowRequest(ns.GetNamespaceInfo().GetId(), r, nil, nil, time.Now()))
	require.NoError(t, err)
}

const quarterly = `{:slug :quarterly :concurrency {:type :singleton :on-new-version :drain} :schedules [{:id :q :cron "*/15 * * * *"}] :flow '1}`

// Three hours of downtime: the server's own scheduler is given the state that it has after them, last at work three hours
// ago, across a real restart of the server. Of the twelve firings that it missed those of the last hour are made up, and no others.
func TestAScheduleAfterThreeHoursOfDowntime(t *testing.T) {
	start, history := downServer(t)
	c, stop := start()
	f, problems := definition.Parse("flow.edn", []byte(quarterly))
	require.NoError(t, problems.Err())
	require.NoError(t, worker.ReconcileSchedules(t.Context(), c, f, 1, nil))
	const id = scheduler.WorkflowIDPrefix + "quarterly/schedule/q"

	// The schedule as Weir made it, less three hours of work.
	first, err := c.GetWorkflowHistory(t.Context(), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT).Next()
	require.NoError(t, err)
	was := first.GetWorkflowExecutionStartedEventAttributes()
	var args schedulespb.StartScheduleArgs
	require.NoError(t, sdk.PreferProtoDataConverter.FromPayloads(was.GetInput(), &args))
	require.NoError(t, c.TerminateWorkflow(t.Context(), id, "", ""))
	now := time.Now()
	args.State.LastProcessedTime = timestamppb.New(now.Add(-3 * time.Hour))
	args.State.ConflictToken = scheduler.InitialConflictToken
	args.Info = &schedulepb.ScheduleInfo{CreateTime: args.State.LastProcessedTime}
	input, err := sdk.PreferProtoDataConverter.ToPayloads(&args)
	require.NoError(t, err)
	startInside(t, c, history, &workflowservice.StartWorkflowExecutionRequest{
		Namespace: "default", WorkflowId: id, WorkflowType: was.GetWorkflowType(), TaskQueue: was.GetTaskQueue(), Input: input,
		RequestId: uuid.NewString(), WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WorkflowIdConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		Memo:                     was.GetMemo(), SearchAttributes: was.GetSearchAttributes(),
	})
	stop()

	c, stop = start()
	defer stop()
	var d *client.ScheduleDescription
	require.EventuallyWithT(t, func(k *assertions) {
		d, err = c.ScheduleClient().GetHandle(t.Context(), "quarterly/schedule/q").Describe(t.Context())
		require.NoError(k, err)
		require.NotEmpty(k, d.Info.RecentActions)
	}, time.Minute, 100*time.Millisecond)
	require.Equal(t, d.Info.NumActions, len(d.Info.RecentActions))
	require.Zero(t, d.Info.NumActionsSkippedOverlap)
	want, missed := quartersSince(now.Add(-3*time.Hour), d.Info.RecentActions[0].ActualTime)
	var fired []time.Time
	for _, a := range d.Info.RecentActions {
		fired = append(fired, a.ScheduleTime.UTC())
		run, err := c.DescribeWorkflowExecution(t.Context(), a.StartWorkflowResult.WorkflowID, a.StartWorkflowResult.FirstExecutionRunID)
		require.NoError(t, err)
		require.Equal(t, "quarterly", run.GetWorkflowExecutionInfo().GetType().GetName())
	}
	require.Equal(t, want, fired, "what was due in the last hour, in its order")
	require.Equal(t, missed, d.Info.NumActionsMissedCatchupWindow)
	require.InDelta(t, 8, missed, 1)
}

// quartersSince are the quarters of an hour that a scheduler makes up for at a moment, and the number of those it drops.
func quartersSince(from, at time.Time) (due []time.Time, missed int) {
	for q := from.UTC().Truncate(15 * time.Minute).Add(15 * time.Minute); !q.After(at); q = q.Add(15 * time.Minute) {
		if at.Sub(q) > worker.CatchupWindow {
			missed++
			continue
		}
		due = append(due, q)
	}
	return due, missed
}
