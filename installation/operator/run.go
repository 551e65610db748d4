package operator

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/weir-run/weir/worker"
)

// Started tells what became of a start.
type Started struct {
	WorkflowID string `json:"workflow-id"`
	RunID      string `json:"run-id"`
	Decision   string `json:"decision"`
	Lane       string `json:"lane,omitempty"`
	Superseded string `json:"superseded-run-id,omitempty"`
	StatusURL  string `json:"status-url"`
}

// Shown is one run in full.
type Shown struct {
	worker.Run
	Lane       string          `json:"lane,omitempty"`
	Decision   string          `json:"decision,omitempty"`
	Of         *worker.RunRef  `json:"run,omitempty"` // of an entry: the run that it started
	Digest     string          `json:"digest,omitempty"`
	Timeline   []worker.Entry  `json:"timeline,omitempty"`
	Skipped    int             `json:"timeline-skipped,omitempty"`
	Waits      []worker.Wait   `json:"waits,omitempty"`
	Result     json.RawMessage `json:"result,omitempty"`
	Failure    *Failure        `json:"failure,omitempty"`
	Unanswered bool            `json:"unanswered,omitempty"`
}

// Failure is how a run ended without a result.
type Failure struct {
	Code    string          `json:"code,omitempty"`
	Message string          `json:"message"`
	Detail  json.RawMessage `json:"detail,omitempty"`
}

// Over tells whether the run has ended.
func (s Shown) Over() bool {
	return s.Status != worker.StatusRunning && s.Status != worker.StatusWaiting && s.Status != worker.StatusQueued
}

// Decided tells what became of a decision.
type Decided struct {
	Outcome    string `json:"outcome"`
	Action     string `json:"action,omitempty"`
	By         string `json:"by,omitempty"`
	At         string `json:"at,omitempty"`
	Key        string `json:"key,omitempty"`
	WorkflowID string `json:"workflow-id,omitempty"`
	Approvals  int    `json:"approvals,omitempty"` // so far, of a wait that takes several
	Quorum     int    `json:"quorum,omitempty"`
}

// ErrNoRun says that nothing fits a run's name.
var ErrNoRun = errors.New("there is no such run")

// Start starts a run of the live version of slug, or of that version.
func (c *Client) Start(ctx context.Context, slug string, input json.RawMessage, version int) (Started, error) {
	body := map[string]any{}
	if input != nil {
		body["input"] = input
	}
	if version != 0 {
		body["version"] = version
	}
	var started Started
	err := c.call(ctx, http.MethodPost, "/api/flows/"+url.PathEscape(slug)+"/runs", nil, body, &started)
	return started, err
}

// List lists at most limit runs, newest first; slug and status may be empty.
func (c *Client) List(ctx context.Context, slug, status string, limit int) ([]worker.Run, error) {
	var runs []worker.Run
	query := url.Values{"limit": {strconv.Itoa(min(limit, 1000))}}
	if slug != "" {
		query.Set("flow", slug)
	}
	if status != "" {
		query.Set("status", status)
	}
	for {
		var page struct {
			Runs []worker.Run `json:"runs"`
			Next string       `json:"next-page"`
		}
		if err := c.call(ctx, http.MethodGet, "/api/runs", query, nil, &page); err != nil {
			return nil, err
		}
		runs = append(runs, page.Runs...)
		if page.Next == "" || len(runs) >= limit {
			return runs[:min(len(runs), limit)], nil
		}
		query.Set("page", page.Next)
	}
}

// Waits lists the open waits of at most limit runs, newest first; slug and approver may be empty.
func (c *Client) Waits(ctx context.Context, slug, approver string, limit int) ([]worker.OpenWait, error) {
	var waits []worker.OpenWait
	query := url.Values{}
	for name, text := range map[string]string{"flow": slug, "approver": approver} {
		if text != "" {
			query.Set(name, text)
		}
	}
	for {
		page := min(limit, waitsPage)
		query.Set("limit", strconv.Itoa(page))
		var answer struct {
			Waits []worker.OpenWait `json:"waits"`
			Next  string            `json:"next-page"`
		}
		if err := c.call(ctx, http.MethodGet, "/api/waits", query, nil, &answer); err != nil {
			return nil, err
		}
		waits = append(waits, answer.Waits...)
		if limit -= page; answer.Next == "" || limit <= 0 {
			return waits, nil
		}
		query.Set("page", answer.Next)
	}
}

// waitsPage is of how many runs the waits are asked for in one call: each run is asked by itself.
const waitsPage = 100

