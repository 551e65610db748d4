// Package scripttest runs script tests of the language: files of forms, each with what it gives.
//
//	; a comment line
//	(+ 1 2)            ;=> 3
//	(let [a 1
//	      b 2]
//	  [a b])           ;=> [1 2]
//	(/ 1 0)            ;! "ArithmeticException: Divide by zero"
//	(frist [1])        ;! "did you mean first?"
//
// A case is the text up to a line that ends in ;=> or ;! and what is expected. After ;=> stands exactly what pr-str gives of
// the value. After ;! stands a string that occurs in the error: "Class: message [code]" and the hint of an exception
// or limit, or the same of every problem that the compiler found. Each case runs on a Thread of its own.
//
// Any package of the interpreter may use it from its external tests (package x_test):
//
//	func TestScripts(t *testing.T) { scripttest.Run(t, "testdata/*.clj", scripttest.Options{}) }
//
// It may import interpreter and everything below it.
package scripttest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Options are the same for all cases of a run.
type Options struct {
	Compile interpreter.Options
	Limits  value.Limits
	Thread  func(*value.Thread) // prepares each case's thread; may be nil
}

// Case is one form and what it gives.
type Case struct {
	Line    int // of its first form
	Source  string
	Want    string
	IsError bool
}

// Run runs every file that the pattern matches, in parallel, and fails the test for each case that gives
// something else. A pattern without files fails.
func Run(t *testing.T, pattern string, opt Options) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, files, "no script matches %s", pattern)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			cases, err := Parse(string(text))
			require.NoError(t, err)
			require.NotEmpty(t, cases)
			for _, c := range cases {
				if problem := c.Check(file, opt); problem != "" {
					t.Errorf("%s:%d: %s\n%s", file, c.Line, problem, c.Source)
				}
			}
		})
	}
}

// Parse splits a script into its cases.
func Parse(text string) ([]Case, error) {
	var cases []Case
	var source strings.Builder
	first := 0
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if source.Len() == 0 && (trimmed == "" || strings.HasPrefix(trimmed, ";") && !strings.HasPrefix(trimmed, ";=>") && !strings.HasPrefix(trimmed, ";!")) {
			continue
		}
		if source.Len() == 0 {
			first = i + 1
		}
		code, want, isError, found := split(line)
		source.WriteString(code + "\n")
		if !found {
			continue
		}
		if isError {
			text, err := strconv.Unquote(want)
			if err != nil {
				return nil, fmt.Errorf("line %d: what follows ;! must be a string: %s", i+1, want)
			}
			want = text
		}
		cases = append(cases, Case{Line: first, Source: source.String(), Want: want, IsError: isError})
		source.Reset()
	}
	if source.Len() > 0 {
		return nil, fmt.Errorf("line %d: the form has no ;=> or ;!", first)
	}
	return cases, nil
}

func split(line string) (code, want string, isError, found bool) {
	if i := strings.LastIndex(line, ";=>"); i >= 0 {
		return line[:i], strings.TrimSpace(line[i+3:]), false, true
	}
	if i := strings.LastIndex(line, ";! "); i >= 0 {
		return line[:i], strings.TrimSpace(line[i+3:]), true, true
	}
	return line, "", false, false
}

// Check runs the case; it gives "" when all is as expected, else what isn't.
func (c Case) Check(file string, opt Options) string {
	got, failure := c.run(file, opt)
	switch {
	case c.IsError && failure == "":
		return fmt.Sprintf("want error %q, got %s", c.Want, got)
	case c.IsError && !strings.Contains(failure, c.Want):
		return fmt.Sprintf("want error %q, got error %q", c.Want, failure)
	case !c.IsError && failure != "":
		return fmt.Sprintf("want %s, got error %q", c.Want, failure)
	case !c.IsError && got != c.Want:
		return fmt.Sprintf("want %s, got %s", c.Want, got)
	}
	return ""
}

func (c Case) run(file string, opt Options) (printed, failure string) {
	forms, problems := syntax.Read(file, []byte(c.Source))
	if problems.HasErrors() {
		return "", describe(problems)
	}
	th := value.NewThread(opt.Limits)
	if opt.Thread != nil {
		opt.Thread(th)
	}
	for _, form := range forms {
		program, problems := interpreter.Compile(form, opt.Compile)
		if problems.HasErrors() {
			return "", describe(problems)
		}
		v, err := program.Run(th)
		if err != nil {
			return "", describeError(err)
		}
		printed = value.PrStr(th, v)
	}
	return printed, ""
}

func describe(problems diagnostic.List) string {
	var b strings.Builder
	for _, d := range problems {
		d.Pos.File = ""
		fmt.Fprintf(&b, "%s; %s\n", d, d.Hint)
	}
	return b.String()
}

func describeError(err error) string {
	var e *interpreter.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	d := e.Diagnostic()
	return fmt.Sprintf("%s [%s]; %s", d.Message, d.Code, d.Hint)
}
