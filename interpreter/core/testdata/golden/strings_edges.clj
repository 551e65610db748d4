; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; clojure.string/blank?
(str/blank?)
;! ArityException
(str/blank? [])
;! ClassCastException
(str/blank? "ab")
;=> false
(str/blank? :k)
;! ClassCastException
;; clojure.string/capitalize
(str/capitalize)
;! ArityException
(str/capitalize [])
;=> "[]"
(str/capitalize :k)
;=> ":k"
(str/capitalize 1.5)
;=> "1.5"
(str/capitalize "ab")
;=> "Ab"
(str/capitalize [3 1 2])
;=> "[3 1 2]"
(str/capitalize nil nil)
;! ArityException
;; clojure.string/ends-with?
(str/ends-with?)
;! ArityException
(str/ends-with? nil nil)
;! NullPointerException
(str/ends-with? inc [1 2])
;! ClassCastException
(str/ends-with? "abc" "b")
;=> false
(str/ends-with? 1 "a")
;=> false
;; clojure.string/escape
(str/escape)
;! ArityException
(str/escape nil nil)
;! NullPointerException
(str/escape [1 2] nil)
;! ClassCastException
;; clojure.string/includes?
(str/includes?)
;! ArityException
(str/includes? nil nil)
;! NullPointerException
(str/includes? inc [1 2])
;! ClassCastException
(str/includes? "abc" "b")
;=> true
(str/includes? 1 "a")
;=> false
;; clojure.string/index-of
(str/index-of)
;! ArityException
(str/index-of nil nil)
;! NullPointerException
(str/index-of inc [1 2])
;! ClassCastException
(str/index-of "abc" "b")
;=> 1
(str/index-of 1 "a")
;=> nil
;; clojure.string/join
(str/join)
;! ArityException
(str/join nil)
;=> ""
(str/join :k)
;! IllegalArgumentException
(str/join "ab")
;=> "ab"
(str/join [3 1 2])
;=> "312"
(str/join [])
;=> ""
(str/join 1.5)
;! IllegalArgumentException
;; clojure.string/last-index-of
(str/last-index-of)
;! ArityException
(str/last-index-of nil nil)
;! NullPointerException
(str/last-index-of inc [1 2])
;! ClassCastException
(str/last-index-of "abc" "b")
;=> 1
(str/last-index-of 1 "a")
;=> nil
;; clojure.string/lower-case
(str/lower-case)
;! ArityException
(str/lower-case [])
;=> "[]"
(str/lower-case "")
;=> ""
(str/lower-case :k)
;=> ":k"
(str/lower-case 1.5)
;=> "1.5"
(str/lower-case "ab")
;=> "ab"
(str/lower-case nil nil)
;! ArityException
;; clojure.string/re-quote-replacement
(str/re-quote-replacement)
;! ArityException
(str/re-quote-replacement nil)
;! NullPointerException
(str/re-quote-replacement [])
;=> "[]"
(str/re-quote-replacement :k)
;=> ":k"
(str/re-quote-replacement 1.5)
;=> "1.5"
(str/re-quote-replacement "ab")
;=> "ab"
(str/re-quote-replacement [3 1 2])
;=> "[3 1 2]"
;; clojure.string/replace
(str/replace)
;! ArityException
(str/replace nil nil nil)
;! NullPointerException
(str/replace {:a 1} :b 2)
;! IllegalArgumentException
(str/replace "abc" "b" "c")
;=> "acc"
;; clojure.string/replace-first
(str/replace-first)
;! ArityException
(str/replace-first nil nil nil)
;! NullPointerException
(str/replace-first {:a 1} :b 2)
;! IllegalArgumentException
(str/replace-first "abc" "b" "c")
;=> "acc"
;; clojure.string/reverse
(str/reverse)
;! ArityException
(str/reverse [])
;! ClassCastException
(str/reverse "ab")
;=> "ba"
(str/reverse :k)
;! ClassCastException
;; clojure.string/split
(str/split)
;! ArityException
(str/split nil nil)
;! NullPointerException
(str/split [1 2] nil)
;! ClassCastException
;; clojure.string/split-lines
(str/split-lines)
;! ArityException
(str/split-lines nil)
;! NullPointerException
(str/split-lines [])
;! ClassCastException
(str/split-lines "ab")
;=> ["ab"]
;; clojure.string/starts-with?
(str/starts-with?)
;! ArityException
(str/starts-with? nil nil)
;! NullPointerException
(str/starts-with? inc [1 2])
;! ClassCastException
(str/starts-with? "abc" "b")
;=> false
(str/starts-with? 1 "a")
;=> false
;; clojure.string/trim
(str/trim)
;! ArityException
(str/trim [])
;! ClassCastException
(str/trim "ab")
;=> "ab"
(str/trim :k)
;! ClassCastException
;; clojure.string/trim-newline
(str/trim-newline)
;! ArityException
(str/trim-newline nil)
;! NullPointerException
(str/trim-newline [])
;! ClassCastException
(str/trim-newline "")
;=> ""
(str/trim-newline "ab")
;=> "ab"
;; clojure.string/triml
(str/triml)
;! ArityException
(str/triml nil)
;! NullPointerException
(str/triml [])
;! ClassCastException
(str/triml "")
;=> ""
(str/triml "ab")
;=> "ab"
;; clojure.string/trimr
(str/trimr)
;! ArityException
(str/trimr nil)
;! NullPointerException
(str/trimr [])
;! ClassCastException
(str/trimr "")
;=> ""
(str/trimr "ab")
;=> "ab"
;; clojure.string/upper-case
(str/upper-case)
;! ArityException
(str/upper-case [])
;=> "[]"
(str/upper-case "")
;=> ""
(str/upper-case :k)
;=> ":K"
(str/upper-case 1.5)
;=> "1.5"
(str/upper-case "ab")
;=> "AB"
(str/upper-case nil nil)
;! ArityException
;; format
(format)
;! ArityException
(format [])
;! ClassCastException
(format "")
;=> ""
(format "ab")
;=> "ab"
(format nil nil)
;! NullPointerException
(format "abc" "b")
;=> "abc"
(format "a" 1)
;=> "a"
;; keyword
(keyword)
;! ArityException
(keyword [])
;=> nil
(keyword :k)
;=> :k
(keyword "ab")
;=> :ab
(keyword 'sym)
;=> :sym
(keyword 1.5)
;=> nil
(keyword nil nil)
;! NullPointerException
;; name
(name)
;! ArityException
(name [])
;! ClassCastException
(name "")
;=> ""
(name :k)
;=> "k"
(name "ab")
;=> "ab"
(name 1.5)
;! ClassCastException
(name 'sym)
;=> "sym"
;; namespace
(namespace)
;! ArityException
(namespace [])
;! ClassCastException
(namespace :k)
;=> nil
(namespace "")
;! ClassCastException
(namespace 'sym)
;=> nil
;; pr-str
(pr-str [])
;=> "[]"
(pr-str "")
;=> "\"\""
(pr-str :k)
;=> ":k"
(pr-str 1.5)
;=> "1.5"
(pr-str "ab")
;=> "\"ab\""
;; print-str
(print-str nil)
;=> "nil"
(print-str [])
;=> "[]"
(print-str "")
;=> ""
(print-str :k)
;=> ":k"
(print-str 1.5)
;=> "1.5"
;; println-str
(println-str nil)
;=> "nil\n"
(println-str [])
;=> "[]\n"
(println-str "")
;=> "\n"
(println-str :k)
;=> ":k\n"
(println-str 1.5)
;=> "1.5\n"
;; prn-str
(prn-str nil)
;=> "nil\n"
(prn-str [])
;=> "[]\n"
(prn-str "")
;=> "\"\"\n"
(prn-str :k)
;=> ":k\n"
(prn-str 1.5)
;=> "1.5\n"
;; re-find
(re-find)
;! ArityException
(re-find nil nil)
;! NullPointerException
(re-find [1 2] nil)
;! ClassCastException
;; re-matches
(re-matches)
;! ArityException
(re-matches nil nil)
;! NullPointerException
(re-matches [1 2] nil)
;! ClassCastException
;; re-pattern
(re-pattern)
;! ArityException
(re-pattern [])
;! ClassCastException
(re-pattern "")
;=> #""
(re-pattern "ab")
;=> #"ab"
(re-pattern :k)
;! ClassCastException
;; re-seq
(re-seq)
;! ArityException
(re-seq nil nil)
;! NullPointerException
(re-seq [1 2] nil)
;! ClassCastException
;; str
(str [])
;=> "[]"
(str "")
;=> ""
(str :k)
;=> ":k"
(str 1.5)
;=> "1.5"
(str "ab")
;=> "ab"
;; subs
(subs)
;! ArityException
(subs nil nil)
;! NullPointerException
(subs [1 2] nil)
;! ClassCastException
(subs "a" 1)
;=> ""
(subs "abcd" 1 2)
;=> "b"
;; symbol
(symbol)
;! ArityException
(symbol [])
;! IllegalArgumentException
(symbol :k)
;=> k
(symbol "ab")
;=> ab
(symbol 'sym)
;=> sym
(symbol 1.5)
;! IllegalArgumentException
(symbol "abc" "b")
;=> abc/b
;; clojure.string/replace
(str/replace "ab" #"x" "$9")
;=> "ab"
(str/replace "ab" #"x" nil)
;=> "ab"
(str/replace "ab" #"a" nil)
;! NullPointerException
(str/replace "aa" \a nil)
;! NullPointerException
;; keyword
(namespace (keyword "" "hi"))
;=> ""
;~ nil ;; an empty namespace is none: it could not be read again
;; symbol
(namespace (symbol "" "hi"))
;=> ""
;~ nil ;; an empty namespace is none: it could not be read again
