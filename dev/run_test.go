//go:build !slim

package dev_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev"
	"github.com/weir-run/weir/dev/embedded"
)

const (
	patience = 60 * time.Second
	seed     = "testdata/advanced-order-orchestration.edn"
	stubs    = "testdata/seed-stubs.edn"
	// twoHours makes the seed's wait of two hours last two seconds.
	twoHours = 3600
)

func TestMain(m *testing.M) {
	embedded.RunChild()
	asChild()
	os.Exit(m.Run())
}

// output collects what a dev server writes while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// await returns what follows the mark on its line, once it was written.
func (o *output) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	var found []string
	require.Eventually(t, func() bool {
		found = re.FindStringSubmatch(o.String())
		return found != nil
	}, patience, 10*time.Millisecond, "%s in:\n%s", pattern, o)
	return found[len(found)-1]
}

// exit runs a flow to its end, as --exit does.
func exit(t *testing.T, opt dev.Options) (result map[string]any, stderr string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var out, errs output
	opt.Exit, opt.Stdin, opt.Stdout, opt.Stderr = true, strings.NewReader(""), &out, &errs
	err = dev.Run(ctx, opt)
	if out.String() != "" {
		require.NoError(t, json.Unmarshal([]byte(out.String()), &result), out.String())
	}
	return result, errs.String(), err
}

// server is a dev server that stays.
type server struct {
	out, errs output
	gateway   string
}

// serve runs one until the test ends.
func serve(t *testing.T, opt dev.Options) *server {
	t.Helper()
	s := &server{}
	ctx, cancel := context.WithCancel(context.Background())
	opt.Stdin, opt.Stdout, opt.Stderr = strings.NewReader(""), &s.out, &s.errs
	ended := make(chan error, 1)
	go func() { ended <- dev.Run(ctx, opt) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-ended)
	})
	s.gateway = s.errs.await(t, `gateway (http://\S+)`)
	s.errs.await(t, `web-ui (http://\S+)`)
	return s
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestHelloWorld(t *testing.T) {
	result, stderr, err := exit(t, dev.Options{Paths: []string{"../examples/hello-world"}, Input: json.RawMessage(`{"name":"ada"}`)})
	require.NoError(t, err, stderr)
	require.Equal(t, "Hello, Ada!", result["greeting"])
	require.Regexp(t, `gateway http://127\.0\.0\.1:\d+`, stderr)
	require.Contains(t, stderr, "completed")
}

func TestEveryExampleRuns(t *testing.T) {
	inputs, err := filepath.Glob("../examples/*/input.json")
	require.NoError(t, err)
	require.NotEmpty(t, inputs)
	for _, path := range inputs {
		input, err := os.ReadFile(path)
		require.NoError(t, err)
		_, stderr, err := exit(t, dev.Options{Paths: []string{filepath.Dir(path)}, Input: input, Decide: "approve", TimeScale: 60})
		require.NoError(t, err, "%s\n%s", path, stderr)
	}
}

func TestTheSeedApproved(t *testing.T) {
	result, stderr, err := exit(t, dev.Options{Paths: []string{seed}, Stubs: stubs, Input: json.RawMessage(`{"order-id":"o-1001"}`), Decide: "approve"})
	require.NoError(t, err, stderr)
	require.Equal(t, "approve", result["action"], stderr)
	require.Equal(t, map[string]any{"fulfillment-id": "f-1"}, result["fulfillment"].(map[string]any)["body"])
	require.Regexp(t, `^res://`, result["risk-artifact-ref"])
	require.Contains(t, stderr, "Manager approval required? → Wait for manager action")
	require.Contains(t, stderr, "outbox advanced-order-orchestration :sendgrid POST /v3/mail/send")
}

func TestTheSeedRejected(t *testing.T) {
	result, stderr, err := exit(t, dev.Options{Paths: []string{seed}, Stubs: stubs, Input: json.RawMessage(`{"order-id":"o-1"}`), Decide: "reject"})
	require.NoError(t, err, stderr)
	require.Equal(t, "reject", result["action"])
	require.Equal(t, map[string]any{"status": "not-fulfilled"}, result["fulfillment"])
}

func TestTheSeedTimesOut(t *testing.T) {
	result, stderr, err := exit(t, dev.Options{Paths: []string{seed}, Stubs: stubs, Input: json.RawMessage(`{"order-id":"o-1"}`), TimeScale: twoHours})
	require.NoError(t, err, stderr)
	require.Equal(t, "reject", result["action"])
	require.Equal(t, map[string]any{"action": "reject", "reason": "timeout"}, result["approval"])
}

func TestTheSeedWithLowRiskAsksNobody(t *testing.T) {
	result, stderr, err := exit(t, dev.Options{Paths: []string{seed}, Stubs: "testdata/seed-stubs-low.edn", Input: json.RawMessage(`{"order-id":"o-1"}`)})
	require.NoError(t, err, stderr)
	require.Equal(t, map[string]any{"action": "approve", "reason": "auto"}, result["approval"])
	require.NotContains(t, stderr, "/approvals/")
}

const counting = `{:slug :counting :concurrency {:type :singleton :on-new-version :drain}
 :flow '(let [n (flow/step :kv :count {:operation :increment :key "count"})
              blob (flow/step :function :keep {:input {:n (:value n)} :persist {:type :blob}})]
          {:n (:value n) :blob (:uri blob)})}`

