package view_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/dev/view"
	"github.com/weir-run/weir/worker"
)

var begun = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func step(id, state string, took time.Duration) worker.Entry {
	e := worker.Entry{Kind: worker.KindStep, Step: id, Type: "http", State: state, Started: begun}
	if state != worker.StateRunning {
		e.Ended = begun.Add(took)
	}
	return e
}

func frameOf(status string, entries ...worker.Entry) view.Frame {
	return view.Frame{Timeline: worker.Timeline{
		Status: status, Slug: "orders", Version: 3, WorkflowID: "orders/o-1", RunID: "r-1", Entries: entries,
	}}
}

func TestPlainTellsWhatIsNew(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := view.NewPlain(&out)
	fetched := step("fetch-order", worker.StateDone, 12*time.Millisecond)
	fetched.Attempts = 3
	decision := worker.Entry{Kind: worker.KindDecision, Label: "Manager approval required?", Answer: "Wait", Line: 12}
	wait := worker.Entry{Kind: worker.KindWait, Step: "approval", Type: "wait", State: worker.StateWaiting, Key: "k", Started: begun}

	p.Show(frameOf(worker.StatusRunning, step("fetch-order", worker.StateRunning, 0)))
	p.Show(frameOf(worker.StatusRunning, fetched))
	f := frameOf(worker.StatusWaiting, fetched, decision, wait)
	f.Links = map[string]view.Links{"k": {Approve: "http://gate/a", Reject: "http://gate/r"}}
	p.Show(f)
	p.Show(f)
	wait.State, wait.Action, wait.By, wait.Ended = worker.StateDecided, "approve", "link", begun.Add(3400*time.Millisecond)
	done := frameOf(worker.StatusCompleted, fetched, decision, wait, decision)
	p.Show(done)
	p.Show(done)
	p.Note("deployed orders version 4")

	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Equal(t, "run orders/o-1  version 3  run id r-1", lines[0])
	require.Contains(t, lines[1], "● fetch-order")
	require.Regexp(t, `✓ fetch-order +http +12ms  3 attempts$`, lines[2])
	require.Equal(t, "  ◆ Manager approval required? → Wait", lines[3])
	require.Regexp(t, `⏸ approval +wait +waits  key k$`, lines[4])
	require.Equal(t, "      approve  http://gate/a", lines[5])
	require.Equal(t, "      reject   http://gate/r", lines[6])
	require.Regexp(t, `✓ approval +wait +3.4s  approve  by link$`, lines[7])
	require.Equal(t, "  ◆ Manager approval required? → Wait", lines[8], "taken a second time")
	require.Equal(t, "run orders/o-1  completed", lines[9])
	require.Equal(t, "deployed orders version 4", lines[10])
	require.Len(t, lines, 11)
}

func TestPlainTellsFailuresAndKeepsTheTerminalSafe(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := view.NewPlain(&out)
	bad := step("pay", worker.StateFailed, 1500*time.Millisecond)
	bad.Occurrence, bad.Code, bad.Error, bad.Title = 2, "http-status", "status 503\n\x1b[2Jboom", "Pay it"
	f := frameOf(worker.StatusFailed, bad, step("mail", worker.StateSkipped, time.Millisecond))
	f.Timeline.Error = "pay failed"
	p.Show(f)
	text := out.String()
	require.Regexp(t, `✗ pay#2 +http +1.5s  http-status status 503 \[2Jboom  “Pay it”`, text)
	require.Contains(t, text, "– mail")
	require.Contains(t, text, "run orders/o-1  failed pay failed")
	require.NotContains(t, text, "\x1b")
}
