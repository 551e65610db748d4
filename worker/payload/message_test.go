package payload

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"
)

func TestAMessageThatFitsStaysAsItIs(t *testing.T) {
	t.Parallel()
	w := way(t)
	m := completion(text(strings.Repeat("a", MaxMessage/2)), text("b"))
	before := proto.Clone(m)
	require.NoError(t, w.driver.fit(t.Context(), m))
	require.True(t, proto.Equal(before, m))
}

func TestTheLargestPayloadsMakeRoom(t *testing.T) {
	t.Parallel()
	w := way(t)
	var payloads []*commonpb.Payload
	for i := range 100 {
		payloads = append(payloads, text(strings.Repeat("x", (i+1)*1000)))
	}
	m := completion(payloads...)
	before := proto.Clone(m)
	require.Greater(t, proto.Size(m), 4*MaxMessage)
	require.NoError(t, w.driver.fit(t.Context(), m))
	require.LessOrEqual(t, proto.Size(m), MaxMessage)
	got := results(m)
	require.False(t, isReference(got[0]), "small ones stay readable")
	require.True(t, isReference(got[99]))
	require.NoError(t, w.driver.fit(t.Context(), m), "a request may be sent again")
	require.NoError(t, w.Resolve(t.Context(), m))
	require.True(t, proto.Equal(before, m))
}

func TestPropertyWhateverFitsComesBack(t *testing.T) {
	t.Parallel()
	plain, secret := way(t), way(t, "k")
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.SampledFrom([]Way{plain, secret}).Draw(t, "way")
		var payloads []*commonpb.Payload
		for i, size := range rapid.SliceOfN(rapid.IntRange(0, 200<<10), 0, 30).Draw(t, "sizes") {
			p := text(fmt.Sprint(i) + strings.Repeat("p", size))
			if rapid.IntRange(0, 9).Draw(t, "stays") == 0 && size < 20<<10 {
				staying(p)
			}
			payloads = append(payloads, p)
		}
		m := completion(payloads...)
		before := proto.Clone(m)
		require.NoError(t, w.driver.fit(context.Background(), m))
		require.LessOrEqual(t, proto.Size(m), MaxMessage)
		for i, p := range results(m) {
			require.False(t, inline(payloads[i]) && isReference(p))
		}
		require.NoError(t, w.Resolve(context.Background(), m))
		require.True(t, proto.Equal(before, m))
	})
}

func TestTheStoreSeesCiphertextOnly(t *testing.T) {
	t.Parallel()
	w := way(t, "k")
	p := text(strings.Repeat("canary", 1000))
	name, err := w.driver.put(t.Context(), p)
	require.NoError(t, err)
	raw, err := w.driver.payloads.Get(t.Context(), name)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "canary")
	back, err := w.driver.get(t.Context(), name)
	require.NoError(t, err)
	require.True(t, proto.Equal(p, back))
}

func TestReferencesOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	w := way(t)
	p := text(strings.Repeat("x", LeastMoved))
	name, err := w.driver.put(t.Context(), p)
	require.NoError(t, err)
	for _, claim := range []string{"", "../keys/resources", "2026-01-01/../../keys/resources", name + "0", strings.Replace(name, name[11:15], "0000", 1)} {
		_, err := w.driver.get(t.Context(), claim)
		require.Error(t, err, claim)
	}
}

func TestARequestWaitsForTheStore(t *testing.T) {
	t.Parallel()
	w := way(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sent := false
	err := w.driver.fitting(ctx, "/x", completion(text(strings.Repeat("x", 2*MaxMessage))), nil, nil,
		func(context.Context, string, any, any, *grpc.ClientConn, ...grpc.CallOption) error {
			sent = true
			return nil
		})
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, sent, "nothing names what isn't stored")
	require.False(t, errors.Is(err, ErrNoKey))
}
