package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// bench is what the driver works with.
type bench struct {
	plan
	places  places
	servers *process
}

// figures are one measurement of a load.
type figures struct {
	loadAnswer
	rate      float64       // runs per second
	serverCPU time.Duration // per run
	workerCPU time.Duration
}

func (b *bench) crew(kind string, works bool) (*process, error) {
	p, err := startProcess("crew", crewSettings{Kind: kind, At: b.places, Works: works, Flow: seedFile})
	if err != nil {
		return nil, err
	}
	var ready string
	return p, p.hear(&ready)
}

// seedFile is the definition that must always run verbatim, from this folder.
const seedFile = "../../dev/testdata/advanced-order-orchestration.edn"

// load measures every kind in turn, in rounds, and prints the medians.
func (b *bench) load(ctx context.Context) error {
	fmt.Printf("order flow, %d rounds of %v for each kind in turn; medians\n", b.rounds, b.duration)
	histories := map[string][]line{}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "at once\tkind\truns/s\tof weir's\tp50 ms\tp99 ms\tserver CPU ms/run\tworker CPU ms/run\tevents\tbytes\twrong\t")
	for _, n := range b.at {
		all := map[string][]figures{}
		for round := range b.rounds {
			for _, kind := range b.order(round) {
				f, err := b.measure(ctx, kind, n, round)
				if err != nil {
					return err
				}
				all[kind] = append(all[kind], f)
				histories[kind] = f.History
			}
		}
		b.print(w, n, all)
	}
	if err := w.Flush(); err != nil || !b.ledger {
		return err
	}
	return printLedgers(os.Stdout, b.kinds, histories)
}

// order turns the kinds a place further each round, so that none always comes after the same one.
func (b *bench) order(round int) []string {
	i := round % len(b.kinds)
	return slices.Concat(b.kinds[i:], b.kinds[:i])
}

// warmUp is how long a crew works before it is measured.
const warmUp = time.Second

func (b *bench) measure(ctx context.Context, kind string, n, round int) (figures, error) {
	if ctx.Err() != nil {
		return figures{}, ctx.Err()
	}
	p, err := b.crew(kind, true)
	if err != nil {
		return figures{}, err
	}
	defer p.stop()
	name := fmt.Sprintf("%d-%d", n, round)
	var warm, f figures
	if err := p.ask(question{Do: "load", Runs: n, Duration: warmUp, Round: name + "w"}, &warm.loadAnswer); err != nil {
		return f, err
	}
	server, crew, err := b.used(p)
	if err != nil {
		return f, err
	}
	if err := p.ask(question{Do: "load", Runs: n, Duration: b.duration, Round: name}, &f.loadAnswer); err != nil {
		return f, err
	}
	serverAfter, crewAfter, err := b.used(p)
	if err != nil {
		return f, err
	}
	if f.Runs == 0 {
		return f, fmt.Errorf("%s finished no run: %s", kind, f.Error)
	}
	f.rate = float64(f.Runs) / f.Took.Seconds()
	f.serverCPU = (serverAfter - server) / time.Duration(f.Runs)
	f.workerCPU = (crewAfter - crew) / time.Duration(f.Runs)
	return f, nil
}

func (b *bench) used(p *process) (server, crew time.Duration, err error) {
	server, err = cpu(b.servers.cmd.Process.Pid)
	if err == nil {
		crew, err = cpu(p.cmd.Process.Pid)
	}
	return server, crew, err
}

