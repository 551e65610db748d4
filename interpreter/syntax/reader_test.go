package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

func printed(nodes []*syntax.Node) string {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = value.PrStr(nil, n.Datum())
	}
	return strings.Join(texts, " ")
}

func codes(problems diagnostic.List) string {
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = fmt.Sprintf("%d:%d %s", p.Pos.Line, p.Pos.Col, p.Code)
	}
	return strings.Join(texts, ", ")
}

func TestReadForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"nil true false", "nil true false"},
		{"42 -7 +3 0 0x2A -0xff 052 2r101 36rZZ", "42 -7 3 0 42 -255 42 5 1295"},
		{"9223372036854775807 9223372036854775808 -9223372036854775808 7N 0N", "9223372036854775807 9223372036854775808N -9223372036854775808 7N 0N"},
		{"1.5 -0.0 1e3 1.5e-3 2. 1.50M 3M", "1.5 -0.0 1000.0 0.0015 2.0 1.50M 3M"},
		{"1/3 -4/6 4/2", "1/3 -2/3 2"},
		{"##Inf ##-Inf ##NaN", "##Inf ##-Inf ##NaN"},
		{`"a\tb\n\"q\" \\ é é \101"`, `"a\tb\n\"q\" \\ é é A"`},
		{`"\ud83d\ude00"`, `"😀"`},
		{`\a \newline \space \é \u03A9 \o101 \( \;`, `\a \newline \space \é \Ω \A \( \;`},
		{":a :a/b :a.b/c-d :1 :a:b :a'", ":a :a/b :a.b/c-d :1 :a:b :a'"},
		{"a a/b a.b/c / clojure.core// + -x ->> a' a# *x*", "a a/b a.b/c / clojure.core// + -x ->> a' a# *x*"},
		{"(a [b {:c #{d}}])", "(a [b {:c #{d}}])"},
		{"[1,2,,3] ; comment\n4", "[1 2 3] 4"},
		{"[1 #_ 2 #_ #_ 3 4 5] #_(", ""},
		{"[1 #_ 2 #_ #_ 3 4 5]", "[1 5]"},
		{"'x @x #'x ''x", "(quote x) (clojure.core/deref x) (var x) (quote (quote x))"},
		{`#"a\d+\"b"`, `#"a\d+\"b"`},
		{"#(+ % %3)", "(fn* [p1__# p2__# p3__#] (+ p1__# p3__#))"},
		{"#(apply f %1 %&)", "(fn* [p1__# & rest__#] (apply f p1__# rest__#))"},
		{"#()", "(fn* [] ())"},
		{"#:a{:b 1 :_/c 2 :d/e 3 f 4}", "{:a/b 1, :c 2, :d/e 3, a/f 4}"},
		{`#inst "2026-01-02T03:04:05.678Z"`, `#inst "2026-01-02T03:04:05.678-00:00"`},
		{`#uuid "8A2F0c6e-0000-4000-8000-000000000001"`, `#uuid "8a2f0c6e-0000-4000-8000-000000000001"`},
		{`#env "X" #flow/include "a.edn"`, `#env "X" #flow/include "a.edn"`},
		{"\ufeff(a)", "(a)"},
		{"#!/usr/bin/env weir\n1", "1"},
		{"a\u2003b", "a b"},
	} {
		forms, problems := syntax.Read("t.edn", []byte(c.text))
		if c.want == "" && c.text != "" {
			require.NotEmpty(t, problems, c.text)
			continue
		}
		require.Empty(t, codes(problems), c.text)
		require.Equal(t, c.want, printed(forms), c.text)
	}
}

func TestReadProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"(a", "1:1 unclosed"},
		{"(a\n [b {c d)", "2:9 unmatched-delimiter"},
		{"a)", "1:2 unmatched-delimiter"},
		{`("abc`, "1:2 unclosed-string"},
		{`#"abc`, "1:1 unclosed-regex"},
		{`["a\q" "\u12"]`, "1:4 bad-escape, 1:9 bad-escape"},
		{"[1x 09 1/0 2r12 40r1 1e 1.2.3]", "1:2 bad-number, 1:5 bad-number, 1:8 bad-number, 1:12 bad-number, 1:17 bad-number, 1:22 bad-number, 1:25 bad-number"},
		{"[: a/ /b ::x :a/b/c a::b]", "1:2 bad-token, 1:4 bad-token, 1:7 bad-token, 1:10 auto-keyword, 1:14 bad-token, 1:21 bad-token"},
		{"{:a 1 :b}", "1:7 odd-map"},
		{"{:a 1 :b 2 :a 3}", "1:12 duplicate-key"},
		{"#{1 2 1}", "1:7 duplicate-key"},
		{"{[1] 1 [1] 2}", "1:8 duplicate-key"},
		{"`(a ~b)", "1:1 syntax-quote, 1:5 syntax-quote"},
		{"#=(+ 1 2)", "1:1 read-eval"},
		{"#?(:clj 1)", "1:1 reader-conditional"},
		{"#(a #(b))", "1:5 nested-fn"},
		{"#(a %21)", "1:5 bad-fn-argument"},
		{"^1 x", "1:1 bad-metadata"},
		{"^:k 1", "1:1 bad-metadata"},
		{"'", "1:1 unexpected-end"},
		{"[#_]", "1:2 unexpected-end"},
		{"#1 x", "1:1 bad-tag"},
		{`\abc \`, `1:1 bad-char, 1:6 bad-char`},
		{"##Foo", "1:1 bad-token"},
		{"#:a{:0 1}", "1:1 bad-token"},
		{"#:a/b{:c 1}", "1:1 bad-token"},
		{`#inst "nope"`, "1:1 bad-inst"},
		{`#uuid 7`, "1:1 bad-tag"},
		{"é\xff", "1:2 invalid-utf8"},
	} {
		_, problems := syntax.Read("t.edn", []byte(c.text))
		require.Equal(t, c.want, codes(problems), c.text)
	}
}

func TestPositionsCountCharactersAndCoverTheForm(t *testing.T) {
	t.Parallel()
	text := "{:é \"ü\"\n  :b (c 😀 d)}"
	forms, problems := syntax.Read("t.edn", []byte(text))
	require.Empty(t, problems)
	call := forms[0].Get("b")
	require.Equal(t, value.Pos{File: "t.edn", Line: 2, Col: 6}, call.Pos)
	require.Equal(t, value.Pos{File: "t.edn", Line: 2, Col: 13}, call.End)
	require.Equal(t, "(c 😀 d)", text[call.Start:call.Stop])
	require.Equal(t, value.Pos{File: "t.edn", Line: 2, Col: 11}, call.Items[2].Pos)
	require.Equal(t, value.Pos{File: "t.edn", Line: 1, Col: 5}, forms[0].Get("é").Pos)
}

func TestPositionsInLongLines(t *testing.T) {
	t.Parallel()
	for _, letter := range []string{"x", "é"} {
		line := strings.Repeat("("+letter+") ", 20_000)
		forms, problems := syntax.Read("t.edn", []byte("\n"+line))
		require.Empty(t, problems)
		require.Len(t, forms, 20_000)
		for i, n := range forms {
			require.Equal(t, value.Pos{File: "t.edn", Line: 2, Col: 4*i + 1}, n.Pos)
		}
	}
}

func TestMetadataStaysOnTheForm(t *testing.T) {
	t.Parallel()
	forms, problems := syntax.Read("t.edn", []byte(`^{:label "Q?" :yes "y"} ^:k ^String (if a b)`))
	require.Empty(t, problems)
	n := forms[0]
	require.Equal(t, 37, n.Pos.Col)
	require.Equal(t, "(if a b)", value.PrStr(nil, n.Datum()))
	require.Equal(t, `{:label "Q?", :yes "y", :k true, :tag String}`, value.PrStr(nil, value.Meta(n.Datum())))
}

func TestReadInsideMapsPositionsThroughEscapes(t *testing.T) {
	t.Parallel()
	text := "{:code \"(fn [x]\n  (str \\\"a\\\" (oops x))\\n (b)\"}"
	forms, _ := syntax.Read("t.edn", []byte(text))
	inner, problems := syntax.ReadInside("t.edn", []byte(text), forms[0].Get("code"))
	require.Len(t, problems, 1)
	require.Equal(t, "1:9 unclosed", codes(problems))
	require.Empty(t, inner)

	text = strings.Replace(text, "(b)", "(b))", 1)
	forms, _ = syntax.Read("t.edn", []byte(text))
	inner, problems = syntax.ReadInside("t.edn", []byte(text), forms[0].Get("code"))
	require.Empty(t, problems)
	oops := inner[0].Items[2].Items[2]
	require.Equal(t, value.Pos{File: "t.edn", Line: 2, Col: 14}, oops.Pos)
	require.Equal(t, "(oops x)", text[oops.Start:oops.Stop])
	require.Equal(t, "(b)", text[inner[0].Items[3].Start:inner[0].Items[3].Stop])
}

