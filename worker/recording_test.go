package worker

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/wire"
)

// remembering is an execution whose run has that memo.
func remembering(past, fresh []resumption) *execution {
	x := &execution{info: &workflow.Info{WorkflowType: workflow.Type{Name: "f"}}, plan: &plan{Plan: activities.Plan{Version: 2}}}
	x.current = &run{execution: x, memo: memo{past: past, fresh: fresh}, arguments: arguments{
		input: arrived{raw: converter.NewRawValue(jsonPayload([]byte(`{}`)))}, more: start{Invocation: "other"},
	}}
	return x
}

func TestARecordingHasWhatTheRunWentOnWith(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	rec, err := remembering([]resumption{
		{Of: "1 a b", Result: json.RawMessage(`"~:high"`)},
		{Of: "poll jobs/1"}, {Of: "1 nap"},
		{Of: "2 a b", Failure: &remembered{Code: "http-status", Message: "no", Status: 503, Attempts: 3}},
	}, []resumption{
		{Of: "1 ask", Wait: &endedWait{State: StateDecided, By: "Ann", At: at, Value: &wire.V{Value: edn(t, `{:action "approve"}`)}}},
		{Of: "2 ask", Wait: &endedWait{State: StateTimedOut}},
	}).recording()
	require.NoError(t, err)
	require.Equal(t, []any{"f", 2, "other"}, []any{rec.Slug, rec.Version, rec.Invocation})
	require.Equal(t, []RecordedStep{
		{Step: "a b", Occurrence: 1, Value: &wire.V{Value: edn(t, `:high`)}},
		{Step: "a b", Occurrence: 2, Failure: &RecordedFailure{Code: "http-status", Message: "no", Status: 503, Attempts: 3}},
		{Step: "ask", Occurrence: 1, Wait: &RecordedWait{State: StateDecided, By: "Ann", At: at, Value: rec.Steps[2].Wait.Value}},
		{Step: "ask", Occurrence: 2, Wait: &RecordedWait{State: StateTimedOut}},
	}, rec.Steps)
	_, err = (&execution{info: &workflow.Info{}}).recording()
	require.ErrorContains(t, err, "never began")
}

func TestARecordingIsBounded(t *testing.T) {
	t.Parallel()
	of := func(n int) error {
		data := json.RawMessage(`"` + strings.Repeat("x", n-4) + `"`) // and the input, {}
		_, err := remembering(nil, []resumption{{Of: "1 a", Result: data}}).recording()
		return err
	}
	require.NoError(t, of(MaxRecording-1))
	require.NoError(t, of(MaxRecording))
	require.ErrorContains(t, of(MaxRecording+1), "more than 1048576 bytes")
}

func TestScrubbingReachesEveryPlace(t *testing.T) {
	t.Parallel()
	f := &definition.Flow{
		Text: []byte("text"), File: "f.edn",
		Invocations: map[string]*definition.Invocation{"default": {Inputs: []definition.Input{{Name: "pass", Type: "password"}, {Name: "pin", Type: "secret"}, {Name: "user", Type: "text"}}}},
		Forms:       []definition.Form{{Fields: []definition.Input{{Name: "token", Type: "secret"}}}},
	}
	v := func(text string) *wire.V { return &wire.V{Value: edn(t, text)} }
	rec := Recording{Input: *v(`{:pass "hunter22" :pin "123" :user "ada" :activation {:token "tok-77"}}`), Steps: []RecordedStep{
		{Value: v(`{:a ["xhunter22x" #{"tok-77"} ("123" "1234")] "hunter22" 1}`)},
		{Failure: &RecordedFailure{Message: "bad hunter22", Data: v(`{:t "tok-77"}`)}},
		{Wait: &RecordedWait{Value: v(`{:c "hunter22"}`)}},
	}}
	rec.complete(f)
	got, err := json.Marshal(rec)
	require.NoError(t, err)
	for _, secret := range []string{"hunter22", "tok-77", `"123"`} {
		require.NotContains(t, string(got), secret)
	}
	require.Contains(t, string(got), `"1234"`, "what is too short to be found inside other text stays there")
	require.Contains(t, string(got), `"ada"`)
	require.Equal(t, []string{"text", "f.edn"}, []string{rec.Definition, rec.File})
}
