package worker

import (
	"fmt"
	"slices"
	"time"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxVote is how many bytes the decision of one of several approvers may have: those of all of them make one value.
const MaxVote = 16 << 10

// The actions that approvers choose from.
const (
	actionApprove = "approve"
	actionReject  = "reject"
)

// seat is the place of an approver of a wait. It keeps its number, by which its notifications are called; who gets it by a
// reassignment takes a new one.
type seat struct {
	Approver string `json:"a"`
	Left     bool   `json:"l,omitempty"` // given to somebody else
	Reminded int    `json:"r,omitempty"` // how many reminders had been sent when it was taken
	// Note is what the timeline says of how it was taken, and At when.
	Note string    `json:"n,omitempty"`
	At   time.Time `json:"t,omitzero"`
}

// reassignments are the timeline's entries of the seats that were given away.
func (w *wait) reassignments() []Entry {
	var out []Entry
	for _, s := range w.seats {
		if s.Note != "" {
			out = append(out, Entry{Kind: KindNote, Step: w.Step, Started: s.At, Note: s.Note})
		}
	}
	return out
}

// readApprovers reads :approvers and :quorum.
func (c *waitConfig) readApprovers(m *value.Map) *failure {
	approvers, quorum := m.GetKw("approvers"), m.GetKw("quorum")
	if approvers.IsNil() {
		if !quorum.IsNil() {
			return failed(codeInvalidConfig, "a :quorum needs :approvers")
		}
		return nil
	}
	switch approvers.Kind() {
	case value.KindVector, value.KindList, value.KindSeq:
	default:
		return failed(codeInvalidConfig, ":approvers must be a vector of names, not %s", describe(approvers))
	}
	var err error
	value.Each(nil, approvers, func(v value.Value) bool {
		var name string
		if name, err = textOf(v); err == nil {
			err = c.seat(name)
		}
		return err == nil
	})
	if err != nil {
		return failed(codeInvalidConfig, "an approver %s", err)
	}
	if len(c.approvers) == 0 {
		return failed(codeInvalidConfig, ":approvers must name somebody")
	}
	c.quorum = 1
	if !quorum.IsNil() {
		n, ok := quorum.AsInt()
		if !ok || n < 1 || n > int64(len(c.approvers)) {
			return failed(codeInvalidConfig, ":quorum must be a whole number from 1 to the %d :approvers, not %s", len(c.approvers), describe(quorum))
		}
		c.quorum = int(n)
	}
	return nil
}

func (c *waitConfig) seat(name string) error {
	switch {
	case name == "" || len(name) > definition.MaxApprover:
		return fmt.Errorf("must have 1 to %d bytes", definition.MaxApprover)
	case slices.Contains(c.approvers, name):
		return fmt.Errorf("is named twice: %s", describe(value.String(name)))
	case len(c.approvers) == definition.MaxApprovers:
		return fmt.Errorf("is one too many: there may be %d", definition.MaxApprovers)
	}
	c.approvers = append(c.approvers, name)
	return nil
}

// shown is the wait as the query tells it.
func (w *wait) shown() Wait {
	out := w.Wait
	for _, s := range w.seats {
		if !s.Left {
			out.Approvers = append(out.Approvers, s.Approver)
		}
	}
	out.Votes = w.shownVotes()
	return out
}

func (w *wait) shownVotes() []Vote {
	var out []Vote
	for _, v := range w.votes {
		out = append(out, Vote{Approver: v.Approver, Action: v.action(), At: v.At})
	}
	return out
}

// seated is the number of an approver's seat, from 0; -1 where the wait doesn't ask them, or not any more.
func (w *wait) seated(approver string) int {
	return slices.IndexFunc(w.seats, func(s seat) bool { return s.Approver == approver && !s.Left })
}

// vote is what an approver has decided, nil if nothing yet.
func (w *wait) vote(approver string) *offer {
	for i := range w.votes {
		if w.votes[i].Approver == approver {
			return &w.votes[i]
		}
	}
	return nil
}

// counts tells whether o is one of several decisions that w takes. One that names no approver comes from an operator, and ends w.
func (w *wait) counts(o offer) bool { return len(w.seats) > 0 && o.Approver != "" }

// judgeVote tells why w can't take the decision of an approver; nil if it can.
func (w *wait) judgeVote(o offer) *refused {
	if earlier := w.vote(o.Approver); earlier != nil {
		reply := w.counted(*earlier)
		reply.Outcome = OutcomeAlreadyCounted
		return &refused{code: refusedCounted, message: o.Approver + " has decided before: " + earlier.action(), reply: &reply}
	}
	if w.seated(o.Approver) < 0 {
		return &refused{code: refusedReassigned, message: o.Approver + " isn't asked (any more)", reply: &decideReply{Outcome: OutcomeReassigned}}
	}
	if data, err := wire.Marshal(o.Value); err != nil || len(data) > MaxVote {
		return &refused{code: refusedInvalid, message: tooLarge("the decision of an approver", len(data), MaxVote)}
	}
	if a := o.action(); a != actionApprove && a != actionReject {
		return &refused{code: refusedInvalid, message: "the wait " + w.Key + " has approvers, whose :action is approve or reject"}
	}
	return nil
}

// count adds the decision of an approver; ok tells whether that ends w, by final: enough have approved, or so many have rejected
// that no longer enough can.
func (w *wait) count(o offer) (final offer, ok bool) {
	w.votes = append(w.votes, o)
	approvals := w.approvals()
	rejections := len(w.votes) - approvals
	if approvals < w.Quorum && rejections <= len(w.shown().Approvers)-w.Quorum {
		return o, false
	}
	m, _ := o.Value.AsMap()
	all := make([]value.Value, len(w.votes))
	for i, v := range w.votes {
		vote, _ := v.result().AsMap()
		all[i] = value.Of(vote.Assoc(nil, value.Kw("approver"), value.String(v.Approver)))
	}
	o.Value = value.Of(m.Assoc(nil, value.Kw("votes"), value.VectorFrom(all)))
	return o, true
}

func (w *wait) approvals() int {
	n := 0
	for _, v := range w.votes {
		if v.action() == actionApprove {
			n++
		}
	}
	return n
}

// counted is the answer to a decision that was counted.
func (w *wait) counted(o offer) decideReply {
	return decideReply{Outcome: OutcomeCounted, Value: wire.V{Value: o.Value}, By: o.By, At: o.At, Approvals: w.approvals(), Quorum: w.Quorum}
}
