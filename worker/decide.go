package worker

import (
	"slices"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// receive looks at the signals that came: each ends its wait, or is kept for the one that the run has yet to reach.
func (x *execution) receive() {
	if !x.ready {
		return // what came is for the run as it will be once it has caught up with its memo
	}
	for _, s := range x.in.take() {
		o, err := readOffer(s.Payload, x.now())
		if err != nil {
			x.journal.note(x.now(), "", "a signal "+s.Name+" was ignored: "+err.Error())
			continue
		}
		x.signalled(s.Name, o, s.Late)
	}
}

func (x *execution) signalled(key string, o offer, late bool) {
	if x.book.repeated(o) {
		return
	}
	open, ended := x.book.find(key, o.Occurrence)
	switch {
	case open != nil && late:
		x.journal.note(x.now(), open.Step, "a signal "+key+" came after the deadline")
	case open != nil:
		x.settle(open, o)
	case ended != nil && o.Occurrence > 0:
		x.journal.note(x.now(), ended.Step, "a signal "+key+" came when its wait was over")
	default:
		x.book.keep(key, o)
	}
}

// settle ends w by o, or counts it where w takes several. What w can't take is noted, and changes nothing.
func (x *execution) settle(w *wait, o offer) bool {
	if refused := w.judge(o); refused != nil {
		x.journal.note(x.now(), w.Step, "a decision was ignored: "+refused.message)
		return false
	}
	if w.counts(o) {
		x.book.take(o)
		final, ok := w.count(o)
		w.item.Votes = w.shownVotes()
		if !ok {
			return true
		}
		o = final
	}
	x.book.decide(w, o)
	w.item.By, w.item.Action = o.By, o.action()
	w.item.finish(x.now(), StateDecided)
	return true
}

// refused is why a wait can't take a decision.
type refused struct {
	code, message string
	reply         *decideReply
}

func (r *refused) error() error { return refuse(r.code, r.message, r.reply) }

// judge tells why w can't take o; nil if it can.
func (w *wait) judge(o offer) *refused {
	if missing := missingFields(o.Value, w.Required); len(missing) > 0 {
		return &refused{code: refusedInvalid, message: invalidReason(w.Key, missing)}
	}
	if w.counts(o) {
		return w.judgeVote(o)
	}
	return nil
}

// fetch ends w by what came for it before the run reached it, if anything did.
func (x *execution) fetch(w *wait) bool {
	for {
		o, ok := x.book.fetch(w)
		if !ok {
			return false
		}
		if x.settle(w, o); w.state != StateWaiting {
			return true
		}
	}
}

// late tells whether the deadline of the open wait for key has passed.
func (x *execution) late(key string) bool {
	open, _ := x.book.find(key, 0)
	return open != nil && open.late()
}

func (w *wait) late() bool { return w.timer != nil && w.timer.IsReady() }

// showWaits keeps the search attributes to the keys that are waited for.
func (r *run) showWaits() {
	keys := r.book.keys()
	if !r.attributes || slices.Equal(keys, r.shown) {
		return
	}
	r.shown = keys
	if len(keys) == 0 {
		r.upsert(attributeWaiting.ValueUnset(), attributeStep.ValueUnset())
		return
	}
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = keywordText(key)
	}
	r.upsert(attributeWaiting.ValueSet(texts), attributeStep.ValueSet(keywordText(r.book.open[0].Step)))
}

// checkDecision refuses an update that would change nothing; a refused one leaves no trace in the history.
func (x *execution) checkDecision(q decideRequest) error {
	if q.Key == "" {
		return refuse(refusedInvalid, `the update needs a "key": the wait's`, nil)
	}
	if data, err := wire.Marshal(q.Value.Value); err != nil || len(data) > MaxValue {
		return refuse(refusedInvalid, tooLarge("the decision", len(data), MaxValue), nil)
	}
	o := q.offer()
	if !x.ready || x.target != nil || x.book.repeated(o) {
		return nil
	}
	open, ended := x.book.find(q.Key, q.Occurrence)
	if open != nil {
		if refused := open.judge(o); refused != nil {
			return refused.error()
		}
		return nil
	}
	if ended == nil {
		return nil
	}
	reply := ended.reply()
	message := "the wait " + q.Key + " is over"
	if reply.Outcome == OutcomeAlreadyDecided {
		message = "the wait " + q.Key + " was already decided: " + ended.decision.action()
	}
	return refuse(reply.Outcome, message, &reply)
}

func refuse(code, message string, reply *decideReply) error {
	o := temporal.ApplicationErrorOptions{NonRetryable: true}
	if reply != nil {
		o.Details = []any{*reply}
	}
	return temporal.NewApplicationErrorWithOptions(message, code, o)
}

// decide is the update: it ends the wait, or keeps the decision for the wait that the run has yet to reach.
func (x *execution) decide(ctx workflow.Context, q decideRequest) (decideReply, error) {
	if err := workflow.Await(ctx, func() bool { return x.ready }); err != nil {
		return decideReply{}, err
	}
	if x.target != nil {
		return x.forward(ctx, q)
	}
	x.receive()
	o := q.offer()
	o.At = x.now()
	if x.book.repeated(o) {
		return x.again(q), nil
	}
	open, ended := x.book.find(q.Key, q.Occurrence)
	switch {
	case open != nil && open.late():
		return decideReply{Outcome: OutcomeOver}, nil
	case open != nil:
		refused := open.judge(o)
		x.settle(open, o)
		if refused != nil {
			return decideReply{}, refused.error()
		}
		if open.state == StateWaiting {
			return open.counted(o), nil
		}
		reply := open.reply()
		reply.Outcome = OutcomeDecided
		return reply, nil
	case ended != nil:
		return ended.reply(), nil
	}
	x.book.keep(q.Key, o)
	return decideReply{Outcome: OutcomeKept, Value: q.Value, By: q.By}, nil
}

func (q decideRequest) offer() offer {
	return offer{Value: q.Value.Value, By: q.By, ID: q.ID, Occurrence: q.Occurrence, Approver: q.Approver}
}

// again answers a decision that came before by another way.
func (x *execution) again(q decideRequest) decideReply {
	for _, w := range slices.Backward(x.book.closed) {
		if w.state == StateDecided && w.decision.ID == q.ID {
			reply := w.reply()
			reply.Outcome = OutcomeDecided
			return reply
		}
	}
	for _, w := range x.book.open {
		for _, vote := range w.votes {
			if vote.ID == q.ID {
				return w.counted(vote)
			}
		}
	}
	return decideReply{Outcome: OutcomeKept, Value: q.Value, By: q.By}
}

// reply tells how a wait ended.
func (w *wait) reply() decideReply {
	if w.state != StateDecided {
		return decideReply{Outcome: OutcomeOver}
	}
	d := w.decision
	v := d.Value
	if v.IsNil() {
		v = value.Of(value.EmptyMap)
	}
	return decideReply{Outcome: OutcomeAlreadyDecided, Value: wire.V{Value: v}, By: d.By, At: d.At}
}
