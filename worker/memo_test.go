package worker

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
)

// TestMemoOfLargeValues continues a run again and again whose steps give values that are large, and small when deflated: no
// segment grows past what can be read, and all are read again.
func TestMemoOfLargeValues(t *testing.T) {
	t.Parallel()
	large, err := json.Marshal(strings.Repeat("0123456789", 90_000))
	require.NoError(t, err)
	var m memo
	steps := 0
	for range 5 {
		var next memo
		require.NoError(t, next.open(sealed(t, &m)))
		require.Len(t, next.past, steps)
		for range 20 {
			steps++
			next.fresh = append(next.fresh, resumption{Of: itoa(steps) + " step", Result: large})
		}
		m = next
	}
	segments := sealed(t, &m)
	require.Greater(t, steps*len(large), maxSegment, "one segment couldn't hold it")
	require.Greater(t, len(segments), 5)
	for _, s := range segments {
		_, text, err := readSegment(s)
		require.NoError(t, err)
		require.Less(t, text, fullText+len(large))
	}
	var last memo
	require.NoError(t, last.open(segments))
	require.Len(t, last.past, steps)
	for i, e := range last.past {
		require.Equal(t, itoa(i+1)+" step", e.Of)
		require.Equal(t, string(large), string(e.Result))
	}
}

// TestMemoSegments: small ones are filled, full ones passed on as they are.
func TestMemoSegments(t *testing.T) {
	t.Parallel()
	var m memo
	var before []converter.RawValue
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		value := make([]byte, 1500)
		for j := range value {
			value[j] = "0123456789abcdef"[noise.IntN(16)]
		}
		m.fresh = append(m.fresh, resumption{Of: itoa(i) + " step", Result: json.RawMessage(`"` + string(value) + `"`)})
		segments := sealed(t, &m)
		for j := range len(before) - 1 {
			require.Equal(t, before[j].Payload().GetData(), segments[j].Payload().GetData())
		}
		before, m = segments, memo{}
		require.NoError(t, m.open(segments))
		require.Len(t, m.past, i+1)
	}
	require.Greater(t, len(before), 2)
}

func sealed(t *testing.T, m *memo) []converter.RawValue {
	t.Helper()
	segments, err := m.seal()
	require.NoError(t, err)
	return segments
}
