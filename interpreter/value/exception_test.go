package value

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExceptionClassHierarchy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		class string
		is    []string
		isNot []string
	}{
		{"ExceptionInfo", []string{"ExceptionInfo", "clojure.lang.ExceptionInfo", "RuntimeException", "java.lang.RuntimeException", "Exception",
			"Throwable", "java.lang.Throwable", "java.lang.Object", ":default", "IExceptionInfo", "clojure.lang.IExceptionInfo"},
			[]string{"Error", "java.lang.ExceptionInfo", "IllegalArgumentException", "Nope"}},
		{"ArityException", []string{"IllegalArgumentException", "Exception"}, []string{"ExceptionInfo", "IExceptionInfo", "NumberFormatException"}},
		{"NumberFormatException", []string{"java.lang.IllegalArgumentException"}, []string{"ArithmeticException"}},
		{"StringIndexOutOfBoundsException", []string{"IndexOutOfBoundsException"}, nil},
		{"AssertionError", []string{"Error", "Throwable"}, []string{"Exception", "RuntimeException"}},
		{"IllegalAccessError", []string{"Error"}, []string{"Exception"}},
		{"PatternSyntaxException", []string{"java.util.regex.PatternSyntaxException", "IllegalArgumentException"}, nil},
		{"DateTimeParseException", []string{"java.time.DateTimeException"}, nil},
	} {
		e := NewException(c.class, "m", Nil, nil)
		for _, name := range c.is {
			require.True(t, e.IsA(name), "%s is a %s", c.class, name)
			require.True(t, KnownClass(name), name)
		}
		for _, name := range c.isNot {
			require.False(t, e.IsA(name), "%s is no %s", c.class, name)
		}
	}
	require.False(t, KnownClass("java.util.Nope"))
	for name, c := range classes {
		require.NotEmpty(t, c.pkg, name)
		_, known := classes[c.parent]
		require.True(t, known || c.parent == "Throwable", name)
	}
}

func TestExceptionTexts(t *testing.T) {
	t.Parallel()
	e := NewException("ExceptionInfo", "a", NewMap(Kw("b"), Int(1)), nil)
	v := Of(e)
	require.Equal(t, "ExceptionInfo: a", e.Error())
	require.Equal(t, "clojure.lang.ExceptionInfo: a {:b 1}", Text(nil, v))
	require.Equal(t, `#error {:cause "a", :data {:b 1}, :type clojure.lang.ExceptionInfo}`, PrStr(nil, v))
	require.Equal(t, "java.lang.Exception", Text(nil, Of(NewException("Exception", "", Nil, nil))))
	require.Equal(t, "Exception", NewException("Exception", "", Nil, nil).Error())
	got, ok := v.AsException()
	require.True(t, ok)
	require.Same(t, e, got)
	require.Equal(t, KindException, v.Kind())
	requireThrows(t, "IllegalStateException", "x is five", func() { Throw("IllegalStateException", "x is five") })
	requireThrows(t, "IllegalStateException", "x is 5", func() { Throw("IllegalStateException", "x is %d", 5) })
}

