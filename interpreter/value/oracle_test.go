package value

import (
	"math"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oracleSection is the lines that real Clojure answered under a heading (testdata/oracle.clj).
func oracleSection(t *testing.T, heading string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/oracle.txt")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(text), "# "+heading)
	require.True(t, ok, heading)
	_, rest, _ = strings.Cut(rest, "\n")
	body, _, _ := strings.Cut(rest, "\n# ")
	return strings.Split(strings.TrimSuffix(body, "\n"), "\n")
}

// number reads a printed number.
func number(t require.TestingT, text string) Value {
	switch {
	case text == "##Inf":
		return Double(math.Inf(1))
	case text == "##-Inf":
		return Double(math.Inf(-1))
	case text == "##NaN":
		return Double(math.NaN())
	case strings.HasSuffix(text, "N"):
		return BigInt(bigInt(strings.TrimSuffix(text, "N")))
	case strings.HasSuffix(text, "M"):
		d, ok := ParseDecimal(strings.TrimSuffix(text, "M"))
		require.True(t, ok, text)
		return Of(d)
	case strings.Contains(text, "/"):
		r, ok := new(big.Rat).SetString(text)
		require.True(t, ok, text)
		return Ratio(r)
	case strings.ContainsAny(text, ".E"):
		f, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err)
		return Double(f)
	}
	i, err := strconv.ParseInt(text, 10, 64)
	require.NoError(t, err)
	return Int(i)
}

// attempt is what f gives or throws, as oracle.clj writes it.
func attempt(f func() Value) (text string) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Exception)
			if !ok {
				panic(r)
			}
			text = "!" + e.Class + " " + e.Message
		}
	}()
	return PrStr(nil, f())
}

// requireText requires the same text, or a shorter one of the same double: Java before 19 prints some doubles
// with a digit too many (JDK-4511638).
func requireText(t require.TestingT, want, got, message string, args ...any) {
	if want != got && len(got) < len(want) && !strings.HasSuffix(want, "M") {
		f, err1 := strconv.ParseFloat(strings.Trim(want, `"`), 64)
		g, err2 := strconv.ParseFloat(strings.Trim(got, `"`), 64)
		if err1 == nil && err2 == nil && f == g {
			return
		}
	}
	require.Equal(t, want, got, append([]any{message}, args...)...)
}

func TestArithmeticAsClojure(t *testing.T) {
	t.Parallel()
	ops := []func(th *Thread, a, b Value) Value{Add, Sub, Mul, Div, Quot, Rem, Mod, AddP, SubP, MulP,
		func(_ *Thread, a, b Value) Value { return Bool(Lt(a, b)) },
		func(_ *Thread, a, b Value) Value { return Bool(Lte(a, b)) },
		func(_ *Thread, a, b Value) Value { return Bool(NumEqual(a, b)) },
		func(th *Thread, a, b Value) Value { return Bool(Equal(th, a, b)) },
		func(th *Thread, a, b Value) Value { return Int(int64(Compare(th, a, b))) },
	}
	const smallest = "-9223372036854775808"
	names := strings.Fields("+ - * / quot rem mod +' -' *' < <= == = compare")
	lines := oracleSection(t, "arithmetic")
	require.Greater(t, len(lines), 700)
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		a, b := number(t, cells[0]), number(t, cells[1])
		for i, op := range ops {
			if strings.Contains("- -' /", names[i]) && (cells[0] == smallest || cells[1] == smallest) {
				continue // Clojure negates the smallest int64 on the way and overflows even where the result fits
			}
			if names[i][0] == '-' && cells[0] == "-0.0" {
				continue // Clojure adds the negated number, which loses the sign of zero on the way
			}
			if names[i] == "=" && cells[0] == "##NaN" && cells[1] == "##NaN" {
				continue // the recording compared one object with itself
			}
			if i > 9 && strings.HasPrefix(cells[i+2], "!ArithmeticException Non-terminating") {
				continue // a fraction is compared with a decimal exactly here, without making a decimal of it
			}
			got := attempt(func() Value { return op(NewThread(Limits{}), a, b) })
			requireText(t, cells[i+2], got, "(%s %s %s)", names[i], cells[0], cells[1])
		}
		if Equal(nil, a, b) {
			require.Equal(t, Hash(nil, a), Hash(nil, b), "%s and %s", cells[0], cells[1])
		}
	}
}

func TestUnaryNumbersAsClojure(t *testing.T) {
	t.Parallel()
	sign := func(want func(int) bool) func(*Thread, Value) Value {
		return func(_ *Thread, a Value) Value { return Bool(want(Sign(a))) }
	}
	ops := []func(th *Thread, a Value) Value{Neg, NegP, Inc, IncP, Dec, DecP, Abs,
		func(_ *Thread, a Value) Value { return Bool(NumEqual(a, Int(0))) },
		sign(func(s int) bool { return s > 0 }), sign(func(s int) bool { return s < 0 }),
		func(th *Thread, a Value) Value { return String(Text(th, a)) },
		func(_ *Thread, a Value) Value { return Double(ToDouble(a)) },
	}
	names := strings.Fields("- -' inc inc' dec dec' abs zero? pos? neg? str double")
	for _, line := range oracleSection(t, "unary") {
		cells := strings.Split(line, "\t")
		for i, op := range ops {
			got := attempt(func() Value { return op(NewThread(Limits{}), number(t, cells[0])) })
			requireText(t, cells[i+1], got, "(%s %s)", names[i], cells[0])
		}
	}
}

