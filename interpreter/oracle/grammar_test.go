//go:build oracle

package oracle

// grammar maps a type to the ways of making one. {T} stands for an expression of type T, {T|x:U} for one in whose scope the
// variable x has type U, and $x for that variable's fresh name.
//
// I integer, N any number, B boolean, S string, K keyword, C character, VI vector of integers, LI seq of integers, SI set of
// integers, MI map from keywords to integers, VS vector of strings, VM vector of such maps, F function of an integer to an
// integer, P of an integer to a boolean, G of two integers to an integer, X anything.
//
// Maps have at most eight keys, where Clojure keeps their order as we do; sets are never walked in an order that shows.
var grammar = map[string][]string{
	"I": {
		"(+ {I} {I})", "(- {I} {I})", "(* {I} {I})", "(+ {I} {I} {I})", "(- {I})", "(inc {I})", "(dec {I})", "(quot {I} {I})", "(rem {I} {I})", "(mod {I} {I})",
		"(max {I} {I})", "(min {I} {I} {I})", "(abs {I})", "(bit-and {I} {I})", "(bit-or {I} {I})", "(bit-xor {I} {I})", "(bit-shift-left {I} 3)", "(bit-shift-right {I} 2)", "(bit-not {I})",
		"(count {VI})", "(count {SI})", "(count {MI})", "(count {S})", "(count {LI})", "(reduce + {LI})", "(reduce {G} {I} {VI})", "(reduce {G} {VI})", "(apply + {VI})", "(apply max {I} {VI})",
		"(first {VI})", "(last {VI})", "(second {LI})", "(nth {VI} {J} {I})", "(nth {VI} 1)", "(get {VI} {J} {I})", "(get {MI} {K} {I})", "({K} {MI} {I})", "({MI} {K})", "(peek {VI})", "(some {P} {VI})",
		"(if {B} {I} {I})", "(if-let [$x (first {VI})] {I|x:I} {I})", "(when {B} {I})", "(cond {B} {I} {B} {I} :else {I})", "(case {I} 0 {I} (1 2 3) {I} {I})", "(condp < {I} 10 {I} 0 {I} {I})",
		"(let [$x {I}] {I|x:I})", "(let [[$x $y] {VI}] (+ (or $x 0) (or $y 0) {I}))", "(let [{:keys [a b] :or {b {I}}} {MI}] (+ (or a 0) b))", "({F} {I})", "({G} {I} {I})", "(-> {I} {F} inc)", "(->> {VI} (map {F}) (reduce + 0))",
		"(loop [$x (mod {I} 7) $a {I}] (if (pos? $x) (recur (dec $x) {I|x:I,a:I}) $a))", "(try {I} (catch Exception e {I}))", "(try (throw (ex-info \"x\" {MI})) (catch Exception e (count (ex-data e))))", "(try {I} (finally {I}))",
		"(long {N})", "(int {C})", "(compare {I} {I})", "(compare {S} {S})", "(compare {VI} {VI})", "(as-> {I} $x {I|x:I})", "(some-> {MI} :a inc)", "(cond-> {I} {B} inc {B} (* 2))", "(parse-long {S})",
		"(transduce (comp (map {F}) (filter {P})) + 0 {VI})", "(key (first {MI}))", "(val (first {MI}))", "(reduce-kv (fn [acc k v] (+ acc v)) 0 {MI})", "(count (str/split {S} #\"a\"))", "(letfn [(f [n] (if (pos? n) (+ 1 (g (dec n))) 0)) (g [n] (f n))] (f (mod {I} 9)))",
		"(count (take-while {P} {LI}))", "(reduce (fn [a x] (if (> x 5) (reduced a) (+ a x))) 0 {VI})", "(apply min {I} {LI})", "(dotimes [i 3] i)", "(bit-test {I} 2)", "(unchecked-add {I} {I})", "(let [a (atom {I})] (swap! a + {I}) @a)", "(str/index-of {S} \"a\")", "(ffirst [[{I}]])",
	},
	"R": {"2/3", "-7/2", "22/7"},
	"N": {"{I}", "{D}", "{R}", "(/ {I} {I})", "(+ {N} {N})", "(* {N} {N})", "(- {N} {N})", "(+' {N} {I})", "(*' {I} 9007199254740993)", "(bigint {I})", "(max {N} {N})", "(rationalize {D})", "(if {B} {N} {N})", "1.50M", "(bigdec {I})", "(inc' {I})", "(- {N})", "(quot {N} {N})", "(rem {N} {N})", "(mod {N} {N})"},
	"D": {"(double {I})", "(/ {D} 3)", "(* {D} {D})", "(+ {D} {I})", "(- {D} {D})", "(double {R})", "(parse-double {S})", "(float 1.5)", "(max {D} {D})"},
	"B": {
		"(< {I} {I})", "(<= {I} {I} {I})", "(= {I} {I})", "(= {X} {X})", "(not= {S} {S})", "(== {N} {N})", "(not {B})", "(and {B} {B})", "(or {B} {B})", "(zero? {N})", "(pos? {N})", "(neg? {I})", "(even? {I})", "(odd? {I})",
		"(contains? {SI} {I})", "(contains? {MI} {K})", "(empty? {VI})", "(every? {P} {VI})", "(not-any? {P} {LI})", "(boolean {X})", "(nil? {X})", "(some? {X})", "(string? {X})", "(map? {X})", "(vector? {X})", "(seq? {X})", "(sequential? {X})", "(coll? {X})", "(number? {X})", "(integer? {X})",
		"(str/includes? {S} {S})", "(str/starts-with? {S} {S})", "(str/blank? {S})", "({P} {I})", "(identical? {K} {K})", "(set/subset? {SI} {SI})", "(distinct? {I} {I} {I})", "(true? {X})", "(associative? {X})", "(let [$x {B}] {B|x:B})", "(if {B} {B} {B})", "(ratio? {N})", "(float? {N})", "(counted? {X})", "(ident? {X})", "(> {N} {N})", "(reduced? {X})",
	},
	"S": {
		"(str {I} {K} {C})", "(subs {S} 1)", "(subs {S} 0 {J})", "(str/upper-case {S})", "(str/lower-case {S})", "(str/trim {S})", "(str/join \",\" {VI})", "(str/join {VS})", "(str {MI})", "(str {VI} {SI1})", "(str/replace {S} \"a\" \"bb\")", "(str/replace {S} #\"[aeiou]\" {S})", "(str/replace {S} #\"(.)a\" \"$1x\")", "(str/reverse {S})", "(str/capitalize {S})",
		"(name {K})", "(pr-str {X})", "(apply str {VS})", "(first {VS})", "(get {VS} {J} {S})", "(let [$x {S}] {S|x:S})", "(if {B} {S} {S})", "(format \"%d-%s\" {I} {S})", "(format \"%05d|%x\" {I} {I})", "(format \"%.2f\" {D})", "(str/replace-first {S} \"a\" \"\")", "(str/triml {S})", "(apply str (interpose \"-\" {VS}))", "(re-find #\"[a-z]+\" {S})", "(str/escape {S} {\\a \"A\"})", "(str (re-find #\"(\\w)(\\d)?\" {S}))", "(prn-str {X})", "(str/join \" \" (map name [{K} {K}]))", "(reduce str \"\" {VS})",
	},
	"K": {"(keyword {S})", "(keyword \"n\" \"m\")", "(if {B} {K} {K})", "(first (keys {MI}))", "(keyword (name {K}))"},
	"C": {"(first {S})", "(char (+ 97 (mod {I} 26)))", "(nth \"hello\" (mod {I} 5))", "(last \"xyz\")"},
	"F": {"inc", "dec", "identity", "-", "(fn [$x] {I|x:I})", "#(+ % {I})", "(partial + {I})", "(comp {F} {F})", "(constantly {I})", "(fn ([$x] {I|x:I}) ([a b] a))", "(memoize {F})", "(fnil {F} 0)"},
	"P": {"even?", "odd?", "pos?", "zero?", "(fn [$x] {B|x:I})", "#(> % {I})", "(complement {P})", "{SI}", "(every-pred {P} {P})", "(some-fn {P} {P})", "#{1 2 3}"},
	"G": {"+", "-", "max", "min", "(fn [$x $y] {I|x:I,y:I})", "#(+ %1 (* 2 %2))", "bit-xor", "(completing +)"},
	"VI": {
		"[]", "[{I}]", "[{I} {I}]", "[{I} {I} {I}]", "(vec {LI})", "(conj {VI} {I})", "(assoc {VI} 0 {I})", "(mapv {F} {VI})", "(filterv {P} {VI})", "(into {VI} {LI})", "(subvec [1 2 3 4 5] 1 {J})", "(pop {VI})", "(vector {I} {I})", "(update {VI} 0 {F})", "(into [] (map {F}) {VI})", "(into [] (comp (filter {P}) (take 3)) {VI})",
		"(reduce conj [] {LI})", "(let [$x {VI}] {VI|x:VI})", "(if {B} {VI} {VI})", "(vec (sort {VI}))", "(sort > {VI})", "(persistent! (conj! (transient {VI}) {I}))", "(replace {1 10, 2 20} {VI})", "((juxt {F} {F}) {I})", "(vec (for [$x {VI} :when {B|x:I}] {I|x:I}))", "(get-in {:a {VI}} [:a])", "(reductions + {VI})", "(vec (range (mod {I} 12)))", "(mapv + {VI} {VI})", "(vec (sort-by {F} {VI}))",
	},
	"LI": {
		"(map {F} {VI})", "(filter {P} {VI})", "(remove {P} {LI})", "(take 3 {LI})", "(drop 1 {LI})", "(rest {VI})", "(next {VI})", "(cons {I} {LI})", "(concat {LI} {VI})", "(reverse {VI})", "(range {I})", "(range 0 (mod {I} 20) 3)", "(list {I} {I})", "'(1 2 3)", "(sort {LI})", "(distinct {LI})", "(dedupe {VI})", "(interleave {VI} {VI})", "(interpose {I} {VI})",
		"(keep {F} {VI})", "(take-while {P} {VI})", "(drop-while {P} {VI})", "(mapcat (fn [$x] {VI|x:I}) {VI})", "(map-indexed + {VI})", "(take-nth 2 {VI})", "(butlast {VI})", "(drop-last {VI})", "(take-last 2 {VI})", "(repeat 3 {I})", "(take 4 (iterate {F} {I}))", "(take 5 (cycle [1 {I}]))", "(seq {VI})", "(lazy-seq {LI})", "(for [$x {VI} $y [1 2]] (+ $x $y))", "(sort (keys (frequencies {VI})))",
		"(flatten [{VI} [{VI}]])", "(nthrest {VI} 1)", "(sequence (map {F}) {VI})", "(rseq {VI})", "(vals {MI})", "(sort-by - {VI})", "(doall (map {F} {LI}))", "(lazy-cat {VI} {VI})", "(nnext {VI})", "(list* {I} {VI})", "(sort {SI})", "(keep-indexed (fn [i $x] (when (odd? i) $x)) {VI})", "(reductions {G} {I} {VI})", "(replace {1 2} {LI})",
	},
	"SI": {"#{}", "#{1 2}", "(set {VI})", "(conj {SI} {I})", "(disj {SI} {I})", "(into #{} {LI})", "(set/union {SI} {SI})", "(set/intersection {SI} {SI})", "(set/difference {SI} {SI})", "(sorted-set 3 1 2)", "(set (map {F} {VI}))", "(set/select {P} {SI})", "(into (sorted-set) {VI})", "(hash-set 1 2)"},
	"MI": {
		"{}", "{:a {I}}", "{:a {I} :b {I}}", "(assoc {MI} {KK} {I})", "(dissoc {MI} {KK})", "(merge {MI} {MI})", "(merge-with + {MI} {MI})", "(update {MI} :a (fnil inc 0))", "(select-keys {MI} [:a :c])", "(zipmap [:a :b] {VI})", "(into {} [[:c {I}]])", "(update-vals {MI} {F})", "(assoc-in {MI} [:d] {I})", "(update-in {MI} [:a] (fnil + 1) {I})",
		"(into {} (map (fn [[k v]] [k (inc v)])) {MI})", "(reduce-kv (fn [m k v] (assoc m k (dec v))) {} {MI})", "(if {B} {MI} {MI})", "(let [$x {MI}] {MI|x:MI})", "(sorted-map :b 1 :a {I})", "(reduce (fn [m x] (assoc m :e x)) {} {VI})", "(array-map :a 1 :b {I})", "(set/rename-keys {MI} {:a :b2})", "(into (sorted-map) {MI})", "(with-meta {MI} {:k 1})",
	},
	"J":  {"(mod {I} 6)", "(- (mod {I} 9) 2)"},
	"KK": {":a", ":b", ":c", ":d", ":e"},
	"VS": {"[{S} {S}]", "[\"b\" \"a\" {S}]", "(str/split {S} #\",\")", "(str/split-lines {S})", "(mapv str {VI})", "(vec (re-seq #\"\\w\" {S}))", "(mapv str/upper-case {VS})", "(vec (sort {VS}))", "(into [] (distinct) {VS})", "(str/split \"a,b,,c,,\" #\",\" {J})"},
	"VM": {"[{MI} {MI}]", "(vec (sort-by :a {VM}))", "(filterv :a {VM})", "(mapv #(assoc % :b 1) {VM})", "[{MI}]"},
	"X": {
		"nil", "{I}", "{N}", "{B}", "{S}", "{K}", "{C}", "{VI}", "{LI}", "{SI}", "{MI}", "{VS}", "{VM}", "(partition 2 {VI})", "(partition-all 2 {VI})", "(partition-by {P} {VI})", "(split-at 1 {VI})", "(split-with {P} {VI})", "(group-by {P} {VI})", "(frequencies {VI})", "(group-by :a {VM})", "(first {MI})", "(find {MI} :a)",
		"(meta ^{:a 1} [1])", "(map vector {VI} {VS})", "(zipmap {VS} {VI})", "(mapv (juxt :a :b) {VM})", "(tree-seq vector? seq [1 [2 [{I}]]])", "(walk/postwalk (fn [$x] (if (integer? $x) (inc $x) $x)) [{MI} {VI}])", "(reduce (fn [a x] (conj a x)) () {VI})", "(conj {LI} {I})", "(conj () {I} {I})", "(empty {VI})", "(not-empty {VI})", "(get-in {:a {MI}} [:a {K}])", "(some #{1 2} {VI})",
		"(set/join #{{:a 1 :b 2}} #{{:a 1 :c {I}}})", "(set/index #{{:a 1} {:a 2}} [:a])", "(set/map-invert {:a {I} :b {I}})", "(walk/keywordize-keys {\"a\" {I}})", "(walk/stringify-keys {MI})", "(re-matches #\"(\\d+)-(\\d+)\" \"12-34\")", "(re-seq #\"\\d\" (str {I}))", "(clojure.edn/read-string (pr-str {X}))", "(seq {S})", "(vec {MI})", "(ex-message (ex-info {S} {}))", "(update {:a {VI}} :a conj {I})", "(symbol {S})", "(subs {S} {J})", "(nth {VI} {J})", "(quot {I} 0)", "(first {I})", "(+ {I} {S})", "(name {I})", "(keyword {X})", "(assoc {VI} {J} 1)", "(pop {VI})", "(parse-boolean {S})", "(apply hash-map [:a {I}])", "(partition 2 1 [{I}] {VI})", "(max-key - {I} {I})", "(namespace :a/b)", "(let [[a & more :as all] {VI}] [a more all])", "(let [{:keys [a] :as m :strs [b]} {MI}] [a b m])", "((fn [& {:keys [a b]}] [a b]) :a {I} :b 2)", "((fn [a & r] [a r]) {I} {I})", "(rationalize 1.25)", "(subseq (sorted-set 1 2 3 4) > {I})", "(bounded-count 2 {LI})", "(mapv {F} {SI1})", "(trampoline (fn [] {F}))", "(interleave {VI} {VS})", "(vary-meta {VI} assoc :a 1)", "(compare {X} {X})", "(sort {VS})", "(hash {S})", "(hash {K})", "(hash {VI})", "(hash {MI})",
	},
	"SI1": {"#{}", "#{7}"},
}

