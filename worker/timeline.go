package worker

import "time"

// States of a run, as every door reports them.
const (
	StatusRunning    = "running"
	StatusWaiting    = "waiting"
	StatusCompleted  = "completed"
	StatusFailed     = "failed"
	StatusCancelled  = "cancelled"
	StatusTerminated = "terminated"
	StatusTimedOut   = "timed-out"
	// StatusQueued is that of an entry whose run has yet to start: others of its lane come first.
	StatusQueued = "queued"
)

// Kinds of timeline entries.
const (
	KindStep     = "step"
	KindWait     = "wait"
	KindDecision = "decision"
	KindNote     = "note"
)

// States of a timeline entry. Decisions and notes have none.
const (
	StateRunning   = "running"   // a step that is being tried
	StateDone      = "done"      // a step that gave its result
	StateFailed    = "failed"    // a step or wait that threw
	StateSkipped   = "skipped"   // it failed, and :on-error :skip made it nil
	StateWaiting   = "waiting"   // a wait that is open
	StateDecided   = "decided"   // a wait that a decision ended
	StateTimedOut  = "timed-out" // a wait that its deadline ended with :default-value
	StateCancelled = "cancelled" // the run was cancelled meanwhile
)

// MaxTimelineEntries is how many entries a run's timeline keeps; the oldest finished ones go first, and
// Timeline.Skipped counts them.
const MaxTimelineEntries = 2_000

// Timeline is what a run did, oldest first: the answer of the query "timeline".
type Timeline struct {
	Status     string    `json:"status"`
	Slug       string    `json:"slug"`
	Version    int       `json:"version,omitempty"`
	Digest     string    `json:"digest,omitempty"`
	WorkflowID string    `json:"workflow-id"`
	RunID      string    `json:"run-id"` // of the chain's first execution
	Started    time.Time `json:"started,omitzero"`
	Entries    []Entry   `json:"entries"`
	Skipped    int       `json:"skipped,omitempty"` // older entries that are no longer kept
	Error      string    `json:"error,omitempty"`
	Lane       string    `json:"lane,omitempty"`     // of an entry, the lane that it wants to run in
	Decision   string    `json:"decision,omitempty"` // of the lane about the run's start
	// Run is set on an entry: the run that was started on its behalf.
	Run *RunRef `json:"run,omitempty"`
}

// RunRef names one run.
type RunRef struct {
	WorkflowID string `json:"workflow-id"`
	RunID      string `json:"run-id"`
}

// Entry is one line of a timeline.
type Entry struct {
	Kind       string    `json:"kind"`
	Step       string    `json:"step,omitempty"`
	Type       string    `json:"type,omitempty"`
	Title      string    `json:"title,omitempty"`
	Occurrence int       `json:"occurrence,omitempty"`
	Local      bool      `json:"local,omitempty"` // ran as a local activity
	State      string    `json:"state,omitempty"`
	Label      string    `json:"label,omitempty"`  // of a decision: the question
	Answer     string    `json:"answer,omitempty"` // of a decision
	Started    time.Time `json:"started,omitzero"`
	Ended      time.Time `json:"ended,omitzero"`
	Attempts   int       `json:"attempts,omitempty"`
	Size       int       `json:"size,omitempty"` // bytes of the result
	Error      string    `json:"error,omitempty"`
	Code       string    `json:"code,omitempty"`           // of the error
	Called     string    `json:"called,omitempty"`         // of a call of another flow: its workflow ID
	Key        string    `json:"key,omitempty"`            // of a wait
	KeyN       int       `json:"key-occurrence,omitempty"` // of that key in the run
	Deadline   time.Time `json:"deadline,omitzero"`
	By         string    `json:"by,omitempty"`
	Action     string    `json:"action,omitempty"`
	Note       string    `json:"note,omitempty"`
	Line       int       `json:"line,omitempty"`   // of a decision, in the flow's file
	Votes      []Vote    `json:"votes,omitempty"`  // of a wait that has approvers
	Quorum     int       `json:"quorum,omitempty"` // how many of them it takes
}

// Wait is one open wait: an element of the answer of the query "waits".
type Wait struct {
	Key        string    `json:"key"`
	Occurrence int       `json:"occurrence"` // of that key in this run, from 1
	Step       string    `json:"step"`
	StepN      int       `json:"step-occurrence"`
	Title      string    `json:"title,omitempty"`
	Since      time.Time `json:"since,omitzero"`
	Deadline   time.Time `json:"deadline,omitzero"`
	Required   []string  `json:"required,omitempty"` // fields that a decision must have
	Roles      []string  `json:"roles,omitempty"`
	// Approvers are whom it asks, Quorum is how many of them have to approve; none and 0 where anybody who has a link decides.
	Approvers []string    `json:"approvers,omitempty"`
	Quorum    int         `json:"quorum,omitempty"`
	Votes     []Vote      `json:"votes,omitempty"`
	Reminders []time.Time `json:"reminders,omitempty"` // that have yet to be sent
}

// Vote is what one approver of a wait decided.
type Vote struct {
	Approver string    `json:"approver"`
	Action   string    `json:"action"`
	At       time.Time `json:"at"`
}

// stepName is how people see a step's occurrence: fetch-order, fetch-order#2.
func stepName(id string, occurrence int) string {
	if occurrence <= 1 {
		return id
	}
	return id + "#" + itoa(occurrence)
}