// oracleValues are the values of oracle.clj, in its order.
func oracleValues() []Value {
	inst := func(s string) Value { v, _ := ParseInst(s); return v }
	id := func(s string) Value { v, _ := ParseUUID(s); return v }
	dec := func(s string) Value { d, _ := ParseDecimal(s); return Of(d) }
	one, a, b := Int(1), Kw("a"), Kw("b")
	rng := Range(nil, Int(1), Int(3), Int(1))
	lazy := NewLazySeq(func(*Thread) Value { return Cons(Int(1), NewLazySeq(func(*Thread) Value { return Nil })) })
	return []Value{Nil, True, False, Int(0), one, Int(-1), BigInt(big.NewInt(1)), Double(1), Double(1.5), Ratio(big.NewRat(1, 2)),
		Double(0.5), dec("1.0"), dec("1.00"), dec("1.5"), Char('a'), Char('b'), Char('\n'), String("a"), String("b"), String("abc"),
		String(""), String("é"), String("é\"\n\\"), String("😀"), String("\uFFFD"), a, b, Kw("a/b"), Kw("b/a"), Sym("", "a"), Sym("", "b"),
		Sym("a", "b"), NewVector(), NewVector(one), NewVector(one, Int(2)), NewVector(Int(2), one), NewVector(Double(1)),
		NewList(), NewList(one), NewList(one, Int(2)), rng, lazy, NewMap(), NewMap(one, Int(2)), NewMap(a, NewVector(one)),
		NewSortedMap(nil, one, Int(2)), NewMap(b, one, a, Int(2)), NewMap(a, Int(2), b, one), NewSet(nil), NewSet(nil, one),
		NewSet(nil, Double(1)), NewSortedSet(nil, one), NewVector(NewVector(one), Nil), NewVector(Nil), NewVector(Nil, Nil), NewList(Nil),
		inst("2020-01-02T03:04:05.678-00:00"), inst("2021"), id("00000000-0000-0000-0000-000000000001"),
		id("f0000000-0000-0000-0000-000000000001"), NewTagged("x/y", one), NewTagged("x/y", Int(2)), NewEntry(one, Int(2))}
}

func TestEqualCompareAndPrintAsClojure(t *testing.T) {
	t.Parallel()
	values := oracleValues()
	texts, equal, compare := oracleSection(t, "values"), oracleSection(t, "equal"), oracleSection(t, "compare")
	require.Len(t, texts, len(values))
	for i, a := range values {
		require.Equal(t, texts[i], PrStr(nil, a))
		order := strings.Fields(compare[i])
		for j, b := range values {
			if _, sorted := a.AsSortedSet(); sorted && texts[j] == "#{1.0}" {
				continue // true in Clojure in this direction only: = stays symmetric here
			}
			got := attempt(func() Value {
				if Equal(nil, a, b) {
					return Int(1)
				}
				return Int(0)
			})
			require.Equal(t, string(equal[i][j]), got[:1], "(= %s %s)", texts[i], texts[j])
			if got == "1" {
				require.Equal(t, Hash(nil, a), Hash(nil, b), "hash of %s and %s", texts[i], texts[j])
			}
			got = attempt(func() Value { return Int(int64(Compare(nil, a, b))) })
			if got[0] == '!' {
				require.Contains(t, got, "!ClassCastException class")
				got = "!"
			}
			require.Equal(t, order[j], got, "(compare %s %s)", texts[i], texts[j])
		}
	}
}

func TestDecimalTextAsJava(t *testing.T) {
	t.Parallel()
	for _, line := range oracleSection(t, "decimals") {
		cells := strings.Fields(line)
		scale, err := strconv.Atoi(cells[1])
		require.NoError(t, err)
		d := &Decimal{bigInt(cells[0]), int32(scale)}
		require.Equal(t, cells[2], d.String())
		back, ok := ParseDecimal(cells[2])
		require.True(t, ok)
		require.Zero(t, d.Cmp(back))
		require.Equal(t, d.Scale, back.Scale)
		require.Equal(t, Hash(nil, Of(d)), Hash(nil, Of(d.Stripped())))
	}
}

func TestDoubleTextAsJava(t *testing.T) {
	t.Parallel()
	for _, line := range oracleSection(t, "doubles") {
		bits, want, _ := strings.Cut(line, " ")
		n, err := strconv.ParseInt(bits, 10, 64)
		require.NoError(t, err)
		f := math.Float64frombits(uint64(n))
		got := FormatDouble(f)
		requireText(t, want, got, "%x", n)
		back, err := strconv.ParseFloat(strings.Replace(got, "Infinity", "Inf", 1), 64)
		require.NoError(t, err)
		require.True(t, f == back || f != f)
	}
}
