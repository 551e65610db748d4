package core

import "github.com/weir-run/weir/interpreter/value"

// transduction is a transducer at work on elements that come one after the other.
type transduction struct {
	th      *thread
	rf      val
	acc     val
	stopped bool
}

// runXform puts a transducer before emit, which says whether it wants more.
func runXform(th *thread, xform val, emit func(x val) bool) *transduction {
	closed := false
	bottom := value.Of(&value.Builtin{
		Name: "emit", Min: 0, Max: 2,
		Fn:  func(*thread, []val) val { return value.Nil },
		Fn1: func(_ *thread, acc val) val { return acc },
		Fn2: func(_ *thread, acc, x val) val {
			if closed || !emit(x) {
				closed = true
				return value.NewReduced(acc)
			}
			return acc
		},
	})
	return &transduction{th: th, rf: value.Call1(th, xform, bottom)}
}

// step feeds one element, and tells whether more are wanted.
func (t *transduction) step(x val) bool { return t.feed(value.Call2(t.th, t.rf, t.acc, x)) }

// steps feeds elements of several collections side by side.
func (t *transduction) steps(xs []val) bool {
	return t.feed(value.Call(t.th, t.rf, append([]val{t.acc}, xs...)...))
}

func (t *transduction) feed(acc val) bool {
	t.acc = acc
	if isReduced(acc) {
		t.acc, t.stopped = value.Unreduced(acc), true
	}
	return !t.stopped
}

// done completes: transducers that held something back emit it.
func (t *transduction) done() { t.acc = value.Call1(t.th, t.rf, t.acc) }

// sequence is the lazy seq of what xform makes of the elements of colls.
func sequence(th *thread, xform val, colls []val) val {
	p := &pull{}
	p.run = runXform(th, xform, func(x val) bool {
		p.out = append(p.out, x)
		return true
	})
	p.colls = append([]val(nil), colls...)
	if s := value.SeqOf(th, p.rest()); s != nil {
		return value.FromSeq(s)
	}
	return empty
}

// pull feeds a transduction from its sources as elements are asked for.
type pull struct {
	run   *transduction
	colls []val
	out   []val // emitted, not yet taken
	over  bool
}

// rest is the lazy seq of what is still to come; it is asked for once.
func (p *pull) rest() val {
	return lazy(func(th *thread) val {
		p.run.th = th
		for len(p.out) < maxChunk && !p.over {
			p.advance(th)
		}
		if len(p.out) == 0 {
			return value.Nil
		}
		out := p.out
		p.out = nil
		th.ChargeSize(int64(len(out)) * valueSize)
		return value.NewChunk(out, p.rest())
	})
}

// advance feeds one element (of every source), or completes.
func (p *pull) advance(th *thread) {
	more := false
	if len(p.colls) == 1 {
		if s := value.SeqOf(th, p.colls[0]); s != nil {
			th.Charge(1)
			more = p.run.step(s.First(th))
			p.colls[0] = value.RestOf(th, s)
		}
	} else if firsts, rests, ok := step(th, p.colls); ok {
		more = p.run.steps(firsts)
		p.colls = rests
	}
	if !more {
		p.over, p.colls = true, nil
		p.run.done()
	}
}

// eduction is a transducer and its source, run anew each time it is reduced.
type eduction struct {
	xform val
	coll  val
}

func newEduction(th *thread, args []val) val {
	n := len(args) - 1
	return value.Of(&eduction{comp(th, args[:n]), args[n]})
}

// Kind makes it print and compare as a seq.
func (e *eduction) Kind() value.Kind { return value.KindSeq }

// Seq is the seq of what the transducer makes of the source.
func (e *eduction) Seq(th *thread) value.Seq {
	return value.SeqOf(th, sequence(th, e.xform, []val{e.coll}))
}

// EachElement runs the eduction until f returns false.
func (e *eduction) EachElement(th *thread, f func(x val) bool) {
	run := runXform(th, e.xform, f)
	value.Each(th, e.coll, run.step)
	run.done()
}
