package wire

import (
	"bytes"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Unmarshal reads the wire form. JSON typed by a person is taken as it is; a tagged string or array
// that no Marshal writes is an error.
func Unmarshal(b []byte) (value.Value, error) {
	d := &decoder{parser: parser{text: b, depthLimit: MaxDepth}, wire: true}
	return d.document("decode value")
}

// JSONLimits bounds plain JSON from outside. A zero field means the default.
type JSONLimits struct {
	Depth int // nesting; default MaxDepth
	Size  int // bytes of text; default: no limit but the text's own length
}

// SizeError says that a JSON text is longer than its limit.
type SizeError struct{ Size, Limit int }

func (e *SizeError) Error() string {
	return fmt.Sprintf("the JSON text has %d bytes, and at most %d are allowed", e.Size, e.Limit)
}

// FromJSON reads plain JSON from outside. Object keys become keywords exactly as sent where they are safe as
// keywords and stay strings otherwise; of repeated keys the last wins; integers beyond int64 become big.
func FromJSON(b []byte, lim JSONLimits) (value.Value, error) {
	if lim.Depth == 0 {
		lim.Depth = MaxDepth
	}
	if lim.Size > 0 && len(b) > lim.Size {
		return value.Nil, &SizeError{Size: len(b), Limit: lim.Size}
	}
	d := &decoder{parser: parser{text: b, depthLimit: lim.Depth}}
	return d.document("decode JSON")
}

// decoder builds values from JSON. Its stack holds the items of the arrays and objects being read.
type decoder struct {
	parser
	wire  bool
	stack []value.Value
	keys  map[string]value.Value // those met so far that hold no escape, by their text
}

func (d *decoder) document(operation string) (value.Value, error) {
	v, err := d.value(0)
	if err == nil {
		if d.space(); d.off < len(d.text) {
			err = d.syntaxError("unexpected text after the value")
		}
	}
	if err != nil {
		return value.Nil, fmt.Errorf("%s: %w", operation, err)
	}
	return v, nil
}

func (d *decoder) value(depth int) (value.Value, error) {
	if depth > d.depthLimit {
		return value.Nil, &DepthError{Limit: d.depthLimit}
	}
	d.space()
	switch c := d.peek(); {
	case c == '{':
		return d.object(depth)
	case c == '[':
		return d.array(depth)
	case c == '"':
		s, err := d.str()
		if err != nil || !d.wire {
			return value.String(s), err
		}
		return untagScalar(s)
	case c == '-' || ('0' <= c && c <= '9'):
		return d.number()
	case d.literal("true"):
		return value.True, nil
	case d.literal("false"):
		return value.False, nil
	case d.literal("null"):
		return value.Nil, nil
	case d.off >= len(d.text):
		return value.Nil, d.syntaxError("the text ends too early")
	}
	return value.Nil, d.syntaxError("unexpected character")
}

func (d *decoder) number() (value.Value, error) {
	if n, ok := d.smallInteger(); ok {
		return n, nil
	}
	text, isInteger, err := d.numberText()
	if err != nil {
		return value.Nil, err
	}
	if isInteger {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return value.Int(n), nil
		}
		if len(text) > syntax.MaxDigits {
			return value.Nil, d.syntaxError("a number of more than 10000 characters")
		}
		n, _ := new(big.Int).SetString(text, 10)
		return value.BigInt(n), nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return value.Nil, d.syntaxError("a number beyond the range of doubles")
	}
	return value.Double(f), nil
}

// smallInteger is the fast path: up to 18 digits and a delimiter.
func (d *decoder) smallInteger() (value.Value, bool) {
	i, n := d.off, int64(0)
	for ; i < len(d.text) && '0' <= d.text[i] && d.text[i] <= '9'; i++ {
		n = n*10 + int64(d.text[i]-'0')
	}
	digits := i - d.off
	if digits == 0 || digits > 18 || digits > 1 && d.text[d.off] == '0' || i == len(d.text) {
		return value.Nil, false
	}
	switch d.text[i] {
	case ',', '}', ']', ' ', '\n', '\r', '\t':
		d.off = i
		return value.Int(n), true
	}
	return value.Nil, false
}

func (d *decoder) array(depth int) (value.Value, error) {
	d.off++
	if d.space(); d.peek() == ']' {
		d.off++
		return value.NewVector(), nil
	}
	if d.wire && strings.HasPrefix(string(d.text[d.off:min(d.off+4, len(d.text))]), `"~#`) {
		return d.taggedArray(depth)
	}
	from := len(d.stack)
	for {
		v, err := d.value(depth + 1)
		if err != nil {
			return value.Nil, err
		}
		d.stack = append(d.stack, v)
		more, err := d.separator(']')
		if err != nil {
			return value.Nil, err
		}
		if !more {
			v := value.NewVector(d.stack[from:]...)
			d.stack = d.stack[:from]
			return v, nil
		}
	}
}

// object reads {...} into a map.
func (d *decoder) object(depth int) (value.Value, error) {
	d.off++
	if d.space(); d.peek() == '}' {
		d.off++
		return value.Of(value.EmptyMap), nil
	}
	from := len(d.stack)
	for {
		if d.space(); d.peek() != '"' {
			return value.Nil, d.syntaxError("expected a key in quotes")
		}
		key, err := d.nextKey()
		if err != nil {
			return value.Nil, err
		}
		if d.space(); d.peek() != ':' {
			return value.Nil, d.syntaxError("expected : after the key")
		}
		d.off++
		v, err := d.value(depth + 1)
		if err != nil {
			return value.Nil, err
		}
		d.stack = append(d.stack, key, v)
		more, err := d.separator('}')
		if err != nil {
			return value.Nil, err
		}
		if !more {
			v := value.NewMap(d.stack[from:]...)
			d.stack = d.stack[:from]
			return v, nil
		}
	}
}

// maxKeptKeys is how many keys of a text the decoder remembers.
const maxKeptKeys = 1 << 10

// nextKey reads the key of an object at the offset.
func (d *decoder) nextKey() (value.Value, error) {
	rest := d.text[d.off+1:]
	end := bytes.IndexByte(rest, '"')
	if end >= 0 {
		if key, ok := d.keys[string(rest[:end])]; ok {
			d.off += end + 2
			return key, nil
		}
	}
	text, err := d.str()
	if err != nil {
		return value.Nil, err
	}
	key, err := d.key(text)
	if err == nil && len(text) == end && len(d.keys) < maxKeptKeys { // the text as it stood there
		if d.keys == nil {
			d.keys = map[string]value.Value{}
		}
		d.keys[text] = key
	}
	return key, err
}

func (d *decoder) key(text string) (value.Value, error) {
	if d.wire && strings.HasPrefix(text, "~") {
		return untagKey(text)
	}
	if syntax.SafeKeyword(text) {
		return value.Kw(text), nil
	}
	return value.String(text), nil
}
