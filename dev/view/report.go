package view

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/weir-run/weir/worker"
)

// Report is a whole run on a page: every step occurrence, decision and wait in
// its order, as wide as the terminal.
type Report struct {
	Timeline worker.Timeline
	Lane     string
	Ended    time.Time
	Now      time.Time
	Width    int // of the terminal; 0 for lines of any length
}

// Widths of the columns after a step's name; the name takes what a narrow
// terminal leaves, within these bounds.
const (
	minName  = 16
	maxName  = 40
	columns  = "%-8s  %8s  %8s  %5s  %8s"
	besides  = 2 + 2 + 8 + 2 + 8 + 2 + 8 + 2 + 5 + 2 + 8
	indent   = "    "
	timeOnly = "15:04:05"
	dateTime = "2006-01-02 15:04:05"
)

// Write writes the report.
func (r Report) Write(out io.Writer) {
	t := r.Timeline
	field := func(name, text string) {
		if text != "" {
			fmt.Fprintf(out, "%s %s\n", faint.Render(fmt.Sprintf("%-8s", name)), text)
		}
	}
	field("run", bold.Render(clean(t.WorkflowID))+"  "+statusStyle(t.Status).Render(t.Status))
	field("run id", t.RunID)
	if r.Lane != t.WorkflowID {
		field("its run", clean(r.Lane))
	}
	field("lane", clean(r.Lane))
	field("version", r.version())
	field("started", r.span())
	for _, line := range r.wrap("", clean(t.Error)) {
		field("error", bad.Render(line))
	}
	if len(t.Entries) == 0 {
		return
	}
	name := r.nameWidth()
	fmt.Fprintln(out)
	fmt.Fprintln(out, faint.Render(strings.TrimRight(fmt.Sprintf("  %-*s  "+columns, name, "STEP", "TYPE", "STARTED", "TOOK", "TRIES", "SIZE"), " ")))
	if t.Skipped > 0 {
		fmt.Fprintf(out, "· %d earlier entries are no longer kept\n", t.Skipped)
	}
	for _, e := range t.Entries {
		r.entry(out, e, name)
	}
}

func (r Report) version() string {
	if r.Timeline.Version == 0 {
		return ""
	}
	return join(fmt.Sprint(r.Timeline.Version), faint.Render(r.Timeline.Digest[:min(12, len(r.Timeline.Digest))]))
}

// span is when the run started and how long it took, or takes by now.
func (r Report) span() string {
	if r.Timeline.Started.IsZero() {
		return ""
	}
	started := r.Timeline.Started.Local().Format(dateTime)
	if r.Ended.IsZero() {
		return started + "  for " + duration(r.Now.Sub(r.Timeline.Started)) + " by now"
	}
	return started + "  took " + duration(r.Ended.Sub(r.Timeline.Started))
}

func (r Report) nameWidth() int {
	widest := minName
	for _, e := range r.Timeline.Entries {
		if e.Kind == worker.KindStep || e.Kind == worker.KindWait {
			widest = max(widest, ansi.StringWidth(stepName(e)))
		}
	}
	if r.Width > 0 {
		widest = min(widest, max(minName, r.Width-besides))
	}
	return min(widest, maxName)
}

