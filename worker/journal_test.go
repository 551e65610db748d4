package worker

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	failurepb "go.temporal.io/api/failure/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
)

func TestTimelineKeepsTheNewestAndWhatIsOpen(t *testing.T) {
	t.Parallel()
	var j journal
	open := j.add(Entry{Kind: KindWait, Step: "ask", State: StateWaiting})
	for range MaxTimelineEntries - 1 {
		j.add(Entry{Kind: KindStep, Step: "s", State: StateDone})
	}
	require.Zero(t, j.skipped)
	j.add(Entry{Kind: KindStep, Step: "last", State: StateRunning})
	require.Equal(t, 1, j.skipped)
	require.Len(t, j.entries(), MaxTimelineEntries)
	require.Same(t, open, j.items[0])
	require.Equal(t, "last", j.entries()[MaxTimelineEntries-1].Step)
	require.Contains(t, j.details(detailHeader{Status: StatusRunning}), "- … 1941 earlier")
}

func TestDetailsAreReadAsTextNotAsMarkdown(t *testing.T) {
	t.Parallel()
	var j journal
	it := j.add(Entry{Kind: KindStep, Step: "a`b", Title: "<script> [x](y) *z*\nnext", State: StateRunning})
	it.Error = strings.Repeat("é", 500)
	it.finish(time.Now(), StateFailed)
	j.add(Entry{Kind: KindDecision, Label: "A_b?", Answer: "yes|no"})
	j.note(time.Now(), "s", "note")
	text := j.details(detailHeader{Status: StatusFailed, Version: 3, Key: "o-1", Failure: "it `broke`"})
	require.Contains(t, text, "**Failed** · version 3 · `o-1`\n\nit \\`broke\\`\n")
	require.Contains(t, text, "- ✗ `a'b` \\<script\\> \\[x\\](y) \\*z\\* next")
	require.Contains(t, text, strings.Repeat("é", 150)+"…\n")
	require.Contains(t, text, "- ◇ A\\_b? → **yes\\|no**\n- `s` note")
}

func TestLinksStandWhileAWaitIsOpen(t *testing.T) {
	t.Parallel()
	var j journal
	it := j.add(Entry{Kind: KindWait, Step: "ask", Key: "k", State: StateWaiting, Deadline: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)})
	links := func(*item) []link { return []link{{"Approve", "http://a"}, {"Reject", "http://r"}} }
	require.Equal(t, "**Waiting**\n\n- ⏳ `ask` waits for `k` until 2026-01-02 03:04:05 UTC · [Approve](http://a) · [Reject](http://r)",
		j.details(detailHeader{Status: StatusWaiting, Links: links}))
	it.By, it.Action = "Ann", "approve"
	it.Started = it.Deadline.Add(-time.Hour)
	it.finish(it.Deadline, StateDecided)
	require.Equal(t, "**Running**\n\n- ✓ `ask` `k` → **approve** by Ann · 1h0m0s", j.details(detailHeader{Status: StatusRunning, Links: links}))
}

func TestPendingAttemptsAreShown(t *testing.T) {
	t.Parallel()
	line := Timeline{Entries: []Entry{
		{Kind: KindStep, Step: "post", Occurrence: 1, State: StateDone}, {Kind: KindStep, Step: "post", Occurrence: 2, State: StateRunning},
	}}
	line.addPending([]*workflowpb.PendingActivityInfo{{ActivityId: "post#2", Attempt: 3, LastFailure: &failurepb.Failure{Message: "503"}}})
	require.Equal(t, []any{0, 3, "503"}, []any{line.Entries[0].Attempts, line.Entries[1].Attempts, line.Entries[1].Error})
}

func TestWaitsThatEndedLongAgoAreOver(t *testing.T) {
	t.Parallel()
	var b waitBook
	for range maxClosedWaits + 2 {
		w := &wait{Wait: Wait{Key: "k"}, item: &item{}}
		b.register(w)
		b.decide(w, offer{By: "Ann"})
	}
	open, ended := b.find("k", 1)
	require.Nil(t, open)
	require.Equal(t, OutcomeOver, ended.reply().Outcome, "nobody remembers")
	_, ended = b.find("k", 3)
	require.Equal(t, OutcomeAlreadyDecided, ended.reply().Outcome)
	open, ended = b.find("k", maxClosedWaits+3)
	require.Nil(t, open)
	require.Nil(t, ended, "yet to come")
}
