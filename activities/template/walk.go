package template

import (
	"errors"

	"github.com/weir-run/weir/interpreter/value"
)

// All renders every string of v, however deep it stands in maps, vectors, lists and sets, and returns v with the
// values of those templates (see Value) in their places. Keys stay as they are.
func All(v value.Value, data value.Value) (value.Value, error) {
	return walk(v, data, 0)
}

func walk(v, data value.Value, depth int) (value.Value, error) {
	if depth > value.DefaultDepth/10 {
		return value.Nil, errors.New("template: the payload is nested too deep")
	}
	switch v.Kind() {
	case value.KindString:
		text, _ := v.AsString()
		if Literal(text) {
			return v, nil
		}
		t, err := Compile(text)
		if err != nil {
			return value.Nil, err
		}
		return t.Value(data)
	case value.KindMap, value.KindSortedMap:
		var err error
		var kvs []value.Value
		eachEntry(v, func(k, x value.Value) {
			if err == nil {
				x, err = walk(x, data, depth+1)
				kvs = append(kvs, k, x)
			}
		})
		return value.NewMap(kvs...), err
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		return walkElements(v, data, depth)
	}
	return v, nil
}

func walkElements(v, data value.Value, depth int) (value.Value, error) {
	var out []value.Value
	var err error
	value.Each(nil, v, func(x value.Value) bool {
		x, err = walk(x, data, depth+1)
		out = append(out, x)
		return err == nil
	})
	if err != nil {
		return value.Nil, err
	}
	if k := v.Kind(); k == value.KindSet || k == value.KindSortedSet {
		return value.NewSet(nil, out...), nil
	}
	return value.VectorFrom(out), nil
}
