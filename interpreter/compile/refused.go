package compile

import "strings"

// What the language refuses, and what to write instead. Every hint is shown to an author who typed the name
// by habit: it names the alternative that works.

const (
	hintDef     = "definitions have no place here: bind with let or letfn, or make it a function of :functions"
	hintNs      = "there are no namespaces to manage: clojure.string/, clojure.set/, clojure.walk/ and clojure.edn/ work as they are, also as str/ set/ walk/ edn/"
	hintMacro   = "macros can't be defined; write a function"
	hintEval    = "code is fixed when the flow is deployed; choose with case, or keep functions in a map"
	hintVar     = "there are no vars; pass the function itself"
	hintPrint   = "nothing prints here: return the value, or build text with str, pr-str or format"
	hintIO      = "files are out of reach; use an :http or :blob step, or give the data as input"
	hintThread  = "evaluation has one thread; (flow/parallel a b) runs steps side by side"
	hintState   = "use (atom x) with swap! and reset!; it lives inside one evaluation"
	hintBinding = "there are no dynamic vars; pass the value as an argument"
	hintRand    = "use (flow/rand): it is recorded, so that a replay sees the same number"
	hintTime    = "use (flow/now-ms), or (flow/now) for an instant: recorded, so that a replay sees the same time"
	hintUUID    = "use (flow/uuid): recorded, so that a replay sees the same one"
	hintArray   = "there are no arrays; use a vector"
	hintType    = "types can't be defined; use maps, and functions that take them"
	hintMulti   = "use case or cond, or a map from value to function"
	hintClass   = "ask with a predicate: string? number? map? keyword? inst? ..."
	hintGensym  = "names need no inventing outside of macros; use a plain local"
)

// refused are names of Clojure that don't resolve, by what they are called there.
var refused = refusals(map[string]string{
	hintDef: "def defn defn- defonce declare intern",
	hintNs: "ns in-ns require use import refer refer-clojure alias load load-file load-string create-ns find-ns all-ns remove-ns " +
		"ns-name ns-publics ns-interns ns-map ns-aliases ns-resolve the-ns loaded-libs requiring-resolve",
	hintMacro:   "defmacro macroexpand macroexpand-1 definline define-inline",
	hintEval:    "eval read read+string read-line compile",
	hintVar:     "var resolve find-var var-get var-set alter-var-root alter-meta! reset-meta! bound? thread-bound?",
	hintPrint:   "print println pr prn printf newline flush print-table pprint clojure.pprint/pprint with-out-str tap> add-tap print-method",
	hintIO:      "slurp spit file-seq line-seq clojure.java.io/reader clojure.java.io/file clojure.java.shell/sh with-open",
	hintThread:  "future future-call future-cancel promise deliver pmap pcalls pvalues locking monitor-enter monitor-exit agent send send-off await await-for shutdown-agents",
	hintState:   "ref dosync alter commute ref-set ensure sync io! set! volatile-mutable compare-and-set! add-watch remove-watch set-validator!",
	hintBinding: "binding with-bindings with-bindings* with-redefs with-redefs-fn with-local-vars bound-fn bound-fn*",
	hintRand:    "rand rand-int rand-nth random-sample shuffle",
	hintUUID:    "random-uuid",
	hintTime:    "time inst-now system-time",
	hintArray: "make-array into-array to-array to-array-2d aget aset alength aclone amap areduce object-array int-array long-array double-array " +
		"float-array byte-array char-array boolean-array short-array aset-int aset-long aset-double bytes ints longs doubles",
	hintType: "defprotocol defrecord deftype definterface extend extend-type extend-protocol reify proxy gen-class gen-interface satisfies? " +
		"extends? extenders record? new",
	hintMulti:  "defmulti defmethod prefer-method remove-method methods get-method isa? derive underive make-hierarchy",
	hintClass:  "class type instance? cast bases supers supports? class?",
	hintGensym: "gensym",
	"read EDN text with (clojure.edn/read-string text)":                         "read-string",
	"use (parse-long text), (parse-double text) or (clojure.edn/read-string x)": "Integer/parseInt",
	"seqs are realized by doall, mapv or into":                                  "seque",
	"use str, or (pr-str x)":                                                    "prn-to-str print-to-str",
	"sleeping is a step: (flow/step :sleep :id {:seconds 1})":                   "sleep Thread/sleep",
	"use (throw (ex-info \"message\" {...}))":                                   "exit System/exit",
	"use a (fn [x] ...)":                                                        "memfn lambda function defun",
	"use case, cond or a map":                                                   "switch match core.match/match",
	"use let":                                                                   "let! const",
	"use loop with recur, doseq or reduce":                                      "foreach each for-each",
	"return is the value of the last form; branch with if, cond or when":        "return",
	"use re-find, re-matches or re-seq":                                         "re-matcher re-groups",
	"use (mapv f coll)":                                                         "map-vec mapvec",
	"use (parse-long text)":                                                     "str->int parse-int",
	"use (json/parse text) inside a :function step":                             "cheshire.core/parse-string clojure.data.json/read-str json/read-str json/read",
	"use (json/write-str x) inside a :function step":                            "cheshire.core/generate-string clojure.data.json/write-str",
})

