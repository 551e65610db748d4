; Sequences: taking apart, lazy and eager, partitions, order, reduction.

;; seq
(seq [1 2])
;=> (1 2)
(seq [])
;=> nil
(seq nil)
;=> nil
(seq {:a 1})
;=> ([:a 1])
(seq "ab")
;=> (\a \b)
(seq #{})
;=> nil
(seq (map inc [1]))
;=> (2)
(seq (filter odd? [2]))
;=> nil
(seq 1)
;! IllegalArgumentException
(seq :a)
;! IllegalArgumentException
(seq (list))
;=> nil
;; first
(first [1 2])
;=> 1
(first [])
;=> nil
(first nil)
;=> nil
(first "ab")
;=> \a
(first {:a 1})
;=> [:a 1]
(first #{1})
;=> 1
(first (range))
;=> 0
(first 1)
;! IllegalArgumentException
(first '(nil 1))
;=> nil
;; rest
(rest [1 2])
;=> (2)
(rest [1])
;=> ()
(rest [])
;=> ()
(rest nil)
;=> ()
(rest "ab")
;=> (\b)
(rest 1)
;! IllegalArgumentException
(rest (range 3))
;=> (1 2)
;; next
(next [1 2])
;=> (2)
(next [1])
;=> nil
(next nil)
;=> nil
(next {:a 1})
;=> nil
(next (filter odd? [1 2]))
;=> nil
;; second
(second [1 2])
;=> 2
(second [1])
;=> nil
(second nil)
;=> nil
(second "ab")
;=> \b
;; ffirst
(ffirst [[1 2] 3])
;=> 1
(ffirst {:a 1})
;=> :a
(ffirst nil)
;=> nil
(ffirst [1])
;! IllegalArgumentException
;; fnext
(fnext [1 2 3])
;=> 2
(fnext nil)
;=> nil
;; nfirst
(nfirst [[1 2 3] 4])
;=> (2 3)
(nfirst [])
;=> nil
;; nnext
(nnext [1 2 3])
;=> (3)
(nnext [1 2])
;=> nil
;; last
(last [1 2])
;=> 2
(last [])
;=> nil
(last nil)
;=> nil
(last "ab")
;=> \b
(last (range 100))
;=> 99
(last '(1 2 3))
;=> 3
(last {:a 1})
;=> [:a 1]
(last 1)
;! IllegalArgumentException
;; butlast
(butlast [1 2 3])
;=> (1 2)
(butlast [1])
;=> nil
(butlast nil)
;=> nil
(butlast "abc")
;=> (\a \b)
;; map
(map inc [1 2 3])
;=> (2 3 4)
(map inc nil)
;=> ()
(map inc [])
;=> ()
(map + [1 2] [10 20 30])
;=> (11 22)
(map + [1 2] [10 20] [100 200] [1000 2000])
;=> (1111 2222)
(map vector [1 2] [3 4] [5 6])
;=> ([1 3 5] [2 4 6])
(map :a [{:a 1} {:a 2}])
;=> (1 2)
(map inc #{1})
;=> (2)
(map (fn [[k v]] [v k]) {:a 1})
;=> ([1 :a])
(map str "ab")
;=> ("a" "b")
(take 3 (map inc (range)))
;=> (1 2 3)
(map {1 :a} [1 2])
;=> (:a nil)
(map inc 5)
;! IllegalArgumentException
(map 1 [1])
;! ClassCastException
(map + [1 2] (range))
;=> (1 3)
(map (fn [& xs] xs) [1 2] [3 4])
;=> ((1 3) (2 4))
(map #(/ 1 %) [1 0])
;! ArithmeticException
(first (map #(/ 10 %) (list 1 0)))
;=> 10
(realized? (map inc [1]))
;=> false
;; mapv
(mapv inc [1 2])
;=> [2 3]
(mapv inc nil)
;=> []
(mapv + [1 2] [3 4])
;=> [4 6]
(mapv + [1 2] [3 4] [5])
;=> [9]
(mapv inc (range 40))
;=> [1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40]
(mapv identity {:a 1})
;=> [[:a 1]]
(vector? (mapv inc [1]))
;=> true
;; filter
(filter even? [1 2 3 4])
;=> (2 4)
(filter even? nil)
;=> ()
(filter :a [{:a 1} {:b 1}])
;=> ({:a 1})
(filter #{1 2} [1 2 3])
;=> (1 2)
(filter (fn [[k v]] (> v 1)) {:a 1 :b 2})
;=> ([:b 2])
(take 2 (filter even? (range)))
;=> (0 2)
(filter identity [nil false 0])
;=> (0)
(filter even? [nil])
;! IllegalArgumentException
;; filterv
(filterv even? [1 2 3 4])
;=> [2 4]
(filterv even? nil)
;=> []
(filterv even? (range 50))
;=> [0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 42 44 46 48]
;; remove
(remove even? [1 2 3 4])
;=> (1 3)
(remove nil? [1 nil 2])
;=> (1 2)
(remove #{1} nil)
;=> ()
;; keep
(keep #(if (even? %) (* % %)) [1 2 3 4])
;=> (4 16)
(keep {:a 1 :b false} [:a :b :c])
;=> (1 false)
(keep identity [nil false 1])
;=> (false 1)
(take 2 (keep #(if (even? %) %) (range)))
;=> (0 2)
;; keep-indexed
(keep-indexed (fn [i x] (if (odd? i) x)) [:a :b :c :d])
;=> (:b :d)
(keep-indexed vector '(:a :b))
;=> ([0 :a] [1 :b])
;; map-indexed
(map-indexed vector [:a :b])
;=> ([0 :a] [1 :b])
(map-indexed vector "ab")
;=> ([0 \a] [1 \b])
(map-indexed vector nil)
;=> ()
(take 2 (map-indexed vector (repeat :x)))
;=> ([0 :x] [1 :x])
(map-indexed + (range 40))
;=> (0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 42 44 46 48 50 52 54 56 58 60 62 64 66 68 70 72 74 76 78)
;; mapcat
(mapcat (fn [x] [x x]) [1 2])
;=> (1 1 2 2)
(mapcat reverse [[1 2] [3 4]])
;=> (2 1 4 3)
(mapcat list [1 2] [3 4])
;=> (1 3 2 4)
(mapcat identity {:a 1})
;=> (:a 1)
(mapcat identity nil)
;=> ()
(take 3 (mapcat (fn [x] [x x]) (range)))
;=> (0 0 1)
(mapcat (fn [x] nil) [1 2])
;=> ()
(mapcat identity [1])
;! IllegalArgumentException
;; concat
(concat)
;=> ()
(concat [1] [2])
;=> (1 2)
(concat [1] nil [2 3] '() "a")
;=> (1 2 3 \a)
(concat nil)
;=> ()
(concat {:a 1} #{2})
;=> ([:a 1] 2)
(take 4 (concat [1 2] (range)))
;=> (1 2 0 1)
(concat [1] 2)
;! IllegalArgumentException
(apply concat [[1] [2]])
;=> (1 2)
(take 3 (apply concat (repeat [1 2])))
;=> (1 2 1)
(concat (range 40) [:x])
;=> (0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 :x)
(reduce + (concat (range 100) (range 100)))
;=> 9900
;; interleave
(interleave [1 2] [:a :b])
;=> (1 :a 2 :b)
(interleave [1 2] [:a])
;=> (1 :a)
(interleave)
;=> ()
(interleave [1 2])
;=> (1 2)
(interleave [1 2] [3 4] [5 6])
;=> (1 3 5 2 4 6)
(take 4 (interleave (range) (repeat :x)))
;=> (0 :x 1 :x)
;; interpose
(interpose :x [1 2 3])
;=> (1 :x 2 :x 3)
(interpose :x [])
;=> ()
(interpose :x [1])
;=> (1)
(apply str (interpose ", " ["a" "b"]))
;=> "a, b"
;; distinct
(distinct [1 2 1 3 2])
;=> (1 2 3)
(distinct nil)
;=> ()
(distinct [1 1.0 1N])
;=> (1 1.0)
(distinct [[1] '(1)])
;=> ([1])
(take 2 (distinct (cycle [1 2])))
;=> (1 2)
(distinct [nil nil])
;=> (nil)
(distinct {:a 1})
;! UnsupportedOperationException
;~ ([:a 1]) ;; Clojure takes the map apart by position and fails
;; dedupe
(dedupe [1 1 2 1 1])
;=> (1 2 1)
(dedupe [])
;=> ()
(dedupe [nil nil 1])
;=> (nil 1)
(sequence (dedupe) [1 1 2])
;=> (1 2)
;; reductions
(reductions + [1 2 3])
;=> (1 3 6)
(reductions + 10 [1 2 3])
;=> (10 11 13 16)
(reductions + [])
;=> (0)
(reductions + 5 [])
;=> (5)
(reductions conj [] '(1 2))
;=> ([] [1] [1 2])
(take 3 (reductions + (range)))
;=> (0 1 3)
(reductions (fn [a x] (if (> x 2) (reduced :done) (+ a x))) [1 2 3 4])
;=> (1 3 :done)
(reductions + 0 nil)
;=> (0)
;; flatten
(flatten [1 [2 [3 '(4)]]])
;=> (1 2 3 4)
(flatten nil)
;=> ()
(flatten 5)
;=> ()
(flatten {:a 1})
;=> ()
(flatten [1 {:a [2]} #{3}])
;=> (1 {:a [2]} #{3})
(flatten [[] [[]]])
;=> ()
(flatten [nil [nil]])
;=> (nil nil)
(take 3 (flatten (repeat [1 2])))
;=> (1 2 1)
;; tree-seq
(tree-seq sequential? seq [1 [2 3]])
;=> ([1 [2 3]] 1 [2 3] 2 3)
(tree-seq map? vals {:a {:b 1}})
;=> ({:a {:b 1}} {:b 1} 1)
(tree-seq (constantly false) identity 1)
;=> (1)
(take 3 (tree-seq (constantly true) (fn [x] [x x]) 1))
;=> (1 1 1)
;; rseq
(rseq [1 2 3])
;=> (3 2 1)
(rseq [])
;=> nil
(rseq (sorted-map 1 :a 2 :b))
;=> ([2 :b] [1 :a])
(rseq (sorted-set 1 2))
;=> (2 1)
(rseq '(1 2))
;! ClassCastException
(rseq nil)
;! NullPointerException
;; reverse
(reverse [1 2 3])
;=> (3 2 1)
(reverse nil)
;=> ()
(reverse "abc")
;=> (\c \b \a)
(reverse {:a 1})
;=> ([:a 1])
(reverse (range 3))
;=> (2 1 0)
(reverse 1)
;! IllegalArgumentException
;; take
(take 2 [1 2 3])
;=> (1 2)
(take 5 [1 2])
;=> (1 2)
(take 0 [1])
;=> ()
(take -1 [1])
;=> ()
(take 2 nil)
;=> ()
(take 2 {:a 1 :b 2 :c 3})
;=> ([:a 1] [:b 2])
(take 1.5 [1 2 3])
;=> (1 2)
(take nil [1])
;! NullPointerException
(take 2 5)
;! IllegalArgumentException
;; drop
(drop 1 [1 2 3])
;=> (2 3)
(drop 5 [1])
;=> ()
(drop 0 [1])
;=> (1)
(drop -1 [1])
;=> (1)
(drop 2 nil)
;=> ()
(take 2 (drop 100 (range)))
;=> (100 101)
(drop 33 (range 40))
;=> (33 34 35 36 37 38 39)
(drop 1 "abc")
;=> (\b \c)
(drop 1.5 [1 2 3])
;=> (3)
;; take-while
(take-while even? [2 4 5 6])
;=> (2 4)
(take-while even? nil)
;=> ()
(take-while #(< % 3) (range))
;=> (0 1 2)
(take-while #{1} [2])
;=> ()
;; drop-while
(drop-while even? [2 4 5 6])
;=> (5 6)
(drop-while even? [])
;=> ()
(drop-while even? [2])
;=> ()
(take 2 (drop-while #(< % 100) (range)))
;=> (100 101)
;; take-nth
(take-nth 2 (range 7))
;=> (0 2 4 6)
(take-nth 3 [1 2 3 4])
;=> (1 4)
(take-nth 1 [1 2])
;=> (1 2)
(take 3 (take-nth 0 [1 2]))
;=> (1 1 1)
(take 2 (take-nth -1 [1 2]))
;=> (1 1)
;; take-last
(take-last 2 [1 2 3])
;=> (2 3)
(take-last 5 [1 2])
;=> (1 2)
(take-last 0 [1])
;=> nil
(take-last 2 nil)
;=> nil
(take-last -1 [1])
;=> nil
;; drop-last
(drop-last [1 2 3])
;=> (1 2)
(drop-last 2 [1 2 3])
;=> (1)
(drop-last 5 [1])
;=> ()
(drop-last 0 [1 2])
;=> (1 2)
(drop-last -1 [1 2])
;=> (1 2)
(drop-last nil)
;=> ()
;; split-at
(split-at 2 [1 2 3])
;=> [(1 2) (3)]
(split-at 0 [1])
;=> [() (1)]
(split-at 5 nil)
;=> [() ()]
;; split-with
(split-with even? [2 4 5 6])
;=> [(2 4) (5 6)]
(split-with even? [])
;=> [() ()]
;; nthrest
(nthrest [1 2 3] 1)
;=> (2 3)
(nthrest [1 2 3] 5)
;=> ()
(nthrest [1 2 3] 0)
;=> [1 2 3]
(nthrest nil 2)
;=> nil
(nthrest nil 0)
;=> nil
(nthrest [1 2] -1)
;=> [1 2]
;; nthnext
(nthnext [1 2 3] 1)
;=> (2 3)
(nthnext [1 2 3] 3)
;=> nil
(nthnext nil 0)
;=> nil
(nthnext [] 0)
;=> nil
(nthnext [1 2] -1)
;=> (1 2)
;; range
(range 5)
;=> (0 1 2 3 4)
(range 1 5)
;=> (1 2 3 4)
(range 0 10 3)
;=> (0 3 6 9)
(range 10 0 -3)
;=> (10 7 4 1)
(range 0)
;=> ()
(range 5 1)
;=> ()
(range 0 1 0.25)
;=> (0 0.25 0.5 0.75)
(range 1/2 3)
;=> (1/2 3/2 5/2)
(range 0 5 -1)
;=> ()
(take 3 (range))
;=> (0 1 2)
(take 3 (range 0 10 0))
;=> (0 0 0)
(range 1.5)
;=> (0 1)
(range 3N)
;=> (0 1 2)
(range -3)
;=> ()
(range "a")
;! ClassCastException
(range nil)
;! NullPointerException
(range 0 1 1/3)
;=> (0 1/3 2/3)
(count (range 0 1000 7))
;=> 143
(nth (range 100) 50)
;=> 50
(take 2 (range 9223372036854775806 9223372036854775807))
;=> (9223372036854775806)
(range 5 0 -1)
;=> (5 4 3 2 1)
(reduce + (range 1 101))
;=> 5050
(range 0.0 0.5 0.1)
;=> (0.0 0.1 0.2 0.30000000000000004 0.4)
(take 3 (range 1 1 0))
;=> ()
;; iterate
(take 4 (iterate inc 0))
;=> (0 1 2 3)
(take 4 (iterate #(* 2 %) 1))
;=> (1 2 4 8)
(first (iterate inc 5))
;=> 5
(nth (iterate inc 0) 50)
;=> 50
(take 1 (iterate #(/ 1 %) 0))
;=> (0)
;; repeat
(repeat 3 :x)
;=> (:x :x :x)
(take 2 (repeat :x))
;=> (:x :x)
(repeat 0 1)
;=> ()
(repeat -1 1)
;=> ()
(repeat 2.7 1)
;=> (1 1)
(count (repeat 5 1))
;=> 5
(reduce + (repeat 5 2))
;=> 10
;; replicate
(replicate 3 :x)
;=> (:x :x :x)
(replicate 0 :x)
;=> ()
;; repeatedly
(repeatedly 3 (constantly 1))
;=> (1 1 1)
(take 2 (repeatedly (fn [] :a)))
;=> (:a :a)
(repeatedly 0 (constantly 1))
;=> ()
(repeatedly -1 (constantly 1))
;=> ()
(let [a (atom 0)] (doall (repeatedly 3 #(swap! a inc))))
;=> (1 2 3)
;; cycle
(take 5 (cycle [1 2]))
;=> (1 2 1 2 1)
(cycle [])
;=> ()
(cycle nil)
;=> ()
(take 3 (cycle {:a 1}))
;=> ([:a 1] [:a 1] [:a 1])
(take 3 (map inc (cycle [1])))
;=> (2 2 2)
;; partition
(partition 2 [1 2 3 4])
;=> ((1 2) (3 4))
(partition 2 [1 2 3])
;=> ((1 2))
(partition 2 1 [1 2 3])
;=> ((1 2) (2 3))
(partition 2 3 [1 2 3 4 5])
;=> ((1 2) (4 5))
(partition 2 2 [:x] [1 2 3])
;=> ((1 2) (3 :x))
(partition 3 3 [:x] [1 2 3 4])
;=> ((1 2 3) (4 :x))
(partition 3 3 nil [1 2 3 4])
;=> ((1 2 3) (4))
(partition 2 [])
;=> ()
(partition 2 nil)
;=> ()
(take 2 (partition 2 (range)))
;=> ((0 1) (2 3))
(partition 3 1 [:a :b] [1 2 3 4])
;=> ((1 2 3) (2 3 4) (3 4 :a))
(take 2 (partition 0 [1 2]))
;=> (() ())
(partition 2 2 (repeat :p) [1 2 3])
;=> ((1 2) (3 :p))
;; partition-all
(partition-all 2 [1 2 3])
;=> ((1 2) (3))
(partition-all 2 1 [1 2 3])
;=> ((1 2) (2 3) (3))
(partition-all 2 3 [1 2 3 4])
;=> ((1 2) (4))
(partition-all 2 [])
;=> ()
(take 2 (partition-all 2 (range)))
;=> ((0 1) (2 3))
(into [] (partition-all 2) [1 2 3])
;=> [[1 2] [3]]
(into [] (comp (partition-all 2) (take 1)) (range))
;=> [[0 1]]
;; partition-by
(partition-by odd? [1 1 2 3 3])
;=> ((1 1) (2) (3 3))
(partition-by identity [1 1 2 1])
;=> ((1 1) (2) (1))
(partition-by identity [])
;=> ()
(partition-by identity [nil nil 1])
;=> ((nil nil) (1))
(into [] (partition-by odd?) [1 1 2 3])
;=> [[1 1] [2] [3]]
(map count (partition-by even? [2 4 1 3 5]))
;=> (2 3)
(take 2 (first (partition-by odd? (repeat 1))))
;=> (1 1)
;; group-by
(group-by odd? [1 2 3])
;=> {false [2] true [1 3]}
(group-by :a [{:a 1} {:a 2} {:a 1}])
;=> {1 [{:a 1} {:a 1}] 2 [{:a 2}]}
(group-by identity nil)
;=> {}
(group-by first ["ab" "ac" "b"])
;=> {\a ["ab" "ac"] \b ["b"]}
(group-by count (map str (range 8 12)))
;=> {1 ["8" "9"] 2 ["10" "11"]}
;; frequencies
(frequencies [1 2 1])
;=> {1 2 2 1}
(frequencies "hello")
;=> {\e 1 \h 1 \l 2 \o 1}
(frequencies nil)
;=> {}
(frequencies [nil nil])
;=> {nil 2}
;; sort
(sort [3 1 2])
;=> (1 2 3)
(sort > [3 1 2])
;=> (3 2 1)
(sort [])
;=> ()
(sort nil)
;=> ()
(sort ["b" "a" "B"])
;=> ("B" "a" "b")
(sort [:b :a])
;=> (:a :b)
(sort [[2 1] [1 2] [1]])
;=> ([1] [1 2] [2 1])
(sort [1 "a"])
;! ClassCastException
(sort [nil 1 0])
;=> (nil 0 1)
(sort (fn [a b] (- b a)) [1 2 3])
;=> (3 2 1)
(sort #(compare (count %1) (count %2)) ["aa" "b" "cc" "d"])
;=> ("b" "d" "aa" "cc")
(sort {:b 1 :a 2})
;=> ([:a 2] [:b 1])
(sort "hello")
;=> (\e \h \l \l \o)
(sort [1.5 1 1/2 2N])
;=> (1/2 1 1.5 2N)
(sort compare [2 1])
;=> (1 2)
(sort [true false])
;=> (false true)
(sort 5)
;! IllegalArgumentException
(sort :a [1 2])
;! ClassCastException
(sort < [1 :a])
;! ClassCastException
(sort [{:a 1} {:a 2}])
;! ClassCastException
(sort #(< %1 %2) (map #(rem (* 37 %) 101) (range 30)))
;=> (0 3 6 10 13 16 20 23 26 30 33 37 40 43 47 50 53 57 60 63 67 70 74 77 80 84 87 90 94 97)
(sort ["é" "z" "a"])
;=> ("a" "z" "é")
(sort [\b \a])
;=> (\a \b)
(sort (comparator <) [3 1 2])
;=> (1 2 3)
(meta (sort (with-meta [2 1] {:a 1})))
;=> {:a 1}
;; sort-by
(sort-by count ["aa" "b" "ccc"])
;=> ("b" "aa" "ccc")
(sort-by :a [{:a 2} {:a 1}])
;=> ({:a 1} {:a 2})
(sort-by - [1 2 3])
;=> (3 2 1)
(sort-by count > ["aa" "b" "ccc"])
;=> ("ccc" "aa" "b")
(sort-by first [[2 :a] [1 :b] [2 :c] [1 :d]])
;=> ([1 :b] [1 :d] [2 :a] [2 :c])
(sort-by :x [{:x nil} {:x 1}])
;=> ({:x nil} {:x 1})
(sort-by val {:a 2 :b 1})
;=> ([:b 1] [:a 2])
(sort-by identity nil)
;=> ()
(sort-by (juxt :a :b) [{:a 1 :b 2} {:a 1 :b 1} {:a 0 :b 5}])
;=> ({:a 0 :b 5} {:a 1 :b 1} {:a 1 :b 2})
(sort-by :k [{:k 1} {:k "a"}])
;! ClassCastException
;; max-key
(max-key count "a" "bbb" "cc")
;=> "bbb"
(max-key count "aa" "bb")
;=> "bb"
(max-key identity 1)
;=> 1
(max-key :a {:a 1} {:a 2} {:a 2 :b 1})
;=> {:a 2 :b 1}
(apply max-key val {:a 1 :b 5 :c 3})
;=> [:b 5]
(max-key identity 1 ##NaN 2)
;=> ##NaN
(max-key identity)
;! ArityException
(max-key count "a" "b" "c")
;=> "c"
;; min-key
(min-key count "a" "bbb" "c")
;=> "c"
(min-key count "a" "b")
;=> "b"
(min-key - 1 2 3)
;=> 3
(min-key identity 3 1 2)
;=> 1
;; doall
(doall (map inc [1]))
;=> (2)
(doall 1 (map inc [1 2]))
;=> (2 3)
(doall nil)
;=> nil
;; dorun
(dorun (map inc [1]))
;=> nil
(dorun 1 [1 2 3])
;=> nil
(let [a (atom 0)] (dorun (map #(swap! a + %) [1 2 3])) @a)
;=> 6
;; run!
(run! inc [1 2])
;=> nil
(let [a (atom 0)] (run! #(swap! a + %) [1 2 3]) @a)
;=> 6
(let [a (atom 0)] (run! #(if (= % 2) (reduced nil) (swap! a + %)) [1 2 3]) @a)
;=> 1
;; reduce
(reduce + [1 2 3])
;=> 6
(reduce + [])
;=> 0
(reduce + [5])
;=> 5
(reduce + 10 [1 2])
;=> 13
(reduce + 10 nil)
;=> 10
(reduce conj [] '(1 2))
;=> [1 2]
(reduce (fn [a x] (if (> x 2) (reduced a) (+ a x))) [1 2 3 4])
;=> 3
(reduce (fn [a [k v]] (+ a v)) 0 {:a 1 :b 2})
;=> 3
(reduce max [3 1 2])
;=> 3
(reduce str "abc")
;=> "abc"
(reduce (fn [a b] (reduced :x)) [1])
;=> 1
(reduce + 1)
;! IllegalArgumentException
(reduce * (range 1 11))
;=> 3628800
(reduce + (range 0))
;=> 0
(reduce - [1])
;=> 1
(reduce (fn [] :zero) [])
;=> :zero
(reduce (fn [a x] (reduced 1)) 0 (range))
;=> 1
(reduce + 0 (filter odd? (map inc (range 10))))
;=> 25
(reduce + #{1 2 3})
;=> 6
;; reduce-kv
(reduce-kv (fn [a k v] (assoc a v k)) {} {:a 1 :b 2})
;=> {1 :a 2 :b}
(reduce-kv (fn [a i v] (conj a [i v])) [] [:x :y])
;=> [[0 :x] [1 :y]]
(reduce-kv + 0 nil)
;=> 0
(reduce-kv (fn [a k v] (if (= k 1) (reduced :stop) a)) :go [5 6])
;=> :stop
(reduce-kv (fn [a k v] (+ a v)) 0 (sorted-map 1 2 3 4))
;=> 6
(reduce-kv (fn [a k v] (+ a v)) 0 [[1 2]])
;! ClassCastException
(reduce-kv (fn [a k v] (+ a v)) 0 (seq {:a 5}))
;=> 5
(reduce-kv (fn [a k v] a) 0 #{1})
;! ClassCastException
(reduce-kv (fn [a k v] a) 0 5)
;! IllegalArgumentException
;; reduced
@(reduced 5)
;=> 5
(reduced? (reduced 1))
;=> true
;; unreduced
(unreduced (reduced 1))
;=> 1
(unreduced 1)
;=> 1
;; into
(into [] '(1 2))
;=> [1 2]
(into '() [1 2])
;=> (2 1)
(into #{} [1 1 2])
;=> #{1 2}
(into {} [[:a 1] [:b 2]])
;=> {:a 1 :b 2}
(into {} {:a 1})
;=> {:a 1}
(into {:a 1} nil)
;=> {:a 1}
(into nil [1 2])
;=> (2 1)
(into [] nil)
;=> []
(into [1] {:a 2})
;=> [1 [:a 2]]
(into (sorted-map) {:b 1 :a 2})
;=> {:a 2 :b 1}
(into)
;=> []
(into [1])
;=> [1]
(into [] (map inc) [1 2])
;=> [2 3]
(into {} (map (fn [x] [x (* x x)])) (range 3))
;=> {0 0 1 1 2 4}
(into {} [1])
;! IllegalArgumentException
(into {} [[1]])
;! IllegalArgumentException
(into {} [{:a 1} {:b 2}])
;=> {:a 1 :b 2}
(into {} ['(1 2)])
;! ClassCastException
(into [] 5)
;! IllegalArgumentException
(into "a" [1])
;! ClassCastException
(meta (into (with-meta [] {:a 1}) [1]))
;=> {:a 1}
(into [] (comp (filter even?) (map inc) (take 2)) (range))
;=> [1 3]
(into #{} (map inc) #{1 2})
;=> #{2 3}
(into () (range 5))
;=> (4 3 2 1 0)
(into (first {:a 1}) [3])
;=> [:a 1 3]
;; transduce
(transduce (map inc) + [1 2])
;=> 5
(transduce (map inc) + 10 [1 2])
;=> 15
(transduce (filter even?) conj [1 2 4])
;=> [2 4]
(transduce (comp (map inc) (filter even?)) + 0 (range 10))
;=> 30
(transduce (take 3) conj (range))
;=> [0 1 2]
(transduce (map inc) (completing + str) 0 [1 2])
;=> "5"
(transduce (map inc) conj [] nil)
;=> []
(transduce cat conj [[1] [2 3]])
;=> [1 2 3]
(transduce (partition-all 2) conj [1 2 3])
;=> [[1 2] [3]]
(transduce (halt-when neg?) + [1 2 -5 3])
;=> -5
;; completing
((completing +) 5)
;=> 5
((completing + str) 5)
;=> "5"
((completing conj) [1] 2)
;=> [1 2]
((completing +))
;=> 0
;; cat
(into [] cat [[1 2] [3] nil '(4)])
;=> [1 2 3 4]
(into [] (comp cat (take 3)) [[1 2] [3 4]])
;=> [1 2 3]
(into [] cat [1])
;! IllegalArgumentException
(sequence cat [[1] [2]])
;=> (1 2)
;; halt-when
(into [] (halt-when neg?) [1 2 -1 3])
;=> -1
(transduce (halt-when neg? (fn [r x] (conj r :halt x))) conj [] [1 -1 3])
;=> [1 :halt -1]
(transduce (halt-when neg?) conj [] [1 2])
;=> [1 2]
;; eduction
(eduction (map inc) [1 2])
;=> (2 3)
(reduce + (eduction (map inc) (filter even?) (range 10)))
;=> 30
(into [] (eduction (map inc) [1 2]))
;=> [2 3]
(seq (eduction (take 2) (range)))
;=> (0 1)
(first (eduction (map inc) [1]))
;=> 2
(count (eduction (map inc) [1 2]))
;! UnsupportedOperationException
;~ 2 ;; an eduction is counted by running it
(str/join "," (eduction (map inc) [1 2]))
;=> "2,3"
(seq? (eduction (map inc) [1]))
;=> false
(sequential? (eduction (map inc) [1]))
;=> true
(vec (eduction [1 2]))
;=> [1 2]
;; sequence
(sequence (map inc) [1 2])
;=> (2 3)
(sequence [1 2])
;=> (1 2)
(sequence nil)
;=> ()
(sequence (map +) [1 2] [10 20])
;=> (11 22)
(sequence (comp (map inc) (filter even?)) (range 5))
;=> (2 4)
(sequence (filter even?) [1])
;=> ()
(take 2 (sequence (map inc) (range)))
;=> (1 2)
(sequence (partition-all 2) [1 2 3])
;=> ([1 2] [3])
(sequence (map inc) nil)
;=> ()
(sequence (mapcat (fn [x] [x x])) [1 2])
;=> (1 1 2 2)
(sequence #{1})
;=> (1)
(sequence (take 2) (range))
;=> (0 1)
;; into
(into [] (keep #(if (odd? %) (inc %))) [1 2 3])
;=> [2 4]
(into [] (keep-indexed (fn [i x] (if (odd? i) x))) [:a :b :c])
;=> [:b]
(into [] (map-indexed vector) [:a :b])
;=> [[0 :a] [1 :b]]
(into [] (mapcat reverse) [[1 2] [3]])
;=> [2 1 3]
(into [] (remove even?) (range 5))
;=> [1 3]
(into [] (take-while odd?) [1 3 4 5])
;=> [1 3]
(into [] (drop 2) (range 5))
;=> [2 3 4]
(into [] (drop-while odd?) [1 3 4 5])
;=> [4 5]
(into [] (take-nth 2) (range 5))
;=> [0 2 4]
(into [] (distinct) [1 2 1])
;=> [1 2]
(into [] (dedupe) [1 1 2 1])
;=> [1 2 1]
(into [] (interpose :x) [1 2 3])
;=> [1 :x 2 :x 3]
(into [] (comp (interpose :x) (take 2)) [1 2 3])
;=> [1 :x]
(into [] (take 0) [1 2])
;=> []
(into [] (take 2) [1 2 3])
;=> [1 2]
(into [] (comp (take 2) (partition-all 2)) [1 2 3])
;=> [[1 2]]
(into [] (comp (partition-by odd?) (take 1)) [1 1 2 3])
;=> [[1 1]]
(into [] (comp (map inc) (drop 1) (mapcat range)) [1 2])
;=> [0 1 2]
(transduce (comp (take 5) (partition-all 2)) (completing (fn [a x] (if (> (count a) 0) (reduced a) (conj a x)))) [] (range 10))
;=> [[0 1]]
;; iteration
(vec (iteration (fn [k] (if (< (or k 0) 3) {:v k :k (inc (or k 0))})) :vf :v :kf :k))
;=> [nil 1 2]
(into [] (iteration inc :somef #(< % 4) :initk 0))
;=> [1 2 3]
(seq (iteration (constantly nil)))
;=> nil
(reduce + (iteration (fn [n] (if (< n 5) n)) :initk 0 :kf inc))
;! ClassCastException
;~ 10 ;; Clojure's iteration reduces with an initial value only
;; lazy-seq
(let [a (atom [])] (first (map #(do (swap! a conj %) %) [1 2 3])) @a)
;=> [1 2 3]
(let [a (atom [])] (first (map #(do (swap! a conj %) %) '(1 2 3))) @a)
;=> [1]
(let [a (atom 0)] (map #(swap! a + %) [1 2 3]) @a)
;=> 0
(let [a (atom 0)] (first (map (fn [x] (swap! a inc) x) (range 100))) @a)
;=> 32
(let [a (atom 0)] (first (filter (fn [x] (swap! a inc) true) (vec (range 100)))) @a)
;=> 32
(let [a (atom 0)] (first (map (fn [x] (swap! a inc) x) (take 5 (range 100)))) @a)
;=> 1
(let [a (atom 0)] (dorun (take 3 (map (fn [x] (swap! a inc) x) (iterate inc 0)))) @a)
;=> 3
(let [a (atom 0)] (first (drop 2 (map (fn [x] (swap! a inc) x) (list 1 2 3 4 5)))) @a)
;=> 3
(let [a (atom 0)] (first (rest (map (fn [x] (swap! a inc) x) (list 1 2 3 4 5)))) @a)
;=> 2
(let [a (atom 0)] (rest (map (fn [x] (swap! a inc) x) (list 1 2 3 4 5))) @a)
;=> 1
(let [a (atom 0)] (next (map (fn [x] (swap! a inc) x) (list 1 2 3 4 5))) @a)
;=> 2
(let [a (atom 0) s (map (fn [x] (swap! a inc) x) [1 2 3])] (reduce + s) (reduce + s) @a)
;=> 3
(let [a (atom 0)] (take-while #(do (swap! a inc) (< % 2)) (range 10)) @a)
;=> 0
(let [a (atom 0)] (doall (take-while #(do (swap! a inc) (< % 2)) (range 10))) @a)
;=> 3
(let [a (atom 0)] (first (mapcat (fn [x] (swap! a inc) [x]) (list 1 2 3 4 5 6 7 8))) (< @a 8))
;=> true
(let [a (atom 0)] (every? (fn [x] (swap! a inc) (< x 2)) (range 10)) @a)
;=> 3
(let [a (atom 0)] (some (fn [x] (swap! a inc) (= x 2)) (range 10)) @a)
;=> 3
(let [a (atom 0)] (first (partition 2 (map (fn [x] (swap! a inc) x) (list 1 2 3 4 5 6)))) @a)
;=> 2
(let [a (atom 0)] (first (distinct (map (fn [x] (swap! a inc) x) (list 1 2 3)))) @a)
;=> 1
(let [a (atom 0)] (second (interleave (map (fn [x] (swap! a inc) x) (list 1 2 3)) (list 4 5 6))) @a)
;=> 1
(let [a (atom 0)] (first (concat (map (fn [x] (swap! a inc) x) (list 1 2 3)) (list 1))) @a)
;=> 1
(let [a (atom 0)] (first (sequence (map (fn [x] (swap! a inc) x)) (list 1 2 3))) (pos? @a))
;=> true
(let [a (atom 0)] (first (keep (fn [x] (swap! a inc) x) (list 1 2 3))) @a)
;=> 1
(let [a (atom 0)] (first (map-indexed (fn [i x] (swap! a inc) x) (list 1 2 3))) @a)
;=> 1
(let [a (atom 0)] (nth (map (fn [x] (swap! a inc) x) (list 1 2 3)) 1) @a)
;=> 2
(let [a (atom 0)] (first (reductions (fn [s x] (swap! a inc) (+ s x)) (list 1 2 3))) @a)
;=> 0
(let [a (atom 0)] (empty? (map (fn [x] (swap! a inc) x) (list 1 2 3))) @a)
;=> 1
(let [a (atom 0)] (first (map (fn [x y] (swap! a inc) x) [1 2 3] [4 5 6])) @a)
;=> 1
(let [a (atom 0)] (first (cycle (map (fn [x] (swap! a inc) x) (list 1 2 3)))) @a)
;=> 1
(let [a (atom 0)] (first (flatten (map (fn [x] (swap! a inc) x) (list 1 2 3)))) @a)
;=> 3
;~ 1 ;; flatten realizes no more than it gives
(let [a (atom 0)] (ffirst (partition-by odd? (map (fn [x] (swap! a inc) x) (list 1 1 2 3)))) @a)
;=> 2
