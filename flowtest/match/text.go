package match

import (
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Source is a form as text: data as EDN, code as it could be written.
func Source(n *syntax.Node) string {
	switch n.Kind {
	case syntax.List:
		return between("(", n.Items, ")")
	case syntax.Vector:
		return between("[", n.Items, "]")
	case syntax.Set:
		return between("#{", n.Items, "}")
	case syntax.Map:
		return between("{", n.Items, "}")
	}
	if re, ok := n.Value.AsRegex(); ok {
		return `#"` + re.Pattern + `"`
	}
	return value.PrStr(nil, n.Datum())
}

func between(open string, items []*syntax.Node, end string) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = Source(item)
	}
	return open + strings.Join(texts, " ") + end
}

// textOf is the text that a regex looks at: a string's, a keyword's, or what JSON shows of an instant or UUID.
func textOf(v value.Value) (string, bool) {
	if text, ok := v.AsString(); ok {
		return text, true
	}
	return plainText(v)
}

// plainText is what a scalar is in JSON, if that is text.
func plainText(v value.Value) (string, bool) {
	switch v.Kind() {
	case value.KindMap, value.KindVector, value.KindSet, value.KindList, value.KindSeq, value.KindNil:
		return "", false
	}
	data, err := wire.MarshalPlain(v)
	if err != nil {
		return "", false
	}
	plain, err := wire.FromJSON(data, wire.JSONLimits{})
	if err != nil {
		return "", false
	}
	return plain.AsString()
}

// plainKey is a key as JSON brings it.
func plainKey(key value.Value) (value.Value, bool) {
	data, err := wire.MarshalPlain(value.NewMap(key, value.Nil))
	if err != nil {
		return value.Nil, false
	}
	plain, err := wire.FromJSON(data, wire.JSONLimits{})
	if err != nil {
		return value.Nil, false
	}
	m, _ := plain.AsMap()
	found := value.Nil
	m.Each(func(k, _ value.Value) bool {
		found = k
		return false
	})
	return found, true
}

// itemsOf are the elements of what has some in an order, or of a set.
func itemsOf(v value.Value) ([]value.Value, bool) {
	switch v.Kind() {
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		return value.Slice(nil, v), true
	}
	return nil, false
}
