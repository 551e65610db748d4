//go:build topology

package main

// The production topology with real processes: a Temporal server, a Redis, an S3
// server, two workers, a gateway, and the temporal CLI beside them. .ci/run
// builds what it needs and names it in WEIR_TEST_BINARY and WEIR_TEST_TEMPORAL.

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v82/webhook"

	"github.com/weir-run/weir/activities/store/s3child"
)

const (
	seed      = "../../dev/testdata/advanced-order-orchestration.edn"
	seedSlug  = "advanced-order-orchestration"
	patience  = 60 * time.Second
	apiToken  = "apitok-5f1c0b77aa9e31d4"
	orders    = "ordtok-9a77f31c5be0d264"
	mails     = "mailtok-c2d4e0919b5f7a38"
	webhooked = "whsec_1b6e77d0c2aa94f1"
)

func TestMain(m *testing.M) {
	s3child.Main()
	starterProcess()
	os.Exit(m.Run())
}

// topology is a running installation of real processes.
type topology struct {
	t        *testing.T // of the whole test: processes outlive the subtest that starts them
	dir      string
	env      []string
	temporal string // address
	gateway  string // URL
	api      *shop
	mu       sync.Mutex
	workers  []*exec.Cmd
	door     *exec.Cmd // the gateway's process
	listen   []string  // addresses of all of them
	logs     []string
}

func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func needed(t *testing.T, variable string) string {
	path := os.Getenv(variable)
	require.NotEmpty(t, path, "%s names the binary to test with; .ci/run sets it", variable)
	return path
}

// start runs a process until the test ends, with its output in a log file.
func (top *topology) start(name string, env []string, program string, args ...string) *exec.Cmd {
	t := top.t
	cmd := exec.Command(program, args...)
	cmd.Env = env
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	path := filepath.Join(top.dir, fmt.Sprintf("%s-%d.log", name, len(top.logs)))
	file, err := os.Create(path)
	require.NoError(t, err)
	top.logs = append(top.logs, path)
	cmd.Stdout, cmd.Stderr = file, file
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = file.Close()
		if t.Failed() {
			text, _ := os.ReadFile(path)
			t.Logf("--- %s\n%s", name, text[max(0, len(text)-4000):])
		}
	})
	return cmd
}

func openTopology(t *testing.T) *topology {
	weir, temporal := needed(t, "WEIR_TEST_BINARY"), needed(t, "WEIR_TEST_TEMPORAL")
	top := &topology{t: t, dir: t.TempDir(), api: openShop(t)}
	top.temporal = fmt.Sprintf("127.0.0.1:%d", freePort(t))
	_, port, _ := net.SplitHostPort(top.temporal)
	top.start("temporal", os.Environ(), temporal, "server", "start-dev", "--headless", "--port", port,
		"--db-filename", filepath.Join(top.dir, "temporal.db"), "--log-level", "error")
	redisPort := freePort(t)
	top.start("redis", os.Environ(), "redis-server", "--port", fmt.Sprint(redisPort), "--bind", "127.0.0.1", "--save", "", "--dir", top.dir)
	s3, err := s3child.Start(s3child.Options{Dir: filepath.Join(top.dir, "s3")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s3.Stop()) })

	bindings := filepath.Join(top.dir, "bindings.edn")
	require.NoError(t, os.WriteFile(bindings, []byte(fmt.Sprintf(
		`{:orders-api {:base-url %q :token #env "ORDERS_TOKEN"} :sendgrid {:base-url %q :token #env "MAIL_TOKEN"}
 :webhook-signing-secret {:secret #env "SIGNING_SECRET"}}`, top.api.URL, top.api.URL)), 0o600))
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	gatewayPort := freePort(t)
	top.gateway = fmt.Sprintf("http://127.0.0.1:%d", gatewayPort)
	top.env = append(os.Environ(),
		"TEMPORAL_ADDRESS="+top.temporal,
		fmt.Sprintf("WEIR_REDIS_URL=redis://127.0.0.1:%d/0", redisPort),
		"WEIR_S3_ENDPOINT=http://"+s3.Endpoint, "WEIR_S3_ACCESS_KEY="+s3.AccessKey, "WEIR_S3_SECRET_KEY="+s3.SecretKey,
		"WEIR_PUBLIC_URL="+top.gateway, "WEIR_SIGNING_KEYS=k1:"+base64.StdEncoding.EncodeToString(key), "WEIR_API_TOKEN="+apiToken,
		"WEIR_BINDINGS="+bindings, "WEIR_EGRESS_ALLOW=127.0.0.1/32",
		"ORDERS_TOKEN="+orders, "MAIL_TOKEN="+mails, "SIGNING_SECRET="+webhooked)
	awaitPort(t, top.temporal)
	awaitPort(t, fmt.Sprintf("127.0.0.1:%d", redisPort))

	require.Eventually(t, func() bool {
		_, err := top.try(weir, "deploy", seed)
		return err == nil
	}, patience, 500*time.Millisecond, "deploy the seed")
	top.worker(t)
	top.worker(t)
	top.openDoor(t)
	return top
}

