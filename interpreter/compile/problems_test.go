package compile

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

func problemsOf(t *testing.T, source string) diagnostic.List {
	t.Helper()
	forms, problems := syntax.Read("t.clj", []byte(source))
	require.False(t, problems.HasErrors(), "%v", problems)
	for _, form := range forms {
		_, more := Form(form, testEnv())
		problems = append(problems, more...)
	}
	return problems
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"(frist [1])":                  "1:2: error: unknown function frist [unresolved] did you mean first?",
		"(let [total 1] totl)":         "1:16: error: unknown name totl [unresolved] did you mean total?",
		"(str/jion [1])":               "unknown function str/jion [unresolved] did you mean str/join?",
		"(join [1])":                   "did you mean clojure.string/join?",
		"(whne true 1)":                "did you mean when?",
		"(inc 1 2)":                    "1:1: error: inc takes 1 argument, not 2 [wrong-arity]",
		"(map)":                        "map takes 1 or more arguments, not 0 [wrong-arity]",
		"(- 1)":                        "- takes 2 arguments, not 1",
		"(let [f (fn [a b] a)] (f 1))": "f takes 2 arguments, not 1 [wrong-arity]",
		"((fn [a] a))":                 "this fn takes 1 argument, not 0 [wrong-arity]",
		"(fn f ([] (f 1 2)) ([a] a))":  "f takes 0 or 1 arguments, not 2 [wrong-arity]",
		"(letfn [(f [a] (g a)) (g [a & b] (f a b))] (f 1))": "f takes 1 argument, not 2",
		"(:a)":                         ":a takes 1 or 2 arguments, not 0 [wrong-arity]",
		"(1 2)":                        "1 is an integer, not a function [not-a-function] for a list of data",
		`("a" 2)`:                      "is a string, not a function",
		"(nil)":                        "nil is nil, not a function",
		"(recur)":                      "recur stands outside of every loop and fn [recur-position]",
		"(loop [i 0] (inc (recur 1)))": "1:18: error: can only recur from tail position [recur-position]",
		"(loop [i 0] (try (recur 1) (catch Exception e 1)))": "can't recur from here [recur-position] recur can't leave a try",
		"(loop [i 0 j 1] (recur 1))":                         "recur needs 2 values, one for each binding, not 1 [wrong-arity]",
		"(fn [a a] a)":                                       "1:8: error: two parameters are called a [duplicate-parameter]",
		"(fn ([a] 1) ([b] 2))":                               "two arities take 1 argument [bad-form]",
		"(fn ([& a] 1) ([& b] 2))":                           "only one variadic arity",
		"(fn ([a b] 1) ([& b] 2))":                           "an arity can't take more parameters than the variadic one",
		"(fn)":                                               "a function needs a vector of parameters [bad-form] write (fn name?",
		"(fn [a &] a)":                                       "& needs a name or pattern after it",
		"(fn [a & b c] a)":                                   "unexpected parameter after the rest",
		"(let [a] a)":                                        "let needs an even number of forms in its bindings, not 1 [bad-form]",
		"(let (a 1) a)":                                      "let needs a vector of bindings",
		"(let [1 2] 3)":                                      "1 can't be bound",
		"(let [a/b 2] 3)":                                    "can't bind the qualified name a/b",
		"(let [{:keys a} 2] 3)":                              ":keys needs a vector of names",
		"(let [{:foo [a]} 2] 3)":                             ":foo has no meaning in a map pattern",
		"(let [[a :as] 2] a)":                                ":as needs a name after it",
		"(if)":                                               "if takes 2 or 3 forms, not 0 [bad-form] write (if test then else)",
		"(if 1 2 3 4)":                                       "for more branches use cond",
		"(cond 1)":                                           "cond needs an even number of forms, not 1",
		"(case 1 1 2 1 3)":                                   "1 occurs twice in this case [duplicate-case]",
		"(throw 1)":                                          "an integer can't be thrown [not-an-exception]",
		"(try 1 (catch Foo e 1))":                            "unknown exception class Foo [unknown-class]",
		"(try 1 (catch Exeption e 1))":                       "did you mean Exception?",
		"(try 1 (finally 1) (catch Exception e 1))":          "finally comes last in a try",
		"(try 1 (catch Exception e 1) 2)":                    "only catch and finally may follow a catch",
		"(catch Exception e 1)":                              "catch stands outside of a try",
		"(map when [1])":                                     "when is a macro or special form, not a value [macro-value]",
		"(for [x [1]] 1 2)":                                  "for has one body, not 2",
		"(for [:when 1] 1)":                                  "for needs a name and a collection first",
		"(doseq [x [1] :whne 1] 1)":                          ":whne has no meaning here",
		"(quote)":                                            "quote takes 1 form, not 0",
		"#foo 1":                                             "no reader function for tag #foo",
		"#{(inc 1) 1 1.5 :a}":                                "",
		"[^{:label 1} (if true 1 2)]":                        ":label of a branch is a string",
		"(.toUpperCase \"a\")":                               ".toUpperCase is host interop, which is not available here [refused] use (clojure.string/upper-case s)",
		"(Math/max 1 2)":                                     "[refused] use (max a b)",
		"(Long/parseLong \"1\")":                             "[refused] use (parse-long text)",
		"(System/currentTimeMillis)":                         "[refused] use (flow/now-ms)",
		"(java.util.UUID/randomUUID)":                        "[refused] use (flow/uuid)",
		"(java.util.Date.)":                                  "[refused] host objects can't be made",
		"(new Foo)":                                          "new is not available here [refused]",
		"(. x foo)":                                          ". is host interop",
		"(rand)":                                             "[refused] use (flow/rand)",
		"(shuffle [1])":                                      "[refused] use (flow/rand)",
		"(def x 1)":                                          "def is not available here [refused] definitions have no place here",
		"(defn f [x] x)":                                     "[refused] definitions have no place here",
		"(ns foo)":                                           "[refused] there are no namespaces",
		"(println 1)":                                        "[refused] nothing prints here",
		"#'map":                                              "var is not available here [refused]",
		"(future 1)":                                         "[refused] evaluation has one thread",
		"(eval 1)":                                           "[refused] code is fixed",
		"java.lang.String":                                   "[refused] use clojure.string/",
		"Foo/BAR":                                            "[refused]",
	} {
		found := problemsOf(t, source)
		var text strings.Builder
		for _, d := range found {
			text.WriteString(strings.TrimPrefix(d.String(), "t.clj:") + " " + d.Hint + "\n")
		}
		if want == "" {
			require.False(t, found.HasErrors(), "%s\n%s", source, text.String())
			continue
		}
		require.Contains(t, text.String(), want, source)
		require.True(t, found.HasErrors(), source)
	}
}

