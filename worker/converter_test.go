package worker

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

func TestEveryPayloadIsPlainJSON(t *testing.T) {
	t.Parallel()
	dc := DataConverter()
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, `null`}, {"<&>", `"<&>"`}, {[]byte("x"), `"eA=="`}, {map[string]int{"b": 1, "a": 2}, `{"a":2,"b":1}`},
		{wire.V{Value: value.NewMap(value.Kw("order-id"), value.Kw("x"))}, `{"order-id":"~:x"}`},
		{json.RawMessage(`{"z": 1}`), `{"z": 1}`}, {encoded{data: []byte(`[1]`)}, `[1]`},
		{struct {
			V wire.V `json:"v"`
		}{wire.V{Value: value.String("<~")}}, `{"v":"<~"}`},
	} {
		p, err := dc.ToPayload(c.v)
		require.NoError(t, err)
		require.Equal(t, "json/plain", string(p.Metadata["encoding"]))
		require.Equal(t, c.want, string(p.Data))
	}
	ps, err := dc.ToPayloads(1, "two")
	require.NoError(t, err)
	var n int
	var s string
	require.NoError(t, dc.FromPayloads(ps, &n, &s))
	require.Equal(t, []any{1, "two"}, []any{n, s})
	require.Equal(t, []string{"1", `"two"`}, dc.ToStrings(ps))
}

func TestAbsentDataReadsAsZero(t *testing.T) {
	t.Parallel()
	dc := DataConverter()
	null := &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("binary/null")}}
	s := "kept"
	require.NoError(t, dc.FromPayload(null, &s))
	require.NoError(t, dc.FromPayload(nil, &s))
	require.NoError(t, dc.FromPayloads(nil, &s))
	require.Equal(t, "kept", s)
	v, err := readOutside(null)
	require.NoError(t, err)
	require.True(t, v.IsNil())
}

func TestOtherEncodingsAreRefusedByName(t *testing.T) {
	t.Parallel()
	p := &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("binary/encrypted")}, Data: []byte("1")}
	var n int
	require.ErrorContains(t, DataConverter().FromPayload(p, &n), `"binary/encrypted" is no encoding that Weir reads`)
	_, err := readOutside(p)
	require.ErrorContains(t, err, "send JSON")
	var raw converter.RawValue
	require.NoError(t, DataConverter().FromPayload(p, &raw))
	require.Same(t, p, raw.Payload())
}

func TestAttemptsTravelInThePayload(t *testing.T) {
	t.Parallel()
	p, err := DataConverter().ToPayload(encoded{data: []byte(`1`), attempts: 3})
	require.NoError(t, err)
	require.Equal(t, 3, attemptsOf(p))
	p, err = DataConverter().ToPayload(encoded{data: []byte(`1`), attempts: 1})
	require.NoError(t, err)
	require.Equal(t, 1, attemptsOf(p))
	require.Len(t, p.Metadata, 1)
}

func TestReservedFieldsRoundTripAndNeverReachTheBody(t *testing.T) {
	t.Parallel()
	o := offer{Value: edn(t, `{:action "approve"}`), By: "Ann", ID: "d-1", Occurrence: 2}
	p, err := DataConverter().ToPayload(wire.V{Value: withReserved(o)})
	require.NoError(t, err)
	require.JSONEq(t, `{"action":"approve","by":"Ann","weir/id":"d-1","weir/occurrence":2}`, string(p.Data))
	back, err := readOffer(p, o.At)
	require.NoError(t, err)
	require.Equal(t, []any{"Ann", "d-1", 2}, []any{back.By, back.ID, back.Occurrence})
	require.Equal(t, `{:action "approve", :by "Ann", :at "0001-01-01T00:00:00.000Z"}`, value.PrStr(nil, back.result()))
}