// openDoor starts the gateway.
func (top *topology) openDoor(t *testing.T) {
	weir, address := needed(t, "WEIR_TEST_BINARY"), strings.TrimPrefix(top.gateway, "http://")
	top.door = top.start("gateway", append(append([]string{}, top.env...), "WEIR_LISTEN="+address), weir, "gateway")
	top.listen = append(top.listen, address)
	require.Eventually(t, func() bool {
		_, err := top.try(weir, "health", top.gateway+"/readyz")
		return err == nil
	}, patience, 100*time.Millisecond, "the gateway is ready")
}

// worker adds a worker process.
func (top *topology) worker(t *testing.T) {
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	cmd := top.start("worker", append(append([]string{}, top.env...), "WEIR_LISTEN="+address), needed(t, "WEIR_TEST_BINARY"), "worker")
	top.mu.Lock()
	top.workers, top.listen = append(top.workers, cmd), append(top.listen, address)
	top.mu.Unlock()
}

// killWorkers ends every worker the hard way.
func (top *topology) killWorkers(t *testing.T) {
	top.mu.Lock()
	defer top.mu.Unlock()
	for _, w := range top.workers {
		require.NoError(t, w.Process.Kill())
		_ = w.Wait()
	}
	top.workers = nil
}

func awaitPort(t *testing.T, address string) {
	require.Eventually(t, func() bool {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	}, patience, 50*time.Millisecond, address)
}

// try runs a command and answers its standard output.
func (top *topology) try(program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = top.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s %v: %w\n%s%s", filepath.Base(program), args, err, out.String(), errs.String())
	}
	return out.String(), nil
}

func (top *topology) weir(t *testing.T, args ...string) string {
	out, err := top.try(needed(t, "WEIR_TEST_BINARY"), args...)
	require.NoError(t, err)
	return out
}

func (top *topology) cli(t *testing.T, args ...string) string {
	out, err := top.try(needed(t, "WEIR_TEST_TEMPORAL"), append(args, "--address", top.temporal)...)
	require.NoError(t, err)
	return out
}

// awaitWait returns once the order's run waits for its manager.
func (top *topology) awaitWait(t *testing.T, order string) {
	require.Eventually(t, func() bool {
		out, err := top.try(needed(t, "WEIR_TEST_BINARY"), "waits", seedSlug, "--json")
		return err == nil && strings.Contains(out, `"approval:order:`+order+`"`)
	}, patience, 200*time.Millisecond, "the run of %s waits", order)
}

func (top *topology) result(t *testing.T, order string) map[string]any {
	var shown struct {
		Status string
		Result map[string]any
	}
	require.Eventually(t, func() bool {
		out, err := top.try(needed(t, "WEIR_TEST_BINARY"), "show", seedSlug+"/"+order, "--json")
		return err == nil && json.Unmarshal([]byte(out), &shown) == nil && shown.Status == "completed"
	}, patience, 200*time.Millisecond, "the run of %s completes", order)
	return shown.Result
}

func TestTopology(t *testing.T) {
	top := openTopology(t)
	t.Run("temporal CLI", func(t *testing.T) { temporalCLI(t, top) })
	t.Run("webhook", func(t *testing.T) { signedWebhook(t, top) })
	t.Run("verbs", func(t *testing.T) { runVerbs(t, top) })
	t.Run("a worker dies while the approval is pending", func(t *testing.T) { dyingWhilePending(t, top) })
	t.Run("a worker dies between an answer and its recording", func(t *testing.T) { dyingBetween(t, top) })
	t.Run("no secret anywhere", func(t *testing.T) { noSecrets(t, top) })
	t.Run("encrypted payloads", func(t *testing.T) { encrypted(t, top) })
}

func temporalCLI(t *testing.T, top *topology) {
	top.cli(t, "workflow", "start", "--task-queue", "weir", "--type", seedSlug, "--workflow-id", "by-hand", "--input", `{"order-id":"o-7"}`)
	top.awaitWait(t, "o-7")
	top.cli(t, "workflow", "signal", "--workflow-id", "by-hand", "--name", "approval:order:o-7", "--input", `{"action":"approve"}`)
	text := top.cli(t, "workflow", "result", "--workflow-id", "by-hand")
	require.Contains(t, text, `"order-id":"o-7"`)
	require.Contains(t, text, `"action":"approve"`)
	history := top.cli(t, "workflow", "show", "--workflow-id", seedSlug+"/o-7", "--output", "json")
	for _, unreadable := range []string{"binary/plain", "json/protobuf", "binary/encrypted"} {
		encoding := base64.StdEncoding.EncodeToString([]byte(unreadable))
		require.False(t, strings.Contains(history, encoding), "a payload is %s", unreadable)
	}
	top.cli(t, "workflow", "show", "--workflow-id", seedSlug+"/o-7", "--detailed")
	schedules := top.cli(t, "schedule", "list", "--output", "json")
	require.Contains(t, schedules, "hourly")
	require.Contains(t, schedules, `"paused": true`)
	require.Contains(t, schedules, "order-id", "says why it is paused")
}

