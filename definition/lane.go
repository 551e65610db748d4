package definition

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// LaneError is an input that gives no usable lane key.
type LaneError struct {
	Path   string // ":order-id" or "[:order :id]"
	Reason string // "is missing", "is longer than 512 bytes", ...
}

func (e *LaneError) Error() string { return "lane key " + e.Path + " " + e.Reason }

// LaneKey is the key of the lane that a run with this raw input belongs to: "" for a singleton. Text is
// taken as it is, a keyword without its colon, a whole number by its digits (1 and 1.0 are one lane).
// Its errors are *LaneError.
func (f *Flow) LaneKey(in value.Value) (string, error) {
	if f.Concurrency.Type != Keyed {
		return "", nil
	}
	path := pathText(f.Concurrency.KeyField)
	v := in
	for _, name := range f.Concurrency.KeyField {
		v = step(v, name)
	}
	if v.IsNil() {
		return "", &LaneError{Path: path, Reason: "is missing from the input"}
	}
	key, reason := keyText(v)
	if reason == "" {
		reason = unusable(key)
	}
	if reason != "" {
		return "", &LaneError{Path: path, Reason: reason}
	}
	return key, nil
}

// step goes one name down a path: a map's field, or a vector's item by its number.
func step(v value.Value, name string) value.Value {
	if m, ok := v.AsMap(); ok {
		_, found := fieldKey(m, name)
		return found
	}
	if items, ok := v.AsVector(); ok {
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < items.Len() {
			return items.At(i)
		}
	}
	return value.Nil
}

func keyText(v value.Value) (key, reason string) {
	switch v.Kind() {
	case value.KindString, value.KindKeyword, value.KindInt, value.KindUUID:
		return plainText(v), ""
	case value.KindBigInt:
		return strings.TrimSuffix(plainText(v), "N"), ""
	case value.KindDouble:
		f, _ := v.AsDouble()
		if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return strconv.FormatInt(int64(f), 10), ""
		}
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return "", "is no number"
		}
		return strconv.FormatFloat(f, 'g', -1, 64), ""
	}
	return "", "must be text, a keyword or a number, not " + article(value.KindName(v))
}

// unusable says why a text can't be part of a workflow ID.
func unusable(key string) string {
	switch {
	case key == "":
		return "is empty"
	case len(key) > MaxLaneKey:
		return fmt.Sprintf("is longer than %d bytes", MaxLaneKey)
	case !utf8.ValidString(key):
		return "is not valid UTF-8"
	case strings.TrimSpace(key) != key:
		return "begins or ends with white space"
	}
	for _, r := range key {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return "holds a control character"
		}
	}
	return ""
}

func pathText(path []string) string {
	if len(path) == 1 {
		return ":" + path[0]
	}
	return "[:" + strings.Join(path, " :") + "]"
}
