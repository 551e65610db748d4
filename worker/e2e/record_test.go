//go:build !slim

package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/worker"
)

// updateVariable makes the scenarios write their histories to worker/testdata/histories, where the replay test finds them.
const updateVariable = "WEIR_UPDATE_HISTORIES"

// record replays the history of a run and, where asked, keeps it.
func (w *world) record(t *testing.T, name, workflowID, runID string) {
	t.Helper()
	h := w.history(t, workflowID, runID)
	require.NoError(t, worker.Replay(quiet(), h))
	if os.Getenv(updateVariable) == "" {
		return
	}
	data, err := protojson.MarshalOptions{Indent: " "}.Marshal(h)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join("..", "testdata", "histories", name+".json"), data, 0o600))
}

func size(h *historypb.History) int { return proto.Size(h) }