func TestNamesOfOneLetterAreNotGuessed(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"(let [a 1] (+ a b))", "b", "(b)"} {
		found := problemsOf(t, source)
		require.Len(t, found, 1, source)
		require.Empty(t, found[0].Hint, source)
	}
}

func TestWhatIsNeverReachedIsCheckedToo(t *testing.T) {
	t.Parallel()
	found := problemsOf(t, "(fn [x] (cond x 1 :else 2 (frist x) (inc)))")
	var codes []string
	for _, d := range found {
		codes = append(codes, d.Code)
	}
	require.ElementsMatch(t, []string{"unreachable", "unresolved", "wrong-arity"}, codes)
}

func TestAllProblemsAreFoundInOnePassSortedByPlace(t *testing.T) {
	t.Parallel()
	found := problemsOf(t, "(let [a (frist 1)\n      b (inc)]\n  (println a)\n  (loop [i 0] (inc (recur)))\n  (Math/max b (foo)))")
	var codes []string
	for _, d := range found {
		codes = append(codes, d.Code)
	}
	require.Equal(t, []string{"unresolved", "wrong-arity", "refused", "unused-binding", "recur-position", "refused", "unresolved"}, codes)
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"(let [a 1 b 2] b)":                 "1:7: warning: a is never used [unused-binding]",
		"(let [_a 1 [_ b] 2] b)":            "",
		"(let [{:keys [a b]} {}] a)":        "b is never used",
		"(let [a 1 f (fn [] a)] (f))":       "",
		"(if true 1 2)":                     "1:12: warning: this is never reached: the test true always holds [unreachable]",
		"(if nil 1 2)":                      "the test nil never holds",
		"(cond :else 1 (inc 2) 3)":          "this is never reached: the test :else always holds",
		"(let [x false] (if x 1 2))":        "",
		"(let [{:keys [a] :or {b 1}} 2] a)": "the pattern binds no b [unused-default]",
		"(letfn [(f [] 1) (g [] 2)] (f))":   "g is never used",
		"(while true 1)":                    "",

		// Names that hide others.
		"(let [x 1] (+ x (let [x 2] x)))":             "1:23: warning: x hides the x of line 1 [shadowed-binding]",
		"(let [x 1 x (inc x)] x)":                     "",
		"(let [x {} {:keys [a] :as x} x] [a x])":      "",
		"(let [x 1] (+ x ((fn [x] x) 2)))":            "1:23: warning: x hides the x of line 1",
		"(let [x 1] (+ x ((fn [{:keys [x]}] x) {})))": "1:31: warning: x hides the x of line 1",
		"(let [x 1] (+ x (loop [x x] x)))":            "",
		"(let [x 1] (+ x (loop [x 2] x)))":            "1:24: warning: x hides",
		"(let [x [1]] [x (for [x x] x)])":             "",
		"(let [x [1]] [x (doseq [x [2]] (inc x))])":   "1:25: warning: x hides",
		"(let [x 1] [x (if-let [x 2] x)])":            "1:24: warning: x hides",
		"(let [x 1] [x (as-> 2 x (inc x))])":          "",
		"(let [x 1] [x (letfn [(x [] 2)] (x))])":      "1:24: warning: x hides",
		"(let [_x 1 _x 2] 3)":                         "",
		"(let [x 1] (try x (catch Exception x x)))":   "",
		"#(let [a %] (map inc a))":                    "",
		"(let [map 1] map)":                           "1:7: warning: map hides the function clojure.core/map [shadowed-binding]",
		"(let [first (first [1])] first)":             "",
		"(let [{:keys [first inc]} {}] [first inc])":  "",
		"(fn [first inc] [first inc])":                "",
		"(let [{:keys [first]} {}] (first [1]))":      "1:15: warning: first hides the function clojure.core/first, and is called like it",
		"(let [first (fn [m] m)] (first {}))":         "1:7: warning: first hides the function clojure.core/first",
		"(fn [first xs] (first xs))":                  "1:6: warning: first hides the function clojure.core/first, and is called like it",
		"(let [{:keys [a] :or {a 1}} {}] a)":          "",

		// Names that nothing reads.
		"(fn [{:keys [a b]}] a)": "b is never used",
		"(fn [a b] a)":           "",
		"(loop [i 0 n 1] (if (< i 3) (recur (inc i) 2)))": "n is never used",
		"(for [x [1] y [2]] x)":                           "y is never used",
		"(for [x [1] :let [y 2]] x)":                      "y is never used",
		"(doseq [[a b] {}] a)":                            "b is never used",
		"(dotimes [i 3] 1)":                               "",
		"(when-let [x (first [1])] 2)":                    "x is never used",
		"(when-first [x [1]] 2)":                          "x is never used",
		"(if-let [{:keys [a]} (first [{}])] 2 3)":         "a is never used",

		// What is never reached.
		"(fn [x] (do (throw x) (inc 1)))":                          "1:23: warning: this is never reached: what stands before it always throws [unreachable]",
		"(fn [x] (let [a (throw x)] a))":                           "1:28: warning: this is never reached",
		"(fn [x] (if x (throw x) (throw x)) 1)":                    "1:36: warning: this is never reached",
		"(fn [x] (if x (throw x)) 1)":                              "",
		"(fn [x] (cond x (throw x) :else (throw x)) 1)":            "1:44: warning: this is never reached",
		"(fn [x] (cond x (throw x)) 1)":                            "",
		"(fn [x] (when x (throw x)) 1)":                            "",
		"(fn [x] (inc (throw x)) 1)":                               "1:25: warning: this is never reached",
		"(fn [x] (fn [] (throw x)) 1)":                             "",
		"(fn [x] (try (throw x) (catch Exception e 1)) 1)":         "",
		"(fn [x] (try (throw x) 2 (catch Exception e 1)))":         "1:24: warning: this is never reached",
		"(fn [x] (try (throw x) (catch Exception e (throw e))) 1)": "1:55: warning: this is never reached",
		"(do (while true 1) 2)":                                    "1:20: warning: this is never reached: what stands before it always goes on without end",
		"(when false 1)":                                           "1:13: warning: this is never reached: the test false never holds",
		"(when true 1)":                                            "",
		"(when-not true 1)":                                        "the test true always holds",
		"(if [] 1 2)":                                              "the test [] always holds",
		"(if-not {} 1 2)":                                          "the test {} always holds",
		"(if-let [a nil] a 2)":                                     "the test nil never holds",
		"(if-some [a false] a 2)":                                  "1:22: warning: this is never reached: the test false always holds",
		"(cond false 1 (inc 2) 3)":                                 "1:13: warning: this is never reached: the test false never holds",
		"(and 1 nil 2)":                                            "1:12: warning: this is never reached: the test nil never holds",
		"(and 1 2)":                                                "",
		"(or nil :a 2)":                                            "1:12: warning: this is never reached: the test :a always holds",
		"(or nil 2)":                                               "",
		"(condp = 1 1 :a 1 :b)":                                    "1:17: warning: this is never reached: 1 occurs twice in this condp",
		"(condp < 1 1 :a 1 :b)":                                    "",
		"(while false 1)":                                          "the test false never holds",
		"(try 1 (catch Exception e 1) (catch ArithmeticException e 2))": "1:37: warning: this is never reached: the clause for Exception before it catches the same",
		"(try 1 (catch Exception e 1) (catch Throwable e 2))":           "",
		"(try 1 (catch ArithmeticException e 1) (catch Exception e 2))": "",
	} {
		found := problemsOf(t, source)
		require.False(t, found.HasErrors(), "%s: %v", source, found)
		if want == "" {
			require.Empty(t, found, source)
			continue
		}
		require.Len(t, found, 1, source)
		require.Contains(t, found[0].String(), strings.TrimPrefix(want, "1:"), source)
	}
}
