; The author's own names don't break the language's macros, and shadow what Clojure lets them shadow.
(let [list 1 vec 2 apply 3 concat 4 seq 5 first 6 rest 7 cons 8 nth 9 get 10 next 11 not 12 = 13 long 14]
  [(for [x [1 2]] x) (if-not false 1 2) (lazy-cat [1] [2]) (condp (fn [a b] true) 1 2 3)
   (let [[a & b] [1 2] {c :c} {:c 3}] [a b c])])      ;=> [(1 2) 1 (1 2) 3 [1 (2) 3]]
(let [inc dec] (inc 1))                               ;=> 0
(let [+ -] (+ 5 1))                                   ;=> 4
(let [when (fn [a b] [a b])] (when 1 2))              ;=> [1 2]
(let [cond vector] (cond 1 2 3))                      ;=> [1 2 3]
(let [-> (fn [& xs] xs)] (-> 1 2))                    ;=> (1 2)
(let [let (fn [x] x)] (let 5))                        ;=> 5
(let [fn inc] (fn 5))                                 ;=> 6
(let [if (fn [& xs] xs)] (if true 1 2))               ;=> 1
(let [do 5] (do 1 2))                                 ;=> 2
(let [quote inc] (quote x))                           ;=> x
(let [if 5] [if])                                     ;=> [5]
(let [case {:a 1}] (case :a))                         ;=> 1
(let [map {:a 1}] (map :a))                           ;=> 1
(let [map {:a 1}] (clojure.core/map inc [1]))         ;=> (2)
(let [str "x"] (str/upper-case str))                  ;=> "X"
(clojure.core/let [x 1] (clojure.core/when x :y))     ;=> :y
(clojure.core/-> 1 clojure.core/inc)                  ;=> 2
(clojure.core/+ 1 2)                                  ;=> 3
(clojure.string/join "," [1 2])                       ;=> "1,2"
(str/join "," [1 2])                                  ;=> "1,2"
(string/join "," [1 2])                               ;=> "1,2"
(set/union #{1} #{2})                                 ;=> #{1 2}
(walk/keywordize-keys {"a" 1})                        ;=> {:a 1}
(edn/read-string "[1 :a]")                            ;=> [1 :a]
(map str/upper-case ["a"])                            ;=> ("A")
(let [x 1] (let [f (fn x [n] (if (zero? n) :end (x (dec n))))] [x (f 2)]))    ;=> [1 :end]
((fn f [f] f) 5)                                      ;=> 5
(let [% 5] (inc %))                                   ;=> 6
(let [& 5] 1)                                         ;! "& can't be bound"
(#(let [x %] (map (fn [y] (+ x y)) [1 2])) 10)        ;=> (11 12)
(let [a 1] (try (let [a 2] (/ a 0)) (catch Exception e a)))   ;=> 1
(loop [x 3] (if (pos? x) (let [x (dec x)] (recur x)) x))      ;=> 0
(let [v 1] (case 'v v :matched :not))                 ;=> :matched
