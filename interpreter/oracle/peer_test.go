//go:build oracle

package oracle

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// classpath is where Debian's package clojure puts its jars.
const classpath = "/usr/share/java/clojure.jar:/usr/share/java/core.specs.alpha.jar:/usr/share/java/spec.alpha.jar"

// answering is the Clojure side: a form a line in, a canonical answer a line out. What throws answers with
// "!" and the simple name of the exception's class.
const answering = `
(require 'clojure.string 'clojure.set 'clojure.walk 'clojure.edn)
(alias 'str 'clojure.string) (alias 'set 'clojure.set) (alias 'walk 'clojure.walk)
(declare canon)
(defn joined [open xs close] (str open (clojure.string/join " " xs) close))
(defn canon [v]
  (cond
    (map? v)        (joined "{" (sort (map (fn [[k x]] (str (canon k) " " (canon x))) v)) "}")
    (set? v)        (joined "#{" (sort (map canon v)) "}")
    (vector? v)     (joined "[" (map canon v) "]")
    (sequential? v) (joined "(" (map canon v) ")")
    (fn? v)         "fn"
    :else           (pr-str v)))
(defn root [e] (if (and (instance? clojure.lang.Compiler$CompilerException e) (.getCause e)) (recur (.getCause e)) e))
(loop []
  (when-let [line (read-line)]
    (let [answer (try (canon (eval (read-string line)))
                      (catch Throwable e (str "!" (.getSimpleName (class (root e))))))]
      (println (clojure.string/escape answer {\newline "\\n" \return "\\r"}))
      (flush)
      (recur))))
`

// peer is a running Clojure.
type peer struct {
	in  io.Writer
	out *bufio.Reader
}

func startPeer(t *testing.T) *peer {
	script := filepath.Join(t.TempDir(), "answer.clj")
	require.NoError(t, os.WriteFile(script, []byte(answering), 0o600))
	cmd := exec.Command("java", "-Xss64m", "-cp", classpath, "clojure.main", script)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	cmd.Stderr = os.Stderr
	require.NoError(t, cmd.Start(), "the oracle needs Debian's package clojure")
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return &peer{in: in, out: bufio.NewReaderSize(out, 1<<20)}
}

// ask evaluates forms, each on one line, and returns their answers in order.
func (p *peer) ask(t *testing.T, forms []string) []string {
	go func() {
		_, _ = io.WriteString(p.in, strings.Join(forms, "\n")+"\n")
	}()
	answers := make([]string, len(forms))
	for i := range answers {
		line, err := p.out.ReadString('\n')
		require.NoError(t, err, "clojure stopped at %s", forms[i])
		answers[i] = strings.TrimSuffix(line, "\n")
	}
	return answers
}
