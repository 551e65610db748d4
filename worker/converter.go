package worker

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker/payload"
)

const (
	encodingJSON = "json/plain"
	encodingNull = "binary/null"

	// metadataAttempts is the key of a payload's metadata that says after how many attempts an activity
	// succeeded. It is absent after one.
	metadataAttempts = "weir-attempts"
	// metadataStep names the step whose result a local activity's payload is: unlike activities, their markers don't
	// say it, and a replay that asks in another order must fail.
	metadataStep = "weir-step"
)

// DataConverter writes and reads every payload as plain JSON, so that the temporal CLI and the Web UI show all of
// them and what a person types works. Values of the language travel as wire.V. Absent data reads as the zero value.
func DataConverter() converter.DataConverter { return plainConverter{} }

type plainConverter struct{}

// encoded is a result that an activity interceptor has already turned into JSON.
type encoded struct {
	data     []byte
	attempts int32
	step     string // of a local activity
}

// lasting is a value that stays where it is written, whatever its size: it outlives runs, and what lies in the store.
type lasting wire.V

func (plainConverter) ToPayload(v any) (*commonpb.Payload, error) {
	switch x := v.(type) {
	case converter.RawValue:
		return x.Payload(), nil
	case encoded:
		p := jsonPayload(x.data)
		if x.attempts > 1 {
			p.Metadata[metadataAttempts] = strconv.AppendInt(nil, int64(x.attempts), 10)
		}
		if x.step != "" {
			p.Metadata[metadataStep] = []byte(x.step)
		}
		return p, nil
	case json.RawMessage:
		return jsonPayload(x), nil
	case lasting:
		data, err := wire.Marshal(x.Value)
		return placed(jsonPayload(data), true), err
	}
	data, err := encodeJSON(v)
	if err != nil {
		return nil, fmt.Errorf("encode payload: %w", err)
	}
	return placed(jsonPayload(data), staysInline(v)), nil
}

// staysInline tells what may not go to the store even if it is large: the plan, without which no replay begins, and answers
// of queries, which no history keeps and the temporal CLI shows.
func staysInline(v any) bool {
	switch v.(type) {
	case activities.Plan, Timeline, openWaits, Recording:
		return true
	}
	return false
}

// placed marks a payload that stays inline; small ones do in any case.
func placed(p *commonpb.Payload, inline bool) *commonpb.Payload {
	if inline && len(p.GetData()) >= payload.LeastMoved/2 {
		p.Metadata[payload.MetadataPlace] = []byte(payload.Inline)
	}
	return p
}

// encodeJSON is json.Marshal without the escaping of < > & that no reader of a history needs.
func encodeJSON(v any) ([]byte, error) {
	if x, ok := v.(wire.V); ok {
		return wire.Marshal(x.Value)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

func jsonPayload(data []byte) *commonpb.Payload {
	return &commonpb.Payload{
		Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encodingJSON)},
		Data:     data,
	}
}

func (plainConverter) FromPayload(p *commonpb.Payload, target any) error {
	if p == nil {
		return nil
	}
	if raw, ok := target.(*converter.RawValue); ok {
		*raw = converter.NewRawValue(p)
		return nil
	}
	switch enc := string(p.GetMetadata()[converter.MetadataEncoding]); enc {
	case encodingJSON:
	case encodingNull:
		return nil
	default:
		return fmt.Errorf("decode payload: %q is no encoding that Weir reads: send JSON (%s)", enc, encodingJSON)
	}
	var err error
	switch x := target.(type) {
	case *wire.V:
		x.Value, err = wire.Unmarshal(p.GetData())
	case *json.RawMessage:
		*x = p.GetData()
	default:
		err = json.Unmarshal(p.GetData(), target)
	}
	if err != nil {
		return fmt.Errorf("decode payload: %w", err)
	}
	return nil
}

func (c plainConverter) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	if len(values) == 0 {
		return nil, nil
	}
	out := &commonpb.Payloads{Payloads: make([]*commonpb.Payload, len(values))}
	for i, v := range values {
		p, err := c.ToPayload(v)
		if err != nil {
			return nil, err
		}
		out.Payloads[i] = p
	}
	return out, nil
}

func (c plainConverter) FromPayloads(ps *commonpb.Payloads, targets ...any) error {
	for i, p := range ps.GetPayloads() {
		if i >= len(targets) {
			return nil
		}
		if err := c.FromPayload(p, targets[i]); err != nil {
			return err
		}
	}
	return nil
}

func (plainConverter) ToString(p *commonpb.Payload) string {
	if p == nil || string(p.GetMetadata()[converter.MetadataEncoding]) == encodingNull {
		return "null"
	}
	return string(p.GetData())
}

func (c plainConverter) ToStrings(ps *commonpb.Payloads) []string {
	var out []string
	for _, p := range ps.GetPayloads() {
		out = append(out, c.ToString(p))
	}
	return out
}

// readOutside reads a value that a person or another program sent: the wire form, and where that refuses the text
// (a string that begins with a tilde by chance), plain JSON. Nothing sent reads as nil.
func readOutside(p *commonpb.Payload) (value.Value, error) {
	if p == nil || len(p.GetData()) == 0 {
		return value.Nil, nil
	}
	switch enc := string(p.GetMetadata()[converter.MetadataEncoding]); enc {
	case encodingJSON:
	case encodingNull:
		return value.Nil, nil
	default:
		return value.Nil, fmt.Errorf("decode payload: %q is no encoding that Weir reads: send JSON (%s)", enc, encodingJSON)
	}
	v, err := wire.Unmarshal(p.GetData())
	if err == nil {
		return v, nil
	}
	if plain, plainErr := wire.FromJSON(p.GetData(), wire.JSONLimits{}); plainErr == nil {
		return plain, nil
	}
	return value.Nil, err
}

// attemptsOf reads after how many attempts an activity's result came.
func attemptsOf(p *commonpb.Payload) int {
	text, ok := p.GetMetadata()[metadataAttempts]
	if !ok {
		return 1
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
