package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/worker"
)

func waiting(key string) worker.Entry {
	return worker.Entry{Kind: worker.KindWait, Step: key, Type: "wait", State: worker.StateWaiting, Key: key}
}

func TestKeysDecideTheMarkedWait(t *testing.T) {
	t.Parallel()
	var decidedKeys []string
	quit := false
	s := &screen{opt: LiveOptions{
		Quit: func() { quit = true },
		Decide: func(key, action string) error {
			decidedKeys = append(decidedKeys, key+" "+action)
			return errors.New("the wait is over")
		},
	}, now: time.Now()}
	press := func(key string) {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
		if key == "tab" {
			msg = tea.KeyMsg{Type: tea.KeyTab}
		}
		_, cmd := s.Update(msg)
		if cmd != nil {
			s.Update(cmd())
		}
	}
	press("a")
	require.Empty(t, decidedKeys, "nothing waits yet")

	frame := Frame{
		Timeline: worker.Timeline{Status: worker.StatusWaiting, WorkflowID: "orders/o-1", Entries: []worker.Entry{waiting("one"), waiting("two")}},
		Links:    map[string]Links{"one": {Approve: "http://gate/1a", Reject: "http://gate/1r"}, "two": {Approve: "http://gate/2a", Reject: "http://gate/2r"}},
	}
	s.Update(frame)
	press("a")
	press("tab")
	press("r")
	press("tab")
	press("a")
	require.Equal(t, []string{"one approve", "two reject", "one approve"}, decidedKeys)
	text := ansi.Strip(s.View())
	require.Contains(t, text, "[a] approve  http://gate/1a")
	require.Contains(t, text, "reject       http://gate/2r")
	require.Contains(t, text, "tab next wait")
	require.Contains(t, text, "the wait is over")
	press("q")
	require.True(t, quit)

	frame.Timeline.Entries = frame.Timeline.Entries[1:]
	s.Update(frame)
	require.Equal(t, "two", s.marked, "the mark moves on")
}

func TestTheScreenFitsTheTerminal(t *testing.T) {
	t.Parallel()
	s := &screen{now: time.Now()}
	s.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
	var entries []worker.Entry
	for range 100 {
		entries = append(entries, worker.Entry{Kind: worker.KindStep, Step: strings.Repeat("x", 80), State: worker.StateDone})
	}
	s.Update(Frame{Timeline: worker.Timeline{Status: worker.StatusRunning, WorkflowID: "w", Entries: entries}})
	lines := strings.Split(strings.TrimRight(s.View(), "\n"), "\n")
	require.LessOrEqual(t, len(lines), 12)
	for _, l := range lines {
		require.LessOrEqual(t, ansi.StringWidth(l), 40, l)
	}
	require.Contains(t, s.View(), "earlier lines")
}

func TestLinksAreShownWhole(t *testing.T) {
	t.Parallel()
	s := &screen{now: time.Now()}
	s.Update(tea.WindowSizeMsg{Width: 60, Height: 40})
	address := "http://gate/approvals/" + strings.Repeat("0123456789", 15)
	s.Update(Frame{
		Timeline: worker.Timeline{Status: worker.StatusWaiting, WorkflowID: "w", Entries: []worker.Entry{waiting("k")}},
		Links:    map[string]Links{"k": {Approve: address, Reject: "http://gate/approvals/no"}},
	})
	var whole string
	for _, l := range strings.Split(ansi.Strip(s.View()), "\n") {
		require.LessOrEqual(t, ansi.StringWidth(l), 60, l)
		fields := strings.Fields(l)
		if len(fields) > 0 && (strings.Contains(l, "approve  http") || (whole != "" && len(fields) == 1)) {
			whole += fields[len(fields)-1]
		}
	}
	require.Equal(t, address, whole)
	require.Contains(t, s.View(), ansi.SetHyperlink(address), "each part can be followed")
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Second: "0ms", 0: "0ms", 999 * time.Millisecond: "999ms", 1500 * time.Millisecond: "1.5s",
		time.Minute: "1m", 125 * time.Second: "2m5s", 2 * time.Hour: "2h", 90 * time.Minute: "1h30m",
	} {
		require.Equal(t, want, duration(d), d.String())
	}
}
