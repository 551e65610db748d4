package activities

import (
	"fmt"
	"sort"
	"strings"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/definition/body"
	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Plan is what a run records of its definition, once: all that a replay needs, anywhere and without a store. Its JSON is in
// histories.
type Plan struct {
	Version   int    `json:"v"`
	Digest    string `json:"d"`
	Semantics int    `json:"i"`           // interpreter.SemanticsVersion of the worker that began the run
	Name      string `json:"n,omitempty"` // for people; empty if it is the slug
	// Essence is the body's text with its place, the inputs and the concurrency, compressed: see pack.
	Essence string `json:"b"`
	// Methods are those of http-request templates, in lower case, by id; GET is left out.
	Methods map[string]string `json:"m,omitempty"`
	// Go are the functions in Go, by id: they run as regular activities.
	Go []string `json:"g,omitempty"`
	// Bound are the slots that had all that they need when the run began, in their order.
	Bound []string `json:"s,omitempty"`
	// Lanes is what entries do about a busy lane: 0 refuse, 1 queue or supersede.
	Lanes int `json:"l,omitempty"`
	// Calls is what a call of another flow does that takes too long: 0 goes on at once, 1 waits for the called run's finally parts.
	Calls int `json:"e,omitempty"`
	// Waits is what waits do about :approvers, :quorum and :remind: 0 nothing, 1 as they say.
	Waits int `json:"w,omitempty"`
	// Turns is what a run that is continued as new remembers of its lines: 0 when they went on with something from outside, 1
	// also when they began and joined.
	Turns int `json:"t,omitempty"`
	// Fence, of a run that may be superseded, tells its KV writes from those of the runs before and after it in its lane.
	Fence int64 `json:"f,omitempty"`
	// SearchAttributes is the worker's to set: whether runs may set theirs.
	SearchAttributes bool `json:"a,omitempty"`
	// ContinueAfter is the worker's to set, too: after how many events the run is continued as new; 0 for the usual number.
	ContinueAfter int `json:"c,omitempty"`
}

// input is a definition.Input, less what only forms show.
type input struct {
	Name     string   `json:"n"`
	Type     string   `json:"t,omitempty"` // "" for text
	Required bool     `json:"r,omitempty"`
	Default  *wire.V  `json:"d,omitempty"`
	Options  []wire.V `json:"o,omitempty"`
}

const plainType = "text"

// NewPlan makes the plan of a version; bound tells which slots have all that they need.
func NewPlan(f *definition.Flow, version int, bound func(slot string) bool) (Plan, error) {
	p := Plan{Version: version, Digest: f.Digest, Semantics: interpreter.SemanticsVersion, Lanes: 1, Calls: 1, Waits: 1, Turns: 1, Methods: map[string]string{}}
	if f.Name != f.Slug {
		p.Name = f.Name
	}
	for id, t := range f.Templates {
		if m, ok := t.Request.AsMap(); ok {
			if method := strings.ToLower(textOf(m.GetKw("method"))); method != "" && method != "get" {
				p.Methods[id] = method
			}
		}
	}
	for id, function := range f.Functions {
		if function.Language == definition.Go {
			p.Go = append(p.Go, id)
		}
	}
	sort.Strings(p.Go)
	for _, s := range f.Requires {
		if bound(s.Slot) {
			p.Bound = append(p.Bound, s.Slot)
		}
	}
	sort.Strings(p.Bound)
	var err error
	p.Essence, err = packs.of(f)
	return p, err
}

// Flow makes the plan's part of the definition usable again: inputs, concurrency and the compiled body, with
// the positions that they have in the definition's text. Nothing else of a Flow is there.
func (p Plan) Flow(slug string) (*definition.Flow, error) {
	e, err := unpack(p.Essence)
	if err != nil {
		return nil, err
	}
	f := &definition.Flow{
		Slug: slug, Name: p.Name, File: e.File, Digest: p.Digest, Concurrency: e.Concurrency, Invocations: map[string]*definition.Invocation{},
	}
	if f.Name == "" {
		f.Name = slug
	}
	for id, inputs := range e.Invocations {
		f.Invocations[id] = &definition.Invocation{ID: id, Inputs: unpackInputs(inputs)}
	}
	// White space puts the body where it stood.
	text := strings.Repeat("\n", max(e.Line-1, 0)) + strings.Repeat(" ", max(e.Col-1, 0)) + e.Body
	forms, problems := syntax.Read(e.File, []byte(text))
	if problems.HasErrors() {
		return nil, fmt.Errorf("read the plan's body: %w", problems)
	}
	if len(forms) != 1 {
		return nil, fmt.Errorf("read the plan's body: it holds %d forms", len(forms))
	}
	steps, err := e.packaged()
	if err != nil {
		return nil, err
	}
	f.Body, _ = body.Unpack(forms[0], steps)
	program, problems := definition.CompileBody(f.Body)
	if problems.HasErrors() {
		return nil, fmt.Errorf("compile the plan's body: %w", problems)
	}
	f.Program = program
	return f, nil
}

func unpackInputs(inputs []input) []definition.Input {
	out := make([]definition.Input, len(inputs))
	for i, in := range inputs {
		out[i] = definition.Input{Name: in.Name, Type: in.Type, Required: in.Required}
		if in.Type == "" {
			out[i].Type = plainType
		}
		if in.Default != nil {
			out[i].Default, out[i].HasDefault = in.Default.Value, true
		}
		for _, o := range in.Options {
			out[i].Options = append(out[i].Options, definition.Option{Value: o.Value, Label: textOf(o.Value)})
		}
	}
	return out
}

// textOf is the text of a string or the name of a keyword, "" for anything else.
func textOf(v value.Value) string {
	if k, ok := v.AsKeyword(); ok {
		return k.FullName()
	}
	s, _ := v.AsString()
	return s
}
