; Functions, closures and calls. What follows ;=> is what Clojure 1.11 prints.
((fn [] 1))                                                 ;=> 1
((fn [a b] [b a]) 1 2)                                      ;=> [2 1]
((fn [& r] r))                                              ;=> nil
((fn [& r] r) 1 2)                                          ;=> (1 2)
((fn [a & r] [a r]) 1)                                      ;=> [1 nil]
((fn [a & r] [a r]) 1 2 3)                                  ;=> [1 (2 3)]
((fn ([] 0) ([a] 1) ([a b] 2) ([a b & c] (count c))))       ;=> 0
((fn ([] 0) ([a] 1) ([a b] 2) ([a b & c] (count c))) 1 2 3 4) ;=> 2
((fn ([] 0) ([a] 1) ([a b] 2) ([a b & c] (count c))) 1 2)   ;=> 2
((fn f [n] (if (zero? n) 1 (* n (f (dec n))))) 10)          ;=> 3628800
((fn f ([n] (f n 1)) ([n acc] (if (< n 2) acc (f (dec n) (* acc n))))) 5) ;=> 120
((fn f [n & more] (if more (apply f (+ n (first more)) (next more)) n)) 1 2 3 4) ;=> 10
((fn f [& xs] (if (seq xs) (+ 1 (apply f (rest xs))) 0)) 1 2 3) ;=> 3
((fn f [a & xs] (if xs (f (+ a (first xs))) a)) 1 2)        ;=> 3
(#(+ %1 %2) 1 2)                                            ;=> 3
(#(vector %&) 1 2)                                          ;=> [(1 2)]
(#(vector % %3) 1 2 3)                                      ;=> [1 3]
(map #(* % %) [1 2 3])                                      ;=> (1 4 9)
(let [x 1 y 2] (let [x 10] [x y]))                          ;=> [10 2]
(let [x 1 x (inc x) x (* x 10)] x)                          ;=> 20
(let [f (fn [x] (fn [y] (+ x y)))] ((f 1) 2))               ;=> 3
(let [x 1 f (fn [] x) x 2] [(f) x])                         ;=> [1 2]
(let [fs (map (fn [i] (fn [] i)) [1 2 3])] (map (fn [f] (f)) fs)) ;=> (1 2 3)
(let [fs (loop [i 0 acc []] (if (< i 3) (recur (inc i) (conj acc (fn [] i))) acc))] (map #(%) fs)) ;=> (0 1 2)
(letfn [(ev? [n] (if (zero? n) true (od? (dec n)))) (od? [n] (if (zero? n) false (ev? (dec n))))] [(ev? 10) (od? 7) (ev? 7)]) ;=> [true true false]
(letfn [(f [x] (* x k)) (k [] 1)] (fn? f))                  ;=> true
(letfn [(f ([x] (f x 1)) ([x y] (+ x y)))] (f 5))           ;=> 6
(let [k 3] (letfn [(f [x] (if (pos? x) (+ k (g (dec x))) 0)) (g [x] (f x))] (f 4))) ;=> 12
(letfn [(f [x] (if (pos? x) (cons x (f (dec x))) nil))] (f 3)) ;=> (3 2 1)
(letfn [(twice [f x] (f (f x)))] (twice (fn [x] (* x x)) 3)) ;=> 81
((fn [x] {:pre [(pos? x)]} x) 1)                            ;=> 1
((fn [x] {:pre [(pos? x)]} x) -1)                           ;! "AssertionError: Assert failed: (pos? x)"
((fn [x] {:post [(> % 1)]} x) 5)                            ;=> 5
((fn [x] {:post [(> % 1)]} x) 0)                            ;! "AssertionError: Assert failed: (> % 1)"
((fn [x] {:pre [(number? x)] :post [(= % (inc x))]} (inc x)) 1) ;=> 2
((fn [x] {:a x}) 1)                                         ;=> {:a 1}
((fn [x] {:pre 1}) 1)                                       ;=> {:pre 1}
(apply + 1 2 [3 4])                                         ;=> 10
(apply (fn [& xs] (count xs)) (range 50))                   ;=> 50
(apply (fn [a b] [a b]) [1 2])                              ;=> [1 2]
((fn [a b c d e f g h] [h g f e d c b a]) 1 2 3 4 5 6 7 8)  ;=> [8 7 6 5 4 3 2 1]
(({:a inc} :a) 1)                                           ;=> 2
({:a 1} :a)                                                 ;=> 1
({:a 1} :b)                                                 ;=> nil
({:a 1} :b 2)                                               ;=> 2
(:a {:a 1})                                                 ;=> 1
(:b {:a 1} 5)                                               ;=> 5
(:a nil)                                                    ;=> nil
(:a 5)                                                      ;=> nil
(:a [1])                                                    ;=> nil
('a {'a 1})                                                 ;=> 1
(#{1 2} 1)                                                  ;=> 1
(#{1 2} 3)                                                  ;=> nil
([10 20] 1)                                                 ;=> 20
([10 20] 2)                                                 ;! "IndexOutOfBoundsException: "
((comp inc inc) 1)                                          ;=> 3
((partial + 1 2) 3)                                         ;=> 6
((juxt inc dec) 1)                                          ;=> [2 0]
((complement nil?) 1)                                       ;=> true
(let [m {:a 1}] (m :a))                                     ;=> 1
(let [k :a] (k {:a 1}))                                     ;=> 1
(let [k :a] (k {} 3))                                       ;=> 3
(let [s #{1}] (s 1))                                        ;=> 1
(let [v [5 6]] (v 1))                                       ;=> 6
(let [v [5 6]] (map v [0 1 0]))                             ;=> (5 6 5)
(map {:a 1 :b 2} [:a :b :c])                                ;=> (1 2 nil)
(map :x [{:x 1} {:x 2} {}])                                 ;=> (1 2 nil)
(let [f nil] (f 1))                                         ;! "NullPointerException: Cannot call nil as a function"
(let [f 5] (f 1))                                           ;! "ClassCastException: class java.lang.Long cannot be cast to class clojure.lang.IFn"
(let [f "s"] (f 1 2))                                       ;! "ClassCastException: class java.lang.String cannot be cast to class clojure.lang.IFn"
(let [f 5] (f))                                             ;! "ClassCastException: class java.lang.Long cannot be cast to class clojure.lang.IFn"
(let [f 5] (f 1 2 3))                                       ;! "ClassCastException: class java.lang.Long cannot be cast to class clojure.lang.IFn"
((fn [f] (f)) (fn [x] x))                                   ;! "ArityException: Wrong number of args (0) passed to: fn"
((fn [f] (f 1 2)) (fn [x] x))                               ;! "ArityException: Wrong number of args (2) passed to: fn"
(let [f (atom (fn [a] a))] (@f 1 2))                        ;! "ArityException: Wrong number of args (2) passed to: fn"
(map (fn [x] x) [1] [2])                                    ;! "ArityException: Wrong number of args (2) passed to: fn"
(fn? (fn []))                                               ;=> true
(let [f inc] (f 1))                                         ;=> 2
(let [+ -] (+ 5 3))                                         ;=> 2
(let [inc (fn [x] (* x 100))] (map inc [1 2]))              ;=> (100 200)
(let [{:keys [map]} {:map 5}] map)                          ;=> 5
((((fn [x] (fn [y] (fn [z] [x y z]))) 1) 2) 3)              ;=> [1 2 3]
(let [compose (fn [& fs] (reduce (fn [f g] (fn [x] (f (g x)))) fs))] ((compose inc inc #(* 2 %)) 5)) ;=> 12
(let [fact (fn [n] (loop [n n acc 1] (if (zero? n) acc (recur (dec n) (* acc n)))))] (fact 20)) ;=> 2432902008176640000
((fn [n] (if (pos? n) (recur (dec n)) :done)) 100000)       ;=> :done
((fn [a & more] (if more (recur (+ a (first more)) (next more)) a)) 1 2 3) ;=> 6
((fn [n acc] (if (zero? n) acc (recur (- n 1) (+ acc n)))) 1000 0) ;=> 500500
((fn f [n] (if (zero? n) 0 (+ 1 (f (dec n))))) 1000)        ;=> 1000
(trampoline (fn f [n] (if (zero? n) :done #(f (dec n)))) 10000) ;=> :done
((memoize (fn [x] (* x 2))) 4)                              ;=> 8
(let [n 0 f (fn [n] (fn [] n))] [((f 1)) ((f 2)) n])        ;=> [1 2 0]