func TestMistakesReadLikeClojures(t *testing.T) {
	t.Parallel()
	one, th := Int(1), NewThread(Limits{})
	v := NewVector(one)
	f := Of(&Builtin{Name: "f", Min: 1, Max: 2, Fn: func(*Thread, []Value) Value { return Nil }})
	const asNumber = " cannot be cast to class java.lang.Number"
	for _, c := range []struct {
		class, message string
		f              func()
	}{
		{"ClassCastException", "class java.lang.String" + asNumber, func() { Add(th, one, String("a")) }},
		{"ClassCastException", "class clojure.lang.Keyword" + asNumber, func() { Lt(one, Kw("a")) }},
		{"NullPointerException", `Cannot invoke "Object.getClass()" because "x" is null`, func() { Inc(th, Nil) }},
		{"ArityException", "Wrong number of args (3) passed to: f", func() { Call(th, f, one, one, one) }},
		{"ArityException", "Wrong number of args (0) passed to: f", func() { Call(th, f) }},
		{"ClassCastException", "class java.lang.Long cannot be cast to class clojure.lang.IFn", func() { Call(th, one) }},
		{"IllegalArgumentException", "Key must be integer", func() { Assoc(th, v, Kw("a"), one) }},
		{"IllegalArgumentException", "Key must be integer", func() { Call(th, v, Kw("a")) }},
		{"IndexOutOfBoundsException", "index 5 is out of bounds", func() { Assoc(th, v, Int(5), one) }},
		{"ClassCastException", "class clojure.lang.PersistentList cannot be cast to class clojure.lang.Associative", func() { Assoc(th, NewList(one), one, one) }},
		{"ClassCastException", "class java.lang.Long cannot be cast to class clojure.lang.IPersistentCollection", func() { Conj(th, one, one) }},
		{"IllegalArgumentException", "Vector arg to map conj must be a pair", func() { Conj(th, NewMap(), v) }},
		{"IllegalArgumentException", "Don't know how to create ISeq from: java.lang.Long", func() { Conj(th, NewMap(), one) }},
		{"IllegalArgumentException", "contains? not supported on type: clojure.lang.PersistentList", func() { Contains(th, NewList(one), one) }},
		{"IllegalArgumentException", "find not supported on type: java.lang.String", func() { Find(th, String("a"), one) }},
		{"UnsupportedOperationException", "nth not supported on this type: PersistentHashSet", func() { Nth(th, NewSet(th, one), 0) }},
		{"IllegalStateException", "Can't pop empty vector", func() { Pop(th, NewVector()) }},
		{"IllegalStateException", "Can't pop empty list", func() { Pop(th, NewList()) }},
		{"ClassCastException", "class clojure.lang.PersistentVector cannot be cast to class clojure.lang.IPersistentSet", func() { Disj(th, v, one) }},
		{"ClassCastException", "class clojure.lang.PersistentVector cannot be cast to class clojure.lang.IPersistentMap", func() { Dissoc(th, v, one) }},
		{"ClassCastException", "class java.lang.Long cannot be cast to class java.util.Map$Entry", func() { First(th, Keys(th, v)) }},
		{"ClassCastException", "class java.lang.Long cannot be cast to class clojure.lang.IObj", func() { WithMeta(one, NewMap()) }},
		{"ClassCastException", "class java.lang.Long cannot be cast to class clojure.lang.IPersistentMap", func() { WithMeta(v, one) }},
		{"ClassCastException", "class clojure.lang.PersistentList cannot be cast to class clojure.lang.IEditableCollection", func() { Transient(NewList(one)) }},
		{"ClassCastException", "class clojure.lang.PersistentVector cannot be cast to class clojure.lang.ITransientCollection", func() { ConjT(th, v, one) }},
		{"ArithmeticException", "long overflow", func() { Add(th, Int(1<<63-1), one) }},
		{"ArithmeticException", "Divide by zero", func() { Mod(th, one, Int(0)) }},
	} {
		requireThrows(t, c.class, c.message, c.f)
	}
}

func TestHintsShowTheBeginningOfAValue(t *testing.T) {
	t.Parallel()
	hint := func(v Value) string { return castException(v, "java.lang.Number").Hint }
	require.Equal(t, `this is a string ("abc") where a number is needed`, hint(String("abc")))
	require.Equal(t, `this is a string ("`+strings.Repeat("é", 40)+`...") where a number is needed`, hint(String(strings.Repeat("é", 1<<20))))
	require.Equal(t, "this is a keyword (:a) where a number is needed", hint(Kw("a")))
	require.Equal(t, "this is a vector (a clojure.lang.PersistentVector) where a number is needed", hint(NewVector()))
}
