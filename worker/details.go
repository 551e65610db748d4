package worker

import (
	"strings"
	"time"
)

// maxDetailLines bounds the step list of the current details; the Web UI shows them as Markdown.
const maxDetailLines = 60

// detailHeader is what stands above the step list.
type detailHeader struct {
	Status  string
	Version int
	Key     string // of the lane
	Links   func(it *item) []link
	Failure string
}

// link is one way to decide an open wait.
type link struct{ Label, URL string }

// details renders the journal for the page of a run in the Temporal Web UI: every step with its id, title and
// state, every decision with its label and answer, every open wait with its key, deadline and links.
func (j *journal) details(h detailHeader) string {
	var b strings.Builder
	b.WriteString("**" + strings.ToUpper(h.Status[:1]) + h.Status[1:] + "**")
	if h.Version > 0 {
		b.WriteString(" · version " + itoa(h.Version))
	}
	if h.Key != "" {
		b.WriteString(" · " + code(h.Key))
	}
	b.WriteString("\n")
	if h.Failure != "" {
		b.WriteString("\n" + plainText(h.Failure) + "\n")
	}
	first := max(0, len(j.items)-maxDetailLines)
	if earlier := first + j.skipped; earlier > 0 {
		b.WriteString("\n- … " + itoa(earlier) + " earlier")
	}
	for _, it := range j.items[first:] {
		b.WriteString("\n" + it.render(h.Links))
	}
	return b.String()
}

func (it *item) render(links func(*item) []link) string {
	if it.line != "" {
		return it.line
	}
	line := it.markdown()
	if it.over() {
		it.line = line
		return line
	}
	if it.Kind == KindWait && links != nil {
		for _, l := range links(it) {
			line += " · [" + l.Label + "](" + l.URL + ")"
		}
	}
	return line
}

func (it *item) markdown() string {
	switch it.Kind {
	case KindDecision:
		return "- ◇ " + plainText(it.Label) + " → **" + plainText(it.Answer) + "**"
	case KindNote:
		if it.Step != "" {
			return "- " + code(it.Step) + " " + plainText(it.Note)
		}
		return "- " + plainText(it.Note)
	}
	var b strings.Builder
	b.WriteString("- " + mark(it.State) + " " + code(stepName(it.Step, it.Occurrence)))
	if it.Title != "" {
		b.WriteString(" " + plainText(it.Title))
	}
	if it.Kind == KindWait {
		b.WriteString(it.waitMarkdown())
	}
	if it.Attempts > 1 {
		b.WriteString(" · " + itoa(it.Attempts) + " attempts")
	}
	if d := it.Ended.Sub(it.Started); !it.Ended.IsZero() && d >= time.Millisecond {
		b.WriteString(" · " + d.Round(time.Millisecond).String())
	}
	if it.Error != "" {
		b.WriteString(" · " + plainText(it.Error))
	}
	return b.String()
}

func (it *item) waitMarkdown() string {
	switch it.State {
	case StateWaiting:
		text := " waits for " + code(it.Key) + " until " + it.Deadline.UTC().Format("2006-01-02 15:04:05 MST")
		for _, v := range it.Votes {
			text += " · " + plainText(v.Approver) + ": " + plainText(v.Action)
		}
		if it.Quorum > 0 {
			text += " · " + itoa(it.Quorum) + " approvals needed"
		}
		return text
	case StateDecided:
		text := " " + code(it.Key) + " → **" + plainText(it.Action) + "**"
		if it.By != "" {
			text += " by " + plainText(it.By)
		}
		return text
	case StateTimedOut:
		return " " + code(it.Key) + " → timed out"
	}
	return " " + code(it.Key)
}

func mark(state string) string {
	switch state {
	case StateDone, StateDecided:
		return "✓"
	case StateFailed:
		return "✗"
	case StateSkipped, StateCancelled:
		return "–"
	case StateTimedOut, StateWaiting:
		return "⏳"
	}
	return "…"
}

// code sets text in monospace: no text ends it early.
func code(text string) string {
	return "`" + strings.ReplaceAll(oneLine(text), "`", "'") + "`"
}

var markdownEscapes = strings.NewReplacer(
	"\\", "\\\\", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[", "]", "\\]", "<", "\\<", ">", "\\>", "|", "\\|")

// plainText keeps what an author or an API wrote from being read as Markdown.
func plainText(text string) string { return markdownEscapes.Replace(oneLine(text)) }

const maxDetailText = 300

func oneLine(text string) string {
	return shortened(strings.Join(strings.Fields(shortened(text, 4*maxDetailText)), " "), maxDetailText)
}
