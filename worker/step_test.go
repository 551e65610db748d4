package worker

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
)

func TestStepsAreNumberedAndShown(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(do (doseq [i [1 2]] (flow/step :kv :put {:title "Put it" :operation :set :key "k" :value i}))
		(flow/step :http :post {:method :post :url "http://x"}))`))
	b.on("http", func(activities.Call, int) (value.Value, error) { return edn(t, `{:status 200 :ok true}`), nil })
	require.JSONEq(t, `{"status":200,"ok":true}`, b.result())
	require.Len(t, b.calls, 3)
	require.Equal(t, []int{0, 2, 0}, []int{b.calls[0].N, b.calls[1].N, b.calls[2].N})
	require.Equal(t, "post", b.calls[2].ID)
	require.Equal(t, "put", b.calls[0].Step)
	require.Equal(t, `{:operation :set, :key "k", :value 2}`, value.PrStr(nil, b.calls[1].Config.Value))
	require.Equal(t, []string{"put done", "put#2 done", "post done"}, b.states())
	require.Equal(t, "Put it", b.timeline().Entries[1].Title)
	require.Equal(t, 3, b.timeline().Version)
	require.Equal(t, StatusCompleted, b.timeline().Status)
	require.Contains(t, b.details(), "- ✓ `put#2` Put it")
}

func TestPlacement(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step    string
		local   bool
		timeout time.Duration
	}{
		"function":       {`:function :s {:input {}}`, true, TimeoutFunction},
		"kv":             {`:kv :s {:operation :get :key "k"}`, true, TimeoutKV},
		"get":            {`:http :s {:url "http://x"}`, true, TimeoutRead},
		"head":           {`:http :s {:url "http://x" :method :head}`, true, TimeoutRead},
		"post":           {`:http :s {:url "http://x" :method :post}`, false, TimeoutWrite},
		"slow get":       {`:http :s {:url "http://x" :timeout 11}`, false, 11 * time.Second},
		"quick get":      {`:http :s {:url "http://x" :timeout 2}`, true, 2 * time.Second},
		"kept get":       {`:http :s {:url "http://x" :persist {:type :blob}}`, false, TimeoutPersist},
		"stream":         {`:http :s {:url "http://x" :response-as :sse}`, false, TimeoutRead},
		"template get":   {`:http :s {:template :get-it}`, true, TimeoutRead},
		"template put":   {`:http :s {:template :put-it}`, false, TimeoutWrite},
		"notify":         {`:notify :s {:channels {:http {:url "http://x"}}}`, false, TimeoutWrite},
		"forced":         {`:kv :s {:operation :get :key "k" :placement :regular}`, false, TimeoutKV},
		"forced local":   {`:http :s {:url "http://x" :method :post :placement :local}`, true, TimeoutWrite},
		"Go function":    {`:function :s {:ref :gopher :input {}}`, false, TimeoutFunction},
		"Clojure":        {`:function :s {:ref :plain :input {}}`, true, TimeoutFunction},
		"blob":           {`:blob :s {:operation :read :ref "res://a"}`, true, TimeoutBlob},
		"database":       {`:db :s {:connection :base :read-only true :sql "select 1"}`, false, TimeoutDatabase},
		"model":          {`:llm :s {:connection :model :model "m" :prompt "x"}`, false, TimeoutLLM},
		"function, blob": {`:function :s {:input {} :persist {:type :blob}}`, true, TimeoutFunction},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, strings.Replace(singleton("(flow/step "+c.step+")"), ":flow '",
				`:requires [{:slot :base :type :database} {:slot :model :type :llm-provider}]
				:functions [{:id :gopher :language :go :code "func Run(input map[string]any) (any, error) { return nil, nil }"} {:id :plain :code "(fn [x] x)"}]
				:templates [{:id :get-it :type :http-request :request {:url "http://x"}} {:id :put-it :type :http-request :request {:url "http://x" :method :put}}] :flow '`, 1))
			b.result()
			require.Len(t, b.calls, 1)
			require.Equal(t, c.local, b.calls[0].Local)
			require.Equal(t, c.local, b.timeline().Entries[0].Local)
			if !c.local {
				require.Equal(t, c.timeout, b.calls[0].Timeout)
			}
		})
	}
}

