package activities

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/weir-run/weir/definition"
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
	// Essence is the body's text with its place, the inputs and the concurrency, compressed.
	Essence string `json:"b"`
	// Methods are those of http-request templates, in lower case, by id; GET is left out.
	Methods map[string]string `json:"m,omitempty"`
	// Bound are the slots that had all that they need when the run began, in their order.
	Bound []string `json:"s,omitempty"`
	// SearchAttributes is the worker's to set: whether runs may set theirs.
	SearchAttributes bool `json:"a,omitempty"`
}

// essence is what Plan.Essence holds.
type essence struct {
	File        string                 `json:"f,omitempty"`
	Line        int                    `json:"l"`
	Col         int                    `json:"c"`
	Body        string                 `json:"b"`
	Concurrency definition.Concurrency `json:"k"`
	Invocations map[string][]input     `json:"i,omitempty"`
}

// input is a definition.Input, less what only forms show.
type input struct {
	Name     string   `json:"n"`
	Type     string   `json:"t,omitempty"` // "" for text
	Required bool     `json:"r,omitempty"`
	Default  *wire.V  `json:"d,omitempty"`
	Options  []wire.V `json:"o,omitempty"`
}

// maxEssence bounds what is decompressed: a body is smaller than a definition may be, inputs included.
const maxEssence = 4 * definition.MaxDefinition

const plainType = "text"

// NewPlan makes the plan of a version; bound tells which slots have all that they need.
func NewPlan(f *definition.Flow, version int, bound func(slot string) bool) (Plan, error) {
	p := Plan{Version: version, Digest: f.Digest, Semantics: interpreter.SemanticsVersion, Methods: map[string]string{}}
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
	for _, s := range f.Requires {
		if bound(s.Slot) {
			p.Bound = append(p.Bound, s.Slot)
		}
	}
	sort.Strings(p.Bound)
	body, at := f.BodySource()
	e := essence{
		File: f.File, Line: at.Line, Col: at.Col, Body: string(body),
		Concurrency: f.Concurrency, Invocations: map[string][]input{},
	}
	for id, invocation := range f.Invocations {
		e.Invocations[id] = packInputs(invocation.Inputs)
	}
	var err error
	p.Essence, err = pack(e)
	return p, err
}

func packInputs(inputs []definition.Input) []input {
	out := []input{}
	for _, in := range inputs {
		packed := input{Name: in.Name, Type: in.Type, Required: in.Required}
		if in.Type == plainType {
			packed.Type = ""
		}
		if in.HasDefault {
			packed.Default = &wire.V{Value: in.Default}
		}
		for _, o := range in.Options {
			packed.Options = append(packed.Options, wire.V{Value: o.Value})
		}
		out = append(out, packed)
	}
	return out
}

func pack(e essence) (string, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("pack the plan: %w", err)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", fmt.Errorf("pack the plan: %w", err)
	}
	return base64.RawStdEncoding.EncodeToString(b.Bytes()), nil
}

func unpack(text string) (essence, error) {
	var e essence
	packed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return e, fmt.Errorf("unpack the plan: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxEssence+1))
	if err == nil && len(data) > maxEssence {
		err = errors.New("it is too large")
	}
	if err == nil {
		err = json.Unmarshal(data, &e)
	}
	if err != nil {
		return e, fmt.Errorf("unpack the plan: %w", err)
	}
	return e, nil
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
	f.Body = forms[0]
	program, problems := interpreter.Compile(f.Body, interpreter.Options{Natives: definition.FlowFunctions, Macros: definition.FlowMacros})
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
