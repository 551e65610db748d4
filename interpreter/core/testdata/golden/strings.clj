; Texts: clojure.core's and clojure.string's functions, format, names, regexes.

;; str
(str)
;=> ""
(str nil)
;=> ""
(str 1)
;=> "1"
(str "a" nil 1 :b 'c \d)
;=> "a1:bcd"
(str 1.0 1N 1M 1/2)
;=> "1.0111/2"
(str [1 "a" \b nil])
;=> "[1 \"a\" \\b nil]"
(str {:a "b"})
;=> "{:a \"b\"}"
(str '(1 2))
;=> "(1 2)"
(str (map inc [1 2]))
;=> "clojure.lang.LazySeq@402"
;~ "(2 3)" ;; a lazy seq has no address to show: its elements are
(str true false)
;=> "truefalse"
(str ##NaN ##Inf)
;=> "NaNInfinity"
(str 1e21 1e-5 123456.789)
;=> "1.0E211.0E-5123456.789"
(str #"a+")
;=> "a+"
(str #inst "2020-01-01T10:00:00.123Z")
;=> "Wed Jan 01 10:00:00 UTC 2020"
;~ "2020-01-01T10:00:00.123Z" ;; instants are written in ISO 8601
(str #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e")
;=> "b6883c0a-0342-4007-9966-bc2dfa6b109e"
(str (list))
;=> "()"
(str #{1})
;=> "#{1}"
(str 100000000000000000000N)
;=> "100000000000000000000"
(str "😀" "x")
;=> "😀x"
;; string?
(string? "a")
;=> true
(string? \a)
;=> false
(string? nil)
;=> false
;; subs
(subs "hello" 1)
;=> "ello"
(subs "hello" 1 3)
;=> "el"
(subs "hello" 5)
;=> ""
(subs "hello" 0 0)
;=> ""
(subs "hello" 6)
;! StringIndexOutOfBoundsException
(subs "hello" -1)
;! StringIndexOutOfBoundsException
(subs "hello" 3 2)
;! StringIndexOutOfBoundsException
(subs "hello" 1 9)
;! StringIndexOutOfBoundsException
(subs nil 1)
;! NullPointerException
(subs "a😀b" 3)
;=> "b"
(subs "a😀b" 0 1)
;=> "a"
(count (subs "a😀b" 0 2))
;=> 2
(= "a😀b" (str (subs "a😀b" 0 2) (subs "a😀b" 2)))
;=> true
;; pr-str
(pr-str)
;=> ""
(pr-str nil)
;=> "nil"
(pr-str "a\nb\"c\\")
;=> "\"a\\nb\\\"c\\\\\""
(pr-str \a \newline \space \tab \u0041 \return \backspace \formfeed)
;=> "\\a \\newline \\space \\tab \\A \\return \\backspace \\formfeed"
(pr-str :a 'b "c")
;=> ":a b \"c\""
(pr-str [1 "a" \b nil])
;=> "[1 \"a\" \\b nil]"
(pr-str {:a "b"})
;=> "{:a \"b\"}"
(pr-str 1.0 1e10 1.5e-7 100000.0 1234567.0 12345678.0 0.001 0.0001)
;=> "1.0 1.0E10 1.5E-7 100000.0 1234567.0 1.2345678E7 0.001 1.0E-4"
(pr-str ##NaN ##Inf ##-Inf)
;=> "##NaN ##Inf ##-Inf"
(pr-str 1N 1M 1/2 1.50M)
;=> "1N 1M 1/2 1.50M"
(pr-str #"a\d")
;=> "#\"a\\d\""
(pr-str #inst "2020-01-01")
;=> "#inst \"2020-01-01T00:00:00.000-00:00\""
(pr-str #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e")
;=> "#uuid \"b6883c0a-0342-4007-9966-bc2dfa6b109e\""
(pr-str '(quote a))
;=> "(quote a)"
(pr-str ''a)
;=> "(quote a)"
(pr-str (range 3))
;=> "(0 1 2)"
(pr-str "tab\there")
;=> "\"tab\\there\""
(pr-str "é\u0001")
;=> "\"é\""
(pr-str (tagged-literal 'foo [1]))
;=> "#foo [1]"
(pr-str 4.9E-324 1.7976931348623157E308)
;=> "4.9E-324 1.7976931348623157E308"
;; print-str
(print-str "a" \b :c nil)
;=> "a b :c nil"
(print-str ["a" \b])
;=> "[a b]"
(print-str)
;=> ""
(print-str {"a" "b"})
;=> "{a b}"
;; prn-str
(prn-str "a" 1)
;=> "\"a\" 1\n"
(prn-str)
;=> "\n"
;; println-str
(println-str "a" 1)
;=> "a 1\n"
(println-str)
;=> "\n"
(println-str ["a"])
;=> "[a]\n"
;; format
(format "%s" "a")
;=> "a"
(format "%s %s" 1 :b)
;=> "1 :b"
(format "%s" nil)
;=> "null"
(format "%s" [1 "a"])
;=> "[1 \"a\"]"
(format "%5s|%-5s|" "ab" "cd")
;=> "   ab|cd   |"
(format "%.2s" "abcdef")
;=> "ab"
(format "%S" "abc")
;=> "ABC"
(format "%d" 42)
;=> "42"
(format "%5d|%-5d|%05d" 42 42 42)
;=> "   42|42   |00042"
(format "%+d % d" 42 42)
;=> "+42  42"
(format "%,d" 1234567)
;=> "1,234,567"
(format "%,d" -1234567)
;=> "-1,234,567"
(format "%(d" -42)
;=> "(42)"
(format "%d" 123456789012345678901234567890N)
;! IllegalFormatConversionException
;~ "123456789012345678901234567890" ;; big integers can be formatted
(format "%x %X %o" 255 255 8)
;=> "ff FF 10"
(format "%x" -1)
;=> "ffffffffffffffff"
(format "%#x %#o" 255 8)
;=> "0xff 010"
(format "%08x" 255)
;=> "000000ff"
(format "%x" 255N)
;! IllegalFormatConversionException
;~ "ff" ;; big integers can be formatted
(format "%f" 1.5)
;=> "1.500000"
(format "%.2f" 3.14159)
;=> "3.14"
(format "%.0f" 2.5)
;=> "3"
(format "%.0f" 3.5)
;=> "4"
(format "%.1f" 0.25)
;=> "0.3"
(format "%.1f" 0.35)
;=> "0.4"
(format "%.2f" 1.005)
;=> "1.01"
(format "%10.3f|%-10.3f|%010.3f" 3.14159 3.14159 3.14159)
;=> "     3.142|3.142     |000003.142"
(format "%,.2f" 1234567.891)
;=> "1,234,567.89"
(format "%+.1f" 1.0)
;=> "+1.0"
(format "%f" 1e10)
;=> "10000000000.000000"
(format "%.3f" 1e-5)
;=> "0.000"
(format "%f" ##NaN)
;=> "NaN"
(format "%f" ##Inf)
;=> "Infinity"
(format "%5.1f" ##-Inf)
;=> "-Infinity"
(format "%e" 12345.678)
;=> "1.234568e+04"
(format "%.2e" 0.00012345)
;=> "1.23e-04"
(format "%E" 1.0)
;=> "1.000000E+00"
(format "%e" 0.0)
;=> "0.000000e+00"
(format "%g" 0.0001)
;=> "0.000100000"
(format "%g" 123456.789)
;=> "123457"
(format "%g" 0.00001)
;=> "1.00000e-05"
(format "%g" 1234567.0)
;=> "1.23457e+06"
(format "%.3g" 1234.5)
;=> "1.23e+03"
(format "%g" 0.0)
;=> "0.00000"
(format "%f" 1.5M)
;=> "1.500000"
(format "%.1f" 1.25M)
;=> "1.3"
(format "%.3f" 123456789.123456789M)
;=> "123456789.123"
(format "%c" \a)
;=> "a"
(format "%c" 97)
;! IllegalFormatConversionException
(format "%C" \a)
;=> "A"
(format "%5c|" \a)
;=> "    a|"
(format "%b %b %b" true nil 1)
;=> "true false true"
(format "%B" false)
;=> "FALSE"
(format "%n")
;=> "\n"
(format "%%")
;=> "%"
(format "%5%|")
;=> "    %|"
(format "%2$s %1$s" "a" "b")
;=> "b a"
(format "%1$s %1$s" "a")
;=> "a a"
(format "%s %<s %s" "a" "b")
;=> "a a b"
(format "%d" "a")
;! IllegalFormatConversionException
(format "%d" 1.5)
;! IllegalFormatConversionException
(format "%d" nil)
;=> "null"
(format "%f" 1)
;! IllegalFormatConversionException
(format "%f" 1/2)
;! IllegalFormatConversionException
(format "%c" "a")
;! IllegalFormatConversionException
(format "%s")
;! MissingFormatArgumentException
(format "%q" 1)
;! UnknownFormatConversionException
(format "%")
;! UnknownFormatConversionException
(format "%-d" 1)
;! MissingFormatWidthException
(format "%05s" "a")
;! FormatFlagsConversionMismatchException
(format "%.2d" 1)
;! IllegalFormatPrecisionException
(format "%+s" "a")
;! FormatFlagsConversionMismatchException
(format "%,x" 255)
;! FormatFlagsConversionMismatchException
(format "%+x" 255)
;! FormatFlagsConversionMismatchException
(format "%--5d" 1)
;! DuplicateFormatFlagsException
(format "%-05d" 1)
;! IllegalFormatFlagsException
(format "%+ d" 1)
;! IllegalFormatFlagsException
(format "%#d" 1)
;! FormatFlagsConversionMismatchException
(format "%3$s" 1)
;! MissingFormatArgumentException
(format "no directives")
;=> "no directives"
(format "%s" "too" "many")
;=> "too"
(format nil)
;! NullPointerException
(format "%h" "hello")
;=> "5e918d2"
(format "%x" "a")
;! IllegalFormatConversionException
(format "%5b|" true)
;=> " true|"
(format "%.1b" true)
;=> "t"
(format "%d%%" 50)
;=> "50%"
(format "%s" 1.0)
;=> "1.0"
(format "%10s|" nil)
;=> "      null|"
(format "%e" 1)
;! IllegalFormatConversionException
(format "%.10f" 0.1)
;=> "0.1000000000"
(format "%.20f" 0.1)
;=> "0.10000000000000000000"
(format "%.0e" 12345.0)
;=> "1e+04"
(format "%#.0f" 3.0)
;=> "3."
(format "%(,.2f" -1234.5)
;=> "(1,234.50)"
(format "% .2f" 1.5)
;=> " 1.50"
(format "%015.2f" -1234.5)
;=> "-00000001234.50"
(format "%.3e" 123456789.0M)
;=> "1.235e+08"
(format "%d items at $%.2f = %s" 3 1.5 "ok")
;=> "3 items at $1.50 = ok"
;; keyword
(keyword "a")
;=> :a
(keyword "a/b")
;=> :a/b
(keyword "a" "b")
;=> :a/b
(keyword nil "b")
;=> :b
(keyword :a)
;=> :a
(keyword 'a/b)
;=> :a/b
(keyword nil)
;=> nil
(keyword 1)
;=> nil
(keyword "a b")
;=> :a b
(name (keyword "a/b/c"))
;=> "b/c"
(namespace (keyword "a/b/c"))
;=> "a"
(keyword 'a "b")
;! ClassCastException
(keyword "/")
;=> :/
(keyword "")
;=> :
;; symbol
(symbol "a")
;=> a
(symbol "a/b")
;=> a/b
(symbol "a" "b")
;=> a/b
(symbol 'a)
;=> a
(symbol :a/b)
;=> a/b
(symbol 1)
;! IllegalArgumentException
(symbol nil)
;! IllegalArgumentException
(symbol nil "b")
;=> b
;; name
(name :a)
;=> "a"
(name :a/b)
;=> "b"
(name 'a/b)
;=> "b"
(name "a")
;=> "a"
(name nil)
;! NullPointerException
(name 1)
;! ClassCastException
;; namespace
(namespace :a)
;=> nil
(namespace :a/b)
;=> "a"
(namespace 'a/b)
;=> "a"
(namespace "a")
;! ClassCastException
(namespace nil)
;! NullPointerException
;; clojure.string/blank?
(str/blank? nil)
;=> true
(str/blank? "")
;=> true
(str/blank? " \t\n")
;=> true
(str/blank? " a ")
;=> false
(str/blank? "\u00a0")
;=> false
(str/blank? "\u2003")
;=> true
(str/blank? 1)
;! ClassCastException
;; clojure.string/capitalize
(str/capitalize "hELLO wORLD")
;=> "Hello world"
(str/capitalize "")
;=> ""
(str/capitalize "a")
;=> "A"
(str/capitalize "élan")
;=> "Élan"
(str/capitalize nil)
;! NullPointerException
(str/capitalize :abc)
;=> ":abc"
(str/capitalize "ßa")
;=> "SSa"
;; clojure.string/lower-case
(str/lower-case "ABC")
;=> "abc"
(str/lower-case "ÄÖÜ")
;=> "äöü"
(str/lower-case "İ")
;=> "i̇"
(str/lower-case nil)
;! NullPointerException
(str/lower-case 1)
;=> "1"
(str/lower-case "ΑΣ")
;=> "ας"
;; clojure.string/upper-case
(str/upper-case "abc")
;=> "ABC"
(str/upper-case "straße")
;=> "STRASSE"
(str/upper-case "äöü")
;=> "ÄÖÜ"
(str/upper-case nil)
;! NullPointerException
(str/upper-case :a)
;=> ":A"
;; clojure.string/ends-with?
(str/ends-with? "hello" "lo")
;=> true
(str/ends-with? "hello" "he")
;=> false
(str/ends-with? "hello" "")
;=> true
(str/ends-with? nil "a")
;! NullPointerException
;; clojure.string/starts-with?
(str/starts-with? "hello" "he")
;=> true
(str/starts-with? "hello" "lo")
;=> false
(str/starts-with? "" "")
;=> true
(str/starts-with? "a" nil)
;! NullPointerException
;; clojure.string/includes?
(str/includes? "hello" "ell")
;=> true
(str/includes? "hello" "x")
;=> false
(str/includes? "hello" "")
;=> true
(str/includes? nil "a")
;! NullPointerException
;; clojure.string/escape
(str/escape "a<b>&" {\< "&lt;" \> "&gt;" \& "&amp;"})
;=> "a&lt;b&gt;&amp;"
(str/escape "abc" {})
;=> "abc"
(str/escape "abc" {\a 1})
;=> "1bc"
(str/escape "abc" (fn [c] (if (= c \b) "X")))
;=> "aXc"
(str/escape nil {})
;! NullPointerException
;; clojure.string/index-of
(str/index-of "hello" "l")
;=> 2
(str/index-of "hello" \l)
;=> 2
(str/index-of "hello" "l" 3)
;=> 3
(str/index-of "hello" "x")
;=> nil
(str/index-of "hello" "" 2)
;=> 2
(str/index-of "hello" "l" -5)
;=> 2
(str/index-of "hello" "l" 50)
;=> nil
(str/index-of "a😀b" "b")
;=> 3
(str/index-of "aéb" \b)
;=> 2
;; clojure.string/last-index-of
(str/last-index-of "hello" "l")
;=> 3
(str/last-index-of "hello" \l)
;=> 3
(str/last-index-of "hello" "l" 2)
;=> 2
(str/last-index-of "hello" "x")
;=> nil
(str/last-index-of "hello" "")
;=> 5
(str/last-index-of "hello" "h" -1)
;=> nil
(str/last-index-of "a😀b😀" "b")
;=> 3
;; clojure.string/join
(str/join ["a" "b"])
;=> "ab"
(str/join "," ["a" "b"])
;=> "a,b"
(str/join "," [])
;=> ""
(str/join "," nil)
;=> ""
(str/join ", " [1 nil :b \c])
;=> "1, , :b, c"
(str/join \- [1 2])
;=> "1-2"
(str/join nil [1 2])
;=> "12"
(str/join "," (range 5))
;=> "0,1,2,3,4"
(str/join "," #{1})
;=> "1"
(str/join "," {:a 1})
;=> "[:a 1]"
(str/join "," "abc")
;=> "a,b,c"
(str/join 1 [2 3])
;=> "213"
(str/join "," 5)
;! IllegalArgumentException
;; clojure.string/re-quote-replacement
(str/re-quote-replacement "a$1\\b")
;=> "a\\$1\\\\b"
(str/re-quote-replacement "")
;=> ""
;; clojure.string/replace
(str/replace "hello" "l" "L")
;=> "heLLo"
(str/replace "hello" \l \L)
;=> "heLLo"
(str/replace "hello" #"l" "L")
;=> "heLLo"
(str/replace "hello" #"l(.)" "<$1>")
;=> "he<l>o"
(str/replace "hello" #"[aeiou]" str/upper-case)
;=> "hEllO"
(str/replace "hello" #"(l)(.)" (fn [[m a b]] (str b a)))
;=> "hello"
(str/replace "hello" "" "-")
;=> "-h-e-l-l-o-"
(str/replace "abc" #"" "-")
;=> "-a-b-c-"
(str/replace "baac" #"a*" "x")
;=> "xbxxcx"
(str/replace "hello" #"l" "$0$0")
;=> "hellllo"
(str/replace "hello" #"l" "\\$")
;=> "he$$o"
(str/replace "hello" #"l" "$1")
;! IndexOutOfBoundsException
(str/replace "hello" #"l" "a\\")
;! IllegalArgumentException
(str/replace "hello" #"l" "$")
;! IllegalArgumentException
(str/replace "hello" #"(?<x>l)" "[${x}]")
;=> "he[l][l]o"
(str/replace "hello" #"(?<x>l)" "[${y}]")
;! IllegalArgumentException
(str/replace "hello" #"(l)|(x)" "[$1$2]")
;=> "he[l][l]o"
(str/replace "hello" \l "L")
;! ClassCastException
(str/replace "hello" "l" \L)
;! ClassCastException
(str/replace "hello" :l "L")
;! IllegalArgumentException
(str/replace nil "a" "b")
;! NullPointerException
(str/replace "hello" #"l" {"l" "1"})
;=> "he11o"
(str/replace "hello" #"l" (constantly nil))
;! NullPointerException
(str/replace "hello" #"(l)(l)" "$2$1$11")
;=> "helll1o"
(str/replace "a.b.c" "." "-")
;=> "a-b-c"
(str/replace "a\\b" "\\" "/")
;=> "a/b"
;; clojure.string/replace-first
(str/replace-first "hello" "l" "L")
;=> "heLlo"
(str/replace-first "hello" \l \L)
;=> "heLlo"
(str/replace-first "hello" #"l" "L")
;=> "heLlo"
(str/replace-first "hello" #"(l)" "<$1>")
;=> "he<l>lo"
(str/replace-first "hello" #"l" str/upper-case)
;=> "heLlo"
(str/replace-first "hello" "x" "y")
;=> "hello"
(str/replace-first "hello" #"x" "y")
;=> "hello"
(str/replace-first "hello" "" "-")
;=> "-hello"
(str/replace-first "hello" #"" "-")
;=> "-hello"
;; clojure.string/reverse
(str/reverse "hello")
;=> "olleh"
(str/reverse "")
;=> ""
(str/reverse "a😀b")
;=> "b😀a"
(str/reverse nil)
;! NullPointerException
;; clojure.string/split
(str/split "a,b,c" #",")
;=> ["a" "b" "c"]
(str/split "a,b,c" #"," 2)
;=> ["a" "b,c"]
(str/split "a,b,c,," #",")
;=> ["a" "b" "c"]
(str/split "a,b,c,," #"," -1)
;=> ["a" "b" "c" "" ""]
(str/split "a,b,c,," #"," 10)
;=> ["a" "b" "c" "" ""]
(str/split ",a" #",")
;=> ["" "a"]
(str/split "" #",")
;=> [""]
(str/split "" #"," -1)
;=> [""]
(str/split "abc" #"")
;=> ["a" "b" "c"]
(str/split "abc" #"" 2)
;=> ["a" "bc"]
(str/split "a1b22c" #"\d+")
;=> ["a" "b" "c"]
(str/split " a  b " #"\s+")
;=> ["" "a" "b"]
(str/split ",,," #",")
;=> []
(str/split "abc" #"x")
;=> ["abc"]
(str/split "a,b" #"(,)")
;=> ["a" "b"]
(str/split "a,b,c" #"," 1)
;=> ["a,b,c"]
(str/split "a,b,c" #"," 0)
;=> ["a" "b" "c"]
(str/split nil #",")
;! NullPointerException
(str/split "a,b" ",")
;! ClassCastException
(str/split "aXbXc" #"(?i)x")
;=> ["a" "b" "c"]
(str/split "2020-01-02" #"-")
;=> ["2020" "01" "02"]
(str/split "a|b" #"\|")
;=> ["a" "b"]
(str/split "baac" #"a*")
;=> ["b" "" "c"]
;; clojure.string/split-lines
(str/split-lines "a\nb\r\nc")
;=> ["a" "b" "c"]
(str/split-lines "a\n\nb\n\n")
;=> ["a" "" "b"]
(str/split-lines "")
;=> [""]
(str/split-lines "\n")
;=> []
(str/split-lines "a")
;=> ["a"]
(str/split-lines "a\rb")
;=> ["a\rb"]
;; clojure.string/trim
(str/trim "  a b \n")
;=> "a b"
(str/trim "")
;=> ""
(str/trim "   ")
;=> ""
(str/trim nil)
;! NullPointerException
(str/trim "\u00a0a\u2003")
;=> " a"
;; clojure.string/triml
(str/triml "  a ")
;=> "a "
(str/triml "\t\n")
;=> ""
;; clojure.string/trimr
(str/trimr "  a ")
;=> "  a"
(str/trimr "\t\n")
;=> ""
;; clojure.string/trim-newline
(str/trim-newline "a\n\r\n")
;=> "a"
(str/trim-newline "a \n")
;=> "a "
(str/trim-newline "\n")
;=> ""
;; re-pattern
(re-pattern "a+")
;=> #"a+"
(re-pattern #"a")
;=> #"a"
(re-pattern nil)
;! NullPointerException
(re-pattern "(")
;! PatternSyntaxException
(re-pattern "a**")
;! PatternSyntaxException
(re-pattern "[")
;! PatternSyntaxException
(re-pattern "\\q")
;! PatternSyntaxException
(re-pattern "*")
;! PatternSyntaxException
(re-pattern "a{2,1}")
;! PatternSyntaxException
(re-pattern "x{")
;! PatternSyntaxException
(re-pattern ")")
;! PatternSyntaxException
(re-pattern "(?<a>x)(?<a>y)")
;! PatternSyntaxException
(re-pattern "[z-a]")
;! PatternSyntaxException
(re-pattern "\\p{Foo}")
;! PatternSyntaxException
;; re-find
(re-find #"\d+" "abc123def456")
;=> "123"
(re-find #"(\d)(\d)" "abc123")
;=> ["12" "1" "2"]
(re-find #"x" "abc")
;=> nil
(re-find #"(a)|(b)" "b")
;=> ["b" nil "b"]
(re-find #"" "abc")
;=> ""
(re-find #"^b" "ab\nb")
;=> nil
(re-find #"(?m)^b" "ab\nb")
;=> "b"
(re-find #"a.c" "a\nc")
;=> nil
(re-find #"(?s)a.c" "a\nc")
;=> "a\nc"
(re-find #"(?i)ABC" "xabc")
;=> "abc"
(re-find #"(?i)É" "é")
;=> nil
(re-find #"(?iu)É" "é")
;=> "é"
(re-find #"b$" "ab\n")
;=> "b"
(re-find #"b$" "ab\r\n")
;=> "b"
(re-find #"b\Z" "ab\n")
;=> "b"
(re-find #"b\z" "ab\n")
;=> nil
(re-find #"(?m)a$" "a\r\nb")
;=> "a"
(re-find #"(?m)$" "a")
;=> ""
(re-find #"\bfoo\b" "a foo b")
;=> "foo"
(re-find #"\bé" "é")
;=> "é"
(re-find #"\Be" "ée")
;=> "e"
(re-find #"[a-c&&[^b]]+" "bbacb")
;=> "ac"
(re-find #"[\w&&[^\d]]+" "12ab34")
;=> "ab"
(re-find #"[a-c[x-z]]+" "--axz--")
;=> "axz"
(re-find #"\p{Lu}" "aBc")
;=> "B"
(re-find #"\p{Alpha}+" "1abc2")
;=> "abc"
(re-find #"\p{IsLatin}+" "αβab")
;=> "ab"
(re-find #"\p{Punct}" "a!b")
;=> "!"
(re-find #"\P{L}" "ab1")
;=> "1"
(re-find #"[^\p{L}]" "ab1")
;=> "1"
(re-find #"\Qa.b\E" "xa.by")
;=> "a.b"
(re-find #"a\x41\u0042" "aAB")
;=> "aAB"
(re-find #"\h+" "a \tb")
;=> " \t"
(re-find #"\R" "a\r\nb")
;=> "\r\n"
(re-find #"\s+" "a\u000b b")
;=> " "
(re-find #"(?x) a b # comment" "xab")
;=> "ab"
(re-find #"a{2,3}" "aaaa")
;=> "aaa"
(re-find #"a{2,3}?" "aaaa")
;=> "aa"
(re-find #"<.+?>" "<a><b>")
;=> "<a>"
(re-find #"(a+)(b*)" "aab")
;=> ["aab" "aa" "b"]
(re-find #"(?:ab)+" "ababx")
;=> "abab"
(re-find #"(a)?b" "b")
;=> ["b" nil]
(re-find #"(a(b(c)))" "abc")
;=> ["abc" "abc" "bc" "c"]
(re-find #"[]a]+" "]a")
;=> "]a"
(re-find #"[a-]+" "-a")
;=> "-a"
(re-find #"[\]\[]+" "[]")
;=> "[]"
(re-find #"\." "a.b")
;=> "."
(re-find #"." "😀")
;=> "😀"
(re-find #"😀" "a😀")
;=> "😀"
(re-find #"[😀-😂]" "😁")
;=> "😁"
(re-find #"." "\n")
;=> nil
(re-find #"a|ab" "ab")
;=> "a"
(re-find #"(a|ab)(c|bcd)" "abcd")
;=> ["abcd" "a" "bcd"]
(re-find nil "a")
;! NullPointerException
(re-find #"a" nil)
;! NullPointerException
(re-find #"a" 1)
;! ClassCastException
(re-find #"(?<year>\d{4})-(?<month>\d\d)" "on 2020-05-01")
;=> ["2020-05" "2020" "05"]
(re-find #"\p{javaUpperCase}" "aB")
;=> "B"
(re-find #"[^a-z]" "abcD")
;=> "D"
(re-find #"[a-z&&def]" "abcdef")
;=> "d"
(re-find #"\cA" "\u0001")
;=> ""
(re-find #"\07" "\u0007")
;=> ""
(re-find #"\e" "\u001b")
;=> ""
(re-find #"[\s]" "a b")
;=> " "
(re-find #"(a*)*" "aaab")
;=> ["aaa" ""]
;~ ["aaa" "aaa"] ;; RE2: a group that may be empty keeps its last text
(re-find #"(a*)+" "aab")
;=> ["aa" ""]
;~ ["aa" "aa"] ;; RE2: a group that may be empty keeps its last text
(re-find #"(a|b)*" "abab")
;=> ["abab" "b"]
(re-find #"(?i)[a-c]+" "ABC")
;=> "ABC"
(re-find #"(?i:a)b" "Ab")
;=> "Ab"
(re-find #"(?i:a)b" "AB")
;=> nil
(re-find #"a(?i)b" "aB")
;=> "aB"
(re-find #"((?i)a)b" "AB")
;=> nil
(re-find #"$" "ab")
;=> ""
(re-find #"^$" "")
;=> ""
(re-find #"\w+@\w+\.com" "mail bob@example.com now")
;=> "bob@example.com"
;; re-matches
(re-matches #"\d+" "123")
;=> "123"
(re-matches #"\d+" "123a")
;=> nil
(re-matches #"(\d+)-(\d+)" "1-2")
;=> ["1-2" "1" "2"]
(re-matches #"" "")
;=> ""
(re-matches #"a|ab" "ab")
;=> "ab"
(re-matches #"(a|ab)(c|bcd)(d*)" "abcd")
;=> ["abcd" "a" "bcd" ""]
(re-matches #"a$" "a\n")
;=> nil
(re-matches #"a\n$" "a\n")
;=> "a\n"
(re-matches #"(?s).*" "a\nb")
;=> "a\nb"
(re-matches #".*" "a\nb")
;=> nil
(re-matches #"[A-Z]{3}\d{2,}" "ABC123")
;=> "ABC123"
;; re-seq
(re-seq #"\d" "a1b2c3")
;=> ("1" "2" "3")
(re-seq #"(\w)(\d)" "a1b2")
;=> (["a1" "a" "1"] ["b2" "b" "2"])
(re-seq #"x" "abc")
;=> nil
(re-seq #"a*" "baac")
;=> ("" "aa" "" "")
(re-seq #"" "ab")
;=> ("" "" "")
(re-seq #"\b" "ab cd")
;=> ("" "" "" "")
(re-seq #"(?m)^" "a\nb\n")
;=> ("" "")
(re-seq #"(?m)^." "a\nb\r\nc")
;=> ("a" "b" "c")
(re-seq #"(?m)$" "a\nb")
;=> ("" "")
(re-seq #"\bw" "w w ww")
;=> ("w" "w" "w")
(re-seq #"^a" "aaa")
;=> ("a")
(re-seq #"a?" "ba")
;=> ("" "a" "")
(re-seq #"[a-z]+" "foo bar baz")
;=> ("foo" "bar" "baz")
(re-seq #"." "a😀b")
;=> ("a" "😀" "b")
(re-seq #"a|" "ab")
;=> ("a" "" "")
(re-seq #"(?m).*$" "a\nb\r\nc")
;=> ("a" "" "b" "" "c" "")
(re-seq #"\w+" "")
;=> nil
(re-seq #"$" "a\n")
;=> ("" "")
