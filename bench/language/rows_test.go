package language

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rows are the pieces of work, in the order of the report.
var rows = []string{"fib", "loop", "pipeline", "strings", "sortgroup", "nested", "json", "call"}

// items is how many maps the collection rows have.
const items = 100_000

// an engine prepares a row once and returns what to time; ok is false when it can't say the row.
type engine struct {
	name    string
	prepare func(b *testing.B, row string) (run func() any, ok bool)
}

var engines = []engine{{"weir", prepareWeir}, {"goja", prepareGoja}, {"starlark", prepareStarlark}, {"gopher-lua", prepareLua}, {"yaegi", prepareYaegi}, {"expr", prepareExpr}}

func BenchmarkLanguage(b *testing.B) {
	for _, row := range rows {
		for _, e := range engines {
			b.Run(row+"/"+e.name, func(b *testing.B) {
				run, ok := e.prepare(b, row)
				if !ok {
					b.Skip("the language can't say this row")
				}
				b.ReportAllocs()
				begin := processorTime()
				for b.Loop() {
					run()
				}
				b.ReportMetric(float64(processorTime()-begin)/float64(b.N), "cpu-ns/op")
			})
		}
	}
}

// processorTime is what all threads of the process have used: what counts on a busy machine, the collector's share included.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// answers are what every engine must give, as text.
var answers = map[string]string{
	"fib": "75025", "loop": "500000500000", "pipeline": "3332864027", "strings": "48890", "sortgroup": "99999:100", "nested": "10000", "call": "high:true",
}

// TestEnginesAgree keeps the rows honest: each engine does the whole work.
func TestEnginesAgree(t *testing.T) {
	for _, row := range rows {
		for _, e := range engines {
			var got any
			testing.Benchmark(func(b *testing.B) {
				if got != nil {
					return
				}
				if run, ok := e.prepare(b, row); ok {
					got = run()
				}
			})
			if want := answers[row]; got != nil && want != "" && fmt.Sprint(got) != want {
				t.Errorf("%s: %s gives %v, want %s", row, e.name, got, want)
			}
		}
	}
}

// document is about 1 MB of JSON: an array of orders.
var document = func() string {
	var parts []string
	for i := range 5_000 {
		parts = append(parts, fmt.Sprintf(`{"id":"o-%d","customer":{"name":"Customer %d","email":"c%d@example.com"},"lines":[{"sku":"tent","quantity":%d,"price":12.5},{"sku":"peg","quantity":%d,"price":0.25}],"tags":["a","b","c"],"paid":%t}`,
			i, i, i, i%7, i%13, i%3 == 0))
	}
	return "[" + strings.Join(parts, ",") + "]"
}()
