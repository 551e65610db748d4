package flowtest

import (
	"slices"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/flowtest/match"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// expectation is what a test expects. What it doesn't name may be anything; but a run that fails is never expected unless
// :error says so.
type expectation struct {
	node                    *syntax.Node
	result, has             *match.Pattern
	failure                 *match.Pattern
	path, steps             *match.Pattern // of vectors
	decisions               []expectedDecision
	requests, notifications *match.Pattern // of vectors or sets
	kv                      []expectedEntry
	took                    *match.Pattern
}

// expectedDecision is what a label has to have been answered, each time.
type expectedDecision struct {
	label   string
	answers *match.Pattern // text for every time, a vector for each time, nil for never
}

type expectedEntry struct {
	key     string
	pattern *match.Pattern
}

// expectForm is an expectation as it is read.
type expectForm struct {
	result, has, failure, path, steps, decisions, requests, notifications, kv, took *syntax.Node
}

var several = schema.Either(schema.Vector, schema.Set)

var expectTable = schema.Table[expectForm]{
	{Name: "result", Shape: schema.Any, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.result })},
	{Name: "result-has", Shape: schema.Any, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.has })},
	{Name: "error", Shape: schema.Any, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.failure })},
	{Name: "path", Shape: schema.Vector, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.path })},
	{Name: "steps", Shape: schema.Vector, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.steps })},
	{Name: "decisions", Shape: schema.Map, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.decisions })},
	{Name: "requests", Shape: several, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.requests })},
	{Name: "notifications", Shape: several, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.notifications })},
	{Name: "kv", Shape: schema.Map, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.kv })},
	{Name: "took", Shape: schema.Any, Set: schema.IntoNode(func(f *expectForm) **syntax.Node { return &f.took })},
}

func (r *reader) expectation(n *syntax.Node) expectation {
	var f expectForm
	expectTable.Read(&r.Report, n, "an expectation", &f)
	plain := match.Options{Plain: true}
	partial := match.Options{Plain: true, Partial: true}
	e := expectation{node: n}
	e.result, e.has, e.failure = r.pattern(f.result, plain), r.pattern(f.has, partial), r.pattern(f.failure, partial)
	e.requests, e.notifications = r.pattern(f.requests, partial), r.pattern(f.notifications, partial)
	e.path, e.steps, e.took = r.pattern(f.path, partial), r.pattern(f.steps, partial), r.pattern(f.took, partial)
	if f.failure != nil && (f.result != nil || f.has != nil) {
		r.Error(f.failure, "test-expectation", "keep one of them", "a run has a result or an error")
	}
	r.checkPath(f.path, true)
	r.checkPath(f.steps, false)
	r.checkSent(f.requests)
	r.checkSent(f.notifications)
	if f.decisions != nil {
		e.decisions = r.expectedDecisions(f.decisions)
	}
	if f.kv != nil {
		for i := 0; i+1 < len(f.kv.Items); i += 2 {
			if key, ok := r.kvKey(f.kv.Items[i]); ok {
				e.kv = append(e.kv, expectedEntry{key, r.pattern(f.kv.Items[i+1], match.Options{})})
			}
		}
	}
	if text, ok := stringOf(f.took); ok {
		if _, err := schema.ParseDuration(value.String(text)); err != nil {
			r.Error(f.took, "wrong-type", "", ":took: %v", err)
		}
	}
	return e
}

func (r *reader) pattern(n *syntax.Node, opt match.Options) *match.Pattern {
	if n == nil {
		return nil
	}
	p, problems := match.Compile(n, opt)
	r.Add(problems)
	return p
}

// checkPath looks for steps, labels and answers that the flow doesn't have.
func (r *reader) checkPath(n *syntax.Node, decisions bool) {
	if n == nil {
		return
	}
	for _, item := range n.Items {
		switch {
		case schema.Keyword.Is(item):
			r.step(item)
		case item.Kind == syntax.Map:
			if id := item.Get("step"); id != nil && schema.Keyword.Is(id) {
				r.step(id)
			}
		case item.Kind == syntax.Vector && decisions && len(item.Items) == 2:
			r.decided(item.Items[0], item.Items[1])
		case item.IsSymbol("..."), item.IsSymbol("_"):
		default:
			r.Error(item, "test-expectation", `write :step-id, {:step :step-id :state :failed}, ["Question?" "answer"] or ...`, "%s is no part of a path", schema.Found(item))
		}
	}
}

// decided checks a label and an answer to it.
func (r *reader) decided(label, answer *syntax.Node) {
	text, ok := stringOf(label)
	if !ok {
		return
	}
	m, known := r.marks[text]
	if !known {
		var names []string
		for name := range r.marks {
			names = append(names, name)
		}
		slices.Sort(names)
		hint := ""
		if near := schema.Nearest(text, names); near != "" {
			hint = "did you mean " + schema.Quoted(near) + "?"
		}
		r.Error(label, "test-unknown-decision", hint, "the flow has no decision %s", schema.Quoted(text))
		return
	}
	if given, ok := stringOf(answer); ok && given != m.yes && given != m.no {
		r.Error(answer, "test-unknown-decision", "", "%s is answered %s or %s", schema.Quoted(text), schema.Quoted(m.yes), schema.Quoted(m.no))
	}
}

func (r *reader) expectedDecisions(n *syntax.Node) []expectedDecision {
	var out []expectedDecision
	for i := 0; i+1 < len(n.Items); i += 2 {
		label, answers := n.Items[i], n.Items[i+1]
		text, ok := stringOf(label)
		if !ok {
			r.Error(label, "test-expectation", `write {"Question?" "answer"}`, "a decision is named by its label, which is text")
			continue
		}
		r.decided(label, answers)
		for _, one := range answers.Items {
			r.decided(label, one)
		}
		out = append(out, expectedDecision{text, r.pattern(answers, match.Options{Plain: true})})
	}
	return out
}

// sentFields are what is known of a request.
var sentFields = []string{"slot", "method", "path", "query", "headers", "body", "status", "step", "occurrence", "idempotency-key", "authorized", "approver", "reminder"}

// checkSent looks for fields that no request has, and for slots and steps that the flow doesn't have.
func (r *reader) checkSent(n *syntax.Node) {
	if n == nil {
		return
	}
	for _, item := range n.Items {
		if item.Kind != syntax.Map {
			continue
		}
		for i := 0; i+1 < len(item.Items); i += 2 {
			key, v := item.Items[i], item.Items[i+1]
			switch {
			case !slices.Contains(sentFields, key.Name()):
				schema.UnknownKey(&r.Report, key, "a request", sentFields)
			case key.Name() == "slot" && schema.Keyword.Is(v):
				r.slot(v)
			case key.Name() == "step" && schema.Keyword.Is(v):
				r.step(v)
			}
		}
	}
}
