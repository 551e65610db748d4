;; Takes the assertions out of a suite of clojure.test files, one form a line, for TestSuiteOfOthers:
;;
;;   java -cp $CLASSPATH clojure.main extract.clj FOLDER > forms.txt
;;
;; (is x) gives x and (is (thrown? C x)) gives (thrown x), each in the lets that stand around it; (are ...) is spelled
;; out. What stands in loops, needs helpers of the suite, or doesn't hold in Clojure itself when taken out, is left out and counted on stderr.
(require '[clojure.template :as template] '[clojure.string] '[clojure.set] '[clojure.walk] '[clojure.edn] '[clojure.java.io :as io])
(alias 'str 'clojure.string) (alias 'set 'clojure.set) (alias 'walk 'clojure.walk) (alias 'edn 'clojure.edn)

(def left-out (atom 0))

(defn wrap [lets form] (reduce (fn [inner bindings] (list 'let bindings inner)) form lets))

(defn assertion [x lets]
  (if (and (seq? x) (contains? '#{thrown? p/thrown? thrown-with-msg?} (first x)))
    {:thrown true :form (wrap lets (last x))}
    {:form (wrap lets x)}))

(defn found [form lets]
  (when (seq? form)
    (case (when (symbol? (first form)) (name (first form)))
      "is" [(assertion (second form) lets)]
      "are" (let [[_ args expr & values] form]
              (mapcat #(found (list 'is (template/apply-template args expr %)) lets)
                      (partition (count args) values)))
      ("testing" "deftest" "when-var-exists" "do") (mapcat #(found % lets) (rest form))
      "let" (mapcat #(found % (cons (second form) lets)) (drop 2 form))
      ("doseq" "for" "loop" "fn" "defn" "when" "if" "binding" "dotimes" "try") (do (swap! left-out inc) nil)
      nil)))

(defn forms-of [file]
  (with-open [in (java.io.PushbackReader. (io/reader file))]
    (doall (take-while #(not= % ::end)
                       (repeatedly #(binding [*default-data-reader-fn* tagged-literal] (read {:read-cond :allow :features #{:clj} :eof ::end} in)))))))

(defn holds? [{:keys [thrown form]}]
  (try (let [v (eval form)] (and (not thrown) v))
       (catch Throwable _ thrown)))

(doseq [file (sort (filter #(.endsWith (.getName %) ".cljc") (file-seq (io/file (first *command-line-args*)))))
        :when (not (.contains (.getName file) "portability"))
        {:keys [thrown form] :as a} (try (mapcat #(found % ()) (forms-of file))
                                         (catch Throwable _ (swap! left-out inc) nil))]
  (if (holds? a)
    (let [text (binding [*print-meta* true *print-dup* false] (pr-str form))]
      (println (str (.getName file) "\t" (if thrown "throws" "true") "\t" (clojure.string/replace text "\n" " "))))
    (swap! left-out inc)))
(binding [*out* *err*] (println "left out:" @left-out))
