package interpreter_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/interpreter"
	"github.com/weir-run/weir/interpreter/core"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// fraction of the default limits of work and size that the tests of hostile programs run under, so that they are short.
const fraction = 32

func runHostile(source string, limits value.Limits) (*value.Thread, *interpreter.Error) {
	th := value.NewThread(limits)
	_, err := interpreter.Eval("hostile.clj", source, th, interpreter.Options{Natives: core.FunctionLibrary()})
	e, _ := err.(*interpreter.Error) //nolint:errorlint // Eval gives it bare
	return th, e
}

// TestHostileProgramsEndInTheirLimit is not parallel: it counts what is allocated.
func TestHostileProgramsEndInTheirLimit(t *testing.T) {
	for code, sources := range hostile {
		limits := value.Limits{Work: value.DefaultWork / fraction, Size: value.DefaultSize / fraction}
		ends := []string{value.CodeWork, value.CodeSize} // the smaller the limits, the sooner one overtakes the other
		if code == value.CodeDepth {
			limits, ends = value.Limits{Work: value.DefaultWork, Size: value.DefaultSize}, []string{code}
		}
		for _, source := range sources {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			th, e := runHostile(source, limits)
			runtime.ReadMemStats(&after)
			require.NotNil(t, e, source)
			require.True(t, e.Limit, "%s: %v", source, e)
			require.NotZero(t, e.Pos.Line, source)
			require.Contains(t, ends, e.Code, source)
			if e.Code == value.CodeWork {
				require.Zero(t, th.WorkLeft(), source)
			}
			require.Less(t, after.TotalAlloc-before.TotalAlloc, 8*uint64(limits.Size), source)
		}
	}
}

func TestHostileTextsAreRefused(t *testing.T) {
	t.Parallel()
	for source, code := range refused {
		_, e := runHostile(source, value.Limits{})
		require.NotNil(t, e, source)
		require.Equal(t, code, e.Code, source)
		require.NotZero(t, e.Pos.Line, source)
	}
	const deep = 100_000
	_, ok, problems := syntax.ReadValue("deep.edn", []byte(strings.Repeat("{:a ", deep)+"1"+strings.Repeat("}", deep)))
	require.False(t, ok)
	require.Len(t, problems, 1)
	require.Equal(t, "too-deep", problems[0].Code)
	require.Equal(t, 4*syntax.MaxDepth+1, problems[0].Pos.Col)
	_, err := wire.FromJSON([]byte(strings.Repeat(`{"a":`, deep)+"1"+strings.Repeat("}", deep)), wire.JSONLimits{})
	var tooDeep *wire.DepthError
	require.ErrorAs(t, err, &tooDeep)
}

// BenchmarkHostile runs each hostile program under the default limits. It reports processor time (of all threads, so with
// the collector's) and allocated megabytes; wall time means nothing on a busy machine.
//
//	go test ./interpreter -run xxx -bench Hostile -benchtime 1x
func BenchmarkHostile(b *testing.B) {
	for _, code := range []string{value.CodeWork, value.CodeSize, value.CodeDepth} {
		for i, source := range hostile[code] {
			b.Run(fmt.Sprintf("%s/%d", code, i), func(b *testing.B) {
				b.Log(source)
				begin := processorTime()
				for b.Loop() {
					if _, e := runHostile(source, value.Limits{}); e == nil || !e.Limit {
						b.Fatal(e)
					}
				}
				b.ReportMetric(float64((processorTime()-begin).Milliseconds())/float64(b.N), "cpu-ms/op")
				b.ReportAllocs()
			})
		}
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkCancel is the time from Cancel to the end of the evaluation.
func BenchmarkCancel(b *testing.B) {
	for _, source := range []string{
		"(loop [] (recur))",
		"(loop [v [1]] (recur (mapv inc (range 1000))))",
		`(let [s (apply str (repeat 100000 "a"))] (loop [] (re-find #"(x+x+)+y" s) (recur)))`,
		"(loop [n (reduce *' (range 1 2000))] (str n) (recur n))",
	} {
		started := make(chan struct{})
		program := compile(b, "(do (host/started) "+source+")", interpreter.Options{Natives: map[string]*value.Builtin{
			"host/started": {Name: "host/started", Fn: func(*value.Thread, []value.Value) value.Value {
				started <- struct{}{}
				return value.Nil
			}},
		}})
		b.Run(source, func(b *testing.B) {
			var waits []time.Duration
			for b.Loop() {
				th := value.NewThread(value.Limits{Work: 1 << 60, Size: 1 << 60})
				ended := make(chan time.Time)
				go func() {
					_, _ = program.Run(th)
					ended <- time.Now()
				}()
				<-started
				begin := time.Now()
				th.Cancel()
				waits = append(waits, (<-ended).Sub(begin))
			}
			slices.Sort(waits)
			b.ReportMetric(float64(waits[len(waits)/2].Microseconds()), "median-us")
			b.ReportMetric(float64(waits[len(waits)-1].Microseconds()), "worst-us")
		})
	}
}
