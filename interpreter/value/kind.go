package value

import (
	"math/big"
	"strings"
)

// Kind names what a value is, for switches and messages.
type Kind uint8

// The kinds of values.
const (
	KindNil Kind = iota
	KindBool
	KindInt
	KindDouble
	KindChar
	KindBigInt
	KindRatio
	KindDecimal
	KindString
	KindKeyword
	KindSymbol
	KindList   // persistent list, the empty one included
	KindVector // map entries too
	KindMap
	KindSortedMap
	KindSet
	KindSortedSet
	KindSeq // lazy seqs, conses, ranges: whatever is a seq and not a list
	KindFn
	KindRegex
	KindInst
	KindUUID
	KindTagged
	KindException
	KindAtom
	KindVolatile
	KindDelay
	KindReduced
	KindTransient
	KindOpaque
)

// Kinded lets a type outside this package say its kind (an eduction is a KindSeq); otherwise
// whatever is Callable is a KindFn, whatever is a Seq a KindSeq, and the rest KindOpaque.
type Kinded interface {
	Kind() Kind
}

// Kind tells what v is.
func (v Value) Kind() Kind {
	switch v.ref.(type) {
	case nil:
		return KindNil
	case *intTag:
		return KindInt
	case *Keyword:
		return KindKeyword
	case *Str:
		return KindString
	case *Map:
		return KindMap
	case *Vector:
		return KindVector
	case *boolTag:
		return KindBool
	case *doubleTag:
		return KindDouble
	case *charTag:
		return KindChar
	case *Symbol:
		return KindSymbol
	case *List:
		return KindList
	case *Set:
		return KindSet
	case *LazySeq:
		return KindSeq
	case *Builtin:
		return KindFn
	}
	return v.rareKind()
}

func (v Value) rareKind() Kind {
	switch x := v.ref.(type) {
	case *big.Int:
		return KindBigInt
	case *big.Rat:
		return KindRatio
	case *Decimal:
		return KindDecimal
	case *SortedMap:
		return KindSortedMap
	case *SortedSet:
		return KindSortedSet
	case *Regex:
		return KindRegex
	case *Inst:
		return KindInst
	case *UUID:
		return KindUUID
	case *Tagged:
		return KindTagged
	case *Exception:
		return KindException
	case *Atom:
		return KindAtom
	case *Volatile:
		return KindVolatile
	case *Delay:
		return KindDelay
	case *Reduced:
		return KindReduced
	case *TransientVector, *TransientMap, *TransientSet:
		return KindTransient
	case Kinded:
		return x.Kind()
	case Seq:
		return KindSeq
	case Callable:
		return KindFn
	}
	return KindOpaque
}

var kindNames = [...]string{
	KindNil: "nil", KindBool: "boolean", KindInt: "integer", KindDouble: "double", KindChar: "character",
	KindBigInt: "big integer", KindRatio: "ratio", KindDecimal: "decimal", KindString: "string",
	KindKeyword: "keyword", KindSymbol: "symbol", KindList: "list", KindVector: "vector", KindMap: "map",
	KindSortedMap: "sorted map", KindSet: "set", KindSortedSet: "sorted set", KindSeq: "seq", KindFn: "function",
	KindRegex: "regex", KindInst: "instant", KindUUID: "uuid", KindTagged: "tagged literal",
	KindException: "exception", KindAtom: "atom", KindVolatile: "volatile", KindDelay: "delay",
	KindReduced: "reduced value", KindTransient: "transient", KindOpaque: "host object",
}

// String is the everyday word: "string", "vector", "map", "function", "integer", ...
func (k Kind) String() string { return kindNames[k] }

// KindName is Clojure's everyday word: "string", "vector", "map", "function", "integer", ...
func KindName(v Value) string { return v.Kind().String() }

// ClassName is the name of v's class in Clojure, for messages that equal Clojure's.
func ClassName(v Value) string {
	switch x := v.ref.(type) {
	case *List:
		if x.count == 0 {
			return "clojure.lang.PersistentList$EmptyList"
		}
	case *Exception:
		return qualifiedClass(x.Class)
	case *Map:
		if x.big != nil {
			return "clojure.lang.PersistentHashMap"
		}
	case *Vector:
		if x.entry {
			return "clojure.lang.MapEntry"
		}
	case *Cell:
		return "clojure.lang.Cons"
	case *TransientMap:
		return "clojure.lang.PersistentHashMap$TransientHashMap"
	case *TransientSet:
		return "clojure.lang.PersistentHashSet$TransientHashSet"
	case *intRange:
		return "clojure.lang.LongRange"
	}
	return classNames[v.Kind()]
}

// SimpleClassName is ClassName without its package.
func SimpleClassName(v Value) string {
	name := ClassName(v)
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return name
}

var classNames = [...]string{
	KindNil: "nil", KindBool: "java.lang.Boolean", KindInt: "java.lang.Long", KindDouble: "java.lang.Double",
	KindChar: "java.lang.Character", KindBigInt: "clojure.lang.BigInt", KindRatio: "clojure.lang.Ratio",
	KindDecimal: "java.math.BigDecimal", KindString: "java.lang.String", KindKeyword: "clojure.lang.Keyword",
	KindSymbol: "clojure.lang.Symbol", KindList: "clojure.lang.PersistentList", KindVector: "clojure.lang.PersistentVector",
	KindMap: "clojure.lang.PersistentArrayMap", KindSortedMap: "clojure.lang.PersistentTreeMap",
	KindSet: "clojure.lang.PersistentHashSet", KindSortedSet: "clojure.lang.PersistentTreeSet",
	KindSeq: "clojure.lang.LazySeq", KindFn: "clojure.lang.AFunction", KindRegex: "java.util.regex.Pattern",
	KindInst: "java.util.Date", KindUUID: "java.util.UUID", KindTagged: "clojure.lang.TaggedLiteral",
	KindException: "java.lang.Exception", KindAtom: "clojure.lang.Atom", KindVolatile: "clojure.lang.Volatile",
	KindDelay: "clojure.lang.Delay", KindReduced: "clojure.lang.Reduced",
	KindTransient: "clojure.lang.PersistentVector$TransientVector", KindOpaque: "java.lang.Object",
}

// friendlyClass is the everyday word for a Java type that a cast wanted.
func friendlyClass(class string) string {
	switch class {
	case "java.lang.Number":
		return "number"
	case "java.lang.String", "java.lang.CharSequence":
		return "string"
	case "java.lang.Character":
		return "character"
	case "clojure.lang.IFn":
		return "function"
	case "clojure.lang.IPersistentMap", "clojure.lang.Associative":
		return "map"
	case "clojure.lang.IPersistentVector":
		return "vector"
	case "clojure.lang.IPersistentSet":
		return "set"
	case "clojure.lang.IPersistentStack":
		return "list or vector"
	case "clojure.lang.IPersistentCollection":
		return "collection"
	case "clojure.lang.Keyword":
		return "keyword"
	case "clojure.lang.Symbol":
		return "symbol"
	case "java.lang.Comparable":
		return "value that has an order"
	case "clojure.lang.Reversible":
		return "vector or sorted collection"
	case "java.util.Map$Entry":
		return "map entry"
	case "clojure.lang.IObj", "clojure.lang.IMeta":
		return "value that can carry metadata"
	}
	return class
}

// AKind is the name with its article: "an integer", "nil".
func AKind(v Value) string {
	name := KindName(v)
	switch {
	case v.IsNil():
		return name
	case strings.ContainsRune("aeiou", rune(name[0])):
		return "an " + name
	}
	return "a " + name
}
