package worker

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
)

// host answers the flow/ functions of one line of evaluation: the body, or a branch of flow/parallel.
type host struct {
	run  *run
	ctx  workflow.Context
	path string         // of the branch: "" for the body, "1.0" for the first branch of its first flow/parallel, "1.0/2.1"...
	n    map[string]int // how often each of this line's own sources was asked: ids, numbers, branches
}

var _ definition.Host = (*host)(nil)

// attach makes th a line of evaluation of h.
func (h *host) attach(th *value.Thread) {
	th.Host = h
	th.Await = h.awaitLines
	th.Cleanup = h.cleanup
	th.OnDecision = func(d value.Decision) {
		h.run.journal.add(Entry{Kind: KindDecision, Label: d.Label, Answer: d.Answer, Started: h.run.now(), Line: d.Pos.Line})
	}
}

// next numbers what h asks of one source, from 1.
func (h *host) next(source string) int {
	if h.n == nil {
		h.n = map[string]int{}
	}
	h.n[source]++
	return h.n[source]
}

// Input is the run's input, with its defaults and :flow/ctx.
func (h *host) Input() value.Value { return h.run.input }

// NowMs is the recorded time of the workflow task.
func (h *host) NowMs() int64 { return h.run.now().UnixMilli() }

// UUID derives the next random UUID of this line from the run's recorded seed.
func (h *host) UUID() string {
	b := h.draw("uuid")
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := hex.EncodeToString(b[:16])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// Rand is the next number in [0, 1) of this line.
func (h *host) Rand() float64 {
	return float64(binary.BigEndian.Uint64(h.draw("rand"))>>11) / (1 << 53)
}

// draw gives the next 32 unguessable bytes of a source. They depend on the recorded seed and on where in the body they
// were asked for, not on what other branches do, so an evaluation that starts over draws the same.
func (h *host) draw(source string) []byte {
	mac := hmac.New(sha256.New, h.run.randomSeed())
	mac.Write([]byte(source + "\x00" + h.path + "\x00" + itoa(h.next(source))))
	return mac.Sum(nil)
}

// randomSeed is recorded when the run first needs it: one marker, and none for runs that draw nothing.
func (r *run) randomSeed() []byte {
	if r.seed == nil {
		recorded := workflow.SideEffectWithOptions(r.ctx, workflow.SideEffectOptions{Summary: "random seed"}, newSeed)
		if err := recorded.Get(&r.seed); err != nil {
			panic(err) // a history that isn't ours: the SDK reports it
		}
	}
	return r.seed
}

func newSeed(workflow.Context) any {
	seed := make([]byte, 16)
	_, _ = rand.Read(seed) // never fails
	return seed
}

// SlotBound tells whether a slot had a binding when the run started.
func (h *host) SlotBound(slot string) bool { return h.run.plan.bound(slot) }

// pause blocks this line until an activity is done and begins a new slice of work. It panics when the run is cancelled.
func (h *host) pause(th *value.Thread, f workflow.Future, into any) error {
	h.run.publish()
	h.run.inflight++
	err := f.Get(h.ctx, into)
	h.run.inflight--
	th.Refill()
	var stopped *temporal.CanceledError
	if errors.As(err, &stopped) && h.ctx.Err() != nil {
		panic(cancelled())
	}
	return err
}
