package compile

import "slices"

// Names lists what resolves: the functions of the library, those of clojure.core without their namespace, and
// the macros and special forms of the language.
func Names(library []string) []string {
	var out []string
	for _, n := range library {
		out = append(out, unqualified(n))
	}
	for n := range specials {
		out = append(out, n)
	}
	for n := range macros {
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
