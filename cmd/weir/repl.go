package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/repl"
)

func replCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "repl",
		Short: "Try the language at a prompt",
		Long: "Evaluates what you type, form by form. Tab completes names, the arrow keys bring back\n" +
			"earlier lines (also of earlier sessions), Ctrl-D leaves.",
		Example: "  weir repl",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			session := repl.New(interpreter.Options{Natives: core.FunctionLibrary()})
			in, ok := cmd.InOrStdin().(*os.File)
			if ok && term.IsTerminal(int(in.Fd())) {
				return replTerminal(cmd, session, in)
			}
			return replLines(cmd, session)
		},
	}
}

// replLines reads lines from a file or pipe, without prompts.
func replLines(cmd *cobra.Command, session *repl.Session) error {
	lines := bufio.NewScanner(cmd.InOrStdin())
	for lines.Scan() {
		if _, err := session.Line(cmd.Context(), lines.Text(), cmd.OutOrStdout()); err != nil {
			return failed(err)
		}
	}
	if err := lines.Err(); err != nil {
		return usage(err)
	}
	if session.Pending() {
		return usage(errors.New("the input ends inside a form"))
	}
	return nil
}

// replTerminal reads lines from a terminal, with editing, history and completion.
func replTerminal(cmd *cobra.Command, session *repl.Session, in *os.File) error {
	screen := struct {
		io.Reader
		io.Writer
	}{in, cmd.OutOrStdout()}
	terminal := term.NewTerminal(screen, repl.Prompt)
	history, err := openHistory()
	if err != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "weir:", err)
	} else {
		terminal.History = history
		defer func() { _ = history.Save() }()
	}
	terminal.AutoCompleteCallback = completer(session, terminal)
	for cmd.Context().Err() == nil {
		line, err := readTerminalLine(terminal, in)
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(cmd.OutOrStdout())
			return nil
		}
		if err != nil {
			return failed(err)
		}
		prompt, err := session.Line(cmd.Context(), line, cmd.OutOrStdout())
		if err != nil {
			return failed(err)
		}
		terminal.SetPrompt(prompt)
	}
	return nil
}

// readTerminalLine has the terminal raw only while it reads: an evaluation can be interrupted.
func readTerminalLine(terminal *term.Terminal, in *os.File) (string, error) {
	state, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return "", fmt.Errorf("prepare terminal: %w", err)
	}
	defer term.Restore(int(in.Fd()), state)
	if width, height, err := term.GetSize(int(in.Fd())); err == nil {
		_ = terminal.SetSize(width, height)
	}
	return terminal.ReadLine()
}

// maxCandidates is how many names a completion lists.
const maxCandidates = 40

// completer completes the name before the cursor on Tab; when there is nothing to add it lists what fits.
func completer(session *repl.Session, out io.Writer) func(string, int, rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' {
			return "", 0, false
		}
		more, candidates := session.Complete(line, pos)
		if more == "" && len(candidates) > 1 {
			shown := candidates[:min(len(candidates), maxCandidates)]
			fmt.Fprintln(out, strings.Join(shown, "  "))
		}
		return line[:pos] + more + line[pos:], pos + len(more), true
	}
}

func openHistory() (*repl.History, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	return repl.OpenHistory(filepath.Join(dir, "weir", "repl-history"))
}
