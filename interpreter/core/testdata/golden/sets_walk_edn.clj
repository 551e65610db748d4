; clojure.set, clojure.walk, clojure.edn

;; clojure.set/union
(set/union)
;=> #{}
(sorted? (set/union #{} (sorted-set 5 1 3) #{1 2 3}))
;=> false
(sorted? (set/union #{1 2 3} (sorted-set 5 1 3) #{}))
;=> true
(sorted? (set/intersection (sorted-set 1 2 3) #{1 4 5} (sorted-set 1) #{2} #{3 4}))
;=> false
(set/union #{1})
;=> #{1}
(set/union #{1} #{2})
;=> #{1 2}
(set/union #{1} #{2} #{3 1})
;=> #{1 2 3}
(set/union nil #{1})
;=> #{1}
(set/union #{1} nil)
;=> #{1}
(set/union (sorted-set 3 1) #{2})
;=> #{1 2 3}
(set/union [1] [2])
;=> [1 2]
;; clojure.set/intersection
(set/intersection #{1})
;=> #{1}
(set/intersection #{1 2} #{2 3})
;=> #{2}
(set/intersection #{1 2 3} #{2 3} #{3 4})
;=> #{3}
(set/intersection #{1} nil)
;=> nil
(set/intersection #{1} #{})
;=> #{}
;; clojure.set/difference
(set/difference #{1 2})
;=> #{1 2}
(set/difference #{1 2} #{2})
;=> #{1}
(set/difference #{1 2 3} #{2} #{3})
;=> #{1}
(set/difference #{1} nil)
;=> #{1}
(set/difference nil #{1})
;=> nil
(set/difference #{1} [1])
;=> #{}
(set/difference #{1 2 3 4} #{1 2})
;=> #{3 4}
;; clojure.set/select
(set/select odd? #{1 2 3})
;=> #{1 3}
(set/select odd? #{})
;=> #{}
(set/select odd? nil)
;=> nil
;; clojure.set/project
(set/project #{{:a 1 :b 2} {:a 1 :b 3}} [:a])
;=> #{{:a 1}}
(set/project [{:a 1 :b 2}] [:b])
;=> #{{:b 2}}
(set/project #{} [:a])
;=> #{}
;; clojure.set/rename
(set/rename #{{:a 1 :b 2}} {:a :x})
;=> #{{:b 2 :x 1}}
(set/rename #{} {:a :x})
;=> #{}
;; clojure.set/rename-keys
(set/rename-keys {:a 1 :b 2} {:a :x})
;=> {:b 2 :x 1}
(set/rename-keys {:a 1 :b 2} {:a :b})
;=> {:b 1}
(set/rename-keys {:a 1 :b 2} {:a :b :b :a})
;=> {:a 2 :b 1}
(set/rename-keys {:a 1} {:z :y})
;=> {:a 1}
(set/rename-keys nil {:a :b})
;=> nil
;; clojure.set/index
(set/index #{{:a 1 :b 2} {:a 1 :b 3} {:a 2 :b 4}} [:a])
;=> {{:a 1} #{{:a 1 :b 2} {:a 1 :b 3}} {:a 2} #{{:a 2 :b 4}}}
(set/index #{} [:a])
;=> {}
(set/index [{:a 1}] [:z])
;=> {{} #{{:a 1}}}
;; clojure.set/map-invert
(set/map-invert {:a 1 :b 2})
;=> {1 :a 2 :b}
(set/map-invert {})
;=> {}
(set/map-invert nil)
;=> {}
;; clojure.set/join
(set/join #{{:a 1 :b 2}} #{{:b 2 :c 3}})
;=> #{{:a 1 :b 2 :c 3}}
(set/join #{{:a 1 :b 2} {:a 2 :b 3}} #{{:b 2 :c 3} {:b 2 :c 4}})
;=> #{{:a 1 :b 2 :c 3} {:a 1 :b 2 :c 4}}
(set/join #{{:a 1}} #{{:b 2}})
;=> #{{:a 1 :b 2}}
(set/join #{{:a 1 :b 2}} #{{:k 2 :c 3}} {:b :k})
;=> #{{:a 1 :b 2 :c 3 :k 2}}
(set/join #{} #{{:a 1}})
;=> #{}
(set/join #{{:id 1 :n "x"} {:id 2 :n "y"}} #{{:oid 1 :t 5}} {:id :oid})
;=> #{{:id 1 :n "x" :oid 1 :t 5}}
(set/join #{{:oid 1 :t 5}} #{{:id 1 :n "x"} {:id 2 :n "y"}} {:oid :id})
;=> #{{:id 1 :n "x" :oid 1 :t 5}}
;; clojure.set/subset?
(set/subset? #{1} #{1 2})
;=> true
(set/subset? #{1 3} #{1 2})
;=> false
(set/subset? #{} #{})
;=> true
(set/subset? nil #{1})
;=> true
;; clojure.set/superset?
(set/superset? #{1 2} #{1})
;=> true
(set/superset? #{1} #{1 2})
;=> false
(set/superset? #{1} nil)
;=> true
;; clojure.walk/walk
(walk/walk inc #(apply + %) [1 2 3])
;=> 9
(walk/walk first reverse [[1 2] [3 4]])
;=> (3 1)
(walk/walk identity identity {:a 1})
;=> {:a 1}
(walk/walk inc str 5)
;=> "5"
(walk/walk inc identity '(1 2))
;=> (2 3)
(walk/walk inc identity #{1 2})
;=> #{2 3}
(walk/walk inc identity (map inc [1 2]))
;=> (3 4)
(walk/walk (fn [[k v]] [k (inc v)]) identity {:a 1})
;=> {:a 2}
(walk/walk inc identity (first {1 2}))
;=> [2 3]
;; clojure.walk/postwalk
(walk/postwalk #(if (number? %) (inc %) %) [1 [2 {:a 3}]])
;=> [2 [3 {:a 4}]]
(walk/postwalk #(if (map? %) (count %) %) {:a {:b 1}})
;=> 1
(walk/postwalk identity {:a '(1 2) :b #{3}})
;=> {:a (1 2) :b #{3}}
(walk/postwalk str 5)
;=> "5"
(list? (walk/postwalk identity '(1 2)))
;=> true
(walk/postwalk #(if (vector? %) (reverse %) %) {:a 1})
;! ClassCastException
(map-entry? (first (walk/postwalk identity {:a 1})))
;=> true
(walk/postwalk #(if (string? %) (keyword %) %) {"a" [{"b" 1}]})
;=> {:a [{:b 1}]}
(seq (walk/postwalk identity (sorted-map 2 1 1 2)))
;=> ([1 2] [2 1])
;; clojure.walk/prewalk
(walk/prewalk #(if (number? %) (inc %) %) [1 [2 {:a 3}]])
;=> [2 [3 {:a 4}]]
(walk/prewalk #(if (vector? %) (vec (rest %)) %) [1 [2 3] [4 [5]]])
;=> [[3] [[]]]
(walk/prewalk #(if (= % 1) [2] %) [1])
;=> [[2]]
;; clojure.walk/postwalk-replace
(walk/postwalk-replace {:a 1 :b 2} [:a [:b {:c :a}]])
;=> [1 [2 {:c 1}]]
(walk/postwalk-replace {1 2 2 3} [1 2])
;=> [2 3]
(walk/postwalk-replace {[1] :x} [[1]])
;=> [:x]
;; clojure.walk/prewalk-replace
(walk/prewalk-replace {:a 1 :b 2} [:a [:b {:c :a}]])
;=> [1 [2 {:c 1}]]
(walk/prewalk-replace {[1] [2] 2 3} [[1]])
;=> [[3]]
;; clojure.walk/keywordize-keys
(counted? (walk/keywordize-keys (map inc [1])))
;=> false
(counted? (walk/keywordize-keys (list 1 2)))
;=> true
(walk/keywordize-keys {"a" 1 "b" {"c" 2}})
;=> {:a 1 :b {:c 2}}
(walk/keywordize-keys [{"a" 1} {:b "c" 3 4}])
;=> [{:a 1} {3 4 :b "c"}]
(walk/keywordize-keys {"a b" 1 nil 2})
;=> {:a b 1 nil 2}
(walk/keywordize-keys nil)
;=> nil
;; clojure.walk/stringify-keys
(walk/stringify-keys {:a 1 :b {:c/d 2}})
;=> {"a" 1 "b" {"d" 2}}
(walk/stringify-keys [{:a :b}])
;=> [{"a" :b}]
;; clojure.edn/read-string
(edn/read-string "{:a [1 2.5 \"x\" \\c nil true sym]}")
;=> {:a [1 2.5 "x" \c nil true sym]}
(edn/read-string "1 2")
;=> 1
(edn/read-string "")
;=> nil
(edn/read-string nil)
;=> nil
(edn/read-string "#inst \"2020-01-01\"")
;=> #inst "2020-01-01T00:00:00.000-00:00"
(edn/read-string "#uuid \"b6883c0a-0342-4007-9966-bc2dfa6b109e\"")
;=> #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e"
(edn/read-string "#{1 2}")
;=> #{1 2}
(edn/read-string "(1 2)")
;=> (1 2)
(edn/read-string "1N")
;=> 1N
(edn/read-string "1.5M")
;=> 1.5M
(edn/read-string "1/2")
;=> 1/2
(edn/read-string "##Inf")
;=> ##Inf
(edn/read-string "0x1F")
;=> 31
(edn/read-string "017")
;=> 15
(edn/read-string "2r101")
;=> 5
(edn/read-string "-7")
;=> -7
(edn/read-string "+7")
;=> 7
(edn/read-string "\\u0041")
;=> \A
(edn/read-string "\"a\\nb\\u0041\"")
;=> "a\nbA"
(edn/read-string ":a/b")
;=> :a/b
(edn/read-string "; c\n 5")
;=> 5
(edn/read-string "#_1 2")
;=> 2
(edn/read-string "[1 2")
;! RuntimeException
(edn/read-string ")")
;! RuntimeException
(edn/read-string "{:a}")
;! RuntimeException
(edn/read-string "{:a 1 :a 2}")
;! IllegalArgumentException
(edn/read-string "#{1 1}")
;! IllegalArgumentException
(edn/read-string "#foo 1")
;! RuntimeException
(edn/read-string {:default vector} "#foo 1")
;=> [foo 1]
(edn/read-string {:readers {'foo inc}} "[#foo 1]")
;=> [2]
(edn/read-string {:eof :done} "")
;=> :done
(edn/read-string {:default (fn [t v] (str t v))} "[#a/b 1 #c [#d 2]]")
;=> ["a/b1" "c[\"d2\"]"]
(edn/read-string "'a")
;=> 'a
;~ !RuntimeException ;; a quote is no part of EDN; Clojure reads a symbol that begins with one
(edn/read-string "@a")
;! RuntimeException
(edn/read-string "#(a)")
;! RuntimeException
(edn/read-string "#\"a\"")
;! RuntimeException
(edn/read-string "^{:a 1} [1]")
;=> [1]
(meta (edn/read-string "^:a [1]"))
;=> {:a true}
(edn/read-string "#:a{:b 1}")
;=> {:a/b 1}
(edn/read-string "\"unclosed")
;! RuntimeException
(edn/read-string "1a")
;! NumberFormatException
(edn/read-string "nil")
;=> nil
(edn/read-string "99999999999999999999")
;=> 99999999999999999999N
(edn/read-string "a/b")
;=> a/b
(edn/read-string "1e3")
;=> 1000.0
(edn/read-string ":")
;! RuntimeException
(edn/read-string "\\newline")
;=> \newline
(edn/read-string "#_ 1")
;=> nil
(edn/read-string 5)
;! ClassCastException
