//go:build oracle

package oracle

import (
	"errors"
	"sort"
	"strings"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// withoutHalves writes a question mark for each half of a pair of UTF-16, as Java does where it can't encode one.
func withoutHalves(text string) string {
	var out []byte
	for i := 0; i < len(text); i++ {
		if text[i] == 0xED && i+2 < len(text) && text[i+1] >= 0xA0 {
			out = append(out, '?')
			i += 2
			continue
		}
		out = append(out, text[i])
	}
	return string(out)
}

// ours evaluates one form here and gives the answer in the peer's canonical form.
func ours(form string) string {
	th := value.NewThread(value.Limits{})
	results, err := interpreter.Eval("form.clj", form, th, interpreter.Options{})
	if err != nil {
		var failure *interpreter.Error
		if errors.As(err, &failure) {
			switch failure.Class {
			case "":
			case "ArithmeticException":
				return "!" + failure.Class + " " + failure.Message
			default:
				return "!" + failure.Class
			}
			return "!" + failure.Code
		}
		return "!" + err.Error()
	}
	if len(results) == 0 {
		return ""
	}
	text := strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(canonical(results[len(results)-1]))
	return withoutHalves(text)
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
