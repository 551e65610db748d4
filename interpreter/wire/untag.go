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

// TagError is a tag that no Marshal writes.
type TagError struct{ Text string }

func (e *TagError) Error() string {
	const most = 60
	text := e.Text
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return fmt.Sprintf("unknown tag in %q (text that begins with ~ is written ~~)", text)
}

// untagScalar reads a string value of the wire form.
func untagScalar(s string) (value.Value, error) {
	if !strings.HasPrefix(s, "~") {
		return value.String(s), nil
	}
	if strings.HasPrefix(s, "~~") {
		return value.String(s[1:]), nil
	}
	if len(s) < 2 {
		return value.Nil, &TagError{Text: s}
	}
	v, ok := untag(s[1], s[2:])
	if !ok {
		return value.Nil, &TagError{Text: s}
	}
	return v, nil
}

func untag(tag byte, rest string) (value.Value, bool) {
	switch tag {
	case ':':
		return value.Kw(rest), rest != ""
	case '$':
		ns, name := "", rest
		if i := strings.IndexByte(rest, '/'); i > 0 && i < len(rest)-1 {
			ns, name = rest[:i], rest[i+1:]
		}
		return value.Sym(ns, name), rest != ""
	case 'c':
		r, n := utf8.DecodeRuneInString(rest)
		return value.Char(r), n > 0 && n == len(rest)
	case 'n':
		if len(rest) > syntax.MaxDigits {
			return value.Nil, false
		}
		n, ok := new(big.Int).SetString(rest, 10)
		if !ok {
			return value.Nil, false
		}
		return value.BigInt(n), true
	case 'f':
		v, problem := syntax.ParseNumber(rest + "M")
		return v, problem == "" && v.Kind() == value.KindDecimal
	case 'z':
		f, ok := map[string]float64{"NaN": math.NaN(), "INF": math.Inf(1), "-INF": math.Inf(-1)}[rest]
		return value.Double(f), ok
	case 't':
		v, err := value.ParseInst(rest)
		return v, err == nil
	case 'u':
		v, err := value.ParseUUID(rest)
		return v, err == nil
	}
	return value.Nil, false
}

// untagKey reads a tagged key.
func untagKey(s string) (value.Value, error) {
	if len(s) >= 2 {
		switch rest := s[2:]; s[1] {
		case '\'':
			return value.String(rest), nil
		case '_':
			return value.Nil, nil
		case '?':
			return value.Bool(rest == "t"), nil
		case 'i':
			if n, err := strconv.ParseInt(rest, 10, 64); err == nil {
				return value.Int(n), nil
			}
		case 'd':
			if f, err := strconv.ParseFloat(rest, 64); err == nil {
				return value.Double(f), nil
			}
		default:
			if v, ok := untag(s[1], rest); ok {
				return v, nil
			}
		}
	}
	return value.Nil, &TagError{Text: s}
}

// taggedArray reads ["~#tag", form].
func (d *decoder) taggedArray(depth int) (value.Value, error) {
	tag, err := d.str()
	if err != nil {
		return value.Nil, err
	}
	more, err := d.separator(']')
	if err != nil || !more {
		return value.Nil, &TagError{Text: tag}
	}
	form, err := d.value(depth + 1)
	if err != nil {
		return value.Nil, err
	}
	if more, err = d.separator(']'); err != nil || more {
		return value.Nil, &TagError{Text: tag}
	}
	v, ok := untagForm(strings.TrimPrefix(tag, "~#"), form)
	if !ok {
		return value.Nil, &TagError{Text: tag}
	}
	return v, nil
}

func untagForm(tag string, form value.Value) (value.Value, bool) {
	if m, ok := form.AsMap(); ok {
		switch tag {
		case "http":
			return value.Of(m.Envelope()), true
		case "sorted-map":
			return value.NewSortedMap(nil, pairs(m)...), true
		}
		return value.Nil, false
	}
	if text, ok := form.AsString(); ok && tag == "regex" {
		re, err := value.CompileRegex(text)
		return re, err == nil
	}
	vec, ok := form.AsVector()
	if !ok {
		return value.Nil, false
	}
	items := vec.Slice()
	switch tag {
	case "list":
		return value.NewList(items...), true
	case "set":
		return value.NewSet(nil, items...), true
	case "sorted-set":
		return value.NewSortedSet(nil, items...), true
	case "cmap":
		return value.NewMap(items...), len(items)%2 == 0
	case "ratio":
		return untagRatio(items)
	case "tagged":
		if len(items) == 2 {
			name, ok := items[0].AsString()
			return value.NewTagged(name, items[1]), ok
		}
	}
	return value.Nil, false
}

func pairs(m *value.Map) (kvs []value.Value) {
	m.Each(func(k, v value.Value) bool {
		kvs = append(kvs, k, v)
		return true
	})
	return kvs
}

func untagRatio(items []value.Value) (value.Value, bool) {
	if len(items) != 2 {
		return value.Nil, false
	}
	n, ok := items[0].Ref().(*big.Int)
	d, ok2 := items[1].Ref().(*big.Int)
	if !ok || !ok2 || d.Sign() == 0 {
		return value.Nil, false
	}
	r := new(big.Rat).SetFrac(n, d)
	return value.Ratio(r), !r.IsInt()
}