// literals are the leaves of each type.
var literals = map[string][]string{
	"I": {"0", "1", "2", "-1", "7", "10", "42", "-3", "100", "1000000007", "9223372036854775807", "-9223372036854775808"},
	"N": {"0", "1.5", "-2", "1/2", "3N", "1e10", "0.1", "2.50M"}, "D": {"0.0", "1.5", "-2.25", "1e21", "1.0E-5", "100.0", "3.14159", "1234567.0", "12345678.9"},
	"J": {"0", "1", "2", "-1", "5"}, "R": {"1/2"}, "B": {"true", "false"}, "S": {`""`, `"a"`, `"abc"`, `"Hello, World"`, `"  x "`, `"é😀ü"`, `"12"`, `"a,b,,"`, `"line\nbreak"`}, "K": {":a", ":b", ":c", ":n/d"}, "C": {`\a`, `\space`, `\newline`},
	"F": {"inc"}, "P": {"even?"}, "G": {"+"}, "VI": {"[]", "[1 2 3]", "[5 3 8 1]", "[0]"}, "LI": {"()", "'(3 1 2)"}, "SI": {"#{}", "#{1 2 3}"}, "MI": {"{}", "{:a 1}", "{:a 1 :b 2 :c 3}"}, "KK": {":a"}, "VS": {"[]", `["x" "y"]`}, "VM": {"[]", "[{:a 2} {:a 1 :b 5}]"}, "X": {"nil", "1", ":k", `"s"`}, "SI1": {"#{7}"},
}