func (b *bench) print(w *tabwriter.Writer, n int, all map[string][]figures) {
	of := func(kind string, get func(figures) float64) float64 {
		var values []float64
		for _, f := range all[kind] {
			values = append(values, get(f))
		}
		return median(values)
	}
	rate := func(f figures) float64 { return f.rate }
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	for _, kind := range b.kinds {
		f := all[kind][len(all[kind])-1]
		share := "-"
		if slices.Contains(b.kinds, weir) {
			share = fmt.Sprintf("%.2f", of(kind, rate)/of(weir, rate))
		}
		wrong := 0
		for _, f := range all[kind] {
			wrong += f.Wrong
		}
		fmt.Fprintf(w, "%d\t%s\t%.1f\t%s\t%.1f\t%.1f\t%.2f\t%.2f\t%d\t%d\t%d\t\n", n, kind, of(kind, rate), share,
			of(kind, func(f figures) float64 { return ms(f.P50) }), of(kind, func(f figures) float64 { return ms(f.P99) }),
			of(kind, func(f figures) float64 { return ms(f.serverCPU) }), of(kind, func(f figures) float64 { return ms(f.workerCPU) }),
			f.Events, f.Bytes, wrong)
	}
}

// park lets runs wait, and measures what they hold and how soon they end once they may.
func (b *bench) park(ctx context.Context) error {
	fmt.Printf("\n%d runs that wait for an approval\n", b.parked)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tto park s\tmemory kB/run\tto drain s\twrong\t")
	for _, kind := range []string{weir, placed} {
		if !slices.Contains(b.kinds, kind) {
			continue
		}
		if err := b.parkOne(ctx, w, kind); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (b *bench) parkOne(ctx context.Context, w *tabwriter.Writer, kind string) error {
	p, err := b.crew(kind, true)
	if err != nil {
		return err
	}
	defer p.stop()
	var warm, parked, released loadAnswer
	if err := p.ask(question{Do: "load", Runs: 10, Duration: warmUp, Round: "parkw"}, &warm); err != nil {
		return err
	}
	before, err := resident(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	if err := p.ask(question{Do: "park", Runs: b.parked, Round: "park"}, &parked); err != nil {
		return err
	}
	if err := b.settled(ctx, p); err != nil {
		return err
	}
	after, err := resident(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	if err := p.ask(question{Do: "release", Runs: b.parked, Round: "park"}, &released); err != nil {
		return err
	}
	wrong := parked.Wrong + released.Wrong
	fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t\n", kind, parked.Took.Seconds(), float64(after-before)/1024/float64(b.parked), released.Took.Seconds(), wrong)
	if wrong > 0 {
		return errors.New(parked.Error + released.Error)
	}
	return nil
}

// settled waits until a process has nothing more to do.
func (b *bench) settled(ctx context.Context, p *process) error {
	const idle = 50 * time.Millisecond // of processor time in a second
	for {
		before, err := cpu(p.cmd.Process.Pid)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		after, err := cpu(p.cmd.Process.Pid)
		if err != nil || after-before < idle {
			return err
		}
	}
}

// restart kills the worker in the middle of a load, starts another, and counts.
func (b *bench) restart(ctx context.Context) error {
	fmt.Printf("\n10 at once for %v, the worker killed after a third and started again\n", 3*b.duration)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\truns/s\tp50 ms\tp99 ms\twrong\t")
	for _, kind := range []string{weir, placed} {
		if !slices.Contains(b.kinds, kind) {
			continue
		}
		a, err := b.restartOne(ctx, kind)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%.1f\t%d\t%d\t%d\t\n", kind, float64(a.Runs)/a.Took.Seconds(), a.P50.Milliseconds(), a.P99.Milliseconds(), a.Wrong)
	}
	return w.Flush()
}

func (b *bench) restartOne(ctx context.Context, kind string) (loadAnswer, error) {
	var a loadAnswer
	starter, err := b.crew(kind, false)
	if err != nil {
		return a, err
	}
	defer starter.stop()
	first, err := b.crew(kind, true)
	if err != nil {
		return a, err
	}
	if err := starter.tell(question{Do: "load", Runs: 10, Duration: 3 * b.duration, Round: "restart"}); err != nil {
		return a, err
	}
	select {
	case <-ctx.Done():
		first.kill()
		return a, ctx.Err()
	case <-time.After(b.duration):
	}
	first.kill()
	second, err := b.crew(kind, true)
	if err != nil {
		return a, err
	}
	defer second.stop()
	return a, starter.hear(&a)
}
