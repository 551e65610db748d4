package view

import (
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/weir-run/weir/worker"
)

var (
	bold  = lipgloss.NewStyle().Bold(true)
	faint = lipgloss.NewStyle().Faint(true)
	good  = lipgloss.NewStyle().Foreground(lipgloss.Color("2"))
	bad   = lipgloss.NewStyle().Foreground(lipgloss.Color("1"))
	busy  = lipgloss.NewStyle().Foreground(lipgloss.Color("4"))
	held  = lipgloss.NewStyle().Foreground(lipgloss.Color("3"))
)

func entryStyle(e worker.Entry) lipgloss.Style {
	switch e.State {
	case worker.StateDone, worker.StateDecided:
		return good
	case worker.StateFailed:
		return bad
	case worker.StateWaiting, worker.StateTimedOut:
		return held
	case worker.StateRunning:
		return busy
	}
	return faint
}

func statusStyle(status string) lipgloss.Style {
	switch status {
	case worker.StatusCompleted:
		return good
	case worker.StatusRunning:
		return busy
	case worker.StatusWaiting:
		return held
	}
	return bad
}

// cut shortens a line to the terminal's width, styles uncounted.
func (s *screen) cut(text string) string {
	if s.width <= 0 {
		return text
	}
	return ansi.Truncate(text, s.width, "…")
}
