; Edge cases: no arguments, nil, empty and wrong types, and what random expressions found.
;; *
(* nil)
;=> nil
(* [])
;! ClassCastException
(* 1.5)
;=> 1.5
(* -1)
;=> -1
(* nil nil)
;! NullPointerException
(* "")
;! ClassCastException
(* 1 2)
;=> 2
;; *'
(*')
;=> 1
(*' nil)
;=> nil
(*' [])
;! ClassCastException
(*' 1.5)
;=> 1.5
(*' -1)
;=> -1
(*' "")
;! ClassCastException
(*' nil nil)
;! NullPointerException
;; +
(+ nil)
;=> nil
(+ [])
;! ClassCastException
(+ 1.5)
;=> 1.5
(+ -1)
;=> -1
(+ nil nil)
;! NullPointerException
(+ "")
;! ClassCastException
(+ 1 2 3)
;=> 6
;; +'
(+' nil)
;=> nil
(+' [])
;! ClassCastException
(+' 1.5)
;=> 1.5
(+' -1)
;=> -1
(+' nil nil)
;! NullPointerException
(+' "")
;! ClassCastException
(+' 1 2 3)
;=> 6
;; -
(- nil)
;! NullPointerException
(- [])
;! ClassCastException
(- 1.5)
;=> -1.5
(- -1)
;=> 1
(- 1 2 3)
;=> -4
(- "")
;! ClassCastException
;; -'
(-')
;! ArityException
(-' nil)
;! NullPointerException
(-' [])
;! ClassCastException
(-' 1.5)
;=> -1.5
(-' -1)
;=> 1
(-' 1 2)
;=> -1
(-' 1 2 3)
;=> -4
;; /
(/ nil)
;! NullPointerException
(/ [])
;! ClassCastException
(/ 1.5)
;=> 0.6666666666666666
(/ -1)
;=> -1
(/ [1 2] 0 9)
;! ArithmeticException
(/ 1 2 3)
;=> 1/6
;; <
(<)
;! ArityException
(< nil)
;=> true
(< nil nil)
;! NullPointerException
(< inc [1 2])
;! ClassCastException
(< [])
;=> true
;; <=
(<=)
;! ArityException
(<= nil)
;=> true
(<= nil nil)
;! NullPointerException
(<= inc [1 2])
;! ClassCastException
(<= [])
;=> true
;; =
(= nil)
;=> true
(= nil [1 2])
;=> false
(= [])
;=> true
(= [1 2] nil)
;=> false
;; ==
(==)
;! ArityException
(== nil)
;=> true
(== nil nil)
;! NullPointerException
(== [1 2] nil)
;! ClassCastException
(== 1 2 3)
;=> false
(== [])
;=> true
;; >
(>)
;! ArityException
(> nil)
;=> true
(> nil nil)
;! NullPointerException
(> inc [1 2])
;! ClassCastException
(> 1 2)
;=> false
(> [])
;=> true
(> 1 2 3)
;=> false
;; >=
(>=)
;! ArityException
(>= nil)
;=> true
(>= nil nil)
;! NullPointerException
(>= inc [1 2])
;! ClassCastException
(>= 1 2 3)
;=> false
(>= [])
;=> true
;; NaN?
(NaN?)
;! ArityException
(NaN? [])
;! ClassCastException
(NaN? 1.5)
;=> false
(NaN? "")
;! ClassCastException
(NaN? -1)
;=> false
;; abs
(abs)
;! ArityException
(abs [])
;! ClassCastException
(abs 1.5)
;=> 1.5
(abs "")
;! ClassCastException
;; bigdec
(bigdec)
;! ArityException
(bigdec "")
;! NumberFormatException
(bigdec -1)
;=> -1M
(bigdec "ab")
;! NumberFormatException
;; bigint
(bigint)
;! ArityException
(bigint "")
;! NumberFormatException
(bigint 1.5)
;=> 1N
(bigint -1)
;=> -1N
(bigint "ab")
;! NumberFormatException
;; biginteger
(biginteger)
;! ArityException
(biginteger nil)
;! NullPointerException
(biginteger "")
;! NumberFormatException
(biginteger 1.5)
;=> 1
(biginteger -1)
;=> -1
;; bit-and
(bit-and)
;! ArityException
(bit-and nil nil)
;! NullPointerException
(bit-and [1 2] nil)
;! IllegalArgumentException
(bit-and 1 2)
;=> 0
(bit-and 1 2 3)
;=> 0
;; bit-and-not
(bit-and-not)
;! ArityException
(bit-and-not nil nil)
;! NullPointerException
(bit-and-not [1 2] nil)
;! IllegalArgumentException
(bit-and-not 1 2)
;=> 1
(bit-and-not 1 2 3)
;=> 0
;; bit-clear
(bit-clear)
;! ArityException
(bit-clear nil nil)
;! NullPointerException
(bit-clear [1 2] nil)
;! IllegalArgumentException
(bit-clear 1 2)
;=> 1
;; bit-flip
(bit-flip)
;! ArityException
(bit-flip nil nil)
;! NullPointerException
(bit-flip [1 2] nil)
;! IllegalArgumentException
(bit-flip 1 2)
;=> 5
;; bit-not
(bit-not)
;! ArityException
(bit-not nil)
;! NullPointerException
(bit-not [])
;! IllegalArgumentException
;; bit-or
(bit-or)
;! ArityException
(bit-or nil nil)
;! NullPointerException
(bit-or [1 2] nil)
;! IllegalArgumentException
(bit-or 1 2)
;=> 3
(bit-or 1 2 3)
;=> 3
;; bit-set
(bit-set)
;! ArityException
(bit-set nil nil)
;! NullPointerException
(bit-set [1 2] nil)
;! IllegalArgumentException
(bit-set 1 2)
;=> 5
;; bit-shift-left
(bit-shift-left)
;! ArityException
(bit-shift-left nil nil)
;! NullPointerException
(bit-shift-left [1 2] nil)
;! IllegalArgumentException
(bit-shift-left 1 2)
;=> 4
;; bit-shift-right
(bit-shift-right)
;! ArityException
(bit-shift-right nil nil)
;! NullPointerException
(bit-shift-right [1 2] nil)
;! IllegalArgumentException
(bit-shift-right 1 2)
;=> 0
;; bit-test
(bit-test)
;! ArityException
(bit-test nil nil)
;! NullPointerException
(bit-test [1 2] nil)
;! IllegalArgumentException
(bit-test 1 2)
;=> false
;; bit-xor
(bit-xor)
;! ArityException
(bit-xor nil nil)
;! NullPointerException
(bit-xor [1 2] nil)
;! IllegalArgumentException
(bit-xor 1 2)
;=> 3
(bit-xor 1 2 3)
;=> 0
;; byte
(byte)
;! ArityException
(byte [])
;! ClassCastException
(byte 1.5)
;=> 1
(byte -1)
;=> -1
(byte "")
;! ClassCastException
;; char
(char)
;! ArityException
(char [])
;! ClassCastException
(char 1.5)
;=> \
(char \a)
;=> \a
(char "")
;! ClassCastException
;; compare
(compare)
;! ArityException
(compare nil [1 2])
;=> -1
(compare [1 2] nil)
;=> 1
(compare inc [1 2])
;! ClassCastException
(compare nil)
;! ArityException
(compare inc nil)
;=> 1
(compare "abc" "b")
;=> -1
;; dec
(dec)
;! ArityException
(dec nil)
;! NullPointerException
(dec [])
;! ClassCastException
(dec 1.5)
;=> 0.5
(dec -1)
;=> -2
;; dec'
(dec')
;! ArityException
(dec' nil)
;! NullPointerException
(dec' [])
;! ClassCastException
(dec' 1.5)
;=> 0.5
(dec' -1)
;=> -2
;; denominator
(denominator)
;! ArityException
(denominator nil)
;! NullPointerException
(denominator [])
;! ClassCastException
;; double
(double)
;! ArityException
(double [])
;! ClassCastException
(double 1.5)
;=> 1.5
(double -1)
;=> -1.0
(double "")
;! ClassCastException
;; even?
(even?)
;! ArityException
(even? [])
;! IllegalArgumentException
(even? -1)
;=> false
(even? "")
;! IllegalArgumentException
;; float
(float)
;! ArityException
(float nil)
;! NullPointerException
(float [])
;! ClassCastException
(float 1.5)
;=> 1.5
(float -1)
;=> -1.0
;; hash
(hash)
;! ArityException
(hash :k)
;=> -2146297393
(hash "ab")
;=> 1707819681
(hash [3 1 2])
;=> -12850932
(hash {:a 1})
;=> 1772842048
(hash #{7})
;=> -162306163
(hash nil nil)
;! ArityException
;; inc
(inc)
;! ArityException
(inc [])
;! ClassCastException
(inc -1)
;=> 0
(inc "")
;! ClassCastException
;; inc'
(inc')
;! ArityException
(inc' nil)
;! NullPointerException
(inc' [])
;! ClassCastException
(inc' 1.5)
;=> 2.5
(inc' -1)
;=> 0
;; infinite?
(infinite?)
;! ArityException
(infinite? nil)
;! NullPointerException
(infinite? [])
;! ClassCastException
(infinite? 1.5)
;=> false
(infinite? -1)
;=> false
;; int
(int)
;! ArityException
(int [])
;! ClassCastException
(int 1.5)
;=> 1
(int -1)
;=> -1
(int "")
;! ClassCastException
;; long
(long)
;! ArityException
(long [])
;! ClassCastException
(long 1.5)
;=> 1
(long -1)
;=> -1
(long "")
;! ClassCastException
;; max
(max nil)
;=> nil
(max [])
;=> []
(max "")
;=> ""
(max :k)
;=> :k
(max 1.5)
;=> 1.5
(max nil nil)
;! NullPointerException
(max [1 2] nil)
;! NullPointerException
;; min
(min)
;! ArityException
(min nil)
;=> nil
(min [])
;=> []
(min "")
;=> ""
(min :k)
;=> :k
(min 1.5)
;=> 1.5
(min nil nil)
;! NullPointerException
;; mod
(mod)
;! ArityException
(mod nil nil)
;! NullPointerException
(mod nil [1 2])
;! ClassCastException
(mod 1 2)
;=> 1
;; neg?
(neg?)
;! ArityException
(neg? nil)
;! NullPointerException
(neg? [])
;! ClassCastException
(neg? 1.5)
;=> false
;; not=
(not=)
;! ArityException
(not= nil)
;=> false
(not= nil [1 2])
;=> true
(not= [])
;=> false
(not= [1 2] nil)
;=> true
;; num
(num)
;! ArityException
(num nil)
;=> nil
(num [])
;! ClassCastException
(num -1)
;=> -1
(num "")
;! ClassCastException
;; numerator
(numerator)
;! ArityException
(numerator nil)
;! NullPointerException
(numerator [])
;! ClassCastException
;; odd?
(odd?)
;! ArityException
(odd? nil)
;! IllegalArgumentException
(odd? -1)
;=> true
(odd? [])
;! IllegalArgumentException
;; parse-boolean
(parse-boolean)
;! ArityException
(parse-boolean [])
;! IllegalArgumentException
(parse-boolean "ab")
;=> nil
(parse-boolean :k)
;! IllegalArgumentException
;; parse-double
(parse-double)
;! ArityException
(parse-double [])
;! IllegalArgumentException
(parse-double "ab")
;=> nil
(parse-double :k)
;! IllegalArgumentException
;; parse-long
(parse-long)
;! ArityException
(parse-long [])
;! IllegalArgumentException
(parse-long "ab")
;=> nil
(parse-long :k)
;! IllegalArgumentException
;; parse-uuid
(parse-uuid)
;! ArityException
(parse-uuid [])
;! ClassCastException
(parse-uuid "ab")
;=> nil
(parse-uuid :k)
;! ClassCastException
;; pos?
(pos?)
;! ArityException
(pos? [])
;! ClassCastException
(pos? 1.5)
;=> true
(pos? -1)
;=> false
(pos? "")
;! ClassCastException
;; quot
(quot)
;! ArityException
(quot nil nil)
;! NullPointerException
(quot nil [1 2])
;! ClassCastException
(quot 1 2)
;=> 0
;; rationalize
(rationalize)
;! ArityException
(rationalize nil)
;=> nil
(rationalize [])
;! ClassCastException
(rationalize 1.5)
;=> 3/2
(rationalize -1)
;=> -1
(rationalize "")
;! ClassCastException
;; rem
(rem)
;! ArityException
(rem nil nil)
;! NullPointerException
(rem nil [1 2])
;! ClassCastException
(rem 1 2)
;=> 1
;; short
(short)
;! ArityException
(short nil)
;! NullPointerException
(short [])
;! ClassCastException
(short 1.5)
;=> 1
(short -1)
;=> -1
;; unchecked-add
(unchecked-add)
;! ArityException
(unchecked-add nil nil)
;! NullPointerException
(unchecked-add inc [1 2])
;! ClassCastException
;; unchecked-add-int
(unchecked-add-int)
;! ArityException
(unchecked-add-int nil nil)
;! NullPointerException
(unchecked-add-int [1 2] nil)
;! ClassCastException
;; unchecked-byte
(unchecked-byte)
;! ArityException
(unchecked-byte nil)
;! NullPointerException
(unchecked-byte [])
;! ClassCastException
(unchecked-byte 1.5)
;=> 1
(unchecked-byte -1)
;=> -1
;; unchecked-char
(unchecked-char)
;! ArityException
(unchecked-char nil)
;! NullPointerException
(unchecked-char [])
;! ClassCastException
(unchecked-char 1.5)
;=> \
(unchecked-char \a)
;=> \a
(unchecked-char -1)
;=> \￿
;; unchecked-dec
(unchecked-dec)
;! ArityException
(unchecked-dec nil)
;! NullPointerException
(unchecked-dec [])
;! ClassCastException
(unchecked-dec 1.5)
;=> 0.5
(unchecked-dec -1)
;=> -2
;; unchecked-dec-int
(unchecked-dec-int)
;! ArityException
(unchecked-dec-int nil)
;! NullPointerException
(unchecked-dec-int [])
;! ClassCastException
(unchecked-dec-int 1.5)
;=> 0
(unchecked-dec-int -1)
;=> -2
;; unchecked-divide-int
(unchecked-divide-int)
;! ArityException
(unchecked-divide-int nil nil)
;! NullPointerException
(unchecked-divide-int [1 2] nil)
;! ClassCastException
(unchecked-divide-int 1 2)
;=> 0
;; unchecked-double
(unchecked-double)
;! ArityException
(unchecked-double nil)
;! NullPointerException
(unchecked-double [])
;! ClassCastException
(unchecked-double 1.5)
;=> 1.5
(unchecked-double -1)
;=> -1.0
;; unchecked-float
(unchecked-float)
;! ArityException
(unchecked-float nil)
;! NullPointerException
(unchecked-float [])
;! ClassCastException
(unchecked-float 1.5)
;=> 1.5
(unchecked-float -1)
;=> -1.0
;; unchecked-inc
(unchecked-inc)
;! ArityException
(unchecked-inc nil)
;! NullPointerException
(unchecked-inc [])
;! ClassCastException
(unchecked-inc -1)
;=> 0
;; unchecked-inc-int
(unchecked-inc-int)
;! ArityException
(unchecked-inc-int nil)
;! NullPointerException
(unchecked-inc-int [])
;! ClassCastException
(unchecked-inc-int 1.5)
;=> 2
(unchecked-inc-int -1)
;=> 0
;; unchecked-int
(unchecked-int)
;! ArityException
(unchecked-int nil)
;! NullPointerException
(unchecked-int [])
;! ClassCastException
(unchecked-int 1.5)
;=> 1
(unchecked-int \a)
;=> 97
(unchecked-int -1)
;=> -1
;; unchecked-long
(unchecked-long)
;! ArityException
(unchecked-long nil)
;! NullPointerException
(unchecked-long [])
;! ClassCastException
(unchecked-long 1.5)
;=> 1
(unchecked-long -1)
;=> -1
;; unchecked-multiply
(unchecked-multiply)
;! ArityException
(unchecked-multiply nil nil)
;! NullPointerException
(unchecked-multiply inc [1 2])
;! ClassCastException
(unchecked-multiply 1 2)
;=> 2
;; unchecked-multiply-int
(unchecked-multiply-int)
;! ArityException
(unchecked-multiply-int nil nil)
;! NullPointerException
(unchecked-multiply-int [1 2] nil)
;! ClassCastException
(unchecked-multiply-int 1 2)
;=> 2
;; unchecked-negate
(unchecked-negate)
;! ArityException
(unchecked-negate nil)
;! NullPointerException
(unchecked-negate [])
;! ClassCastException
(unchecked-negate 1.5)
;=> -1.5
(unchecked-negate -1)
;=> 1
;; unchecked-negate-int
(unchecked-negate-int)
;! ArityException
(unchecked-negate-int nil)
;! NullPointerException
(unchecked-negate-int [])
;! ClassCastException
(unchecked-negate-int 1.5)
;=> -1
(unchecked-negate-int -1)
;=> 1
;; unchecked-remainder-int
(unchecked-remainder-int)
;! ArityException
(unchecked-remainder-int nil nil)
;! NullPointerException
(unchecked-remainder-int [1 2] nil)
;! ClassCastException
(unchecked-remainder-int 1 2)
;=> 1
;; unchecked-short
(unchecked-short)
;! ArityException
(unchecked-short nil)
;! NullPointerException
(unchecked-short [])
;! ClassCastException
(unchecked-short 1.5)
;=> 1
(unchecked-short -1)
;=> -1
;; unchecked-subtract
(unchecked-subtract)
;! ArityException
(unchecked-subtract nil nil)
;! NullPointerException
(unchecked-subtract inc [1 2])
;! ClassCastException
(unchecked-subtract 1 2)
;=> -1
;; unchecked-subtract-int
(unchecked-subtract-int)
;! ArityException
(unchecked-subtract-int nil nil)
;! NullPointerException
(unchecked-subtract-int [1 2] nil)
;! ClassCastException
(unchecked-subtract-int 1 2)
;=> -1
;; unsigned-bit-shift-right
(unsigned-bit-shift-right)
;! ArityException
(unsigned-bit-shift-right nil nil)
;! NullPointerException
(unsigned-bit-shift-right [1 2] nil)
;! IllegalArgumentException
(unsigned-bit-shift-right 1 2)
;=> 0
;; zero?
(zero?)
;! ArityException
(zero? [])
;! ClassCastException
(zero? 1.5)
;=> false
(zero? "")
;! ClassCastException
(zero? -1)
;=> false
;; quot
(quot nil 0)
;! ArithmeticException
(quot 1 nil)
;! NullPointerException
;; int
(int 2147483647.000001)
;! IllegalArgumentException
;~ 2147483647 ;; a double is primitive only in a Clojure call of a literal: boxed ones are cut there too
;; short
(short 32767.000001)
;! IllegalArgumentException
;~ 32767 ;; a double is primitive only in a Clojure call of a literal: boxed ones are cut there too
;; byte
(byte 127.000001)
;! IllegalArgumentException
;~ 127 ;; a double is primitive only in a Clojure call of a literal: boxed ones are cut there too
