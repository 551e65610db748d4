package worker

import (
	"cmp"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// MaxStepExecutions is how many steps one run may execute, loops counted.
const MaxStepExecutions = 100_000

// execution is one workflow execution of a flow, run or entry, as its queries and updates see it.
type execution struct {
	*Flow
	ctx     workflow.Context
	info    *workflow.Info
	in      *inbound
	plan    *plan // nil until it is resolved
	key     string
	started time.Time
	journal journal
	book    waitBook
	status  string
	failure string
	target  *RunRef    // of an entry: the run it started
	current *run       // nil on an entry, and before the body begins
	ready   bool       // it is known whether this is a run or an entry
	wanted  string     // of an entry that is queued: the lane
	how     *admission // of a run, where its lane wasn't simply idle
}

// run is the execution that evaluates the body.
type run struct {
	*execution
	input       value.Value
	attributes  bool // the namespace has Weir's search attributes
	occurrences map[string]int
	steps       int
	seed        []byte
	shown       []string // keys in the search attributes
	arguments   arguments
	memo        memo
	clock       time.Time          // when a line last went on with something from outside
	began       time.Time          // when the body did
	notices     map[string]Entry   // of the waits that were open when the run was continued
	seats       map[string][]seat  // of the same, by the step's name in the memo
	open        map[string]*notice // of the waits that are open
	inflight    int                // activities that lines and notifications wait for
	cleanUntil  time.Time          // when a cancelled run's finally parts have to be done; zero before the first
	parting     bool               // the run is about to be continued as new
	lines       lines
}

// firstRun is the id of the run as everybody but Temporal knows it: that of the first execution of its chain.
func (x *execution) firstRun() string {
	return cmp.Or(x.info.FirstRunID, x.info.WorkflowExecution.RunID)
}

func (x *execution) now() time.Time { return workflow.Now(x.ctx) }

// slug is the flow's name: the workflow's type.
func (x *execution) slug() string { return x.info.WorkflowType.Name }

// publish shows the timeline on the run's page.
func (x *execution) publish() {
	h := detailHeader{Status: x.status, Key: x.key, Links: x.links, Failure: x.failure}
	if x.status == StatusRunning && len(x.book.open) > 0 {
		h.Status = StatusWaiting
	}
	if x.plan != nil {
		h.Version = x.plan.Version
	}
	workflow.SetCurrentDetails(x.ctx, x.journal.details(h))
}

// timeline answers the query.
func (x *execution) timeline() Timeline {
	t := Timeline{
		Status: x.status, Slug: x.slug(), WorkflowID: x.info.WorkflowExecution.ID, RunID: x.firstRun(),
		Started: x.started, Entries: x.journal.entries(), Skipped: x.journal.skipped, Error: x.failure, Run: x.target,
	}
	if t.Status == StatusRunning && len(x.book.open) > 0 {
		t.Status = StatusWaiting
	}
	if x.plan != nil {
		t.Version, t.Digest = x.plan.Version, x.plan.Digest
	}
	if x.how != nil {
		t.Decision = x.how.Decision
	}
	if x.status == StatusQueued {
		t.Lane = x.wanted
	}
	return t
}

// links are the ways to decide an open wait from the run's page. They never enter the history: the page's text is
// worked out anew by every process that replays the run.
func (x *execution) links(it *item) []link {
	if x.Links == nil || it.Quorum > 0 { // whose links would they be?
		return nil
	}
	approve, reject, err := x.Links.Links(activities.PendingWait{
		WorkflowID: x.info.WorkflowExecution.ID, FirstRunID: x.firstRun(), RunID: x.info.WorkflowExecution.RunID,
		Key: it.Key, Occurrence: it.KeyN, Expires: it.Deadline,
	})
	if err != nil {
		return nil
	}
	return []link{{Label: "Approve", URL: approve}, {Label: "Reject", URL: reject}}
}

// openWaits is the answer of the query "waits".
type openWaits struct {
	Waits []Wait  `json:"waits"`
	Run   *RunRef `json:"run,omitempty"`
}

func (x *execution) waits() openWaits { return openWaits{Waits: x.book.list(), Run: x.target} }

// now is the time of the body: the workflow's, as it was when a line last went on. An evaluation that starts over from a
// memo sees the times that the first one saw.
func (r *run) now() time.Time { return r.clock }

// newRun prepares the evaluation. input has its defaults.
func newRun(x *execution, input value.Value, args arguments) (*run, error) {
	r := &run{execution: x, occurrences: map[string]int{}, open: map[string]*notice{}, arguments: args, clock: workflow.Now(x.ctx), lines: lines{active: 1}}
	r.began = r.clock
	x.current = r
	if err := r.recover(args); err != nil {
		return nil, err
	}
	if r.how = args.more.Lane; r.how != nil {
		r.journal.note(r.began, "", r.how.note(r.began))
	}
	m, _ := input.AsMap()
	r.input = value.Of(m.Assoc(nil, value.Of(value.Intern("flow", "ctx")), value.NewMap(
		value.Kw("workflow-id"), value.String(x.info.WorkflowExecution.ID),
		value.Kw("run-id"), value.String(x.firstRun()),
		value.Kw("slug"), value.String(x.slug()),
		value.Kw("version"), value.Int(int64(x.plan.Version)),
	)))
	_, has := workflow.GetTypedSearchAttributes(x.ctx).GetKeyword(attributeFlow)
	r.attributes = has || x.plan.SearchAttributes
	if r.attributes && !has {
		r.upsert(runAttributes(x.slug(), x.key, x.plan.Version)...)
	}
	return r, nil
}

func (r *run) upsert(updates ...temporal.SearchAttributeUpdate) {
	if err := workflow.UpsertTypedSearchAttributes(r.ctx, updates...); err != nil {
		workflow.GetLogger(r.ctx).Warn("search attributes were not set", "error", err)
	}
}

// evaluate runs the body and returns its value as plain JSON.
func (r *run) evaluate() (converter.RawValue, error) {
	r.in.late = r.late
	th := value.NewThread(value.Limits{})
	h := &host{run: r, ctx: r.ctx}
	h.attach(th)
	v, err := r.plan.flow.Program.Run(th)
	if isContinued(err) {
		return converter.RawValue{}, r.continueAsNew()
	}
	r.leftovers()
	if err != nil {
		return converter.RawValue{}, bodyError(err)
	}
	data, err := wire.MarshalPlain(v)
	if err != nil {
		return converter.RawValue{}, runFailure{Code: codeInvalidResult, Message: "the run's result: " + err.Error()}.fail()
	}
	if len(data) > MaxValue {
		return converter.RawValue{}, runFailure{Code: codeTooLarge, Message: tooLarge("the run's result", len(data), MaxValue)}.fail()
	}
	return converter.NewRawValue(jsonPayload(data)), nil
}

// leftovers notes the decisions that no wait took.
func (r *run) leftovers() {
	r.receive()
	for _, key := range workflow.DeterministicKeys(r.book.kept) {
		if n := len(r.book.kept[key]); n > 0 {
			r.journal.note(r.now(), "", itoa(n)+" signal(s) for "+key+" came, and no wait took them")
		}
	}
}
