package payload

import (
	"bytes"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"
)

func TestWhatIsEncryptedComesBack(t *testing.T) {
	t.Parallel()
	c := codecOf(t, "k")
	rapid.Check(t, func(t *rapid.T) {
		p := &commonpb.Payload{
			Metadata: map[string][]byte{"encoding": []byte("json/plain"), rapid.String().Draw(t, "key"): rapid.SliceOf(rapid.Byte()).Draw(t, "value")},
			Data:     rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
		}
		sealed, err := c.Encode([]*commonpb.Payload{p})
		require.NoError(t, err)
		again, err := c.Encode(sealed)
		require.NoError(t, err)
		require.True(t, proto.Equal(sealed[0], again[0]), "what is sent twice is encrypted once")
		open, err := c.Decode(again)
		require.NoError(t, err)
		require.True(t, proto.Equal(p, open[0]))
	})
}

func TestAPayloadIsNeverEncryptedTheSameWayTwice(t *testing.T) {
	t.Parallel()
	c := codecOf(t, "k")
	one, err := c.seal(text("same"))
	require.NoError(t, err)
	two, err := c.seal(text("same"))
	require.NoError(t, err)
	require.NotEqual(t, one.Data, two.Data)
	require.NotContains(t, string(one.Data), "same")
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	old, err := codecOf(t, "old").Encode([]*commonpb.Payload{text("before")})
	require.NoError(t, err)
	both := codecOf(t, "new", "old")
	open, err := both.Decode(old)
	require.NoError(t, err)
	require.True(t, proto.Equal(text("before"), open[0]))
	fresh, err := both.Encode([]*commonpb.Payload{text("after")})
	require.NoError(t, err)
	require.Equal(t, "new", string(fresh[0].Metadata[metadataKey]))
	for _, c := range []*Codec{codecOf(t, "old"), nil} {
		_, err = c.Decode(fresh)
		require.ErrorIs(t, err, ErrNoKey)
		require.ErrorContains(t, err, `"new"`)
	}
	_, err = codecOf(t, "new!").Decode(fresh)
	require.ErrorContains(t, err, "another one of that name")
}

func TestWhatWasChangedIsRefused(t *testing.T) {
	t.Parallel()
	c := codecOf(t, "a", "b")
	sealed, err := c.seal(text("approve"))
	require.NoError(t, err)
	for name, change := range map[string]func(p *commonpb.Payload){
		"a bit":        func(p *commonpb.Payload) { p.Data[len(p.Data)/2] ^= 1 },
		"the end":      func(p *commonpb.Payload) { p.Data = p.Data[:len(p.Data)-1] },
		"all of it":    func(p *commonpb.Payload) { p.Data = nil },
		"the key's id": func(p *commonpb.Payload) { p.Metadata[metadataKey] = []byte("b") },
	} {
		p, _ := proto.Clone(sealed).(*commonpb.Payload)
		change(p)
		_, err := c.Decode([]*commonpb.Payload{p})
		require.Error(t, err, name)
	}
}

func TestPlainPayloadsPass(t *testing.T) {
	t.Parallel()
	typed := text("typed by hand")
	out, err := codecOf(t, "k").Decode([]*commonpb.Payload{typed, nil})
	require.NoError(t, err)
	require.Same(t, typed, out[0])
	require.Nil(t, out[1])
}

func TestPayloadKeysNeverPrint(t *testing.T) {
	t.Parallel()
	keys := ring(t, "canary")
	codec := codecOf(t, "canary")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("started", "keys", keys)
	for _, shown := range []string{
		fmt.Sprintf("%v %+v %#v %s", keys, keys, keys, keys), fmt.Sprintf("%v %#v", keys.First(), keys.First()), fmt.Sprintf("%v %+v %#v", codec, codec, codec), log.String(),
	} {
		require.NotContains(t, shown, "canarycanary")
		require.NotContains(t, shown, "Y2FuYXJ5Y2")
		require.NotContains(t, shown, "99 97 110")
	}
	_, err := ParseKeys("k:c2hvcnQ")
	require.ErrorContains(t, err, "key k has 5 bytes, needs 32")
}
