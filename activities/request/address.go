package request

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/template"
	"github.com/weir-run/weir/interpreter/value"
)

// address joins the base (a slot's address, or :url), :path and :query. The host is always the base's.
func (f *Fields) address(base string) (*url.URL, error) {
	if base == "" {
		base = f.URL
	}
	u, err := url.Parse(base)
	switch {
	case err != nil, u.Host == "", u.Scheme != "http" && u.Scheme != "https":
		return nil, fault.New(fault.InvalidConfig, "the :url must be an address that begins with https:// or http://")
	case u.User != nil:
		return nil, fault.New(fault.InvalidConfig, "the :url may not hold a user name or password: use a slot with :auth")
	}
	u.Fragment, u.RawFragment = "", ""
	path, query, _ := strings.Cut(f.Path, "?")
	if path != "" {
		path = strings.TrimRight(u.EscapedPath(), "/") + "/" + strings.TrimLeft(path, "/")
	} else {
		path = u.EscapedPath()
	}
	if u.RawPath = escapePath(path); hasDotSegment(u.RawPath) {
		return nil, fault.New(fault.InvalidConfig, "the :path may not hold . or .. as a segment")
	}
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		return nil, fault.New(fault.InvalidConfig, "the :path is not a path")
	}
	params, err := queryText(f.Query)
	if err != nil {
		return nil, err
	}
	u.RawQuery = joinQueries(u.RawQuery, escapeQuery(query), params)
	return u, nil
}

// escapePath percent-encodes what may not stand in a path; what is encoded already stays.
func escapePath(path string) string { return escape(path, "-._~!$&'()*+,;=:@/") }

func escapeQuery(query string) string { return escape(query, "-._~!$&'()*+,;=:@/?[]") }

const hexDigits = "0123456789ABCDEF"

func escape(s, allowed string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c < utf8.RuneSelf && strings.IndexByte(allowed, c) >= 0:
			b.WriteByte(c)
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// hasDotSegment finds what servers resolve away, and backslashes that some take for slashes.
func hasDotSegment(escaped string) bool {
	plain := strings.NewReplacer("%2e", ".", "%2E", ".", "%5c", "/", "%5C", "/").Replace(escaped)
	for segment := range strings.SplitSeq(plain, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

// queryText encodes a map of parameters in its order. A collection repeats its parameter; nil leaves it out.
func queryText(v value.Value) (string, error) {
	pairs, err := pairsOf("query", v)
	if err != nil {
		return "", err
	}
	parts := make([]string, len(pairs))
	for i, p := range pairs {
		parts[i] = url.QueryEscape(p.name) + "=" + url.QueryEscape(p.text)
	}
	return strings.Join(parts, "&"), nil
}

type pair struct{ name, text string }

// pairsOf takes a map of parameters, headers or form fields apart.
func pairsOf(field string, v value.Value) ([]pair, error) {
	if v.IsNil() {
		return nil, nil
	}
	m, ok := v.AsMap()
	if !ok {
		return nil, fault.New(fault.InvalidConfig, ":%s must be a map (found: %s)", field, value.KindName(v))
	}
	var out []pair
	var err error
	m.Each(func(k, x value.Value) bool {
		for _, item := range each(x) {
			var text string
			if text, err = template.TextOf(item); err != nil {
				err = fault.New(fault.InvalidConfig, ":%s: %v", field, err)
				return false
			}
			if !item.IsNil() {
				out = append(out, pair{keyName(k), text})
			}
		}
		return true
	})
	return out, err
}

func joinQueries(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, "&")
}

// Shown address: without the query, which may carry what nobody should read.
func shownAddress(u *url.URL) string {
	plain := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	return plain.String()
}
