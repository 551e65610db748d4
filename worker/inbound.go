package worker

import (
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// inbound collects the signals of one execution, whatever their names, in the order of its history: a wait may
// be reached long after its signal came, and an entry passes on signals whose names it doesn't know.
type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	inbox []signal
	// late, once set, tells whether the deadline of the open wait for that key has passed: it is asked as each signal
	// arrives, because a worker that was away sees the signal and the timer at once.
	late func(key string) bool
	// turn is what the queue of this entry's lane told it last.
	turn turn
}

// signal is one that came and was not looked at yet.
type signal struct {
	Name    string
	Payload *commonpb.Payload // nil for none
	Late    bool
}

type inboundKey struct{}

// ExecuteWorkflow makes the inbox known to the workflow function.
func (b *inbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	return b.Next.ExecuteWorkflow(workflow.WithValue(ctx, inboundKey{}, b), in)
}

// HandleSignal keeps the signal. Those of the SDK itself go their way.
func (b *inbound) HandleSignal(ctx workflow.Context, in *interceptor.HandleSignalInput) error {
	if in.SignalName == signalTurn {
		return b.hearTurn(in.Arg)
	}
	if strings.HasPrefix(in.SignalName, "__") {
		return b.Next.HandleSignal(ctx, in)
	}
	s := signal{Name: in.SignalName}
	if ps := in.Arg.GetPayloads(); len(ps) > 0 {
		s.Payload = ps[0]
	}
	if b.late != nil {
		s.Late = b.late(s.Name)
	}
	b.inbox = append(b.inbox, s)
	return nil
}

// take empties the inbox.
func (b *inbound) take() []signal {
	all := b.inbox
	b.inbox = nil
	return all
}

func inboundOf(ctx workflow.Context) *inbound {
	b, ok := ctx.Value(inboundKey{}).(*inbound)
	if !ok {
		return &inbound{}
	}
	return b
}
