package value

import (
	"math"
	"math/big"
	"strconv"
)

// PrStr is the readable form: pr-str.
func PrStr(th *Thread, v Value) string { return string(AppendPr(th, make([]byte, 0, 64), v, true)) }

// Text is str of one value: "" for nil, strings and characters as they are, everything else as PrStr has
// it but for big numbers (without N and M), instants, UUIDs and regexes (their bare text).
func Text(th *Thread, v Value) string {
	if s, ok := v.ref.(*Str); ok {
		return s.s
	}
	return string(AppendStr(th, nil, v))
}

// AppendStr appends Text(v) to buf, joining a surrogate pair that meets at the seam.
func AppendStr(th *Thread, buf []byte, v Value) []byte {
	switch x := v.ref.(type) {
	case nil:
		return buf
	case *Str:
		th.ChargeSize(int64(len(x.s)))
		return AppendText(buf, x.s)
	case *charTag:
		return AppendChar(buf, rune(v.bits))
	case *intTag:
		return strconv.AppendInt(buf, int64(v.bits), 10)
	case *doubleTag:
		return append(buf, formatDouble(math.Float64frombits(v.bits))...)
	case *big.Int:
		chargePrint(th, x)
		return x.Append(buf, 10)
	case *Decimal:
		chargePrint(th, x.Unscaled)
		return append(buf, x.String()...)
	case *Regex:
		return append(buf, x.Pattern...)
	case *Inst:
		return append(buf, x.text()...)
	case *UUID:
		return append(buf, x.String()...)
	case *Exception:
		buf = append(buf, qualifiedClass(x.Class)...)
		if x.Message != "" {
			buf = append(append(buf, ": "...), x.Message...)
		}
		if x.Class == "ExceptionInfo" && !x.Data.IsNil() {
			buf = AppendPr(th, append(buf, ' '), x.Data, true)
		}
		return buf
	}
	return AppendPr(th, buf, v, true)
}

// AppendPr appends the printed form of v to buf; unless readably, strings and characters stand in it as they
// are (print-str). It pays for size and depth.
func AppendPr(th *Thread, buf []byte, v Value, readably bool) []byte {
	switch x := v.ref.(type) {
	case nil:
		return append(buf, "nil"...)
	case *boolTag:
		return strconv.AppendBool(buf, v.bits != 0)
	case *intTag:
		return strconv.AppendInt(buf, int64(v.bits), 10)
	case *doubleTag:
		return appendPrDouble(buf, math.Float64frombits(v.bits))
	case *charTag:
		return appendPrChar(buf, rune(v.bits), readably)
	case *Str:
		th.ChargeSize(int64(len(x.s)))
		if !readably {
			return AppendText(buf, x.s)
		}
		return appendQuoted(buf, x.s)
	case *Keyword:
		buf = append(buf, ':')
		if x.Namespace != "" {
			buf = append(append(buf, x.Namespace...), '/')
		}
		return append(buf, x.Name...)
	case *Symbol:
		if x.Namespace != "" {
			buf = append(append(buf, x.Namespace...), '/')
		}
		return append(buf, x.Name...)
	case *big.Int:
		chargePrint(th, x)
		return append(x.Append(buf, 10), 'N')
	case *big.Rat:
		chargePrint(th, x.Num())
		chargePrint(th, x.Denom())
		return x.Denom().Append(append(x.Num().Append(buf, 10), '/'), 10)
	case *Decimal:
		chargePrint(th, x.Unscaled)
		return append(append(buf, x.String()...), 'M')
	case *Inst:
		return append(buf, x.pr()...)
	case *UUID:
		return append(append(append(buf, `#uuid "`...), x.String()...), '"')
	case *Regex:
		return append(append(append(buf, `#"`...), x.Pattern...), '"')
	}
	th.Enter()
	buf = appendPrNested(th, buf, v, readably)
	th.Leave()
	return buf
}

