package body

import (
	"regexp"
	"strings"
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Bounds of what steps may be told.
const (
	MaxWait  = 30 * 24 * time.Hour
	MaxSleep = 7 * 24 * time.Hour
	MaxTTL   = 31_536_000 // seconds
	MaxLimit = 1000       // keys that one :list-keys returns

	MaxApprovers = 50  // of one wait
	MaxApprover  = 200 // bytes of an approver's name
	MaxReminders = 20  // of one wait
)

// lasting is a duration that isn't nothing.
var lasting = schema.Shape{Says: "a number of seconds above 0", Is: func(n *syntax.Node) bool {
	d, err := schema.ParseDuration(n.Value)
	return n.Kind == syntax.Literal && err == nil && d > 0
}}

// config checks the fields of a site's configuration. It returns false if that isn't written out as a map.
func (c *checker) config(s *Site, kind stepType) bool {
	if computed(s.Config) {
		return false
	}
	what := "a :" + s.Type + " step"
	if !schema.Check(c.Report, s.Config, "the configuration of "+what, schema.Map, "write (flow/step :"+s.Type+" :id {...})") {
		return false
	}
	c.fields(s.Config, what, kind.fields)
	for name, instead := range laterFields[s.Type] {
		if v := s.Config.Get(name); v != nil {
			c.Error(v, "step-not-available", string(instead), "%s's :%s is not available in this build", what, name)
		}
	}
	c.options(s)
	return true
}

// fields checks the keys of a map that is written out, and the shapes of values that are.
func (c *checker) fields(m *syntax.Node, what string, fields []field) {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.name
	}
	for i := 0; i+1 < len(m.Items); i += 2 {
		key, v := m.Items[i], m.Items[i+1]
		if computed(key) {
			continue
		}
		f := fieldOf(fields, key)
		if f == nil {
			schema.UnknownKey(c.Report, key, what, known)
			continue
		}
		if !computed(v) && !isNil(v) {
			schema.Check(c.Report, v, ":"+f.name, f.shape, "")
		}
	}
}

func fieldOf(fields []field, key *syntax.Node) *field {
	for i := range fields {
		if key.IsKeyword(fields[i].name) {
			return &fields[i]
		}
	}
	return nil
}

// computed tells whether only a run knows the value of a form.
func computed(n *syntax.Node) bool {
	return n.Kind == syntax.Symbol || n.Kind == syntax.List || schema.Unresolved(n)
}

func isNil(n *syntax.Node) bool { return n.Kind == syntax.Literal && n.Value.IsNil() }

// options checks what every step may have.
func (c *checker) options(s *Site) {
	if retry := s.Config.Get("retry"); retry != nil && retry.Kind == syntax.Map {
		c.fields(retry, ":retry", retryFields)
		if m := retry.Get("multiplier"); m != nil && schema.Number.Is(m) && below1(m) {
			c.Error(m, "out-of-range", "1 keeps the delay, 2 doubles it each time", ":multiplier must be at least 1")
		}
	}
	if persist := s.Config.Get("persist"); persist != nil && persist.Kind == syntax.Map {
		c.persist(persist)
	}
}

func below1(n *syntax.Node) bool {
	switch i, isInt := n.Value.AsInt(); {
	case isInt:
		return i < 1
	default:
		f, isDouble := n.Value.AsDouble()
		return isDouble && f < 1
	}
}

func (c *checker) persist(m *syntax.Node) {
	c.fields(m, ":persist", persistFields)
	typ := m.Get("type")
	switch {
	case typ == nil:
		c.Error(m, "missing-field", "add :type :blob or :type :kv", ":persist needs :type")
	case typ.IsKeyword("kv"):
		c.needs(m, ":persist {:type :kv}", "key")
		c.kvKey(m.Get("key"))
		c.ttl(m.Get("ttl"))
	}
}

// needs reports the fields that a map lacks, pointing at where it begins.
func (c *checker) needs(m *syntax.Node, what string, names ...string) {
	for _, name := range names {
		if m.Get(name) == nil {
			c.Error(m, "missing-field", "add :"+name, "%s needs :%s", what, name)
		}
	}
}

// needsOne reports a map that has none of some fields.
func (c *checker) needsOne(m *syntax.Node, what string, names ...string) bool {
	for _, name := range names {
		if m.Get(name) != nil {
			return true
		}
	}
	all := ":" + strings.Join(names, " or :")
	c.Error(m, "missing-field", "add "+all, "%s needs %s", what, all)
	return false
}

// excludes reports a field that can't stand beside another.
func (c *checker) excludes(m *syntax.Node, what, a, b string) {
	if m.Get(a) != nil && m.Get(b) != nil {
		c.Error(m.Get(b), "contradiction", "keep one of them", "%s can't have both :%s and :%s", what, a, b)
	}
}

// duration checks a duration that is written out against a bound.
func (c *checker) duration(n *syntax.Node, name string, most time.Duration, bound string) {
	if n == nil || computed(n) || isNil(n) {
		return
	}
	d, err := schema.ParseDuration(n.Value)
	switch {
	case n.Kind != syntax.Literal || err != nil:
		c.Error(n, "bad-duration", `write "30s", "10m", "2h", "7d" or a number of seconds`, ":%s must be a duration, not %s", name, schema.Found(n))
	case d == 0:
		c.Error(n, "out-of-range", "", ":%s must be longer than nothing", name)
	case d > most:
		c.Error(n, "out-of-range", "", ":%s must be at most %s", name, bound)
	}
}

var kvKeyText = regexp.MustCompile(`^[a-zA-Z0-9_:-]{1,256}$`)

func (c *checker) kvKey(n *syntax.Node) {
	if n == nil || !schema.Text.Is(n) {
		return
	}
	if !kvKeyText.MatchString(schema.TextOf(n)) {
		c.Error(n, "bad-key", "use 1 to 256 of a-z A-Z 0-9 _ - :", "a key can't be %s", schema.Quoted(schema.TextOf(n)))
	}
}

func (c *checker) ttl(n *syntax.Node) {
	if n != nil && schema.Positive.Is(n) && schema.IntOf(n) > MaxTTL {
		c.Error(n, "out-of-range", "31536000 is a year", ":ttl must be 1 to %d seconds", MaxTTL)
	}
}
