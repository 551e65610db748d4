; What kind of value something is, and whether something holds.

;; nil?
(mapv nil? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(nil?)
;! ArityException
;; some?
(mapv some? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true]
(some?)
;! ArityException
;; any?
(mapv any? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true true]
(any?)
;! ArityException
;; true?
(mapv true? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(true?)
;! ArityException
;; false?
(mapv false? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(false?)
;! ArityException
;; boolean?
(mapv boolean? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(boolean?)
;! ArityException
;; char?
(mapv char? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(char?)
;! ArityException
;; string?
(mapv string? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(string?)
;! ArityException
;; keyword?
(mapv keyword? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false true true false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(keyword?)
;! ArityException
;; symbol?
(mapv symbol? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false true true false false false false false false false false false false false false false false false false false false false false false false false false false]
(symbol?)
;! ArityException
;; ident?
(mapv ident? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false true true true true false false false false false false false false false false false false false false false false false false false false false false false false false]
(ident?)
;! ArityException
;; simple-keyword?
(mapv simple-keyword? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(simple-keyword?)
;! ArityException
;; qualified-keyword?
(mapv qualified-keyword? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(qualified-keyword?)
;! ArityException
;; simple-symbol?
(mapv simple-symbol? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false]
(simple-symbol?)
;! ArityException
;; qualified-symbol?
(mapv qualified-symbol? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false]
(qualified-symbol?)
;! ArityException
;; simple-ident?
(mapv simple-ident? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false true false true false false false false false false false false false false false false false false false false false false false false false false false false false false]
(simple-ident?)
;! ArityException
;; qualified-ident?
(mapv qualified-ident? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false true false true false false false false false false false false false false false false false false false false false false false false false false false false false]
(qualified-ident?)
;! ArityException
;; number?
(mapv number? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false true true true true true true true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(number?)
;! ArityException
;; integer?
(mapv integer? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false true true true false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(integer?)
;! ArityException
;; int?
(mapv int? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false true true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(int?)
;! ArityException
;; nat-int?
(mapv nat-int? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(nat-int?)
;! ArityException
;; pos-int?
(mapv pos-int? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(pos-int?)
;! ArityException
;; neg-int?
(mapv neg-int? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(neg-int?)
;! ArityException
;; double?
(mapv double? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false true false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(double?)
;! ArityException
;; float?
(mapv float? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false true false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(float?)
;! ArityException
;; decimal?
(mapv decimal? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(decimal?)
;! ArityException
;; ratio?
(mapv ratio? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(ratio?)
;! ArityException
;; rational?
(mapv rational? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false true true true false true true true false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false]
(rational?)
;! ArityException
;; map?
(mapv map? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false true true false false true false false false false false false false false false false false false false false false false]
(map?)
;! ArityException
;; vector?
(mapv vector? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false true true false false false false false false false false false true false false false false false false false false false false false]
(vector?)
;! ArityException
;; set?
(mapv set? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false true true false true false false false false false false false false false false false false false false false]
(set?)
;! ArityException
;; list?
(mapv list? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false true true false false false false false false false false false false false false false false false false false false false false false false false]
(list?)
;! ArityException
;; seq?
(mapv seq? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false true true false false false false false false false false true true true false false false false false false false false false false false false]
(seq?)
;! ArityException
;; coll?
(mapv coll? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false true true true true true true true true true true true true true true false false false false false false false false false false false]
(coll?)
;! ArityException
;; sequential?
(mapv sequential? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false true true true true false false false false false false true true true true false false false false false false false false false false false]
(sequential?)
;! ArityException
;; associative?
(mapv associative? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false true true true true false false true false false false false true false false false false false false false false false false false]
(associative?)
;! ArityException
;; indexed?
(mapv indexed? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false true true false false false false false false false false false true false false false false false false false true false false false]
(indexed?)
;! ArityException
;; reversible?
(mapv reversible? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false true true false false false false true true false false false true false false false false false false false false false false false]
(reversible?)
;! ArityException
;; sorted?
(mapv sorted? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false true true false false false false false false false false false false false false false false false]
(sorted?)
;! ArityException
;; map-entry?
(mapv map-entry? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true false false false false false false false false false false false]
(map-entry?)
;! ArityException
;; fn?
(mapv fn? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true true false false false false false false false false false]
(fn?)
;! ArityException
;; ifn?
(mapv ifn? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false true true true true false false true true true true true true true true false false false true true true false false false false false true false false false]
(ifn?)
;! ArityException
;; inst?
(mapv inst? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true false false false false false false false]
(inst?)
;! ArityException
;; uuid?
(mapv uuid? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true false false false false false false]
(uuid?)
;! ArityException
;; tagged-literal?
(mapv tagged-literal? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true false]
(tagged-literal?)
;! ArityException
;; counted?
(mapv counted? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false true true true true true true true true true true false true true true false false false false false false false true false false false]
(counted?)
;! ArityException
;; seqable?
(mapv seqable? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [true false false false false false false false false false false false true true false false false false true true true true true true true true true true true true true true false false false false false false false false false false false]
(seqable?)
;! ArityException
;; reduced?
(mapv reduced? [nil true false 0 1 -1 1.5 1N 1M 1/2 ##NaN \a "" "a" :a :a/b 'a 'a/b () '(1) [] [1] {} {:a 1} #{} #{1} (sorted-map) (sorted-set 1) (map inc [1]) (range 3) (seq [1]) (first {:a 1}) inc (fn [x] x) #"a" #inst "2020-01-01" #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e" (atom 1) (delay 1) (transient []) (ex-info "" {}) (tagged-literal 'a 1) (reduced 1)])
;=> [false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false false true]
(reduced?)
;! ArityException
;; not
(not nil)
;=> true
(not false)
;=> true
(not 0)
;=> false
(not [])
;=> false
;; boolean
(boolean nil)
;=> false
(boolean false)
;=> false
(boolean 0)
;=> true
(boolean "")
;=> true
;; identical?
(identical? :a :a)
;=> true
(identical? 1 1)
;=> true
(identical? "a" "b")
;=> false
(identical? nil nil)
;=> true
(identical? [] [1])
;=> false
(let [x [1]] (identical? x x))
;=> true
(identical? \a \a)
;=> true
(identical? [1] [1])
;=> false
;; distinct?
(distinct? 1)
;=> true
(distinct? 1 2 3)
;=> true
(distinct? 1 2 1)
;=> false
(distinct? 1 1.0)
;=> true
(distinct? [1] '(1))
;=> false
(distinct?)
;! ArityException
;; every?
(every? even? [2 4])
;=> true
(every? even? [2 3])
;=> false
(every? even? [])
;=> true
(every? even? nil)
;=> true
(every? #{1 2} [1 2 1])
;=> true
(every? :a [{:a 1} {}])
;=> false
(every? 1 [1])
;! ClassCastException
(every? pos? (range))
;=> false
(every? (fn [[k v]] (= v 1)) {:a 1})
;=> true
;; not-every?
(not-every? even? [2 3])
;=> true
(not-every? even? [])
;=> false
;; some
(some even? [1 2 3])
;=> true
(some even? [1 3])
;=> nil
(some #{2} [1 2 3])
;=> 2
(some :a [{} {:a 5}])
;=> 5
(some even? nil)
;=> nil
(some even? (range))
;=> true
(some false? [true false])
;=> true
(some identity [nil false])
;=> nil
(some #(if (= % 2) %) [1 2 3])
;=> 2
;; not-any?
(not-any? even? [1 3])
;=> true
(not-any? even? [1 2])
;=> false
(not-any? even? nil)
;=> true
;; empty?
(empty? nil)
;=> true
(empty? [])
;=> true
(empty? [1])
;=> false
(empty? "")
;=> true
(empty? {})
;=> true
(empty? (range))
;=> false
(empty? (filter even? [1 3]))
;=> true
(empty? 1)
;! IllegalArgumentException
;; contains?
(contains? {:a 1} :a)
;=> true
(contains? {:a nil} :a)
;=> true
(contains? {:a 1} :b)
;=> false
(contains? #{1 2} 1)
;=> true
(contains? #{nil} nil)
;=> true
(contains? [1 2] 1)
;=> true
(contains? [1 2] 2)
;=> false
(contains? [1 2] -1)
;=> false
(contains? [1 2] :a)
;=> false
(contains? "abc" 1)
;=> true
(contains? "abc" 3)
;=> false
(contains? nil 1)
;=> false
(contains? '(1 2) 1)
;! IllegalArgumentException
(contains? (range 3) 1)
;! IllegalArgumentException
(contains? :a 1)
;! IllegalArgumentException
(contains? (sorted-map 1 2) 1)
;=> true
(contains? (transient {:a 1}) :a)
;=> true
(contains? {1 :a} 1N)
;=> true
(contains? {1 :a} 1.0)
;=> false
;; every-pred
((every-pred even? pos?) 2)
;=> true
((every-pred even? pos?) 2 -2)
;=> false
((every-pred even?) )
;=> true
((every-pred even? pos? integer?) 2 4 6 8)
;=> true
((every-pred :a :b) {:a 1 :b 2})
;=> true
((every-pred :a :b) {:a 1})
;=> false
;; some-fn
((some-fn even? pos?) 1)
;=> true
((some-fn even? neg?) 1)
;=> false
((some-fn :a :b) {:b 2})
;=> 2
((some-fn :a :b) {})
;=> nil
((some-fn :a) {:a false})
;=> false
((some-fn even?))
;=> nil
((some-fn even? neg?) 1 3 5 7)
;=> nil
((some-fn :a :b :c :d) {:d 1})
;=> 1
((some-fn :a :b :c :d) {})
;=> nil
((some-fn #{1} #{2}) 5 2)
;=> 2
;; complement
((complement nil?) 1)
;=> true
((complement even?) 1)
;=> true
((complement <) 1 2)
;=> false
((complement identity) nil)
;=> true
