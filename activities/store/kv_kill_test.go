package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/activities/store/storetest"
	"github.com/weir-run/weir/interpreter/value"
)

const (
	writerVariable = "WEIR_KV_WRITER"
	writers        = 8
	counters       = 5
	lists          = 200
)

// writer is what a process writes: of all the writes those that are its own, from one on.
type writer struct {
	URL, Prefix      string
	Number, From, To int
}

// kvWriter makes the test program a writer, which tells each write once it is done.
func kvWriter() {
	text := os.Getenv(writerVariable)
	if text == "" {
		return
	}
	var w writer
	err := json.Unmarshal([]byte(text), &w)
	if err == nil {
		err = w.write(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (w writer) write(ctx context.Context) error {
	client, err := store.OpenRedis(ctx, store.RedisOptions{URL: w.URL})
	if err != nil {
		return err
	}
	kv := store.NewKV(client, w.Prefix)
	for i := w.From; i < w.To; i++ {
		id := i*writers + w.Number
		token := "op-" + strconv.Itoa(id)
		if i%2 == 0 {
			_, _, err = kv.Increment(ctx, store.Write{Key: "counter:" + strconv.Itoa(id/2%counters), Token: token}, value.Int(int64(id)))
		} else {
			_, err = kv.Append(ctx, store.Write{Key: "list:" + strconv.Itoa(id%lists), Token: token}, []value.Value{value.Int(int64(id))}, store.MaxAppended)
		}
		if err != nil {
			return err
		}
		fmt.Println(i)
	}
	return nil
}

// run starts the writer again and again until it comes to its end, and kills it every so many writes. What it may or may not
// have done when it died, it does again.
func (w writer) run(every int) (kills int, err error) {
	for w.From < w.To {
		text, err := json.Marshal(w)
		if err != nil {
			return kills, err
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writerVariable+"="+string(text))
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			return kills, err
		}
		lines, last := bufio.NewScanner(out), w.From+every/2+rand.IntN(every)
		killed := false
		for lines.Scan() {
			done, err := strconv.Atoi(lines.Text())
			if err != nil {
				return kills, err
			}
			w.From = done + 1
			if w.From == last && !killed {
				killed = true
				kills++
				if err := cmd.Process.Kill(); err != nil {
					return kills, err
				}
			}
		}
		if err := cmd.Wait(); err != nil && !killed {
			return kills, err
		}
	}
	return kills, nil
}

// Processes count and collect and are killed all the time: every write takes effect once.
func TestWritesOfKilledProcessesTakeEffectOnce(t *testing.T) {
	t.Parallel()
	began := time.Now()
	url, prefix := storetest.RedisURL(t)
	each := kvWrites / writers
	var group errgroup.Group
	kills := make([]int, writers)
	for n := range writers {
		group.Go(func() (err error) {
			kills[n], err = writer{URL: url, Prefix: prefix, Number: n, To: each}.run(max(each/10, 5))
			return err
		})
	}
	require.NoError(t, group.Wait())
	total := 0
	for _, k := range kills {
		total += k
	}
	require.Greater(t, total, writers)

	client, err := store.OpenRedis(t.Context(), store.RedisOptions{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	kv := store.NewKV(client, prefix)
	sums := [counters]int64{}
	items := [lists]map[int64]bool{}
	for id := range each * writers {
		if id/writers%2 == 0 {
			sums[id/2%counters] += int64(id)
			continue
		}
		if items[id%lists] == nil {
			items[id%lists] = map[int64]bool{}
		}
		items[id%lists][int64(id)] = true
	}
	for i, sum := range sums {
		got, _, err := kv.Get(t.Context(), "counter:"+strconv.Itoa(i))
		require.NoError(t, err)
		edn(t, value.Int(sum), got)
	}
	for i, want := range items {
		got, _, err := kv.Get(t.Context(), "list:"+strconv.Itoa(i))
		require.NoError(t, err)
		all, isVector := got.AsVector()
		if len(want) == 0 {
			continue
		}
		require.True(t, isVector)
		require.Equal(t, len(want), all.Len(), "list %d", i)
		latest := map[int64]int64{}
		for _, v := range all.Slice() {
			id, _ := v.AsInt()
			require.True(t, want[id])
			before, seen := latest[id%writers]
			require.True(t, !seen || before < id, "a process's own items stay in their order")
			latest[id%writers] = id
		}
	}
	t.Logf("%d writes by %d processes, %d kills: %s", each*writers, writers, total, time.Since(began).Round(time.Millisecond))
}