func (r Report) entry(out io.Writer, e worker.Entry, name int) {
	if e.Kind != worker.KindStep && e.Kind != worker.KindWait {
		text := clean(e.Note)
		if e.Kind == worker.KindDecision {
			text = join(clean(e.Label), "→", clean(e.Answer))
			if e.Line > 0 {
				text += fmt.Sprintf("  (line %d)", e.Line)
			}
		}
		for i, line := range r.wrap("  ", e.Started.Local().Format(timeOnly)+"  "+text) {
			sign := mark(e)
			if i > 0 {
				sign = " "
			}
			fmt.Fprintln(out, entryStyle(e).Render(sign)+" "+line)
		}
		return
	}
	label := ansi.Truncate(stepName(e), name, "…")
	label += strings.Repeat(" ", name-ansi.StringWidth(label))
	line := fmt.Sprintf("%s %s  "+columns, mark(e), label, ansi.Truncate(clean(kindOf(e)), 8, "…"), moment(e.Started), r.took(e), tries(e), size(e))
	line = strings.TrimRight(line, " ")
	details := r.details(e)
	if one := strings.Join(details, "  "); one != "" && (r.Width == 0 || ansi.StringWidth(line)+2+ansi.StringWidth(one) <= r.Width) {
		fmt.Fprintln(out, entryStyle(e).Render(mark(e))+strings.TrimPrefix(line, mark(e))+"  "+one)
		return
	}
	fmt.Fprintln(out, entryStyle(e).Render(mark(e))+strings.TrimPrefix(line, mark(e)))
	for _, detail := range details {
		for _, line := range r.wrap(indent, detail) {
			fmt.Fprintln(out, indent+line)
		}
	}
}

// details are what stands beside or below the columns: how a wait stands or
// ended, the last error, the title.
func (r Report) details(e worker.Entry) []string {
	var out []string
	add := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	switch e.State {
	case worker.StateWaiting:
		text := "waits for " + clean(e.Key)
		if !e.Deadline.IsZero() {
			text += fmt.Sprintf(" until %s (%s left)", e.Deadline.Local().Format(dateTime), duration(e.Deadline.Sub(r.Now)))
		}
		if e.Quorum > 0 {
			text += fmt.Sprintf(", %d approvals needed", e.Quorum)
		}
		add(text)
		votes(e, add)
	case worker.StateDecided:
		votes(e, add)
		text := join(clean(e.Key), "→", clean(e.Action))
		if e.By != "" {
			text += " by " + clean(e.By)
		}
		add(text + " at " + e.Ended.Local().Format(timeOnly))
	case worker.StateTimedOut:
		add(join(clean(e.Key), "→ timed out at", e.Ended.Local().Format(timeOnly)+",", "went on with its default"))
	case worker.StateSkipped:
		add("skipped: its value is nil")
	case worker.StateCancelled:
		add("cancelled")
	}
	if e.Error != "" {
		text := clean(e.Error)
		if e.Code != "" {
			text = e.Code + ": " + text
		}
		if e.State == worker.StateRunning {
			text = "last error: " + text
		}
		add(text)
	}
	if e.Title != "" {
		add("“" + clean(e.Title) + "”")
	}
	return out
}

// wrap breaks text into lines that fit beside a margin.
func (r Report) wrap(margin, text string) []string {
	if text == "" {
		return nil
	}
	if r.Width == 0 {
		return []string{text}
	}
	return strings.Split(ansi.Wrap(text, max(minName, r.Width-len(margin)), ""), "\n")
}

func stepName(e worker.Entry) string {
	name := clean(e.Step)
	if e.Occurrence > 1 {
		name = fmt.Sprintf("%s#%d", name, e.Occurrence)
	}
	return name
}

func kindOf(e worker.Entry) string {
	if e.Type == "" {
		return e.Kind
	}
	return e.Type
}

func (r Report) took(e worker.Entry) string {
	if e.Started.IsZero() {
		return ""
	}
	end := e.Ended
	if end.IsZero() {
		end = r.Now
	}
	return duration(end.Sub(e.Started))
}

func tries(e worker.Entry) string {
	if e.Attempts == 0 {
		return ""
	}
	return fmt.Sprint(e.Attempts)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(timeOnly)
}

// size shows the bytes of a result.
func size(e worker.Entry) string {
	switch {
	case e.Size == 0:
		return ""
	case e.Size < 1_000:
		return fmt.Sprintf("%d B", e.Size)
	case e.Size < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(e.Size)/1_000)
	}
	return fmt.Sprintf("%.1f MB", float64(e.Size)/1_000_000)
}

// votes tells what each approver has decided.
func votes(e worker.Entry, add func(string)) {
	for _, v := range e.Votes {
		add(join(clean(v.Approver), "→", clean(v.Action), "at", v.At.Local().Format(timeOnly)))
	}
}
