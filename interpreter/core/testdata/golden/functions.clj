; Functions of functions, state, exceptions, and the control macros.

;; apply
(apply + [1 2])
;=> 3
(apply + 1 2 [3])
;=> 6
(apply + nil)
;=> 0
(apply str "abc")
;=> "abc"
(apply max [1 5 3])
;=> 5
(apply hash-map [:a 1])
;=> {:a 1}
(apply {:a 1} [:a])
;=> 1
(apply :a [{:a 1}])
;=> 1
(apply 1 [1])
;! ClassCastException
(apply + 1)
;! IllegalArgumentException
(apply vector 1 {:a 1})
;=> [1 [:a 1]]
(apply map vector [[1 2] [3 4]])
;=> ([1 3] [2 4])
(apply (fn [a & r] [a r]) 1 [2 3])
;=> [1 (2 3)]
(apply (fn [a b] a) [1])
;! ArityException
(apply str (repeat 3 "x"))
;=> "xxx"
(apply concat [[1] [2]])
;=> (1 2)
;; comp
((comp inc inc) 1)
;=> 3
((comp) 1)
;=> 1
((comp inc) 1)
;=> 2
((comp str +) 1 2 3)
;=> "6"
((comp first rest) [1 2])
;=> 2
((comp :a :b) {:b {:a 1}})
;=> 1
(map (comp inc :a) [{:a 1}])
;=> (2)
((comp inc inc inc inc) 0)
;=> 4
((comp) 1 2)
;! ArityException
;; partial
((partial + 1) 2)
;=> 3
((partial + 1 2) 3 4)
;=> 10
((partial +))
;=> 0
((partial str "a" "b") "c")
;=> "abc"
((partial map inc) [1])
;=> (2)
((partial vector 1 2 3 4) 5 6)
;=> [1 2 3 4 5 6]
((partial inc) 1)
;=> 2
;; juxt
((juxt inc dec) 1)
;=> [2 0]
((juxt :a :b) {:a 1 :b 2})
;=> [1 2]
((juxt + -) 5 3)
;=> [8 2]
((juxt identity) 1)
;=> [1]
((juxt + - * /) 6 2 1)
;=> [9 3 12 3]
(juxt)
;! ArityException
;; constantly
((constantly 1))
;=> 1
((constantly 1) 2 3)
;=> 1
;; memoize
(let [n (atom 0) f (memoize (fn [x] (swap! n inc) x))] [(f 1) (f 1) (f 2) @n])
;=> [1 1 2 2]
(let [n (atom 0) f (memoize (fn [x] (swap! n inc) nil))] [(f 1) (f 1) @n])
;=> [nil nil 1]
(let [n (atom 0) f (memoize (fn [& xs] (swap! n inc) xs))] [(f) (f) (f 1 2) (f 1 2) @n])
;=> [nil nil (1 2) (1 2) 2]
;; trampoline
(trampoline (fn f [n] (if (zero? n) :done #(f (dec n)))) 1000)
;=> :done
(trampoline (constantly 1))
;=> 1
(trampoline + 1 2)
;=> 3
(trampoline (fn [] (fn [] :x)))
;=> :x
;; fnil
((fnil inc 0) nil)
;=> 1
((fnil inc 0) 5)
;=> 6
((fnil + 1 2) nil nil)
;=> 3
((fnil + 1 2) nil 5)
;=> 6
((fnil vector 1 2 3) nil nil nil)
;=> [1 2 3]
((fnil vector 1) nil nil)
;=> [1 nil]
((fnil vector 1) nil 2 3 4)
;=> [1 2 3 4]
((fnil vector 1 2 3) nil 5 nil 7)
;=> [1 5 3 7]
((fnil inc 0))
;! ArityException
((fnil + 1 2) nil)
;! ArityException
;; ex-info
(ex-message (ex-info "m" {:a 1}))
;=> "m"
(ex-data (ex-info "m" {:a 1}))
;=> {:a 1}
(ex-info "m" nil)
;! IllegalArgumentException
(ex-info "m" 5)
;! ClassCastException
(ex-info 5 {})
;! ClassCastException
(ex-message (ex-info nil {}))
;=> nil
(try (throw (ex-info "m" {:a 1})) (catch Exception e [(ex-message e) (ex-data e)]))
;=> ["m" {:a 1}]
(try (throw (ex-info "m" {})) (catch clojure.lang.ExceptionInfo e :info))
;=> :info
(ex-info "m" {} "x")
;! ClassCastException
;; ex-data
(ex-data nil)
;=> nil
(ex-data 1)
;=> nil
(try (/ 1 0) (catch Exception e (ex-data e)))
;=> nil
;; ex-message
(ex-message nil)
;=> nil
(ex-message 1)
;=> nil
(try (/ 1 0) (catch Exception e (ex-message e)))
;=> "Divide by zero"
(try (+ 9223372036854775807 1) (catch Exception e (ex-message e)))
;=> "long overflow"
(try (hash-map 1) (catch IllegalArgumentException e (ex-message e)))
;=> "No value supplied for key: 1"
(try (subs "abc" 5) (catch Exception e (ex-message e)))
;=> "begin 5, end 3, length 3"
(try (even? 1.5) (catch Exception e (ex-message e)))
;=> "Argument must be an integer: 1.5"
(try (conj {} [1]) (catch Exception e (ex-message e)))
;=> "Vector arg to map conj must be a pair"
(try (pop []) (catch Exception e (ex-message e)))
;=> "Can't pop empty vector"
(try (contains? '(1) 1) (catch Exception e (ex-message e)))
;=> "contains? not supported on type: clojure.lang.PersistentList"
(try (format "%d" "x") (catch Exception e (ex-message e)))
;=> "d != java.lang.String"
(try (format "%s") (catch Exception e (ex-message e)))
;=> "Format specifier '%s'"
(try (parse-long 1) (catch Exception e (ex-message e)))
;=> "Expected string, got java.lang.Long"
(try (byte 200) (catch Exception e (ex-message e)))
;=> "Value out of range for byte: 200"
(try (nth {} 0) (catch Exception e (ex-message e)))
;=> "nth not supported on this type: PersistentArrayMap"
(try (count 1) (catch Exception e (ex-message e)))
;=> "count not supported on this type: Long"
(try (seq 1) (catch Exception e (ex-message e)))
;=> "Don't know how to create ISeq from: java.lang.Long"
(try (symbol 1) (catch Exception e (ex-message e)))
;=> "no conversion to symbol"
(try (bit-and 1.5 1) (catch Exception e (ex-message e)))
;=> "bit operation not supported for: class java.lang.Double"
(try (str/replace "a" :b "c") (catch Exception e (ex-message e)))
;=> "Invalid match arg: :b"
(try (str/replace "a" #"a" "$1") (catch Exception e (ex-message e)))
;=> "No group 1"
(try (str/replace "a" #"a" "$") (catch Exception e (ex-message e)))
;=> "Illegal group reference: group index is missing"
(try (edn/read-string "#foo 1") (catch Exception e (ex-message e)))
;=> "No reader function for tag foo"
(try (apply (fn [x] x) []) (catch clojure.lang.ArityException e :arity))
;=> :arity
;; ex-cause
(ex-cause nil)
;=> nil
(ex-message (ex-cause (ex-info "a" {} (ex-info "b" {}))))
;=> "b"
(ex-cause (ex-info "a" {}))
;=> nil
(try (throw (ex-info "outer" {} (ex-info "inner" {:x 1}))) (catch Exception e (ex-data (ex-cause e))))
;=> {:x 1}
;; atom
@(atom 1)
;=> 1
@(atom nil)
;=> nil
(let [a (atom 1)] (identical? a a))
;=> true
@(atom 1 :meta {:a 1})
;=> 1
(meta (atom 1 :meta {:a 1}))
;=> {:a 1}
(atom 1 :validator even?)
;! IllegalStateException
(let [a (atom 2 :validator even?)] (try (reset! a 3) (catch Exception e [@a (ex-message e)])))
;=> [2 "Invalid reference state"]
;; deref
(deref (atom 5))
;=> 5
@(delay 5)
;=> 5
@(volatile! 1)
;=> 1
(deref 1)
;! ClassCastException
(deref nil)
;! NullPointerException
;; reset!
(let [a (atom 1)] [(reset! a 2) @a])
;=> [2 2]
(reset! 1 2)
;! ClassCastException
;; swap!
(let [a (atom 1)] [(swap! a inc) @a])
;=> [2 2]
(let [a (atom 1)] (swap! a + 2 3))
;=> 6
(let [a (atom {})] (swap! a assoc :k 1) (swap! a update :k inc) @a)
;=> {:k 2}
(swap! nil inc)
;! NullPointerException
;; swap-vals!
(let [a (atom 1)] (swap-vals! a inc))
;=> [1 2]
;; reset-vals!
(let [a (atom 1)] (reset-vals! a 5))
;=> [1 5]
;; compare-and-set!
(let [a (atom 1)] [(compare-and-set! a 1 2) (compare-and-set! a 1 3) @a])
;=> [true false 2]
;; volatile!
@(volatile! 1)
;=> 1
(volatile? (volatile! 1))
;=> true
;; vreset!
(let [v (volatile! 1)] [(vreset! v 2) @v])
;=> [2 2]
(vreset! (atom 1) 1)
;! ClassCastException
;; vswap!
(let [v (volatile! 1)] [(vswap! v + 2 3) @v])
;=> [6 6]
;; force
(force (delay 1))
;=> 1
(force 1)
;=> 1
(force nil)
;=> nil
(let [n (atom 0) d (delay (swap! n inc))] (force d) (force d) @n)
;=> 1
;; delay
(delay? (delay 1))
;=> true
(realized? (delay 1))
;=> false
(let [d (delay 1)] @d (realized? d))
;=> true
(let [n (atom 0) d (delay (swap! n inc) (throw (ex-info "x" {})))] (try @d (catch Exception e 1)) (try @d (catch Exception e [@n (ex-message e)])))
;=> [1 "x"]
;; ->
(-> 1 inc (+ 2))
;=> 4
(-> {:a 1} :a)
;=> 1
(-> [1] (conj 2) (conj 3))
;=> [1 2 3]
(-> 5)
;=> 5
;; ->>
(->> [1 2] (map inc) (reduce +))
;=> 5
(->> 5 (- 10))
;=> 5
;; and
(and)
;=> true
(and 1 2)
;=> 2
(and nil 1)
;=> nil
(and 1 false 2)
;=> false
;; as->
(as-> 1 x (+ x 1) (* x 2))
;=> 4
(as-> [1 2] x (map inc x) (vec x))
;=> [2 3]
;; assert
(assert true)
;=> nil
(assert false)
;! AssertionError
(assert (= 1 2) "msg")
;! AssertionError
(try (assert false "m") (catch AssertionError e (ex-message e)))
;=> "Assert failed: m\nfalse"
;; case
(case 1 1 :a 2 :b)
;=> :a
(case 3 1 :a :default)
;=> :default
(case 3 1 :a)
;! IllegalArgumentException
(case :k (:a :k) 1 2)
;=> 1
(case "x" "x" 1)
;=> 1
(case [1 2] [1 2] :vec)
;=> :vec
(case nil nil 1 2)
;=> 1
(case 'a a 1 2)
;=> 1
(case \a \a 1)
;=> 1
(case 1.0 1 :int 1.0 :double)
;=> :double
;; comment
(comment 1 2)
;=> nil
;; cond
(cond)
;=> nil
(cond false 1 true 2)
;=> 2
(cond nil 1)
;=> nil
(cond false 1 :else 3)
;=> 3
;; cond->
(cond-> 1 true inc false dec)
;=> 2
(cond-> {} true (assoc :a 1))
;=> {:a 1}
(cond-> 1)
;=> 1
;; cond->>
(cond->> [1 2] true (map inc) false (map dec))
;=> (2 3)
;; condp
(condp = 1 1 :a 2 :b)
;=> :a
(condp = 3 1 :a :default)
;=> :default
(condp some [1 2] #{2} :>> inc)
;=> 3
(condp = 3 1 :a)
;! IllegalArgumentException
(condp < 5 10 :small 3 :large)
;=> :large
;; doseq
(doseq [x [1 2]] x)
;=> nil
(let [a (atom [])] (doseq [x [1 2] y [3 4] :when (odd? x)] (swap! a conj [x y])) @a)
;=> [[1 3] [1 4]]
(let [a (atom [])] (doseq [x (range) :while (< x 3) :let [y (* x x)]] (swap! a conj y)) @a)
;=> [0 1 4]
;; dotimes
(dotimes [i 3] i)
;=> nil
(let [a (atom 0)] (dotimes [i 4] (swap! a + i)) @a)
;=> 6
;; doto
@(doto (atom 1) (swap! inc) (swap! * 5))
;=> 10
;; fn
((fn [x] x) 1)
;=> 1
((fn [& xs] xs) 1 2)
;=> (1 2)
((fn ([] 0) ([x] 1) ([x & r] 2)) 1 2)
;=> 2
((fn f [n] (if (zero? n) 0 (+ n (f (dec n))))) 5)
;=> 15
((fn [{:keys [a] :or {a 5}}] a) {})
;=> 5
((fn [[a & b :as c]] [a b c]) [1 2])
;=> [1 (2) [1 2]]
((fn [x] x))
;! ArityException
(#(+ %1 %2) 1 2)
;=> 3
(#(apply + %&) 1 2 3)
;=> 6
((fn [& {:keys [a]}] a) :a 1)
;=> 1
((fn [& {:keys [a]}] a) {:a 2})
;=> 2
;; for
(for [x [1 2] y [3 4]] [x y])
;=> ([1 3] [1 4] [2 3] [2 4])
(for [x (range 5) :when (odd? x)] x)
;=> (1 3)
(for [x (range) :while (< x 3)] x)
;=> (0 1 2)
(for [x [1 2] :let [y (inc x)]] y)
;=> (2 3)
(for [[k v] {:a 1}] v)
;=> (1)
(for [x nil] x)
;=> ()
;; if-let
(if-let [x 1] x :no)
;=> 1
(if-let [x nil] x :no)
;=> :no
(if-let [[a b] nil] a :no)
;=> :no
;; if-not
(if-not false 1 2)
;=> 1
(if-not true 1)
;=> nil
;; if-some
(if-some [x false] [x] :no)
;=> [false]
(if-some [x nil] x :no)
;=> :no
;; lazy-cat
(lazy-cat [1] [2])
;=> (1 2)
(take 2 (lazy-cat [1] (range)))
;=> (1 0)
(lazy-cat)
;=> ()
;; lazy-seq
(lazy-seq [1 2])
;=> (1 2)
(lazy-seq nil)
;=> ()
(take 3 ((fn f [n] (lazy-seq (cons n (f (inc n))))) 0))
;=> (0 1 2)
(realized? (lazy-seq [1]))
;=> false
(lazy-seq 5)
;! IllegalArgumentException
;; let
(let [x 1 y (inc x)] [x y])
;=> [1 2]
(let [{:keys [a b] :as m} {:a 1}] [a b m])
;=> [1 nil {:a 1}]
(let [[a [b c] & d] [1 [2 3] 4 5]] [a b c d])
;=> [1 2 3 (4 5)]
(let [{a :x :strs [b] :syms [c]} {:x 1 "b" 2 'c 3}] [a b c])
;=> [1 2 3]
(let [{:n/keys [a] :keys [:n/b n/c]} {:n/a 1 :n/b 2 :n/c 3}] [a b c])
;=> [1 2 3]
(let [])
;=> nil
;; letfn
(letfn [(ev? [n] (if (zero? n) true (od? (dec n)))) (od? [n] (if (zero? n) false (ev? (dec n))))] (ev? 10))
;=> true
;; loop
(loop [i 0 acc []] (if (< i 3) (recur (inc i) (conj acc i)) acc))
;=> [0 1 2]
(loop [[x & xs] [1 2 3] s 0] (if x (recur xs (+ s x)) s))
;=> 6
;; or
(or)
;=> nil
(or nil 1)
;=> 1
(or false nil)
;=> nil
;; some->
(some-> {:a {:b 1}} :a :b inc)
;=> 2
(some-> {:a nil} :a :b)
;=> nil
(some-> nil inc)
;=> nil
;; some->>
(some->> [1 2] (map inc))
;=> (2 3)
(some->> nil (map inc))
;=> nil
;; when
(when true 1 2)
;=> 2
(when false 1)
;=> nil
;; when-first
(when-first [x [1 2]] x)
;=> 1
(when-first [x []] :x)
;=> nil
(when-first [x nil] :x)
;=> nil
;; when-let
(when-let [x 1] (inc x))
;=> 2
(when-let [x nil] 1)
;=> nil
;; when-not
(when-not false 1)
;=> 1
(when-not true 1)
;=> nil
;; when-some
(when-some [x false] [x])
;=> [false]
(when-some [x nil] 1)
;=> nil
;; while
(let [a (atom 3)] (while (pos? @a) (swap! a dec)) @a)
;=> 0
;; clojure.math
(math/sqrt 4)
;=> 2.0
(math/pow 2 10)
;=> 1024.0
(math/pow 1 ##NaN)
;=> ##NaN
(math/floor -1.5)
;=> -2.0
(math/ceil 1.2)
;=> 2.0
(math/round 2.5)
;=> 3
(math/round -2.5)
;=> -2
(math/round 0.49999999999999994)
;=> 0
(math/round ##NaN)
;=> 0
(math/round 1e300)
;=> 9223372036854775807
(math/rint 2.5)
;=> 2.0
(math/signum -3.0)
;=> -1.0
(math/floor-div -7 2)
;=> -4
(math/floor-mod -7 2)
;=> 1
(math/floor-div 1 0)
;! ArithmeticException
(math/cbrt 27)
;=> 3.0
(math/hypot 3 4)
;=> 5.0
(math/atan2 1 1)
;=> 0.7853981633974483
(math/log10 1000)
;=> 3.0
(math/to-degrees 3.141592653589793)
;=> 180.0
(math/add-exact 9223372036854775807 1)
;! ArithmeticException
(math/IEEE-remainder 5 3)
;=> -1.0
(math/copy-sign 1.0 -2.0)
;=> -1.0
(math/sqrt -1)
;=> ##NaN
