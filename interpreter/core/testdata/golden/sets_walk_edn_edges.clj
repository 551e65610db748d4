; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; clojure.edn/read-string
(edn/read-string)
;! ArityException
(edn/read-string [])
;! ClassCastException
(edn/read-string "ab")
;=> ab
(edn/read-string nil nil)
;=> nil
(edn/read-string :k)
;! ClassCastException
;; clojure.set/difference
(set/difference)
;! ArityException
(set/difference nil)
;=> nil
(set/difference [])
;=> []
(set/difference "")
;=> ""
(set/difference :k)
;=> :k
(set/difference 1.5)
;=> 1.5
(set/difference inc nil)
;! UnsupportedOperationException
;; clojure.set/index
(set/index)
;! ArityException
(set/index nil nil)
;=> {}
(set/index [1 2] nil)
;=> {{} #{1 2}}
(set/index inc nil)
;! IllegalArgumentException
(set/index {:a 1} {:b 2})
;=> {{} #{[:a 1]}}
(set/index nil)
;! ArityException
(set/index nil [1 2])
;=> {}
;; clojure.set/intersection
(set/intersection)
;! ArityException
(set/intersection nil)
;=> nil
(set/intersection [])
;=> []
(set/intersection "")
;=> ""
(set/intersection :k)
;=> :k
(set/intersection 1.5)
;=> 1.5
(set/intersection inc nil)
;! UnsupportedOperationException
;; clojure.set/join
(set/join)
;! ArityException
(set/join nil nil)
;=> #{}
(set/join "abc" "b")
;! IllegalArgumentException
(set/join {:a 1} {:b 2})
;! ClassCastException
(set/join nil [1 2])
;=> #{}
;; clojure.set/map-invert
(set/map-invert)
;! ArityException
(set/map-invert [])
;=> {}
(set/map-invert :k)
;! IllegalArgumentException
(set/map-invert "ab")
;! ClassCastException
(set/map-invert [3 1 2])
;=> {1 1 2 2 3 0}
(set/map-invert "")
;=> {}
(set/map-invert {:a 1})
;=> {1 :a}
;; clojure.set/project
(set/project)
;! ArityException
(set/project nil nil)
;=> #{}
(set/project [1 2] nil)
;=> #{{}}
(set/project inc nil)
;! IllegalArgumentException
(set/project nil)
;! ArityException
(set/project nil [1 2])
;=> #{}
(set/project {:a 1} {:b 2})
;=> #{{}}
;; clojure.set/rename
(set/rename)
;! ArityException
(set/rename nil nil)
;=> #{}
(set/rename [1 2] nil)
;=> #{1 2}
(set/rename inc nil)
;! IllegalArgumentException
(set/rename "abc" "b")
;! ClassCastException
(set/rename nil [1 2])
;=> #{}
;; clojure.set/rename-keys
(set/rename-keys)
;! ArityException
(set/rename-keys nil nil)
;=> nil
(set/rename-keys nil [1 2])
;! ClassCastException
(set/rename-keys [1 2] nil)
;=> [1 2]
(set/rename-keys inc nil)
;=> fn
(set/rename-keys nil)
;! ArityException
(set/rename-keys {:a 1} {:b 2})
;=> {:a 1}
;; clojure.set/select
(set/select)
;! ArityException
(set/select nil nil)
;=> nil
(set/select nil [1 2])
;! NullPointerException
(set/select inc [1 2])
;=> [1 2]
(set/select 1 2)
;! IllegalArgumentException
(set/select [1 2] nil)
;=> nil
(set/select #{1} #{1 2})
;=> #{1}
;; clojure.set/subset?
(set/subset?)
;! ArityException
(set/subset? nil nil)
;=> true
(set/subset? [1 2] nil)
;=> false
(set/subset? inc nil)
;! UnsupportedOperationException
(set/subset? nil)
;! ArityException
(set/subset? nil [1 2])
;=> true
(set/subset? "abc" "b")
;=> false
;; clojure.set/superset?
(set/superset?)
;! ArityException
(set/superset? nil nil)
;=> true
(set/superset? nil [1 2])
;=> false
(set/superset? inc nil)
;! UnsupportedOperationException
(set/superset? "abc" "b")
;! IllegalArgumentException
(set/superset? [1 2] nil)
;=> true
(set/superset? {:a 1} {:b 2})
;=> false
;; clojure.set/union
(set/union nil)
;=> nil
(set/union [])
;=> []
(set/union "")
;=> ""
(set/union :k)
;=> :k
(set/union 1.5)
;=> 1.5
(set/union inc nil)
;! UnsupportedOperationException
(set/union inc [1 2])
;! UnsupportedOperationException
;; clojure.walk/keywordize-keys
(walk/keywordize-keys)
;! ArityException
(walk/keywordize-keys [])
;=> []
(walk/keywordize-keys "")
;=> ""
(walk/keywordize-keys :k)
;=> :k
(walk/keywordize-keys 1.5)
;=> 1.5
(walk/keywordize-keys "ab")
;=> "ab"
(walk/keywordize-keys nil nil)
;! ArityException
;; clojure.walk/postwalk
(walk/postwalk)
;! ArityException
(walk/postwalk nil nil)
;! NullPointerException
(walk/postwalk [1 2] nil)
;! IllegalArgumentException
(walk/postwalk [1 2] 1)
;=> 2
(walk/postwalk {:a 1} :a)
;=> 1
(walk/postwalk {:a 1} {:b 2})
;=> nil
(walk/postwalk #{1} #{1 2})
;=> nil
;; clojure.walk/postwalk-replace
(walk/postwalk-replace)
;! ArityException
(walk/postwalk-replace nil nil)
;=> nil
(walk/postwalk-replace nil [1 2])
;=> [1 2]
(walk/postwalk-replace inc nil)
;! IllegalArgumentException
(walk/postwalk-replace [1 2] 1)
;=> 2
(walk/postwalk-replace nil)
;! ArityException
(walk/postwalk-replace [1 2] nil)
;=> nil
;; clojure.walk/prewalk
(walk/prewalk)
;! ArityException
(walk/prewalk nil nil)
;! NullPointerException
(walk/prewalk [1 2] nil)
;! IllegalArgumentException
(walk/prewalk [1 2] 1)
;=> 2
(walk/prewalk {:a 1} :a)
;=> 1
(walk/prewalk {:a 1} {:b 2})
;=> nil
(walk/prewalk #{1} #{1 2})
;=> nil
;; clojure.walk/prewalk-replace
(walk/prewalk-replace)
;! ArityException
(walk/prewalk-replace nil nil)
;=> nil
(walk/prewalk-replace nil [1 2])
;=> [1 2]
(walk/prewalk-replace inc nil)
;! IllegalArgumentException
(walk/prewalk-replace [1 2] 1)
;=> 2
(walk/prewalk-replace nil)
;! ArityException
(walk/prewalk-replace [1 2] nil)
;=> nil
;; clojure.walk/stringify-keys
(walk/stringify-keys)
;! ArityException
(walk/stringify-keys nil)
;=> nil
(walk/stringify-keys [])
;=> []
(walk/stringify-keys "")
;=> ""
(walk/stringify-keys :k)
;=> :k
(walk/stringify-keys 1.5)
;=> 1.5
(walk/stringify-keys nil nil)
;! ArityException
;; clojure.walk/walk
(walk/walk)
;! ArityException
(walk/walk nil nil nil)
;! NullPointerException
(walk/walk {:a 1} :b 2)
;=> nil
(walk/walk [1 2] 0 9)
;! ClassCastException
(walk/walk (sorted-map :a 1 :b 2) > :a)
;=> true
(walk/walk nil :a 1)
;=> nil
(walk/walk (sorted-set 1 2 3) >= 2)
;=> true
;; clojure.set/rename
(set/rename #{} {:a :b})
;=> #{}
(set/rename nil {:a :b})
;=> #{}
(set/rename #{{:a 1} {:a 2 :b 3}} {:a :c})
;=> #{{:b 3 :c 2} {:c 1}}
;; clojure.edn/read-string
(edn/read-string {:readers {'my/boom (fn [_] (throw (ex-info "handler called" {})))}} "[#_ #my/boom 0 42]")
;! ExceptionInfo
;~ [42] ;; what #_ discards is not handed to a reader
