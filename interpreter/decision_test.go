package interpreter_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

func TestLabelledBranchesReportTheirDecisions(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]string{
		`^{:label "Big?" :yes "ship" :no "hold"} (if (> 3 2) :a :b)`:           {"Big?=ship/true@1:41"},
		`^{:label "Big?" :yes "ship" :no "hold"} (if (> 1 2) :a :b)`:           {"Big?=hold/false@1:41"},
		`(if ^{:label "On the test?"} (> 1 2) :a :b)`:                          {"On the test?=no/false@1:30"},
		`^{:label "L"} (if-not true 1 2)`:                                      {"L=no/false@1:15"},
		`^{:label "L"} (when 1 2)`:                                             {"L=yes/true@1:15"},
		`^{:label "L"} (when-not 1 2)`:                                         {"L=no/false@1:15"},
		`^{:label "L"} (if-let [x nil] x)`:                                     {"L=no/false@1:15"},
		`^{:label "L"} (when-let [x 1] x)`:                                     {"L=yes/true@1:15"},
		`^{:label "L"} (if-some [x false] x)`:                                  {"L=yes/true@1:15"},
		`^{:label "L"} (when-some [x nil] x)`:                                  {"L=no/false@1:15"},
		`^{:label "L"} (when-first [x [1]] x)`:                                 {"L=yes/true@1:15"},
		`^{:label "L"} (cond false 1 true 2)`:                                  {"L=no/false@1:15"},
		`^{:label "L"} (cond (= 1 1) 1 :else 2)`:                               {"L=yes/true@1:15"},
		`^{:label "L"} (cond (= 1 2) 1 :else 2)`:                               {"L=no/false@1:15"},
		`^{:label "L"} (cond (= 1 2) 1)`:                                       {"L=no/false@1:15"},
		`(cond ^{:label "T"} (= 1 2) 1 :else 2)`:                               {"T=no/false@1:21"},
		`^{:label "L"} (case 1 1 :a :b)`:                                       {"L=yes/true@1:15"},
		`^{:label "L"} (case 2 1 :a :b)`:                                       {"L=no/false@1:15"},
		`^{:label "L"} (condp = 1 1 :a :b)`:                                    {"L=yes/true@1:15"},
		`^{:label "L"} (condp = 2 1 :a :b)`:                                    {"L=no/false@1:15"},
		`(let [x ^{:label "L"} (if true 1 2) y ^{:label "M"} (if nil x 2)] y)`: {"L=yes/true@1:23", "M=no/false@1:53"},
		`(doseq [x [1 2]] ^{:label "L"} (if (odd? x) 1 2))`:                    {"L=yes/true@1:32", "L=no/false@1:32"},
		`(if true 1 2)`: nil,
	} {
		var got []string
		th := value.NewThread(value.Limits{})
		th.OnDecision = func(d value.Decision) {
			got = append(got, fmt.Sprintf("%s=%s/%v@%d:%d", d.Label, d.Answer, d.Yes, d.Pos.Line, d.Pos.Col))
		}
		_, err := compile(t, source, interpreter.Options{}).Run(th)
		require.NoError(t, err, source)
		require.Equal(t, want, got, source)
		_, err = compile(t, source, interpreter.Options{}).Run(value.NewThread(value.Limits{}))
		require.NoError(t, err, "nobody listens: %s", source)
	}
}
