package flowtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Test is one run of a flow, and what is expected of it.
type Test struct {
	Name string
	Node *syntax.Node // of the name

	Input       value.Value // a map
	Invocation  string      // "" for the flow's usual one
	Now         time.Time   // when the run begins
	Book        *standin.Book
	KV          []entry // what KV holds before
	Answers     map[string][]answer
	Waits       map[string][]decision
	CancelAfter time.Duration // 0: never

	expect expectation
}

// entry is a key of KV with its value.
type entry struct {
	key   string
	value value.Value
}

// Began is when runs begin by their own clock, where a test doesn't say.
var Began = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// fileForm is what a test file holds.
type fileForm struct {
	flow, stubs, defaults, tests *syntax.Node
}

var fileTable = schema.Table[fileForm]{
	{Name: "flow", Shape: schema.Text, Set: schema.IntoNode(func(f *fileForm) **syntax.Node { return &f.flow })},
	{Name: "stubs", Shape: schema.Either(schema.Map, schema.Text), Set: schema.IntoNode(func(f *fileForm) **syntax.Node { return &f.stubs })},
	{Name: "defaults", Shape: schema.Map, Set: schema.IntoNode(func(f *fileForm) **syntax.Node { return &f.defaults })},
	{Name: "tests", Required: true, Shape: schema.Vector, Hint: `write :tests [{:name "..." :input {...} :expect {:result ...}}]`,
		Set: schema.IntoNode(func(f *fileForm) **syntax.Node { return &f.tests })},
}

// testForm is a test as it is read.
type testForm struct {
	name, input, invocation, now, stubs, kv, answers, waits, cancel, expect *syntax.Node
}

var instant = schema.Shape{Says: `an instant like #inst "2026-01-01T09:00:00Z"`, Is: func(n *syntax.Node) bool {
	_, ok := n.Value.AsInst()
	return n.Kind == syntax.Literal && ok
}}

var testTable = schema.Table[testForm]{
	{Name: "name", Shape: schema.Text, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.name })},
	{Name: "input", Shape: schema.Map, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.input })},
	{Name: "invocation", Shape: schema.Name, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.invocation })},
	{Name: "now", Shape: instant, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.now })},
	{Name: "stubs", Shape: schema.Either(schema.Map, schema.Text), Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.stubs })},
	{Name: "kv", Shape: schema.Map, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.kv })},
	{Name: "answers", Shape: schema.Map, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.answers })},
	{Name: "waits", Shape: schema.Map, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.waits })},
	{Name: "cancel-after", Shape: schema.Text, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.cancel })},
	{Name: "expect", Shape: schema.Map, Set: schema.IntoNode(func(f *testForm) **syntax.Node { return &f.expect })},
}

// reader reads one test file and notes every problem on the way.
type reader struct {
	schema.Report
	suite *Suite
	steps map[string]string // the flow's step ids, with their types
	known bool              // no step's id is computed
	marks map[string]mark   // the flow's labelled decisions
}

func (r *reader) file(nodes []*syntax.Node) {
	if len(nodes) == 0 {
		r.Add(problem(r.suite.File, "test-shape", "the file is empty", `write {:tests [{:name "..." :input {...} :expect {:result ...}}]}`))
		return
	}
	if len(nodes) > 1 {
		r.Error(nodes[1], "test-shape", "", "a test file holds one map, and this is a second form")
	}
	var f fileForm
	fileTable.Read(&r.Report, nodes[0], "a test file", &f)
	if f.tests == nil || !r.flow(f.flow, nodes[0]) {
		return
	}
	r.suite.Book = r.book(f.stubs, r.beside())
	defaults := &Test{Now: Began, Book: r.suite.Book, Input: value.Of(value.EmptyMap), Answers: map[string][]answer{}, Waits: map[string][]decision{}}
	if f.defaults != nil {
		r.test(f.defaults, "the :defaults", defaults)
	}
	names := map[string]bool{}
	schema.Entries(&r.Report, f.tests, "a test", func(n *syntax.Node) {
		t := defaults.copy()
		r.test(n, "a test", t)
		switch {
		case t.Node == nil:
			r.Error(n, "missing-field", `add :name "what it shows"`, "a test needs :name")
			return
		case names[t.Name]:
			r.Error(t.Node, "test-duplicate", "", "another test has the name %s", schema.Quoted(t.Name))
		}
		names[t.Name] = true
		r.suite.Tests = append(r.suite.Tests, t)
	})
}

// flow loads the flow that the file is about.
func (r *reader) flow(named, file *syntax.Node) bool {
	path, ok := stringOf(named)
	if ok {
		path = filepath.Join(filepath.Dir(r.suite.File), path)
	} else {
		var err error
		if path, err = flowFile(r.suite.File); err != nil {
			r.Error(file, "test-flow", `add :flow "the-flow.edn"`, "there is no flow to test: %v", err)
			return false
		}
	}
	f, problems := definition.Load(path)
	if f == nil {
		r.Add(problems)
		return false
	}
	r.suite.Flow = f
	r.steps, r.known = map[string]string{}, true
	for _, s := range f.Steps {
		if s.ID == "" {
			r.known = false
		}
		r.steps[s.ID] = s.Type
	}
	r.calls(f.Body)
	r.marks = marksOf(f.Body)
	return true
}

