; Numbers: arithmetic, comparison, bits, conversion.

;; +
(+)
;=> 0
(+ 1)
;=> 1
(+ 1 2)
;=> 3
(+ 1 2 3.5)
;=> 6.5
(+ 1/2 1/2)
;=> 1N
(+ 1/3 1)
;=> 4/3
(+ 1N 2)
;=> 3N
(+ 1.5M 2)
;=> 3.5M
(+ 1.5M 2.5)
;=> 4.0
(+ 9223372036854775807 1)
;! ArithmeticException
(+ 9223372036854775807N 1)
;=> 9223372036854775808N
(+ nil 1)
;! NullPointerException
(+ "a" 1)
;! ClassCastException
(+ "a")
;! ClassCastException
(+ 1M 1/3)
;! ArithmeticException
;; +'
(+')
;=> 0
(+' 1 2)
;=> 3
(+' 9223372036854775807 1)
;=> 9223372036854775808N
(+' -9223372036854775808 -1)
;=> -9223372036854775809N
(+' 0.1 1N)
;=> 1.1
;; -
(- 1)
;=> -1
(- 1 2)
;=> -1
(- 10 1 2 3)
;=> 4
(- 0.0)
;=> -0.0
(- -9223372036854775808)
;! ArithmeticException
(- -9223372036854775808 1)
;! ArithmeticException
(- 1/2 1/2)
;=> 0N
(- 5N)
;=> -5N
(-)
;! ArityException
;; -'
(-' 1)
;=> -1
(-' -9223372036854775808)
;=> 9223372036854775808N
(-' -9223372036854775808 1)
;=> -9223372036854775809N
(-' 3 2 1)
;=> 0
;; *
(*)
;=> 1
(* 2)
;=> 2
(* 2 3 4)
;=> 24
(* 1/2 4)
;=> 2N
(* 1.5 2)
;=> 3.0
(* 9223372036854775807 2)
;! ArithmeticException
(* -1 -9223372036854775808)
;! ArithmeticException
(* 1.50M 2.0M)
;=> 3.000M
(* 3037000500 3037000500)
;! ArithmeticException
;; *'
(*' 9223372036854775807 2)
;=> 18446744073709551614N
(*' 2 3)
;=> 6
(*' -1 -9223372036854775808)
;=> 9223372036854775808N
;; /
(let [x 1.0] (/ x 0))
;=> ##Inf
(/ (+ 1.0 2) 0)
;=> ##Inf
;~ !ArithmeticException ;; a double is primitive only where it's written out: elsewhere Clojure's are boxed too, as values out of data are
(let [[x y] [1.0 0]] (/ x y))
;! ArithmeticException
(apply / [1.0 0])
;! ArithmeticException
(reduce / [1.0 0.0])
;! ArithmeticException
(/ 2)
;=> 1/2
(/ 1 2)
;=> 1/2
(/ 6 3)
;=> 2
(/ 6 4)
;=> 3/2
(/ 6.0 4)
;=> 1.5
(/ 1 0)
;! ArithmeticException
(/ 1.0 0)
;=> ##Inf
(/ 1 0.0)
;=> ##Inf
(/ 1.0 0.0)
;=> ##Inf
(/ -1 0.0)
;=> ##-Inf
(/ 0 0.0)
;=> ##NaN
(apply / [1.0 0])
;! ArithmeticException
(apply / [1.0 0.0])
;! ArithmeticException
(apply / [1 0.0])
;! ArithmeticException
(/ 1N 3)
;=> 1/3
(/ 1M 4)
;=> 0.25M
(/ 1M 3)
;! ArithmeticException
(/ 1/2 1/4)
;=> 2N
(/ 12 2 3)
;=> 2
(/)
;! ArityException
(/ -6 4)
;=> -3/2
;; inc
(inc 1)
;=> 2
(inc 1.5)
;=> 2.5
(inc 1/2)
;=> 3/2
(inc 1N)
;=> 2N
(inc 1M)
;=> 2M
(inc 9223372036854775807)
;! ArithmeticException
(inc nil)
;! NullPointerException
(inc "1")
;! ClassCastException
;; inc'
(inc' 9223372036854775807)
;=> 9223372036854775808N
(inc' 1)
;=> 2
;; dec
(dec 1)
;=> 0
(dec 0.5)
;=> -0.5
(dec -9223372036854775808)
;! ArithmeticException
;; dec'
(dec' -9223372036854775808)
;=> -9223372036854775809N
(dec' 1)
;=> 0
;; quot
(quot 7 2)
;=> 3
(quot -7 2)
;=> -3
(quot 7 -2)
;=> -3
(quot 7.5 2)
;=> 3.0
(quot -7.5 2)
;=> -3.0
(quot 7 0)
;! ArithmeticException
(quot 7.0 0)
;! ArithmeticException
(quot 7/2 1/3)
;=> 10N
(quot 7N 2)
;=> 3N
(quot 7.5M 2)
;=> 3.0M
(quot -9223372036854775808 -1)
;=> -9223372036854775808
;; rem
(rem 7 2)
;=> 1
(rem -7 2)
;=> -1
(rem 7 -2)
;=> 1
(rem 7.5 2)
;=> 1.5
(rem 7 0)
;! ArithmeticException
(rem 7/2 1/3)
;=> 1/6
(rem 7.5M 2)
;=> 1.5M
(rem 5N 3)
;=> 2N
;; mod
(mod 7 2)
;=> 1
(mod -7 2)
;=> 1
(mod 7 -2)
;=> -1
(mod -7 -2)
;=> -1
(mod -6 3)
;=> 0
(mod 7.5 2)
;=> 1.5
(mod -7.5 2)
;=> 0.5
(mod 7 0)
;! ArithmeticException
(mod -7/2 2)
;=> 1/2
(mod -7N 3)
;=> 2N
(mod 1.5M -1)
;=> -0.5M
;; abs
(abs -1)
;=> 1
(abs 1)
;=> 1
(abs -1.5)
;=> 1.5
(abs -0.0)
;=> 0.0
(abs -1/2)
;=> 1/2
(abs -5N)
;=> 5N
(abs -1.5M)
;=> 1.5M
(abs -9223372036854775808)
;=> -9223372036854775808
(abs ##-Inf)
;=> ##Inf
(abs nil)
;! NullPointerException
;; max
(max 1)
;=> 1
(max 1 2 3)
;=> 3
(max 1 2.0)
;=> 2.0
(max 2 2.0)
;=> 2.0
(max 2.0 2)
;=> 2
(max 1 ##NaN)
;=> ##NaN
(max ##NaN 1)
;=> ##NaN
(max 1/2 0.25)
;=> 1/2
(max 1N 2)
;=> 2
(max "a")
;=> "a"
(max "a" 1)
;! ClassCastException
(max)
;! ArityException
;; min
(min 1)
;=> 1
(min 3 1 2)
;=> 1
(min 1 2.0)
;=> 1
(min 2 2.0)
;=> 2.0
(min 2.0 2)
;=> 2
(min 1 ##NaN)
;=> ##NaN
(min 1/2 0.25)
;=> 0.25
;; =
(= 1)
;=> true
(= 1 1)
;=> true
(= 1 2)
;=> false
(= 1 1.0)
;=> false
(= 1 1N)
;=> true
(= 1N 1)
;=> true
(= 1.0M 1.00M)
;=> true
(= 1M 1)
;=> false
(= 1/2 0.5)
;=> false
(= 1 1 1)
;=> true
(= 1 1 2)
;=> false
(= ##NaN ##NaN)
;=> false
(= 0.0 -0.0)
;=> true
(= nil nil)
;=> true
(= nil false)
;=> false
(= "a" "a")
;=> true
(= "a" \a)
;=> false
(= :a :a)
;=> true
(= 'a 'a)
;=> true
(= [1 2] '(1 2))
;=> true
(= [1 2] [1 2 3])
;=> false
(= '(1 2) (map identity [1 2]))
;=> true
(= {:a 1} {:a 1})
;=> true
(= {:a 1} {:a 1.0})
;=> false
(= {1 :a} {1N :a})
;=> true
(= #{1 2} #{2 1})
;=> true
(= {} #{})
;=> false
(= [] nil)
;=> false
(= () [])
;=> true
(= (range 3) [0 1 2])
;=> true
(= (sorted-map :a 1) {:a 1})
;=> true
(= {:a 1 :b nil} {:a 1 :c nil})
;=> false
(= #"a" #"a")
;=> false
(= #inst "2020-01-01" #inst "2020-01-01T00:00:00Z")
;=> true
(= [1 [2 [3]]] [1 [2 [3]]])
;=> true
(=)
;! ArityException
;; not=
(not= 1)
;=> false
(not= 1 1)
;=> false
(not= 1 2)
;=> true
(not= 1 1.0)
;=> true
(not= 1 1 2)
;=> true
(not= [1] '(1))
;=> false
;; ==
(== 1)
;=> true
(== 1 1.0)
;=> true
(== 1 1N 1M)
;=> true
(== 1/2 0.5)
;=> true
(== 1 2)
;=> false
(== ##NaN ##NaN)
;=> false
(== "a" "a")
;! ClassCastException
(== 1.0M 1.00M)
;=> true
;; <
(< 1)
;=> true
(< 1 2)
;=> true
(< 1 2 3)
;=> true
(< 1 3 2)
;=> false
(< 1 1)
;=> false
(< 1 1.5)
;=> true
(< 1/3 0.34)
;=> true
(< 1N 2)
;=> true
(< ##NaN 1)
;=> false
(< "a" "b")
;! ClassCastException
(< 1 nil)
;! NullPointerException
(< "a")
;=> true
(< 2 1 nil)
;=> false
;; >
(> 1)
;=> true
(> 2 1)
;=> true
(> 3 2 1)
;=> true
(> 3 1 2)
;=> false
(> 1 ##NaN)
;=> false
;; <=
(<= 1 1 2)
;=> true
(<= 2 1)
;=> false
(<= 1 1.0)
;=> true
(<= 1 ##NaN)
;=> false
;; >=
(>= 2 2 1)
;=> true
(>= 1 2)
;=> false
(>= ##NaN ##NaN)
;=> false
;; compare
(compare 1 2)
;=> -1
(compare 2 1)
;=> 1
(compare 1 1.0)
;=> 0
(compare 1 1.5)
;=> -1
(compare nil 1)
;=> -1
(compare 1 nil)
;=> 1
(compare nil nil)
;=> 0
(compare "a" "b")
;=> -1
(compare "a" "d")
;=> -3
(compare "abc" "ab")
;=> 1
(compare "a" "B")
;=> 31
(compare :a :b)
;=> -1
(compare :b/a :a)
;=> 1
(compare :a/b :b/a)
;=> -1
(compare 'a 'c)
;=> -2
(compare \a \c)
;=> -2
(compare false true)
;=> -1
(compare [1 2] [1 3])
;=> -1
(compare [1 2 3] [2 1])
;=> 1
(compare [1 :a] [1 :b])
;=> -1
(compare 1 "a")
;! ClassCastException
(compare :a 'a)
;! ClassCastException
(compare {} {})
;=> 0
(compare '(1) '(2))
;! ClassCastException
(compare #{1} #{2})
;! ClassCastException
(compare 1/2 0.25)
;=> 1
(compare #inst "2020-01-01" #inst "2021-01-01")
;=> -1
(compare #uuid "00000000-0000-0000-0000-000000000001" #uuid "00000000-0000-0000-0000-000000000002")
;=> -1
(compare ##NaN 1)
;=> 0
;; zero?
(zero? 0)
;=> true
(zero? 0.0)
;=> true
(zero? -0.0)
;=> true
(zero? 0N)
;=> true
(zero? 0M)
;=> true
(zero? 1)
;=> false
(zero? nil)
;! NullPointerException
(zero? "a")
;! ClassCastException
(zero? ##NaN)
;=> false
;; pos?
(pos? 1)
;=> true
(pos? 0)
;=> false
(pos? -1.5)
;=> false
(pos? 1/2)
;=> true
(pos? nil)
;! NullPointerException
;; neg?
(neg? -1)
;=> true
(neg? 0)
;=> false
(neg? -1/2)
;=> true
(neg? ##-Inf)
;=> true
;; even?
(even? 2)
;=> true
(even? 3)
;=> false
(even? 0)
;=> true
(even? 4N)
;=> true
(even? 2.0)
;! IllegalArgumentException
(even? nil)
;! IllegalArgumentException
(even? 1/2)
;! IllegalArgumentException
;; odd?
(odd? 3)
;=> true
(odd? -3)
;=> true
(odd? 2)
;=> false
(odd? 3N)
;=> true
(odd? 1.5)
;! IllegalArgumentException
;; num
(num 1)
;=> 1
(num 1.5)
;=> 1.5
(num "a")
;! ClassCastException
;; NaN?
(NaN? ##NaN)
;=> true
(NaN? 1.0)
;=> false
(NaN? 1)
;=> false
(NaN? nil)
;! NullPointerException
;; infinite?
(infinite? ##Inf)
;=> true
(infinite? ##-Inf)
;=> true
(infinite? 1.0)
;=> false
(infinite? 1)
;=> false
;; bit-and
(bit-and 12 10)
;=> 8
(bit-and 12 10 8)
;=> 8
(bit-and -1 255)
;=> 255
(bit-and 1.5 1)
;! IllegalArgumentException
(bit-and nil 1)
;! NullPointerException
(bit-and 1N 1)
;! IllegalArgumentException
;; bit-or
(bit-or 12 10)
;=> 14
(bit-or 1 2 4)
;=> 7
;; bit-xor
(bit-xor 12 10)
;=> 6
(bit-xor 1 1 1)
;=> 1
;; bit-and-not
(bit-and-not 12 10)
;=> 4
(bit-and-not 15 1 2)
;=> 12
;; bit-not
(bit-not 0)
;=> -1
(bit-not 5)
;=> -6
(bit-not -1)
;=> 0
;; bit-shift-left
(bit-shift-left 1 3)
;=> 8
(bit-shift-left 1 63)
;=> -9223372036854775808
(bit-shift-left 1 64)
;=> 1
(bit-shift-left 1 -1)
;=> -9223372036854775808
;; bit-shift-right
(bit-shift-right 16 2)
;=> 4
(bit-shift-right -16 2)
;=> -4
(bit-shift-right 16 66)
;=> 4
;; unsigned-bit-shift-right
(unsigned-bit-shift-right -1 60)
;=> 15
(unsigned-bit-shift-right 16 2)
;=> 4
;; bit-set
(bit-set 0 3)
;=> 8
(bit-set 0 63)
;=> -9223372036854775808
;; bit-clear
(bit-clear 15 0)
;=> 14
(bit-clear 15 64)
;=> 14
;; bit-flip
(bit-flip 5 0)
;=> 4
(bit-flip 5 1)
;=> 7
;; bit-test
(bit-test 5 0)
;=> true
(bit-test 5 1)
;=> false
(bit-test -1 63)
;=> true
;; byte
(byte 1)
;=> 1
(byte 127)
;=> 127
(byte 128)
;! IllegalArgumentException
(byte -129)
;! IllegalArgumentException
(byte 1.9)
;=> 1
(byte \a)
;=> 97
(byte nil)
;! NullPointerException
;; short
(short 1)
;=> 1
(short 32768)
;! IllegalArgumentException
(short 1.9)
;=> 1
(short \a)
;=> 97
;; int
(int 1)
;=> 1
(int 1.9)
;=> 1
(int -1.9)
;=> -1
(int \a)
;=> 97
(apply int [2147483648])
;! ArithmeticException
(int 1/2)
;=> 0
(int 5N)
;=> 5
(int "1")
;! ClassCastException
(int nil)
;! NullPointerException
(apply int [##NaN])
;=> 0
;; long
(long 1)
;=> 1
(long 1.9)
;=> 1
(long -1.9)
;=> -1
(long \a)
;=> 97
(long 7/2)
;=> 3
(long 5N)
;=> 5
(long 1.5M)
;=> 1
(long 1e20)
;! IllegalArgumentException
(long 92233720368547758070N)
;! IllegalArgumentException
(long "1")
;! ClassCastException
(long nil)
;! NullPointerException
(long true)
;! ClassCastException
;; float
(float 1)
;=> 1.0
(float 1/4)
;=> 0.25
(float 1e40)
;! IllegalArgumentException
(float 0.5)
;=> 0.5
;; double
(double 1)
;=> 1.0
(double 1/3)
;=> 0.3333333333333333
(double 1N)
;=> 1.0
(double 1.5M)
;=> 1.5
(double "1")
;! ClassCastException
(double nil)
;! NullPointerException
;; char
(char 97)
;=> \a
(char \b)
;=> \b
(char 65536)
;! IllegalArgumentException
(char -1)
;! IllegalArgumentException
(char 97.9)
;=> \a
(char nil)
;! NullPointerException
;; bigint
(bigint 1)
;=> 1N
(bigint 1.9)
;=> 1N
(bigint 7/2)
;=> 3N
(bigint "123456789012345678901234567890")
;=> 123456789012345678901234567890N
(bigint "12x")
;! NumberFormatException
(bigint 1e20)
;=> 100000000000000000000N
(bigint 1.5M)
;=> 1N
(bigint nil)
;! NullPointerException
(bigint ##Inf)
;! NumberFormatException
(bigint "-5")
;=> -5N
;; biginteger
(str (biginteger 1.9))
;=> "1"
(str (biginteger 12345678901234567890N))
;=> "12345678901234567890"
(= 5 (biginteger 5))
;=> true
;; bigdec
(bigdec 1)
;=> 1M
(bigdec 1.5)
;=> 1.5M
(bigdec 1/4)
;=> 0.25M
(bigdec "1.50")
;=> 1.50M
(bigdec 10N)
;=> 10M
(bigdec "x")
;! NumberFormatException
(bigdec nil)
;! NullPointerException
(bigdec 1e25)
;=> 1.0E+25M
(bigdec 0.1)
;=> 0.1M
(bigdec 1/3)
;! ArithmeticException
;; rationalize
(rationalize 0.5)
;=> 1/2
(rationalize 0.1)
;=> 1/10
(rationalize 2.0)
;=> 2N
(rationalize 1.5M)
;=> 3/2
(rationalize 3)
;=> 3
(rationalize 1/3)
;=> 1/3
;; numerator
(numerator 3/4)
;=> 3
(numerator -3/4)
;=> -3
(numerator 3)
;! ClassCastException
;; denominator
(denominator 3/4)
;=> 4
(denominator 0.5)
;! ClassCastException
;; parse-long
(parse-long "42")
;=> 42
(parse-long "-42")
;=> -42
(parse-long "+42")
;=> 42
(parse-long "4.2")
;=> nil
(parse-long "")
;=> nil
(parse-long "9223372036854775808")
;=> nil
(parse-long " 1")
;=> nil
(parse-long "1_000")
;=> nil
(parse-long nil)
;! IllegalArgumentException
(parse-long 1)
;! IllegalArgumentException
;; parse-double
(parse-double "1.5")
;=> 1.5
(parse-double "-1e3")
;=> -1000.0
(parse-double "1")
;=> 1.0
(parse-double ".5")
;=> 0.5
(parse-double "5.")
;=> 5.0
(parse-double "abc")
;=> nil
(parse-double "NaN")
;=> ##NaN
(parse-double "-Infinity")
;=> ##-Inf
(parse-double "Infinity")
;=> ##Inf
(parse-double " 1.5 ")
;=> 1.5
(parse-double "1e400")
;=> ##Inf
(parse-double "1d")
;=> 1.0
(parse-double "1f")
;=> 1.0
(parse-double "0x1p3")
;=> 8.0
(parse-double "1_0")
;=> nil
(parse-double "inf")
;=> nil
(parse-double "")
;=> nil
(parse-double nil)
;! IllegalArgumentException
;; parse-boolean
(parse-boolean "true")
;=> true
(parse-boolean "false")
;=> false
(parse-boolean "True")
;=> nil
(parse-boolean "")
;=> nil
(parse-boolean nil)
;! IllegalArgumentException
;; parse-uuid
(parse-uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e")
;=> #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e"
(parse-uuid "B6883C0A-0342-4007-9966-BC2DFA6B109E")
;=> #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e"
(parse-uuid "1-2-3-4-5")
;=> #uuid "00000001-0002-0003-0004-000000000005"
(parse-uuid "xyz")
;=> nil
(parse-uuid "")
;=> nil
(parse-uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e0")
;=> nil
(parse-uuid nil)
;! NullPointerException
;; unchecked-add
(unchecked-add 9223372036854775807 1)
;=> -9223372036854775808
(unchecked-add 1 2)
;=> 3
(unchecked-add 1.5 1)
;=> 2.5
;; unchecked-subtract
(unchecked-subtract -9223372036854775808 1)
;=> 9223372036854775807
(unchecked-subtract 5 3)
;=> 2
;; unchecked-multiply
(unchecked-multiply 9223372036854775807 2)
;=> -2
(unchecked-multiply 2 3)
;=> 6
;; unchecked-inc
(unchecked-inc 9223372036854775807)
;=> -9223372036854775808
(unchecked-inc 1.5)
;=> 2.5
;; unchecked-dec
(unchecked-dec -9223372036854775808)
;=> 9223372036854775807
;; unchecked-negate
(unchecked-negate -9223372036854775808)
;=> -9223372036854775808
(unchecked-negate 5)
;=> -5
;; unchecked-add-int
(unchecked-add-int 2147483647 1)
;=> -2147483648
(unchecked-add-int 1 2)
;=> 3
(unchecked-add-int 2147483648 1)
;! ArithmeticException
;; unchecked-subtract-int
(unchecked-subtract-int -2147483648 1)
;=> 2147483647
;; unchecked-multiply-int
(unchecked-multiply-int 65536 65536)
;=> 0
(unchecked-multiply-int 3 4)
;=> 12
;; unchecked-divide-int
(unchecked-divide-int 7 2)
;=> 3
(unchecked-divide-int -7 2)
;=> -3
(unchecked-divide-int 7 0)
;! ArithmeticException
(unchecked-divide-int -2147483648 -1)
;=> -2147483648
;; unchecked-remainder-int
(unchecked-remainder-int 7 2)
;=> 1
(unchecked-remainder-int -7 2)
;=> -1
(unchecked-remainder-int 7 0)
;! ArithmeticException
;; unchecked-inc-int
(unchecked-inc-int 2147483647)
;=> -2147483648
;; unchecked-dec-int
(unchecked-dec-int -2147483648)
;=> 2147483647
;; unchecked-negate-int
(unchecked-negate-int -2147483648)
;=> -2147483648
(unchecked-negate-int 5)
;=> -5
;; unchecked-byte
(unchecked-byte 200)
;=> -56
(unchecked-byte -129)
;=> 127
(unchecked-byte 1.9)
;=> 1
(unchecked-byte 1e10)
;=> -1
;; unchecked-short
(unchecked-short 40000)
;=> -25536
(unchecked-short 1e10)
;=> -1
;; unchecked-char
(unchecked-char 97)
;=> \a
(unchecked-char 65633)
;=> \a
;; unchecked-int
(unchecked-int 4294967296)
;=> 0
(unchecked-int 2147483648)
;=> -2147483648
(unchecked-int 1e10)
;=> 2147483647
(unchecked-int ##NaN)
;=> 0
;; unchecked-long
(unchecked-long 1.9)
;=> 1
(unchecked-long 1e20)
;=> 9223372036854775807
(unchecked-long 18446744073709551617N)
;=> 1
;; unchecked-float
(unchecked-float 0.5)
;=> 0.5
(unchecked-float 1)
;=> 1.0
;; unchecked-double
(unchecked-double 1)
;=> 1.0
(unchecked-double 1/4)
;=> 0.25
;; hash
(hash nil)
;=> 0
(hash 0)
;=> 0
(hash 1)
;=> 1392991556
(hash -1)
;=> 1651860712
(hash 1234567890123)
;=> 1740798302
(hash 1N)
;=> 1392991556
(hash 123456789012345678901234567890N)
;=> 1915528825
(hash -123456789012345678901234567890N)
;=> -1915528825
(hash 1.0)
;=> 1072693248
(hash 1.5)
;=> 1073217536
(hash -0.0)
;=> 0
(hash 0.0)
;=> 0
(hash ##NaN)
;=> 2146959360
(hash ##Inf)
;=> 2146435072
(hash 1/3)
;=> 2
(hash -1/3)
;=> -4
(hash 1.50M)
;=> 466
(hash 1.5M)
;=> 466
(hash 0.00M)
;=> 0
(hash 100M)
;=> 29
(hash 12345678901234567890.123M)
;=> 647166417
(hash true)
;=> 1231
(hash false)
;=> 1237
(hash \a)
;=> 97
(hash "")
;=> 0
(hash "abc")
;=> 74834163
(hash "hello, wörld")
;=> -215515613
(hash "😀")
;=> -1934073014
(hash :a)
;=> -2123407586
(hash :a/b)
;=> 1482224565
(hash 'a)
;=> -482876059
(hash 'a/b)
;=> -1172211204
(hash [])
;=> -2017569654
(hash [1 2 3])
;=> 736442005
(hash '(1 2 3))
;=> 736442005
(hash ())
;=> -2017569654
(hash (range 3))
;=> -1475093015
(hash {})
;=> -15128758
(hash {:a 1 :b 2})
;=> 161871944
(hash (sorted-map :a 1 :b 2))
;=> 161871944
(hash #{})
;=> -15128758
(hash #{1 2 3})
;=> 439094965
(hash {[1] #{2} nil "x"})
;=> 1868761228
(hash (first {:a 1}))
;=> -1809393901
(hash #uuid "b6883c0a-0342-4007-9966-bc2dfa6b109e")
;=> -691547970
(hash #inst "2020-01-01T00:00:00Z")
;=> 1583802735
(hash [nil [] {} #{} "" :x])
;=> 663596032
