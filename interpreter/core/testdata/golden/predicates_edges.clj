; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; any?
(any? nil)
;=> true
(any? nil nil)
;! ArityException
(any? [])
;=> true
(any? nil [1 2])
;! ArityException
;; associative?
(associative? nil)
;=> false
(associative? [])
;=> true
(associative? nil nil)
;! ArityException
(associative? "")
;=> false
(associative? [3 1 2])
;=> true
(associative? nil [1 2])
;! ArityException
;; boolean
(boolean)
;! ArityException
(boolean [])
;=> true
(boolean :k)
;=> true
(boolean nil nil)
;! ArityException
;; boolean?
(boolean? nil)
;=> false
(boolean? nil nil)
;! ArityException
(boolean? [])
;=> false
(boolean? nil [1 2])
;! ArityException
;; char?
(char? nil)
;=> false
(char? \a)
;=> true
(char? nil nil)
;! ArityException
(char? [])
;=> false
(char? nil [1 2])
;! ArityException
;; coll?
(coll? nil)
;=> false
(coll? [])
;=> true
(coll? nil nil)
;! ArityException
(coll? "")
;=> false
(coll? [3 1 2])
;=> true
(coll? nil [1 2])
;! ArityException
;; complement
(complement)
;! ArityException
(complement nil)
;=> fn
(complement [])
;=> fn
(complement nil nil)
;! ArityException
;; contains?
(contains?)
;! ArityException
(contains? nil nil)
;=> false
(contains? inc nil)
;! IllegalArgumentException
(contains? nil)
;! ArityException
(contains? nil [1 2])
;=> false
;; counted?
(counted? nil)
;=> false
(counted? [])
;=> true
(counted? nil nil)
;! ArityException
(counted? "")
;=> false
(counted? [3 1 2])
;=> true
(counted? nil [1 2])
;! ArityException
;; decimal?
(decimal? nil)
;=> false
(decimal? nil nil)
;! ArityException
(decimal? [])
;=> false
(decimal? nil [1 2])
;! ArityException
;; distinct?
(distinct? nil)
;=> true
(distinct? nil nil)
;=> false
(distinct? [])
;=> true
(distinct? nil nil nil)
;=> false
;; double?
(double? nil)
;=> false
(double? 1.5)
;=> true
(double? nil nil)
;! ArityException
(double? [])
;=> false
(double? nil [1 2])
;! ArityException
;; empty?
(empty?)
;! ArityException
(empty? :k)
;! IllegalArgumentException
(empty? "ab")
;=> false
(empty? 1.5)
;! IllegalArgumentException
(empty? [3 1 2])
;=> false
;; every-pred
(every-pred)
;! ArityException
(every-pred nil)
;=> fn
(every-pred [])
;=> fn
;; every?
(every?)
;! ArityException
(every? nil nil)
;=> true
(every? nil [1 2])
;! NullPointerException
(every? 1 2)
;! IllegalArgumentException
(every? {:a 1} {:b 2})
;=> false
(every? [1 2] nil)
;=> true
(every? #{1} #{1 2})
;=> false
;; false?
(false? nil)
;=> false
(false? nil nil)
;! ArityException
(false? [])
;=> false
(false? nil [1 2])
;! ArityException
;; float?
(float? nil)
;=> false
(float? 1.5)
;=> true
(float? nil nil)
;! ArityException
(float? [])
;=> false
(float? nil [1 2])
;! ArityException
;; fn?
(fn? nil)
;=> false
(fn? inc)
;=> true
(fn? nil nil)
;! ArityException
(fn? [])
;=> false
(fn? nil [1 2])
;! ArityException
;; ident?
(ident? nil)
;=> false
(ident? :k)
;=> true
(ident? nil nil)
;! ArityException
(ident? [])
;=> false
(ident? 'sym)
;=> true
(ident? nil [1 2])
;! ArityException
;; identical?
(identical?)
;! ArityException
(identical? nil [1 2])
;=> false
(identical? nil)
;! ArityException
(identical? [1 2] nil)
;=> false
;; ifn?
(ifn? nil)
;=> false
(ifn? [])
;=> true
(ifn? nil nil)
;! ArityException
(ifn? "")
;=> false
(ifn? :k)
;=> true
(ifn? nil [1 2])
;! ArityException
;; indexed?
(indexed? nil)
;=> false
(indexed? [])
;=> true
(indexed? nil nil)
;! ArityException
(indexed? "")
;=> false
(indexed? [3 1 2])
;=> true
(indexed? nil [1 2])
;! ArityException
;; inst?
(inst? nil)
;=> false
(inst? nil nil)
;! ArityException
(inst? [])
;=> false
(inst? nil [1 2])
;! ArityException
;; int?
(int? nil)
;=> false
(int? -1)
;=> true
(int? nil nil)
;! ArityException
(int? [])
;=> false
(int? nil [1 2])
;! ArityException
;; integer?
(integer? nil)
;=> false
(integer? -1)
;=> true
(integer? nil nil)
;! ArityException
(integer? [])
;=> false
(integer? nil [1 2])
;! ArityException
;; keyword?
(keyword? nil)
;=> false
(keyword? :k)
;=> true
(keyword? nil nil)
;! ArityException
(keyword? [])
;=> false
(keyword? nil [1 2])
;! ArityException
;; list?
(list? nil)
;=> false
(list? nil nil)
;! ArityException
(list? [])
;=> false
(list? nil [1 2])
;! ArityException
;; map-entry?
(map-entry? nil)
;=> false
(map-entry? nil nil)
;! ArityException
(map-entry? [])
;=> false
(map-entry? nil [1 2])
;! ArityException
;; map?
(map? nil)
;=> false
(map? {:a 1})
;=> true
(map? nil nil)
;! ArityException
(map? [])
;=> false
(map? nil [1 2])
;! ArityException
;; nat-int?
(nat-int? nil)
;=> false
(nat-int? nil nil)
;! ArityException
(nat-int? [])
;=> false
(nat-int? nil [1 2])
;! ArityException
;; neg-int?
(neg-int? nil)
;=> false
(neg-int? -1)
;=> true
(neg-int? nil nil)
;! ArityException
(neg-int? [])
;=> false
(neg-int? nil [1 2])
;! ArityException
;; nil?
(nil? nil)
;=> true
(nil? [])
;=> false
(nil? nil nil)
;! ArityException
(nil? "")
;=> false
(nil? nil [1 2])
;! ArityException
;; not
(not)
;! ArityException
(not "")
;=> false
(not :k)
;=> false
(not nil nil)
;! ArityException
;; not-any?
(not-any?)
;! ArityException
(not-any? nil nil)
;=> true
(not-any? nil [1 2])
;! NullPointerException
(not-any? inc [1 2])
;=> false
(not-any? 1 2)
;! IllegalArgumentException
(not-any? [1 2] nil)
;=> true
(not-any? #{1} #{1 2})
;=> false
;; not-every?
(not-every?)
;! ArityException
(not-every? nil nil)
;=> false
(not-every? nil [1 2])
;! NullPointerException
(not-every? 1 2)
;! IllegalArgumentException
(not-every? {:a 1} {:b 2})
;=> true
(not-every? [1 2] nil)
;=> false
(not-every? #{1} #{1 2})
;=> true
;; number?
(number? nil)
;=> false
(number? 1.5)
;=> true
(number? nil nil)
;! ArityException
(number? [])
;=> false
(number? -1)
;=> true
(number? nil [1 2])
;! ArityException
;; pos-int?
(pos-int? nil)
;=> false
(pos-int? nil nil)
;! ArityException
(pos-int? [])
;=> false
(pos-int? nil [1 2])
;! ArityException
;; qualified-ident?
(qualified-ident? nil)
;=> false
(qualified-ident? nil nil)
;! ArityException
(qualified-ident? [])
;=> false
(qualified-ident? nil [1 2])
;! ArityException
;; qualified-keyword?
(qualified-keyword? nil)
;=> false
(qualified-keyword? nil nil)
;! ArityException
(qualified-keyword? [])
;=> false
(qualified-keyword? nil [1 2])
;! ArityException
;; qualified-symbol?
(qualified-symbol? nil)
;=> false
(qualified-symbol? nil nil)
;! ArityException
(qualified-symbol? [])
;=> false
(qualified-symbol? nil [1 2])
;! ArityException
;; ratio?
(ratio? nil)
;=> false
(ratio? nil nil)
;! ArityException
(ratio? [])
;=> false
(ratio? nil [1 2])
;! ArityException
;; rational?
(rational? nil)
;=> false
(rational? -1)
;=> true
(rational? nil nil)
;! ArityException
(rational? [])
;=> false
(rational? nil [1 2])
;! ArityException
;; reduced?
(reduced? nil)
;=> false
(reduced? nil nil)
;! ArityException
(reduced? [])
;=> false
(reduced? nil [1 2])
;! ArityException
;; reversible?
(reversible? nil)
;=> false
(reversible? [])
;=> true
(reversible? nil nil)
;! ArityException
(reversible? "")
;=> false
(reversible? [3 1 2])
;=> true
(reversible? nil [1 2])
;! ArityException
;; seq?
(seq? nil)
;=> false
(seq? nil nil)
;! ArityException
(seq? [])
;=> false
(seq? nil [1 2])
;! ArityException
;; seqable?
(seqable? nil)
;=> true
(seqable? :k)
;=> false
(seqable? nil nil)
;! ArityException
(seqable? [])
;=> true
(seqable? 1.5)
;=> false
(seqable? nil [1 2])
;! ArityException
;; sequential?
(sequential? nil)
;=> false
(sequential? [])
;=> true
(sequential? nil nil)
;! ArityException
(sequential? "")
;=> false
(sequential? [3 1 2])
;=> true
(sequential? nil [1 2])
;! ArityException
;; set?
(set? nil)
;=> false
(set? #{7})
;=> true
(set? nil nil)
;! ArityException
(set? [])
;=> false
(set? nil [1 2])
;! ArityException
;; simple-ident?
(simple-ident? nil)
;=> false
(simple-ident? :k)
;=> true
(simple-ident? nil nil)
;! ArityException
(simple-ident? [])
;=> false
(simple-ident? 'sym)
;=> true
(simple-ident? nil [1 2])
;! ArityException
;; simple-keyword?
(simple-keyword? nil)
;=> false
(simple-keyword? :k)
;=> true
(simple-keyword? nil nil)
;! ArityException
(simple-keyword? [])
;=> false
(simple-keyword? nil [1 2])
;! ArityException
;; simple-symbol?
(simple-symbol? nil)
;=> false
(simple-symbol? 'sym)
;=> true
(simple-symbol? nil nil)
;! ArityException
(simple-symbol? [])
;=> false
(simple-symbol? nil [1 2])
;! ArityException
;; some
(some)
;! ArityException
(some nil nil)
;=> nil
(some nil [1 2])
;! NullPointerException
(some inc [1 2])
;=> 2
(some 1 2)
;! IllegalArgumentException
(some [1 2] nil)
;=> nil
(some #{1} #{1 2})
;=> 1
;; some-fn
(some-fn)
;! ArityException
(some-fn nil)
;=> fn
(some-fn [])
;=> fn
;; some?
(some? nil)
;=> false
(some? [])
;=> true
(some? nil nil)
;! ArityException
(some? "")
;=> true
(some? nil [1 2])
;! ArityException
;; sorted?
(sorted? nil)
;=> false
(sorted? nil nil)
;! ArityException
(sorted? [])
;=> false
(sorted? nil [1 2])
;! ArityException
;; string?
(string? [])
;=> false
(string? "")
;=> true
(string? nil nil)
;! ArityException
(string? :k)
;=> false
(string? "ab")
;=> true
(string? nil [1 2])
;! ArityException
;; symbol?
(symbol? nil)
;=> false
(symbol? 'sym)
;=> true
(symbol? nil nil)
;! ArityException
(symbol? [])
;=> false
(symbol? nil [1 2])
;! ArityException
;; tagged-literal?
(tagged-literal? nil)
;=> false
(tagged-literal? nil nil)
;! ArityException
(tagged-literal? [])
;=> false
(tagged-literal? nil [1 2])
;! ArityException
;; true?
(true? nil)
;=> false
(true? nil nil)
;! ArityException
(true? [])
;=> false
(true? nil [1 2])
;! ArityException
;; uuid?
(uuid? nil)
;=> false
(uuid? nil nil)
;! ArityException
(uuid? [])
;=> false
(uuid? nil [1 2])
;! ArityException
;; vector?
(vector? nil)
;=> false
(vector? [])
;=> true
(vector? nil nil)
;! ArityException
(vector? "")
;=> false
(vector? [3 1 2])
;=> true
(vector? nil [1 2])
;! ArityException
;; counted?
(map counted? [(sort [2 1]) (keys {:a 1}) (seq {:a 1}) (seq "ab") (first (partition 2 [1 2]))])
;=> (true false true true false)
;; double?
(double? (float 1.0))
;=> false
;~ true ;; a float is a double here
;; not=
(not= ##NaN ##NaN)
;=> false
;~ true ;; NaN equals nothing; Clojure compares one object with itself
