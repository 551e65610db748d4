package view

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/weir-run/weir/worker"
)

// mark is the sign that stands before an entry.
func mark(e worker.Entry) string {
	switch {
	case e.Kind == worker.KindDecision:
		return "◆"
	case e.Kind == worker.KindNote:
		return "·"
	}
	switch e.State {
	case worker.StateDone, worker.StateDecided:
		return "✓"
	case worker.StateFailed:
		return "✗"
	case worker.StateSkipped, worker.StateCancelled:
		return "–"
	case worker.StateTimedOut:
		return "⏱"
	case worker.StateWaiting:
		return "⏸"
	default:
		return "●"
	}
}

// line is an entry as one line without its mark; now is where running steps end.
func line(e worker.Entry, now time.Time) string {
	switch e.Kind {
	case worker.KindDecision:
		return join(clean(e.Label), "→ "+clean(e.Answer))
	case worker.KindNote:
		return clean(e.Note)
	}
	name := e.Step
	if e.Occurrence > 1 {
		name = fmt.Sprintf("%s#%d", name, e.Occurrence)
	}
	kind := e.Type
	if kind == "" {
		kind = e.Kind
	}
	parts := []string{fmt.Sprintf("%-24s %-9s", clean(name), clean(kind))}
	if e.State != worker.StateWaiting && !e.Started.IsZero() {
		end := e.Ended
		if end.IsZero() {
			end = now
		}
		parts = append(parts, fmt.Sprintf("%7s", duration(end.Sub(e.Started))))
	}
	if e.Attempts > 1 {
		parts = append(parts, fmt.Sprintf("%d attempts", e.Attempts))
	}
	switch e.State {
	case worker.StateWaiting:
		parts = append(parts, "waits")
		if !e.Deadline.IsZero() {
			parts = append(parts, fmt.Sprintf("until %s (%s left)", e.Deadline.Local().Format("15:04:05"), duration(e.Deadline.Sub(now))))
		}
		parts = append(parts, "key "+clean(e.Key))
	case worker.StateDecided:
		parts = append(parts, clean(e.Action))
		if e.By != "" {
			parts = append(parts, "by "+clean(e.By))
		}
	case worker.StateTimedOut:
		parts = append(parts, "timed out, goes on with its default")
	case worker.StateSkipped:
		parts = append(parts, "skipped")
	case worker.StateCancelled:
		parts = append(parts, "cancelled")
	}
	if e.Error != "" {
		parts = append(parts, join(e.Code, clean(e.Error)))
	}
	if e.Title != "" {
		parts = append(parts, "“"+clean(e.Title)+"”")
	}
	return strings.TrimRight(strings.Join(parts, "  "), " ")
}

// duration shows a time span as people say it: 12ms, 3.4s, 2m5s, 2h.
func duration(d time.Duration) string {
	switch {
	case d < 0:
		return "0ms"
	case d < time.Second:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	text := d.Round(time.Second).String()
	for _, empty := range []string{"m0s", "h0m"} { // 2h0m0s is 2h
		if strings.HasSuffix(text, empty) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// clean keeps what a run tells from steering the terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}
