package core

import (
	"math"

	"github.com/weir-run/weir/interpreter/value"
)

// predicates are the questions about truth, identity and content.
func predicates() []*value.Builtin {
	return []*value.Builtin{
		one("not", func(_ *thread, a val) val { return value.Bool(!a.Truthy()) }),
		one("boolean", func(_ *thread, a val) val { return value.Bool(a.Truthy()) }),
		test("nil?", func(a val) bool { return a.IsNil() }),
		test("some?", func(a val) bool { return !a.IsNil() }),
		test("any?", func(val) bool { return true }),
		test("true?", func(a val) bool { b, ok := a.AsBool(); return ok && b }),
		test("false?", func(a val) bool { b, ok := a.AsBool(); return ok && !b }),
		two("identical?", func(_ *thread, a, b val) val { return value.Bool(value.Identical(a, b)) }),
		many("distinct?", 1, -1, allDistinct),
		test("counted?", value.IsCounted),
		test("seqable?", value.IsSeqable),
		test("zero?", func(a val) bool { return value.Sign(a) == 0 && !value.IsNaN(a) }),
		test("pos?", func(a val) bool { return value.Sign(a) > 0 }),
		test("neg?", func(a val) bool { return value.Sign(a) < 0 }),
		one("even?", func(th *thread, a val) val { return value.Bool(!odd(th, a)) }),
		one("odd?", func(th *thread, a val) val { return value.Bool(odd(th, a)) }),
		payingDigits(test("NaN?", func(a val) bool { return math.IsNaN(value.ToDouble(a)) }))[0],
		payingDigits(test("infinite?", func(a val) bool { return math.IsInf(value.ToDouble(a), 0) }))[0],
	}
}

func allDistinct(th *thread, args []val) val {
	seen := value.NewTransientSet()
	for _, x := range args {
		th.Charge(1)
		if seen.Has(th, x) {
			return value.False
		}
		seen.Add(th, x)
	}
	return value.True
}

func odd(th *thread, a val) bool {
	if i, ok := a.AsInt(); ok {
		return i&1 == 1
	}
	if b, ok := a.AsBigInt(); ok {
		return b.Bit(0) == 1
	}
	text := value.Text(th, a)
	th.ChargeSize(int64(len(text)))
	value.ThrowHint("IllegalArgumentException", "wrong-type", "round it first: (long x)", "Argument must be an integer: %s", text)
	return false
}

// typePredicates ask what kind of value something is.
func typePredicates() []*value.Builtin {
	return []*value.Builtin{
		ofKind("string?", value.KindString),
		ofKind("char?", value.KindChar),
		ofKind("boolean?", value.KindBool),
		ofKind("keyword?", value.KindKeyword),
		ofKind("symbol?", value.KindSymbol),
		ofKind("ident?", value.KindKeyword, value.KindSymbol),
		named1("simple-keyword?", isKeyword, false),
		named1("qualified-keyword?", isKeyword, true),
		named1("simple-symbol?", isSymbol, false),
		named1("qualified-symbol?", isSymbol, true),
		named1("simple-ident?", isIdent, false),
		named1("qualified-ident?", isIdent, true),
		test("number?", value.IsNumber),
		test("integer?", value.IsInteger),
		ofKind("int?", value.KindInt),
		test("nat-int?", func(a val) bool { i, ok := a.AsInt(); return ok && i >= 0 }),
		test("pos-int?", func(a val) bool { i, ok := a.AsInt(); return ok && i > 0 }),
		test("neg-int?", func(a val) bool { i, ok := a.AsInt(); return ok && i < 0 }),
		ofKind("double?", value.KindDouble),
		ofKind("float?", value.KindDouble),
		ofKind("decimal?", value.KindDecimal),
		ofKind("ratio?", value.KindRatio),
		ofKind("rational?", value.KindInt, value.KindBigInt, value.KindRatio, value.KindDecimal),
		ofKind("map?", value.KindMap, value.KindSortedMap),
		ofKind("vector?", value.KindVector),
		ofKind("set?", value.KindSet, value.KindSortedSet),
		ofKind("list?", value.KindList),
		test("seq?", func(a val) bool {
			if _, ok := a.Ref().(*eduction); ok {
				return false
			}
			return a.Kind() == value.KindList || a.Kind() == value.KindSeq
		}),
		test("coll?", func(a val) bool {
			if _, ok := a.Ref().(*eduction); ok {
				return false
			}
			return isCollection(a)
		}),
		test("sequential?", value.IsSequential),
		ofKind("associative?", value.KindMap, value.KindSortedMap, value.KindVector),
		test("indexed?", func(a val) bool {
			_, transient := a.Ref().(*value.TransientVector)
			return transient || a.Kind() == value.KindVector
		}),
		ofKind("reversible?", value.KindVector, value.KindSortedMap, value.KindSortedSet),
		ofKind("sorted?", value.KindSortedMap, value.KindSortedSet),
		test("map-entry?", func(a val) bool { v, ok := a.AsVector(); return ok && v.IsEntry() }),
		ofKind("fn?", value.KindFn),
		test("ifn?", func(a val) bool { _, ok := a.AsCallable(); return ok }),
		ofKind("inst?", value.KindInst),
		ofKind("uuid?", value.KindUUID),
		ofKind("tagged-literal?", value.KindTagged),
		test("bytes?", func(val) bool { return false }),
		test("uri?", func(val) bool { return false }),
		test("var?", func(val) bool { return false }),
		test("record?", func(val) bool { return false }),
		test("chunked-seq?", func(a val) bool { _, ok := a.Ref().(value.Chunked); return ok }),
	}
}

// ofKind tests for one of several kinds.
func ofKind(name string, kinds ...value.Kind) *value.Builtin {
	var wanted [value.KindOpaque + 1]bool
	for _, k := range kinds {
		wanted[k] = true
	}
	return test(name, func(a val) bool { return wanted[a.Kind()] })
}

func isCollection(a val) bool {
	switch a.Kind() {
	case value.KindList, value.KindSeq, value.KindVector, value.KindMap, value.KindSortedMap, value.KindSet, value.KindSortedSet:
		return true
	}
	return false
}

// named1 tests for names of some sort with, or without, a namespace.
func named1(name string, sort func(a val) (namespace string, ok bool), qualified bool) *value.Builtin {
	return test(name, func(a val) bool {
		ns, ok := sort(a)
		return ok && (ns != "") == qualified
	})
}

func isKeyword(a val) (string, bool) {
	if k, ok := a.AsKeyword(); ok {
		return k.Namespace, true
	}
	return "", false
}

func isSymbol(a val) (string, bool) {
	if s, ok := a.AsSymbol(); ok {
		return s.Namespace, true
	}
	return "", false
}

func isIdent(a val) (string, bool) {
	if ns, ok := isKeyword(a); ok {
		return ns, true
	}
	return isSymbol(a)
}
