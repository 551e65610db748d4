package worker

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
)

// counting answers with how often it was asked.
func counting() play {
	n := int64(0)
	return func(activities.Call, int) (value.Value, error) {
		n++
		return value.NewMap(value.Kw("n"), value.Int(n)), nil
	}
}

const pollStep = `(flow/step :http :look {:url "http://x"})`

func TestPoll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options, want string
		took          time.Duration
	}{
		"until met":      {`{:interval "10s" :return-on (fn [v] (= 4 (:n v)))}`, `4`, 30 * time.Second},
		"at once":        {`{:interval "10s" :return-on (fn [v] true)}`, `1`, 0},
		"default":        {`{:return-on (fn [v] (< 2 (:n v)))}`, `3`, 10 * time.Second},
		"without a test": {`{}`, `1`, 0},
		"factor":         {`{:interval "1s" :backoff 2 :return-on (fn [v] (= 5 (:n v)))}`, `5`, 15 * time.Second},
		"backoff":        {`{:backoff {:base "1s" :factor 3 :max "4s"} :return-on (fn [v] (= 5 (:n v)))}`, `5`, 12 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, singleton(`(let [from (flow/now-ms)] [(:n (flow/poll `+c.options+` `+pollStep+`)) (- (flow/now-ms) from)])`))
			b.on("http", counting())
			require.JSONEq(t, fmt.Sprintf(`[%s,%d]`, c.want, c.took.Milliseconds()), b.result())
		})
	}
}

func TestPollThatEndsWithoutAValue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options, code string
		attempts      int
	}{
		"attempts":        {`{:interval "1s" :max-attempts 3 :return-on (fn [v] false)}`, "poll-exhausted", 3},
		"time":            {`{:interval "10s" :timeout "25s" :return-on (fn [v] false)}`, "poll-exhausted", 3},
		"most":            {`{:interval "1s" :return-on (fn [v] false)}`, "poll-exhausted", MaxPollAttempts},
		"an hour":         {`{:interval "10m" :return-on (fn [v] false)}`, "poll-exhausted", 7},
		"the last second": {`{:interval "10s" :timeout "20s" :return-on (fn [v] false)}`, "poll-exhausted", 3},
		"just too late":   {`{:interval "10s" :timeout 19.999 :return-on (fn [v] false)}`, "poll-exhausted", 2},
		"no time":         {`{:timeout (- 1 1) :return-on (fn [v] false)}`, "poll-exhausted", 1},
		"long interval":   {`{:interval (str "61m") :return-on (fn [v] false)}`, "poll-exhausted", 1},
		"aborted":         {`{:interval "1s" :abort-on (fn [v] (= 2 (:n v))) :return-on (fn [v] false) :id :the-poll}`, "poll-aborted", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, singleton(`(try (flow/poll `+c.options+` `+pollStep+`) (catch Exception e (select-keys (ex-data e) [:type :code :attempts :data])))`))
			b.on("http", counting())
			require.JSONEq(t, fmt.Sprintf(`{"type":"step-failed","code":%q,"attempts":%d,"data":{"last":{"n":%d}}}`, c.code, c.attempts, c.attempts), b.result())
		})
	}
}

// TestAPollEndsAsItsStepDoes: a failure of the step is the poll's, and what takes longer than the poll's time isn't cut off.
func TestAPollEndsAsItsStepDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(try (flow/poll {:return-on (fn [v] true)} (flow/step :http :look {:url "http://x" :retry {:max-attempts 2 :backoff-ms 1}}))
		(catch Exception e (select-keys (ex-data e) [:step :code :attempts])))`))
	b.on("http", failing(9, "http-status", echo))
	require.JSONEq(t, `{"step":"look","code":"http-status","attempts":2}`, b.result())

	b = setup(t, singleton(`(flow/poll {:timeout "10s" :return-on (fn [v] (:late v))} (do (flow/step :sleep :long {:seconds 60}) {:late true}))`))
	require.JSONEq(t, `{"late":true}`, b.result())
	b = setup(t, singleton(`(try (flow/poll {:timeout "10s" :return-on (fn [v] false)} (flow/step :sleep :long {:seconds 60})) (catch Exception e (:attempts (ex-data e))))`))
	require.JSONEq(t, `1`, b.result())
}

func TestPollMistakes(t *testing.T) {
	t.Parallel()
	for options, want := range map[string]string{
		`{:timeout "61m"}`:       ":timeout must be a duration of at most 1h",
		`{:max-attempts 101}`:    ":max-attempts must be a whole number from 1 to 100, not 101",
		`{:interval 0}`:          ":interval must be a duration",
		`{:backoff 0.5}`:         ":backoff must be at least 1",
		`[1]`:                    "its options must be a map",
		`{:id 1}`:                ":id must be a keyword",
		`{:timeout "whenever"}`:  ":timeout must be a duration",
		`{:interval "whenever"}`: ":interval must be a duration",
	} {
		b := setup(t, singleton(`(let [o `+options+`] (flow/poll o `+pollStep+`))`))
		app := b.failure()
		require.Equal(t, "invalid-config", app.Type(), options)
		require.Contains(t, app.Message(), want)
	}
}
