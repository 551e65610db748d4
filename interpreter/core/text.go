package core

import "github.com/weir-run/weir/interpreter/value"

// textFunctions are the functions of clojure.core that make texts.
func textFunctions() []*value.Builtin {
	return []*value.Builtin{
		fast1(fast2(many("str", 0, -1, str), str2), str1),
		many("subs", 2, 3, subs),
		many("format", 1, -1, format),
		many("pr-str", 0, -1, func(th *thread, args []val) val { return printed(th, args, true, "") }),
		many("prn-str", 0, -1, func(th *thread, args []val) val { return printed(th, args, true, "\n") }),
		many("print-str", 0, -1, func(th *thread, args []val) val { return printed(th, args, false, "") }),
		many("println-str", 0, -1, func(th *thread, args []val) val { return printed(th, args, false, "\n") }),
	}
}

// nearText is how long a text may grow before it needs memory of its own while it is built.
const nearText = 128

func str(th *thread, args []val) val {
	var near [nearText]byte
	buf := near[:0]
	for _, a := range args {
		buf = appendText(th, buf, a)
	}
	return value.String(string(buf))
}

func str1(th *thread, a val) val {
	if _, ok := a.AsString(); ok {
		return a
	}
	s := value.Text(th, a)
	th.ChargeSize(int64(len(s)))
	return value.String(s)
}

func str2(th *thread, a, b val) val {
	var near [nearText]byte
	buf := appendText(th, near[:0], a)
	return value.String(string(appendText(th, buf, b)))
}

func printed(th *thread, args []val, readably bool, end string) val {
	var buf []byte
	for i, a := range args {
		if i > 0 {
			buf = append(buf, ' ')
		}
		th.Charge(1)
		buf = value.AppendPr(th, buf, a, readably)
	}
	th.ChargeSize(int64(len(buf)))
	return value.String(string(append(buf, end...)))
}

func subs(th *thread, args []val) val {
	s := args[0]
	wantString(s)
	start, end := wantInt(args[1]), int64(value.StringLen(s))
	if len(args) == 3 {
		end = wantInt(args[2])
	}
	if n := int64(value.StringLen(s)); start < 0 || end < start || end > n {
		value.ThrowHint("StringIndexOutOfBoundsException", "index", "0 <= start <= end <= (count s)", "begin %d, end %d, length %d", start, end, n)
	}
	th.ChargeSize(end - start + valueSize)
	if !value.IsASCII(s) { // every character up to there is counted
		th.Charge(end / 8)
	}
	return value.Substring(s, int(start), int(end))
}
