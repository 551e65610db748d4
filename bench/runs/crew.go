package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"
)

// crewSettings make a crew.
type crewSettings struct {
	Kind  string
	At    places
	Works bool   // it runs a worker
	Flow  string // the definition's file, of Weir's
}

// question is one thing that a crew is asked to do.
type question struct {
	Do       string // "load", "park", "release"
	Runs     int    // at once; of park and release, in all
	Duration time.Duration
	Round    string // makes order ids unique
}

// loadAnswer tells how a load went.
type loadAnswer struct {
	Runs     int
	Took     time.Duration
	P50, P99 time.Duration
	Events   int64 // of one run
	Bytes    int64
	History  []line // of the same one
	Wrong    int    // runs that failed
	Error    string // the first failure
}

// crew runs flows of one kind.
type crew struct {
	team
	settings crewSettings
	orders   atomic.Int64
}

// team starts runs and works on them; Weir and the twins each have one.
type team interface {
	// start starts the run of an order and returns its ids.
	start(ctx context.Context, orderID string) (workflowID, runID string, err error)
	approve(ctx context.Context, workflowID, runID, orderID string) error
	temporal() client.Client
	stop()
}

// work is the role "crew": it answers questions until its input ends.
func work() error {
	in := bufio.NewReader(os.Stdin)
	decoder := json.NewDecoder(in)
	c := &crew{}
	if err := decoder.Decode(&c.settings); err != nil {
		return err
	}
	var err error
	if c.settings.Kind == weir {
		c.team, err = newWeirTeam(context.Background(), c.settings)
	} else {
		c.team, err = newTwinTeam(context.Background(), c.settings)
	}
	if err != nil {
		return err
	}
	defer c.team.stop()
	finish, err := profile(c.settings.Kind)
	if err != nil {
		return err
	}
	defer finish()
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode("ready"); err != nil {
		return err
	}
	for {
		var q question
		if err := decoder.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := out.Encode(c.answer(context.Background(), q)); err != nil {
			return err
		}
	}
}

func (c *crew) answer(ctx context.Context, q question) loadAnswer {
	switch q.Do {
	case "park":
		a := c.each(ctx, q, func(ctx context.Context, id string) (string, string, error) { return c.start(ctx, id) })
		if err := writeHeap(c.settings.Kind + "-parked"); err != nil {
			a.wrong(err)
		}
		return a
	case "release":
		return c.each(ctx, q, func(ctx context.Context, id string) (string, string, error) {
			workflowID := c.workflowID(id)
			if err := c.approve(ctx, workflowID, "", id); err != nil {
				return "", "", err
			}
			return workflowID, "", c.temporal().GetWorkflow(ctx, workflowID, "").Get(ctx, nil)
		})
	}
	return c.load(ctx, q)
}

func (c *crew) workflowID(orderID string) string {
	if c.settings.Kind == weir {
		return weirSlug + "/" + orderID
	}
	return c.settings.Kind + "/" + orderID
}

// load keeps q.Runs runs going for q.Duration.
func (c *crew) load(ctx context.Context, q question) loadAnswer {
	var mu sync.Mutex
	var took []time.Duration
	var last [2]string
	a := loadAnswer{}
	began := time.Now()
	var group sync.WaitGroup
	for range q.Runs {
		group.Go(func() {
			for time.Since(began) < q.Duration {
				id := fmt.Sprintf("o-%s-%d", q.Round, c.orders.Add(1))
				at := time.Now()
				workflowID, runID, err := c.start(ctx, id)
				if err == nil {
					err = c.temporal().GetWorkflow(ctx, workflowID, runID).Get(ctx, nil)
				}
				mu.Lock()
				if err != nil {
					a.wrong(err)
				} else {
					took = append(took, time.Since(at))
					last = [2]string{workflowID, runID}
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	a.Runs, a.Took = len(took), time.Since(began)
	slices.Sort(took)
	a.P50, a.P99 = quantile(took, 0.5), quantile(took, 0.99)
	if d, err := c.temporal().DescribeWorkflowExecution(ctx, last[0], last[1]); err == nil {
		a.Events, a.Bytes = d.GetWorkflowExecutionInfo().GetHistoryLength(), d.GetWorkflowExecutionInfo().GetHistorySizeBytes()
	} else {
		a.wrong(err)
	}
	var err error
	if a.History, err = ledger(ctx, c.temporal(), last[0], last[1]); err != nil {
		a.wrong(err)
	}
	return a
}

// each does one thing for each of q.Runs orders that need an approval, some at once.
func (c *crew) each(ctx context.Context, q question, do func(ctx context.Context, orderID string) (string, string, error)) loadAnswer {
	a := loadAnswer{}
	var mu sync.Mutex
	began := time.Now()
	var group errgroup.Group
	group.SetLimit(50)
	for i := range q.Runs {
		group.Go(func() error {
			_, _, err := do(ctx, fmt.Sprintf("%s%s-%d", parkedPrefix, q.Round, i))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				a.wrong(err)
			} else {
				a.Runs++
			}
			return nil
		})
	}
	_ = group.Wait()
	a.Took = time.Since(began)
	return a
}

func (a *loadAnswer) wrong(err error) {
	if a.Wrong++; a.Error == "" {
		a.Error = err.Error()
	}
}

func quietLogger() *slog.Logger { return slog.New(slog.DiscardHandler) }

// twinTeam runs a twin.
type twinTeam struct {
	client client.Client
	kind   string
	halt   func()
}

func newTwinTeam(ctx context.Context, s crewSettings) (*twinTeam, error) {
	c, err := client.DialContext(ctx, client.Options{HostPort: s.At.Temporal, Logger: log.NewStructuredLogger(quietLogger())})
	if err != nil {
		return nil, err
	}
	t := &twinTeam{client: c, kind: s.Kind, halt: func() {}}
	if !s.Works {
		return t, nil
	}
	acts, err := newOutsideSteps(ctx, s.At)
	if err != nil {
		return nil, err
	}
	w := newTwinWorker(c, acts)
	t.halt = w.Stop
	return t, w.Start()
}

func (t *twinTeam) start(ctx context.Context, orderID string) (string, string, error) {
	run, err := t.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: t.kind + "/" + orderID, TaskQueue: twinQueue,
		// The twins that are placed like Weir are started like Weir.
		EnableEagerStart: t.kind == placed || t.kind == local,
	}, t.kind, orderInput{OrderID: orderID})
	if err != nil {
		return "", "", err
	}
	return run.GetID(), run.GetRunID(), nil
}

func (t *twinTeam) approve(ctx context.Context, workflowID, runID, orderID string) error {
	return t.client.SignalWorkflow(ctx, workflowID, runID, approvalKey(orderID), decision{Action: "approve"})
}

func (t *twinTeam) temporal() client.Client { return t.client }
func (t *twinTeam) stop()                   { t.halt(); t.client.Close() }
