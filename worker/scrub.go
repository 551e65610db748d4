package worker

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// scrubber replaces secret texts by placeholders: the text, and what it is replaced by. Shorter ones than shortestInside are replaced
// only where they stand alone.
type scrubber map[string]string

const shortestInside = 4

// know takes the values of secret inputs in.
func (s scrubber) know(given *value.Map, inputs []definition.Input) {
	for _, i := range inputs {
		if text, ok := given.GetKw(i.Name).AsString(); ok && text != "" && secretTypes[i.Type] {
			s[text] = "<" + i.Name + ">"
		}
	}
}

func (s scrubber) cleanV(v *wire.V) {
	if v != nil {
		v.Value = s.clean(v.Value)
	}
}

// clean is v without secrets. Collections keep their kinds.
func (s scrubber) clean(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindString:
		text, _ := v.AsString()
		return value.String(s.text(text))
	case value.KindMap:
		m, _ := v.AsMap()
		out := value.EmptyMap
		m.Each(func(k, x value.Value) bool {
			out = out.Assoc(nil, s.clean(k), s.clean(x))
			return true
		})
		if m.IsEnvelope() {
			out = out.Envelope()
		}
		return value.Of(out)
	case value.KindVector:
		return value.VectorFrom(s.all(v))
	case value.KindSet:
		return value.NewSet(nil, s.all(v)...)
	case value.KindList, value.KindSeq:
		return value.NewList(s.all(v)...)
	}
	return v
}

func (s scrubber) all(v value.Value) []value.Value {
	items := value.Slice(nil, v)
	out := make([]value.Value, len(items))
	for i, item := range items {
		out[i] = s.clean(item)
	}
	return out
}

// signed finds the query of an address that whoever holds it may read.
var signed = regexp.MustCompile(`(https?://[^\s"'<>?]+)\?[^\s"'<>]*X-Amz-Signature=[^\s"'<>]*`)

func (s scrubber) text(text string) string {
	if placeholder, ok := s[text]; ok {
		return placeholder
	}
	for _, secret := range slices.SortedFunc(maps.Keys(s), func(a, b string) int { return len(b) - len(a) }) {
		if len(secret) >= shortestInside {
			text = strings.ReplaceAll(text, secret, s[secret])
		}
	}
	return signed.ReplaceAllString(text, "$1?signature-left-out")
}
