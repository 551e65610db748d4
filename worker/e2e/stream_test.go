//go:build !slim

package e2e_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/worker"
)

const (
	// maxWorkerMemory is what a worker may take beside its program's text while it streams, whatever the size: with a slim
	// build, whose whole file CI keeps under 62 MB, its process stays well under 200 MB.
	maxWorkerMemory = 100 << 20
	streamTimeout   = 20 * time.Minute
)

// pattern gives n bytes that differ from part to part, and calls half in the middle.
type pattern struct {
	at, n int64
	half  func()
}

func (p *pattern) Read(b []byte) (int, error) {
	if p.at == p.n {
		return 0, io.EOF
	}
	n := int(min(int64(len(b)), p.n-p.at))
	for i := range b[:n] {
		at := p.at + int64(i)
		b[i] = byte(at ^ at>>12 ^ at>>21)
	}
	if p.at < p.n/2 && p.at+int64(n) >= p.n/2 {
		p.half()
	}
	p.at += int64(n)
	return n, nil
}

// source is a server that gives the pattern, and takes it back.
type source struct {
	*httptest.Server
	half func()

	mu   sync.Mutex
	sent string // the sum of what was given whole
	back []string
}

func (s *source) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	sum := sha256.New()
	if r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "application/x-pattern")
		if _, err := io.Copy(io.MultiWriter(w, sum), &pattern{n: streamBytes, half: s.half}); err != nil {
			return
		}
		s.mu.Lock()
		s.sent = hex.EncodeToString(sum.Sum(nil))
		s.mu.Unlock()
		return
	}
	n, err := io.Copy(sum, r.Body)
	s.mu.Lock()
	s.back = append(s.back, fmt.Sprint(hex.EncodeToString(sum.Sum(nil)), " ", n, " ", err))
	s.mu.Unlock()
}

// killedStream: a worker streams an answer to the store and is killed half-way. The next one begins anew, keeps one object and
// nothing else, and sends it back; its memory stays flat.
func killedStream(t *testing.T, w *world) {
	half := make(chan struct{})
	src := &source{half: sync.OnceFunc(func() { close(half) })}
	src.Server = httptest.NewServer(src)
	t.Cleanup(src.Close)
	w.deploy(t, fmt.Sprintf(`{:slug :stream :concurrency {:type :singleton :on-new-version :coexist}
 :flow '(let [ref (flow/step :http :fetch {:url "%s" :persist {:type :blob :tier :ephemeral} :timeout 1200 :retry {:max-attempts 3 :backoff-ms 50}})
              sent (flow/step :http :give-back {:url "%s" :method :put :body-from-ref ref :timeout 1200 :retry {:max-attempts 2 :backoff-ms 50}})]
          (assoc (select-keys ref [:size-bytes :sha256 :uri :content-type]) :sent (:status sent)))}`, src.URL, src.URL))
	kill := w.process(t, "stream")
	starter := w.start(worker.StarterOptions{TaskQueue: "stream"})
	began := time.Now()
	s, err := starter.Start(t.Context(), worker.StartRequest{Slug: "stream"})
	require.NoError(t, err)
	<-half
	kill()
	require.NotEmpty(t, w.objects(t, "uploads/"), "the upload was under way")

	_, pid := w.processID(t, "stream")
	var result struct {
		Size        int64 `json:"size-bytes"`
		SHA256, URI string
		Type        string `json:"content-type"`
		Sent        int
	}
	require.Eventually(t, func() bool {
		run, err := starter.Describe(t.Context(), s.WorkflowID, s.RunID)
		return err == nil && run.Status != worker.StatusRunning
	}, streamTimeout, 100*time.Millisecond)
	memory := peakMemory(t, pid)
	require.NoError(t, json.Unmarshal([]byte(w.result(t, s.WorkflowID, s.RunID)), &result))
	t.Logf("%d bytes to the store and back, with a worker killed in between: %s, peak memory %d MB", result.Size, time.Since(began).Round(time.Second), memory>>20)

	require.EqualValues(t, streamBytes, result.Size)
	require.Equal(t, 200, result.Sent)
	require.Equal(t, src.sent, result.SHA256)
	require.Equal(t, []string{fmt.Sprint(src.sent, " ", int64(streamBytes), " <nil>")}, src.back)
	require.Equal(t, "application/x-pattern", result.Type)
	require.Less(t, memory, int64(maxWorkerMemory))
	require.Empty(t, w.objects(t, "uploads/"))
	kept := w.objects(t, "blobs/ephemeral/stream/")
	require.Len(t, kept, 1)
	require.EqualValues(t, streamBytes, kept[0].Size)
	objects, err := store.OpenObjects(t.Context(), w.places.S3)
	require.NoError(t, err)
	require.NoError(t, store.NewBlobs(objects).Delete(t.Context(), result.URI, store.Operator))
}

// objects lists what the store has under a prefix.
func (w *world) objects(t *testing.T, prefix string) (found []store.Info) {
	t.Helper()
	objects, err := store.OpenObjects(t.Context(), w.places.S3)
	require.NoError(t, err)
	for info, err := range objects.List(t.Context(), prefix, true) {
		require.NoError(t, err)
		found = append(found, info)
	}
	return found
}

// peakMemory is the most that a process has had in memory, as Linux counts it, without the files mapped into it: the text of this
// test program holds a whole Temporal server, which no worker in production does.
func peakMemory(t *testing.T, pid int) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	require.NoError(t, err)
	kb := map[string]int64{}
	for _, line := range strings.Split(string(status), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		var n int64
		if _, err := fmt.Sscanf(rest, "%d kB", &n); err == nil {
			kb[name] = n
		}
	}
	require.NotZero(t, kb["VmHWM"])
	require.NotZero(t, kb["RssFile"])
	return (kb["VmHWM"] - kb["RssFile"]) << 10
}