func appendPrNested(th *Thread, buf []byte, v Value, readably bool) []byte {
	switch x := v.ref.(type) {
	case *Vector:
		return appendPrSeq(th, buf, '[', v, ']', readably)
	case *Map:
		return appendPrMap(th, buf, x.Each, readably)
	case *SortedMap:
		return appendPrMap(th, buf, x.Each, readably)
	case *Set, *SortedSet:
		return appendPrSeq(th, append(buf, '#'), '{', v, '}', readably)
	case *Tagged:
		buf = append(append(append(buf, '#'), x.Tag...), ' ')
		return AppendPr(th, buf, x.Form, readably)
	case *Exception:
		return appendPrException(th, buf, x)
	case *Atom:
		return appendPrBox(th, buf, "atom", x.Value, readably)
	case *Volatile:
		return appendPrBox(th, buf, "volatile", x.Value, readably)
	case *Reduced:
		return appendPrBox(th, buf, "reduced", x.Value, readably)
	case *Delay:
		if x.Realized() {
			return appendPrBox(th, buf, "delay", x.val, readably)
		}
		return append(buf, "#delay[pending]"...)
	}
	switch v.Kind() {
	case KindList, KindSeq:
		return appendPrSeq(th, buf, '(', v, ')', readably)
	case KindFn:
		return append(append(append(buf, "#function["...), FnName(v)...), ']')
	case KindTransient:
		return append(buf, "#transient[]"...)
	}
	return append(buf, "#object[]"...)
}

// FnName is the name that a function was given, or "fn".
func FnName(v Value) string {
	if n, ok := v.ref.(Named); ok && n.FnName() != "" {
		return n.FnName()
	}
	return "fn"
}

func appendPrBox(th *Thread, buf []byte, name string, v Value, readably bool) []byte {
	buf = append(append(append(buf, '#'), name...), '[')
	return append(AppendPr(th, buf, v, readably), ']')
}

func appendPrSeq(th *Thread, buf []byte, open byte, v Value, end byte, readably bool) []byte {
	buf = append(buf, open)
	first := true
	Each(th, v, func(x Value) bool {
		if !first {
			buf = append(buf, ' ')
		}
		first = false
		th.ChargeSize(2)
		buf = AppendPr(th, buf, x, readably)
		return true
	})
	return append(buf, end)
}

func appendPrMap(th *Thread, buf []byte, each func(func(k, v Value) bool), readably bool) []byte {
	buf = append(buf, '{')
	first := true
	each(func(k, v Value) bool {
		if !first {
			buf = append(buf, ", "...)
		}
		first = false
		th.Charge(1)
		th.ChargeSize(4)
		buf = append(AppendPr(th, buf, k, readably), ' ')
		buf = AppendPr(th, buf, v, readably)
		return true
	})
	return append(buf, '}')
}

func appendPrException(th *Thread, buf []byte, e *Exception) []byte {
	buf = appendQuoted(append(buf, "#error {:cause "...), e.Message)
	if !e.Data.IsNil() {
		buf = AppendPr(th, append(buf, ", :data "...), e.Data, true)
	}
	return append(append(append(buf, ", :type "...), qualifiedClass(e.Class)...), '}')
}

func appendPrDouble(buf []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(buf, "##NaN"...)
	case math.IsInf(f, 1):
		return append(buf, "##Inf"...)
	case math.IsInf(f, -1):
		return append(buf, "##-Inf"...)
	}
	return append(buf, formatDouble(f)...)
}

var charNames = map[rune]string{
	'\n': "newline", '\t': "tab", ' ': "space", '\b': "backspace", '\f': "formfeed", '\r': "return",
}

func appendPrChar(buf []byte, r rune, readably bool) []byte {
	if !readably {
		return AppendChar(buf, r)
	}
	buf = append(buf, '\\')
	if name, ok := charNames[r]; ok {
		return append(buf, name...)
	}
	return AppendChar(buf, r)
}

// appendQuoted appends s between quotes, escaped as Clojure does: only quotes, backslashes and \n \t \r \f \b.
func appendQuoted(buf []byte, s string) []byte {
	buf = append(buf, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		var c byte
		switch s[i] {
		case '"', '\\':
			c = s[i]
		case '\n':
			c = 'n'
		case '\t':
			c = 't'
		case '\r':
			c = 'r'
		case '\f':
			c = 'f'
		case '\b':
			c = 'b'
		default:
			continue
		}
		buf = append(append(buf, s[from:i]...), '\\', c)
		from = i + 1
	}
	return append(append(buf, s[from:]...), '"')
}
