package definition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/definition"
)

// TestProblems holds definitions and everything that is wrong with them, found in one pass.
func TestProblems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		``:                 {"1:1 no-definition"},
		`[]`:               {"1:1 wrong-type"},
		`{}`:               {"1:1 missing-field", "1:1 missing-field", "1:1 missing-field"},
		`{:slug :f`:        {"1:1 unclosed"},
		`{:slug :f :flow}`: {"1:1 missing-field", "1:1 missing-field", "1:11 odd-map"},
		`{:slug :name "x" :concurrency {:type :singleton} :flow '1}`: {"1:56 odd-map"},
		flowText() + ` {}`: {"1:65 extra-form"},
		`{:slug f :concurrency [] :flow (flow/input)}`:                             {"1:8 wrong-type", "1:23 wrong-type", "1:32 wrong-type"},
		`{:slug :1f :concurrency {:type :single} :flow '(flow/imput)}`:             {"1:8 bad-slug", "1:32 unknown-value", "1:49 unresolved"},
		`{:slug :a/b :concurrency {:type :keyed :on-new-version :drian} :flow '1}`: {"1:8 bad-slug", "1:26 missing-field", "1:56 unknown-value"},
		`{:slug :f :concurrency {:type :keyed :key-field []} :flow '1}`:            {"1:49 wrong-type"},
		`{:slug :f :concurrency {:type :singleton :key-field :a} :flow '1}`:        {"W 1:53 unused-field"},
		`{:slug :f :concurrency {:type :keyed :key-field [:a :b]} :flow '1 :invocations {:default {:inputs [{:name :a}]} :two {:inputs [{:name :a :required true}]}}}`: {"W 1:49 lane-key-optional"},
		flowText(`:name :x :description 7 :tags "x"`): {"1:69 wrong-type", "1:85 wrong-type", "1:93 wrong-type"},

		flowText(`:requires [{:slot :a :type :htp-api} {:slot :a :type :secret} {:type :secret} 7]`):                                             {"1:90 unknown-value", "1:107 duplicate-id", "1:125 missing-field", "1:141 wrong-type"},
		flowText(`:requires [{:slot :a :type :http-api :base-url "example.com" :auth {:type :hmac}}]`):                                           {"1:110 bad-url", "1:137 unknown-value"},
		flowText(`:requires [{:slot :a :type :http-api :base-url "https://u:p@x.io"} {:slot :b :type :http-api :base-url "https://x.io/?a=1"}]`): {"1:110 bad-url", "1:166 bad-url"},
		flowText(`:requires [{:slot :a :type :secret :base-url "https://x.io"} {:kind :form}]`):                                                  {"W 1:108 unused-field", "1:124 missing-field"},

		flowText(`:templates [{:id :a :type :http-request} {:id :a :type :notification :channels {:fax {}}} {:type :db-query :id :q}]`): {"1:75 missing-field", "1:109 duplicate-id", "1:143 unknown-channel", "1:153 missing-field"},
		flowText(`:templates [{:id :a :type :http-request :request {:connection :b :metod :get}}]`):                                     {"1:125 unknown-slot", "W 1:128 unknown-field"},

		flowText(`:functions [{:id :a :code "(fn [x] (foo x))"} {:id :b :code "1 2"} {:id :c :code ""} {:id :d :code 7} {:id :e :code "(fn [x)"} {:id :f :language :go :code "x"}]`): {"1:99 unresolved", "1:126 no-function", "1:144 no-function", "1:162 wrong-type", "1:186 unmatched-delimiter", "1:219 go-syntax"},
		flowText(`:functions [{:id :a :code '(fn [x] (flow/input))} {:id :a :code '(fn [x] x)}]`):                                                                                    {"1:99 refused", "1:118 duplicate-id"},
		flowText(`:functions [{:id :a :code "(fn [x]
   \"a\\n\" (foo x))"}]`): {"2:14 unresolved"},

		flowText(`:steps [{:id :a/b :type :time} {:id :a/b :type :sleep} {:id :c :type :http} {:id "x/y" :type :time} {:type :http} {:id :d/e} {:id :f/g :type :htp} 7]`): {
			"W 1:76 unused-step", "1:99 duplicate-id", "1:123 bad-id", "1:144 wrong-type", "1:163 missing-field", "1:177 missing-field", "1:204 unknown-value", "1:210 wrong-type"},
		flowText(`:steps [{:id :a/b :type :http :defaults {:urll "x" :method :gett :path (str "a" 1)}} {:id :a/c :type :time :defaults [] :default 1}]`): {
			"W 1:76 unused-step", "1:134 not-data", "W 1:153 unused-step", "1:180 wrong-type", "W 1:183 unknown-field"},
		`{:slug :f :concurrency {:type :singleton} :steps [{:id :a/b :type :http :defaults {:url "x" :query {:a 1} :headers}}] :flow '(flow/step :a/b {:path "x" :query})}`: {
			"1:107 odd-map", "1:153 odd-map"},
		// The defaults are checked with each call, and told of once.
		`{:slug :f :concurrency {:type :singleton} :steps [{:id :a/b :type :http :defaults {:connection :nope :metod :get}}]
 :flow '[(flow/step :a/b {}) (flow/step :a/b {:path 7}) (flow/step :a/bb {}) (->> {} (flow/step :a/b)) (flow/step :a/b {} {}) (flow/step :a/b :id {} {})]}`: {
			"1:96 unknown-slot", "W 1:102 unknown-field", "W 2:41 duplicate-step", "2:53 wrong-type", "2:68 unknown-step-type", "2:97 bad-form",
			"2:120 wrong-type", "2:127 wrong-arity", "2:147 missing-field"},
		flowText(`:invocations {:default {:inputs [{:name :a :type :txt} {:type :text} {:name :a} {:name :s :type :select} {:name :n :type :number :default "1"}]}}`): {"1:112 unknown-value", "1:118 missing-field", "1:139 duplicate-id", "1:143 missing-field", "1:201 wrong-default"},

		flowText(`:interfaces {:manual [{:id :a :invocation :nope} {:id :b}] :webhook [{:id :a :auth {:type :none}} {:id :w}] :mpc []}`):                    {"1:105 unknown-invocation", "1:112 too-many", "1:137 duplicate-id", "1:161 missing-field", "W 1:171 unknown-field"},
		flowText(`:interfaces {:webhook [{:id :a :event-name "a/b" :auth {:type :none}}]}`):                                                                 {"1:106 wrong-type", "W 1:125 open-door"},
		flowText(`:interfaces {:webhook [{:id :a :auth {:type :hmac-sha256 :secret-ref :x :username "u"}}]}`):                                               {"1:100 missing-field", "1:132 unknown-slot", "W 1:145 unused-field"},
		flowText(`:requires [{:slot :x :type :http-api}] :interfaces {:webhook [{:id :a :auth {:type :basic :username "a:b" :secret-ref :x}}]}`):            {"1:163 bad-username", "1:181 wrong-slot-type"},
		flowText(`:interfaces {:webhook [{:id :a :auth {:type :signature :algo :ecdsa-p256 :signed-message :timestamp-payload :signature-header "a b"}}]}`): {"1:100 missing-field", "1:100 missing-field", "1:189 wrong-type"},
		flowText(`:interfaces {:webhook [{:id :a :auth {:type :ip-allowlist :allow ["10.0.0.0/99" 7]}}]}`):                                                  {"1:129 bad-address", "1:143 bad-address"},
		flowText(`:interfaces {:mcp [{:id :a} {:id "a.b"}]}`):                                                                                               {"1:96 bad-id"},

		flowText(`:schedules [{:id :a :cron "* * * *"} {:id :a :cron "@daily"} {:id :c :cron "@daily" :timezone "Mars/Base"} {:id :d}]`): {
			"1:89 bad-cron", "1:105 duplicate-id", "1:157 bad-timezone", "1:170 missing-field"},
		flowText(`:invocations {:default {:inputs [{:name :n :type :number :required true}]}} :schedules [{:id :a :cron "@daily" :input {:n "1"}} {:id :b :cron "@daily"}]`): {"1:185 wrong-input", "W 1:205 schedule-lacks-input"},
		flowText(`:triggers [{:type :manul} {:type :event :config {:source :queue}} {:type :schedule}]`):                                                                     {"1:81 unknown-value", "1:89 missing-field", "1:120 unknown-value", "1:129 missing-field"},
		`{:slug :f :concurrency {:type :singleton} :flow '(do #flow/include "x.edn" #foo 1)}`:                                                                                {"1:54 bad-include", "1:76 unknown-tag"},
		flowText(`:x #foo/bar 1`):                         {"W 1:63 unknown-field", "1:66 unknown-tag"},
		flowText(`:x #=(inc 1) :y #flow/include "x.edn"`): {"W 1:63 unknown-field", "1:66 read-eval", "W 1:76 unknown-field", "1:79 bad-include"},

		`{:slug :f :concurrency {:type :singleton}
		  :flow '(let [a (flow/step :htp :a {})
		               b (System/currentTimeMillis)
		               c (undefined-thing a)]
		           (flow/step :function :b {:code "(fn [x] (bar x))"}))}`: {"2:31 unknown-step-type", "W 3:18 unused-binding", "3:21 refused", "W 4:18 unused-binding", "4:21 unresolved", "5:55 unresolved"},
	} {
		f, problems := definition.Parse("f.edn", []byte(text))
		require.Equal(t, want, short(problems), text)
		require.Equal(t, problems.HasErrors(), f == nil)
	}
}
