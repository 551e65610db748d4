package worker

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"github.com/weir-run/weir/activities"
)

func TestInput(t *testing.T) {
	t.Parallel()
	body := `(dissoc (flow/input) :flow/ctx)`
	for name, c := range map[string]struct{ text, input, want string }{
		"as typed":        {keyed(body), `{"id":"o-1","orderId":2,"order-id":"x","a b":true}`, `{"id":"o-1","orderId":2,"order-id":"x","a b":true,"n":7}`},
		"tilde":           {keyed(body), `{"id":"~user","n":1}`, `{"id":"~user","n":1}`},
		"nothing":         {singleton(body), ``, `{}`},
		"null":            {singleton(body), `null`, `{}`},
		"wire":            {singleton(body), `{"k":"~:approve","s":["~#set",[1]]}`, `{"k":"approve","s":[1]}`},
		"unknown is kept": {singleton(body), `{"x":{"y":[1.5,null]}}`, `{"x":{"y":[1.5,null]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, c.text)
			if b.flow.Concurrency.Type == "keyed" {
				b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "t/" + laneOf(t, c.input)})
			}
			b.input = c.input
			require.JSONEq(t, c.want, b.result())
		})
	}
}

func laneOf(t *testing.T, input string) string {
	t.Helper()
	var in struct{ ID string }
	require.NoError(t, json.Unmarshal([]byte(input), &in))
	return in.ID
}

func TestContextOfTheRun(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(:flow/ctx (flow/input))`))
	require.JSONEq(t, `{"workflow-id":"t","run-id":"default-test-run-id","slug":"t","version":3}`, b.result())
}

func TestInvalidInputFailsTyped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ input, field, message string }{
		"missing":    {`{}`, "id", "id is missing"},
		"wrong type": {`{"id":"a","n":"seven"}`, "n", "n must be a number"},
		"no map":     {`[1]`, "", "the input must be a map"},
		"no JSON":    {`{"id":`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, keyed(`1`))
			b.input = c.input
			app := b.failure()
			require.Equal(t, "invalid-input", app.Type())
			require.Contains(t, app.Message(), c.message)
			if c.message != "" {
				var detail runFailure
				require.NoError(t, app.Details(&detail))
				require.Equal(t, c.field, detail.Problems[0].Field)
			}
		})
	}
}

func TestUnknownFlowFails(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`1`))
	b.OnActivity(activityDefinition, mock.Anything, mock.Anything).Return(
		activities.Plan{}, temporal.NewNonRetryableApplicationError("there is no flow t", activities.UnknownFlow, nil))
	require.Equal(t, "unknown-flow", b.failure().Type())
}

func TestDefinitionIsReadUntilTheStoreAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`1`))
	left := 50
	b.OnActivity(activityDefinition, mock.Anything, mock.Anything).Return(func(context.Context, activities.Request) (activities.Plan, error) {
		if left--; left > 0 {
			return activities.Plan{}, temporal.NewApplicationError("S3 is down", "store-unavailable")
		}
		return activities.NewPlan(b.flow, 3, func(string) bool { return true })
	})
	require.Equal(t, "1", b.result())
}

func TestRunUnderItsLanesIDIsTheRun(t *testing.T) {
	t.Parallel()
	b := setup(t, keyed(`(:id (flow/input))`))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "t/o-1"})
	b.input = `{"id":"o-1"}`
	require.JSONEq(t, `"o-1"`, b.result())
}

func TestEntryStartsTheRunAndPassesItsResultOn(t *testing.T) {
	t.Parallel()
	b := setup(t, keyed(`(do (flow/step :sleep :nap {:seconds 60}) {:id (:id (flow/input)) :ctx (:workflow-id (:flow/ctx (flow/input))) :by (:by (flow/step :wait :ask {:key "k"}))})`))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "by-hand"})
	b.input = `{"id":"o-1"}`
	b.after(time.Second, func() {
		require.Equal(t, &RunRef{WorkflowID: "t/o-1", RunID: "4_RunID"}, b.timeline().Run)
		require.Contains(t, b.details(), "its run is t/o-1")
		b.signal("k", `{"by":"early"}`)
		b.signal("k", `{"by":"late"}`)
	})
	require.JSONEq(t, `{"id":"o-1","ctx":"t/o-1","by":"early"}`, b.result())
}

func TestEntryPassesFailureOnAsItIs(t *testing.T) {
	t.Parallel()
	b := setup(t, keyed(`(throw (ex-info "no" {:why 1}))`))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "by-hand"})
	b.input = `{"id":"o-1"}`
	app := b.failure()
	require.Equal(t, "exception", app.Type())
	var detail runFailure
	require.NoError(t, app.Details(&detail))
	require.JSONEq(t, `{"why":1}`, string(detail.Data))
}

