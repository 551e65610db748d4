package wire_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

func read(t require.TestingT, text string) value.Value {
	v, ok, problems := syntax.ReadValue("t.edn", []byte(text))
	require.True(t, ok, "%s: %v", text, problems)
	return v
}

func TestWireForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ edn, json string }{
		{"nil", "null"}, {"true", "true"}, {"1", "1"}, {"-9223372036854775808", "-9223372036854775808"},
		{"1.0", "1.0"}, {"1e300", "1e+300"}, {"-0.0", "-0.0"}, {"1e-7", "1e-07"},
		{"##NaN", `"~zNaN"`}, {"##Inf", `"~zINF"`}, {"##-Inf", `"~z-INF"`},
		{`"a\n\"b\\ é <&>"`, `"a\n\"b\\ é <&>"`}, {`"~x"`, `"~~x"`}, {`"~#set"`, `"~~#set"`}, {`"~"`, `"~~"`},
		{":a", `"~:a"`}, {":a/b", `"~:a/b"`}, {"sym", `"~$sym"`}, {"a/b", `"~$a/b"`}, {`\a`, `"~ca"`}, {"1N", `"~n1"`}, {"1.50M", `"~f1.50"`}, {"1/3", `["~#ratio",["~n1","~n3"]]`},
		{"[]", "[]"}, {"[1 [2]]", "[1,[2]]"}, {`["~#set" 1]`, `["~~#set",1]`}, {"(1 2)", `["~#list",[1,2]]`}, {"#{1}", `["~#set",[1]]`},
		{"{}", "{}"}, {"{:order-id 1 :orderId 2}", `{"order-id":1,"orderId":2}`}, {`{"order-id" 1}`, `{"~'order-id":1}`}, {`{"a b" 1}`, `{"a b":1}`},
		{"{2 :x nil 1 true 2 1.5 3 sym 4}", `{"~i2":"~:x","~_":1,"~?t":2,"~d1.5":3,"~$sym":4}`}, {`{"~a" 1}`, `{"~'~a":1}`},
		{"{[1] 2 :a 1}", `["~#cmap",[[1],2,"~:a",1]]`}, {"#foo/bar [1]", `["~#tagged",["foo/bar",[1]]]`},
		{`#inst "2026-01-02T03:04:05.006Z"`, `"~t2026-01-02T03:04:05.006Z"`},
		{`#uuid "8a2f0c6e-0000-4000-8000-000000000001"`, `"~u8a2f0c6e-0000-4000-8000-000000000001"`},
	} {
		v := read(t, c.edn)
		got, err := wire.Marshal(v)
		require.NoError(t, err, c.edn)
		require.Equal(t, c.json, string(got), c.edn)
		require.True(t, json.Valid(got))
		back, err := wire.Unmarshal(got)
		require.NoError(t, err, c.json)
		require.Equal(t, value.PrStr(nil, v), value.PrStr(nil, back), c.json)
		require.Equal(t, v.Kind(), back.Kind(), c.json)
	}
}

func TestEnvelopeKeepsItsMark(t *testing.T) {
	t.Parallel()
	m, _ := read(t, `{:status 200 :headers {} :body {:risk-level "high"}}`).AsMap()
	b, err := wire.Marshal(value.Of(m.Envelope()))
	require.NoError(t, err)
	require.Equal(t, `["~#http",{"status":200,"headers":{},"body":{"risk-level":"high"}}]`, string(b))
	back, err := wire.Unmarshal(b)
	require.NoError(t, err)
	level, ok := value.Get(nil, back, value.Kw("risk-level"))
	require.True(t, ok)
	require.Equal(t, `"high"`, value.PrStr(nil, level))
	plain, err := wire.MarshalPlain(back)
	require.NoError(t, err)
	require.Equal(t, `{"status":200,"headers":{},"body":{"risk-level":"high"}}`, string(plain))
}

func TestJSONTypedByAPerson(t *testing.T) {
	t.Parallel()
	v, err := wire.Unmarshal([]byte(` {"order-id" : "o-1", "n": 1e3, "a b": [true , null], "deep": {"x": "\u00e9\ud83d\ude00\/"}} `))
	require.NoError(t, err)
	require.Equal(t, `{:order-id "o-1", :n 1000.0, "a b" [true nil], :deep {:x "é😀/"}}`, value.PrStr(nil, v))
}

func TestUnmarshalErrors(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "-", "1.", "1e", "+1", "nul", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\n\"", "1 2", "'a'", "\"\xff\"", "1e999",
		`"~q"`, `"~"`, `["~#nope",1]`, `["~#set"]`, `["~#set",[],1]`, `["~#ratio",[1,2]]`, `["~#http",[1]]`, `["~#cmap",[1]]`, `"~t-"`, `"~u-"`, `"~zX"`, `{"~q":1}`, `"~:"`,
	} {
		_, err := wire.Unmarshal([]byte(text))
		require.Error(t, err, text)
	}
}