// calls notes the flows that a body calls, by their slugs, as steps.
func (r *reader) calls(body *syntax.Node) {
	walk(body, func(n *syntax.Node) {
		if n.Kind != syntax.List || len(n.Items) < 2 || n.Items[0].Name() != "flow/call-flow" {
			return
		}
		slug := n.Items[1]
		if slug.Kind == syntax.Map {
			slug = slug.Get("flow-slug")
		}
		if slug == nil || !schema.Name.Is(slug) {
			r.known = false
			return
		}
		r.steps[schema.TextOf(slug)] = "call-flow"
	})
}

// beside is the stubs file of the flow's folder, if there is one.
func (r *reader) beside() *standin.Book {
	path := filepath.Join(filepath.Dir(r.suite.Flow.File), "stubs.edn")
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	book, problems := standin.Load(path)
	r.Add(problems)
	return book
}

// book reads stubs, written out or as the name of a file, and lays them over others.
func (r *reader) book(n *syntax.Node, under *standin.Book) *standin.Book {
	if n == nil {
		return under
	}
	if path, ok := stringOf(n); ok {
		book, problems := standin.Load(filepath.Join(filepath.Dir(r.suite.File), path))
		if len(problems) > 0 && problems[0].Code == "stubs-unreadable" {
			r.Error(n, "stubs-unreadable", "the path is relative to the test file", "%s", problems[0].Message)
			return under
		}
		r.Add(problems)
		return book.Over(under)
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		r.slot(n.Items[i])
	}
	book, problems := standin.Read(r.suite.Text, n)
	r.Add(problems)
	return book.Over(under)
}

// slot checks the name of one.
func (r *reader) slot(n *syntax.Node) {
	var names []string
	for _, s := range r.suite.Flow.Requires {
		if s.Slot == n.Name() {
			return
		}
		names = append(names, s.Slot)
	}
	r.Error(n, "test-unknown-slot", near(n.Name(), names), "the flow has no slot :%s", n.Name())
}

// copy is a test that may be changed without changing t.
func (t *Test) copy() *Test {
	c := *t
	c.Answers, c.Waits = map[string][]answer{}, map[string][]decision{}
	for id, list := range t.Answers {
		c.Answers[id] = list
	}
	for id, list := range t.Waits {
		c.Waits[id] = list
	}
	c.KV = append([]entry(nil), t.KV...)
	return &c
}

// test reads a test over what t holds already.
func (r *reader) test(n *syntax.Node, what string, t *Test) {
	var f testForm
	testTable.Read(&r.Report, n, what, &f)
	if f.name != nil {
		t.Name, t.Node = schema.TextOf(f.name), f.name
	}
	if f.input != nil {
		given, _ := r.data(f.input).AsMap()
		m, _ := t.Input.AsMap()
		if given != nil {
			given.Each(func(k, v value.Value) bool {
				m = m.Assoc(nil, k, v)
				return true
			})
		}
		t.Input = value.Of(m)
	}
	if f.invocation != nil {
		t.Invocation = schema.TextOf(f.invocation)
		r.invocation(f.invocation)
	}
	if f.now != nil {
		t.Now, _ = f.now.Value.AsInst()
	}
	t.Book = r.book(f.stubs, t.Book)
	r.entries(f.kv, t)
	r.answers(f.answers, t)
	r.waits(f.waits, t)
	if f.cancel != nil {
		d, err := schema.ParseDuration(f.cancel.Value)
		if err != nil {
			r.Error(f.cancel, "wrong-type", "", ":cancel-after: %v", err)
		}
		t.CancelAfter = d
	}
	if f.expect != nil {
		t.expect = r.expectation(f.expect)
	}
}

func (r *reader) invocation(n *syntax.Node) {
	var names []string
	for id := range r.suite.Flow.Invocations {
		names = append(names, id)
	}
	if _, ok := r.suite.Flow.Invocations[schema.TextOf(n)]; !ok {
		r.Error(n, "test-unknown-invocation", near(schema.TextOf(n), names), "the flow has no invocation :%s", schema.TextOf(n))
	}
}

// entries reads what KV holds before the run.
func (r *reader) entries(n *syntax.Node, t *Test) {
	if n == nil {
		return
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		if key, ok := r.kvKey(n.Items[i]); ok {
			t.KV = append(t.KV, entry{key, r.data(n.Items[i+1])})
		}
	}
}

func (r *reader) kvKey(n *syntax.Node) (string, bool) {
	key := schema.TextOf(n)
	if err := store.CheckKey(key); err != nil {
		r.Error(n, "test-kv-key", "", "%v", err)
		return "", false
	}
	return key, true
}

// data reads a form as data: nothing in it may be code.
func (r *reader) data(n *syntax.Node) value.Value {
	v, ok, problems := syntax.ReadValue(n.Pos.File, r.suite.Text[n.Start:n.Stop])
	if !ok {
		message := "this is no data"
		if len(problems) > 0 {
			message = problems[0].Message
		}
		r.Error(n, "test-data", "", "%s", message)
	}
	return v
}

// step checks the id of one.
func (r *reader) step(n *syntax.Node) (id, typ string, ok bool) {
	id = schema.TextOf(n)
	typ, ok = r.steps[id]
	if of, _, isItem := strings.Cut(id, "."); isItem && r.steps[of] == "fanout" {
		return id, "call-flow", true
	}
	if ok || !r.known {
		return id, typ, true
	}
	var names []string
	for name := range r.steps {
		names = append(names, name)
	}
	r.Error(n, "test-unknown-step", near(id, names), "the flow has no step :%s", id)
	return id, "", false
}

// near is the hint for a name that isn't known.
func near(text string, names []string) string {
	if name := schema.Nearest(text, names); name != "" {
		return fmt.Sprintf("did you mean :%s?", name)
	}
	return ""
}
