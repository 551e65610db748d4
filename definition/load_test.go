package definition_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

const small = `{:slug :SLUG :concurrency {:type :singleton} :flow '(flow/input)}`

func named(slug string) string { return strings.ReplaceAll(small, "SLUG", slug) }

func TestLoadTakesTheOneFlowOfAFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"flow.edn": named("a"), "bindings.edn": `{:slug 1 :flow 2}`, "stubs.edn": `{:slug {}}`, "a.test.edn": `{:slug :a}`,
		"part.edn": `{:other 1}`, "notes.txt": named("b"), ".hidden.edn": named("c"), "sub/other.edn": named("d"),
	})
	f, problems := definition.Load(dir)
	require.Empty(t, problems)
	require.Equal(t, "a", f.Slug)
	require.Equal(t, filepath.Join(dir, "flow.edn"), f.File)

	_, problems = definition.Load(folder(t, map[string]string{"x.edn": named("a"), "y.edn": named("b")}))
	require.Equal(t, "several-definitions", problems[0].Code)
	_, problems = definition.Load(t.TempDir())
	require.Equal(t, "no-definition", problems[0].Code)
	_, problems = definition.Load(filepath.Join(dir, "none.edn"))
	require.Equal(t, "unreadable", problems[0].Code)
}

func TestLoadShowsTheProblemsOfAFlowThatCannotBeRead(t *testing.T) {
	t.Parallel()
	_, problems := definition.Load(folder(t, map[string]string{"flow.edn": `{:slug :a :flow '(let [x 1] x}`}))
	require.Equal(t, []string{"1:30 unmatched-delimiter"}, short(problems))
}

func TestLoadAll(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"a/flow.edn": named("a"), "b/one.edn": named("b"), "b/two.edn": named("c"), "c/again.edn": named("a"), "d/bad.edn": `{:slug :d :flow 1}`,
		".git/flow.edn": named("x"),
	})
	flows, problems := definition.LoadAll(dir, filepath.Join(dir, "a"), filepath.Join(dir, "nowhere"))
	var slugs []string
	for _, f := range flows {
		slugs = append(slugs, f.Slug)
	}
	require.Equal(t, []string{"a", "b", "c"}, slugs)
	require.Equal(t, []string{"1:8 duplicate-slug", "1:1 missing-field", "1:17 wrong-type", "0:0 unreadable"}, short(problems))
}

func TestIncludes(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"flow.edn": `{:slug :a :concurrency {:type :singleton}
 :templates #flow/include "parts/templates.edn"
 :functions [{:id :f :code #flow/include "f.clj"}]
 :flow '(do #flow/include "parts/step.edn" (flow/step :function :f {:ref :f :input {}}))}`,
		"parts/templates.edn": "\ufeff;; all templates\n[#flow/include \"one.edn\"] ; the end",
		"parts/one.edn":       `{:id :t :type :http-request :request {:path "/x"}}`,
		"parts/step.edn":      "(flow/step :http :get\n  {:url \"http://x\" :template :t})",
		"f.clj":               "(fn [x]\n  {:quoted \"a\\n\\\"b\\\"\"\n   :x (:y x)})",
	})
	f, problems := definition.Load(dir)
	require.Empty(t, problems)
	require.Contains(t, f.Templates, "t")
	require.Equal(t, "(fn [x]\n  {:quoted \"a\\n\\\"b\\\"\"\n   :x (:y x)})", f.Functions["f"].Source)
	require.Equal(t, "get", f.Steps[0].ID)
	at := f.Locate(f.Steps[0].Pos)
	require.Equal(t, filepath.Join(dir, "parts", "step.edn"), at.File)
	require.Equal(t, []int{1, 1}, []int{at.Line, at.Col})

	again, problems := definition.Parse(f.File, f.Text)
	require.Empty(t, problems)
	require.Equal(t, f.Digest, again.Digest)
	require.Equal(t, f.Steps, again.Steps)
	require.Equal(t, f.Functions["f"].Source, again.Functions["f"].Source)
}

