package value

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// Regex is a compiled regular expression with the text that the author wrote.
type Regex struct {
	Pattern string // in Java's syntax, as it was written
	Re      *regexp.Regexp
}

// MaxRegexLen bounds the text of a regex: RE2 keeps matching linear, and this keeps compiling small.
const MaxRegexLen = 4 << 10

// MaxRegexSize bounds what a pattern grows to when its counted repetitions are written out.
const MaxRegexSize = 10_000

// CompileRegex compiles a pattern of Java's syntax, as far as RE2 has the like; the error names what it
// has not (look-around, backreferences, possessive quantifiers).
func CompileRegex(pattern string) (Value, error) {
	if len(pattern) > MaxRegexLen {
		return Nil, fmt.Errorf("regex is longer than %d bytes", MaxRegexLen)
	}
	text, err := translateRegex(pattern)
	if err != nil {
		return Nil, err
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err == nil && regexSize(parsed) > MaxRegexSize {
		return Nil, fmt.Errorf("regex is too large: its repetitions make more than %d elements", MaxRegexSize)
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return Nil, fmt.Errorf("regex: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return Value{ref: &Regex{pattern, re}}, nil
}

// AsRegex returns the regex and whether v is one.
func (v Value) AsRegex() (*Regex, bool) {
	r, ok := v.ref.(*Regex)
	return r, ok
}

// regexSize is about how many instructions a pattern compiles to.
func regexSize(re *syntax.Regexp) int {
	n := 1
	if re.Op == syntax.OpLiteral {
		n = len(re.Rune)
	}
	for _, sub := range re.Sub {
		n += regexSize(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return n
}
