package binding_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
)

func TestTwoSecretsLiveWhileASlotIsRotated(t *testing.T) {
	t.Setenv("WEIR_TEST_OLD", "old")
	f := &definition.Flow{Slug: "orders", Requires: []definition.Slot{
		{Slot: "signing", Type: definition.SlotSecret, SecretRef: "shared"}, {Slot: "plain", Type: definition.SlotSecret, SecretRef: "plain"},
		{Slot: "stale", Type: definition.SlotSecret, SecretRef: "stale"}, {Slot: "unbound", Type: definition.SlotSecret, SecretRef: "unbound"},
	}}
	path := filepath.Join(t.TempDir(), "bindings.edn")
	require.NoError(t, os.WriteFile(path, []byte(`{:shared {:secret "new" :previous #env "WEIR_TEST_OLD"} :plain {:secret "only"}
		:stale {:secret "new" :previous #env "WEIR_TEST_UNSET"}}`), 0o600))
	source, err := binding.Open(binding.File{Path: path})
	require.NoError(t, err)
	for slot, want := range map[string][]string{"signing": {"new", "old"}, "plain": {"only"}, "stale": {"new"}} {
		live, err := source.Live(f, slot)
		require.NoError(t, err)
		var texts []string
		for _, s := range live {
			texts = append(texts, s.Reveal())
		}
		require.Equal(t, want, texts, slot)
	}
	_, err = source.Live(f, "unbound")
	require.ErrorAs(t, err, &binding.Problem{})
}
