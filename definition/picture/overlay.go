package picture

// State is how a node stands in a run.
type State string

// The states of a node. A node without one was not reached yet, or its state can't be known.
const (
	Done    State = "done"
	Running State = "running"
	Waiting State = "waiting"
	Failed  State = "failed"
	Skipped State = "skipped"
	Missed  State = "missed" // the run ended without coming by
)

// Mark is what a run left at a node.
type Mark struct {
	State State
	Times int // how often the run came by; 0 and 1 are not shown
}

// Overlay is a run's state, to be drawn over its flow's picture.
type Overlay struct {
	Nodes map[string]Mark // by node ID
	Taken map[int]bool    // edges, by index: the answers that decisions gave
}

// Visit is something that a run did: a step, a wait, or a decision that its author labelled.
type Visit struct {
	Step   string // of a step or a wait: its id
	State  State
	Line   int    // of a decision: the line of its label in the flow's file
	Label  string // of a decision
	Answer string
}

// Over lays a run over its picture. A step that is drawn in several places has the same state in all of them: a run tells
// steps by their ids. Once the run has ended, steps that it didn't come by are marked as missed.
func (g *Graph) Over(visits []Visit, ended bool) Overlay {
	o := Overlay{Nodes: map[string]Mark{}, Taken: map[int]bool{}}
	steps := map[string]Mark{}
	for _, v := range visits {
		if v.Step == "" {
			g.answered(v, &o)
			continue
		}
		m := steps[v.Step]
		if m.Times == 0 || weight[v.State] >= weight[m.State] || weight[m.State] <= weight[Failed] {
			m.State = v.State // the latest one counts, but for one that is still under way
		}
		m.Times++
		steps[v.Step] = m
	}
	for _, n := range g.Nodes {
		m, seen := steps[n.Step]
		switch {
		case n.Step != "" && seen:
			o.Nodes[n.ID] = m
		case n.Step != "" && ended:
			o.Nodes[n.ID] = Mark{State: Missed}
		}
	}
	return o
}

// weight ranks the states of the occurrences of one step.
var weight = map[State]int{Missed: 0, Skipped: 1, Done: 1, Failed: 1, Running: 2, Waiting: 3}

// answered marks a decision and the way that it took.
func (g *Graph) answered(v Visit, o *Overlay) {
	for _, n := range g.Nodes {
		if n.Kind != Decision || n.Line != v.Line || n.Title != v.Label {
			continue
		}
		m := o.Nodes[n.ID]
		o.Nodes[n.ID] = Mark{State: Done, Times: m.Times + 1}
		for i, e := range g.Edges {
			if e.From == n.ID && e.Label == v.Answer {
				o.Taken[i] = true
			}
		}
	}
}