func TestDepthIsBoundedBothWays(t *testing.T) {
	t.Parallel()
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	v, err := wire.FromJSON(nested(wire.MaxDepth+1), wire.JSONLimits{})
	require.NoError(t, err)
	_, err = wire.Marshal(v)
	require.NoError(t, err)
	_, err = wire.FromJSON(nested(wire.MaxDepth+2), wire.JSONLimits{})
	require.ErrorAs(t, err, new(*wire.DepthError))
	_, err = wire.Marshal(value.NewVector(v))
	require.ErrorAs(t, err, new(*wire.DepthError))
	_, err = wire.FromJSON([]byte(strings.Repeat(`{"a":`, 100_000)), wire.JSONLimits{})
	require.ErrorAs(t, err, new(*wire.DepthError))
	_, err = wire.FromJSON([]byte(`"abc"`), wire.JSONLimits{Size: 5})
	require.NoError(t, err)
	_, err = wire.FromJSON([]byte(`"abcd"`), wire.JSONLimits{Size: 5})
	require.ErrorAs(t, err, new(*wire.SizeError))
}

func TestFromJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a":1,"a":2}`: "{:a 2}", `{"order_id":1,"x/y":2,"a b":3,":c":4,"":5}`: `{:order_id 1, :x/y 2, "a b" 3, ":c" 4, "" 5}`,
		`9223372036854775807`: "9223372036854775807", `9223372036854775808`: "9223372036854775808N", `1.0`: "1.0", `"~:a"`: `"~:a"`, `["~#set",[1]]`: `["~#set" [1]]`,
	} {
		v, err := wire.FromJSON([]byte(text), wire.JSONLimits{})
		require.NoError(t, err, text)
		require.Equal(t, want, value.PrStr(nil, v), text)
	}
}

func TestMarshalPlain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ edn, json string }{
		{"{:a :b/c :d sym \"e f\" \\x 1 2 nil 3 [1] 4}", `{"a":"b/c","d":"sym","e f":"x","1":2,"nil":3,"[1]":4}`},
		{"#{1}", "[1]"}, {"(1 2)", "[1,2]"}, {"1/2", "0.5"}, {"1/3", `"1/3"`}, {"1.50M", "1.5"}, {"0.1M", `"0.1"`}, {"12345678901234567890N", `"12345678901234567890"`}, {"7N", "7"},
		{"##NaN", `"NaN"`}, {`#inst "2026-01-02T03:04:05.006Z"`, `"2026-01-02T03:04:05.006Z"`}, {"#foo 1", "1"}, {`"~x"`, `"~x"`}, {"1.0", "1.0"},
	} {
		got, err := wire.MarshalPlain(read(t, c.edn))
		require.NoError(t, err, c.edn)
		require.Equal(t, c.json, string(got), c.edn)
		require.True(t, json.Valid(got))
	}
	_, err := wire.MarshalPlain(value.NewVector(value.Of(&value.Builtin{Name: "f"})))
	require.ErrorAs(t, err, new(*wire.UnsupportedError))
}

// anyValue draws values of every kind that has a wire form.
func anyValue(depth int) *rapid.Generator[value.Value] {
	name := rapid.StringMatching(`[a-zA-Z][a-zA-Z0-9_.*+!?<>=-]{0,8}`)
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`~[#:'~a-z]{0,4}`), name)
	scalars := []*rapid.Generator[value.Value]{
		rapid.Just(value.Nil),
		rapid.Map(rapid.Bool(), value.Bool),
		rapid.Map(rapid.Int64(), value.Int),
		rapid.Map(rapid.Float64(), value.Double),
		rapid.Just(value.Double(math.Inf(1))),
		rapid.Map(text, func(s string) value.Value { return value.String(strings.ToValidUTF8(s, "?")) }),
		rapid.Map(name, value.Kw),
		rapid.Map(name, func(s string) value.Value { return value.Kw("ns/" + s) }),
		rapid.Map(name, func(s string) value.Value { return value.Sym("", s) }),
		rapid.Map(rapid.RuneFrom([]rune("aé~\" \n\u2028")), value.Char),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	items := rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[value.Value] { return anyValue(depth - 1) }), 0, 4)
	return rapid.OneOf(append(scalars,
		rapid.Map(items, func(vs []value.Value) value.Value { return value.NewVector(vs...) }),
		rapid.Map(items, func(vs []value.Value) value.Value { return value.NewList(vs...) }),
		rapid.Map(items, func(vs []value.Value) value.Value { return value.NewSet(nil, vs...) }),
		rapid.Map(items, func(vs []value.Value) value.Value { return value.NewMap(vs[:len(vs)/2*2]...) }),
		rapid.Map(items, func(vs []value.Value) value.Value {
			m, _ := value.NewMap(vs[:len(vs)/2*2]...).AsMap()
			return value.Of(m.Envelope())
		}),
	)...)
}

func TestWireFormIsLossless(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := anyValue(3).Draw(t, "v")
		b, err := wire.Marshal(v)
		require.NoError(t, err)
		require.True(t, json.Valid(b), string(b))
		back, err := wire.Unmarshal(b)
		require.NoError(t, err, string(b))
		require.Equal(t, value.PrStr(nil, v), value.PrStr(nil, back), string(b))
		again, err := wire.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(b), string(again))
	})
}

func FuzzUnmarshal(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5,"~:k",null]}`, `["~#set",[1]]`, `["~#cmap",[[1],2]]`, `"~n12"`, `"\ud83d\ude00"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := wire.Unmarshal(text)
		if err != nil {
			return
		}
		require.True(t, json.Valid(text))
		b, err := wire.Marshal(v)
		if err != nil {
			return
		}
		back, err := wire.Unmarshal(b)
		require.NoError(t, err, string(b))
		require.Equal(t, value.PrStr(nil, v), value.PrStr(nil, back))
	})
}
