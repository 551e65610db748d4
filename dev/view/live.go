package view

import (
	"fmt"
	"io"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/weir-run/weir/worker"
)

// LiveOptions configure a live view.
type LiveOptions struct {
	In  io.Reader
	Out io.Writer
	// Decide answers an open wait of the run that is shown; action is "approve"
	// or "reject".
	Decide func(key, action string) error
	// Quit is called when the user asks to leave.
	Quit func()
}

// Live is a screen that shows a run and takes decisions: a approves and r
// rejects the wait that is marked, tab marks the next one, q leaves.
type Live struct {
	program *tea.Program
	ended   chan struct{}
}

// StartLive takes the terminal until Close.
func StartLive(opt LiveOptions) *Live {
	l := &Live{ended: make(chan struct{})}
	l.program = tea.NewProgram(&screen{opt: opt, now: time.Now()},
		tea.WithInput(opt.In), tea.WithOutput(opt.Out), tea.WithoutSignalHandler())
	go func() {
		defer close(l.ended)
		_, _ = l.program.Run() // a terminal that went away ends the view, not the run
	}()
	return l
}

// Show draws the frame.
func (l *Live) Show(f Frame) { l.program.Send(f) }

// Note puts a line above the run.
func (l *Live) Note(text string) { l.program.Send(note(text)) }

// Close draws the last frame, which stays, and gives the terminal back.
func (l *Live) Close() {
	l.program.Send(leave{})
	<-l.ended
}

type (
	note    string
	leave   struct{}
	tick    time.Time
	decided struct{ err error }
)

// ticking is how often running times move.
const ticking = 100 * time.Millisecond

// screen is the model of the view, as bubbletea has it.
type screen struct {
	opt           LiveOptions
	frame         Frame
	now           time.Time
	marked        string // key of the wait that a and r decide
	problem       string
	width, height int
}

func (s *screen) Init() tea.Cmd { return nextTick() }

func nextTick() tea.Cmd { return tea.Tick(ticking, func(t time.Time) tea.Msg { return tick(t) }) }

func (s *screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tick:
		s.now = time.Time(m)
		return s, nextTick()
	case tea.WindowSizeMsg:
		s.width, s.height = m.Width, m.Height
	case Frame:
		s.frame = m
		s.keepMark()
	case note:
		return s, tea.Println(string(m))
	case decided:
		s.problem = ""
		if m.err != nil {
			s.problem = m.err.Error()
		}
	case leave:
		s.now = time.Now()
		return s, tea.Quit
	case tea.KeyMsg:
		return s.key(m.String())
	}
	return s, nil
}

func (s *screen) key(key string) (tea.Model, tea.Cmd) {
	switch key {
	case "q", "ctrl+c":
		if s.opt.Quit != nil {
			s.opt.Quit()
		}
	case "tab":
		waits := s.frame.Waiting()
		for i, e := range waits {
			if e.Key == s.marked {
				s.marked = waits[(i+1)%len(waits)].Key
				break
			}
		}
	case "a":
		return s, s.decide("approve")
	case "r":
		return s, s.decide("reject")
	}
	return s, nil
}

func (s *screen) decide(action string) tea.Cmd {
	key := s.marked
	if key == "" || s.opt.Decide == nil {
		return nil
	}
	return func() tea.Msg { return decided{err: s.opt.Decide(key, action)} }
}

// keepMark marks the oldest open wait when the marked one is over.
func (s *screen) keepMark() {
	waits := s.frame.Waiting()
	for _, e := range waits {
		if e.Key == s.marked {
			return
		}
	}
	s.marked = ""
	if len(waits) > 0 {
		s.marked = waits[0].Key
	}
}

func (s *screen) View() string {
	t := s.frame.Timeline
	var lines []string
	if t.WorkflowID != "" {
		lines = append(lines, "", s.title())
	}
	body := s.entries()
	foot := s.foot()
	if room := s.height - len(lines) - len(foot) - 2; s.height > 0 && len(body) > room && room > 1 {
		hidden := len(body) - room + 1
		body = append([]string{faint.Render(fmt.Sprintf("  … %d earlier lines", hidden))}, body[hidden:]...)
	}
	lines = append(append(lines, body...), foot...)
	return strings.Join(lines, "\n") + "\n"
}

func (s *screen) title() string {
	t := s.frame.Timeline
	state := statusStyle(t.Status).Render(t.Status)
	text := bold.Render(clean(t.WorkflowID)) + fmt.Sprintf("  version %d  %s", t.Version, state)
	if t.Error != "" {
		text += "  " + bad.Render(clean(t.Error))
	}
	return text
}

func (s *screen) entries() []string {
	var lines []string
	for _, e := range s.frame.Timeline.Entries {
		text := fmt.Sprintf("  %s %s", entryStyle(e).Render(mark(e)), line(e, s.now))
		lines = append(lines, s.cut(text))
		links, open := s.frame.Links[e.Key]
		if !open || e.State != worker.StateWaiting || e.Kind != worker.KindWait {
			continue
		}
		a, r := "approve", "reject"
		if e.Key == s.marked {
			a, r = "[a] "+a, "[r] "+r
		}
		lines = append(lines, s.link(a, links.Approve, good)...)
		lines = append(lines, s.link(r, links.Reject, bad)...)
	}
	return lines
}

// link shows a whole link, over several lines where it must, each of which a
// terminal that knows hyperlinks follows.
func (s *screen) link(label, address string, style lipgloss.Style) []string {
	const indent = 6
	room := len(address)
	if s.width > 0 {
		room = max(s.width-indent-linkLabel-1, 20)
	}
	var lines []string
	for rest := address; rest != ""; label = "" {
		part := rest[:min(room, len(rest))]
		rest = rest[len(part):]
		text := ansi.SetHyperlink(address) + style.Render(part) + ansi.ResetHyperlink()
		lines = append(lines, fmt.Sprintf("%*s%-*s %s", indent, "", linkLabel, label, text))
	}
	return lines
}

// linkLabel is the width of what stands before a link.
const linkLabel = 12

func (s *screen) foot() []string {
	var keys []string
	if s.marked != "" {
		keys = append(keys, "a approve", "r reject")
		if len(s.frame.Waiting()) > 1 {
			keys = append(keys, "tab next wait")
		}
	}
	lines := []string{"", faint.Render(strings.Join(append(keys, "q quit"), "   "))}
	if s.problem != "" {
		lines = append(lines, bad.Render(clean(s.problem)))
	}
	return lines
}