func TestAttempts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step     string
		attempts int
	}{
		"get":           {`:http :s {:url "http://x"}`, 3},
		"post":          {`:http :s {:url "http://x" :method :post}`, 1},
		"post, told so": {`:http :s {:url "http://x" :method :post :retry {:max-attempts 4 :backoff-ms 1500}}`, 4},
		"kv":            {`:kv :s {:operation :get :key "k"}`, 3},
		"write":         {`:db :s {:connection :base :sql "delete from x"}`, 1},
		"read":          {`:db :s {:connection :base :read-only true :sql "select 1"}`, 3},
		"write once":    {`:db :s {:connection :base :once true :sql "delete from x"}`, 3},
		"model":         {`:llm :s {:connection :model :model "m" :prompt "x"}`, 3},
		"once":          {`:kv :s {:operation :get :key "k" :retry {:max-attempts 1}}`, 1},
		"regular kv":    {`:kv :s {:operation :get :key "k" :placement :regular :retry {:max-attempts 5 :backoff-ms 10 :multiplier 1}}`, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, strings.Replace(singleton(`(try (flow/step `+c.step+`) (catch Exception e (assoc (ex-data e) :text (ex-message e))))`), ":flow '",
				":requires [{:slot :base :type :database} {:slot :model :type :llm-provider}] :flow '", 1))
			for _, typ := range []string{"http", "kv", "db", "llm"} {
				b.on(typ, failing(1_000, "http-status", echo))
			}
			require.JSONEq(t, fmt.Sprintf(`{"type":"step-failed","step":"s","code":"http-status","message":"it broke","status":503,"attempts":%d,
				"text":"step s failed: it broke"}`, c.attempts), b.result())
			require.Len(t, b.calls, c.attempts)
			e := b.timeline().Entries[0]
			require.Equal(t, c.attempts, e.Attempts)
			require.Equal(t, StateFailed, e.State)
			require.Equal(t, "it broke", e.Error)
			require.Equal(t, "http-status", e.Code)
		})
	}
}

func TestBackoffGrowsAsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		retry string
		want  time.Duration
	}{
		"default":  {`{:max-attempts 3}`, 3 * time.Second},
		"told":     {`{:max-attempts 4 :backoff-ms 1500}`, 10500 * time.Millisecond},
		"constant": {`{:max-attempts 4 :backoff-ms 500 :multiplier 1}`, 1500 * time.Millisecond},
		"bounded":  {`{:max-attempts 5 :backoff-ms 1000 :multiplier 3 :max-backoff-ms 2000}`, 7 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, singleton(`(let [from (flow/now-ms)] (flow/step :http :s {:method :post :url "http://x" :on-error :skip :retry `+c.retry+`}) (- (flow/now-ms) from))`))
			b.on("http", failing(1_000, "http-status", echo))
			require.Equal(t, fmt.Sprint(c.want.Milliseconds()), b.result())
		})
	}
}

func TestSuccessAfterAttemptsIsCounted(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(flow/step :kv :s {:operation :get :key "k" :placement :regular})`))
	b.on("kv", failing(2, "store-unavailable", echo))
	require.JSONEq(t, `{"operation":"get","key":"k"}`, b.result())
	require.Equal(t, 3, b.timeline().Entries[0].Attempts)
	require.Contains(t, b.details(), "3 attempts")
}

func TestFailureThatIsFinalIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(flow/step :http :s {:url "http://x"})`))
	b.on("http", func(c activities.Call, attempt int) (value.Value, error) {
		return value.Nil, stepError(c, "http-status", attempt, true)
	})
	app := b.failure()
	require.Len(t, b.calls, 1)
	require.Equal(t, "http-status", app.Type())
	require.Contains(t, app.Message(), "step s failed: it broke")
	require.Contains(t, app.Message(), "t.edn:1:", "a place in the text")
	var detail runFailure
	require.NoError(t, app.Details(&detail))
	require.Equal(t, "http-status", detail.Code)
	require.JSONEq(t, `{"type":"step-failed","step":"s","code":"http-status","message":"it broke","attempts":1,"status":503}`, string(detail.Data))
	require.Equal(t, StatusFailed, b.timeline().Status)
	require.Contains(t, b.details(), "**Failed**")
}

func TestOnErrorSkipGivesNil(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`{:v (flow/step :http :s {:url "http://x" :on-error :skip})}`))
	b.on("http", failing(9, "http-status", echo))
	require.JSONEq(t, `{"v":null}`, b.result())
	require.Equal(t, []string{"s skipped"}, b.states())
}

func TestExpect(t *testing.T) {
	t.Parallel()
	body := `(let [r (try (flow/step :kv :s {:operation :get :key "1" :expect (fn [v] (= "%d" (:key v)))}) (catch Exception e (:code (ex-data e))))] r)`
	b := setup(t, singleton(fmt.Sprintf(body, 1)))
	require.JSONEq(t, `{"operation":"get","key":"1"}`, b.result())
	b = setup(t, singleton(fmt.Sprintf(body, 2)))
	require.JSONEq(t, `"expectation-failed"`, b.result())
	require.Len(t, b.calls, 1, "not tried again")
	require.Equal(t, []string{"s failed"}, b.states())
}

