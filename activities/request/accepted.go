package request

import (
	"net/http"
	"slices"
	"strings"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/interpreter/value"
)

// Accepted says which statuses are a success: 200 to 299, or what :accept-status has: a status, "4xx", :any, or several of them.
type Accepted struct {
	any     bool
	given   bool
	codes   []int
	classes []int
}

// Has tells whether a status is a success.
func (a Accepted) Has(status int) bool {
	if !a.given {
		return status >= 200 && status <= 299
	}
	return a.any || slices.Contains(a.codes, status) || slices.Contains(a.classes, status/100)
}

func parseAccepted(v value.Value) (Accepted, error) {
	a := Accepted{given: !v.IsNil()}
	for _, x := range each(v) {
		if n, ok := x.AsInt(); ok && n >= 100 && n <= 599 {
			a.codes = append(a.codes, int(n))
			continue
		}
		name := keyName(x)
		switch {
		case name == "any" || name == "all":
			a.any = true
		case len(name) == 3 && name[0] >= '1' && name[0] <= '5' && strings.EqualFold(name[1:], "xx"):
			a.classes = append(a.classes, int(name[0]-'0'))
		default:
			return a, fault.New(fault.InvalidConfig, ":accept-status takes statuses, \"4xx\" and :any, not %s", value.PrStr(nil, x))
		}
	}
	return a, nil
}

// each gives the elements of a collection, or the single value; none for nil.
func each(v value.Value) []value.Value {
	switch v.Kind() {
	case value.KindNil:
		return nil
	case value.KindVector, value.KindList, value.KindSeq, value.KindSet, value.KindSortedSet:
		var out []value.Value
		value.Each(nil, v, func(x value.Value) bool {
			out = append(out, x)
			return true
		})
		return out
	}
	return []value.Value{v}
}

// Shown says which headers of an answer get into the result: all but what only the transport cares for, or what
// :include-headers has: true for really all, false for none, or their names.
type Shown struct {
	given, all bool
	names      []string
}

// transport are the headers that tell a flow nothing; :include-headers brings them back.
var transport = []string{
	"accept-ranges", "access-control-allow-origin", "alt-svc", "cf-cache-status", "cf-ray", "connection", "content-length",
	"content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "date", "keep-alive", "nel",
	"permissions-policy", "referrer-policy", "report-to", "server", "server-timing", "set-cookie", "strict-transport-security",
	"transfer-encoding", "vary", "via", "x-content-type-options", "x-frame-options", "x-powered-by", "x-xss-protection",
}

func parseShown(v value.Value) (Shown, error) {
	if all, ok := v.AsBool(); ok || v.IsNil() {
		return Shown{given: ok, all: all}, nil
	}
	s := Shown{given: true}
	for _, x := range each(v) {
		name := keyName(x)
		if name == "" {
			return s, fault.New(fault.InvalidConfig, ":include-headers takes true, false or names of headers, not %s", value.PrStr(nil, x))
		}
		s.names = append(s.names, strings.ToLower(name))
	}
	return s, nil
}

func (s Shown) has(name string) bool {
	switch {
	case !s.given:
		return !slices.Contains(transport, name)
	case s.all:
		return true
	}
	return slices.Contains(s.names, name)
}

// Map is the headers as a value: names in lower case as keywords, in their order; repeated ones joined by commas.
func (s Shown) Map(h http.Header, scrub func(string) string) value.Value {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, strings.ToLower(name))
	}
	slices.Sort(names)
	var kvs []value.Value
	for _, name := range names {
		if s.has(name) {
			kvs = append(kvs, value.Kw(name), value.String(scrub(strings.Join(h.Values(name), ", "))))
		}
	}
	return value.NewMap(kvs...)
}