func TestProblemsOfIncludedFilesNameThem(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"flow.edn": `{:slug :a :concurrency {:type :singleton}
 :functions [{:id :f :code #flow/include "f.clj"}]
 :templates #flow/include "templates.edn"
 :flow '(do #flow/include "body.edn" (undefinedthing))}`,
		"templates.edn": "[{:id :t\n  :type :htp}]",
		"body.edn":      "(do\n  (otherthing 1))",
		"f.clj":         "(fn [x]\n  (str \"\\\"\" (thatthing x)))",
	})
	_, problems := definition.Load(dir)
	var shown []string
	for _, d := range problems {
		shown = append(shown, strings.TrimPrefix(d.Render(onDisk), dir+string(filepath.Separator)))
	}
	require.Equal(t, []string{
		"body.edn:2:4: error: unknown function otherthing [unresolved]\n    (otherthing 1))\n     ^~~~~~~~~~\n",
		"f.clj:2:14: error: unknown function thatthing [unresolved]\n    (str \"\\\"\" (thatthing x)))\n               ^~~~~~~~~\n",
		"flow.edn:4:39: error: unknown function undefinedthing [unresolved]\n   :flow '(do #flow/include \"body.edn\" (undefinedthing))}\n                                        ^~~~~~~~~~~~~~\n",
		"templates.edn:2:9: error: :type must be one of :http-request :notification :db-query :llm-prompt, not :htp [unknown-value]\n    :type :htp}]\n          ^~~~\n",
	}, shown)
}

func TestIncludesStayInTheFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"secret.edn": `"secret"`, "flow/inside.edn": `"x"`, "flow/sub/deep.edn": `"y"`, "flow/two.edn": `1 2`, "flow/none.edn": `;`, "flow/broken.edn": "\n{:a",
		"flow/loop.edn": `[#flow/include "loop.edn"]`, "flow/up.edn": `#flow/include "sub/up.edn"`, "flow/sub/up.edn": `#flow/include "../inside.edn"`,
	})
	require.NoError(t, os.Symlink(filepath.Join(dir, "secret.edn"), filepath.Join(dir, "flow", "link.edn")))
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "flow", "linked")))
	require.NoError(t, os.Symlink("inside.edn", filepath.Join(dir, "flow", "near.edn")))
	for name, want := range map[string]string{
		`"../secret.edn"`:            "not a file of the definition's own folder",
		`"sub/../../secret.edn"`:     "not a file of the definition's own folder",
		`"sub/../inside.edn"`:        "not a file of the definition's own folder",
		`"` + dir + `/secret.edn"`:   "not a file of the definition's own folder",
		`"sub\\deep.edn"`:            "not a file of the definition's own folder",
		`"C:\\secret.edn"`:           "not a file of the definition's own folder",
		`""`:                         "not a file of the definition's own folder",
		`"inside.edn\u0000"`:         "not a file of the definition's own folder",
		`"link.edn"`:                 "symbolic link",
		`"near.edn"`:                 "symbolic link",
		`"linked/secret.edn"`:        "symbolic link",
		`"nowhere.edn"`:              "there is no file nowhere.edn",
		`"sub"`:                      "sub is not a file",
		`"two.edn"`:                  "must hold one form, and it holds 2",
		`"none.edn"`:                 "must hold one form, and it holds 0",
		`"broken.edn"`:               "never closed",
		`"loop.edn"`:                 "loop.edn includes itself",
		`"up.edn"`:                   "not a file of the definition's own folder",
		`inside.edn`:                 "in quotes",
		`#flow/include "inside.edn"`: "in quotes",
	} {
		file := filepath.Join(dir, "flow", "flow.edn")
		require.NoError(t, os.WriteFile(file, []byte(`{:slug :a :concurrency {:type :singleton} :flow '(flow/input) :name #flow/include `+name+`}`), 0o644))
		f, problems := definition.Load(file)
		require.Nil(t, f, name)
		require.Contains(t, problems[len(problems)-1].Message, want, name)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "flow", "flow.edn"), []byte(`{:slug :a :concurrency {:type :singleton} :flow '(flow/input) :name #flow/include "sub/deep.edn"}`), 0o644))
	f, problems := definition.Load(filepath.Join(dir, "flow"))
	require.Empty(t, problems)
	require.Equal(t, "y", f.Name)
}

func TestIncludesThatMultiplyEnd(t *testing.T) {
	t.Parallel()
	files := map[string]string{"flow.edn": `{:slug :a :concurrency {:type :singleton} :flow '(flow/input) :x #flow/include "0.edn"}`, "20.edn": `1`}
	for i := range 20 {
		next := `#flow/include "` + itoa(i+1) + `.edn" `
		files[itoa(i)+".edn"] = "[" + next + next + "]"
	}
	_, problems := definition.Load(folder(t, files))
	require.NotEmpty(t, problems)
	require.True(t, problems.HasErrors())
}
