package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/metrics"
	"github.com/weir-run/weir/tracing"
)

// MaxValue is the most bytes that one value may have on the wire: a step's result or config, a decision, a run's input
// or result. What is larger has to be persisted.
const MaxValue = 1 << 20

// MaxHanded is the most bytes of a config whose step persists its result as a blob.
const MaxHanded = store.MaxRetainedBytes + MaxValue

// WarnValue is the size past which the timeline advises to persist a result.
const WarnValue = 512 << 10

// codeTooLarge is the type of the error that a value past MaxValue gives.
const codeTooLarge = "value-too-large"

func tooLarge(what string, size, limit int) string {
	return fmt.Sprintf("%s has %d bytes, and at most %d may travel through a run's history: persist it (:persist {:type :blob}) or return less",
		what, size, limit)
}

// interceptorsFor are what a Weir worker adds to the SDK's own work: they collect signals, count attempts, bound results
// and keep regular activities beating.
func interceptorsFor(p planned) []interceptor.WorkerInterceptor {
	return []interceptor.WorkerInterceptor{&interceptors{planned: p}}
}

// planned is what a worker adds to the plans of the runs that begin on it.
type planned struct {
	searchAttributes bool
	continueAfter    int
	metrics          *metrics.Metrics
}

type interceptors struct {
	interceptor.WorkerInterceptorBase
	planned
}

func (*interceptors) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	b := &inbound{}
	b.Next = next
	return b
}

func (i *interceptors) InterceptActivity(_ context.Context, next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	a := &attempt{planned: i.planned}
	a.Next = next
	return a
}

// attempt is one try of an activity.
type attempt struct {
	interceptor.ActivityInboundInterceptorBase
	planned
}

// ExecuteActivity runs the activity. A value comes out as JSON that says how many attempts it took.
func (a *attempt) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	info := activity.GetInfo(ctx)
	if info.HeartbeatTimeout > 0 && !info.IsLocalActivity {
		stop := beat(ctx, info.HeartbeatTimeout/3)
		defer stop()
	}
	began := time.Now()
	result, err := a.Next.ExecuteActivity(ctx, in)
	a.measure(ctx, info, in.Args, err, time.Since(began))
	if plan, ok := result.(activities.Plan); ok {
		plan.SearchAttributes, plan.ContinueAfter = a.searchAttributes, a.continueAfter
		return plan, err
	}
	v, ok := result.(wire.V)
	if err != nil || !ok {
		return result, err
	}
	data, err := wire.Marshal(v.Value)
	if err != nil {
		return nil, temporal.NewNonRetryableApplicationError(err.Error(), codeInvalidResult, nil)
	}
	if len(data) > MaxValue {
		return nil, temporal.NewNonRetryableApplicationError(tooLarge("the result", len(data), MaxValue), codeTooLarge, nil)
	}
	return encoded{data: data, attempts: info.Attempt, step: localStep(info, in.Args)}, nil
}

// measure counts an attempt of a step, and names the step in its span.
func (a *attempt) measure(ctx context.Context, info activity.Info, args []any, err error, took time.Duration) {
	if len(args) == 0 {
		return
	}
	call, ok := args[0].(activities.Call)
	if !ok || info.WorkflowType == nil {
		return
	}
	outcome := "ok"
	var app *temporal.ApplicationError
	switch {
	case errors.As(err, &app):
		outcome = app.Type()
	case err != nil:
		outcome = "failed"
	}
	a.metrics.Stepped(info.WorkflowType.Name, call.Step, info.ActivityType.Name, outcome, int(info.Attempt), took)
	tracing.Step(ctx, info.WorkflowType.Name, call.Step, outcome, int(info.Attempt))
}

// localStep names the step of a local activity.
func localStep(info activity.Info, args []any) string {
	if !info.IsLocalActivity || len(args) == 0 {
		return ""
	}
	call, _ := args[0].(activities.Call)
	return stepName(call.Step, call.N)
}

// beat tells the server every so often that the activity is alive, so that a worker's death is noticed before the
// attempt's timeout, until stop is called.
func beat(ctx context.Context, every time.Duration) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return func() { close(done) }
}
