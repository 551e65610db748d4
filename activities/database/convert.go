package database

import (
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// toArg makes a parameter of a value. Numbers that are no int64 or double, keywords and instants of text columns go as text, which
// PostgreSQL reads as the type that it wants there; maps go as JSON, vectors as arrays or, where JSON is wanted, as JSON.
func toArg(v value.Value) (any, error) {
	switch v.Kind() {
	case value.KindNil:
		return nil, nil
	case value.KindString, value.KindKeyword, value.KindSymbol:
		if k, ok := v.AsKeyword(); ok {
			return k.FullName(), nil
		}
		return value.Text(nil, v), nil
	}
	if b, ok := v.AsBool(); ok {
		return b, nil
	}
	if n, ok := v.AsInt(); ok {
		return n, nil
	}
	if f, ok := v.AsDouble(); ok {
		return f, nil
	}
	if t, ok := v.AsInst(); ok {
		return t.UTC(), nil
	}
	if _, ok := v.AsMap(); ok {
		return wire.MarshalPlain(v)
	}
	switch v.Kind() {
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		return toArray(v)
	}
	if _, isNumber := v.AsDecimal(); isNumber {
		return value.Text(nil, v), nil
	}
	if _, isNumber := v.AsBigInt(); isNumber {
		return value.Text(nil, v), nil
	}
	return nil, fmt.Errorf("a %s can't be a parameter", value.KindName(v))
}

func toArray(v value.Value) (any, error) {
	var out []any
	var problem error
	value.Each(nil, v, func(x value.Value) bool {
		var one any
		if m, ok := x.AsMap(); ok {
			var text []byte
			if text, problem = wire.MarshalPlain(value.Of(m)); problem == nil {
				one = json.RawMessage(text)
			}
		} else {
			one, problem = toArg(x)
		}
		out = append(out, one)
		return problem == nil
	})
	if out == nil {
		out = []any{}
	}
	return out, problem
}

// fromColumn makes a value of what pgx read of a type. Bytes come as base64; times without a zone, dates, intervals and whatever has
// no type of its own here come as PostgreSQL writes them; known is false for what only its text tells.
func fromColumn(x any, oid uint32) (v value.Value, known bool) {
	switch x := x.(type) {
	case nil:
		return value.Nil, true
	case bool:
		return value.Bool(x), true
	case int16:
		return value.Int(int64(x)), true
	case int32:
		return value.Int(int64(x)), true
	case int64:
		return value.Int(x), true
	case uint32:
		return value.Int(int64(x)), true
	case float32:
		return fromFloat(float64(x)), true
	case float64:
		return fromFloat(x), true
	case string:
		return value.String(x), true
	case []byte:
		return value.String(base64.StdEncoding.EncodeToString(x)), true
	case [16]byte:
		return value.String(fmt.Sprintf("%x-%x-%x-%x-%x", x[:4], x[4:6], x[6:8], x[8:10], x[10:])), true
	case time.Time:
		return fromTime(x, oid), true
	case pgtype.Numeric:
		return fromNumeric(x), true
	case []any:
		list := make([]value.Value, len(x))
		for i := range x {
			if list[i], known = fromColumn(x[i], oid); !known {
				return value.Nil, false
			}
		}
		return value.NewVector(list...), true
	case netip.Prefix:
		if x.IsSingleIP() {
			return value.String(x.Addr().String()), true
		}
		return value.String(x.String()), true
	case driver.Valuer:
		if text, err := x.Value(); err == nil {
			return value.String(fmt.Sprint(text)), true
		}
	case fmt.Stringer:
		return value.String(x.String()), true
	}
	return value.Nil, false
}

// fromFloat keeps what JSON has no number for as text.
func fromFloat(f float64) value.Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return value.String(strconv.FormatFloat(f, 'g', -1, 64))
	}
	return value.Double(f)
}

func fromNumeric(n pgtype.Numeric) value.Value {
	switch {
	case !n.Valid:
		return value.Nil
	case n.NaN:
		return value.String("NaN")
	case n.InfinityModifier == pgtype.Infinity:
		return value.String("Infinity")
	case n.InfinityModifier == pgtype.NegativeInfinity:
		return value.String("-Infinity")
	}
	if n.Exp > 0 {
		scaled := new(big.Int).Mul(n.Int, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.Exp)), nil))
		return value.NewDecimal(scaled, 0)
	}
	return value.NewDecimal(n.Int, -n.Exp)
}

// fromTime makes an instant of a time with a zone. One without is text: nobody knows when it is.
func fromTime(t time.Time, oid uint32) value.Value {
	switch oid {
	case pgtype.TimestamptzOID, pgtype.TimestamptzArrayOID:
		return value.NewInst(t)
	case pgtype.DateOID, pgtype.DateArrayOID:
		return value.String(t.Format(time.DateOnly))
	}
	return value.String(t.Format("2006-01-02T15:04:05.999999"))
}
