package body

import (
	"github.com/weir-run/weir/definition/form"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// A decision is sent to one run, and finds its wait there by :key. So two runs may wait with the same key; two waits
// of one run may not: what is sent twice for the first would decide the second. An event or a webhook names no run:
// it finds one by :key alone, and there a key that is the same in every run collides.

// waitKey checks the :key of a wait.
func (c *checker) waitKey(s *Site) {
	key := s.Config.Get("key")
	if key == nil {
		return
	}
	constant := schema.Name.Is(key)
	if constant && schema.TextOf(key) == "" {
		c.Error(key, "bad-key", "name what is waited for", "a wait's :key can't be empty")
	}
	switch {
	case constant && s.place.repeat:
		c.Warn(key, "shared-wait-key", "build it from what is different each time: (str \"approval:\" id)", "this wait may run more than once, with the same :key each time")
	case s.place.looping && !varies(key, s.place):
		c.Warn(key, "shared-wait-key", "build it from what is different each time: (str \"approval:\" id)", "this wait runs once a turn, and nothing in its :key changes from turn to turn")
	}
	for _, from := range []string{"event", "webhook"} {
		if constant && s.Config.Get(from) != nil {
			c.Warn(key, "shared-wait-key", "build it from what only this run has: (str \"payment:\" order-id)", "every run waits with this :key, and an :%s finds its run by it: it may end the wait of another one", from)
		}
	}
}

// varies tells whether a form may have another value on each turn of the loop that it stands in.
func varies(n *syntax.Node, p place) bool {
	switch n.Kind {
	case syntax.Symbol:
		return p.turn.Has(n.Name())
	case syntax.List:
		switch form.Head(n, p.scope) {
		case "flow/uuid", "flow/now-ms", "flow/now", "flow/rand", "flow/step", "deref", "swap!", "vswap!":
			return true
		}
		if h := n.Head(); h != nil && p.scope.Has(h.Name()) {
			return true // a function of the author's
		}
	}
	for _, item := range n.Items {
		if varies(item, p) {
			return true
		}
	}
	return false
}

// sharedKeys warns of waits that a single pass can go through one after the other, with the same :key.
func (c *checker) sharedKeys(sites []*Site) {
	type waiting struct {
		site *Site
		key  string
	}
	var waits []waiting
	for _, s := range sites {
		if s.Type != "wait" || s.Config == nil || s.Config.Kind != syntax.Map || s.Config.Get("key") == nil {
			continue
		}
		node := s.Config.Get("key")
		w := waiting{s, value.PrStr(nil, node.Datum())}
		if schema.Name.Is(node) {
			w.key = schema.TextOf(node)
		} else if fresh(node) || s.place.repeat { // the same text with other locals
			continue
		}
		for _, earlier := range waits {
			if earlier.key == w.key && !s.place.excludes(earlier.site.place) {
				c.Warn(node, "shared-wait-key", "give each wait a key of its own: what is sent twice for the first would decide the second",
					"the wait on line %d has the same :key", earlier.site.Node.Pos.Line)
				break
			}
		}
		waits = append(waits, w)
	}
}

// fresh tells whether a key's value differs wherever it is computed.
func fresh(key *syntax.Node) bool {
	return mentions([]*syntax.Node{key}, "flow/uuid") || mentions([]*syntax.Node{key}, "flow/now-ms") || mentions([]*syntax.Node{key}, "flow/rand")
}

// approvers checks who decides a wait, and how many of them it takes.
func (c *checker) approvers(m *syntax.Node) {
	approvers, quorum := m.Get("approvers"), m.Get("quorum")
	if quorum != nil && approvers == nil {
		c.Error(quorum, "missing-field", `add :approvers ["ann@example.com" ...]: each of them gets links of their own, and is told apart by them`, "a :quorum needs :approvers")
	}
	if approvers == nil {
		return
	}
	if m.Get("notify") == nil {
		c.Warn(approvers, "missing-field", "add :notify {...}: it is sent to each of them, with {{approver}} and their own links", "without :notify, no approver gets a link")
	}
	if approvers.Kind != syntax.Vector {
		return
	}
	seen := map[string]bool{}
	for _, who := range approvers.Items {
		if computed(who) {
			continue
		}
		name := schema.TextOf(who)
		switch {
		case !schema.Name.Is(who) || name == "" || len(name) > MaxApprover:
			c.Error(who, "wrong-type", "", "an approver must be a name of 1 to %d bytes, not %s", MaxApprover, schema.Found(who))
		case seen[name]:
			c.Error(who, "duplicate-approver", "name each approver once: one approver counts once", "the approver %s is named twice", schema.Quoted(name))
		}
		seen[name] = true
	}
	switch n := len(approvers.Items); {
	case n == 0 || n > MaxApprovers:
		c.Error(approvers, "out-of-range", "", ":approvers must name 1 to %d people", MaxApprovers)
	case quorum != nil && schema.Positive.Is(quorum) && schema.IntOf(quorum) > int64(n):
		c.Error(quorum, "out-of-range", "", "the :quorum is %d, and there are %d :approvers", schema.IntOf(quorum), n)
	}
}

// reminders checks what is sent while a wait goes on.
func (c *checker) reminders(m *syntax.Node, names []string) {
	remind := m.Get("remind")
	if remind == nil || remind.Kind != syntax.Vector {
		return
	}
	if len(remind.Items) > MaxReminders {
		c.Error(remind, "too-many", "", "a wait takes at most %d reminders", MaxReminders)
	}
	for _, one := range remind.Items {
		if computed(one) || !schema.Check(c.Report, one, "a reminder", schema.Map, `write {:after "1h"}, or {:after "1h" :notify {...}}`) {
			continue
		}
		c.fields(one, "a reminder", reminderFields)
		c.needs(one, "a reminder", "after")
		c.duration(one.Get("after"), "after", MaxWait, "30 days")
		c.reminderInTime(one.Get("after"), m.Get("timeout"))
		if one.Get("notify") == nil && m.Get("notify") == nil {
			c.Error(one, "missing-field", "add :notify {...} here or to the wait", "a reminder needs :notify, and its wait has none")
		}
		c.waitNotice(one.Get("notify"), names)
	}
}

// defaultWait is how long a wait without a :timeout lasts.
var defaultWait = value.String("24h")

// reminderInTime reports a reminder that would come when its wait is over.
func (c *checker) reminderInTime(after, timeout *syntax.Node) {
	most := defaultWait
	if timeout != nil {
		if timeout.Kind != syntax.Literal {
			return
		}
		most = timeout.Value
	}
	limit, err := schema.ParseDuration(most)
	if err != nil || after == nil || after.Kind != syntax.Literal {
		return
	}
	if d, err := schema.ParseDuration(after.Value); err == nil && d >= limit {
		c.Error(after, "out-of-range", "remind earlier, or raise the wait's :timeout", "the wait is over after %s, before this reminder", value.PrStr(nil, most))
	}
}
