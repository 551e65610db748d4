//go:build oracle

package oracle

import (
	"errors"
	"sort"
	"strings"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// ours evaluates one form here and gives the answer in the peer's canonical form.
func ours(form string) string {
	th := value.NewThread(value.Limits{})
	results, err := interpreter.Eval("form.clj", form, th, interpreter.Options{})
	if err != nil {
		var failure *interpreter.Error
		if errors.As(err, &failure) {
			if failure.Class != "" {
				return "!" + failure.Class
			}
			return "!" + failure.Code
		}
		return "!" + err.Error()
	}
	if len(results) == 0 {
		return ""
	}
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(canonical(results[len(results)-1]))
}

func canonical(v value.Value) string {
	switch v.Kind() {
	case value.KindMap, value.KindSortedMap:
		var entries []string
		value.Each(nil, v, func(entry value.Value) bool {
			pair, _ := entry.AsVector()
			entries = append(entries, canonical(pair.At(0))+" "+canonical(pair.At(1)))
			return true
		})
		sort.Strings(entries)
		return "{" + strings.Join(entries, " ") + "}"
	case value.KindSet, value.KindSortedSet:
		items := canonicalItems(v)
		sort.Strings(items)
		return "#{" + strings.Join(items, " ") + "}"
	case value.KindVector:
		return "[" + strings.Join(canonicalItems(v), " ") + "]"
	case value.KindList, value.KindSeq:
		return "(" + strings.Join(canonicalItems(v), " ") + ")"
	case value.KindFn:
		return "fn"
	}
	return value.PrStr(nil, v)
}

func canonicalItems(v value.Value) []string {
	var items []string
	value.Each(nil, v, func(item value.Value) bool {
		items = append(items, canonical(item))
		return true
	})
	return items
}