// methods are the methods that people call on strings, collections and dates.
var methods = refusals(map[string]string{
	"use (clojure.string/upper-case s)":              "toUpperCase",
	"use (clojure.string/lower-case s)":              "toLowerCase",
	"use (clojure.string/trim s)":                    "trim strip",
	"use (clojure.string/split s #\"...\")":          "split",
	"use (clojure.string/replace s from to)":         "replace replaceAll",
	"use (clojure.string/replace-first s from to)":   "replaceFirst",
	"use (clojure.string/starts-with? s start)":      "startsWith",
	"use (clojure.string/ends-with? s end)":          "endsWith",
	"use (clojure.string/includes? s part)":          "contains",
	"use (clojure.string/index-of s part)":           "indexOf",
	"use (clojure.string/last-index-of s part)":      "lastIndexOf",
	"use (clojure.string/blank? s)":                  "isBlank",
	"use (clojure.string/join separator coll)":       "join",
	"use (subs s start end)":                         "substring",
	"use (get s i)":                                  "charAt",
	"use (empty? x)":                                 "isEmpty",
	"use (count x)":                                  "length size",
	"use (= a b)":                                    "equals equalsIgnoreCase",
	"use (compare a b)":                              "compareTo",
	"use (hash x)":                                   "hashCode",
	"use (str x)":                                    "toString",
	"use (ex-message e)":                             "getMessage getLocalizedMessage",
	"use (ex-data e)":                                "getData",
	"use (ex-cause e)":                               "getCause",
	"use (key entry)":                                "getKey",
	"use (val entry)":                                "getValue",
	"use (keys m)":                                   "keySet",
	"use (vals m)":                                   "values",
	"use (get m k)":                                  "get getOrDefault",
	"use (contains? m k)":                            "containsKey",
	"use (assoc m k v)":                              "put",
	"use (conj coll x)":                              "add",
	"use (inst-ms t)":                                "getTime toEpochMilli",
	"use (clojure.string/join (repeat n s))":         "repeat",
	"use (format \"...\" x)":                         "format formatted",
	"use (double x)":                                 "doubleValue",
	"use (long x)":                                   "longValue intValue",
	"ask with a predicate: string? number? map? ...": "getClass",
	"use (map int s)":                                "getBytes toCharArray chars",
})

