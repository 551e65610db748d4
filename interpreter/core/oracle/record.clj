; Records what Clojure says of the golden files: each form's value (;=>) or exception (;!) goes on the line below it.
; Lines that begin with ;~ (what Weir gives instead, and why) stay as they are. See README.md.

(require 'clojure.string 'clojure.set 'clojure.walk 'clojure.edn 'clojure.math)

(doseq [[short full] '{str clojure.string, set clojure.set, walk clojure.walk, edn clojure.edn, math clojure.math}]
  (alias short full))

(declare canon)

(defn- joined [open xs close] (str open (clojure.string/join " " xs) close))

(defn canon
  "The printed form of v, with maps and sets in the order of their elements' texts."
  [v]
  (cond
    (map? v) (joined "{" (sort (map (fn [[k x]] (str (canon k) " " (canon x))) v)) "}")
    (set? v) (joined "#{" (sort (map canon v)) "}")
    (vector? v) (joined "[" (map canon v) "]")
    (sequential? v) (joined "(" (map canon v) ")")
    (fn? v) "fn"
    :else (pr-str v)))

(defn- root [e]
  (if (and (instance? clojure.lang.Compiler$CompilerException e) (.getCause e)) (recur (.getCause e)) e))

(defn- one-line [s] (clojure.string/escape s {\newline "\\n" \return "\\r"}))

(defn- answer [line]
  (binding [*ns* (the-ns 'user)]
    (try
      (str ";=> " (one-line (canon (eval (read-string line)))))
      (catch Throwable e (str ";! " (.getSimpleName (class (root e))))))))

(defn- recorded [line]
  (cond
    (re-find #"^;(=>|!) " line) nil
    (or (clojure.string/blank? line) (clojure.string/starts-with? line ";")) [line]
    :else [line (answer line)]))

(doseq [file *command-line-args*]
  (let [lines (clojure.string/split-lines (slurp file))]
    (spit file (str (clojure.string/join "\n" (mapcat recorded lines)) "\n"))))
