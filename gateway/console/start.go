package console

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// startPage is the form that starts a run: the flow's :manual interface.
type startPage struct {
	Slug, Name, Label string
	Fields            []startField
	Problem           string
	Once              string // two posts of one form start one run
	CSRF              string
}

// startField is one input as the form asks for it.
type startField struct {
	definition.Input
	Typed   string // what is filled in
	Problem string
}

// Control is how the form asks for the field.
func (f startField) Control() string {
	switch f.Type {
	case "boolean", "checkbox":
		return "checkbox"
	case "select", "textarea":
		return f.Type
	case "json":
		return "textarea"
	}
	return "input"
}

// InputType is the type of an input element.
func (f startField) InputType() string {
	switch f.Type {
	case "email", "date", "time":
		return f.Type
	case "password", "secret":
		return "password"
	}
	return "text"
}

// Field is its name in the form.
func (f startField) Field() string { return "field-" + f.Input.Name }

// manual finds a flow's :manual interface with the inputs that it takes; nil where it has none.
func (c *Console) manual(ctx context.Context, slug string) (*definition.Flow, *definition.Invocation, error) {
	version, err := c.Flows.Live(ctx, slug)
	if err != nil || version == 0 {
		return nil, nil, err
	}
	f, err := c.Flows.Get(ctx, slug, version)
	if err != nil || f.Manual == nil || !f.Manual.Enabled || f.Invocations[f.Manual.Invocation] == nil {
		return nil, nil, err
	}
	return f, f.Invocations[f.Manual.Invocation], nil
}

func (c *Console) showStart(w http.ResponseWriter, r *http.Request, s session) {
	f, invocation, err := c.manual(r.Context(), r.URL.Query().Get("flow"))
	switch {
	case err != nil:
		c.fault(w, err)
	case f == nil:
		c.noManual(w)
	default:
		c.renderStart(w, http.StatusOK, s, startPageOf(f, invocation, nil))
	}
}

func (c *Console) noManual(w http.ResponseWriter) {
	c.notice(w, http.StatusNotFound, "There is no such form", "No flow of that name is deployed here that has a :manual interface.")
}

func (c *Console) renderStart(w http.ResponseWriter, status int, s session, p *startPage) {
	p.CSRF = s.csrf
	if p.Once == "" {
		p.Once = rand.Text()
	}
	c.render(w, status, "start", "Start "+p.Name, s, p)
}

// startPageOf is the form, empty, or with what was typed.
func startPageOf(f *definition.Flow, invocation *definition.Invocation, typed url.Values) *startPage {
	p := &startPage{Slug: f.Slug, Name: f.Name, Label: f.Manual.Label, Once: typed.Get("once")}
	for _, in := range invocation.Inputs {
		field := startField{Input: in}
		switch {
		case typed != nil && field.InputType() != "password":
			field.Typed = typed.Get(field.Field())
		case in.HasDefault:
			field.Typed = shown(in)
		}
		p.Fields = append(p.Fields, field)
	}
	return p
}

// shown is a field's default as the form shows it.
func shown(in definition.Input) string {
	if in.Type == "select" {
		if i := slices.IndexFunc(in.Options, func(o definition.Option) bool { return value.Equal(nil, o.Value, in.Default) }); i >= 0 {
			return strconv.Itoa(i)
		}
		return ""
	}
	if text, ok := in.Default.AsString(); ok {
		return text
	}
	text, err := wire.MarshalPlain(in.Default)
	if err != nil {
		return ""
	}
	return string(text)
}

// start takes the form.
func (c *Console) start(w http.ResponseWriter, r *http.Request, s session) {
	form := r.PostForm
	f, invocation, err := c.manual(r.Context(), form.Get("flow"))
	if err != nil {
		c.fault(w, err)
		return
	}
	if f == nil {
		c.noManual(w)
		return
	}
	p := startPageOf(f, invocation, form)
	input := p.read(form)
	if p.Problem != "" {
		c.renderStart(w, http.StatusUnprocessableEntity, s, p)
		return
	}
	request := worker.StartRequest{Slug: f.Slug, Invocation: invocation.ID, Input: value.Of(input)}
	if once := form.Get("once"); once != "" {
		request.DedupeID = "console:" + once
	}
	got, err := c.Runs.Start(context.WithoutCancel(r.Context()), request)
	var refused *worker.InputError
	switch {
	case errors.As(err, &refused):
		p.refuse(refused.Problems)
		c.renderStart(w, http.StatusUnprocessableEntity, s, p)
	case err != nil:
		c.fault(w, err)
	default:
		c.Logger.Info("started in the console", "workflow-id", got.WorkflowID, "run-id", got.RunID, "decision", got.Decision)
		c.redirect(w, r, strings.TrimPrefix(c.runURL(got.WorkflowID, got.RunID), c.prefix)+"&told="+got.Decision)
	}
}

// read makes the input of what was typed. What is empty is left out, so that defaults hold; a box says true or false.
func (p *startPage) read(form url.Values) *value.Map {
	input := value.EmptyMap
	for i := range p.Fields {
		f := &p.Fields[i]
		text := form.Get(f.Field())
		v := value.String(text)
		switch {
		case f.Control() == "checkbox":
			v = value.Bool(text != "")
		case text == "":
			continue
		case f.Type == "select":
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 || n >= len(f.Options) {
				f.Problem = "is none of the choices"
				break
			}
			v = f.Options[n].Value
		case f.Type == "number", f.Type == "json":
			parsed, err := wire.FromJSON([]byte(text), wire.JSONLimits{})
			if err == nil {
				v = parsed
			} else if f.Type == "json" {
				f.Problem = "is no JSON"
			}
		}
		if f.Problem != "" {
			p.Problem = "Nothing was started yet: please look at what is marked."
		}
		input = input.Assoc(nil, keyOf(f.Input.Name), v)
	}
	return input
}

// keyOf is a field's key, as JSON's keys are read.
func keyOf(name string) value.Value {
	if syntax.SafeKeyword(name) {
		return value.Kw(name)
	}
	return value.String(name)
}

// refuse marks the fields that the flow doesn't take.
func (p *startPage) refuse(problems []definition.Problem) {
	p.Problem = "Nothing was started yet: please look at what is marked."
	for _, problem := range problems {
		i := slices.IndexFunc(p.Fields, func(f startField) bool { return f.Input.Name == problem.Field })
		if i < 0 {
			p.Problem += " " + problem.Message + "."
			continue
		}
		p.Fields[i].Problem = problem.Message
	}
}
