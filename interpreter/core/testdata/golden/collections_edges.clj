; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; array-map
(array-map nil)
;! IllegalArgumentException
(array-map nil nil)
;=> {nil nil}
(array-map nil [1 2])
;=> {nil [1 2]}
(array-map [1 2] nil)
;=> {[1 2] nil}
(array-map inc nil)
;=> {fn nil}
(array-map [])
;! IllegalArgumentException
(array-map inc [1 2])
;=> {fn [1 2]}
;; assoc
(assoc)
;! ArityException
(assoc nil nil nil)
;=> {nil nil}
(assoc {:a 1} :b 2)
;=> {:a 1 :b 2}
(assoc [1 2] 0 9)
;=> [9 2]
(assoc "abc" "b" "c")
;! ClassCastException
(assoc nil)
;! ArityException
(assoc [1 2 3] 1 2)
;=> [1 2 3]
;; assoc!
(assoc!)
;! ArityException
(assoc! nil nil nil)
;! NullPointerException
(assoc! {:a 1} :b 2)
;! ClassCastException
;; assoc-in
(assoc-in)
;! ArityException
(assoc-in nil nil nil)
;=> {nil nil}
(assoc-in {:a 1} :b 2)
;! IllegalArgumentException
(assoc-in "abc" "b" "c")
;! ClassCastException
(assoc-in {:a {:b 1}} [:a :b] inc)
;=> {:a {:b fn}}
;; bounded-count
(bounded-count)
;! ArityException
(bounded-count nil [1 2])
;=> 2
(bounded-count 1 2)
;! IllegalArgumentException
(bounded-count 2 [1 2 3])
;=> 3
(bounded-count "abc" "b")
;! ClassCastException
(bounded-count inc [1 2])
;=> 2
(bounded-count {:a 1} {:b 2})
;=> 1
;; conj
(conj [])
;=> []
(conj "")
;=> ""
(conj :k)
;=> :k
(conj 1.5)
;=> 1.5
(conj "ab")
;=> "ab"
(conj inc nil)
;! ClassCastException
(conj inc [1 2])
;! ClassCastException
;; conj!
(conj! nil)
;=> nil
(conj! [])
;=> []
(conj! "")
;=> ""
(conj! :k)
;=> :k
(conj! 1.5)
;=> 1.5
(conj! nil nil)
;! NullPointerException
(conj! nil [1 2])
;! NullPointerException
;; cons
(cons)
;! ArityException
(cons nil nil)
;=> (nil)
(cons nil [1 2])
;=> (nil 1 2)
(cons [1 2] nil)
;=> ([1 2])
(cons inc nil)
;=> (fn)
(cons nil)
;! ArityException
(cons inc [1 2])
;=> (fn 1 2)
;; count
(count)
;! ArityException
(count "")
;=> 0
(count :k)
;! UnsupportedOperationException
(count "ab")
;=> 2
(count [3 1 2])
;=> 3
(count 1.5)
;! UnsupportedOperationException
(count #{7})
;=> 1
;; disj
(disj)
;! ArityException
(disj nil)
;=> nil
(disj [])
;=> []
(disj "")
;=> ""
(disj :k)
;=> :k
(disj 1.5)
;=> 1.5
(disj [1 2] nil)
;! ClassCastException
;; disj!
(disj!)
;! ArityException
(disj! nil)
;=> nil
(disj! [])
;=> []
(disj! "")
;=> ""
(disj! :k)
;=> :k
(disj! 1.5)
;=> 1.5
(disj! nil nil)
;! NullPointerException
;; dissoc
(dissoc)
;! ArityException
(dissoc nil)
;=> nil
(dissoc [])
;=> []
(dissoc "")
;=> ""
(dissoc :k)
;=> :k
(dissoc 1.5)
;=> 1.5
(dissoc [1 2] nil)
;! ClassCastException
;; dissoc!
(dissoc!)
;! ArityException
(dissoc! nil nil)
;! NullPointerException
(dissoc! [1 2] nil)
;! ClassCastException
;; empty
(empty)
;! ArityException
(empty [])
;=> []
(empty "")
;=> nil
(empty #{7})
;=> #{}
(empty :k)
;=> nil
(empty [3 1 2])
;=> []
(empty nil nil)
;! ArityException
;; find
(find)
;! ArityException
(find nil nil)
;=> nil
(find inc nil)
;! IllegalArgumentException
(find [1 2] 1)
;=> [1 2]
(find nil)
;! ArityException
(find nil [1 2])
;=> nil
;; get
(get)
;! ArityException
(get nil nil)
;=> nil
(get [1 2] 1)
;=> 2
(get [1 2] 0 9)
;=> 1
(get "abc" "b" "c")
;=> "c"
(get nil)
;! ArityException
(get nil [1 2])
;=> nil
;; get-in
(get-in)
;! ArityException
(get-in nil nil)
;=> nil
(get-in [1 2] nil)
;=> [1 2]
(get-in inc nil)
;=> fn
(get-in 1 2)
;! IllegalArgumentException
(get-in nil)
;! ArityException
(get-in nil [1 2])
;=> nil
;; hash-map
(hash-map nil)
;! IllegalArgumentException
(hash-map nil nil)
;=> {nil nil}
(hash-map nil [1 2])
;=> {nil [1 2]}
(hash-map [1 2] nil)
;=> {[1 2] nil}
(hash-map inc nil)
;=> {fn nil}
(hash-map [])
;! IllegalArgumentException
(hash-map inc [1 2])
;=> {fn [1 2]}
;; hash-set
(hash-set nil)
;=> #{nil}
(hash-set [])
;=> #{[]}
(hash-set "")
;=> #{""}
(hash-set :k)
;=> #{:k}
(hash-set 1.5)
;=> #{1.5}
;; identity
(identity)
;! ArityException
(identity [])
;=> []
(identity "")
;=> ""
(identity :k)
;=> :k
(identity 1.5)
;=> 1.5
(identity "ab")
;=> "ab"
(identity nil nil)
;! ArityException
;; inst-ms
(inst-ms)
;! ArityException
(inst-ms nil)
;! IllegalArgumentException
(inst-ms [])
;! IllegalArgumentException
;; key
(key)
;! ArityException
(key [])
;! ClassCastException
(key "")
;! ClassCastException
;; keys
(keys)
;! ArityException
(keys [])
;=> nil
(keys :k)
;! IllegalArgumentException
(keys "ab")
;! ClassCastException
(keys {:a 1})
;=> (:a)
(keys "")
;=> nil
;; list
(list nil)
;=> (nil)
(list [])
;=> ([])
(list "")
;=> ("")
(list :k)
;=> (:k)
(list 1.5)
;=> (1.5)
;; list*
(list*)
;! ArityException
(list* [])
;=> nil
(list* :k)
;! IllegalArgumentException
(list* "ab")
;=> (\a \b)
(list* [3 1 2])
;=> (3 1 2)
(list* "")
;=> nil
(list* 1.5)
;! IllegalArgumentException
;; merge
(merge [])
;=> []
(merge "")
;=> ""
(merge :k)
;=> :k
(merge 1.5)
;=> 1.5
(merge "ab")
;=> "ab"
(merge inc nil)
;! ClassCastException
(merge inc [1 2])
;! ClassCastException
;; merge-with
(merge-with)
;! ArityException
(merge-with nil)
;=> nil
(merge-with nil [1 2])
;=> [1 2]
(merge-with 1 2)
;=> 2
(merge-with 2 [1 2 3])
;=> [1 2 3]
(merge-with [])
;=> nil
(merge-with {:a 1} :b 2)
;! IllegalArgumentException
;; meta
(meta)
;! ArityException
(meta [])
;=> nil
(meta "")
;=> nil
(meta nil nil)
;! ArityException
;; not-empty
(not-empty)
;! ArityException
(not-empty :k)
;! IllegalArgumentException
(not-empty "ab")
;=> "ab"
(not-empty [3 1 2])
;=> [3 1 2]
(not-empty #{7})
;=> #{7}
(not-empty 1.5)
;! IllegalArgumentException
;; nth
(nth)
;! ArityException
(nth nil nil)
;! NullPointerException
(nth nil [1 2])
;! ClassCastException
(nth [1 2] 1)
;=> 2
(nth [1 2] 0 9)
;=> 1
(nth [1 2 3] 1 2)
;=> 2
(nth "abcd" 1 2)
;=> \b
;; peek
(peek)
;! ArityException
(peek "")
;! ClassCastException
(peek [3 1 2])
;=> 2
(peek :k)
;! ClassCastException
;; persistent!
(persistent!)
;! ArityException
(persistent! nil)
;! NullPointerException
(persistent! [])
;! ClassCastException
;; pop
(pop)
;! ArityException
(pop "")
;! ClassCastException
(pop [3 1 2])
;=> [3 1]
(pop :k)
;! ClassCastException
;; pop!
(pop!)
;! ArityException
(pop! nil)
;! NullPointerException
(pop! [])
;! ClassCastException
;; replace
(replace)
;! ArityException
(replace nil)
;=> fn
(replace nil nil)
;=> ()
(replace nil [1 2])
;=> [1 2]
(replace inc [1 2])
;! IllegalArgumentException
(replace [])
;=> fn
(replace [1 2] nil)
;=> ()
;; rsubseq
(rsubseq)
;! ArityException
(rsubseq nil nil nil)
;! NullPointerException
(rsubseq {:a 1} :b 2)
;! ClassCastException
(rsubseq (sorted-map :a 1 :b 2) > :a)
;=> ([:b 2])
(rsubseq (sorted-set 1 2 3) >= 2)
;=> (3 2)
;; select-keys
(select-keys)
;! ArityException
(select-keys nil nil)
;=> {}
(select-keys inc [1 2])
;! IllegalArgumentException
(select-keys {:a 1} [:a])
;=> {:a 1}
(select-keys nil)
;! ArityException
(select-keys nil [1 2])
;=> {}
;; set
(set)
;! ArityException
(set [])
;=> #{}
(set :k)
;! IllegalArgumentException
(set "ab")
;=> #{\a \b}
(set [3 1 2])
;=> #{1 2 3}
(set "")
;=> #{}
(set 1.5)
;! IllegalArgumentException
;; sorted-map
(sorted-map nil)
;! IllegalArgumentException
(sorted-map nil nil)
;=> {nil nil}
(sorted-map nil [1 2])
;=> {nil [1 2]}
(sorted-map [1 2] nil)
;=> {[1 2] nil}
(sorted-map inc nil)
;! ClassCastException
(sorted-map [])
;! IllegalArgumentException
(sorted-map 1 2)
;=> {1 2}
;; sorted-map-by
(sorted-map-by)
;! ArityException
(sorted-map-by [])
;! ClassCastException
(sorted-map-by inc)
;=> {}
(sorted-map-by inc nil)
;! IllegalArgumentException
(sorted-map-by + 0 [1 2])
;=> {0 [1 2]}
(sorted-map-by inc [1] [2])
;=> {[1] [2]}
(sorted-map-by + {:a 1} {:a 2})
;=> {{:a 1} {:a 2}}
;; sorted-set
(sorted-set nil)
;=> #{nil}
(sorted-set [])
;=> #{[]}
(sorted-set "")
;=> #{""}
(sorted-set :k)
;=> #{:k}
(sorted-set 1.5)
;=> #{1.5}
(sorted-set {:a 1})
;! ClassCastException
(sorted-set #{7})
;! ClassCastException
;; sorted-set-by
(sorted-set-by)
;! ArityException
(sorted-set-by [])
;! ClassCastException
(sorted-set-by inc)
;=> #{}
(sorted-set-by inc nil)
;=> #{nil}
(sorted-set-by inc [1 2])
;=> #{[1 2]}
(sorted-set-by "")
;! ClassCastException
(sorted-set-by inc {:a 1})
;=> #{{:a 1}}
;; subseq
(subseq)
;! ArityException
(subseq nil nil nil)
;! NullPointerException
(subseq {:a 1} :b 2)
;! ClassCastException
(subseq (sorted-map :a 1 :b 2) > :a)
;=> ([:b 2])
(subseq (sorted-set 1 2 3) >= 2)
;=> (2 3)
;; subvec
(subvec)
;! ArityException
(subvec nil nil)
;! NullPointerException
(subvec [1 2] 1)
;=> [2]
(subvec "abc" "b")
;! ClassCastException
;; tagged-literal
(tagged-literal)
;! ArityException
(tagged-literal [1 2] nil)
;! ClassCastException
(tagged-literal nil)
;! ArityException
;; transient
(transient)
;! ArityException
(transient nil)
;! NullPointerException
(transient "")
;! ClassCastException
;; update
(update)
;! ArityException
(update nil nil nil)
;! NullPointerException
(update {:a 1} :b 2)
;! ClassCastException
;; update-in
(update-in)
;! ArityException
(update-in nil nil nil)
;! NullPointerException
(update-in {:a 1} :b 2)
;! IllegalArgumentException
;; update-keys
(update-keys)
;! ArityException
(update-keys nil nil)
;=> {}
(update-keys [1 2] nil)
;! NullPointerException
(update-keys inc nil)
;! IllegalArgumentException
(update-keys {:a 1} :a)
;=> {nil 1}
(update-keys nil [1 2])
;=> {}
(update-keys {:a 1} {:b 2})
;=> {nil 1}
;; update-vals
(update-vals)
;! ArityException
(update-vals nil nil)
;=> {}
(update-vals [1 2] nil)
;! NullPointerException
(update-vals inc nil)
;! IllegalArgumentException
(update-vals {:a 1} :a)
;=> {:a nil}
(update-vals nil [1 2])
;=> {}
(update-vals {:a 1} {:b 2})
;=> {:a nil}
;; val
(val)
;! ArityException
(val nil)
;! NullPointerException
(val [])
;! ClassCastException
;; vals
(vals)
;! ArityException
(vals [])
;=> nil
(vals :k)
;! IllegalArgumentException
(vals "ab")
;! ClassCastException
(vals {:a 1})
;=> (1)
(vals "")
;=> nil
;; vary-meta
(vary-meta)
;! ArityException
(vary-meta nil nil)
;! NullPointerException
(vary-meta nil [1 2])
;! IllegalArgumentException
(vary-meta {:a 1} :a)
;=> {:a 1}
(vary-meta #{1} #{1 2})
;=> #{1}
(vary-meta {:a 1} {:b 2})
;=> {:a 1}
(vary-meta inc {:a 1})
;=> fn
;; vec
(vec)
;! ArityException
(vec [])
;=> []
(vec :k)
;! RuntimeException
(vec [3 1 2])
;=> [3 1 2]
(vec #{7})
;=> [7]
(vec "")
;=> []
(vec 1.5)
;! RuntimeException
;; vector
(vector nil)
;=> [nil]
(vector [])
;=> [[]]
(vector "")
;=> [""]
(vector :k)
;=> [:k]
(vector 1.5)
;=> [1.5]
;; with-meta
(with-meta)
;! ArityException
(with-meta nil nil)
;! NullPointerException
(with-meta nil [1 2])
;! ClassCastException
(with-meta [1 2] nil)
;=> [1 2]
(with-meta inc nil)
;=> fn
(with-meta {:a 1} {:b 2})
;=> {:a 1}
(with-meta inc {:a 1})
;=> fn
;; zipmap
(zipmap)
;! ArityException
(zipmap nil [1 2])
;=> {}
(zipmap inc nil)
;! IllegalArgumentException
(zipmap "abc" "b")
;=> {\a \b}
(zipmap {:a 1} {:b 2})
;=> {[:a 1] [:b 2]}
(zipmap nil)
;! ArityException
(zipmap [1 2] nil)
;=> {}
;; with-meta
(meta (with-meta [] nil))
;=> nil
;; transient
(persistent! (transient {}))
;=> {}
(let [t (transient [1])] (persistent! t) (conj! t 2))
;! IllegalAccessError
(persistent! (conj! (conj! (transient #{}) 1) 1))
;=> #{1}
;; conj!
(persistent! (conj! (transient [])))
;=> []
;; dissoc!
(persistent! (dissoc! (transient {:a 1 :b 2}) :a :c))
;=> {:b 2}
(dissoc! {:a 1} :a)
;! ClassCastException
;; disj!
(persistent! (disj! (transient #{1 2}) 1 3))
;=> #{2}
(disj! #{1} 1)
;! ClassCastException
;; pop!
(pop! [1])
;! ClassCastException
;; assoc!
(persistent! (assoc! (transient [1]) 0 2 1 3))
;=> [2 3]
(persistent! (assoc! (transient [1]) 5 2))
;! IndexOutOfBoundsException
(persistent! (assoc! (transient {}) :a 1 :b))
;=> {:a 1 :b nil}
;; get
(get "abc" 1.7)
;=> \b
(get "abc" -0.5)
;=> \a
(get [1 2] 1.0)
;=> nil
;; nth
(nth 1 -1 :none)
;=> :none
(nth {} -1 :none)
;=> :none
(nth {} 0 :none)
;! UnsupportedOperationException
;; cons
(counted? (cons 1 nil))
;=> true
(counted? (cons 1 ()))
;=> false
(peek (cons 1 ()))
;! ClassCastException
(rest (cons 1 []))
;=> ()
(list? (cons 1 nil))
;=> true
;; keys
(contains? nil (keys "s"))
;=> false
(first (keys "s"))
;! ClassCastException
;; sorted-set
(sorted-set nil {:a 1})
;! ClassCastException
(sorted-set {:a 1})
;! ClassCastException
