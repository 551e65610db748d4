; Collections: making them, adding, taking, looking in.

;; vector
(vector)
;=> []
(vector 1 2 nil)
;=> [1 2 nil]
;; vec
(vec nil)
;=> []
(vec '(1 2))
;=> [1 2]
(vec [1 2])
;=> [1 2]
(vec {:a 1})
;=> [[:a 1]]
(vec "ab")
;=> [\a \b]
(vec (range 40))
;=> [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39]
(vec 1)
;! RuntimeException
(vec #{1})
;=> [1]
(meta (vec (with-meta [1] {:a 1})))
;=> nil
;; list
(list)
;=> ()
(list 1 nil)
;=> (1 nil)
;; list*
(list* nil)
;=> nil
(list* [1 2])
;=> (1 2)
(list* 1 [2 3])
;=> (1 2 3)
(list* 1 2 nil)
;=> (1 2)
(list* 1 2 3 {:a 1})
;=> (1 2 3 [:a 1])
(take 3 (list* 1 (range)))
;=> (1 0 1)
(list* 1 2)
;! IllegalArgumentException
;; hash-map
(hash-map)
;=> {}
(hash-map :a 1 :b 2)
;=> {:a 1 :b 2}
(hash-map :a 1 :a 2)
;=> {:a 2}
(hash-map :a)
;! IllegalArgumentException
;; array-map
(array-map)
;=> {}
(array-map :a 1 :b 2)
;=> {:a 1 :b 2}
(keys (array-map :z 1 :y 2 :x 3))
;=> (:z :y :x)
(array-map :a)
;! IllegalArgumentException
;; hash-set
(hash-set)
;=> #{}
(hash-set 1 2 1)
;=> #{1 2}
;; set
(set nil)
;=> #{}
(set [1 2 1])
;=> #{1 2}
(set "aab")
;=> #{\a \b}
(set {:a 1})
;=> #{[:a 1]}
(set 1)
;! IllegalArgumentException
(set #{1 2})
;=> #{1 2}
;; sorted-map
(sorted-map)
;=> {}
(seq (sorted-map :b 1 :a 2))
;=> ([:a 2] [:b 1])
(sorted-map :a)
;! IllegalArgumentException
(sorted-map :a 1 "b" 2)
;! ClassCastException
(get (sorted-map 1 :a 2 :b) 2)
;=> :b
(get (sorted-map 1 :a) "x")
;! ClassCastException
(assoc (sorted-map 2 :b) 1 :a)
;=> {1 :a 2 :b}
(dissoc (sorted-map 1 :a 2 :b) 1)
;=> {2 :b}
((sorted-map 1 :a) 1)
;=> :a
(first (sorted-map 3 :c 1 :a))
;=> [1 :a]
(conj (sorted-map 1 :a) [0 :z])
;=> {0 :z 1 :a}
(sorted-map nil 1 :a 2)
;=> {:a 2 nil 1}
(= (sorted-map :a 1) (hash-map :a 1))
;=> true
(rest (sorted-map 1 2 3 4 5 6))
;=> ([3 4] [5 6])
;; sorted-map-by
(seq (sorted-map-by > 1 :a 2 :b))
;=> ([2 :b] [1 :a])
(seq (sorted-map-by #(compare %2 %1) "a" 1 "b" 2))
;=> (["b" 2] ["a" 1])
(sorted-map-by :a 1 2 3 4)
;! ClassCastException
(keys (sorted-map-by (fn [a b] (- (count a) (count b))) "xx" 1 "y" 2 "zz" 3))
;=> ("y" "xx")
;; sorted-set
(seq (sorted-set 3 1 2))
;=> (1 2 3)
(sorted-set)
;=> #{}
(sorted-set 1 "a")
;! ClassCastException
(conj (sorted-set 2) 1)
;=> #{1 2}
(disj (sorted-set 1 2) 1)
;=> #{2}
(contains? (sorted-set 1 2) 2)
;=> true
((sorted-set 1 2) 2)
;=> 2
(get (sorted-set 1 2) 3 :no)
;=> :no
(sorted-set [2 1] [1 2] [1])
;=> #{[1 2] [1] [2 1]}
;; sorted-set-by
(seq (sorted-set-by > 3 1 2))
;=> (3 2 1)
(seq (sorted-set-by #(compare (count %1) (count %2)) "aa" "b" "cc"))
;=> ("b" "aa")
(sorted-set-by 1 2)
;! ClassCastException
;; subseq
(subseq (sorted-set 1 2 3 4) > 2)
;=> (3 4)
(subseq (sorted-set 1 2 3 4) >= 2)
;=> (2 3 4)
(subseq (sorted-set 1 2 3 4) < 3)
;=> (1 2)
(subseq (sorted-set 1 2 3 4) <= 3)
;=> (1 2 3)
(subseq (sorted-set 1 2 3 4) > 1 < 4)
;=> (2 3)
(subseq (sorted-set 1 2 3 4) >= 2 <= 3)
;=> (2 3)
(subseq (sorted-map :a 1 :b 2 :c 3) >= :b)
;=> ([:b 2] [:c 3])
(subseq (sorted-set 1 2) > 5)
;=> nil
(subseq (sorted-set) > 5)
;=> nil
(subseq (sorted-set 1 2) > 5 < 9)
;=> nil
(subseq [1 2] > 1)
;! ClassCastException
;; rsubseq
(rsubseq (sorted-set 1 2 3 4) > 2)
;=> (4 3)
(rsubseq (sorted-set 1 2 3 4) >= 2)
;=> (4 3 2)
(rsubseq (sorted-set 1 2 3 4) < 3)
;=> (2 1)
(rsubseq (sorted-set 1 2 3 4) <= 3)
;=> (3 2 1)
(rsubseq (sorted-set 1 2 3 4) > 1 < 4)
;=> (3 2)
(rsubseq (sorted-set 1 2 3 4) >= 1 <= 3)
;=> (3 2 1)
(rsubseq (sorted-set 1 2) < 0)
;=> nil
;; conj
(conj)
;=> []
(conj nil)
;=> nil
(conj nil 1)
;=> (1)
(conj [] 1)
;=> [1]
(conj [1] 2 3)
;=> [1 2 3]
(conj '(1) 2 3)
;=> (3 2 1)
(conj #{1} 1 2)
;=> #{1 2}
(conj {:a 1} [:b 2])
;=> {:a 1 :b 2}
(conj {:a 1} {:b 2 :c 3})
;=> {:a 1 :b 2 :c 3}
(conj {:a 1} nil)
;=> {:a 1}
(conj {:a 1} [:b])
;! IllegalArgumentException
(conj {:a 1} '(:b 2))
;! ClassCastException
(conj {:a 1} (first {:b 2}))
;=> {:a 1 :b 2}
(conj {:a 1} [:a 2] {:b 3} nil)
;=> {:a 2 :b 3}
(conj {:a 1} 5)
;! IllegalArgumentException
(conj (map inc [1]) 0)
;=> (0 2)
(conj (range 2) -1)
;=> (-1 0 1)
(conj (first {:a 1}) 2)
;=> [:a 1 2]
(conj "a" 1)
;! ClassCastException
(conj 1 2)
;! ClassCastException
(conj nil 1 2)
;=> (2 1)
(conj {:a 1} [[:b 2]])
;! IllegalArgumentException
(conj {:a 1} (seq {:b 2}))
;=> {:a 1 :b 2}
(meta (conj (with-meta [1] {:a 1}) 2))
;=> {:a 1}
(conj #{} [1] '(1))
;=> #{[1]}
;; disj
(disj #{1 2} 1)
;=> #{2}
(disj #{1 2} 1 2 3)
;=> #{}
(disj #{1})
;=> #{1}
(disj nil 1)
;=> nil
(disj [1] 1)
;! ClassCastException
(disj {:a 1} :a)
;! ClassCastException
;; cons
(cons 1 nil)
;=> (1)
(cons 1 [2])
;=> (1 2)
(cons 1 '(2))
;=> (1 2)
(cons 1 {:a 1})
;=> (1 [:a 1])
(cons 1 "ab")
;=> (1 \a \b)
(cons 1 2)
;! IllegalArgumentException
;; peek
(peek [1 2])
;=> 2
(peek '(1 2))
;=> 1
(peek [])
;=> nil
(peek nil)
;=> nil
(peek (list))
;=> nil
(peek #{1})
;! ClassCastException
(peek (map inc [1]))
;! ClassCastException
;; pop
(pop [1 2])
;=> [1]
(pop '(1 2))
;=> (2)
(pop [])
;! IllegalStateException
(pop ())
;! IllegalStateException
(pop nil)
;=> nil
(pop {:a 1})
;! ClassCastException
(pop (first {:a 1}))
;=> [:a]
;; empty
(empty [1])
;=> []
(empty '(1))
;=> ()
(empty {:a 1})
;=> {}
(empty #{1})
;=> #{}
(empty "a")
;=> nil
(empty nil)
;=> nil
(empty (map inc [1]))
;=> ()
(empty (sorted-map 1 2))
;=> {}
(empty (first {:a 1}))
;=> nil
(empty 1)
;=> nil
(meta (empty (with-meta [1] {:a 1})))
;=> {:a 1}
(assoc (empty (sorted-map-by > 1 2)) 1 1 2 2)
;=> {1 1 2 2}
;; not-empty
(not-empty [])
;=> nil
(not-empty [1])
;=> [1]
(not-empty "")
;=> nil
(not-empty nil)
;=> nil
(not-empty {:a 1})
;=> {:a 1}
;; get
(get {:a 1} :a)
;=> 1
(get {:a 1} :b)
;=> nil
(get {:a 1} :b 2)
;=> 2
(get {:a nil} :a 2)
;=> nil
(get [1 2] 0)
;=> 1
(get [1 2] 5)
;=> nil
(get [1 2] 5 :x)
;=> :x
(get [1 2] -1)
;=> nil
(get [1 2] :a)
;=> nil
(get #{1 2} 1)
;=> 1
(get #{1 2} 3)
;=> nil
(get "abc" 1)
;=> \b
(get "abc" 5)
;=> nil
(get nil :a)
;=> nil
(get nil :a 1)
;=> 1
(get '(1 2) 0)
;=> nil
(get 5 :a)
;=> nil
(get [1 2] 1N)
;=> 2
(get [1 2] 0.5)
;=> nil
(get #{[1]} '(1))
;=> [1]
(get (transient {:a 1}) :a)
;=> 1
(get {1 :a} 1.0)
;=> nil
;; get-in
(get-in {:a {:b 1}} [:a :b])
;=> 1
(get-in {:a {:b 1}} [:a :c])
;=> nil
(get-in {:a {:b 1}} [:a :c] 5)
;=> 5
(get-in {:a {:b nil}} [:a :b] 5)
;=> nil
(get-in {:a 1} [])
;=> {:a 1}
(get-in {:a 1} nil)
;=> {:a 1}
(get-in {:a [1 2]} [:a 1])
;=> 2
(get-in nil [:a])
;=> nil
(get-in {:a 1} [:a :b :c])
;=> nil
(get-in {:a 1} [:a :b :c] :d)
;=> :d
(get-in {:a {:b 1}} '(:a :b))
;=> 1
(get-in {:a 1} 5)
;! IllegalArgumentException
;; find
(find {:a 1} :a)
;=> [:a 1]
(find {:a nil} :a)
;=> [:a nil]
(find {:a 1} :b)
;=> nil
(find [1 2] 0)
;=> [0 1]
(find [1 2] 2)
;=> nil
(find nil 1)
;=> nil
(find #{1} 1)
;! IllegalArgumentException
(find (sorted-map 1 2) 1)
;=> [1 2]
;; key
(key (first {:a 1}))
;=> :a
(key [1 2])
;! ClassCastException
(key nil)
;! NullPointerException
;; val
(val (first {:a 1}))
;=> 1
(val [1 2])
;! ClassCastException
(map val {:a 1})
;=> (1)
;; keys
(keys {:a 1 :b 2})
;=> (:a :b)
(keys {})
;=> nil
(keys nil)
;=> nil
(keys [1])
;! ClassCastException
(keys (sorted-map 2 :b 1 :a))
;=> (1 2)
(keys [[1 2]])
;! ClassCastException
(keys (seq {:a 1}))
;=> (:a)
;; vals
(vals {:a 1 :b 2})
;=> (1 2)
(vals {})
;=> nil
(vals nil)
;=> nil
(vals (filter (fn [[k v]] (> v 1)) {:a 1 :b 2}))
;=> (2)
;; assoc
(assoc {} :a 1)
;=> {:a 1}
(assoc nil :a 1)
;=> {:a 1}
(assoc {:a 1} :a 2 :b 3)
;=> {:a 2 :b 3}
(assoc [1 2] 0 :x)
;=> [:x 2]
(assoc [1 2] 2 :x)
;=> [1 2 :x]
(assoc [1 2] 3 :x)
;! IndexOutOfBoundsException
(assoc [1 2] :a 1)
;! IllegalArgumentException
(assoc {:a 1} :b)
;! ArityException
(assoc '(1) 0 1)
;! ClassCastException
(assoc "a" 0 1)
;! ClassCastException
(assoc #{} 1 1)
;! ClassCastException
(assoc {:a 1} :b 2 :c)
;! IllegalArgumentException
(meta (assoc (with-meta {} {:m 1}) :a 1))
;=> {:m 1}
(assoc (first {:a 1}) 0 :b)
;=> [:b 1]
(count (apply assoc {} (range 100)))
;=> 50
;; dissoc
(dissoc {:a 1 :b 2} :a)
;=> {:b 2}
(dissoc {:a 1} :a :b)
;=> {}
(dissoc {:a 1})
;=> {:a 1}
(dissoc nil :a)
;=> nil
(dissoc [1] 0)
;! ClassCastException
;; assoc-in
(assoc-in {} [:a :b] 1)
;=> {:a {:b 1}}
(assoc-in {:a {:b 1}} [:a :c] 2)
;=> {:a {:b 1 :c 2}}
(assoc-in nil [:a] 1)
;=> {:a 1}
(assoc-in {} [] 1)
;=> {nil 1}
(assoc-in {:a [1 {:b 2}]} [:a 1 :b] 3)
;=> {:a [1 {:b 3}]}
(assoc-in {:a 1} [:a :b] 2)
;! ClassCastException
;; update
(update {:a 1} :a inc)
;=> {:a 2}
(update {:a 1} :b (fnil inc 0))
;=> {:a 1 :b 1}
(update {:a 1} :a + 2 3)
;=> {:a 6}
(update [1 2] 0 inc)
;=> [2 2]
(update nil :a identity)
;=> {:a nil}
(update {:a 1} :b inc)
;! NullPointerException
(update {:a 1} :a - 1 2 3 4)
;=> {:a -9}
;; update-in
(update-in {:a {:b 1}} [:a :b] inc)
;=> {:a {:b 2}}
(update-in {:a {:b 1}} [:a :c] (fnil conj []) 5)
;=> {:a {:b 1 :c [5]}}
(update-in {} [:a :b] (constantly 1))
;=> {:a {:b 1}}
(update-in {:a 1} [] assoc :b 2)
;=> {:a 1 nil {:b 2}}
(update-in [[1 2]] [0 1] + 10)
;=> [[1 12]]
(update-in {:a 1} nil identity)
;=> {:a 1 nil nil}
;; update-vals
(update-vals {:a 1 :b 2} inc)
;=> {:a 2 :b 3}
(update-vals {} inc)
;=> {}
(update-vals nil inc)
;=> {}
(update-vals [1 2] inc)
;=> [2 3]
(update-vals (sorted-map 2 1 1 2) inc)
;=> {1 3 2 2}
(meta (update-vals (with-meta {:a 1} {:m 1}) inc))
;=> {:m 1}
;; update-keys
(update-keys {:a 1 :b 2} name)
;=> {"a" 1 "b" 2}
(update-keys {} name)
;=> {}
(update-keys nil name)
;=> {}
(update-keys [:x :y] inc)
;=> {1 :x 2 :y}
;; select-keys
(select-keys {:a 1 :b 2} [:a])
;=> {:a 1}
(select-keys {:a 1} [:b])
;=> {}
(select-keys {:a nil} [:a])
;=> {:a nil}
(select-keys nil [:a])
;=> {}
(select-keys {:a 1} nil)
;=> {}
(select-keys [1 2 3] [0 2])
;=> {0 1 2 3}
(select-keys {:a 1 :b 2} #{:b})
;=> {:b 2}
;; merge
(merge)
;=> nil
(merge nil)
;=> nil
(merge nil nil)
;=> nil
(merge {:a 1})
;=> {:a 1}
(merge {:a 1} {:b 2})
;=> {:a 1 :b 2}
(merge {:a 1} {:a 2} nil {:c 3})
;=> {:a 2 :c 3}
(merge nil {:a 1})
;=> {:a 1}
(merge {:a 1} [:b 2])
;=> {:a 1 :b 2}
(merge [1] 2)
;=> [1 2]
(merge {:a {:b 1}} {:a {:c 2}})
;=> {:a {:c 2}}
(merge nil [1 2])
;=> {1 2}
(meta (merge (with-meta {:a 1} {:m 1}) {:b 1}))
;=> {:m 1}
;; merge-with
(merge-with +)
;=> nil
(merge-with + {:a 1})
;=> {:a 1}
(merge-with + {:a 1} {:a 2 :b 3})
;=> {:a 3 :b 3}
(merge-with + {:a 1} {:a 2} {:a 3})
;=> {:a 6}
(merge-with into {:a [1]} {:a [2]})
;=> {:a [1 2]}
(merge-with + nil {:a 1})
;=> {:a 1}
(merge-with + {:a 1} nil)
;=> {:a 1}
(merge-with + nil nil)
;=> nil
(merge-with merge {:a {:b 1}} {:a {:c 2}})
;=> {:a {:b 1 :c 2}}
;; zipmap
(zipmap [:a :b] [1 2])
;=> {:a 1 :b 2}
(zipmap [:a :b] [1])
;=> {:a 1}
(zipmap [] [1])
;=> {}
(zipmap [:a :a] [1 2])
;=> {:a 2}
(zipmap (range) [1 2])
;=> {0 1 1 2}
(zipmap nil nil)
;=> {}
;; count
(count nil)
;=> 0
(count [])
;=> 0
(count [1 2])
;=> 2
(count '(1 2 3))
;=> 3
(count {:a 1})
;=> 1
(count #{1})
;=> 1
(count "abc")
;=> 3
(count "a😀")
;=> 3
(count (range 10))
;=> 10
(count (map inc [1 2]))
;=> 2
(count (filter odd? (range 10)))
;=> 5
(count 1)
;! UnsupportedOperationException
(count :a)
;! UnsupportedOperationException
(count (transient [1]))
;=> 1
(count (first {:a 1}))
;=> 2
;; bounded-count
(bounded-count 5 (range 3))
;=> 3
(bounded-count 5 [1 2 3 4 5 6 7])
;=> 7
(bounded-count 5 (map inc (range 100)))
;=> 5
(bounded-count 5 (iterate inc 0))
;=> 5
;; nth
(nth [1 2] 0)
;=> 1
(nth [1 2] 2)
;! IndexOutOfBoundsException
(nth [1 2] 2 :x)
;=> :x
(nth [1 2] -1)
;! IndexOutOfBoundsException
(nth '(1 2) 1)
;=> 2
(nth '(1 2) 5)
;! IndexOutOfBoundsException
(nth '(1 2) 5 :x)
;=> :x
(nth (range) 10)
;=> 10
(nth "abc" 1)
;=> \b
(nth "abc" 5)
;! StringIndexOutOfBoundsException
(nth "abc" 5 :x)
;=> :x
(nth nil 0)
;=> nil
(nth nil 0 :x)
;=> :x
(nth {:a 1} 0)
;! UnsupportedOperationException
(nth #{1} 0)
;! UnsupportedOperationException
(nth [1 2] 1.7)
;=> 2
(nth (first {:a 1}) 1)
;=> 1
(nth [1] nil)
;! NullPointerException
(nth (map inc [1]) -1)
;! IndexOutOfBoundsException
;; subvec
(subvec [1 2 3] 1)
;=> [2 3]
(subvec [1 2 3] 1 2)
;=> [2]
(subvec [1 2 3] 0 0)
;=> []
(subvec [1 2 3] 3)
;=> []
(subvec [1 2 3] 4)
;! IndexOutOfBoundsException
(subvec [1 2 3] 2 1)
;! IndexOutOfBoundsException
(subvec [1 2 3] -1)
;! IndexOutOfBoundsException
(subvec '(1 2) 0)
;! ClassCastException
(conj (subvec [1 2 3] 0 2) :x)
;=> [1 2 :x]
(assoc (subvec [1 2 3] 1) 0 :x)
;=> [:x 3]
(reduce + (subvec (vec (range 100)) 30 70))
;=> 1980
(subvec [1 2 3 4] 1.5 3)
;=> [2 3]
(seq (subvec [1 2 3] 1 1))
;=> nil
(pop (subvec [1 2 3] 1))
;=> [2]
(rseq (subvec [1 2 3] 1))
;=> (3 2)
;; replace
(replace {1 :a 2 :b} [1 2 3])
;=> [:a :b 3]
(replace {1 :a} '(1 2))
;=> (:a 2)
(replace [:x :y] [0 1 2])
;=> [:x :y 2]
(replace {nil 0} [nil 1])
;=> [0 1]
(replace {1 nil} [1])
;=> [nil]
(into [] (replace {1 :a}) [1 2])
;=> [:a 2]
(replace {} [])
;=> []
;; transient
(persistent! (transient [1 2]))
;=> [1 2]
(persistent! (transient {:a 1}))
;=> {:a 1}
(persistent! (transient #{1}))
;=> #{1}
(transient '(1))
;! ClassCastException
(transient (sorted-map))
;! ClassCastException
(let [v [1 2] t (transient v)] (conj! t 3) [v (persistent! t)])
;=> [[1 2] [1 2 3]]
;; persistent!
(persistent! (conj! (transient []) 1))
;=> [1]
(persistent! [1])
;! ClassCastException
(let [t (transient [])] (persistent! t) (conj! t 1))
;! IllegalAccessError
;; conj!
(persistent! (conj!))
;=> []
(persistent! (conj! (transient [1])))
;=> [1]
(persistent! (conj! (transient [1]) 2))
;=> [1 2]
(persistent! (conj! (transient {}) [:a 1]))
;=> {:a 1}
(persistent! (conj! (transient #{}) 1))
;=> #{1}
(conj! [] 1)
;! ClassCastException
(persistent! (reduce conj! (transient []) (range 100)))
;=> [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99]
;; assoc!
(persistent! (assoc! (transient {}) :a 1))
;=> {:a 1}
(persistent! (assoc! (transient {}) :a 1 :b 2))
;=> {:a 1 :b 2}
(persistent! (assoc! (transient [1 2]) 0 :x))
;=> [:x 2]
(persistent! (assoc! (transient [1 2]) 2 :x))
;=> [1 2 :x]
(assoc! (transient [1]) 5 1)
;! IndexOutOfBoundsException
(persistent! (reduce (fn [m i] (assoc! m i (* i i))) (transient {}) (range 20)))
;=> {0 0 1 1 10 100 11 121 12 144 13 169 14 196 15 225 16 256 17 289 18 324 19 361 2 4 3 9 4 16 5 25 6 36 7 49 8 64 9 81}
;; dissoc!
(persistent! (dissoc! (transient {:a 1 :b 2}) :a))
;=> {:b 2}
(persistent! (dissoc! (transient {:a 1 :b 2}) :a :b))
;=> {}
;; disj!
(persistent! (disj! (transient #{1 2}) 1))
;=> #{2}
(persistent! (disj! (transient #{1 2}) 1 2 3))
;=> #{}
;; pop!
(persistent! (pop! (transient [1 2])))
;=> [1]
(pop! (transient []))
;! IllegalStateException
;; meta
(meta [1])
;=> nil
(meta (with-meta [1] {:a 1}))
;=> {:a 1}
(meta 'a)
;=> nil
(meta 1)
;=> nil
(meta nil)
;=> nil
(meta ^:k [1])
;=> {:k true}
(meta ^{:a 1} {:b 2})
;=> {:a 1}
(meta (with-meta 'a {:b 1}))
;=> {:b 1}
;; with-meta
(with-meta [1] {:a 1})
;=> [1]
(= [1] (with-meta [1] {:a 1}))
;=> true
(with-meta 1 {})
;! ClassCastException
(with-meta "a" {})
;! ClassCastException
(with-meta [1] 5)
;! ClassCastException
(meta (with-meta [1] nil))
;=> nil
(meta (with-meta (map inc [1]) {:a 1}))
;=> {:a 1}
(meta (with-meta inc {:a 1}))
;=> {:a 1}
((with-meta inc {:a 1}) 1)
;=> 2
(meta (rest (with-meta '(1 2) {:a 1})))
;=> nil
;; vary-meta
(meta (vary-meta [1] assoc :a 1))
;=> {:a 1}
(meta (vary-meta (with-meta [1] {:a 1}) update :a + 5))
;=> {:a 6}
;; identity
(identity 1)
;=> 1
(identity nil)
;=> nil
;; tagged-literal
(tagged-literal 'a 1)
;=> #a 1
(:tag (tagged-literal 'a 1))
;=> a
(:form (tagged-literal 'a 1))
;=> 1
(= (tagged-literal 'a 1) (tagged-literal 'a 1))
;=> true
(tagged-literal "a" 1)
;! ClassCastException
;; inst-ms
(inst-ms #inst "1970-01-01T00:00:01Z")
;=> 1000
(inst-ms 1)
;! IllegalArgumentException
(inst-ms #inst "1969-12-31T23:59:59Z")
;=> -1000
