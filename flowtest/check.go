package flowtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// Failure is one thing that isn't as a test expects.
type Failure struct {
	diagnostic.Diagnostic
	Path     string // where it is: ":result :approval :action"
	Expected string // EDN; "" where nothing was
	Actual   string
}

// The codes of failures.
const (
	codeMismatch = "test-mismatch" // something is not as expected
	codeFailed   = "test-run"      // the run ended otherwise than expected
	codeRefused  = "test-decision" // a decision was refused, or should have been
)

// checker compares an outcome with what is expected.
type checker struct {
	test     *Test
	out      outcome
	failures []Failure
}

// check finds everything that isn't as the test expects.
func (t *Test) check(o outcome) []Failure {
	c := &checker{test: t, out: o}
	c.ending()
	for _, r := range o.refused {
		c.add(r.decision.node, codeRefused, "", "%s", r.message)
	}
	if o.err != nil {
		return c.failures
	}
	c.path()
	c.decisions()
	c.requests()
	c.kv()
	c.took()
	return c.failures
}

func (c *checker) add(at *syntax.Node, code, hint, format string, args ...any) {
	c.failures = append(c.failures, Failure{Diagnostic: diagnostic.Diagnostic{
		Pos: at.Pos, End: at.End, Code: code, Hint: hint, Message: fmt.Sprintf(format, args...),
	}})
}

// differ takes mismatches over, under the name of what was compared.
func (c *checker) differ(name string, found []match.Mismatch) {
	for _, m := range found {
		path := strings.Join(append([]string{name}, m.Path...), " ")
		c.failures = append(c.failures, Failure{
			Diagnostic: diagnostic.Diagnostic{Pos: m.At.Pos, End: m.At.End, Code: codeMismatch, Message: path + ": " + m.Message},
			Path:       path, Expected: m.Expected, Actual: m.Actual,
		})
	}
}

// ending compares the result or the error.
func (c *checker) ending() {
	e, at := &c.test.expect, c.at()
	switch {
	case c.out.err != nil:
		c.add(at, codeFailed, "", "the run could not be run: %v", c.out.err)
	case c.out.failure != nil && e.failure == nil:
		c.add(at, codeFailed, c.unanswered(), "the run %s: %s", c.out.failure.Status, c.out.failure.Error())
	case c.out.failure != nil:
		c.failed(c.out.failure)
	case e.failure != nil:
		c.add(e.failure.Node, codeFailed, "", "expected the run to fail, and its result is %s", shorten(value.PrStr(nil, c.out.result)))
	default:
		if e.result != nil {
			c.differ(":result", e.result.Match(c.out.result))
		}
		if e.has != nil {
			c.differ(":result-has", e.has.Match(c.out.result))
		}
	}
}

// at is where to point to when the expectation has no part that fits.
func (c *checker) at() *syntax.Node {
	if c.test.expect.node != nil {
		head := *c.test.expect.node
		if head.End.Line != head.Pos.Line {
			head.End = value.Pos{}
		}
		return &head
	}
	return c.test.Node
}

// failed compares the run's error: by its code, or as a map.
func (c *checker) failed(f *worker.RunError) {
	p := c.test.expect.failure
	if schema.Name.Is(p.Node) {
		if code := codeOf(f); code != schema.TextOf(p.Node) {
			c.add(p.Node, codeFailed, c.unanswered(), "expected the run to fail with %s, and it failed with %s: %s", schema.TextOf(p.Node), code, f.Message)
		}
		return
	}
	c.differ(":error", p.Match(errorValue(f)))
}

// codeOf is an error's code; of a run that was cancelled, its status.
func codeOf(f *worker.RunError) string {
	if f.Code == "" {
		return f.Status
	}
	return f.Code
}

// errorValue is a run's error as a value: :code :message :status, and what else is known, like :data and :position.
func errorValue(f *worker.RunError) value.Value {
	m := value.EmptyMap
	if len(f.Detail) > 0 && json.Valid(f.Detail) {
		if v, err := wire.FromJSON(f.Detail, wire.JSONLimits{}); err == nil {
			if known, ok := v.AsMap(); ok {
				m = known
			}
		}
	}
	m = m.Assoc(nil, value.Kw("code"), value.String(codeOf(f))).Assoc(nil, value.Kw("status"), value.String(f.Status))
	if m.GetKw("message").IsNil() {
		m = m.Assoc(nil, value.Kw("message"), value.String(f.Message))
	}
	return value.Of(m)
}

// unanswered names a request that no stand-in took: often the reason of all the rest.
func (c *checker) unanswered() string {
	for _, s := range c.out.sent {
		if s.status == 404 && c.test.Book.Has(s.slot) {
			return fmt.Sprintf("%s was answered 404: is there a stub for it?", s.line())
		}
		if s.status == 404 {
			return fmt.Sprintf("%s has no stubs: add [:%s %q] under :%s", s.line(), strings.ToLower(s.method), s.path, s.slot)
		}
	}
	return ""
}

// kv compares what KV holds after the run.
func (c *checker) kv() {
	for _, e := range c.test.expect.kv {
		v, ok := c.out.kv[e.key]
		if !ok && e.pattern.Node.Kind == syntax.Literal && e.pattern.Node.Value.IsNil() {
			continue
		}
		if !ok {
			c.differ(":kv "+e.key, []match.Mismatch{{
				At: e.pattern.Node, Expected: match.Source(e.pattern.Node), Message: "expected " + shorten(match.Source(e.pattern.Node)) + ", and KV has no such key",
			}})
			continue
		}
		c.differ(":kv "+e.key, e.pattern.Match(v))
	}
}

// took compares how long the run took by its own clock: as a duration, or in milliseconds.
func (c *checker) took() {
	p := c.test.expect.took
	if p == nil {
		return
	}
	if text, ok := stringOf(p.Node); ok {
		if want, _ := schema.ParseDuration(value.String(text)); want != c.out.took {
			c.differ(":took", []match.Mismatch{{At: p.Node, Expected: want.String(), Actual: c.out.took.String(), Message: fmt.Sprintf("expected %v, got %v", want, c.out.took)}})
		}
		return
	}
	c.differ(":took", p.Match(value.Int(int64(c.out.took/time.Millisecond))))
}

// maxShown bounds a value in a message.
const maxShown = 400

func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return text
}
