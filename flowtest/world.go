package flowtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/activities/egress"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/madeup"
	"github.com/weir-run/weir/flowtest/bucket"
	"github.com/weir-run/weir/jail"
)

// world is what the runs of one flow need around them, one run at a time: stores, stand-ins, activities.
type world struct {
	flow    *definition.Flow
	version int
	limit   time.Duration // of one run, in real time

	dir      string
	bucket   *bucket.Bucket
	bare     []string // what the bucket holds before a run
	redis    *miniredis.Miniredis
	client   *redis.Client
	kv       *store.KV
	versions *store.Versions
	outside  *outside
	server   *http.Server
	acts     *activities.Activities
}

// newWorld makes a world with the flow deployed in it.
func newWorld(ctx context.Context, f *definition.Flow) (_ *world, err error) {
	w := &world{limit: MaxTest, flow: f, bucket: bucket.New(), outside: newOutside()}
	defer func() {
		if err != nil {
			w.close()
			err = fmt.Errorf("make a world for tests: %w", err)
		}
	}()
	w.redis = miniredis.NewMiniRedis()
	if err := w.redis.Start(); err != nil {
		return nil, err
	}
	w.client = redis.NewClient(&redis.Options{Addr: w.redis.Addr()})
	w.kv = store.NewKV(w.client, "")
	objects, err := store.OpenObjects(ctx, store.S3Options{Endpoint: bucket.Endpoint, AccessKey: "test", SecretKey: "test", Transport: w.bucket})
	if err != nil {
		return nil, err
	}
	address, err := w.serve()
	if err != nil {
		return nil, err
	}
	bindings, err := w.bind(address)
	if err != nil {
		return nil, err
	}
	guard, err := egress.New(egress.Options{Dev: true, Sealed: true})
	if err != nil {
		return nil, err
	}
	mode, err := jail.ModeOf(os.Getenv(jail.Variable))
	if err != nil {
		return nil, err
	}
	w.versions = store.NewVersions(objects)
	w.acts = activities.New(activities.Deps{
		Versions: w.versions, Blobs: store.NewBlobs(objects), KV: w.kv, Bindings: bindings, Egress: guard, Links: links{}, GoJail: mode,
		Around: func(next http.RoundTripper) http.RoundTripper { return stamped{next, w.outside} },
		Logger: slog.New(slog.DiscardHandler),
	})
	return w, w.deploy(ctx, f)
}

// deploy makes f, a flow of the same slug and slots, the one that is run from now on.
func (w *world) deploy(ctx context.Context, f *definition.Flow) error {
	if w.version > 0 {
		w.bucket.Keep(w.bare) // without the last run's blobs
	}
	version, _, err := w.versions.Deploy(ctx, f)
	if err != nil {
		return fmt.Errorf("deploy %s: %w", f.Slug, err)
	}
	w.flow, w.version, w.bare = f, version, w.bucket.Names()
	return nil
}

// serve lets the outside answer on a port of this machine.
func (w *world) serve() (address string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	w.server = &http.Server{Handler: w.outside, ReadHeaderTimeout: time.Minute}
	go func() {
		if err := w.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			_ = l.Close()
		}
	}()
	return "http://" + l.Addr().String(), nil
}

// bind writes the bindings: every slot leads to the outside, with a credential of its own. What users bind is not looked at.
func (w *world) bind(address string) (*binding.Source, error) {
	var err error
	if w.dir, err = os.MkdirTemp("", "weir-test-"); err != nil {
		return nil, err
	}
	reaches := map[string]bool{}
	for _, s := range w.flow.Requires {
		reaches[s.Slot] = s.Type == definition.SlotHTTP || s.Type == definition.SlotLLM
	}
	text, _ := madeup.Bindings(madeup.Ask{
		Flow: w.flow, Address: address,
		Stubbed: func(slot string) bool { return reaches[slot] }, Bound: func(string) bool { return false },
	})
	path := filepath.Join(w.dir, "bindings.edn")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return nil, err
	}
	return binding.Open(binding.File{Path: path})
}

// reset takes every trace of the last run away.
func (w *world) reset(t *Test) error {
	w.redis.FlushAll()
	w.redis.SetTime(t.Now)
	w.bucket.Keep(w.bare)
	w.outside.forget()
	w.outside.standins.Use(w.flow.Slug, t.Book)
	for _, e := range t.KV {
		if _, err := w.kv.Set(context.Background(), store.Write{Key: e.key}, e.value, false); err != nil {
			return fmt.Errorf("put %s into KV: %w", e.key, err)
		}
	}
	return nil
}

// close lets go of everything.
func (w *world) close() {
	if w.acts != nil {
		w.acts.Close()
	}
	if w.server != nil {
		_ = w.server.Close()
	}
	if w.client != nil {
		_ = w.client.Close()
	}
	if w.redis != nil {
		w.redis.Close()
	}
	if w.dir != "" {
		_ = os.RemoveAll(w.dir)
	}
}

// links are addresses that lead nowhere: they show which wait they are of.
type links struct{}

func (links) Links(w activities.PendingWait) (approve, reject string, err error) {
	base := fmt.Sprintf("https://weir.test/%s/waits/%s/%d/", w.WorkflowID, w.Key, w.Occurrence)
	if w.Approver != "" {
		base += w.Approver + "/"
	}
	return base + "approve", base + "reject", nil
}