// statics are static members, and classHints what to say about any other member of a class.
var (
	statics = refusals(map[string]string{
		"use (parse-long text)":    "Long/parseLong Integer/parseInt Long/valueOf Integer/valueOf",
		"use (parse-double text)":  "Double/parseDouble Double/valueOf Float/parseFloat",
		"use (parse-boolean text)": "Boolean/parseBoolean Boolean/valueOf",
		"use (max a b)":            "Math/max",
		"use (min a b)":            "Math/min",
		"use (abs x)":              "Math/abs",
		"use (clojure.math/sqrt x), (clojure.math/pow x y), (clojure.math/round x), (clojure.math/floor x), ...": "Math/sqrt Math/pow Math/round Math/floor Math/ceil " +
			"Math/exp Math/log Math/log10 Math/sin Math/cos Math/tan Math/PI Math/E Math/floorDiv Math/floorMod",
		hintRand:                 "Math/random",
		hintTime:                 "System/currentTimeMillis System/nanoTime Instant/now LocalDate/now LocalDateTime/now ZonedDateTime/now OffsetDateTime/now Clock/systemUTC Date/new",
		hintUUID:                 "UUID/randomUUID",
		"use (parse-uuid text)":  "UUID/fromString",
		"use (str x)":            "String/valueOf Long/toString Integer/toString Double/toString",
		"use (format \"...\" x)": "String/format",
		"use (clojure.string/join separator coll)":                                               "String/join",
		"write the number: 9223372036854775807":                                                  "Long/MAX_VALUE",
		"write the number: -9223372036854775808":                                                 "Long/MIN_VALUE",
		"write ##Inf or a large number":                                                          "Double/MAX_VALUE Double/POSITIVE_INFINITY",
		"use (NaN? x)":                                                                           "Double/isNaN",
		"sleeping is a step: (flow/step :sleep :id {:seconds 1})":                                "Thread/sleep",
		"what an installation provides is a slot or an input: declare it under :requires":        "System/getenv System/getProperty",
		"text to and from base64: (weir/base64-encode s), (weir/base64-decode s) in a :function": "Base64/getEncoder Base64/getDecoder",
		"use (weir/parse-instant text) in a :function step":                                      "Instant/parse LocalDate/parse OffsetDateTime/parse ZonedDateTime/parse",
		"use (weir/epoch-ms->instant ms) in a :function step":                                    "Instant/ofEpochMilli Instant/ofEpochSecond",
		"use (weir/url-encode s) in a :function step":                                            "URLEncoder/encode",
		"use (re-pattern text)":                                                                  "Pattern/compile",
		"characters: compare with \\a, or match with a regex":                                    "Character/isDigit Character/isLetter Character/isUpperCase Character/isWhitespace",
		"use (sort coll)": "Collections/sort Arrays/sort",
	})
	classHints = map[string]string{
		"Math":          "use max min abs quot rem mod, or clojure.math/",
		"String":        "use clojure.string/, str, subs, format",
		"StringBuilder": "use str, or clojure.string/join",
		"Date":          "use (flow/now), #inst \"...\", and the instant helpers of :function steps",
		"Instant":       "use (flow/now), #inst \"...\", and the instant helpers of :function steps",
		"Duration":      "give durations as text (\"10m\") or in seconds; weir/instant-plus and weir/duration-between in a :function step",
		"LocalDate":     "use instants (#inst \"...\") and weir/format-instant in a :function step",
		"UUID":          "use (flow/uuid), (parse-uuid text) or #uuid \"...\"",
		"System":        "use (flow/now-ms) for time; settings come as slots or inputs",
		"Thread":        hintThread,
		"ArrayList":     "use a vector",
		"HashMap":       "use a map",
		"HashSet":       "use a set",
		"Exception":     "make one with (ex-info \"message\" {...})",
		"Character":     "compare with \\a, or match with a regex",
		"BigDecimal":    "use (bigdec x) or 1.5M",
		"BigInteger":    "use (bigint x) or 10N",
	}
)

// refusals turns hint -> names into name -> hint.
func refusals(byHint map[string]string) map[string]string {
	out := map[string]string{}
	for hint, names := range byHint {
		for _, name := range strings.Fields(names) {
			out[name] = hint
		}
	}
	return out
}
