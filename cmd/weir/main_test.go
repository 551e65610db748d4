package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func withoutEnvironment(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "WEIR_") {
			t.Setenv(name, "")
		}
	}
}

func TestWrongUsageExitsWithTwo(t *testing.T) {
	withoutEnvironment(t)
	for _, line := range []string{
		"nosuch", "--nosuch", "run", "run a b", "runs --limit many", "dev", "dev x --exit", "dev x --run [1]", "dev x --run {} --decide maybe",
		"run order --input {", "run order --input @absent.json", "resume a b", "resume a b --value nonsense", "show", "show a b", "versions",
	} {
		code, stdout, stderr := weir(strings.Fields(line)...)
		require.Equal(t, exitUsage, code, "%s\n%s", line, stderr)
		require.Empty(t, stdout, line)
		require.NotEmpty(t, stderr, line)
		require.NotContains(t, stderr, "goroutine", line)
	}
}

func TestVerbsNameEverythingThatIsMissing(t *testing.T) {
	withoutEnvironment(t)
	for verb, names := range map[string][]string{
		"worker":            {"WEIR_REDIS_URL", "WEIR_S3_ENDPOINT", "WEIR_PUBLIC_URL", "WEIR_SIGNING_KEYS"},
		"gateway":           {"WEIR_REDIS_URL", "WEIR_S3_ENDPOINT", "WEIR_PUBLIC_URL", "WEIR_SIGNING_KEYS", "WEIR_API_TOKEN"},
		"serve":             {"WEIR_REDIS_URL", "WEIR_S3_ENDPOINT", "WEIR_PUBLIC_URL", "WEIR_SIGNING_KEYS", "WEIR_API_TOKEN"},
		"flows":             {"WEIR_S3_ENDPOINT"},
		"runs":              {"WEIR_PUBLIC_URL", "WEIR_API_TOKEN"},
		"approve order/o-1": {"WEIR_PUBLIC_URL", "WEIR_API_TOKEN"},
	} {
		code, _, stderr := weir(strings.Fields(verb)...)
		require.Equal(t, exitUsage, code, verb)
		for _, name := range names {
			require.Contains(t, stderr, name, verb)
		}
	}
}

func TestEveryVerbHelpsWithAnExample(t *testing.T) {
	t.Parallel()
	code, stdout, _ := weir("help")
	require.Equal(t, exitDone, code)
	for _, verb := range verbs() {
		if !verb.Hidden {
			require.Contains(t, stdout, verb.Name())
		}
		require.NotEmpty(t, verb.Short, verb.Name())
		if !verb.HasSubCommands() {
			require.NotEmpty(t, verb.Example, verb.Name())
		}
	}
}

func TestProblemsOfFlowsExitWithOne(t *testing.T) {
	withoutEnvironment(t)
	for _, line := range []string{"deploy absent.edn", "health http://127.0.0.1:1/"} {
		code, stdout, stderr := weir(strings.Fields(line)...)
		require.Equal(t, exitFailed, code, "%s\n%s", line, stderr)
		require.Empty(t, stdout, line)
	}
}