// Queued lists what waits in the lanes of a flow, each lane in its order.
func (c *Client) Queued(ctx context.Context, slug string) ([]worker.Queued, error) {
	var answer struct {
		Queued []worker.Queued `json:"queued"`
	}
	err := c.call(ctx, http.MethodGet, "/api/queue", url.Values{"flow": {slug}}, nil, &answer)
	return answer.Queued, err
}

// searched is how many runs are looked through for a run ID.
const searched = 10_000

// Find shows the run that name stands for: its workflow ID, which means the
// latest run of it, or its run ID.
func (c *Client) Find(ctx context.Context, name string) (Shown, error) {
	shown, err := c.Show(ctx, name, "")
	if !errors.Is(err, ErrNoRun) || uuid.Validate(name) != nil {
		return shown, err
	}
	runs, listing := c.List(ctx, "", "", searched)
	if listing != nil {
		return Shown{}, listing
	}
	for _, run := range runs {
		if run.RunID == name {
			return c.Show(ctx, run.WorkflowID, run.RunID)
		}
	}
	return Shown{}, err
}

// Show shows one run; an empty runID means the latest of that workflow ID.
func (c *Client) Show(ctx context.Context, workflowID, runID string) (Shown, error) {
	var shown Shown
	err := c.call(ctx, http.MethodGet, runPath(workflowID), ofRun(runID), nil, &shown)
	return shown, noRun(err)
}

// Record gets what a run was given and what its steps gave it.
func (c *Client) Record(ctx context.Context, workflowID, runID string) (worker.Recording, error) {
	query := url.Values{"recording": {""}}
	if runID != "" {
		query.Set("run-id", runID)
	}
	var rec worker.Recording
	err := c.call(ctx, http.MethodGet, runPath(workflowID), query, nil, &rec)
	return rec, noRun(err)
}

// Await shows the run again and again until it is over, calling see with every
// showing that may be new.
func (c *Client) Await(ctx context.Context, workflowID, runID string, see func(Shown)) (Shown, error) {
	const look = 200 * time.Millisecond
	for {
		shown, err := c.Show(ctx, workflowID, runID)
		var refusal *Error
		away := errors.As(err, &refusal) && refusal.Status == http.StatusServiceUnavailable
		if err != nil && !away {
			return shown, err
		}
		if !away {
			if see != nil {
				see(shown)
			}
			if shown.Over() {
				return shown, nil
			}
		}
		select {
		case <-ctx.Done():
			return shown, ctx.Err()
		case <-time.After(look):
		}
	}
}

// Cancel asks a run to end.
func (c *Client) Cancel(ctx context.Context, workflowID, runID string) error {
	var answer struct{}
	return noRun(c.call(ctx, http.MethodPost, runPath(workflowID)+"/cancel", ofRun(runID), struct{}{}, &answer))
}

// Decision is what a wait of a run is sent.
type Decision struct {
	Key      string          `json:"key"`
	Value    json.RawMessage `json:"value"`
	By       string          `json:"by,omitempty"`
	Approver string          `json:"approver,omitempty"` // whose it is; "" decides for all approvers
}

// Decide ends a wait of a run with a value, or counts it as that of an approver. What the gateway answers to a wait
// that is already decided or over is an answer, too.
func (c *Client) Decide(ctx context.Context, workflowID, runID string, body Decision) (Decided, error) {
	var decided Decided
	err := c.call(ctx, http.MethodPost, runPath(workflowID)+"/decide", ofRun(runID), body, &decided, http.StatusConflict, http.StatusGone)
	return decided, noRun(err)
}

// Reassignment gives the place of an approver to somebody else.
type Reassignment struct {
	Key  string `json:"key"`
	From string `json:"from"`
	To   string `json:"to"`
	By   string `json:"by,omitempty"`
}

// Reassign returns the wait as it is then.
func (c *Client) Reassign(ctx context.Context, workflowID, runID string, r Reassignment) (worker.Wait, error) {
	var wait worker.Wait
	err := c.call(ctx, http.MethodPost, runPath(workflowID)+"/reassign", ofRun(runID), r, &wait)
	return wait, noRun(err)
}

func ofRun(runID string) url.Values {
	if runID == "" {
		return nil
	}
	return url.Values{"run-id": {runID}}
}

func noRun(err error) error {
	var refusal *Error
	if errors.As(err, &refusal) && refusal.Status == http.StatusNotFound {
		return ErrNoRun
	}
	return err
}
