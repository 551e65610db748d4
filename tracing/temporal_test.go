package tracing

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.temporal.io/sdk/workflow"
)

func TestSpansOfTheInterceptorAreQuiet(t *testing.T) {
	t.Parallel()
	on, spans := recording(t)
	s := start(context.Background(), on.tracer, "RunActivity:http")
	s.SetAttributes(attribute.String("temporalWorkflowID", "orders/secret"), attribute.String("temporalRunID", "r-1"))
	s.RecordError(errors.New("secret"))
	s.AddEvent("secret")
	s.SetStatus(codes.Error, "secret")
	Step(trace.ContextWithSpan(context.Background(), s), "orders", "ask", "http-status", 2)
	s.End()
	got := spans()[0]
	require.NotContains(t, fmt.Sprintf("%+v", got), "secret")
	require.Empty(t, got.Events)
	require.Equal(t, codes.Error, got.Status.Code)
	require.Equal(t, []attribute.KeyValue{
		attribute.String("temporalRunID", "r-1"), attribute.String("weir.flow", "orders"), attribute.String("weir.step", "ask"),
		attribute.String("weir.outcome", "http-status"), attribute.Int("weir.attempt", 2),
	}, got.Attributes)
}

func TestARunThatIsContinuedDidNotFail(t *testing.T) {
	t.Parallel()
	on, spans := recording(t)
	s := start(context.Background(), on.tracer, "RunWorkflow:orders")
	s.RecordError(fmt.Errorf("run: %w", &workflow.ContinueAsNewError{}))
	s.SetStatus(codes.Error, "continued as new")
	s.End()
	require.Equal(t, codes.Unset, spans()[0].Status.Code)
}

func TestStepsOfUntracedActivitiesAreNoBother(t *testing.T) {
	t.Parallel()
	Step(context.Background(), "orders", "ask", "ok", 1)
}
