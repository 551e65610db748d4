package core

import (
	"strings"

	"github.com/weir-run/weir/interpreter/value"
)

// nameFunctions make keywords and symbols and take them apart.
func nameFunctions() []*value.Builtin {
	return []*value.Builtin{
		oneOrTwo("keyword", toKeyword, func(th *thread, ns, name val) val {
			chargeName(th, optionalString(ns))
			chargeName(th, wantString(name))
			return value.Of(value.Intern(optionalString(ns), wantString(name)))
		}),
		oneOrTwo("symbol", toSymbol, func(th *thread, ns, name val) val {
			chargeName(th, optionalString(ns))
			chargeName(th, wantString(name))
			return value.Sym(optionalString(ns), wantString(name))
		}),
		one("name", nameOf),
		one("namespace", namespaceOf),
	}
}

// optionalString is "" for nil.
func optionalString(v val) string {
	if v.IsNil() {
		return ""
	}
	return wantString(v)
}

// splitName parts a text at its first slash.
func splitName(s string) (ns, name string) {
	if i := strings.IndexByte(s, '/'); i > 0 && s != "/" {
		return s[:i], s[i+1:]
	}
	return "", s
}

// toKeyword gives nil for what is neither text nor name.
func toKeyword(th *thread, a val) val {
	if s, ok := a.AsString(); ok {
		chargeName(th, s)
		ns, name := splitName(s)
		return value.Of(value.Intern(ns, name))
	}
	if s, ok := a.AsSymbol(); ok {
		return value.Of(value.Intern(s.Namespace, s.Name))
	}
	if _, ok := a.AsKeyword(); ok {
		return a
	}
	return value.Nil
}

// chargeName pays for a keyword or symbol of that name: it is looked up, and kept if it is new.
func chargeName(th *thread, name string) {
	th.ChargeSize(nameSize + int64(len(name)))
}

// nameSize is what a new keyword costs in ChargeSize beside its name.
const nameSize = 512

func toSymbol(th *thread, a val) val {
	if s, ok := a.AsString(); ok {
		chargeName(th, s)
		return value.Sym(splitName(s))
	}
	if k, ok := a.AsKeyword(); ok {
		return value.Sym(k.Namespace, k.Name)
	}
	if _, ok := a.AsSymbol(); !ok {
		value.ThrowHint("IllegalArgumentException", "wrong-type", "symbols are made of strings and keywords", "no conversion to symbol")
	}
	return a
}

func nameOf(_ *thread, a val) val {
	if _, ok := a.AsString(); ok {
		return a
	}
	if k, ok := a.AsKeyword(); ok {
		return value.String(k.Name)
	}
	s, ok := a.AsSymbol()
	if !ok {
		value.ThrowCast(a, "clojure.lang.Named")
	}
	return value.String(s.Name)
}

func namespaceOf(_ *thread, a val) val {
	ns := ""
	if k, ok := a.AsKeyword(); ok {
		ns = k.Namespace
	} else if s, ok := a.AsSymbol(); ok {
		ns = s.Namespace
	} else {
		value.ThrowCast(a, "clojure.lang.Named")
	}
	if ns == "" {
		return value.Nil
	}
	return value.String(ns)
}
