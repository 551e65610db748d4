package payload

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// ring makes keys of those ids; a letter more makes another key of the same id: "k", "k!".
func ring(t *testing.T, names ...string) Keys {
	t.Helper()
	entries := make([]string, len(names))
	for i, name := range names {
		key := []byte(strings.Repeat(name, 32)[:32])
		entries[i] = strings.TrimRight(name, "!") + ":" + base64.StdEncoding.EncodeToString(key)
	}
	keys, err := ParseKeys(strings.Join(entries, ","))
	require.NoError(t, err)
	return keys
}

func codecOf(t *testing.T, names ...string) *Codec {
	t.Helper()
	c, err := NewCodec(ring(t, names...))
	require.NoError(t, err)
	return c
}

// way is one with the keys of those ids, or none.
func way(t *testing.T, names ...string) Way {
	t.Helper()
	var keys Keys
	if len(names) > 0 {
		keys = ring(t, names...)
	}
	w, err := NewWay(store.NewPayloads(storetest.Objects(t)), keys)
	require.NoError(t, err)
	return w
}

func text(s string) *commonpb.Payload {
	return &commonpb.Payload{Metadata: map[string][]byte{converter.MetadataEncoding: []byte("json/plain")}, Data: []byte(`"` + s + `"`)}
}

func staying(p *commonpb.Payload) *commonpb.Payload {
	p.Metadata[MetadataPlace] = []byte(Inline)
	return p
}

// completion is what a worker answers with: a command for each payload.
func completion(payloads ...*commonpb.Payload) *workflowservice.RespondWorkflowTaskCompletedRequest {
	m := &workflowservice.RespondWorkflowTaskCompletedRequest{}
	for _, p := range payloads {
		m.Commands = append(m.Commands, &commandpb.Command{
			CommandType: enumspb.COMMAND_TYPE_RECORD_MARKER,
			Attributes: &commandpb.Command_RecordMarkerCommandAttributes{RecordMarkerCommandAttributes: &commandpb.RecordMarkerCommandAttributes{
				Details: map[string]*commonpb.Payloads{"result": {Payloads: []*commonpb.Payload{p}}},
			}},
		})
	}
	return m
}

// results are the payloads of a completion.
func results(m *workflowservice.RespondWorkflowTaskCompletedRequest) []*commonpb.Payload {
	out := make([]*commonpb.Payload, len(m.GetCommands()))
	for i, c := range m.GetCommands() {
		out[i] = c.GetRecordMarkerCommandAttributes().GetDetails()["result"].GetPayloads()[0]
	}
	return out
}
