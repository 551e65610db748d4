package core

import (
	"sort"
	"sync"

	"github.com/weir-run/weir/interpreter/value"
)

// Lookup finds a function by its qualified name: "clojure.core/map", "clojure.string/join".
func Lookup(qualified string) (*value.Builtin, bool) {
	b, ok := library()[qualified]
	return b, ok
}

// Names lists the qualified names that Lookup knows, sorted.
func Names() []string {
	return append([]string(nil), sortedNames()...)
}

// FunctionLibrary is what a :function step has besides the language: json/parse and
// json/write-str, and the helpers under both breyta.sandbox/ and weir/.
// The map is the caller's to change.
func FunctionLibrary() map[string]*value.Builtin {
	out := map[string]*value.Builtin{}
	for _, b := range jsonFunctions() {
		out["json/"+b.Name] = named("json/", b)
	}
	for _, group := range [][]*value.Builtin{codecHelpers(), timeHelpers()} {
		for _, b := range group {
			for _, prefix := range []string{"breyta.sandbox/", "weir/"} {
				out[prefix+b.Name] = named(prefix, b)
			}
		}
	}
	return out
}

var sortedNames = sync.OnceValue(func() []string {
	names := make([]string, 0, len(library()))
	for name := range library() {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
})

var library = sync.OnceValue(func() map[string]*value.Builtin {
	out := map[string]*value.Builtin{}
	add := func(ns string, groups ...[]*value.Builtin) {
		for _, group := range groups {
			for _, b := range group {
				key := ns + b.Name
				if ns != "clojure.core/" {
					b = named(ns, b)
				}
				out[key] = b
			}
		}
	}
	add("clojure.core/",
		arithmetic(), uncheckedArithmetic(), comparisons(), conversions(), bits64(), hashing(),
		predicates(), typePredicates(), nameFunctions(), textFunctions(), regexFunctions(),
		basicSeqs(), seqWalks(), lazySeqs(), derivedSeqs(), lazySlices(), generators(), eagerSeqs(), orderings(),
		partitions(), transducers(), folds(),
		collections(), maps(), nestedMaps(), sortedCollections(), transients(),
		higherOrder(), exceptions(), state(), metadata())
	add("clojure.string/", stringFunctions(), stringSearch())
	add("clojure.set/", setAlgebra(), setRelations())
	add("clojure.walk/", walks())
	add("clojure.edn/", ednFunctions())
	add("clojure.math/", mathFunctions())
	return out
})

// named is b under a prefixed name.
func named(prefix string, b *value.Builtin) *value.Builtin {
	c := *b
	c.Name = prefix + b.Name
	return &c
}