func TestHowAnEntryEndsWhereItsRunGaveNoResult(t *testing.T) {
	t.Parallel()
	for code, err := range map[string]error{
		"lane-busy":  &temporal.ChildWorkflowExecutionAlreadyStartedError{},
		"terminated": &temporal.TerminatedError{},
		"timed-out":  temporal.NewTimeoutError(enumspb.TIMEOUT_TYPE_START_TO_CLOSE, nil),
	} {
		var app *temporal.ApplicationError
		require.ErrorAs(t, entryError("t/o-1", fmt.Errorf("child: %w", err)), &app)
		require.Equal(t, code, app.Type())
		require.True(t, app.NonRetryable())
	}
	require.True(t, temporal.IsCanceledError(entryError("t/o-1", fmt.Errorf("child: %w", temporal.NewCanceledError()))))
}

func TestCancellingTheEntryCancelsTheRun(t *testing.T) {
	t.Parallel()
	b := setup(t, keyed(`(flow/step :wait :ask {:key "k"})`))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "by-hand"})
	b.input = `{"id":"o-1"}`
	b.after(time.Minute, b.CancelWorkflow)
	b.run()
	require.True(t, temporal.IsCanceledError(b.GetWorkflowError()), "%v", b.GetWorkflowError())
	require.True(t, temporal.IsCanceledError(b.GetWorkflowErrorByID("t/o-1")))
}

func TestEntryForwardsDecisions(t *testing.T) {
	t.Parallel()
	b := setup(t, keyed(`(:action (flow/step :wait :ask {:key "k"}))`))
	b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: "by-hand"})
	b.input = `{"id":"o-1"}`
	var to RunRef
	b.RegisterActivityWithOptions(func(_ context.Context, ref RunRef, q decideRequest) (decideReply, error) {
		to = ref
		b.after(0, func() { require.NoError(t, b.SignalWorkflowByID(ref.WorkflowID, q.Key, q.Value)) })
		return decideReply{Outcome: OutcomeDecided, Value: q.Value}, nil
	}, activity.RegisterOptions{Name: activityDecide})
	var a *answer
	b.after(time.Minute, func() { a = b.update(decideRequest{ID: "1", Key: "k", Value: yes()}) })
	require.JSONEq(t, `"approve"`, b.result())
	require.Equal(t, "t/o-1", to.WorkflowID)
	require.Equal(t, OutcomeDecided, a.reply.Outcome)
}

func TestIDsOfOtherLanesAreRefused(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"t/o-2", "t"} {
		b := setup(t, keyed(`1`))
		b.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: id})
		b.input = `{"id":"o-1"}`
		require.Equal(t, "lane-mismatch", b.failure().Type(), id)
	}
}

func TestMistakesOfTheBodyFailTheRun(t *testing.T) {
	t.Parallel()
	for body, code := range map[string]string{
		"(/ 1 0)":                    "divide-by-zero",
		"(nth [1] 5)":                "index",
		"((:nothing {}))":            "not-a-function",
		"(loop [] (recur))":          "work-limit",
		"(throw (ex-info \"x\" {}))": "exception",
		"inc":                        "invalid-result",
	} {
		b := setup(t, singleton(body))
		app := b.failure()
		require.Equal(t, code, app.Type(), "%s: %s", body, app.Message())
	}
}

func TestTryCannotSwallowLimits(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(try (loop [] (recur)) (catch :default e 1) (finally 2))`))
	require.Equal(t, "work-limit", b.failure().Type())
}

func TestEachStepGivesNewWork(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(loop [i 0] (if (= i 6) i (do (reduce + (range 600000)) (flow/step :kv :s {:operation :get :key "k"}) (recur (inc i)))))`))
	require.Equal(t, "6", b.result())
}

func TestDecisionsAreNoted(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(do ^{:label "Big?" :yes "Ask" :no "Go on"} (if (> 1 2) 1 2) ^{:label "Sure?"} (when true 3))`))
	require.Equal(t, "3", b.result())
	require.Equal(t, []string{"Big? Go on", "Sure? yes"}, b.states())
	require.Contains(t, b.details(), "- ◇ Big? → **Go on**")
}

func TestPlanIsRecordedOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`1`))
	n := 0
	b.SetOnLocalActivityCompletedListener(func(_ *activity.Info, _ converter.EncodedValue, _ error) {
		n++
	})
	require.Equal(t, "1", b.result())
	require.Equal(t, 1, n)
	plan, err := activities.NewPlan(b.flow, 1, func(string) bool { return false })
	require.NoError(t, err)
	data, err := json.Marshal(plan)
	require.NoError(t, err)
	require.Less(t, len(data), 400)
}
