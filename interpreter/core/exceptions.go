package core

import "github.com/weir-run/weir/interpreter/value"

// exceptions make and read what throw throws.
func exceptions() []*value.Builtin {
	return []*value.Builtin{
		many("ex-info", 2, 3, exInfo),
		one("ex-data", func(_ *thread, a val) val {
			if e, ok := a.AsException(); ok {
				return e.Data
			}
			return value.Nil
		}),
		one("ex-message", func(_ *thread, a val) val {
			e, ok := a.AsException()
			if !ok || e.Silent || e.Message == "" && e.Class != "ExceptionInfo" {
				return value.Nil
			}
			return value.String(e.Message)
		}),
		one("ex-cause", func(_ *thread, a val) val {
			if e, ok := a.AsException(); ok && e.Cause != nil {
				return value.Of(e.Cause)
			}
			return value.Nil
		}),
	}
}

// exceptionSize is what an exception costs in ChargeSize.
const exceptionSize = 256

func exInfo(th *thread, args []val) val {
	th.ChargeSize(exceptionSize)
	message := ""
	if !args[0].IsNil() {
		message = wantString(args[0])
	}
	switch args[1].Kind() {
	case value.KindMap, value.KindSortedMap:
	case value.KindNil:
		value.Throw("IllegalArgumentException", "Additional data must be non-nil.")
	default:
		value.ThrowCast(args[1], "clojure.lang.IPersistentMap")
	}
	var cause *value.Exception
	if len(args) == 3 && !args[2].IsNil() {
		e, ok := args[2].AsException()
		if !ok {
			value.ThrowCast(args[2], "java.lang.Throwable")
		}
		cause = e
	}
	e := value.NewException("ExceptionInfo", message, args[1], cause)
	e.Silent = args[0].IsNil()
	return value.Of(e)
}
