package page

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Approval is the page that asks: the question, what it is about, two buttons.
type Approval struct {
	Flow     string // the flow's name
	Question string
	Facts    []Fact
	Sparse   bool   // the run can't be asked at the moment: only what the link itself says is shown
	Approver string // who is asked, if somebody in particular is
	Deadline time.Time
	Now      time.Time
	Required []string          // fields that a decision must have, besides the action
	Problem  string            // why the form is shown again
	Typed    map[string]string // what was filled in then
	First    Button            // the button for what the link says
	Second   Button
}

// Field is one input of the form.
type Field struct {
	Name     string
	Label    string
	Required bool
	Value    string
}

// Comment is the form's text area.
func (a Approval) Comment() Field {
	return Field{"comment", "Comment", slices.Contains(a.Required, "comment"), a.Typed["comment"]}
}

// Fields are the form's lines: what the wait asks for, and a name.
func (a Approval) Fields() []Field {
	var fields []Field
	for _, name := range a.Required {
		if name != "comment" && name != "by" {
			fields = append(fields, Field{name, Readable(name), true, a.Typed[name]})
		}
	}
	if a.Approver != "" { // the link says it
		return fields
	}
	return append(fields, Field{"by", "Your name", slices.Contains(a.Required, "by"), a.Typed["by"]})
}

// Readable is a name as people write it: cost-center is Cost center.
func Readable(name string) string {
	name = strings.NewReplacer("-", " ", "_", " ").Replace(name)
	if name == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
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
