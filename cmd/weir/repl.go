package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
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
			"earlier lines (also of earlier sessions), Ctrl-C gives up a line, a form or an evaluation, Ctrl-D leaves.",
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
	keys := &keyboard{in: in}
	screen := struct {
		io.Reader
		io.Writer
	}{keys, cmd.OutOrStdout()}
	terminal := term.NewTerminal(screen, repl.Prompt)
	terminal.SetBracketedPasteMode(true)
	defer terminal.SetBracketedPasteMode(false)
	history, err := openHistory()
	if err != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "weir:", err)
	} else {
		terminal.History = history
		defer func() { _ = history.Save() }()
	}
	terminal.AutoCompleteCallback = completer(session, terminal)
	for {
		line, err := readTerminalLine(terminal, in)
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(cmd.OutOrStdout())
			return nil
		case err != nil && !errors.Is(err, term.ErrPasteIndicator):
			return failed(err)
		case keys.gaveUp():
			terminal.SetPrompt(session.Reset())
			continue
		}
		prompt, err := evaluateLine(cmd, session, line)
		if err != nil {
			return failed(err)
		}
		terminal.SetPrompt(prompt)
	}
}

// evaluateLine hands a line to the session. Ctrl-C ends the evaluation and not the command, whose own context it cancels.
func evaluateLine(cmd *cobra.Command, session *repl.Session, line string) (prompt string, err error) {
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), os.Interrupt)
	defer stop()
	return session.Line(ctx, line, cmd.OutOrStdout())
}

// The keys that keyboard knows, as a terminal sends them.
const (
	ctrlC   = "\x03"
	goToEnd = "\x05" // Ctrl-E
	erase   = "\x15" // Ctrl-U
	enter   = "\r"
)

// keyboard reads what is typed. Ctrl-C, which would end term.Terminal, empties the line and enters it.
type keyboard struct {
	in      io.Reader
	pending []byte
	given   bool
}

func (k *keyboard) Read(p []byte) (int, error) {
	if len(k.pending) == 0 {
		buffer := make([]byte, max(len(p), 1))
		n, err := k.in.Read(buffer)
		if err != nil {
			return 0, err
		}
		k.given = k.given || bytes.Contains(buffer[:n], []byte(ctrlC))
		k.pending = bytes.ReplaceAll(buffer[:n], []byte(ctrlC), []byte(goToEnd+erase+enter))
	}
	n := copy(p, k.pending)
	k.pending = k.pending[n:]
	return n, nil
}

// gaveUp tells, once, whether the line that was entered ended in Ctrl-C.
func (k *keyboard) gaveUp() bool {
	given := k.given
	k.given = false
	return given
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
