package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

func TestAReportTellsWhoHasDecided(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.Local)
	wait := worker.Entry{
		Kind: worker.KindWait, Step: "ask", Type: "wait", State: worker.StateWaiting, Key: "k", Started: at, Quorum: 2,
		Votes: []worker.Vote{{Approver: "ann", Action: "approve", At: at}, {Approver: "bob", Action: "reject", At: at}},
	}
	details := Report{Now: at}.details(wait)
	require.Equal(t, []string{"waits for k, 2 approvals needed", "ann → approve at 03:04:05", "bob → reject at 03:04:05"}, details)
	wait.State, wait.Action, wait.By, wait.Ended = worker.StateDecided, "approve", "cid", at
	wait.Votes = append(wait.Votes, worker.Vote{Approver: "cid", Action: "approve", At: at})
	details = Report{Now: at}.details(wait)
	require.Len(t, details, 4)
	require.Equal(t, "k → approve by cid at 03:04:05", details[3])
}
