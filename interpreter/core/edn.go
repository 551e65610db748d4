package core

import (
	"strings"

	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// ednFunctions is clojure.edn.
func ednFunctions() []*value.Builtin {
	return []*value.Builtin{
		oneOrTwo("read-string",
			func(th *thread, s val) val {
				return readString(th, value.EmptyMap.Assoc(th, value.Kw("eof"), value.Nil), s)
			},
			func(th *thread, opts, s val) val {
				m, ok := opts.AsMap()
				if !ok && !opts.IsNil() {
					value.ThrowCast(opts, "clojure.lang.IPersistentMap")
				}
				if !ok {
					m = value.EmptyMap
				}
				return readString(th, m, s)
			}),
	}
}

// What reading costs, for each byte of text.
const (
	ednWork = 1
	ednSize = 16
)

// readString reads the first form of a text. Options: :eof (what an empty text gives; without it one throws;
// nil in the one-argument form), :readers (tag -> function), :default (function of tag and form).
func readString(th *thread, opts *value.Map, text val) val {
	if text.IsNil() {
		return value.Nil
	}
	s := wantString(text)
	th.Charge(int64(len(s))*ednWork + 1)
	th.ChargeSize(int64(len(s)) * ednSize)
	read := syntax.ReadValue
	if readers := opts.GetKw("readers"); readsTag(th, readers, "inst") || readsTag(th, readers, "uuid") {
		read = syntax.ReadTagged
	}
	v, ok, problems := read("", []byte(s))
	if len(problems) > 0 {
		p := problems[0]
		class := "RuntimeException"
		switch p.Code {
		case "duplicate-key":
			class = "IllegalArgumentException"
		case "bad-number":
			class = "NumberFormatException"
		}
		value.ThrowHint(class, "bad-edn", p.Hint, "%s (line %d, column %d)", p.Message, p.Pos.Line, p.Pos.Col)
	}
	if !ok {
		eof, given := opts.Own(th, value.Kw("eof"))
		if !given {
			value.Throw("RuntimeException", "EOF while reading")
		}
		return eof
	}
	if strings.Contains(s, "#") {
		return resolveTags(th, opts, v)
	}
	return v
}

func readsTag(th *thread, readers val, tag string) bool {
	_, ok := value.Get(th, readers, value.Sym("", tag))
	return ok
}

// ownTag makes the value of #inst and #uuid where opts has a reader for the other one only.
func ownTag(t *value.Tagged) (v val, own bool) {
	parse := value.ParseInst
	switch t.Tag {
	case "uuid":
		parse = value.ParseUUID
	case "inst":
	default:
		return value.Nil, false
	}
	v, err := parse(wantString(t.Form))
	if err != nil {
		value.ThrowHint("RuntimeException", "bad-edn", "", "%s", err)
	}
	return v, true
}

// resolveTags hands every tagged literal in v to its reader, innermost first.
func resolveTags(th *thread, opts *value.Map, v val) val {
	if t, ok := v.AsTagged(); ok {
		tag := value.Sym(splitName(t.Tag))
		form := resolveTags(th, opts, t.Form)
		if reader, ok := value.Get(th, opts.GetKw("readers"), tag); ok {
			return value.Call1(th, reader, form)
		}
		if v, ok := ownTag(t); ok {
			return v
		}
		if other := opts.GetKw("default"); !other.IsNil() {
			return value.Call2(th, other, tag, form)
		}
		value.ThrowHint("RuntimeException", "unknown-tag", "give {:default tagged-literal} to read unknown tags as data",
			"No reader function for tag %s", t.Tag)
	}
	return walkInto(th, v, func(x val) val { return resolveTags(th, opts, x) })
}
