package regex

import (
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
	r.match = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\A(?:` + fast + `)\z`) })
	return r, nil
}

func goMessage(err error) string {
	if e, ok := err.(*syntax.Error); ok {
		return string(e.Code) + ": " + e.Expr
	}
	return err.Error()
}

// Groups is the number of capturing groups.
func (r *Regex) Groups() int { return r.groups }

// Group is the number of the group of that name, or -1.
func (r *Regex) Group(name string) int {
	if n, ok := r.names[name]; ok {
		return n
	}
	return -1
}

// Cost is an upper bound for the work of searching n bytes: about the number of steps, each some tens of nanoseconds.
func (r *Regex) Cost(n int) int64 { return int64(n+1) * int64(1+len(r.prog.Inst)/8) }

// Find is the first match that begins at byte offset from or later: pairs of offsets for the match and its
// groups, -1 for groups that took no part; nil where there is none.
func (r *Regex) Find(in *Input, from int) []int {
	if from > 0 && r.facts.looksBehind || in.exact(r.facts) {
		return r.run(in.text, from, false)
	}
	loc := r.find.FindStringSubmatchIndex(in.text[from:])
	for i := range loc {
		if loc[i] >= 0 {
			loc[i] += from
		}
	}
	return loc
}

// Match is Find for the whole text: nil where the text as a whole is no match.
func (r *Regex) Match(in *Input) []int {
	if in.exact(r.facts) {
		return r.run(in.text, 0, true)
	}
	return r.match().FindStringSubmatchIndex(in.text)
}
