package wire

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// MaxDepth is how deep a value may nest on its way in or out.
const MaxDepth = 512

// UnsupportedError says that a value has no JSON form: functions, atoms and the like.
type UnsupportedError struct {
	Kind string // "function", "atom", ...
}

func (e *UnsupportedError) Error() string {
	return "a " + e.Kind + " can't leave the evaluation that made it"
}

// DepthError says that a value nests deeper than MaxDepth (or a JSON text deeper than its limit).
type DepthError struct{ Limit int }

func (e *DepthError) Error() string {
	return "the value nests deeper than " + strconv.Itoa(e.Limit) + " levels"
}

// Marshal writes the wire form. Lazy parts must be realized (value.Realize).
func Marshal(v value.Value) ([]byte, error) {
	e := &encoder{}
	out, err := e.value(nil, v, 0)
	if err != nil {
		return nil, fmt.Errorf("encode value: %w", err)
	}
	return out, nil
}

// V carries a value through encoding/json in the wire form: for the fields of payloads.
type V struct{ value.Value }

// MarshalJSON writes the wire form.
func (v V) MarshalJSON() ([]byte, error) { return Marshal(v.Value) }

// UnmarshalJSON reads the wire form.
func (v *V) UnmarshalJSON(b []byte) (err error) {
	v.Value, err = Unmarshal(b)
	return err
}

type encoder struct{ plain bool }

func (e *encoder) value(out []byte, v value.Value, depth int) ([]byte, error) {
	if depth > MaxDepth {
		return nil, &DepthError{Limit: MaxDepth}
	}
	switch v.Kind() {
	case value.KindNil:
		return append(out, "null"...), nil
	case value.KindBool:
		b, _ := v.AsBool()
		return strconv.AppendBool(out, b), nil
	case value.KindInt:
		n, _ := v.AsInt()
		return strconv.AppendInt(out, n, 10), nil
	case value.KindString:
		s, _ := v.AsString()
		if !e.plain && strings.HasPrefix(s, "~") {
			s = "~" + s
		}
		return appendString(out, s), nil
	case value.KindVector:
		vec, _ := v.AsVector()
		return e.items(append(out, '['), vec.Slice(), depth)
	case value.KindMap, value.KindSortedMap:
		return e.mapping(out, v, depth)
	case value.KindSet, value.KindSortedSet, value.KindList, value.KindSeq:
		return e.collection(out, v, depth)
	case value.KindRatio, value.KindTagged, value.KindRegex:
		if !e.plain {
			return e.tagged(out, v, depth)
		}
	case value.KindDouble:
		f, _ := v.AsDouble()
		if !math.IsNaN(f) && !math.IsInf(f, 0) {
			return appendDouble(out, f), nil
		}
	}
	if e.plain {
		return e.plainScalar(out, v, depth)
	}
	if s, ok := tagScalar(v); ok {
		return appendString(out, s), nil
	}
	return nil, &UnsupportedError{Kind: value.KindName(v)}
}

