package match

import (
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// width is how long a line of pretty EDN may get.
const width = 120

// Pretty writes a value as EDN over as many lines as it needs; the first one begins at that column, from 0.
func Pretty(v value.Value, column int) string {
	flat := value.PrStr(nil, v)
	if column+len([]rune(flat)) <= width {
		return flat
	}
	indent := "\n" + strings.Repeat(" ", column+1)
	if m, ok := v.AsMap(); ok && m.Len() > 0 {
		var lines []string
		m.Each(func(k, x value.Value) bool {
			key := value.PrStr(nil, k)
			lines = append(lines, key+" "+Pretty(x, column+2+len([]rune(key))))
			return true
		})
		return "{" + strings.Join(lines, indent) + "}"
	}
	if vec, ok := v.AsVector(); ok && vec.Len() > 0 {
		lines := make([]string, vec.Len())
		for i := range lines {
			lines[i] = Pretty(vec.At(i), column+1)
		}
		return "[" + strings.Join(lines, indent) + "]"
	}
	return flat
}
