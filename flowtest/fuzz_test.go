package flowtest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/flowtest"
)

// FuzzParse reads any text as a test file: it gives a suite or errors, each with a place.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("../examples/*/*.test.edn")
	require.NoError(f, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(string(text))
	}
	for _, text := range []string{
		`{:tests [{:name "x" :answers {:a [{:fail {}} {:status 1 :headers [] :body #{}}]} :waits {:w [:timeout {:action 1 :value 2}]}}]}`,
		`{:defaults {:kv {:a ^:b c}} :stubs {:api 7} :tests [{} {:expect {:path [[1 2] {:step :x} ... (f)] :kv {"a" _} :took 7 :decisions {"q" [nil]}}}]}`,
		`{:flow "../x" :tests #{}}`, `#_`, `{:tests [#flow/include "x"]}`,
	} {
		f.Add(text)
	}
	dir := f.TempDir()
	require.NoError(f, os.WriteFile(filepath.Join(dir, "f.edn"), []byte(head+`:flow '(let [a (flow/step :http :a {:connection :api :path "/"})]
		^{:label "q"} (if a (flow/step :wait :w {:key "k"}) 1))}`), 0o600))
	f.Fuzz(func(t *testing.T, text string) {
		suite, problems := flowtest.Parse(filepath.Join(dir, "f.test.edn"), []byte(text))
		if suite == nil {
			require.True(t, problems.HasErrors())
			return
		}
		require.False(t, problems.HasErrors())
		for _, test := range suite.Tests {
			require.NotNil(t, test.Node)
		}
	})
}
