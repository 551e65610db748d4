package page

import "time"

// Approval is the page that asks: the question, what it is about, two buttons.
type Approval struct {
	Flow     string // the flow's name
	Question string
	Facts    []Fact
	Sparse   bool // the run can't be asked at the moment: only what the link itself says is shown
	Deadline time.Time
	Now      time.Time
	First    Button // the button for what the link says
	Second   Button
}

// Button posts the form to a path. Relative paths keep the page right behind a proxy that adds a prefix.
type Button struct {
	Label string
	Path  string
	Yes   bool // green, otherwise red
}

// Class is the button's style.
func (b Button) Class() string {
	if b.Yes {
		return "yes"
	}
	return "no"
}

// HTML renders the page.
func (a Approval) HTML() []byte {
	return render(view{Title: a.Question + " · " + a.Flow, Approval: &a})
}
