package value

import (
	"runtime"
	"strconv"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestStringsCountUTF16Units(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune{'a', 'b', 'é', '\uFFFD', '\uE000', '😀', '𝒳'})).Draw(t, "text")
		units := utf16.Encode([]rune(text))
		v := String(text)
		require.Equal(t, len(units), StringLen(v))
		require.Equal(t, len(units) == len(text), IsASCII(v))
		var chars []byte
		i := 0
		for s := SeqOf(nil, v); s != nil; s = s.Next(nil) {
			c, ok := s.First(nil).AsChar()
			require.True(t, ok)
			require.Equal(t, rune(units[i]), c)
			at, ok := CharAt(v, i)
			require.True(t, ok)
			require.Equal(t, c, at)
			chars = AppendChar(chars, c)
			i++
		}
		require.Equal(t, text, string(chars), "halves join again")
		_, ok := CharAt(v, i)
		require.False(t, ok)

		start := rapid.IntRange(0, len(units)).Draw(t, "start")
		end := rapid.IntRange(start, len(units)).Draw(t, "end")
		part := Substring(v, start, end)
		require.Equal(t, end-start, StringLen(part))
		for i := start; i < end; i++ {
			c, _ := CharAt(part, i-start)
			require.Equal(t, rune(units[i]), c)
		}
		var whole []byte
		for _, p := range []Value{Substring(v, 0, start), part, Substring(v, end, len(units))} {
			whole = AppendStr(nil, whole, p)
		}
		require.Equal(t, text, string(whole))
		at := ByteIndex(v, start)
		require.LessOrEqual(t, UnitIndex(v, at), start)
		cut := CutText(text, end)
		require.Equal(t, end, Units(cut))
	})
}

func TestTextOrderIsJavas(t *testing.T) {
	t.Parallel()
	letters := rapid.StringOf(rapid.RuneFrom([]rune{'a', 'b', 'é', 'ê', '\uFFFD', '\uE000', '😀', '😁', '𝒳'}))
	rapid.Check(t, func(t *rapid.T) {
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		x, y := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
		want := len(x) - len(y)
		for i := range min(len(x), len(y)) {
			if x[i] != y[i] {
				want = int(x[i]) - int(y[i])
				break
			}
		}
		require.Equal(t, want, Compare(nil, String(a), String(b)), "%q %q", a, b)
	})
}

func TestKeywordsAreOne(t *testing.T) {
	t.Parallel()
	require.Same(t, Intern("a", "b"), Intern("a", "b"))
	k, ok := Kw("a/b").AsKeyword()
	require.True(t, ok)
	require.Same(t, Intern("a", "b"), k)
	require.Equal(t, ":a/b", k.String())
	require.Equal(t, "a/b", k.FullName())
	slash, _ := Kw("/").AsKeyword()
	require.Equal(t, "/", slash.Name)
	m := NewMap(Kw("a"), Int(1))
	require.Equal(t, "1", PrStr(nil, k0("a").Call(nil, []Value{m})))
	require.Equal(t, ":none", PrStr(nil, k0("b").Call(nil, []Value{m, Kw("none")})))
	require.Equal(t, "nil", PrStr(nil, k0("b").Call(nil, []Value{Int(1)})))
	requireThrows(t, "ArityException", "Wrong number of args (0) passed to: :a", func() { k0("a").Call(nil, nil) })
	s, _ := Sym("", "x").AsSymbol()
	require.Equal(t, "2", PrStr(nil, s.Call(nil, []Value{NewMap(Sym("", "x"), Int(2))})))
	require.Equal(t, "x", s.String())
}

func TestKeywordsOfOutsideDataGoAgain(t *testing.T) {
	t.Parallel()
	known := func() (n int) {
		for i := range keywords {
			keywords[i].Lock()
			for id := range keywords[i].known {
				if id.ns == "outside" {
					n++
				}
			}
			keywords[i].Unlock()
		}
		return n
	}
	kept := Intern("outside", "kept")
	for i := range 5000 {
		Intern("outside", strconv.Itoa(i))
	}
	for known() > 1 { // collected in its own time
		runtime.GC()
	}
	require.Same(t, kept, Intern("outside", "kept"))
}

func k0(name string) *Keyword { return Intern("", name) }
