package main

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// The twins by where their steps run.
const (
	regular = "regular" // every step a regular activity
	mixed   = "mixed"   // function, blob and KV local
	placed  = "placed"  // as Weir places them: GETs local, too
	local   = "local"   // everything local
	weir    = "weir"
)

// kinds is everything that is measured, in the order of the report.
var kinds = []string{weir, regular, mixed, placed, local}

// localSteps are those of a kind that run as local activities.
var localSteps = map[string]map[string]bool{
	regular: {},
	mixed:   {"Summarize": true, "Persist": true, "Audit": true},
	placed:  {"FetchOrder": true, "FetchRisk": true, "Summarize": true, "Persist": true, "Audit": true},
	local:   {"FetchOrder": true, "FetchRisk": true, "Summarize": true, "Persist": true, "Fulfill": true, "Audit": true, "Notify": true},
}

// orderInput starts an order; orderResult is what comes of it.
type orderInput struct {
	OrderID string `json:"order-id"`
}

type orderResult struct {
	OrderID     string      `json:"order-id"`
	Action      string      `json:"action"`
	Summary     summary     `json:"risk-summary"`
	Artifact    string      `json:"risk-artifact-ref"`
	Fulfillment fulfillment `json:"fulfillment"`
	Notified    bool        `json:"notified"`
}

type decision struct {
	Action string `json:"action"`
	Reason string `json:"reason,omitempty"`
}

// twin is the order flow as a Go developer writes it. The name of the workflow type says where its steps run.
func twin(ctx workflow.Context, in orderInput) (orderResult, error) {
	s := steps{ctx: ctx, local: localSteps[workflow.GetInfo(ctx).WorkflowType.Name]}
	out := orderResult{OrderID: in.OrderID}
	var o order
	if err := s.run("FetchOrder", 3, &o, in.OrderID); err != nil {
		return out, err
	}
	var r risk
	if err := s.run("FetchRisk", 3, &r, in.OrderID); err != nil {
		return out, err
	}
	if err := s.run("Summarize", 3, &out.Summary, r); err != nil {
		return out, err
	}
	if err := s.run("Persist", 3, &out.Artifact, evidence{Order: o, Risk: r, Summary: out.Summary}); err != nil {
		return out, err
	}
	d := decision{Action: "approve", Reason: "auto"}
	if out.Summary.NeedsApproval {
		if err := s.run("AskManager", 3, nil, in.OrderID); err != nil {
			return out, err
		}
		d = awaitApproval(ctx, in.OrderID)
	}
	out.Action = d.Action
	if d.Action == "approve" {
		if err := s.run("Fulfill", 4, &out.Fulfillment, in.OrderID); err != nil {
			return out, err
		}
	}
	audit := auditEntry{OrderID: in.OrderID, Action: d.Action, Level: out.Summary.Level, Artifact: out.Artifact}
	if err := s.run("Audit", 3, nil, audit); err != nil {
		return out, err
	}
	return out, s.run("Notify", 3, &out.Notified, audit)
}

// awaitApproval races the signal with two hours.
func awaitApproval(ctx workflow.Context, orderID string) decision {
	d := decision{Action: "reject", Reason: "timeout"}
	ctx, stop := workflow.WithCancel(ctx)
	defer stop()
	workflow.NewSelector(ctx).
		AddReceive(workflow.GetSignalChannel(ctx, approvalKey(orderID)), func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, &d) }).
		AddFuture(workflow.NewTimer(ctx, 2*time.Hour), func(workflow.Future) {}).
		Select(ctx)
	return d
}

func approvalKey(orderID string) string { return "approval:order:" + orderID }

type steps struct {
	ctx   workflow.Context
	local map[string]bool
}

// run runs one step where it belongs.
func (s steps) run(name string, attempts int32, into any, arg any) error {
	policy := &temporal.RetryPolicy{InitialInterval: time.Second, MaximumAttempts: attempts}
	if s.local[name] {
		ctx := workflow.WithLocalActivityOptions(s.ctx, workflow.LocalActivityOptions{StartToCloseTimeout: 10 * time.Second, RetryPolicy: policy})
		return workflow.ExecuteLocalActivity(ctx, name, arg).Get(ctx, into)
	}
	ctx := workflow.WithActivityOptions(s.ctx, workflow.ActivityOptions{StartToCloseTimeout: 30 * time.Second, RetryPolicy: policy})
	return workflow.ExecuteActivity(ctx, name, arg).Get(ctx, into)
}

// newTwinWorker serves all twins.
func newTwinWorker(c client.Client, acts *outsideSteps) worker.Worker {
	w := worker.New(c, twinQueue, worker.Options{})
	for kind := range localSteps {
		w.RegisterWorkflowWithOptions(twin, workflow.RegisterOptions{Name: kind})
	}
	w.RegisterActivity(acts)
	return w
}

const twinQueue = "twin"
