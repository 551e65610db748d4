package worker

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"

	"github.com/weir-run/weir/activities"
)

// recorded reads a history that a scenario of package e2e kept (WEIR_UPDATE_HISTORIES=1).
func recorded(t *testing.T, file string) *historypb.History {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	h, err := client.HistoryFromJSON(f, client.HistoryJSONOptions{})
	require.NoError(t, err)
	return h
}

func TestRecordedHistoriesReplay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/histories/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 6)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			require.NoError(t, Replay(silent{}, recorded(t, file)))
		})
	}
}

func TestHistoriesHoldOnlyJSON(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/histories/order-low-risk.json")
	require.NoError(t, err)
	require.NotContains(t, string(data), "t-1", "a token of the bindings")
	for _, e := range recorded(t, "testdata/histories/order-low-risk.json").Events {
		require.NotContains(t, e.String(), "binary/")
	}
}

// TestReorderedStepsFailTheReplay changes the body that a history was made by.
func TestReorderedStepsFailTheReplay(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("e2e/testdata/order.edn")
	require.NoError(t, err)
	order := strings.Replace(string(text), ":advanced-order-orchestration", ":orders-c", 1)
	for name, change := range map[string]func(text string) string{
		"as it was":             func(text string) string { return text },
		"two local activities":  swap(":http :fetch-order", ":http :first", ":http :fetch-risk", ":http :fetch-order", ":http :first", ":http :fetch-risk"),
		"a step left out":       swap(`risk-artifact (flow/step :function :persist-risk`, `risk-artifact (identity`),
		"a step renamed":        swap(":fulfill-order", ":deliver-order"),
		"a step of other type":  swap("(flow/step :function :risk-summary\n{:ref :risk-summary\n:input risk}", `(flow/step :kv :risk-summary {:operation :get :key "k"}`),
		"an activity for local": swap(":operation :set", ":operation :set :placement :regular"),
		"another step first":    swap("'(let [input (flow/input)", `'(let [_ (flow/step :sleep :nap {:seconds 1}) input (flow/input)`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := recorded(t, "testdata/histories/order-low-risk.json")
			replant(t, h, change(order))
			err := Replay(silent{}, h)
			if name == "as it was" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
		})
	}
}

// swap replaces texts one after the other, each of which must be there.
func swap(pairs ...string) func(string) string {
	return func(text string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				panic("no " + pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		return text
	}
}

// replant puts the plan of another text into a history.
func replant(t *testing.T, h *historypb.History, text string) {
	t.Helper()
	for _, e := range h.Events {
		marker := e.GetMarkerRecordedEventAttributes()
		if marker == nil {
			continue
		}
		payload := marker.Details["result"].Payloads[0]
		var plan activities.Plan
		require.NoError(t, json.Unmarshal(payload.Data, &plan))
		f := parse(t, text)
		changed, err := activities.NewPlan(f, plan.Version, func(string) bool { return true })
		require.NoError(t, err)
		payload.Data, err = json.Marshal(changed)
		require.NoError(t, err)
		return
	}
	t.Fatal("no plan in the history")
}