func TestADataFolderIsFoundAgain(t *testing.T) {
	dir := t.TempDir()
	flow := write(t, dir, "counting.edn", counting)
	opt := dev.Options{Paths: []string{flow}, Input: json.RawMessage(`{}`), DataDir: filepath.Join(dir, "data")}
	result, stderr, err := exit(t, opt)
	require.NoError(t, err, stderr)
	require.EqualValues(t, 1, result["n"])

	s := serve(t, dev.Options{Paths: []string{flow}, DataDir: opt.DataDir})
	_, _, err = exit(t, opt)
	require.ErrorContains(t, err, "another weir dev uses it")
	token := s.errs.await(t, `WEIR_API_TOKEN=(\S+)`)
	request, err := http.NewRequest(http.MethodGet, s.gateway+"/api/runs/counting", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	text := body(t, request)
	require.Contains(t, text, `"status":"completed"`, "the first run is still known")
	require.Contains(t, text, result["blob"].(string))
}

func TestKVOutlivesARestart(t *testing.T) {
	dir := t.TempDir()
	opt := dev.Options{Paths: []string{write(t, dir, "counting.edn", counting)}, Input: json.RawMessage(`{}`), DataDir: filepath.Join(dir, "data")}
	for n := 1; n <= 2; n++ {
		result, stderr, err := exit(t, opt)
		require.NoError(t, err, stderr)
		require.EqualValues(t, n, result["n"])
	}
}

func TestEditsAreDeployedAndBrokenOnesAreNot(t *testing.T) {
	dir := t.TempDir()
	flow := func(answer string) string {
		return `{:slug :edited :concurrency {:type :singleton :on-new-version :drain} :flow '(do ` + answer + `)}`
	}
	write(t, dir, "edited.edn", flow("1"))
	s := serve(t, dev.Options{Paths: []string{dir}})
	s.errs.await(t, `(deployed edited version 1)`)
	write(t, dir, "edited.edn", flow("(nosuch 1)"))
	s.errs.await(t, `(edited\.edn:1:\d+: error: .*nosuch)`)
	s.errs.await(t, `(kept what is deployed)`)
	write(t, dir, "edited.edn", flow("2"))
	s.errs.await(t, `(deployed edited version 2)`)
}

func TestARunThatFails(t *testing.T) {
	flow := write(t, t.TempDir(), "failing.edn", `{:slug :failing :concurrency {:type :singleton :on-new-version :drain}
 :flow '(throw (ex-info "no luck" {:why :test}))}`)
	result, stderr, err := exit(t, dev.Options{Paths: []string{flow}, Input: json.RawMessage(`{}`)})
	require.ErrorIs(t, err, dev.ErrRunFailed)
	require.Nil(t, result)
	require.Contains(t, stderr, "no luck")
}

func TestWrongUse(t *testing.T) {
	hello := []string{"../examples/hello-world"}
	for name, opt := range map[string]dev.Options{
		"no path":          {Input: json.RawMessage(`{}`)},
		"no such action":   {Paths: hello, Input: json.RawMessage(`{}`), Decide: "perhaps"},
		"exit alone":       {Paths: hello},
		"no object":        {Paths: hello, Input: json.RawMessage(`[1]`)},
		"no JSON":          {Paths: hello, Input: json.RawMessage(`{`)},
		"low port":         {Paths: hello, Input: json.RawMessage(`{}`), PortBase: 80},
		"time goes back":   {Paths: hello, Input: json.RawMessage(`{}`), TimeScale: 0.5},
		"input incomplete": {Paths: []string{seed}, Stubs: stubs, Input: json.RawMessage(`{}`)},
	} {
		_, _, err := exit(t, opt)
		var wrong *dev.UsageError
		require.ErrorAs(t, err, &wrong, name)
	}
	_, stderr, err := exit(t, dev.Options{Paths: []string{"testdata/absent.edn"}, Input: json.RawMessage(`{}`)})
	require.ErrorIs(t, err, dev.ErrProblems)
	require.Contains(t, stderr, "absent.edn")
}

func TestATakenPortBaseIsRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, _, err = exit(t, dev.Options{Paths: []string{seed}, Input: json.RawMessage(`{}`), PortBase: l.Addr().(*net.TCPAddr).Port})
	var wrong *dev.UsageError
	require.ErrorAs(t, err, &wrong)
}

func TestAnotherTemporalServer(t *testing.T) {
	dir := t.TempDir()
	other, err := embedded.StartTemporal(embedded.TemporalOptions{
		File: filepath.Join(dir, "t.db"), Frontend: 17233, UI: 17234, HTTP: 17235, History: 17236, Matching: 17237, Worker: 17238,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Stop()) })
	result, stderr, err := exit(t, dev.Options{
		Paths: []string{"../examples/hello-world"}, Input: json.RawMessage(`{"name":"ada"}`), Temporal: other.Address,
	})
	require.NoError(t, err, stderr)
	require.NotEmpty(t, result)
	require.Contains(t, stderr, "temporal "+other.Address)
}

func TestTheOutboxHasItsPage(t *testing.T) {
	s := serve(t, dev.Options{Paths: []string{seed}, Stubs: stubs, Input: json.RawMessage(`{"order-id":"o-5"}`)})
	link := s.errs.await(t, `Approve (http://\S+/approvals/\S+)`)
	request, err := http.NewRequest(http.MethodGet, s.gateway+"/outbox", nil)
	require.NoError(t, err)
	require.Contains(t, body(t, request), link)
	page, err := http.NewRequest(http.MethodGet, link, nil)
	require.NoError(t, err)
	require.Contains(t, body(t, page), "o-5")
	decision, err := http.NewRequest(http.MethodPost, link, nil)
	require.NoError(t, err)
	body(t, decision)
	s.errs.await(t, `(✓ manager-approval .*approve)`)
	require.Eventually(t, func() bool { return strings.Contains(s.out.String(), `"action":"approve"`) }, patience, 10*time.Millisecond)
}

func body(t *testing.T, request *http.Request) string {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Less(t, response.StatusCode, 300, string(text))
	return string(text)
}
