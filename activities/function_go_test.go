package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/jail"
)

const goFunctions = ` :functions [{:id :echo :language :go :code "func Run(input map[string]any) (any, error) { delete(input, \"flow/ctx\"); delete(input, \"step/ctx\"); return input, nil }"}
 {:id :context :language :go :code "func Run(input map[string]any) (any, error) { return []any{input[\"flow/ctx\"].(map[string]any)[\"slug\"], input[\"step/ctx\"].(map[string]any)[\"id\"]}, nil }"}
 {:id :thrower :language :go :code "import \"errors\"\nfunc Run(input map[string]any) (any, error) { return nil, errors.New(\"bad risk\") }"}
 {:id :index :language :go :code "func Run(input map[string]any) (any, error) {\n  list := []int{1}\n  i := 3\n  return list[i], nil\n}"}
 {:id :forever :language :go :code "func Run(input map[string]any) (any, error) { for {} }"}
 {:id :Risk :language :go :code "func Run(input map[string]any) (any, error) {
	score, _ := input[\"score\"].(int64)
	return map[string]any{\"level\": input[\"level\"], \"score\": score, \"approve\": score > 80}, nil
}"}
 {:id :risk :code "(fn [{:keys [score level]}] {:level level :score score :approve (> score 80)})"}]`

func TestGoFunction(t *testing.T) {
	t.Parallel()
	b := setup(t, goFunctions)
	defer b.acts.Close()
	for in, want := range map[string]string{
		`{:a 9007199254740993 :b 1.0 :c [:k "s" nil true] :d #{1} :e {"x" 1}}`: `{:a 9007199254740993, :b 1.0, :c ["k" "s" nil true], :d [1], :e {:x 1}}`,
		`{:a 1/2 :b 1.5M :n/k \a :i #inst "2026-01-02"}`:                       `{:a 0.5, :b 1.5, :i "2026-01-02T00:00:00Z", :n/k "a"}`,
		`{}`: `{}`,
	} {
		require.Equal(t, want, show(b.do(t, "function", `{:ref :echo :input `+in+`}`)))
	}
	require.Equal(t, `["orders" "a-step"]`, show(b.do(t, "function", `{:ref :context}`)))
	_, detail := b.fails(t, "function", `{:ref :thrower}`, jail.CodeError, false)
	require.Equal(t, jail.CodeError, detail.Code)
	app, _ := b.fails(t, "function", `{:ref :index}`, jail.CodePanic, false)
	require.Contains(t, app.Message(), "out of range")
	require.Contains(t, app.Message(), "orders.edn:6:92")
}

func TestGoFunctionsOff(t *testing.T) {
	t.Parallel()
	b := setup(t, goFunctions)
	b.deps.GoJail = jail.Off
	b.acts = activities.New(b.deps)
	defer b.acts.Close()
	b.fails(t, "function", `{:ref :echo}`, jail.CodeUnavailable, false)
}
