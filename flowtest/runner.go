package flowtest

import (
	"cmp"
	"context"
	"regexp"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/worker"
)

// Options say which tests are run, and how.
type Options struct {
	Only  *regexp.Regexp // nil: all; else those whose file's and own name it is found in
	Lanes int            // tests at once; 0: as many as make sense here
	Limit time.Duration  // of one test, in real time; 0: MaxTest
}

// lanesPerCPU is how many tests run at once on a processor: each of them often waits for a moment.
const lanesPerCPU = 4

// Result is what became of one test.
type Result struct {
	Suite    *Suite
	Test     *Test
	Failures []Failure // none: it passed
	Took     time.Duration

	trail trail
}

// Passed tells whether everything was as expected.
func (r Result) Passed() bool { return len(r.Failures) == 0 }

// job is a test to be run.
type job struct {
	suite *Suite
	test  *Test
}

// Run runs the tests of the suites and returns what became of each, in their order. The error is about the machine, or ctx.
func Run(ctx context.Context, suites []*Suite, opt Options) ([]Result, error) {
	jobs := opt.jobs(suites)
	results := make([]Result, len(jobs))
	err := opt.each(ctx, len(jobs), func(ctx context.Context, l *lane, i int) (err error) {
		results[i], err = l.run(ctx, jobs[i])
		return err
	})
	return results, err
}

// each does n things, several at once: each lane one after the other. The first error ends it.
func (o Options) each(ctx context.Context, n int, do func(ctx context.Context, l *lane, i int) error) error {
	lanes := o.Lanes
	if lanes <= 0 {
		lanes = lanesPerCPU * runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	flow := &worker.Flow{}
	group, ctx := errgroup.WithContext(ctx)
	for range min(lanes, n) {
		group.Go(func() error {
			l := &lane{limit: cmp.Or(o.Limit, MaxTest), flow: flow, worlds: map[*definition.Flow]*world{}}
			defer l.close()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := do(ctx, l, i); err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}

// jobs are the tests that are asked for.
func (o Options) jobs(suites []*Suite) []job {
	var out []job
	for _, s := range suites {
		for _, t := range s.Tests {
			if o.Only == nil || o.Only.MatchString(s.File+": "+t.Name) {
				out = append(out, job{s, t})
			}
		}
	}
	return out
}

// lane runs tests one after the other, in worlds of its own.
type lane struct {
	limit  time.Duration
	flow   *worker.Flow
	worlds map[*definition.Flow]*world
}

func (l *lane) run(ctx context.Context, j job) (Result, error) {
	w, err := l.world(ctx, j.suite.Flow)
	if err != nil {
		return Result{}, err
	}
	began := time.Now()
	out := w.run(l.flow, j.test)
	return Result{Suite: j.suite, Test: j.test, Failures: j.test.check(out), Took: time.Since(began), trail: trailOf(out)}, nil
}

// world is the lane's for a flow.
func (l *lane) world(ctx context.Context, f *definition.Flow) (*world, error) {
	if w := l.worlds[f]; w != nil {
		return w, nil
	}
	w, err := newWorld(ctx, f)
	if err == nil {
		w.limit = l.limit
		l.worlds[f] = w
	}
	return w, err
}

func (l *lane) close() {
	for _, w := range l.worlds {
		w.close()
	}
}
