package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEval(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.clj")
	require.NoError(t, os.WriteFile(file, []byte("(let [x 1]\n  (+ x 1))\n:b\n"), 0o600))
	for _, c := range []struct {
		args, stdin, stdout, stderr string
		code                        int
	}{
		{args: "(+ 1 2)", stdout: "3\n"},
		{args: "(map inc [1 2]) {:a #{1}}", stdout: "(2 3)\n{:a #{1}}\n"},
		{args: "--json|{:a #{1} :b 1/2}", stdout: "{\"a\":[1],\"b\":0.5}\n"},
		{args: "-f|" + file, stdout: "2\n:b\n"},
		{args: "-f|-", stdin: "1", stdout: "1\n"},
		{stdin: "(json/parse \"[1]\")", stdout: "[1]\n"},
		{args: "1 (/ 1 0) 2", code: exitFailed, stdout: "1\n",
			stderr: "expr:1:3: error: ArithmeticException: Divide by zero [divide-by-zero]\n  1 (/ 1 0) 2\n    ^\n"},
		{args: "(foo", code: exitFailed, stderr: "[unclosed]"},
		{args: "--json|(frist 1)", code: exitFailed,
			stderr: `{"file":"expr","line":1,"col":2,"severity":"error","code":"unresolved","message":"unknown function frist","hint":"did you mean first?"}`},
		{args: "-f|" + file + ".no", code: exitUsage, stderr: "no such file"},
		{args: "-f|" + file + "|1", code: exitUsage, stderr: "not both"},
		{args: "1|2", code: exitUsage},
	} {
		args := []string{"eval"}
		if c.args != "" {
			args = append(args, strings.Split(c.args, "|")...)
		}
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), args, strings.NewReader(c.stdin), &stdout, &stderr)
		require.Equal(t, c.code, code, "%v: %s", c.args, stderr.String())
		require.Equal(t, c.stdout, stdout.String(), c.args)
		require.Contains(t, stderr.String(), c.stderr, c.args)
	}
}

func TestReplReadsLinesFromAPipe(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitDone, run(context.Background(), []string{"repl"}, strings.NewReader("(+ 1\n 2)\n:a\n"), &stdout, &stderr))
	require.Equal(t, "3\n:a\n", stdout.String())
	require.Equal(t, exitUsage, run(context.Background(), []string{"repl"}, strings.NewReader("(+ 1"), &stdout, &stderr))
	require.Contains(t, stderr.String(), "inside a form")
}
