package compile

import (
	"strconv"
	"strings"

	"github.com/weir-run/weir/interpreter/eval"
	"github.com/weir-run/weir/interpreter/syntax"
)

// scope is one binding, or one change of the recur target, in a chain from the innermost outward.
type scope struct {
	up     *scope
	frame  *frame
	local  *local
	target *target
	depth  int
	index  map[string]*local // every indexEvery scopes: the locals of those since the last index
	skip   *scope            // the scope that has that one
}

// indexEvery keeps looking a name up fast in bodies with very many bindings.
const indexEvery = 64

// local is a name bound in a scope.
type local struct {
	name    string
	node    *syntax.Node // where it was bound
	frame   *frame
	slot    int
	self    *function      // the name of a fn inside itself
	fn      *eval.Proto    // what is known about the function it names
	value   *eval.Constant // its value, where that is a constant
	uses    int
	lastUse int            // c.tick at the last of them
	hides   bool           // it was said to hide a function
	effects bool           // its function acts on the world
	calls   *[]pendingCall // where calls go whose arity can't be checked yet
}

// pendingCall is a call of a function that isn't compiled whole yet: of another one of a letfn, or of the one around.
type pendingCall struct {
	node  *syntax.Node
	local *local
	count int
}

// frame is what becomes one frame at run time: the body of an arity, of a lazy for, or the program.
type frame struct {
	fn    *function // nil for the program
	outer *frame
	slots int
	loads map[*local]eval.Load
	order []eval.Load // loads, as they came up
	arity *eval.Arity // what the frame is for, in a function
}

// function is a fn form under way.
type function struct {
	proto    *eval.Proto
	captures []*local
	index    map[*local]int
	frames   []*frame   // one for each arity
	selves   []selfCall // calls of itself, completed when all arities are known
	inner    []pendingCall
}

type selfCall struct {
	frame *frame
	node  *syntax.Node
	call  *eval.SelfCall
}

// target is what recur goes back to.
type target struct {
	slots   []int
	since   int // c.forms where a turn begins
	turn    int // forms on the longest way from there to a recur
	used    bool
	barrier string // why there is none
}

func (sc *scope) bind(l *local) *scope {
	inner := &scope{up: sc, frame: sc.frame, local: l, target: sc.target, depth: sc.depth + 1}
	if inner.depth%indexEvery == 0 {
		inner.index = make(map[string]*local, indexEvery)
		s := inner
		for ; s != nil && (s == inner || s.index == nil); s = s.up {
			if s.local != nil && inner.index[s.local.name] == nil {
				inner.index[s.local.name] = s.local
			}
		}
		inner.skip = s
	}
	return inner
}

// within is the scope that a function's body or a lazy for begins with: the same names, in another frame.
func (sc *scope) within(f *frame) *scope {
	return &scope{up: sc, frame: f, depth: sc.depth}
}

func (sc *scope) retarget(t *target) *scope {
	return &scope{up: sc, frame: sc.frame, target: t, depth: sc.depth}
}

// find looks a name up.
func (sc *scope) find(name string) *local {
	for s := sc; s != nil; {
		if s.index != nil {
			if l := s.index[name]; l != nil {
				return l
			}
			s = s.skip
			continue
		}
		if s.local != nil && s.local.name == name {
			return s.local
		}
		s = s.up
	}
	return nil
}

func (f *frame) slot() int {
	f.slots++
	return f.slots - 1
}

// slotOf is the slot in f that holds l, captured from outside if need be.
func (f *frame) slotOf(l *local) int {
	if l.frame == f {
		return l.slot
	}
	if load, ok := f.loads[l]; ok {
		return load.To
	}
	if f.loads == nil {
		f.loads = map[*local]eval.Load{}
	}
	from := 0
	if f.fn != nil {
		from = f.fn.capture(l)
	} else {
		from = f.outer.slotOf(l)
	}
	load := eval.Load{From: from, To: f.slot()}
	f.loads[l] = load
	f.order = append(f.order, load)
	return load.To
}

func (fn *function) capture(l *local) int {
	if i, ok := fn.index[l]; ok {
		return i
	}
	if fn.index == nil {
		fn.index = map[*local]int{}
	}
	fn.index[l] = len(fn.captures)
	fn.captures = append(fn.captures, l)
	return fn.index[l]
}

// sources says where, in the frame around the function, the captured values come from.
func (fn *function) sources(outer *frame) []int {
	out := make([]int, 0, len(fn.captures))
	for _, l := range fn.captures {
		if l.self == fn {
			out = append(out, eval.Self)
		} else {
			out = append(out, outer.slotOf(l))
		}
	}
	return out
}

// declare makes a local of a symbol node in sc's frame, in a slot of its own.
func (c *compiler) declare(n *syntax.Node, sc *scope) *local {
	return &local{name: n.Name(), node: n, frame: sc.frame, slot: sc.frame.slot()}
}

// temp is a local that no author can name, and the symbol that the compiler names it by.
func (c *compiler) temp(at *syntax.Node, sc *scope) (*local, *syntax.Node) {
	c.temps++
	n := symbolNode(" "+strconv.Itoa(c.temps), at)
	return c.declare(n, sc), n
}

// hidden tells whether a name was made by temp, or by the reader for #().
func hidden(name string) bool { return strings.HasPrefix(name, " ") || strings.HasSuffix(name, "__#") }

// used counts a use of a local.
func (c *compiler) used(l *local) {
	c.tick++
	l.uses++
	l.lastUse = c.tick
}

// use reads a local.
func (c *compiler) use(l *local, sc *scope) eval.Node {
	c.used(l)
	if l.effects {
		c.effects++
	}
	if l.value != nil {
		return l.value
	}
	return &eval.Local{Slot: sc.frame.slotOf(l)}
}