func signedWebhook(t *testing.T, top *topology) {
	payload := []byte(`{"id":"evt_1","order-id":"o-hook","type":"orders.updated"}`)
	send := func(body []byte, header string) (int, string) {
		request, err := http.NewRequest(http.MethodPost, top.gateway+"/hooks/"+seedSlug+"/orders.updated", bytes.NewReader(body))
		require.NoError(t, err)
		request.Header.Set("Stripe-Signature", header)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return response.StatusCode, string(text)
	}
	sign := func(at time.Time) string {
		return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: payload, Secret: webhooked, Timestamp: at}).Header
	}
	good := sign(time.Now())
	broken := append([]byte{}, payload...)
	broken[len(broken)-3] ^= 1
	for name, refused := range map[string]struct {
		body   []byte
		header string
	}{
		"changed byte": {broken, good},
		"old":          {payload, sign(time.Now().Add(-time.Hour))},
		"future":       {payload, sign(time.Now().Add(time.Hour))},
		"plain hex":    {payload, strings.TrimPrefix(good[strings.Index(good, "v1="):], "v1=")},
	} {
		status, _ := send(refused.body, refused.header)
		require.Equal(t, http.StatusUnauthorized, status, name)
	}
	status, first := send(payload, good)
	require.Equal(t, http.StatusAccepted, status, first)
	require.Contains(t, first, `"decision":"started"`)
	status, second := send(payload, sign(time.Now()))
	require.Equal(t, http.StatusAccepted, status, second)
	require.Contains(t, second, `"decision":"deduplicated"`)
	top.awaitWait(t, "o-hook")
	top.weir(t, "reject", seedSlug+"/o-hook")
	require.Equal(t, "reject", top.result(t, "o-hook")["action"])
	require.Empty(t, top.api.fulfilments("o-hook"))
}

func runVerbs(t *testing.T, top *topology) {
	top.weir(t, "run", seedSlug, "--input", `{"order-id":"o-verb"}`)
	top.awaitWait(t, "o-verb")
	require.Contains(t, top.weir(t, "runs", seedSlug), seedSlug+"/o-verb")
	require.Contains(t, top.weir(t, "flows"), seedSlug)
	require.Contains(t, top.weir(t, "versions", seedSlug), "1")
	require.Contains(t, top.weir(t, "show", seedSlug+"/o-verb"), "manager-approval")
	top.weir(t, "resume", seedSlug+"/o-verb", "approval:order:o-verb", "--value", `{"action":"approve","comment":"fine"}`)
	result := top.result(t, "o-verb")
	require.Equal(t, "fine", result["approval"].(map[string]any)["comment"])
	_, err := top.try(needed(t, "WEIR_TEST_BINARY"), "run", seedSlug, "--input", `{}`)
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, exitUsage, exit.ExitCode(), err.Error())
	top.weir(t, "run", seedSlug, "--input", `{"order-id":"o-cancel"}`)
	top.awaitWait(t, "o-cancel")
	top.weir(t, "cancel", seedSlug+"/o-cancel")
	require.Eventually(t, func() bool {
		return strings.Contains(top.weir(t, "show", seedSlug+"/o-cancel", "--json"), `"status": "cancelled"`)
	}, patience, 200*time.Millisecond)
}

func dyingWhilePending(t *testing.T, top *topology) {
	top.weir(t, "run", seedSlug, "--input", `{"order-id":"o-pending"}`)
	top.awaitWait(t, "o-pending")
	top.killWorkers(t)
	approvals := top.api.mailed("o-pending", "Approve: ")
	require.Len(t, approvals, 1)
	link := approvals[0][strings.Index(approvals[0], top.gateway+"/approvals/"):]
	link = link[:strings.IndexAny(link, `"\`)]
	response, err := http.Post(link, "", nil)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusAccepted, response.StatusCode, "kept until a worker is there")
	top.worker(t)
	require.Equal(t, "approve", top.result(t, "o-pending")["action"])
	require.Len(t, top.api.fulfilments("o-pending"), 1)
}

func dyingBetween(t *testing.T, top *topology) {
	answer := make(chan struct{})
	top.api.mu.Lock()
	top.api.hold["o-between"] = answer
	top.api.mu.Unlock()
	top.weir(t, "run", seedSlug, "--input", `{"order-id":"o-between"}`)
	top.awaitWait(t, "o-between")
	top.weir(t, "approve", seedSlug+"/o-between")
	require.Equal(t, "o-between", <-top.api.held)
	top.killWorkers(t) // the API has the request; its answer is never recorded
	close(answer)
	top.api.mu.Lock()
	delete(top.api.hold, "o-between")
	top.api.mu.Unlock()
	top.worker(t)
	top.worker(t)
	require.Equal(t, "approve", top.result(t, "o-between")["action"])
	keys := top.api.fulfilments("o-between")
	require.GreaterOrEqual(t, len(keys), 2, "it was tried again")
	for _, key := range keys {
		require.NotEmpty(t, key)
		require.Equal(t, keys[0], key, "all attempts carry one key")
	}
}