// items writes values and the closing bracket; the opening one is written.
func (e *encoder) items(out []byte, vs []value.Value, depth int) ([]byte, error) {
	var err error
	for i, item := range vs {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = e.value(out, item, depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

func (e *encoder) collection(out []byte, v value.Value, depth int) ([]byte, error) {
	var vs []value.Value
	value.Each(nil, v, func(x value.Value) bool {
		vs = append(vs, x)
		return true
	})
	if e.plain {
		return e.items(append(out, '['), vs, depth)
	}
	tag := "list"
	switch v.Kind() {
	case value.KindSet:
		tag = "set"
	case value.KindSortedSet:
		tag = "sorted-set"
	}
	out, err := e.items(append(out, `["~#`+tag+`",[`...), vs, depth+1)
	return append(out, ']'), err
}

func (e *encoder) mapping(out []byte, v value.Value, depth int) ([]byte, error) {
	var kvs []value.Value
	scalar := true
	each(v, func(k, x value.Value) {
		kvs = append(kvs, k, x)
		if _, ok := e.key(k); !ok {
			scalar = false
		}
	})
	open, end := "{", "}"
	switch {
	case e.plain:
	case !scalar:
		out, err := e.items(append(out, `["~#cmap",[`...), kvs, depth+1)
		return append(out, ']'), err
	case v.Kind() == value.KindSortedMap:
		open, end = `["~#sorted-map",{`, "}]"
	default:
		if m, _ := v.AsMap(); m.IsEnvelope() {
			open, end = `["~#http",{`, "}]"
		}
	}
	out = append(out, open...)
	var err error
	for i := 0; i < len(kvs); i += 2 {
		if i > 0 {
			out = append(out, ',')
		}
		key, ok := e.key(kvs[i])
		if !ok {
			return nil, &UnsupportedError{Kind: value.KindName(kvs[i])}
		}
		out = append(appendString(out, key), ':')
		if out, err = e.value(out, kvs[i+1], depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, end...), nil
}

// each walks a map of either kind in its order.
func each(v value.Value, f func(k, x value.Value)) {
	if m, ok := v.AsMap(); ok {
		m.Each(func(k, x value.Value) bool { f(k, x); return true })
		return
	}
	value.Each(nil, v, func(entry value.Value) bool {
		pair, _ := entry.AsVector()
		f(pair.At(0), pair.At(1))
		return true
	})
}

// key is a map key as the text of a JSON key; false when the key has none.
func (e *encoder) key(k value.Value) (string, bool) {
	if e.plain {
		return plainKey(k)
	}
	if kw, ok := k.AsKeyword(); ok {
		if name := kw.FullName(); syntax.SafeKeyword(name) {
			return name, true
		}
		return "~:" + kw.FullName(), true
	}
	if s, ok := k.AsString(); ok {
		if syntax.SafeKeyword(s) || strings.HasPrefix(s, "~") {
			return "~'" + s, true
		}
		return s, true
	}
	switch k.Kind() {
	case value.KindNil:
		return "~_", true
	case value.KindBool:
		b, _ := k.AsBool()
		return "~?" + strconv.FormatBool(b)[:1], true
	case value.KindInt:
		n, _ := k.AsInt()
		return "~i" + strconv.FormatInt(n, 10), true
	case value.KindDouble:
		if f, _ := k.AsDouble(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return "~d" + string(appendDouble(nil, f)), true
		}
	}
	return tagScalar(k)
}

// tagScalar is a scalar that JSON lacks as a tagged string.
func tagScalar(v value.Value) (string, bool) {
	switch v.Kind() {
	case value.KindKeyword:
		k, _ := v.AsKeyword()
		return "~:" + k.FullName(), true
	case value.KindSymbol:
		s, _ := v.AsSymbol()
		return "~$" + fullName(s.Namespace, s.Name), true
	case value.KindChar:
		c, _ := v.AsChar()
		return "~c" + string(c), true
	case value.KindBigInt:
		return "~n" + v.Ref().(*big.Int).String(), true
	case value.KindDecimal:
		return "~f" + strings.TrimSuffix(value.PrStr(nil, v), "M"), true
	case value.KindDouble:
		f, _ := v.AsDouble()
		switch {
		case math.IsNaN(f):
			return "~zNaN", true
		case f > 0:
			return "~zINF", true
		}
		return "~z-INF", true
	case value.KindInst:
		return "~t" + value.Text(nil, v), true
	case value.KindUUID:
		return "~u" + value.Text(nil, v), true
	}
	return "", false
}

func (e *encoder) tagged(out []byte, v value.Value, depth int) ([]byte, error) {
	switch x := v.Ref().(type) {
	case *big.Rat:
		return append(out, `["~#ratio",["~n`+x.Num().String()+`","~n`+x.Denom().String()+`"]]`...), nil
	case *value.Regex:
		return append(appendString(append(out, `["~#regex",`...), x.Pattern), ']'), nil
	case *value.Tagged:
		out = append(appendString(append(out, `["~#tagged",[`...), x.Tag), ',')
		out, err := e.value(out, x.Form, depth+2)
		return append(out, "]]"...), err
	}
	return nil, &UnsupportedError{Kind: value.KindName(v)}
}

func fullName(ns, name string) string {
	if ns == "" {
		return name
	}
	return ns + "/" + name
}

// appendDouble writes a float so that it reads back as one: with a point or an exponent.
func appendDouble(out []byte, f float64) []byte {
	from := len(out)
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	out = strconv.AppendFloat(out, f, format, -1, 64)
	if !strings.ContainsAny(string(out[from:]), ".e") {
		out = append(out, ".0"...)
	}
	return out
}

const hexDigits = "0123456789abcdef"

// appendString writes a JSON string. Nothing beyond what JSON demands is escaped, except U+2028 and U+2029.
func appendString(out []byte, s string) []byte {
	out = append(out, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError && r != '\u2028' && r != '\u2029' {
				i += n
				continue
			}
			out = append(out, s[from:i]...)
			out = append(out, `\u`...)
			for shift := 12; shift >= 0; shift -= 4 {
				out = append(out, hexDigits[r>>shift&15])
			}
			i += n
			from = i
			continue
		}
		out = append(out, s[from:i]...)
		switch c {
		case '"', '\\':
			out = append(out, '\\', c)
		case '\n':
			out = append(out, `\n`...)
		case '\r':
			out = append(out, `\r`...)
		case '\t':
			out = append(out, `\t`...)
		default:
			out = append(out, `\u00`...)
			out = append(out, hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	return append(append(out, s[from:]...), '"')
}
