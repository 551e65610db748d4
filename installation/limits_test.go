package installation_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/database"
	"github.com/weir-run/weir/activities/llm"
	"github.com/weir-run/weir/activities/request"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/flowtest/bucket"
	"github.com/weir-run/weir/gateway"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
	"github.com/weir-run/weir/worker/payload"
)

// limits are those that docs/limits.md tells of.
var limits = map[string]any{
	"worker.WarnValue": worker.WarnValue, "worker.MaxValue": worker.MaxValue, "worker.MaxHanded": worker.MaxHanded, "worker.MaxInput": worker.MaxInput,
	"worker.MaxStepExecutions": worker.MaxStepExecutions, "worker.MaxRun": worker.MaxRun,
	"gateway.MaxBody": gateway.MaxBody, "gateway.MaxDecisionBody": gateway.MaxDecisionBody,
	"gateway.MaxHeaderBytes": gateway.MaxHeaderBytes, "gateway.LookBack": gateway.LookBack, "definition.MaxRate": definition.MaxRate,
	"definition.MaxApprovers": definition.MaxApprovers, "definition.MaxApprover": definition.MaxApprover, "definition.MaxReminders": definition.MaxReminders,
	"worker.MaxVote": worker.MaxVote, "definition.MaxToolName": definition.MaxToolName,
	"definition.MaxDefinition": definition.MaxDefinition, "definition.MaxPart": definition.MaxPart, "definition.MaxSteps": definition.MaxSteps,
	"worker.MaxCallDepth": worker.MaxCallDepth, "definition.MaxItems": definition.MaxItems, "definition.MaxConcurrency": definition.MaxConcurrency,
	"worker.CleanupBound": worker.CleanupBound, "database.MaxRows": database.MaxRows, "database.MaxStatements": database.MaxStatements, "llm.MaxTokens": llm.MaxTokens,
	"request.MaxAnswer": request.MaxAnswer, "request.MaxBody": request.MaxBody,
	"store.MaxRetainedBytes": store.MaxRetainedBytes, "store.MaxEphemeralBytes": int64(store.MaxEphemeralBytes), "store.DefaultEphemeral": store.DefaultEphemeral,
	"store.MaxUpload": store.MaxUpload, "store.MaxSignedURL": store.MaxSignedURL, "store.MaxValueBytes": store.MaxValueBytes,
	"store.MaxKeyLength": store.MaxKeyLength, "store.MaxTTL": store.MaxTTL, "store.MaxAppended": store.MaxAppended,
	"store.MaxListedKeys": store.MaxListedKeys, "store.TokenTTL": store.TokenTTL, "payload.Threshold": payload.Threshold, "payload.MaxMessage": payload.MaxMessage,
}

func TestThePageOfLimitsTellsThemAsTheyAre(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/limits.md")
	require.NoError(t, err)
	told := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\|[^|]+\\| ([^|]+) \\| `([a-zA-Z.]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		told[row[2]] = row[1]
	}
	require.Len(t, told, len(limits))
	for name, limit := range limits {
		require.Equal(t, fmt.Sprint(limit), told[name], name)
	}
}

// TestEdges goes to one below, at, and above each limit of the stores and of definitions, and shows what happens there. Values in histories,
// bodies, steps and streams have their edges where they are tested.
func TestEdges(t *testing.T) {
	t.Parallel()
	client, err := store.OpenRedis(t.Context(), store.RedisOptions{URL: "redis://" + miniredis.RunT(t).Addr()})
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	kv := store.NewKV(client, "")
	objects, err := store.OpenObjects(t.Context(), store.S3Options{Endpoint: bucket.Endpoint, AccessKey: "a", SecretKey: "b", Transport: bucket.New()})
	require.NoError(t, err)
	blobs := store.NewBlobs(objects)
	small, err := blobs.Put(t.Context(), store.Work{Slug: "s", Run: "r", Step: "small"}, store.Retained, []byte("x"), store.PutOptions{})
	require.NoError(t, err)
	text := func(n int) value.Value { return value.String(strings.Repeat("x", n)) }
	items := func(n int) []value.Value { return make([]value.Value, n) }
	for _, edge := range []struct {
		name  string
		limit int
		do    func(n int) error
		takes [3]bool // below, at, above
	}{
		{"a value in KV", store.MaxValueBytes, func(n int) error {
			_, err := kv.Set(t.Context(), store.Write{Key: "k"}, text(n-len(`""`)), false)
			return err
		}, [3]bool{true, false, false}},
		{"a vector that grows in KV", store.MaxValueBytes, func(n int) error {
			_, err := kv.Delete(t.Context(), store.Write{Key: "l"})
			require.NoError(t, err)
			_, err = kv.Append(t.Context(), store.Write{Key: "l"}, []value.Value{text(n/2 - len(`["`)), text(n - n/2 - len(`",""]`) + len(`["`) - 2)}, 10)
			return err
		}, [3]bool{true, false, false}},
		{"a key", store.MaxKeyLength, func(n int) error {
			_, err := kv.Set(t.Context(), store.Write{Key: strings.Repeat("k", n)}, text(1), false)
			return err
		}, [3]bool{true, true, false}},
		{"a time to live", store.MaxTTL, func(n int) error {
			_, err := kv.Set(t.Context(), store.Write{Key: "k", TTL: int64(n)}, text(1), false)
			return err
		}, [3]bool{true, true, false}},
		{"items of an append", store.MaxAppended, func(n int) error {
			_, err := kv.Append(t.Context(), store.Write{Key: "i"}, items(n), store.MaxAppended)
			return err
		}, [3]bool{true, true, false}},
		{"items kept", store.MaxAppended, func(n int) error {
			_, err := kv.Append(t.Context(), store.Write{Key: "i"}, items(1), n)
			return err
		}, [3]bool{true, true, false}},
		{"listed keys", store.MaxListedKeys, func(n int) error {
			_, err := kv.List(t.Context(), "", n)
			return err
		}, [3]bool{true, true, false}},
		{"a retained blob", store.MaxRetainedBytes, func(n int) error {
			_, err := blobs.Put(t.Context(), store.Work{Slug: "s", Run: "r", Step: "x"}, store.Retained, make([]byte, n), store.PutOptions{})
			return err
		}, [3]bool{true, true, false}},
		{"a signed URL, in seconds", int(store.MaxSignedURL / time.Second), func(n int) error {
			_, err := blobs.URL(t.Context(), small.URI, "s", time.Duration(n)*time.Second)
			return err
		}, [3]bool{true, true, false}},
	} {
		for i, n := range []int{edge.limit - 1, edge.limit, edge.limit + 1} {
			err := edge.do(n)
			t.Logf("%-28s %10d: %v", edge.name, n, err)
			require.Equal(t, edge.takes[i], err == nil, "%s of %d: %v", edge.name, n, err)
		}
	}
}
