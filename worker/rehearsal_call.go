package worker

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"go.temporal.io/sdk/workflow"
)

// typeAnswered is what runs in a rehearsal in place of a called flow.
const typeAnswered = "weir.answered"

// CallAnswer is what a called flow gives in a rehearsal: its result, or why it failed.
type CallAnswer struct {
	Result        json.RawMessage // plain JSON
	Code, Message string          // Code is "" of one that doesn't fail
	Data          json.RawMessage // plain JSON
}

// AnswerCalls lets answers take the place of flows that the run calls. Step is the slug of the called flow, or the id of the
// :fanout that calls it; n is which of those calls it is, from 1, or in a :fanout the item. A call without an answer is made.
func (r *Rehearsal) AnswerCalls(answer func(step string, n int) (CallAnswer, bool)) {
	r.calls.answer = answer
}

// answeredCalls holds the answers of a rehearsal's calls; its interceptor looks here.
type answeredCalls struct {
	answer func(step string, n int) (CallAnswer, bool)
}

func (c *answeredCalls) of(workflowID string) (CallAnswer, bool) {
	step, n, ok := calledIn(workflowID)
	if !ok || c.answer == nil {
		return CallAnswer{}, false
	}
	return c.answer(step, n)
}

// calledIn reads the workflow ID of a call: weir.child/RUN/CALL.
func calledIn(workflowID string) (step string, n int, ok bool) {
	rest, ok := strings.CutPrefix(workflowID, callPrefix)
	if !ok {
		return "", 0, false
	}
	_, id, _ := strings.Cut(rest, "/")
	if id, err := url.PathUnescape(id); err == nil {
		return callOf(id)
	}
	return "", 0, false
}

// callOf reads what tells a call from the run's others: call/SLUG/N, or fanout/STEP/OCCURRENCE.ITEM, whose items count from 0.
func callOf(id string) (step string, n int, ok bool) {
	kind, rest, _ := strings.Cut(id, "/")
	last := strings.LastIndexByte(rest, '/')
	if last < 0 || kind != "call" && kind != "fanout" {
		return "", 0, false
	}
	step, number := rest[:last], rest[last+1:]
	if kind == "fanout" {
		_, number, _ = strings.Cut(number, ".")
	}
	n, err := strconv.Atoi(number)
	if kind == "fanout" {
		n++
	}
	return step, n, err == nil
}

// answered ends as the flow that it stands for is said to.
func answered(_ workflow.Context, a CallAnswer) (json.RawMessage, error) {
	if a.Code != "" {
		return nil, runFailure{Code: a.Code, Message: a.Message, Data: a.Data}.fail()
	}
	return a.Result, nil
}

func (p *patientOutbound) ExecuteChildWorkflow(ctx workflow.Context, name string, args ...any) workflow.ChildWorkflowFuture {
	if a, ok := p.calls.of(workflow.GetChildWorkflowOptions(ctx).WorkflowID); ok {
		return p.Next.ExecuteChildWorkflow(ctx, typeAnswered, a)
	}
	return p.Next.ExecuteChildWorkflow(ctx, name, args...)
}
