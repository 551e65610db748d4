package interpreter_test

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/value"
)

// hogs keep all that they build.
var hogs = []string{
	"(loop [s (list)] (recur (conj s 1)))",
	"(loop [s []] (recur (conj s 1)))",
	"(loop [s {} i 0] (recur (assoc s i i) (inc i)))",
	"(into [] (range))",
	"(loop [s \"ab\"] (recur (str s s)))",
	"(doall (map (fn [i] {:a i}) (range)))",
	"(let [a (atom nil)] (loop [] (swap! a (fn [x] [x x x x])) (recur)))",
}

func TestFiftyHogsAtOnceStayBounded(t *testing.T) {
	const each, turns = 3 * value.LargeSize, 2
	gate := interpreter.NewGate(turns)
	watch := watchHeap()
	var group sync.WaitGroup
	for i := range 50 {
		program := compile(t, hogs[i%len(hogs)], interpreter.Options{})
		group.Go(func() {
			th := value.NewThread(value.Limits{Size: each})
			defer gate.Watch(context.Background(), th)()
			_, err := program.Run(th)
			var e *interpreter.Error
			if !errors.As(err, &e) || !e.Limit {
				t.Errorf("%s: %v", hogs[i%len(hogs)], err)
			}
		})
	}
	friendly := compile(t, "(reduce + (map inc (range 1000)))", interpreter.Options{})
	for range 20 {
		v, err := friendly.Run(value.NewThread(value.Limits{}))
		require.NoError(t, err)
		require.Equal(t, "500500", value.PrStr(nil, v))
	}
	group.Wait()
	peak := watch()
	t.Logf("peak heap: %d MB", peak>>20)
	require.Less(t, peak, 3*uint64(50*value.LargeSize+turns*each), "what fifty build before the gate and two beyond, with garbage and what estimates miss")
}

func TestGateEndsWithItsContext(t *testing.T) {
	t.Parallel()
	gate := interpreter.NewGate(1)
	hog := compile(t, hogs[0], interpreter.Options{})
	th := value.NewThread(value.Limits{})
	leave := gate.Watch(context.Background(), th)
	_, err := hog.Run(th)
	require.ErrorContains(t, err, "-limit]")

	ctx, cancel := context.WithCancel(context.Background())
	waiting := value.NewThread(value.Limits{})
	leaveToo := gate.Watch(ctx, waiting)
	ended := make(chan error)
	go func() {
		_, err := hog.Run(waiting)
		ended <- err
	}()
	small := value.NewThread(value.Limits{})
	defer gate.Watch(context.Background(), small)()
	_, err = compile(t, "(vec (range 1000))", interpreter.Options{}).Run(small)
	require.NoError(t, err, "small ones don't wait")
	cancel()
	require.ErrorContains(t, <-ended, "[cancelled]")
	leaveToo()
	leave()

	again := value.NewThread(value.Limits{})
	defer gate.Watch(context.Background(), again)()
	_, err = hog.Run(again)
	require.ErrorContains(t, err, "-limit]", "the turn was given back")
}

// watchHeap samples the heap until the function that it returns is called, which gives the largest growth.
func watchHeap() (peak func() uint64) {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	base, most := read(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	tick := time.NewTicker(5 * time.Millisecond)
	go func() {
		defer close(stopped)
		defer tick.Stop()
		for {
			if now := read(); now > base {
				most = max(most, now-base)
			}
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return most
	}
}
