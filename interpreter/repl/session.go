// Package repl is the language at a prompt: it gathers lines until their forms are whole, evaluates
// them, completes names and remembers what was typed. Where lines come from and go to is the caller's business.
//
// It may import interpreter and everything below it.
package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Session evaluates lines one after the other. Forms can't define names for later ones: each stands alone.
type Session struct {
	options interpreter.Options
	names   []string
	pending string // lines of a form that isn't whole yet
}

// New begins a session with what the host adds to the language.
func New(options interpreter.Options) *Session {
	names := interpreter.Names()
	for name := range options.Natives {
		names = append(names, name)
	}
	for name := range options.Macros {
		names = append(names, name)
	}
	slices.Sort(names)
	return &Session{options: options, names: slices.Compact(names)}
}

// Prompts for a new form and for the rest of one.
const (
	Prompt     = "weir> "
	MorePrompt = "   .. "
)

// source is what the text of a session is called in messages.
const source = "repl"

// Line takes one line. It gives the prompt for the next one, and writes the values of the forms that are
// whole now, or what is wrong with them, to out. Cancelling ctx ends an evaluation.
func (s *Session) Line(ctx context.Context, line string, out io.Writer) (prompt string, err error) {
	text := line
	if s.pending != "" {
		text = s.pending + "\n" + line
	}
	if unfinished(text) {
		s.pending = text
		return MorePrompt, nil
	}
	s.pending = ""
	th := value.NewThread(value.Limits{})
	defer context.AfterFunc(ctx, th.Cancel)()
	values, problem := interpreter.Eval(source, text, th, s.options)
	for _, v := range values {
		if _, err := fmt.Fprintln(out, value.PrStr(nil, v)); err != nil {
			return "", err
		}
	}
	if problem != nil {
		_, err = io.WriteString(out, render(problem, text))
	}
	return Prompt, err
}

// Reset drops the lines of a form that isn't whole, and gives the prompt for a new one.
func (s *Session) Reset() (prompt string) {
	s.pending = ""
	return Prompt
}

// Pending tells whether a form has begun that isn't whole yet.
func (s *Session) Pending() bool { return s.pending != "" }

func render(problem error, text string) string {
	shown := diagnostic.OneSource(source, text)
	var thrown *interpreter.Error
	if errors.As(problem, &thrown) {
		return thrown.Render(shown)
	}
	var list diagnostic.List
	if errors.As(problem, &list) {
		return list.Render(shown)
	}
	return problem.Error() + "\n"
}

// unfinished tells whether a text ends inside a form.
func unfinished(text string) bool {
	_, problems := syntax.Read(source, []byte(text))
	open := false
	for _, d := range problems {
		switch d.Code {
		case "unclosed", "unclosed-string", "unclosed-regex", "unexpected-end":
			open = true
		default:
			return false
		}
	}
	return open
}

// Complete finds how the name that ends at pos of a line may go on: the letters that all candidates share
// beyond it, and the candidates.
func (s *Session) Complete(line string, pos int) (more string, candidates []string) {
	prefix := line[:pos]
	if i := strings.LastIndexAny(prefix, " \t\n()[]{}\"'@#^,;"); i >= 0 {
		prefix = prefix[i+1:]
	}
	if prefix == "" {
		return "", nil
	}
	for _, name := range s.names {
		if strings.HasPrefix(name, prefix) {
			candidates = append(candidates, name)
		}
	}
	if len(candidates) == 0 {
		return "", nil
	}
	common := candidates[0]
	for _, name := range candidates[1:] {
		for !strings.HasPrefix(name, common) {
			common = common[:len(common)-1]
		}
	}
	return common[len(prefix):], candidates
}
