package core

import (
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// jsonFunctions is json/: (json/parse text) with object keys as keywords where they are safe as such,
// and (json/write-str value).
func jsonFunctions() []*value.Builtin {
	return []*value.Builtin{
		one("parse", parseJSON),
		one("write-str", writeJSON),
	}
}

// What parsing costs, for each byte of text.
const (
	jsonWork = 1
	jsonSize = 16
)

func parseJSON(th *thread, text val) val {
	s := wantString(text)
	th.Charge(int64(len(s))*jsonWork + 1)
	th.ChargeSize(int64(len(s)) * jsonSize)
	v, err := wire.FromJSON([]byte(s), wire.JSONLimits{})
	if err != nil {
		value.ThrowHint("IllegalArgumentException", "bad-json", "", "%s", err.Error())
	}
	return v
}

func writeJSON(th *thread, v val) val {
	chargeTree(th, v)
	out, err := wire.MarshalPlain(v)
	if err != nil {
		value.ThrowHint("IllegalArgumentException", "bad-json", "", "%s", err.Error())
	}
	th.ChargeSize(int64(len(out)))
	return value.String(string(out))
}

// chargeTree walks v as a writer will, lazy parts included, and pays for every text in it as often as it
// will be written.
func chargeTree(th *thread, v val) {
	if s, ok := v.AsString(); ok {
		th.ChargeSize(int64(len(s)))
		th.Charge(int64(len(s)) / 32)
		return
	}
	if !isCollection(v) {
		value.ChargeDigits(th, v)
		return
	}
	th.Enter()
	value.Each(th, v, func(x val) bool {
		th.ChargeSize(4)
		chargeTree(th, x)
		return true
	})
	th.Leave()
}
