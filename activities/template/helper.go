package template

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// helper is a function that tags may call.
type helper struct {
	min, max int
	call     func(args []value.Value) (value.Value, error)
}

var helpers = map[string]helper{
	"truncate": {2, 3, truncate},
	"json":     {1, 1, toJSON},
	"length":   {1, 1, length},
	"items":    {1, 1, items},
	"join":     {1, 2, join},
	"first":    {1, 2, first},
	"last":     {1, 2, last},
	"default":  {2, 2, orDefault},
}

const helperNames = "truncate, json, length, items, join, first, last and default"

// truncate cuts a text to so many characters, its ending (default "...") included.
func truncate(args []value.Value) (value.Value, error) {
	text, err := TextOf(args[0])
	if err != nil {
		return value.Nil, err
	}
	n, ok := args[1].AsInt()
	if !ok || n < 0 {
		return value.Nil, errors.New("the length must be an integer, 0 or more")
	}
	ending := "..."
	if len(args) == 3 {
		if ending, err = TextOf(args[2]); err != nil {
			return value.Nil, err
		}
	}
	if int64(utf8.RuneCountInString(text)) <= n {
		return value.String(text), nil
	}
	if room := n - int64(utf8.RuneCountInString(ending)); room > 0 {
		return value.String(string([]rune(text)[:room]) + ending), nil
	}
	return value.String(string([]rune(text)[:n])), nil
}

func toJSON(args []value.Value) (value.Value, error) {
	text, err := jsonOf(args[0])
	return value.String(text), err
}

func countable(v value.Value) bool {
	switch v.Kind() {
	case value.KindString, value.KindVector, value.KindList, value.KindSeq, value.KindMap, value.KindSortedMap, value.KindSet, value.KindSortedSet:
		return true
	}
	return false
}

// length is the number of elements, entries or characters; 0 for nil.
func length(args []value.Value) (value.Value, error) {
	if args[0].IsNil() {
		return value.Int(0), nil
	}
	if !countable(args[0]) {
		return value.Nil, fmt.Errorf("no length: %s", value.KindName(args[0]))
	}
	if s, ok := args[0].AsString(); ok {
		return value.Int(int64(utf8.RuneCountInString(s))), nil
	}
	return value.Int(value.Count(nil, args[0])), nil
}

// items are the entries of a map as maps with key and value, and the elements of other collections.
func items(args []value.Value) (value.Value, error) {
	if k := args[0].Kind(); k != value.KindMap && k != value.KindSortedMap {
		elements, err := elements(args[0])
		return value.VectorFrom(elements), err
	}
	var out []value.Value
	eachEntry(args[0], func(k, v value.Value) {
		if kw, ok := k.AsKeyword(); ok {
			k = value.String(kw.FullName())
		}
		out = append(out, value.NewMap(value.Kw("key"), k, value.Kw("value"), v))
	})
	return value.VectorFrom(out), nil
}

// elements are those of a sequence or a set, none for nil.
func elements(v value.Value) ([]value.Value, error) {
	var out []value.Value
	switch v.Kind() {
	case value.KindNil:
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		value.Each(nil, v, func(x value.Value) bool {
			out = append(out, x)
			return true
		})
	default:
		return nil, fmt.Errorf("expected a sequence, found %s", value.KindName(v))
	}
	return out, nil
}

// join puts the elements' texts behind each other, with a separator (default ", ") between them.
func join(args []value.Value) (value.Value, error) {
	elements, err := elements(args[0])
	if err != nil {
		return value.Nil, err
	}
	separator := ", "
	if len(args) == 2 {
		if separator, err = TextOf(args[1]); err != nil {
			return value.Nil, err
		}
	}
	texts := make([]string, len(elements))
	total := 0
	for i, e := range elements {
		if texts[i], err = TextOf(e); err != nil {
			return value.Nil, err
		}
		if total += len(texts[i]) + len(separator); total > MaxOutput {
			return value.Nil, fmt.Errorf("the text grows past %d bytes", MaxOutput)
		}
	}
	return value.String(strings.Join(texts, separator)), nil
}

// first is the first element or character, or with a number, that many of them.
func first(args []value.Value) (value.Value, error) {
	return part(args, func(n, count int) (from, to int) { return 0, min(n, count) })
}

// last is the last element or character, or with a number, that many of them.
func last(args []value.Value) (value.Value, error) {
	return part(args, func(n, count int) (from, to int) { return max(0, count-n), count })
}

func part(args []value.Value, cut func(n, count int) (from, to int)) (value.Value, error) {
	n := int64(1)
	if len(args) == 2 {
		var ok bool
		if n, ok = args[1].AsInt(); !ok || n < 0 {
			return value.Nil, errors.New("the number must be an integer, 0 or more")
		}
	}
	n = min(n, MaxOutput)
	if text, ok := args[0].AsString(); ok {
		runes := []rune(text)
		from, to := cut(int(n), len(runes))
		return value.String(string(runes[from:to])), nil
	}
	elements, err := elements(args[0])
	if err != nil {
		return value.Nil, err
	}
	from, to := cut(int(n), len(elements))
	if len(args) == 2 {
		return value.NewVector(elements[from:to]...), nil
	}
	if from == to {
		return value.Nil, nil
	}
	return elements[from], nil
}

// orDefault is the first argument, or the second where that counts as false for Handlebars and isn't 0 or false itself.
func orDefault(args []value.Value) (value.Value, error) {
	if args[0].IsNil() {
		return args[1], nil
	}
	if s, ok := args[0].AsString(); ok && s == "" {
		return args[1], nil
	}
	return args[0], nil
}
