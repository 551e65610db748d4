package database

import (
	"math/big"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// mustRead reads EDN that is known to be right.
func mustRead(text string) value.Value {
	v, ok, problems := syntax.ReadValue("test", []byte(text))
	if !ok || problems.Err() != nil {
		panic(text)
	}
	return v
}

func TestParameters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		"nil": nil, "true": true, "7": int64(7), "1.5": 1.5, `"x"`: "x", ":k": "k", ":a/b": "a/b", "1.50M": "1.50", "99999999999999999999": "99999999999999999999",
		`#inst "2026-01-02T03:04:05Z"`: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), `{:a 1}`: []byte(`{"a":1}`), "[1 nil :x]": []any{int64(1), nil, "x"}, "[]": []any{},
	} {
		got, err := toArg(mustRead(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	_, err := toArg(value.Of(&value.Builtin{Name: "inc"}))
	require.ErrorContains(t, err, "can't be a parameter")
}

func TestColumns(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 6_000_000, time.UTC)
	for want, c := range map[string]struct {
		x   any
		oid uint32
	}{
		"nil": {x: nil}, "1": {x: int32(1)}, "1.5": {x: 1.5}, `"NaN"`: {x: nan()}, "true": {x: true}, `"aGk="`: {x: []byte("hi")},
		"12.340M":                                {x: pgtype.Numeric{Int: big.NewInt(12340), Exp: -3, Valid: true}},
		"1200M":                                  {x: pgtype.Numeric{Int: big.NewInt(12), Exp: 2, Valid: true}},
		`"Infinity"`:                             {x: pgtype.Numeric{InfinityModifier: pgtype.Infinity, Valid: true}},
		`#inst "2026-01-02T03:04:05.006-00:00"`:  {x: at, oid: pgtype.TimestamptzOID},
		`"2026-01-02T03:04:05.006"`:              {x: at, oid: pgtype.TimestampOID},
		`"2026-01-02"`:                           {x: at, oid: pgtype.DateOID},
		`["a" nil]`:                              {x: []any{"a", nil}},
		`"00010203-0405-0607-0809-0a0b0c0d0e0f"`: {x: [16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
	} {
		v, known := fromColumn(c.x, c.oid)
		require.True(t, known)
		require.Equal(t, want, value.PrStr(nil, v))
	}
	_, known := fromColumn(struct{}{}, 0)
	require.False(t, known)
}

func nan() float64 { zero := 0.0; return zero / zero }

func TestThePlaceOfAMistake(t *testing.T) {
	t.Parallel()
	require.Equal(t, " (at: form t)", place("select 1 form t", 10))
	require.Empty(t, place("select 1", 0))
	require.Empty(t, place("select 1", 100))
}

func TestAnAddressSetsItsNumberOfConnections(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]int32{"": 10, "pool_max_conns=1": 1, "pool_max_conns=9": 9, "pool_max_conns=40": 40, "pool_max_conns=100": 100, "pool_max_conns=101": 100} {
		c, err := configOf("postgres://u:p@h/d?" + query)
		require.NoError(t, err, query)
		require.Equal(t, want, c.MaxConns, query)
	}
}

func TestAnAddressDoesNotChangeHowValuesAreRead(t *testing.T) {
	t.Parallel()
	c, err := configOf("postgres://u:p@h/d?timezone=Asia/Tokyo&datestyle=German&intervalstyle=iso_8601&application_name=mine")
	require.NoError(t, err)
	require.Equal(t, map[string]string{"timezone": "UTC", "datestyle": "ISO, YMD", "intervalstyle": "postgres", "application_name": "mine"}, c.ConnConfig.RuntimeParams)
}
