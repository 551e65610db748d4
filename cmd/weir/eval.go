package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

func evalCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "eval [EXPR]",
		Short: "Evaluate forms of the language",
		Long: "Evaluates the forms of an expression, a file or stdin, without a flow around them, and prints\n" +
			"each one's value as EDN, one a line. Functions of :function steps are there too (json/parse, ...).\n\n" +
			"Exits with 1 when a form has problems or throws.",
		Example: "  weir eval '(map inc [1 2 3])'\n  weir eval -f transform.clj\n  echo '(str 1 2)' | weir eval --json",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "evaluate the forms of `FILE` (- for stdin)")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		name, text, err := evalSource(cmd, args, file)
		if err != nil {
			return usage(err)
		}
		th := value.NewThread(value.Limits{})
		defer context.AfterFunc(cmd.Context(), th.Cancel)()
		values, err := interpreter.Eval(name, text, th, interpreter.Options{Natives: core.FunctionLibrary()})
		for _, v := range values {
			if err := printValue(cmd, v, *asJSON); err != nil {
				return failed(err)
			}
		}
		if err != nil {
			return failed(printProblems(cmd, err, diagnostic.OneSource(name, text), *asJSON))
		}
		return nil
	}
	return cmd
}

// evalSource finds the text to evaluate and what to call it in messages.
func evalSource(cmd *cobra.Command, args []string, file string) (name, text string, err error) {
	switch {
	case file != "" && len(args) > 0:
		return "", "", errors.New("give an expression or --file, not both")
	case len(args) > 0:
		return "expr", args[0], nil
	case file == "-":
		raw, err := io.ReadAll(cmd.InOrStdin())
		return "stdin", string(raw), err
	case file != "":
		raw, err := os.ReadFile(file)
		return file, string(raw), err
	}
	if in, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		return "", "", errors.New("nothing to evaluate: give an expression, --file FILE, or text on stdin")
	}
	raw, err := io.ReadAll(cmd.InOrStdin())
	return "stdin", string(raw), err
}

// printValue writes a value on a line of its own: as EDN, or as plain JSON.
func printValue(cmd *cobra.Command, v value.Value, asJSON bool) error {
	line := value.PrStr(nil, v)
	if asJSON {
		raw, err := wire.MarshalPlain(v)
		if err != nil {
			return fmt.Errorf("print: %w", err)
		}
		line = string(raw)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), line)
	return err
}

// problemJSON is a problem for programs.
type problemJSON struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

func problemOf(d diagnostic.Diagnostic) problemJSON {
	return problemJSON{d.Pos.File, d.Pos.Line, d.Pos.Col, d.Severity.String(), d.Code, d.Message, d.Hint}
}

// printProblems writes what the interpreter found or ended with to stderr; it gives back what it can't show.
func printProblems(cmd *cobra.Command, err error, source diagnostic.Source, asJSON bool) error {
	var thrown *interpreter.Error
	var problems diagnostic.List
	switch {
	case errors.As(err, &thrown):
		if !asJSON {
			fmt.Fprint(cmd.ErrOrStderr(), thrown.Render(source))
			return nil
		}
		problems = diagnostic.List{thrown.Diagnostic()}
	case !errors.As(err, &problems):
		return err
	}
	if !asJSON {
		fmt.Fprint(cmd.ErrOrStderr(), problems.Render(source))
		return nil
	}
	encoder := json.NewEncoder(cmd.ErrOrStderr())
	for _, d := range problems {
		if err := encoder.Encode(problemOf(d)); err != nil {
			return err
		}
	}
	return nil
}
