package jail

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

var errLarge = errors.New("the result has more than 32 MB")

// encode writes a result as JSON. Whole floats keep their point, so that they stay floats.
func encode(v any) ([]byte, error) { return appendValue(nil, reflect.ValueOf(v), 0) }

func appendValue(out []byte, v reflect.Value, depth int) ([]byte, error) {
	if len(out) > MaxOutput {
		return nil, errLarge
	}
	if depth > MaxDepth {
		return nil, fmt.Errorf("the result is nested more than %d deep", MaxDepth)
	}
	if !v.IsValid() {
		return append(out, "null"...), nil
	}
	if v.CanInterface() {
		if m, ok := v.Interface().(json.Marshaler); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
			text, err := m.MarshalJSON()
			return append(out, text...), err
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(out, v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(out, v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(out, v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		return appendFloat(out, v.Float())
	case reflect.String:
		return appendText(out, v.String())
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return append(out, "null"...), nil
		}
		return appendValue(out, v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			return append(out, "null"...), nil
		}
		return appendList(out, v, depth)
	case reflect.Map:
		if v.IsNil() {
			return append(out, "null"...), nil
		}
		return appendMap(out, v, depth)
	case reflect.Struct:
		return appendStruct(out, v, depth)
	}
	return nil, fmt.Errorf("the result holds a %s", v.Kind())
}

func appendFloat(out []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("the result holds %v, which is no number of a flow's", f)
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return append(out, text...), nil
}

func appendText(out []byte, s string) ([]byte, error) {
	if len(out)+len(s) > MaxOutput {
		return nil, errLarge
	}
	text, err := json.Marshal(s)
	return append(out, text...), err
}

func appendList(out []byte, v reflect.Value, depth int) ([]byte, error) {
	var err error
	out = append(out, '[')
	for i := range v.Len() {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendValue(out, v.Index(i), depth+1); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// appendMap writes the keys in their order, so that one result has one text.
func appendMap(out []byte, v reflect.Value, depth int) ([]byte, error) {
	names := make([]string, 0, v.Len())
	byName := map[string]reflect.Value{}
	for _, k := range v.MapKeys() {
		inner := k
		if k.Kind() == reflect.Interface {
			inner = k.Elem()
		}
		switch inner.Kind() {
		case reflect.String, reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
			reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		default:
			return nil, fmt.Errorf("the result holds a map with a key of kind %s", inner.Kind())
		}
		name := fmt.Sprint(inner.Interface())
		if _, twice := byName[name]; twice {
			return nil, fmt.Errorf("the result holds a map with two keys that read %q", name)
		}
		names, byName[name] = append(names, name), v.MapIndex(k)
	}
	sort.Strings(names)
	var err error
	out = append(out, '{')
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendField(out, name, byName[name], depth); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendField(out []byte, name string, v reflect.Value, depth int) ([]byte, error) {
	out, err := appendText(out, name)
	if err != nil {
		return nil, err
	}
	return appendValue(append(out, ':'), v, depth+1)
}

// appendStruct writes exported fields under their names, or under those of their json tags.
func appendStruct(out []byte, v reflect.Value, depth int) ([]byte, error) {
	var err error
	first := true
	out = append(out, '{')
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" || strings.Contains(options, "omitempty") && v.Field(i).IsZero() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		if out, err = appendField(out, name, v.Field(i), depth); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}
