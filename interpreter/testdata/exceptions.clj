; Exceptions. What follows ;=> is what Clojure 1.11 prints.
(try 1)                                                     ;=> 1
(try)                                                       ;=> nil
(try (throw (ex-info "boom" {:a 1})) (catch Exception e (ex-data e))) ;=> {:a 1}
(try (throw (ex-info "boom" {:a 1})) (catch Exception e (ex-message e))) ;=> "boom"
(try (/ 1 0) (catch ArithmeticException e :div))            ;=> :div
(try (/ 1 0) (catch Exception e (ex-message e)))            ;=> "Divide by zero"
(try (/ 1 0) (catch Throwable e :t))                        ;=> :t
(try (/ 1 0) (catch java.lang.ArithmeticException e :j))    ;=> :j
(try (/ 1 0) (catch clojure.lang.ExceptionInfo e :no) (catch RuntimeException e :rt)) ;=> :rt
(try (throw (ex-info "x" {})) (catch clojure.lang.ExceptionInfo e :ei)) ;=> :ei
(try (throw (ex-info "x" {})) (catch ArithmeticException e :no)) ;! "x"
(try (try (throw (ex-info "in" {})) (catch ArithmeticException e :no)) (catch Exception e (ex-message e))) ;=> "in"
(try (try (throw (ex-info "in" {})) (catch Exception e (throw (ex-info "out" {:n 1} e)))) (catch Exception e [(ex-message e) (ex-message (ex-cause e))])) ;=> ["out" "in"]
(let [a (atom [])] [(try 1 (finally (swap! a conj :f))) @a]) ;=> [1 [:f]]
(let [a (atom [])] (try (try (/ 1 0) (finally (swap! a conj :f))) (catch Exception e (swap! a conj :c))) @a) ;=> [:f :c]
(let [a (atom [])] [(try (swap! a conj 1) (throw (ex-info "x" {})) (catch Exception e (swap! a conj 2) :v) (finally (swap! a conj 3))) @a]) ;=> [:v [1 2 3]]
(try (try 1 (finally (throw (ex-info "fin" {})))) (catch Exception e (ex-message e))) ;=> "fin"
(try (try (/ 1 0) (finally (throw (ex-info "fin" {})))) (catch Exception e (ex-message e))) ;=> "fin"
(let [x nil] (try (x 1) (catch NullPointerException e :npe))) ;=> :npe
(let [x 5] (try (x 1) (catch ClassCastException e :cce)))   ;=> :cce
(try (+ nil 1) (catch NullPointerException e :npe))         ;=> :npe
(try (+ "a" 1) (catch ClassCastException e :cce))           ;=> :cce
(try (nth [1] 5) (catch IndexOutOfBoundsException e :ioobe)) ;=> :ioobe
(try ((identity (fn [x] x))) (catch clojure.lang.ArityException e :arity)) ;=> :arity
(try (apply (fn [x] x) [1 2]) (catch IllegalArgumentException e :arity)) ;=> :arity
(try (assert false) (catch Exception e :no) (catch AssertionError e :ae)) ;=> :ae
(try (case 1 2 3) (catch IllegalArgumentException e (ex-message e))) ;=> "No matching clause: 1"
(throw (ex-info "top" {:a 1}))                              ;! "top"
(let [f (fn [] (throw (ex-info "in f" {})))] (try (f) (catch Exception e (ex-message e)))) ;=> "in f"
(try (doall (map (fn [x] (/ 1 x)) [1 0])) (catch ArithmeticException e :lazy)) ;=> :lazy
(try (let [x 1] (throw (ex-info (str "x=" x) {:x x}))) (catch Exception e (:x (ex-data e)))) ;=> 1
(let [x 1] (try (let [x 2] (throw (ex-info "" {}))) (catch Exception e x))) ;=> 1
(try (throw (ex-info "a" {})) (catch Exception _ 1) (finally 2)) ;=> 1
(loop [i 0] (if (= :ok (try (if (< i 3) (throw (ex-info "" {})) :ok) (catch Exception e :retry))) i (recur (inc i)))) ;=> 3
((fn f [n] (if (zero? n) (throw (ex-info "deep" {:n n})) (try (f (dec n)) (catch Exception e (throw e))))) 3) ;! "deep"
(try ((fn f [n] (if (zero? n) (throw (ex-info "deep" {:n n})) (try (f (dec n)) (catch Exception e (throw e))))) 3) (catch Exception e (ex-data e))) ;=> {:n 0}
(ex-data (try (throw (ex-info "m" {:k 1})) (catch Exception e e))) ;=> {:k 1}
(ex-message (ex-info "m" {}))                               ;=> "m"
(throw (first [])) ;! "NullPointerException: Cannot throw nil"
(throw (identity 5))                                        ;! "ClassCastException: class java.lang.Long cannot be cast to class java.lang.Throwable"
(let [s (map (fn [x] (if (= x 2) (throw (ex-info "two" {})) x)) (list 1 2 3))] [(first s) (try (doall s) (catch Exception e (ex-message e)))]) ;=> [1 "two"]
(let [s (lazy-seq (throw (ex-info "lazy" {})))] [(try (seq s) (catch Exception e 1)) (try (seq s) (catch Exception e 2))]) ;=> [1 2]
(let [d (delay (throw (ex-info "d" {})))] [(try @d (catch Exception e 1)) (try @d (catch Exception e 2))]) ;=> [1 2]
