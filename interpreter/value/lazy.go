package value

import (
	"sync"
	"sync/atomic"
)

// LazySeq is a seq that is computed when it is first looked at, and then remembered.
// Several lines of evaluation may share one: whoever comes first computes it, the others wait
// (Thread.Await, where the host has coroutines). What gen throws leaves it as it was.
type LazySeq struct {
	once once
	gen  func(th *Thread) Value
	got  Seq
	meta *Map
}

// lazyWork is what one link of a lazy seq costs: a closure, a cell and the lazy seq after it.
const lazyWork = 4

// NewLazySeq is (lazy-seq ...): gen runs at most once and gives anything seqable.
func NewLazySeq(gen func(th *Thread) Value) Value { return Value{ref: &LazySeq{gen: gen}} }

// Realized tells whether the seq was computed already.
func (l *LazySeq) Realized() bool { return l.once.done() }

// seq computes the seq if need be. Lazy seqs that give lazy seqs are followed in a loop: a chain of
// them takes no stack. A gen that needs another lazy seq takes one level of depth.
func (l *LazySeq) seq(th *Thread) Seq {
	if l.once.done() {
		return l.got
	}
	if l.once.begin(th) {
		end := pending
		defer func() { l.once.end(end) }()
		v := l.run(th)
		for {
			inner, ok := v.ref.(*LazySeq)
			if !ok {
				break
			}
			v = inner.step(th)
		}
		l.got = SeqOf(th, v)
		l.gen = nil
		end = done
	}
	return l.got
}

// step computes one link of a chain: what gen gave, be it lazy again.
func (l *LazySeq) step(th *Thread) Value {
	if l.once.done() || !l.once.begin(th) {
		return FromSeq(l.got)
	}
	defer l.once.end(pending)
	v := l.run(th)
	l.gen = func(*Thread) Value { return v }
	return v
}

func (l *LazySeq) run(th *Thread) Value {
	th.Enter()
	th.Charge(lazyWork)
	v := l.gen(th)
	th.Leave()
	return v
}

// once lets one line of evaluation at a time compute something that is then remembered.
type once struct {
	state atomic.Uint32
	by    atomic.Pointer[Thread] // who is computing
}

// States of a once.
const (
	pending uint32 = iota
	running
	done
)

func (o *once) done() bool { return o.state.Load() == done }

// begin claims the computation: false when another line finished it meanwhile. After true, end must follow.
func (o *once) begin(th *Thread) bool {
	for !o.state.CompareAndSwap(pending, running) {
		if o.done() {
			return false
		}
		if by := o.by.Load(); th == nil || th.under(by) {
			ThrowLimit(CodeDepth, "take the value from somewhere else", "a lazy value needs itself to be computed")
		}
		if th.Await != nil {
			th.Await(func() bool { return o.state.Load() != running })
			continue
		}
		waiters.Lock()
		waiting.Add(1)
		for o.state.Load() == running {
			settled.Wait()
		}
		waiting.Add(-1)
		waiters.Unlock()
	}
	o.by.Store(th)
	return true
}

// end leaves the computation in the given state and wakes whoever waits.
func (o *once) end(state uint32) {
	o.by.Store(nil)
	o.state.Store(state)
	if waiting.Load() > 0 {
		waiters.Lock()
		settled.Broadcast()
		waiters.Unlock()
	}
}

// Waiting for another line is rare; one condition serves all.
var (
	waiters sync.Mutex
	settled = sync.NewCond(&waiters)
	waiting atomic.Int32
)
