package compile

import (
	"slices"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
)

// maxSuggestions is for how many unknown names of a form something better is looked for.
const maxSuggestions = 100

// suggest names what was probably meant by an unknown name: "did you mean map?".
func (c *compiler) suggest(name string, sc *scope) string {
	if c.suggestions++; c.suggestions > maxSuggestions {
		return ""
	}
	best := nearest(name, c.candidates(name, sc))
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// candidates are all names that would resolve, locals first, in a fixed order.
func (c *compiler) candidates(name string, sc *scope) []string {
	var locals, rest []string
	for s := sc; s != nil; s = s.up {
		if s.local != nil && !hidden(s.local.name) {
			locals = append(locals, s.local.name)
		}
	}
	for _, qualified := range c.env.Names() {
		rest = append(rest, unqualified(qualified))
		if ns, member, ok := strings.Cut(qualified, "/"); ok && strings.Contains(name, "/") {
			for alias, full := range namespaces {
				if full == ns && full != "clojure.core" {
					rest = append(rest, alias+"/"+member)
				}
			}
		}
	}
	for n := range specials {
		rest = append(rest, n)
	}
	for n := range macros {
		rest = append(rest, n)
	}
	for n := range c.env.Natives {
		rest = append(rest, n)
	}
	for n := range c.env.Macros {
		rest = append(rest, n)
	}
	rest = slices.DeleteFunc(rest, func(n string) bool { return strings.HasSuffix(n, "*") && !strings.HasSuffix(name, "*") })
	slices.Sort(rest)
	return append(locals, rest...)
}

// nearest finds the candidate that differs least from name, or "" if all differ too much; one that is name in
// some namespace is nearest of all. Of equally near ones the first wins.
func nearest(name string, candidates []string) string {
	limit := min(1+len(name)/4, 3, len(name)-1) // something of it must be there
	best, bestDistance := "", limit+1
	for _, candidate := range candidates {
		if candidate == name || candidate == "&" {
			continue
		}
		if _, member, ok := strings.Cut(candidate, "/"); ok && member == name && bestDistance > 0 {
			best, bestDistance = candidate, 0
		}
		if d := diagnostic.Distance(name, candidate, bestDistance); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}
