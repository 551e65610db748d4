package page

import "fmt"

// Notice is a page that tells how it stands and asks nothing.
type Notice struct {
	Title string
	Text  string
	Flow  string
	Facts []Fact
	Tone  Tone
}

// Tone colours a notice's mark.
type Tone string

// The tones.
const (
	Good Tone = "good" // an approval
	Bad  Tone = "bad"  // a rejection
	Calm Tone = "calm" // anything else
)

// Mark is the sign that goes with the tone; screen readers pass it over.
func (n Notice) Mark() string {
	switch n.Tone {
	case Good:
		return "✓"
	case Bad:
		return "✕"
	default:
		return "i"
	}
}

// HTML renders the page.
func (n Notice) HTML() []byte { return render(view{Title: n.Title, Notice: &n}) }

// ToneOf is the tone of a decision.
func ToneOf(action string) Tone {
	switch action {
	case "approve":
		return Good
	case "reject":
		return Bad
	default:
		return Calm
	}
}

// Past is a decision as something that happened: "approved", "rejected", "decided".
func Past(action string) string {
	switch action {
	case "approve":
		return "approved"
	case "reject":
		return "rejected"
	default:
		return "decided"
	}
}

// Decided says that this very request decided.
func Decided(action string) Notice {
	return Notice{Title: Title(Past(action)), Text: "Thank you. Your decision is recorded and the run goes on.", Tone: ToneOf(action)}
}

// Kept says that the decision is safe, though nothing can act on it yet.
func Kept(action string) Notice {
	return Notice{
		Title: Title(Past(action)) + ", and kept",
		Text:  "Thank you. Your decision is kept safe. The system is not running at the moment; the decision takes effect as soon as it is, unless another one was first.",
		Tone:  ToneOf(action),
	}
}

// Counted says that the decision is one of several, and how far they have come.
func Counted(action string, approvals, quorum int) Notice {
	return Notice{Title: Title(Past(action)), Text: "Thank you. Your decision is recorded. " + progress(approvals, quorum), Tone: ToneOf(action)}
}

// AlreadyCounted says that this approver has decided before.
func AlreadyCounted(action string, approvals, quorum int) Notice {
	return Notice{Title: "You have " + Past(action) + " already", Text: "Nothing was changed now. " + progress(approvals, quorum), Tone: ToneOf(action)}
}

func progress(approvals, quorum int) string {
	return fmt.Sprintf("So far, %d of the %d approvals that are needed have come; the question stays open.", approvals, quorum)
}

// Reassigned says that the question is for somebody else now.
func Reassigned() Notice {
	return Notice{Title: "Somebody else is asked now", Text: "This question was passed on to somebody else, so this link no longer decides. Nothing was changed.", Tone: Calm}
}

// AlreadyDecided says what was decided before.
func AlreadyDecided(action string) Notice {
	return Notice{Title: "Already " + Past(action), Text: "This question was answered before. Nothing was changed now.", Tone: ToneOf(action)}
}

// Over says that the question is closed without an answer.
func Over() Notice {
	return Notice{Title: "This question is closed", Text: "The time to answer ran out, or the run it belongs to has ended. Nothing was changed.", Tone: Calm}
}

// Unknown says that the question isn't there.
func Unknown() Notice {
	return Notice{Title: "This question no longer exists", Text: "The run it belonged to isn’t kept here any more. Nothing was changed.", Tone: Calm}
}

// Forbidden says that the link is no good.
func Forbidden() Notice {
	return Notice{Title: "This link doesn’t work", Text: "It may have been cut off or changed on its way. Please open it again from the original message. Nothing was changed.", Tone: Calm}
}

// Unavailable asks to come back.
func Unavailable() Notice {
	return Notice{Title: "Please try again in a moment", Text: "The system can’t be reached right now. Nothing was changed; the link stays good.", Tone: Calm}
}

// Refused says that what was sent along can't be taken.
func Refused(problem string) Notice {
	return Notice{Title: "That could not be taken", Text: "Nothing was changed. What was sent along needs a correction: " + problem + ".", Tone: Calm}
}

// Title begins a word with a capital.
func Title(word string) string { return string(word[0]-'a'+'A') + word[1:] }
