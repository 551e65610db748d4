;; Records what real Clojure does with numbers, equality, order and printing.
;; clojure oracle.clj > oracle.txt   (Clojure 1.11, Java 17)
(defmacro attempt [form]
  `(try ~form
        (catch Throwable e#
          (str "!" (.getSimpleName (class e#)) " " (first (.split (str (.getMessage e#)) " \\(java|\\(clojure|[(]class "))))))

(def numbers
  '[0 1 -1 2 -7 10 9223372036854775807 -9223372036854775808 0N 3N -7N 9223372036854775808N 1/2 -7/3 1/10
    0.0 -0.0 1.5 -7.25 1e20 ##Inf ##NaN 0M 1.50M -7.25M 3M 1E+10M 1e-3M])

(def ops
  (array-map "+" + "-" - "*" * "/" / "quot" quot "rem" rem "mod" mod "+'" +' "-'" -' "*'" *'
             "<" < "<=" <= "==" == "=" = "compare" compare))

(println "# arithmetic:" (apply str (interpose " " (keys ops))))
(doseq [a numbers b numbers]
  (println (apply str (interpose "\t" (concat [(pr-str a) (pr-str b)]
                                              (for [[_ f] ops] (attempt (pr-str (apply f [a b])))))))))

(println "# unary: - -' inc inc' dec dec' abs zero? pos? neg? str double")
(doseq [a numbers]
  (println (apply str (interpose "\t" (cons (pr-str a)
                                            (for [f [- -' inc inc' dec dec' abs zero? pos? neg? str double]]
                                              (attempt (pr-str (apply f [a])))))))))

(def values
  [nil true false 0 1 -1 1N 1.0 1.5 1/2 0.5 1.0M 1.00M 1.5M \a \b \newline "a" "b" "abc" "" "é" "é\"\n\\" "\uD83D\uDE00" "\uFFFD"
   :a :b :a/b :b/a 'a 'b 'a/b [] [1] [1 2] [2 1] [1.0] '() '(1) '(1 2) (range 1 3) (map inc [0]) {} {1 2} {:a [1]}
   (sorted-map 1 2) (array-map :b 1 :a 2) (array-map :a 2 :b 1) #{} #{1} #{1.0} (sorted-set 1) [[1] nil] [nil] [nil nil] '(nil)
   #inst "2020-01-02T03:04:05.678-00:00" #inst "2021" #uuid "00000000-0000-0000-0000-000000000001"
   #uuid "f0000000-0000-0000-0000-000000000001" (tagged-literal 'x/y 1) (tagged-literal 'x/y 2) (first {1 2})])

(println "# values")
(doseq [v values] (println (binding [*print-namespace-maps* false] (pr-str v))))
(println "# equal")
(doseq [a values] (println (apply str (for [b values] (let [r (attempt (if (= a b) 1 0))] (if (string? r) "!" r))))))
(println "# compare")
(doseq [a values]
  (println (apply str (interpose " " (for [b values] (let [r (attempt (compare a b))] (if (string? r) "!" r)))))))

(println "# decimals: unscaled scale text")
(doseq [u [0 1 -1 15 -150 123456789 1000] s [0 1 2 6 7 8 9 15 -1 -5]]
  (println u s (str (BigDecimal. (biginteger u) (int s)))))

(println "# doubles: bits text")
(let [r (java.util.Random. 7)]
  (doseq [d (concat [1e-3 9.99e-4 1e7 9999999.0 123456.789 1e21 1e22 1e100 100.0 0.1 4.9e-324 2.0e-323 1.7976931348623157e308]
                    (repeatedly 150 #(Double/longBitsToDouble (.nextLong r)))
                    (repeatedly 100 #(/ (.nextInt r 1000000) 1000.0))
                    (repeatedly 100 #(* (.nextGaussian r) 1e5)))]
    (println (Double/doubleToRawLongBits d) (str d))))
