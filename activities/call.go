package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Call is what a step asks of its activity. Its JSON is in histories: short names, and nothing that the
// activity can know otherwise.
type Call struct {
	Version int    `json:"v,omitempty"` // number of the flow's version
	Slug    string `json:"f,omitempty"` // only where the workflow's type isn't the slug
	Step    string `json:"s"`           // the step's id
	N       int    `json:"n,omitempty"` // occurrence of that id in the run, only when more than 1
	Origin  string `json:"o,omitempty"` // the run's first id, only when it isn't the current one
	Fence   int64  `json:"l,omitempty"` // the run's, where it may be superseded
	// Config is the step's config, less :retry :timeout :title :on-error :expect and :placement.
	Config wire.V   `json:"c"`
	Input  *wire.V  `json:"i,omitempty"` // the run's input, where a template may name it: notifications of waits
	Wait   *WaitRef `json:"w,omitempty"` // set for the notification of a wait
	// Attempts is how many attempts the step has at most, for notify, whose last one turns a failed delivery into a result. 0: not
	// known; the activity's retry policy is asked.
	Attempts int `json:"a,omitempty"`
	// Strict makes a failed delivery fail the step (:on-error :fail of a notify step).
	Strict bool `json:"x,omitempty"`
}

// WaitRef names the wait that a notification is about: the activity makes its signed links.
type WaitRef struct {
	Key     string    `json:"k"`
	N       int       `json:"n,omitempty"` // occurrence of the key in the run, where the worker counts it
	Expires time.Time `json:"e"`
	// Approver is whom the notification is for, of a wait that has approvers; Reminder which reminder it is, from 1.
	Approver string `json:"a,omitempty"`
	Reminder int    `json:"r,omitempty"`
}

// place is where in which run a call happens.
type place struct {
	Namespace, WorkflowID, RunID, Origin string
	Slug                                 string
	Step                                 string
	N                                    int
	Attempt                              int
	Fence                                int64
}

func (c Call) place(ctx context.Context) place {
	info := activity.GetInfo(ctx)
	p := place{
		Namespace: info.Namespace, WorkflowID: info.WorkflowExecution.ID, RunID: info.WorkflowExecution.RunID,
		Origin: c.Origin, Slug: c.Slug, Step: c.Step, N: max(c.N, 1), Attempt: int(info.Attempt), Fence: c.Fence,
	}
	if p.Slug == "" && info.WorkflowType != nil {
		p.Slug = info.WorkflowType.Name
	}
	if p.Origin == "" {
		p.Origin = p.RunID
	}
	return p
}

// IdempotencyKey is the same for all attempts of one occurrence of a step in one run, and different for everything else.
func (c Call) IdempotencyKey(ctx context.Context) string { return c.place(ctx).idempotencyKey() }

func (p place) idempotencyKey() string {
	sum := sha256.New()
	for _, part := range []string{p.Namespace, p.WorkflowID, p.Origin, p.Step} {
		fmt.Fprintf(sum, "%d:%s,", len(part), part)
	}
	fmt.Fprintf(sum, "%d", p.N)
	return hex.EncodeToString(sum.Sum(nil))
}

// fence tells this run's writes from those of the runs that supersede it.
func (p place) fence() store.Fence { return store.Fence{Lane: p.WorkflowID, At: p.Fence} }

// work names what a blob of this step is called by.
func (p place) work() store.Work {
	return store.Work{Slug: p.Slug, Run: p.Origin, Step: p.Step, Occurrence: p.N, Attempt: p.Attempt}
}

// flowContext is what functions and templates see as :flow/ctx.
func (p place) flowContext(version int) value.Value {
	return value.NewMap(value.Kw("workflow-id"), value.String(p.WorkflowID), value.Kw("run-id"), value.String(p.RunID),
		value.Kw("slug"), value.String(p.Slug), value.Kw("version"), value.Int(int64(version)))
}

// stepContext is what functions see as :step/ctx.
func (p place) stepContext() value.Value {
	return value.NewMap(value.Kw("id"), value.String(p.Step), value.Kw("occurrence"), value.Int(int64(p.N)), value.Kw("attempt"), value.Int(int64(p.Attempt)))
}
