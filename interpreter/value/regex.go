package value

import (
	"fmt"

	"github.com/weir-run/weir/interpreter/regex"
)

// Regex is a compiled regular expression with the text that the author wrote.
type Regex struct {
	Pattern string // in Java's syntax, as it was written
	Re      *regex.Regex
}

// CompileRegex compiles a pattern of Java's syntax, as far as package regex has the like; the error wraps a
// *regex.SyntaxError.
func CompileRegex(pattern string) (Value, error) {
	re, err := regex.Compile(pattern)
	if err != nil {
		return Nil, fmt.Errorf("compile regex: %w", err)
	}
	return Value{ref: &Regex{pattern, re}}, nil
}

// AsRegex returns the regex and whether v is one.
func (v Value) AsRegex() (*Regex, bool) {
	r, ok := v.ref.(*Regex)
	return r, ok
}
