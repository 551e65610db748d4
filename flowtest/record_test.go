package flowtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter/wire"
	"github.com/weir-run/weir/worker"
)

// played runs a test and gives the run as it would be recorded.
func played(t *testing.T, s *Suite, test *Test) Recorded {
	t.Helper()
	w, err := newWorld(t.Context(), s.Flow)
	require.NoError(t, err)
	defer w.close()
	r, o := w.rehearse(&worker.Flow{}, test)
	require.NoError(t, o.err)
	rec, err := r.Recording(s.Flow)
	require.NoError(t, err)
	sent, err := json.Marshal(rec) // as it travels
	require.NoError(t, err)
	out := Recorded{Timeline: o.timeline.Entries, Failure: o.failure, Ended: test.Now.Add(o.took)}
	require.NoError(t, json.Unmarshal(sent, &out.Recording))
	if o.failure == nil {
		out.Result, err = wire.MarshalPlain(o.result)
		require.NoError(t, err)
	}
	return out
}

// TestRecordedRunsOfExamplesPassAtOnce records every run that the examples' tests make. Beside its flow, without its stubs, each
// record is a test that passes.
func TestRecordedRunsOfExamplesPassAtOnce(t *testing.T) {
	t.Parallel()
	suites, problems := Load("../examples", "testdata")
	require.NoError(t, problems.Err())
	n := 0
	for _, s := range suites {
		for _, test := range s.Tests {
			if test.Name == "takes no number for a name" {
				continue // a run whose body never begins has nothing to record
			}
			r := played(t, s, test)
			text, notes, err := Record(t.Context(), r)
			require.NoError(t, err, test.Name)
			require.Empty(t, notes, "%s: %s\n%s", s.File, test.Name, text)
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.Base(s.Flow.File)), s.Flow.Text, 0o600))
			file := filepath.Join(dir, r.RecordedName())
			require.NoError(t, os.WriteFile(file, text, 0o600))
			recorded, problems := Load(file)
			require.NoError(t, problems.Err(), string(text))
			results, err := Run(t.Context(), recorded, Options{})
			require.NoError(t, err)
			require.True(t, results[0].Passed(), "%s\n%s", text, Text(results, 0, nil))
			require.NotContains(t, string(text), ":result _", "%s", text)
			n++
		}
	}
	require.Greater(t, n, 25)
}

func suiteOf(t *testing.T, flow, tests string) *Suite {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "f.edn"), []byte(flow), 0o600))
	s, problems := Parse(filepath.Join(dir, "f.test.edn"), []byte(tests))
	require.NoError(t, problems.Err())
	return s
}

func TestRecordsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	s := suiteOf(t, `{:slug :f :concurrency {:type :singleton}
		:requires [{:slot :api :type :http-api :base-url "https://api.example.com" :auth {:type :none}}]
		:invocations {:default {:inputs [{:name :user :type :text} {:name :pass :type :password} {:name :key :type :secret}]}}
		:flow '(let [{:keys [user pass key]} (flow/input)
			a (flow/step :http :login {:connection :api :method :post :path "/login" :json {:pass pass}})
			b (flow/step :function :keep {:input {:k (str "key " key)}})]
			{:user user :echo (:echo a) :key (:k b) :url (:url a) :at (flow/now-ms) :id (flow/uuid)})}`,
		`{:tests [{:name "x" :input {:user "ada" :pass "hunter2-secret" :key "k-31415926"}
			:stubs {:api {[:post "/login"] {:json {:echo ["got hunter2-secret!"] :url "https://s3.example.com/b/o?X-Amz-Date=1&X-Amz-Signature=abcdef&x=1"}}}}}]}`)
	text, notes, err := Record(t.Context(), played(t, s, s.Tests[0]))
	require.NoError(t, err)
	require.Empty(t, notes)
	for _, secret := range []string{"hunter2", "31415926", "abcdef"} {
		require.NotContains(t, string(text), secret)
	}
	require.Contains(t, string(text), `:pass "<pass>"`)
	require.Contains(t, string(text), `got <pass>!`)
	require.Contains(t, string(text), `:id _`)
	require.Contains(t, string(text), `:user "ada"`)
}

func TestFailedAndCancelledRunsAreRecorded(t *testing.T) {
	t.Parallel()
	const flow = `{:slug :f :concurrency {:type :singleton}
		:requires [{:slot :api :type :http-api :base-url "https://api.example.com" :auth {:type :none}}]
		:flow '(do (dotimes [n 3] (flow/step :http :get {:connection :api :path (str "/" n) :on-error :skip}))
			(flow/step :sleep :nap {:duration "1h"})
			(throw (ex-info "no" {})))}`
	const stubs = `:stubs {:api {[:get "/{n}"] {:status 404} [:get "/1"] {:json {:ok true}}}}`
	for test, want := range map[string]string{
		`{:name "fails" ` + stubs + `}`:                           ":expect {:error {:code ",
		`{:name "is cancelled" ` + stubs + ` :cancel-after "5m"}`: `:cancel-after "5m"`,
	} {
		s := suiteOf(t, flow, `{:tests [`+test+`]}`)
		text, notes, err := Record(t.Context(), played(t, s, s.Tests[0]))
		require.NoError(t, err)
		require.Empty(t, notes, string(text))
		require.Contains(t, string(text), want)
		require.Equal(t, 2, strings.Count(string(text), "{:fail "), "each occurrence has its own answer\n%s", text)
		require.Contains(t, string(text), ":path [:get :get :get :nap]")
	}
	s := suiteOf(t, flow, `{:tests [{:name "x"}]}`)
	r := played(t, s, s.Tests[0])
	r.Failure.Status = worker.StatusTerminated
	_, _, err := Record(t.Context(), r)
	require.ErrorIs(t, err, ErrNotOver)

	r = played(t, s, s.Tests[0])
	r.Failure, r.Result = nil, json.RawMessage(`1`)
	_, notes, err := Record(t.Context(), r)
	require.NoError(t, err)
	require.NotEmpty(t, notes, "a record that isn't as the run says so")
}
