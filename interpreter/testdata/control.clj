; Branches, literals and metadata. What follows ;=> is what Clojure 1.11 prints.
(if true 1 2)                                               ;=> 1
(if false 1)                                                ;=> nil
(if nil 1 2)                                                ;=> 2
(if 0 1 2)                                                  ;=> 1
(if-not true 1 2)                                           ;=> 2
(if-not nil 1)                                              ;=> 1
(when 1 2 3)                                                ;=> 3
(when nil 2 3)                                              ;=> nil
(when-not nil 2 3)                                          ;=> 3
(when-not 1 2)                                              ;=> nil
(cond)                                                      ;=> nil
(cond false 1 nil 2 :else 3)                                ;=> 3
(cond false 1)                                              ;=> nil
(cond (= 1 1) :a (/ 1 0) :b)                                ;=> :a
(do)                                                        ;=> nil
(do 1 2 3)                                                  ;=> 3
(and)                                                       ;=> true
(and 1)                                                     ;=> 1
(and 1 nil 2)                                               ;=> nil
(and 1 false (/ 1 0))                                       ;=> false
(and 1 2 3)                                                 ;=> 3
(or)                                                        ;=> nil
(or nil false)                                              ;=> false
(or nil 2 (/ 1 0))                                          ;=> 2
(or false nil)                                              ;=> nil
(if (and 1 2) :y :n)                                        ;=> :y
(if (or nil false) :y :n)                                   ;=> :n
(if (not (and true (or nil 1))) :y :n)                      ;=> :n
(if-let [x 5] [x] :none)                                    ;=> [5]
(if-let [x nil] [x] :none)                                  ;=> :none
(if-let [[a b] [1 2]] (+ a b) 0)                            ;=> 3
(if-let [[a b] nil] (+ a b) 0)                              ;=> 0
(if-let [{:keys [k]} {:k 7}] k)                             ;=> 7
(let [x 1] (if-let [x nil] x x))                            ;=> 1
(if-some [x false] [x] :none)                               ;=> [false]
(if-some [x nil] [x] :none)                                 ;=> :none
(when-let [x 5] 1 [x])                                      ;=> [5]
(when-let [x false] [x])                                    ;=> nil
(when-some [x false] [x])                                   ;=> [false]
(when-some [[a] [nil]] [a])                                 ;=> [nil]
(when-first [x [1 2 3]] [x])                                ;=> [1]
(when-first [x [nil]] [x])                                  ;=> [nil]
(when-first [x []] [x])                                     ;=> nil
(when-first [[a b] [[1 2]]] (+ a b))                        ;=> 3
(case 1 1 :one 2 :two)                                      ;=> :one
(case :b :a 1 :b 2 3)                                       ;=> 2
(case "x" ("y" "x") 1 2)                                    ;=> 1
(case 'sym sym 1 2)                                         ;=> 1
(case \a \a 1 2)                                            ;=> 1
(case nil nil 1 2)                                          ;=> 1
(case [1 2] [1 2] :v :d)                                    ;=> :v
(case {:a 1} {:a 1} :m :d)                                  ;=> :m
(case 5 1 :one :default)                                    ;=> :default
(case 1.0 1 :int :other)                                    ;=> :other
(case true true 1 false 2)                                  ;=> 1
(case '(1 2) (1 2) :alts ((1 2)) :list :none)               ;=> :list
(case 5 1 :one)                                             ;! "IllegalArgumentException: No matching clause: 5"
(case :zz (:a :b) 1)                                        ;! "IllegalArgumentException: No matching clause: :zz"
(case (+ 1 1) 2 (case 3 3 :in))                             ;=> :in
(case 1N 1 :a :b)                                           ;=> :a
(condp = 2 1 :a 2 :b)                                       ;=> :b
(condp = 3 1 :a :default)                                   ;=> :default
(condp some [1 2 3] #{0 6} :>> inc #{2 9} :>> dec :d)       ;=> 1
(condp = 9 1 :a)                                            ;! "IllegalArgumentException: No matching clause: 9"
(condp (fn [a b] (< a b)) 5 7 :no 3 :yes)                   ;=> :yes
(let [f (fn [a b] (= a b))] (condp f 1 2 :x 1 :y))          ;=> :y
(comment anything (not evaluated))                          ;=> nil
(deref (doto (atom 1) (reset! 5) (swap! + 2)))              ;=> 7
(let [a (atom [])] (dotimes [i 3] (swap! a conj i)) @a)     ;=> [0 1 2]
(dotimes [i 0] (/ 1 0))                                     ;=> nil
(let [a (atom 0)] (while (< @a 5) (swap! a inc)) @a)        ;=> 5
(quote (a b c))                                             ;=> (a b c)
'(a [b] {c d})                                              ;=> (a [b] {c d})
'()                                                         ;=> ()
()                                                          ;=> ()
(quote nil)                                                 ;=> nil
[]                                                          ;=> []
{}                                                          ;=> {}
#{}                                                         ;=> #{}
[1 (+ 1 1) :k]                                              ;=> [1 2 :k]
{:a (+ 1 1) (keyword "b") 3}                                ;=> {:a 2, :b 3}
{:a {:b {:c 1}}}                                            ;=> {:a {:b {:c 1}}}
#{(+ 1 1) 5}                                                ;=> #{2 5}
[nil true false 1.5 "s" \c 1/2 3N 2.5M 'x]                  ;=> [nil true false 1.5 "s" \c 1/2 3N 2.5M x]
^{:m 1} [1]                                                 ;=> [1]
(meta ^{:m 1} [1])                                          ;=> {:m 1}
(meta ^:k {:a 1})                                           ;=> {:k true}
(meta ^{:m (+ 1 1)} [(inc 1)])                              ;=> {:m 2}
(meta '^{:m 1} x)                                           ;=> {:m 1}
(meta (with-meta [1] {:a 1}))                               ;=> {:a 1}
(meta (with-meta (fn [] 1) {:a 1}))                         ;=> {:a 1}
((with-meta (fn [] 1) {:a 1}))                              ;=> 1
(meta ^{:a 1} (fn [x] x))                                   ;=> {:a 1}
((fn [] {(+ 1 1) 1 2 3}))                                   ;! "IllegalArgumentException: Duplicate key: 2"
((fn [x] #{x 1}) 1)                                         ;! "IllegalArgumentException: Duplicate key: 1"
(assert true)                                               ;=> nil
(assert (= 1 2))                                            ;! "AssertionError: Assert failed: (= 1 2)"
(assert (= 1 2) "numbers differ")                           ;! "AssertionError: Assert failed: numbers differ\n(= 1 2)"
(assert false (str "a" 1))                                  ;! "AssertionError: Assert failed: a1\nfalse"
