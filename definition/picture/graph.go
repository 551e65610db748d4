package picture

import (
	"strconv"
	"strings"
)

// Kind is what a node stands for.
type Kind uint8

// The kinds of nodes.
const (
	Door Kind = iota
	Start
	Step
	Wait
	Decision
	Loop
	Fork // where branches that run at once part, and where they meet
	Call // a function that isn't drawn again
	Fail
	End
)

var kindNames = [...]string{"door", "start", "step", "wait", "decision", "loop", "fork", "call", "fail", "end"}

// String is the kind's name.
func (k Kind) String() string { return kindNames[k] }

// MarshalText writes the kind by its name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Node is one thing on the picture.
type Node struct {
	ID     string `json:"id"`
	Kind   Kind   `json:"kind"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"` // a second line
	Group  string `json:"group,omitempty"`  // the group that it stands in
	Step   string `json:"step,omitempty"`   // the id of a step, where the text says it outright
	Line   int    `json:"line,omitempty"`   // of a decision's label in the flow's file, if its author gave it one

	named bool // a decision whose author gave it a label
}

// Edge leads from a node (or a group) to a node.
type Edge struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Label  string `json:"label,omitempty"`
	Dashed bool   `json:"dashed,omitempty"` // taken when something fails
}

// Group is a frame around nodes: what a try watches over.
type Group struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Outer string `json:"outer,omitempty"` // the group that it stands in
}

// Graph is a picture. Nodes and edges are in the order of the text.
type Graph struct {
	Title  string  `json:"title"`
	Nodes  []Node  `json:"nodes"`
	Edges  []Edge  `json:"edges"`
	Groups []Group `json:"groups,omitempty"`
}

// Bounds of a picture: what comes after is left out.
const (
	MaxNodes = 2000
	maxWork  = 200_000 // forms looked at: functions are looked at again wherever they are called
)

// names gives every node a name of its own.
type names struct {
	asked map[string]int
	log   []string // what was asked for, in order
}

// take returns a name, numbered if it was given before.
func (n *names) take(text string) string {
	base := plain(text)
	for name := base; ; name = base + "_" + strconv.Itoa(n.asked[base]) {
		n.asked[name]++
		n.log = append(n.log, name)
		if n.asked[name] == 1 {
			return name
		}
	}
}

// undo takes back what was asked for since the log had a length.
func (n *names) undo(length int) {
	for _, name := range n.log[length:] {
		n.asked[name]--
	}
	n.log = n.log[:length]
}

// plain is a text as letters, digits and underscores. It begins with a letter and is no word of Mermaid's or DOT's.
func plain(text string) string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		if r < 128 && (r == '_' || ('0' <= r && r <= '9') || ('a' <= r && r <= 'z') || ('A' <= r && r <= 'Z')) {
			return r
		}
		return '_'
	}, text), "_")
	switch strings.ToLower(name) {
	case "", "end", "graph", "subgraph", "flowchart", "digraph", "node", "edge", "strict", "style", "linkstyle", "classdef", "class", "click", "default", "call", "href":
		return "n_" + name
	}
	if name[0] >= '0' && name[0] <= '9' {
		return "n_" + name
	}
	return name
}
