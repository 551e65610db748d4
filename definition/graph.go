package definition

import (
	"strings"

	"github.com/weir-run/weir/definition/picture"
)

// Graph draws a flow: its doors, its steps in order, branches by their labels, waits and loops.
func Graph(f *Flow) *picture.Graph {
	return picture.Draw(picture.Source{Title: f.Name, Doors: f.doors(), Body: f.Body, Text: f.Text})
}

// doors names what starts the flow.
func (f *Flow) doors() []string {
	var doors []string
	add := func(kind, name string, enabled bool) {
		if !enabled {
			kind += ", off"
		}
		doors = append(doors, strings.TrimSpace(kind+": "+name))
	}
	for _, i := range []struct {
		kind string
		door *Interface
	}{{"manual", f.Manual}, {"http", f.HTTP}, {"webhook", f.Webhook}} {
		if i.door == nil {
			continue
		}
		name := i.door.Label
		switch {
		case i.kind == "webhook":
			name = i.door.EventName
		case name == "":
			name = i.door.ID
		}
		add(i.kind, name, i.door.Enabled)
	}
	for _, s := range f.Schedules {
		add("schedule", strings.TrimSpace(s.Label+" ("+s.Cron+")"), s.Enabled)
	}
	return doors
}
