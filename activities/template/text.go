package template

import (
	"errors"
	"fmt"
	"strings"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// TextOf is how a value reads inside of text: nothing for nil, names for keywords, JSON for collections.
func TextOf(v value.Value) (string, error) {
	switch v.Kind() {
	case value.KindNil:
		return "", nil
	case value.KindString:
		s, _ := v.AsString()
		return s, nil
	case value.KindKeyword:
		k, _ := v.AsKeyword()
		return k.FullName(), nil
	case value.KindMap, value.KindSortedMap, value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		return jsonOf(v)
	case value.KindFn, value.KindAtom, value.KindVolatile, value.KindDelay, value.KindTransient, value.KindOpaque:
		return "", fmt.Errorf("no text: %s", value.KindName(v))
	}
	return value.Text(nil, v), nil
}

func jsonOf(v value.Value) (string, error) {
	b, err := wire.MarshalPlain(v)
	return string(b), err
}

func (c Context) encode(text string) (string, error) {
	switch c {
	case Path:
		if text == "." || text == ".." {
			return "", errors.New("a value in a path may not be . or ..")
		}
		return EscapeSegment(text), nil
	case Header:
		if strings.ContainsAny(text, "\r\n\x00") {
			return "", errors.New("a value in a header may not hold line breaks")
		}
	}
	return text, nil
}

const upperHex = "0123456789ABCDEF"

// EscapeSegment percent-encodes everything but letters, digits and - . _ ~.
func EscapeSegment(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
	return b.String()
}
