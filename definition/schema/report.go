package schema

import (
	"fmt"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
)

// Report collects problems. The zero Report is ready for use.
type Report struct {
	List diagnostic.List
}

// Error records a problem that keeps the flow from being deployed.
func (r *Report) Error(at *syntax.Node, code, hint, format string, args ...any) {
	r.add(diagnostic.Error, at, code, hint, fmt.Sprintf(format, args...))
}

// Warn records a problem that doesn't.
func (r *Report) Warn(at *syntax.Node, code, hint, format string, args ...any) {
	r.add(diagnostic.Warning, at, code, hint, fmt.Sprintf(format, args...))
}

// Add takes over problems that were found elsewhere.
func (r *Report) Add(list diagnostic.List) { r.List = append(r.List, list...) }

func (r *Report) add(severity diagnostic.Severity, at *syntax.Node, code, hint, message string) {
	d := diagnostic.Diagnostic{Severity: severity, Message: message, Code: code, Hint: hint}
	if at != nil {
		d.Pos, d.End = at.Pos, at.End
		if container(at) && at.End.Line != at.Pos.Line {
			d.End = opening(at).End
		}
	}
	r.List = append(r.List, d)
}

func container(n *syntax.Node) bool {
	return n.Kind == syntax.Map || n.Kind == syntax.Vector || n.Kind == syntax.List || n.Kind == syntax.Set
}

// opening is what a caret marks of a form over several lines: the head of a list, else the first character.
func opening(n *syntax.Node) *syntax.Node {
	first := *n
	first.End = n.Pos
	first.End.Col++
	if head := n.Head(); head != nil && head.End.Line == n.Pos.Line {
		first.End = head.End
	}
	return &first
}
