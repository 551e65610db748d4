package flowtest

import (
	"slices"
	"strings"

	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/worker"
)

// place is one step or labelled decision of a run's way.
type place struct {
	short value.Value // :fetch-order, ["Question?" "answer"]
	long  value.Value // what an expectation may name by a map
	step  bool
}

// places are the steps, waits and decisions of a timeline in their order; notifications of waits go with their waits.
func places(t worker.Timeline) []place {
	var out []place
	for _, e := range t.Entries {
		switch {
		case e.Kind == worker.KindDecision:
			pair := value.NewVector(value.String(e.Label), value.String(e.Answer))
			out = append(out, place{short: pair, long: value.NewMap(value.Kw("decision"), value.String(e.Label), value.Kw("answer"), value.String(e.Answer))})
		case e.Kind == worker.KindNote, isNotice(e.Step):
		default:
			out = append(out, place{short: stepName(e.Step), long: entryValue(e), step: true})
		}
	}
	return out
}

func isNotice(step string) bool {
	_, ok := worker.NoticeOf(step)
	return ok
}

// stepName is a step's id as a test writes it. What a :fanout calls for its first item, lines/0, is :lines.0; a packaged step keeps its namespace.
func stepName(id string) value.Value {
	if i := strings.LastIndexByte(id, '/'); i >= 0 && strings.Trim(id[i+1:], "0123456789") == "" {
		id = id[:i] + "." + id[i+1:]
	}
	return value.Kw(id)
}

// entryValue is a step of the timeline as a value.
func entryValue(e worker.Entry) value.Value {
	pairs := []value.Value{
		value.Kw("step"), stepName(e.Step), value.Kw("state"), value.String(e.State), value.Kw("occurrence"), value.Int(int64(max(e.Occurrence, 1))),
	}
	for _, f := range []struct{ name, text string }{
		{"type", e.Type}, {"title", e.Title}, {"code", e.Code}, {"error", e.Error}, {"by", e.By}, {"action", e.Action}, {"key", e.Key},
	} {
		if f.text != "" {
			pairs = append(pairs, value.Kw(f.name), value.String(f.text))
		}
	}
	if e.Attempts > 0 {
		pairs = append(pairs, value.Kw("attempts"), value.Int(int64(e.Attempts)))
	}
	return value.NewMap(pairs...)
}

// path compares the way that the run took.
func (c *checker) path() {
	all := places(c.out.timeline)
	c.way(":path", c.test.expect.path, all)
	c.way(":steps", c.test.expect.steps, slices.DeleteFunc(slices.Clone(all), func(p place) bool { return !p.step }))
}

func (c *checker) way(name string, p *match.Pattern, way []place) {
	if p == nil {
		return
	}
	c.differ(name, p.MatchAll(len(way), func(i int) string { return value.PrStr(nil, way[i].short) }, func(item *match.Pattern, i int) []match.Mismatch {
		if item.IsMap() {
			return item.Match(way[i].long)
		}
		return item.Match(way[i].short)
	}))
}

// decisions compares how the labelled branches went.
func (c *checker) decisions() {
	given := map[string][]value.Value{}
	for _, e := range c.out.timeline.Entries {
		if e.Kind == worker.KindDecision {
			given[e.Label] = append(given[e.Label], value.String(e.Answer))
		}
	}
	for _, d := range c.test.expect.decisions {
		name, answers := ":decisions "+value.PrStr(nil, value.String(d.label)), given[d.label]
		node := d.answers.Node
		switch {
		case d.answers.IsVector():
			c.differ(name, d.answers.Match(value.VectorFrom(answers)))
		case node.Kind == syntax.Literal && node.Value.IsNil():
			if len(answers) > 0 {
				c.differ(name, d.answers.Match(answers[0]))
			}
		case len(answers) == 0:
			c.differ(name, []match.Mismatch{{At: node, Expected: match.Source(node), Message: "expected " + match.Source(node) + ", and the run never came there"}})
		default:
			for _, a := range answers {
				if found := d.answers.Match(a); len(found) > 0 {
					c.differ(name, found)
					break
				}
			}
		}
	}
}

// requests compares what was sent: everything, and the notifications among it.
func (c *checker) requests() {
	c.sent(":requests", c.test.expect.requests, c.out.sent)
	c.sent(":notifications", c.test.expect.notifications, slices.DeleteFunc(slices.Clone(c.out.sent), func(s sent) bool { return !s.notifies() }))
}

func (c *checker) sent(name string, p *match.Pattern, list []sent) {
	if p == nil {
		return
	}
	if !p.IsVector() {
		values := make([]value.Value, len(list))
		for i, s := range list {
			values[i] = s.value()
		}
		c.differ(name, p.Match(value.VectorFrom(values)))
		return
	}
	c.differ(name, p.MatchAll(len(list), func(i int) string { return list[i].line() }, func(item *match.Pattern, i int) []match.Mismatch {
		return item.Match(list[i].value())
	}))
}
