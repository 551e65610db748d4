package match_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// data generates values that EDN can write: scalars, vectors, maps and sets.
func data(depth int, keys *rapid.Generator[value.Value]) *rapid.Generator[value.Value] {
	scalar := rapid.OneOf(
		rapid.Map(rapid.Int64(), value.Int), rapid.Map(rapid.String(), value.String), rapid.Map(rapid.Bool(), value.Bool),
		rapid.Map(rapid.StringMatching(`[a-z][a-z0-9-]{0,8}`), value.Kw), rapid.Map(rapid.Float64Range(-1e9, 1e9), value.Double), rapid.Just(value.Nil),
	)
	if depth == 0 {
		return scalar
	}
	return rapid.Custom(func(t *rapid.T) value.Value {
		items := rapid.SliceOfN(data(depth-1, keys), 0, 4).Draw(t, "items")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return value.VectorFrom(items)
		case 1:
			return value.NewSet(nil, items...)
		case 2:
			m := value.EmptyMap
			for _, item := range items {
				m = m.Assoc(nil, keys.Draw(t, "key"), item)
			}
			return value.Of(m)
		}
		return scalar.Draw(t, "scalar")
	})
}

var (
	anyKey = rapid.OneOf(rapid.Map(rapid.Int64(), value.Int), rapid.Map(rapid.String(), value.String), rapid.Map(rapid.Bool(), value.Bool), plainKey)
	// plainKey makes keys no two of which are one in JSON.
	plainKey = rapid.OneOf(rapid.Map(rapid.IntRange(0, 99), func(n int) value.Value { return value.Int(int64(n)) }),
		rapid.Map(rapid.StringMatching(`[a-e]{1,3}`), value.Kw), rapid.Map(rapid.StringMatching(`[f-k] {1,3}`), value.String),
		rapid.Just(value.Nil), rapid.Map(rapid.Bool(), value.Bool))
)

// TestEveryValueMatchesItsOwnText: data means itself, however it is laid out, and its JSON matches it as plain data.
func TestEveryValueMatchesItsOwnText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := data(3, anyKey).Draw(t, "v")
		text := match.Pretty(v, rapid.IntRange(0, 110).Draw(t, "column"))
		back, ok, problems := syntax.ReadValue("v.edn", []byte(text))
		require.True(t, ok, "%s %v", text, problems)
		require.True(t, value.Equal(nil, v, back), text)
		forms, problems := syntax.Read("v.edn", []byte(text))
		require.NoError(t, problems.Err())
		p, problems := match.Compile(forms[0], match.Options{})
		require.Empty(t, problems)
		require.Empty(t, p.Match(v), text)

		other := data(2, anyKey).Draw(t, "other")
		wrapped := value.NewVector(v, other)
		require.NotEmpty(t, p.Match(wrapped), "%s isn't %s", value.PrStr(nil, wrapped), text)
	})
}

// TestPlainDataMatchesItsJSON: what is written as JSON and read again is equal by its text.
func TestPlainDataMatchesItsJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := value.EmptyMap
		for i, item := range rapid.SliceOfN(data(2, plainKey), 0, 4).Draw(t, "items") {
			m = m.Assoc(nil, value.Kw("k"+string(rune('a'+i))), item)
		}
		text := value.PrStr(nil, value.Of(m))
		raw, err := wire.MarshalPlain(value.Of(m))
		require.NoError(t, err)
		got, err := wire.FromJSON(raw, wire.JSONLimits{})
		require.NoError(t, err)
		forms, problems := syntax.Read("v.edn", []byte(text))
		require.NoError(t, problems.Err())
		p, problems := match.Compile(forms[0], match.Options{Plain: true})
		require.Empty(t, problems)
		for _, x := range p.Match(got) {
			require.Fail(t, "differs", "%s %s: %s", text, raw, x.Message)
		}
	})
}
