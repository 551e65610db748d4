; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; apply
(apply)
;! ArityException
(apply nil nil)
;! NullPointerException
(apply 2 [1 2 3])
;! ClassCastException
(apply {:a 1} {:b 2})
;=> nil
(apply + 0 [1 2])
;=> 3
;; atom
(atom)
;! ArityException
(atom nil nil)
;! IllegalArgumentException
(atom nil [1 2])
;! IllegalArgumentException
;; comp
(comp)
;=> fn
(comp nil)
;=> nil
(comp [])
;=> []
(comp "")
;=> ""
(comp :k)
;=> :k
;; constantly
(constantly)
;! ArityException
(constantly nil)
;=> fn
(constantly [])
;=> fn
(constantly nil nil)
;! ArityException
;; deref
(deref)
;! ArityException
(deref [])
;! ClassCastException
(deref "")
;! ClassCastException
;; ex-cause
(ex-cause)
;! ArityException
(ex-cause [])
;=> nil
(ex-cause "")
;=> nil
(ex-cause nil nil)
;! ArityException
;; ex-data
(ex-data)
;! ArityException
(ex-data [])
;=> nil
(ex-data "")
;=> nil
(ex-data nil nil)
;! ArityException
;; ex-info
(ex-info)
;! ArityException
(ex-info nil nil)
;! IllegalArgumentException
(ex-info nil [1 2])
;! ClassCastException
;; ex-message
(ex-message)
;! ArityException
(ex-message [])
;=> nil
(ex-message "")
;=> nil
(ex-message nil nil)
;! ArityException
;; fnil
(fnil)
;! ArityException
(fnil nil nil)
;=> fn
(fnil nil)
;! ArityException
(fnil nil [1 2])
;=> fn
;; force
(force)
;! ArityException
(force [])
;=> []
(force "")
;=> ""
(force :k)
;=> :k
(force 1.5)
;=> 1.5
(force "ab")
;=> "ab"
(force nil nil)
;! ArityException
;; juxt
(juxt nil)
;=> fn
(juxt [])
;=> fn
;; memoize
(memoize)
;! ArityException
(memoize nil)
;=> fn
(memoize [])
;=> fn
(memoize nil nil)
;! ArityException
;; partial
(partial)
;! ArityException
(partial nil)
;=> nil
(partial [])
;=> []
(partial "")
;=> ""
(partial :k)
;=> :k
(partial 1.5)
;=> 1.5
;; reset!
(reset!)
;! ArityException
(reset! nil nil)
;! NullPointerException
(reset! [1 2] nil)
;! ClassCastException
;; swap!
(swap!)
;! ArityException
(swap! nil nil)
;! NullPointerException
(swap! [1 2] nil)
;! ClassCastException
;; trampoline
(trampoline)
;! ArityException
(trampoline nil)
;! NullPointerException
(trampoline "")
;! ClassCastException
(trampoline [1 2] 1)
;=> 2
(trampoline {:a 1} :a)
;=> 1
(trampoline {:a 1} {:b 2})
;=> nil
(trampoline #{1} #{1 2})
;=> nil
;; volatile!
(volatile!)
;! ArityException
(volatile! nil nil)
;! ArityException
;; vreset!
(vreset!)
;! ArityException
(vreset! nil nil)
;! NullPointerException
(vreset! [1 2] nil)
;! ClassCastException
;; vswap!
(vswap!)
;! ArityException
(vswap! nil nil)
;! NullPointerException
(vswap! inc [1 2])
;! ClassCastException
;; ->
(-> nil)
;=> nil
(-> 5 (- 2) -)
;=> -3
(-> {:a 1} :a inc str)
;=> "2"
;; ->>
(->> nil)
;=> nil
(->> 5 (- 2) -)
;=> 3
(->> [1 2 3] (map inc) (filter even?))
;=> (2 4)
(->> (range 5) (reduce +))
;=> 10
;; or
(or nil false)
;=> false
(or nil 2 (throw (ex-info "x" {})))
;=> 2
;; as->
(as-> 1 x)
;=> 1
(as-> 1 x (+ x 1) (* x x))
;=> 4
(as-> {:a [1 2]} m (:a m) (map inc m))
;=> (2 3)
(as-> nil x (str x "a"))
;=> "a"
;; comment
(comment)
;=> nil
(comment (this is never read as code) 1)
;=> nil
(vector (comment 1) 2)
;=> [nil 2]
;; cond
(cond false 1 :else 2)
;=> 2
;; cond->
(cond-> 1 true inc false (* 10) :k (+ 5))
;=> 7
(cond-> nil nil inc)
;=> nil
;; cond->>
(cond->> [1 2 3])
;=> [1 2 3]
(cond->> [1 2 3] true (map inc) false (filter odd?))
;=> (2 3 4)
(cond->> 1 nil inc)
;=> 1
(cond->> 10 true (- 3) 1 (- 1))
;=> 8
;; condp
(condp = 1)
;! IllegalArgumentException
(condp = 1 2 :two)
;! IllegalArgumentException
(condp = 1 2 :two :else)
;=> :else
(condp some [1 2] #{3} :three #{2} :>> inc)
;=> 3
;; case
(case 1)
;! IllegalArgumentException
(case :x :y 1)
;! IllegalArgumentException
(case '(1 2) (1 2) :in [1 2] :list)
;=> :list
;; delay
@(let [a (atom 0) d (delay (swap! a inc))] @d @d @a)
;! ClassCastException
;; doseq
(doseq [])
;=> nil
(doseq [x nil] x)
;=> nil
(let [a (atom [])] (doseq [x [1 2] :let [y (* x 10)] z [:p :q] :while (< x 2)] (swap! a conj [y z])) @a)
;=> [[10 :p] [10 :q]]
;; dotimes
(dotimes [i 0])
;=> nil
(let [a (atom [])] (dotimes [i 3] (swap! a conj i)) @a)
;=> [0 1 2]
(let [a (atom 0)] (dotimes [i -1] (swap! a inc)) @a)
;=> 0
(let [a (atom 0)] (dotimes [_ 2.5] (swap! a inc)) @a)
;=> 2
;; doto
(doto 1)
;=> 1
(doto nil identity)
;=> nil
(let [a (atom 0)] [(deref (doto a (swap! inc) (swap! + 5))) @a])
;=> [6 6]
(doto {:a 1} (assoc :b 2))
;=> {:a 1}
;; fn
((fn []))
;=> nil
((fn [x & more] [x more]) 1)
;=> [1 nil]
((fn [& {:keys [a] :or {a 9}}] a))
;=> 9
((fn f ([x] (f x 1)) ([x y] (+ x y))) 1)
;=> 2
((fn [[a b] {c :c}] [a b c]) nil nil)
;=> [nil nil nil]
;; for
(for [x [1 2 3] :while (< x 3) y [x] :when (odd? y)] y)
;=> (1)
(for [x [1 nil]] (inc x))
;! NullPointerException
;; if-let
(if-let [x nil] 1)
;=> nil
(if-let [x false] 1 2)
;=> 2
(if-let [[a b] nil] a :none)
;=> :none
;; if-not
(if-not nil 1)
;=> 1
(if-not 0 1 2)
;=> 2
;; if-some
(if-some [x nil] 1)
;=> nil
(if-some [x false] [x] 2)
;=> [false]
(if-some [[a] [nil]] [a] 2)
;=> [nil]
;; lazy-cat
(lazy-cat nil [1])
;=> (1)
(first (lazy-cat [1] (throw (ex-info "x" {}))))
;=> 1
;; lazy-seq
(lazy-seq)
;=> ()
(lazy-seq 1)
;! IllegalArgumentException
(let [a (atom 0)] (lazy-seq (swap! a inc) nil) @a)
;=> 0
;; let
(let [x 1 x (inc x)] x)
;=> 2
(let [{:keys [a b] :or {b 2} :as m} {:a 1}] [a b m])
;=> [1 2 {:a 1}]
(let [[a [b & c] :as d] [1 [2 3 4]]] [a b c d])
;=> [1 2 (3 4) [1 [2 3 4]]]
(let [{:strs [a] :syms [b] c :c} {"a" 1 'b 2 :c 3}] [a b c])
;=> [1 2 3]
(let [[a] 1] a)
;! UnsupportedOperationException
(let [{:keys [x/y]} {:x/y 1}] y)
;=> 1
;; letfn
(letfn [] 1)
;=> 1
(letfn [(f [x] (inc x))] (f nil))
;! NullPointerException
(letfn [(ev? [n] (if (zero? n) true (od? (dec n)))) (od? [n] (if (zero? n) false (ev? (dec n))))] (map ev? (range 4)))
;=> (true false true false)
(letfn [(f ([] 1) ([x] (+ x (f))))] (f 2))
;=> 3
;; loop
(loop [])
;=> nil
(loop [i 0] (if (< i 5) (recur (inc i)) i))
;=> 5
(loop [[x & xs] [1 2 3] acc ()] (if x (recur xs (conj acc x)) acc))
;=> (3 2 1)
(loop [x 1 y (inc x)] [x y])
;=> [1 2]
;; memoize
(let [a (atom 0) f (memoize (fn [& xs] (swap! a inc) xs))] [(f) (f) (f 1 2) (f 1 2) @a])
;=> [nil nil (1 2) (1 2) 2]
;; some->
(some-> {:a 1} :b inc)
;=> nil
(some-> 1 inc str)
;=> "2"
(some-> false not)
;=> true
;; some->>
(some->> [1 2] (map inc) (reduce +))
;=> 5
(some->> {:a nil} :a (map inc))
;=> nil
(some->> false not)
;=> true
;; trampoline
(trampoline (fn [n] (if (pos? n) #(identity n) :done)) 3)
;=> 3
(trampoline nil)
;! NullPointerException
(trampoline :k {:k 1})
;=> 1
;; when
(when nil 1)
;=> nil
(when true)
;=> nil
(when 0 1 2)
;=> 2
(when false (throw (ex-info "x" {})))
;=> nil
;; when-first
(when-first [x nil] 1)
;=> nil
(when-first [x [nil]] [x])
;=> [nil]
(when-first [[a b] {:k 1}] [b a])
;=> [1 :k]
;; when-let
(when-let [x false] 1)
;=> nil
(when-let [[a] [1 2]] a)
;=> 1
(when-let [{:keys [a]} {}] [a])
;=> [nil]
;; when-not
(when-not nil 1 2)
;=> 2
(when-not 0 1)
;=> nil
(when-not false)
;=> nil
;; when-some
(when-some [[a & b] [1 2 3]] b)
;=> (2 3)
;; while
(while nil 1)
;=> nil
(let [a (atom 3) b (atom [])] (while (pos? @a) (swap! b conj (swap! a dec))) @b)
;=> [2 1 0]
(let [a (atom 0)] (while (< @a 3) (swap! a inc)))
;=> nil
;; assert
(assert 1)
;=> nil
(assert nil)
;! AssertionError
(assert false "why")
;! AssertionError
;; compare-and-set!
(let [a (atom :x)] [(compare-and-set! a :x :y) @a])
;=> [true :y]
(let [a (atom :x)] [(compare-and-set! a :z :y) @a])
;=> [false :x]
(let [a (atom nil)] [(compare-and-set! a nil 1) @a])
;=> [true 1]
(compare-and-set! nil 1 2)
;! NullPointerException
;; reset!
(let [a (atom 1)] [(reset! a nil) @a])
;=> [nil nil]
(reset! nil 1)
;! NullPointerException
(reset! 1 1)
;! ClassCastException
;; reset-vals!
(let [a (atom 1)] [(reset-vals! a 2) @a])
;=> [[1 2] 2]
(reset-vals! nil 1)
;! NullPointerException
(let [a (atom [])] (reset-vals! a nil))
;=> [[] nil]
;; swap!
(let [a (atom 1)] [(swap! a + 2 3 4 5) @a])
;=> [15 15]
(swap! (atom nil) inc)
;! NullPointerException
;; swap-vals!
(let [a (atom 1)] [(swap-vals! a inc) @a])
;=> [[1 2] 2]
(let [a (atom {})] (swap-vals! a assoc :k 1))
;=> [{} {:k 1}]
(swap-vals! (atom "s") inc)
;! ClassCastException
;; volatile!
@(volatile! nil)
;=> nil
(let [v (volatile! [1])] (vswap! v conj 2) @v)
;=> [1 2]
(deref (volatile! 1))
;=> 1
;; vreset!
(vreset! nil 1)
;! NullPointerException
(vreset! (atom 1) 2)
;! ClassCastException
;; vswap!
(let [v (volatile! nil)] (vswap! v inc))
;! NullPointerException
(let [v (volatile! {})] (vswap! v assoc :a 1) @v)
;=> {:a 1}
;; deref
@nil
;! NullPointerException
@1
;! ClassCastException
@(atom [1])
;=> [1]
;; force
(force (delay (inc 1)))
;=> 2
(force [1])
;=> [1]
;; fn
((fn [& {:keys [a b] :as m}] [a b m]) :a nil (into nil {:b 1}))
;=> [nil 1 {:a nil :b 1}]
((fn [& {:as m}] m) :a nil #{})
;=> {:a nil}
((fn [& {:as m}] m) :a nil (list [:b 1]))
;! ClassCastException
((fn [& {:as m}] m) :a nil nil)
;=> {:a nil}
((fn [& {:as m}] m) :a nil 5)
;! IllegalArgumentException
