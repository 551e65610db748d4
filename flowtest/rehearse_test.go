package flowtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

// TestWhatACancelledRunLeavesBehindReachesNoOther cancels runs while a slow answer and a retry are under way: the next run in
// the same world sees requests of its own alone, and begins without waiting for either.
func TestWhatACancelledRunLeavesBehindReachesNoOther(t *testing.T) {
	t.Parallel()
	var tests strings.Builder
	for i := range 8 {
		fmt.Fprintf(&tests, `{:name "%d" :input {:n %d} :cancel-after "30ms" :stubs {:api {[:get "/{n}/slow"] {:delay-ms 600000} [:post "/{n}/x"] {:status 503}}}}`, i, i)
	}
	s := suiteOf(t, `{:slug :f :concurrency {:type :singleton}
		:requires [{:slot :api :type :http-api :base-url "https://api.example.com" :auth {:type :none}}]
		:flow '(let [n (:n (flow/input))] (flow/parallel
			(flow/step :http :slow {:connection :api :path (str "/" n "/slow") :timeout 600})
			(flow/step :http :again {:connection :api :method :post :path (str "/" n "/x") :retry {:max-attempts 99 :backoff-ms 10}})))}`,
		`{:tests [`+tests.String()+`]}`)
	w, err := newWorld(t.Context(), s.Flow)
	require.NoError(t, err)
	defer w.close()
	began := time.Now()
	for i, test := range s.Tests {
		r, o := w.rehearse(&worker.Flow{}, test)
		require.NoError(t, o.err)
		require.Equal(t, worker.StatusCancelled, o.failure.Status)
		require.False(t, r.inflight.begin(), "nothing begins any more")
		require.Zero(t, r.inflight.n)
		for _, sent := range w.outside.requests() {
			require.True(t, strings.HasPrefix(sent.path, fmt.Sprintf("/%d/", i)), sent.path)
		}
	}
	require.Less(t, time.Since(began), 5*time.Minute, "the slow answer comes after ten")
}

func TestARequestReadAfterItsRunIsOfNoOther(t *testing.T) {
	t.Parallel()
	o := newOutside()
	o.forget()
	before := o.current()
	o.forget()
	for _, run := range []string{before, "", o.current()} {
		r := httptest.NewRequest(http.MethodGet, "/f/api/x", nil)
		r.Header.Set(runHeader, run)
		o.ServeHTTP(httptest.NewRecorder(), r)
	}
	sent := o.requests()
	require.Len(t, sent, 1)
	require.Empty(t, sent[0].header.Values(runHeader), "the flow sent no such header")
}
