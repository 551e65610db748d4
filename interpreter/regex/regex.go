package regex

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"sync"
)

// Limits of a pattern.
const (
	MaxLen  = 4 << 10 // bytes of its text
	MaxSize = 20_000  // instructions once repetitions are written out
)

// SyntaxError says what is wrong with a pattern.
type SyntaxError struct {
	Pattern string
	Index   int // of the character, counted in characters from 0; -1: none in particular
	Message string
	Hint    string // what to write instead, may be empty
}

// Error is the message, with the place where there is one.
func (e *SyntaxError) Error() string {
	if e.Index < 0 {
		return e.Message
	}
	return fmt.Sprintf("%s near index %d", e.Message, e.Index)
}

// Regex is a compiled pattern.
type Regex struct {
	find    *regexp.Regexp        // right for most texts, see facts.exact
	match   func() *regexp.Regexp // the same for whole texts
	prog    *syntax.Prog          // for the machine, assertions of Java's as empty groups
	roles   []role                // what the program's groups stand for
	numbers []int                 // what the author counts them as
	prefix  string                // with which every match begins
	names   map[string]int
	groups  int
	facts   facts
}

// Compile reads a pattern of Java's syntax. Its error is a *SyntaxError.
func Compile(pattern string) (*Regex, error) {
	if len(pattern) > MaxLen {
		return nil, &SyntaxError{Pattern: pattern, Index: -1, Message: fmt.Sprintf("the pattern is longer than %d bytes", MaxLen)}
	}
	t, err := translate(pattern)
	if err != nil {
		return nil, err
	}
	fast, exact := t.fast.String(), t.exact.String()
	tree, perr := syntax.Parse(exact, syntax.Perl)
	if perr != nil {
		return nil, &SyntaxError{Pattern: pattern, Index: -1, Message: goMessage(perr)}
	}
	r := &Regex{names: t.names, groups: t.groups, facts: t.facts}
	r.roles, r.numbers = rolesOf(tree.CapNames())
	if r.prog, perr = syntax.Compile(tree.Simplify()); perr != nil {
		return nil, &SyntaxError{Pattern: pattern, Index: -1, Message: goMessage(perr)}
	}
	if r.find, perr = regexp.Compile(fast); perr != nil {
		return nil, &SyntaxError{Pattern: pattern, Index: -1, Message: goMessage(perr)}
	}
	r.prefix, _ = r.find.LiteralPrefix()
	r.match = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\A(?:` + fast + `)\z`) })
	return r, nil
}

func goMessage(err error) string {
	var e *syntax.Error
	if errors.As(err, &e) {
		return string(e.Code) + ": " + e.Expr
	}
	return err.Error()
}

// CompileCost is what the compiling of r was worth, in the steps of a search.
func (r *Regex) CompileCost() int64 { return compileWork * int64(1+len(r.prog.Inst)) }

// compileWork is what one instruction of a program costs.
const compileWork = 12

// Groups is the number of capturing groups.
func (r *Regex) Groups() int { return r.groups }

// Group is the number of the group of that name, or -1.
func (r *Regex) Group(name string) int {
	if n, ok := r.names[name]; ok {
		return n
	}
	return -1
}

// maxDirect is how long a text may be that package regexp searches: it can't tell how far it looked, so all
// of the text has to be paid for.
const maxDirect = 4 << 10

// cost is an upper bound for the work of looking at n bytes: about the number of steps, each some tens of nanoseconds.
func (r *Regex) cost(n int) int64 { return int64(n+1) * int64(1+len(r.prog.Inst)/8) }

// Find is the first match that begins at byte offset from or later: pairs of offsets for the match and its
// groups, -1 for groups that took no part; nil where there is none. It tells spend (may be nil) of its work, in
// steps of some tens of nanoseconds, and early enough for spend to stop it by a panic.
func (r *Regex) Find(in *Input, from int, spend func(work int64)) []int {
	if from > 0 || len(in.text) > maxDirect || in.exact(r.facts) {
		return in.machine(r).run(from, false, spend)
	}
	if spend != nil {
		spend(r.cost(len(in.text)))
	}
	return r.find.FindStringSubmatchIndex(in.text)
}

// Match is Find for the whole text: nil where the text as a whole is no match.
func (r *Regex) Match(in *Input, spend func(work int64)) []int {
	if in.exact(r.facts) {
		return in.machine(r).run(0, true, spend)
	}
	if spend != nil {
		spend(r.cost(len(in.text)))
	}
	return r.match().FindStringSubmatchIndex(in.text)
}