func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	_, problems := syntax.Read("t.edn", nested(syntax.MaxDepth))
	require.Empty(t, problems)
	_, _, problems = syntax.ReadValue("t.edn", nested(syntax.MaxDepth))
	require.Empty(t, problems)
	_, problems = syntax.Read("t.edn", nested(syntax.MaxDepth+1))
	require.Equal(t, "1:513 too-deep", codes(problems))
	for _, open := range []string{"[", "(", "{", "#{", "'", "^", "#a ", "#(", "#_", "@"} {
		_, problems = syntax.Read("t.edn", []byte(strings.Repeat(open, 5_000_000/len(open))))
		require.NotEmpty(t, problems, open)
		_, _, problems = syntax.ReadValue("t.edn", []byte(strings.Repeat(open, 5_000_000/len(open))))
		require.Len(t, problems, 1, open)
	}
}

func TestReadValueAgreesWithRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{:a [1 2.5 "x" \c nil true] b/c #{:k} "s" (1 2)}`, `#:n{:a 1 :_/b 2}`, `#inst "2026-01-01" `, `^:m [1]`,
		`#foo/bar {:a 1}`, `[1 #_ 2 3]`, `-1/2`, `12345678901234567890`, `"\u00e9\n"`,
	} {
		forms, problems := syntax.Read("t.edn", []byte(text))
		require.Empty(t, problems, text)
		v, ok, problems := syntax.ReadValue("t.edn", []byte(text))
		require.Empty(t, problems, text)
		require.True(t, ok)
		require.Equal(t, printed(forms), value.PrStr(nil, v), text)
		require.True(t, value.Equal(nil, forms[0].Datum(), v), text)
	}
}

func TestReadValueRefusesCodeAndRepeatedKeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"'x": "1:1 not-data", "@x": "1:1 not-data", `#"x"`: "1:1 not-data", "#(a)": "1:1 not-data", "#=(a)": "1:1 read-eval",
		"{:a 1 :a 2}": "1:1 duplicate-key", "#{1 1}": "1:1 duplicate-key", "{:a}": "1:1 odd-map", "[1": "1:1 unclosed", "]": "1:1 unmatched-delimiter",
		"[\n 1x]": "2:2 bad-number",
	} {
		_, ok, problems := syntax.ReadValue("t.edn", []byte(text))
		require.False(t, ok, text)
		require.Equal(t, want, codes(problems), text)
	}
	_, ok, problems := syntax.ReadValue("t.edn", []byte(" ; nothing"))
	require.False(t, ok)
	require.Empty(t, problems)
	vs, problems := syntax.ReadValues("t.edn", []byte("1 :a [b]"))
	require.Empty(t, problems)
	require.Len(t, vs, 3)
}

func TestSafeKeyword(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a", "order-id", "orderId", "a/b", "a.b", "1", "a:b", "é", "a'"} {
		require.True(t, syntax.SafeKeyword(name), name)
		v, ok, _ := syntax.ReadValue("", []byte(":"+name))
		require.True(t, ok)
		require.True(t, value.Equal(nil, value.Kw(name), v), name)
	}
	for _, name := range []string{"", "a b", ":a", "a/", "/a", "a/b/c", "a(b", "a:", "~x", "a\u2003b", "a;b", "\x00", "a,b", "a\"b"} {
		require.False(t, syntax.SafeKeyword(name), name)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"(a [b {:c #{d}}])", "#(+ % %2)", `"\u00e9"`, "^{:a 1} x", "#:a{:b 1}", "1/2 1.5M 0x1F", `#inst "2026"`, "#_ #_ a b"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		forms, problems := syntax.Read("f.edn", text)
		if len(problems) > 0 {
			return
		}
		for _, n := range forms {
			require.LessOrEqual(t, n.Start, n.Stop)
		}
		first := printed(forms)
		again, problems := syntax.Read("f.edn", []byte(first))
		require.Empty(t, problems, first)
		require.Equal(t, first, printed(again))
	})
}

func FuzzReadValue(f *testing.F) {
	f.Add([]byte(`{:a [1 2.5 "x" \c nil true] b/c #{:k} "s" (1 2)}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		v, ok, problems := syntax.ReadValue("f.edn", text)
		if !ok {
			return
		}
		require.Empty(t, problems)
		again, ok, problems := syntax.ReadValue("f.edn", []byte(value.PrStr(nil, v)))
		require.Empty(t, problems)
		require.True(t, ok)
		require.Equal(t, value.PrStr(nil, v), value.PrStr(nil, again))
	})
}

func BenchmarkReadValue(b *testing.B) {
	one := `{:order-id "o-1001" :lines [{:sku "abc" :qty 2 :price 12.5} {:sku "def" :qty 1 :price 7.25}] :tags #{:a :b} :note "a\nb"}` + "\n"
	text := []byte("[" + strings.Repeat(one, 10_000_000/len(one)) + "]")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, problems := syntax.ReadValue("b.edn", text); !ok {
			b.Fatal(problems)
		}
	}
}