func TestNotifyFailureDoesNotFailTheRun(t *testing.T) {
	t.Parallel()
	step := `(flow/step :notify :tell {:channels {:http {:url "http://x"}} :retry {:max-attempts 2 :backoff-ms 1} %s})`
	b := setup(t, singleton(fmt.Sprintf(step, "")))
	b.on("notify", failing(9, "http-status", echo))
	require.JSONEq(t, `{"sent?":false,"errors":[{"code":"http-status","message":"it broke","status":503}]}`, b.result())
	require.Equal(t, "it broke", b.timeline().Entries[0].Error)
	require.False(t, b.calls[0].Strict)

	b = setup(t, singleton(fmt.Sprintf(step, ":on-error :fail")))
	b.on("notify", failing(9, "http-status", echo))
	require.Equal(t, "http-status", b.failure().Type())
	require.True(t, b.calls[0].Strict)
}

func TestConfigMistakesAreTheAuthorsToCatch(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		`{:timeout "soon"}`:                `:timeout a duration is text like`,
		`{:retry {:max-attempts 0}}`:       `:retry :max-attempts must be a whole number from 1 to 1000, not 0`,
		`{:retry 3}`:                       `:retry must be a map`,
		`{:on-error :explode}`:             `:on-error must be :fail or :skip, not :explode`,
		`{:placement :moon}`:               `:placement must be :local or :regular, not :moon`,
		`{:expect 1}`:                      `:expect must be a function of the result, not 1`,
		`{:operation :get :value [inc]}`:   `can't be passed to a step`,
		`{:retry {:multiplier 0.5}}`:       `:retry :multiplier must be a number from 1 to 100, not 0.5`,
		`{:retry {:backoff-ms -1}}`:        `:retry :backoff-ms must be milliseconds`,
		`{:operation :get :k (atom 1)}`:    `can't be passed to a step`,
		`{:timeout 100000}`:                `:timeout must be between 1 ms and 24h0m0s`,
		`{:operation :set :value (range)}`: ``,
	} {
		t.Run(config, func(t *testing.T) {
			t.Parallel()
			b := setup(t, singleton(`(let [c `+config+`] (try (flow/step :kv :s c) (catch Exception e [(:code (ex-data e)) (ex-message e)])))`))
			if want == "" {
				require.Equal(t, "work-limit", b.failure().Type())
				return
			}
			got := b.result()
			require.Contains(t, got, "invalid-config")
			require.Contains(t, got, want)
			require.Empty(t, b.calls)
		})
	}
}

func TestUnknownTypesFail(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(flow/step (keyword "ssh") :s {})`))
	require.Equal(t, "unknown-step-type", b.failure().Type())
}

func TestLargeValues(t *testing.T) {
	t.Parallel()
	big := func(n int) play {
		return func(activities.Call, int) (value.Value, error) { return value.String(strings.Repeat("x", n)), nil }
	}
	for name, c := range map[string]struct {
		size   int
		states []string
		code   string
	}{
		"fits":      {WarnValue - 2, []string{"s done"}, ""},
		"warns":     {WarnValue - 1, []string{"s done", "note: its result has 524289 bytes, more than 524288: persist it (:persist {:type :blob})"}, ""},
		"just fits": {MaxValue - 2, nil, ""},
		"too large": {MaxValue - 1, nil, "value-too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, singleton(`(count (flow/step :function :s {:input {}}))`))
			b.on("function", big(c.size))
			if c.code != "" {
				require.Equal(t, c.code, b.failure().Type())
				return
			}
			require.Equal(t, fmt.Sprint(c.size), b.result())
			if c.states != nil {
				require.Equal(t, c.states, b.states())
			}
		})
	}
}

func TestLargeConfigOfARegularStepFails(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(let [big (apply str (repeat 1048576 "x"))] (flow/step :http :s {:method :post :url "http://x" :body big}))`))
	require.Equal(t, "value-too-large", b.failure().Type())
	require.Empty(t, b.calls)
}

func TestLargeResultOfARunFails(t *testing.T) {
	t.Parallel()
	b := setup(t, singleton(`(apply str (repeat 1048576 "x"))`))
	require.Equal(t, "value-too-large", b.failure().Type())
	b = setup(t, singleton(`(apply str (repeat 1048574 "x"))`))
	require.Len(t, b.result(), MaxValue)
}
