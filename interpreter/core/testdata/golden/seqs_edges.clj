; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; butlast
(butlast)
;! ArityException
(butlast [])
;=> nil
(butlast :k)
;! IllegalArgumentException
(butlast "ab")
;=> (\a)
(butlast [3 1 2])
;=> (3 1)
(butlast "")
;=> nil
(butlast 1.5)
;! IllegalArgumentException
;; cat
(cat)
;! ArityException
(cat nil)
;=> fn
(cat [])
;=> fn
(cat nil nil)
;! ArityException
;; completing
(completing)
;! ArityException
(completing nil)
;=> fn
(completing [])
;=> fn
(completing nil nil nil)
;! ArityException
;; concat
(concat [])
;=> ()
(concat :k)
;! IllegalArgumentException
(concat "ab")
;=> (\a \b)
(concat [3 1 2])
;=> (3 1 2)
(concat {:a 1})
;=> ([:a 1])
(concat "")
;=> ()
(concat 1.5)
;! IllegalArgumentException
;; dedupe
(dedupe)
;=> fn
(dedupe nil)
;=> ()
(dedupe :k)
;! IllegalArgumentException
(dedupe "ab")
;=> (\a \b)
(dedupe [3 1 2])
;=> (3 1 2)
(dedupe "")
;=> ()
(dedupe 1.5)
;! IllegalArgumentException
;; distinct
(distinct)
;=> fn
(distinct [])
;=> ()
(distinct "ab")
;=> (\a \b)
(distinct [3 1 2])
;=> (3 1 2)
(distinct nil nil)
;! ArityException
(distinct "")
;=> ()
(distinct nil [1 2])
;! ArityException
;; doall
(doall)
;! ArityException
(doall [])
;=> []
(doall "")
;=> ""
(doall :k)
;! IllegalArgumentException
(doall "ab")
;=> "ab"
(doall 1.5)
;! IllegalArgumentException
(doall [3 1 2])
;=> [3 1 2]
;; dorun
(dorun)
;! ArityException
(dorun nil)
;=> nil
(dorun :k)
;! IllegalArgumentException
(dorun nil [1 2])
;! NullPointerException
(dorun [])
;=> nil
;; drop
(drop)
;! ArityException
(drop 1.5)
;=> fn
(drop nil nil)
;! NullPointerException
(drop [1 2] nil)
;! ClassCastException
(drop 2 [1 2 3])
;=> (3)
(drop -1)
;=> fn
(drop 1 "a")
;=> ()
;; drop-last
(drop-last)
;! ArityException
(drop-last [])
;=> ()
(drop-last :k)
;! IllegalArgumentException
(drop-last "ab")
;=> (\a)
(drop-last [3 1 2])
;=> (3 1)
(drop-last "")
;=> ()
(drop-last 1.5)
;! IllegalArgumentException
;; drop-while
(drop-while)
;! ArityException
(drop-while nil)
;=> fn
(drop-while nil nil)
;=> ()
(drop-while nil [1 2])
;! NullPointerException
(drop-while 1 2)
;! IllegalArgumentException
(drop-while [])
;=> fn
(drop-while [1 2] nil)
;=> ()
;; eduction
(eduction nil)
;=> ()
(eduction :k)
;! IllegalArgumentException
(eduction "ab")
;=> (\a \b)
(eduction [3 1 2])
;=> (3 1 2)
(eduction {:a 1})
;=> ([:a 1])
(eduction [])
;=> ()
(eduction 1.5)
;! IllegalArgumentException
;; ffirst
(ffirst)
;! ArityException
(ffirst [])
;=> nil
(ffirst :k)
;! IllegalArgumentException
(ffirst "")
;=> nil
(ffirst 1.5)
;! IllegalArgumentException
;; filter
(filter)
;! ArityException
(filter nil)
;=> fn
(filter nil nil)
;=> ()
(filter nil [1 2])
;! NullPointerException
(filter inc [1 2])
;=> (1 2)
(filter [])
;=> fn
(filter [1 2] nil)
;=> ()
;; filterv
(filterv)
;! ArityException
(filterv nil nil)
;=> []
(filterv nil [1 2])
;! NullPointerException
(filterv inc [1 2])
;=> [1 2]
(filterv 1 2)
;! IllegalArgumentException
(filterv [1 2] nil)
;=> []
(filterv #{1} #{1 2})
;=> [1]
;; first
(first)
;! ArityException
(first "")
;=> nil
(first :k)
;! IllegalArgumentException
(first [3 1 2])
;=> 3
(first #{7})
;=> 7
(first 1.5)
;! IllegalArgumentException
;; flatten
(flatten)
;! ArityException
(flatten [])
;=> ()
(flatten [3 1 2])
;=> (3 1 2)
(flatten "")
;=> ()
(flatten nil nil)
;! ArityException
;; fnext
(fnext)
;! ArityException
(fnext [])
;=> nil
(fnext :k)
;! IllegalArgumentException
(fnext "ab")
;=> \b
(fnext [3 1 2])
;=> 1
(fnext "")
;=> nil
(fnext 1.5)
;! IllegalArgumentException
;; frequencies
(frequencies)
;! ArityException
(frequencies [])
;=> {}
(frequencies :k)
;! IllegalArgumentException
(frequencies "ab")
;=> {\a 1 \b 1}
(frequencies [3 1 2])
;=> {1 1 2 1 3 1}
(frequencies "")
;=> {}
(frequencies 1.5)
;! IllegalArgumentException
;; group-by
(group-by)
;! ArityException
(group-by nil nil)
;=> {}
(group-by nil [1 2])
;! NullPointerException
(group-by inc [1 2])
;=> {2 [1] 3 [2]}
(group-by 1 2)
;! IllegalArgumentException
(group-by [1 2] nil)
;=> {}
(group-by {:a 1} {:b 2})
;=> {nil [[:b 2]]}
;; halt-when
(halt-when)
;! ArityException
(halt-when nil)
;=> fn
(halt-when [])
;=> fn
(halt-when nil nil nil)
;! ArityException
;; interleave
(interleave nil)
;=> ()
(interleave :k)
;! IllegalArgumentException
(interleave "ab")
;=> (\a \b)
(interleave [3 1 2])
;=> (3 1 2)
(interleave {:a 1})
;=> ([:a 1])
(interleave [])
;=> ()
(interleave 1.5)
;! IllegalArgumentException
;; interpose
(interpose)
;! ArityException
(interpose nil)
;=> fn
(interpose nil nil)
;=> ()
(interpose nil [1 2])
;=> (1 nil 2)
(interpose inc [1 2])
;=> (1 fn 2)
(interpose [])
;=> fn
(interpose 1 2)
;! IllegalArgumentException
;; into
(into nil)
;=> nil
(into [])
;=> []
(into "")
;=> ""
(into :k)
;=> :k
(into 1.5)
;=> 1.5
(into inc [1 2])
;! ClassCastException
(into 1 2)
;! IllegalArgumentException
;; keep
(keep)
;! ArityException
(keep nil)
;=> fn
(keep nil nil)
;=> ()
(keep nil [1 2])
;! NullPointerException
(keep inc [1 2])
;=> (2 3)
(keep [])
;=> fn
(keep [1 2] nil)
;=> ()
;; keep-indexed
(keep-indexed)
;! ArityException
(keep-indexed nil)
;=> fn
(keep-indexed nil nil)
;=> ()
(keep-indexed nil [1 2])
;! NullPointerException
(keep-indexed 1 2)
;! IllegalArgumentException
(keep-indexed [])
;=> fn
(keep-indexed [1 2] nil)
;=> ()
;; last
(last)
;! ArityException
(last "")
;=> nil
(last :k)
;! IllegalArgumentException
(last [3 1 2])
;=> 2
(last #{7})
;=> 7
(last 1.5)
;! IllegalArgumentException
;; map
(map)
;! ArityException
(map nil)
;=> fn
(map nil nil)
;=> ()
(map nil [1 2])
;! NullPointerException
(map inc [1 2])
;=> (2 3)
(map [])
;=> fn
(map [1 2] nil)
;=> ()
;; map-indexed
(map-indexed)
;! ArityException
(map-indexed nil)
;=> fn
(map-indexed nil nil)
;=> ()
(map-indexed nil [1 2])
;! NullPointerException
(map-indexed 1 2)
;! IllegalArgumentException
(map-indexed [])
;=> fn
(map-indexed [1 2] nil)
;=> ()
;; mapcat
(mapcat)
;! ArityException
(mapcat nil)
;=> fn
(mapcat nil nil)
;=> ()
(mapcat nil [1 2])
;! NullPointerException
(mapcat inc [1 2])
;! IllegalArgumentException
(mapcat [])
;=> fn
(mapcat [1 2] nil)
;=> ()
;; mapv
(mapv)
;! ArityException
(mapv nil nil)
;=> []
(mapv nil [1 2])
;! NullPointerException
(mapv 1 2)
;! IllegalArgumentException
(mapv {:a 1} {:b 2})
;=> [nil]
(mapv [1 2] nil)
;=> []
(mapv #{1} #{1 2})
;=> [1 nil]
;; max-key
(max-key)
;! ArityException
(max-key nil nil)
;=> nil
(max-key nil [1 2])
;=> [1 2]
(max-key 1 2)
;=> 2
(max-key 2 [1 2 3])
;=> [1 2 3]
(max-key nil)
;! ArityException
(max-key [1 2] nil)
;=> nil
;; min-key
(min-key)
;! ArityException
(min-key nil nil)
;=> nil
(min-key nil [1 2])
;=> [1 2]
(min-key 1 2)
;=> 2
(min-key 2 [1 2 3])
;=> [1 2 3]
(min-key nil)
;! ArityException
(min-key [1 2] nil)
;=> nil
;; next
(next)
;! ArityException
(next [])
;=> nil
(next :k)
;! IllegalArgumentException
(next "ab")
;=> (\b)
(next [3 1 2])
;=> (1 2)
(next "")
;=> nil
(next 1.5)
;! IllegalArgumentException
;; nfirst
(nfirst)
;! ArityException
(nfirst nil)
;=> nil
(nfirst :k)
;! IllegalArgumentException
(nfirst {:a 1})
;=> (1)
(nfirst "")
;=> nil
(nfirst 1.5)
;! IllegalArgumentException
;; nnext
(nnext)
;! ArityException
(nnext nil)
;=> nil
(nnext :k)
;! IllegalArgumentException
(nnext [3 1 2])
;=> (2)
(nnext [])
;=> nil
(nnext 1.5)
;! IllegalArgumentException
;; nthnext
(nthnext)
;! ArityException
(nthnext nil nil)
;=> nil
(nthnext [1 2] nil)
;! NullPointerException
(nthnext inc nil)
;! IllegalArgumentException
(nthnext [1 2] 1)
;=> (2)
(nthnext nil [1 2])
;=> nil
;; nthrest
(nthrest)
;! ArityException
(nthrest nil nil)
;! NullPointerException
(nthrest nil [1 2])
;! ClassCastException
(nthrest [1 2] 1)
;=> (2)
(nthrest "a" 1)
;=> ()
;; partition
(partition)
;! ArityException
(partition nil [1 2])
;! NullPointerException
(partition inc [1 2])
;! ClassCastException
(partition 1 "a")
;=> ((\a))
;; partition-all
(partition-all)
;! ArityException
(partition-all nil)
;! NullPointerException
(partition-all [])
;! ClassCastException
(partition-all 1.5)
;=> fn
(partition-all 1 "a")
;=> ((\a))
(partition-all -1)
;=> fn
;; partition-by
(partition-by)
;! ArityException
(partition-by nil)
;=> fn
(partition-by nil nil)
;=> ()
(partition-by nil [1 2])
;! NullPointerException
(partition-by inc [1 2])
;=> ((1) (2))
(partition-by [])
;=> fn
(partition-by [1 2] nil)
;=> ()
;; reduce
(reduce)
;! ArityException
(reduce nil nil)
;! NullPointerException
(reduce 1 2)
;! IllegalArgumentException
(reduce "abc" "b")
;=> \b
(reduce {:a 1} {:b 2})
;=> [:b 2]
(reduce inc {:a 1})
;=> [:a 1]
(reduce 1 "a")
;=> \a
;; reduce-kv
(reduce-kv)
;! ArityException
(reduce-kv nil nil nil)
;=> nil
(reduce-kv {:a 1} :b 2)
;! IllegalArgumentException
(reduce-kv "abc" "b" "c")
;! ClassCastException
(reduce-kv + 0 [1 2])
;=> 4
;; reduced
(reduced)
;! ArityException
(reduced nil nil)
;! ArityException
;; reductions
(reductions)
;! ArityException
(reductions nil nil)
;! NullPointerException
(reductions 1 2)
;! IllegalArgumentException
(reductions "abc" "b")
;=> (\b)
(reductions {:a 1} {:b 2})
;=> ([:b 2])
(reductions inc {:a 1})
;=> ([:a 1])
(reductions 1 "a")
;=> (\a)
;; remove
(remove)
;! ArityException
(remove nil)
;=> fn
(remove nil nil)
;=> ()
(remove nil [1 2])
;! NullPointerException
(remove 1 2)
;! IllegalArgumentException
(remove [])
;=> fn
(remove [1 2] nil)
;=> ()
;; replicate
(replicate)
;! ArityException
(replicate nil nil)
;! NullPointerException
(replicate [1 2] nil)
;! ClassCastException
(replicate 1 2)
;=> (2)
(replicate 2 [1 2 3])
;=> ([1 2 3] [1 2 3])
(replicate 1 "a")
;=> ("a")
(meta (empty (with-meta (replicate -1 3) {:e 0})))
;=> nil
;; rest
(rest)
;! ArityException
(rest "")
;=> ()
(rest :k)
;! IllegalArgumentException
(rest [3 1 2])
;=> (1 2)
(rest 1.5)
;! IllegalArgumentException
(rest {:a 1})
;=> ()
;; reverse
(reverse)
;! ArityException
(reverse [])
;=> ()
(reverse :k)
;! IllegalArgumentException
(reverse "ab")
;=> (\b \a)
(reverse [3 1 2])
;=> (2 1 3)
(reverse "")
;=> ()
(reverse 1.5)
;! IllegalArgumentException
;; rseq
(rseq)
;! ArityException
(rseq "")
;! ClassCastException
(rseq [3 1 2])
;=> (2 1 3)
(rseq :k)
;! ClassCastException
;; run!
(run!)
;! ArityException
(run! nil nil)
;=> nil
(run! nil [1 2])
;! NullPointerException
(run! 1 2)
;! IllegalArgumentException
(run! [1 2] nil)
;=> nil
;; second
(second)
;! ArityException
(second [])
;=> nil
(second :k)
;! IllegalArgumentException
(second [3 1 2])
;=> 1
(second "")
;=> nil
(second 1.5)
;! IllegalArgumentException
;; seq
(seq)
;! ArityException
(seq "")
;=> nil
(seq :k)
;! IllegalArgumentException
(seq [3 1 2])
;=> (3 1 2)
(seq #{7})
;=> (7)
(seq 1.5)
;! IllegalArgumentException
;; sequence
(sequence)
;! ArityException
(sequence [])
;=> ()
(sequence :k)
;! IllegalArgumentException
(sequence "ab")
;=> (\a \b)
(sequence [3 1 2])
;=> (3 1 2)
(sequence "")
;=> ()
(sequence 1.5)
;! IllegalArgumentException
;; sort
(sort)
;! ArityException
(sort "")
;=> ()
(sort :k)
;! IllegalArgumentException
(sort "ab")
;=> (\a \b)
(sort {:a 1})
;=> ([:a 1])
(sort 1.5)
;! IllegalArgumentException
(sort #{7})
;=> (7)
;; sort-by
(sort-by)
;! ArityException
(sort-by nil nil)
;=> ()
(sort-by nil [1 2])
;! NullPointerException
(sort-by inc [1 2])
;=> (1 2)
(sort-by 1 2)
;! IllegalArgumentException
(sort-by [1 2] nil)
;=> ()
(sort-by "abc" "b")
;=> (\b)
;; split-at
(split-at)
;! ArityException
(split-at nil nil)
;! NullPointerException
(split-at [1 2] nil)
;! ClassCastException
(split-at 1 "a")
;=> [(\a) ()]
;; split-with
(split-with)
;! ArityException
(split-with nil nil)
;=> [() ()]
(split-with nil [1 2])
;! NullPointerException
(split-with inc [1 2])
;=> [(1 2) ()]
(split-with 1 2)
;! IllegalArgumentException
(split-with [1 2] nil)
;=> [() ()]
(split-with {:a 1} {:b 2})
;=> [() ([:b 2])]
;; take
(take)
;! ArityException
(take 1.5)
;=> fn
(take nil nil)
;! NullPointerException
(take [1 2] nil)
;! ClassCastException
(take 1 "a")
;=> (\a)
(take -1)
;=> fn
;; take-last
(take-last)
;! ArityException
(take-last nil nil)
;! NullPointerException
(take-last [1 2] nil)
;! ClassCastException
(take-last 1 "a")
;=> (\a)
;; take-nth
(take-nth)
;! ArityException
(take-nth 1.5)
;=> fn
(take-nth nil [1 2])
;! NullPointerException
(take-nth inc [1 2])
;! ClassCastException
(take-nth 2 [1 2 3])
;=> (1 3)
(take-nth -1)
;=> fn
(take-nth 1 "a")
;=> (\a)
;; take-while
(take-while)
;! ArityException
(take-while nil)
;=> fn
(take-while nil nil)
;=> ()
(take-while nil [1 2])
;! NullPointerException
(take-while inc [1 2])
;=> (1 2)
(take-while [])
;=> fn
(take-while [1 2] nil)
;=> ()
;; transduce
(transduce)
;! ArityException
(transduce nil nil nil)
;! NullPointerException
(transduce [1 2] 0 9)
;! ClassCastException
;; tree-seq
(tree-seq)
;! ArityException
(tree-seq nil nil nil)
;! NullPointerException
(tree-seq {:a 1} :b 2)
;=> (2)
(tree-seq [1 2] 0 9)
;! IndexOutOfBoundsException
(tree-seq {:a {:b 1}} [:a :b] inc)
;=> (fn)
;; unreduced
(unreduced)
;! ArityException
(unreduced nil)
;=> nil
(unreduced [])
;=> []
(unreduced "")
;=> ""
(unreduced :k)
;=> :k
(unreduced 1.5)
;=> 1.5
(unreduced nil nil)
;! ArityException
;; reduced
(reduced? (reduced (reduced 1)))
;=> true
@(reduced 1)
;=> 1
(reduce (fn [_ x] (reduced x)) [5 6 7])
;=> 6
(reduce (fn [a x] (if (= x 3) (reduced a) (conj a x))) [] [1 2 3 4])
;=> [1 2]
;; cycle
(cycle 1)
;! IllegalArgumentException
;; repeat
(take 2 (repeat nil))
;=> (nil nil)
(repeat nil 1)
;! NullPointerException
;; iterate
(take 3 (iterate inc 0))
;=> (0 1 2)
(first (iterate nil 1))
;=> 1
(second (iterate nil 1))
;! NullPointerException
;; repeatedly
(take 2 (repeatedly (constantly nil)))
;=> (nil nil)
(repeatedly 0 nil)
;=> ()
(repeatedly 1.5 (constantly 1))
;=> (1 1)
(repeatedly 2 nil)
;! NullPointerException
;; range
(range 3 0)
;=> ()
(take 2 (range 1 9 0))
;=> (1 1)
(range :a)
;! ClassCastException
(take 2 (range))
;=> (0 1)
;; iteration
(seq (iteration (fn [k] nil)))
;=> nil
(vec (iteration (fn [k] (if k (dec k) 2)) :kf #(when (pos? %) %)))
;=> [2 1 0]
;; mapcat
(let [a (atom 0)] (mapcat (fn [x] (swap! a inc) [x]) (list 1 2 3 4 5 6)) @a)
;=> 4
(let [a (atom 0)] (mapcat (fn [x] (swap! a inc) [x]) [1 2 3 4 5 6]) @a)
;=> 6
