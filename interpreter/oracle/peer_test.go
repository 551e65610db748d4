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

// answering is the Clojure side: a form a line in, a canonical answer a line out, flushed after an empty line. What throws
// answers with "!" and the simple name of the exception's class (with the message of an ArithmeticException); what takes too long answers "!Timeout" and its thread is ended.
const answering = `
(require 'clojure.string 'clojure.set 'clojure.walk 'clojure.edn)
(alias 'str 'clojure.string) (alias 'set 'clojure.set) (alias 'walk 'clojure.walk) (alias 'edn 'clojure.edn)
(set! *print-namespace-maps* false)
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
(defn failure [e] (str "!" (.getSimpleName (class e)) (when (instance? ArithmeticException e) (str " " (.getMessage e)))))
(defn answer [line]
  (clojure.string/escape
    (try (canon (eval (read-string line)))
         (catch Throwable e (if (instance? ThreadDeath e) (throw e) (failure (root e)))))
    {\newline "\\n" \return "\\r"}))
(def questions (java.util.concurrent.SynchronousQueue.))
(def answers (java.util.concurrent.SynchronousQueue.))
(defn start-worker []
  (doto (Thread. nil (bound-fn [] (loop [] (.put answers (answer (.take questions))) (recur))) "worker" (bit-shift-left 1 26))
    (.setDaemon true) (.start)))
(loop [worker (start-worker)]
  (when-let [line (read-line)]
    (if (= line "")
      (do (flush) (recur worker))
      (do (.put questions line)
          (let [text (.poll answers 5 java.util.concurrent.TimeUnit/SECONDS)]
            (println (or text "!Timeout"))
            (recur (if text worker (do (.stop worker) (start-worker)))))))))
`

// peer is a running Clojure.
type peer struct {
	in  io.Writer
	out *bufio.Reader
}

func startPeer(t *testing.T) *peer {
	script := filepath.Join(t.TempDir(), "answer.clj")
	require.NoError(t, os.WriteFile(script, []byte(answering), 0o600))
	// Most of the time goes into compiling each form: without the specs of macros' arguments and the second compiler of the
	// machine it takes a fraction.
	cmd := exec.Command("java", "-Xss64m", "-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote",
		"-Dclojure.spec.skip-macros=true", "-cp", classpath, "clojure.main", script)
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
func (p *peer) ask(t *testing.T, forms []string) []string { return p.begin(forms)(t) }

// begin sends forms, and returns what waits for their answers.
func (p *peer) begin(forms []string) func(*testing.T) []string {
	go func() {
		_, _ = io.WriteString(p.in, strings.Join(forms, "\n")+"\n\n")
	}()
	return func(t *testing.T) []string {
		answers := make([]string, len(forms))
		for i := range answers {
			line, err := p.out.ReadString('\n')
			require.NoError(t, err, "clojure stopped at %s", forms[i])
			answers[i] = strings.TrimSuffix(line, "\n")
		}
		return answers
	}
}
