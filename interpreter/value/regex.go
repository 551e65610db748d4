package value

import (
	"fmt"
	"regexp"
	"strings"
)

// Regex is a compiled regular expression with the text that the author wrote.
type Regex struct {
	Pattern string // in Java's syntax, as it was written
	Re      *regexp.Regexp
}

// MaxRegexLen bounds the text of a regex; RE2 keeps matching linear, and this keeps compiling small.
const MaxRegexLen = 4 << 10

// CompileRegex compiles a pattern of Java's syntax, as far as RE2 has the like.
func CompileRegex(pattern string) (Value, error) {
	if len(pattern) > MaxRegexLen {
		return Nil, fmt.Errorf("compile regex: longer than %d characters", MaxRegexLen)
	}
	text, err := translateRegex(pattern)
	if err != nil {
		return Nil, fmt.Errorf("compile regex: %w", err)
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return Nil, fmt.Errorf("compile regex: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return Value{ref: &Regex{pattern, re}}, nil
}

// AsRegex returns the regex and whether v is one.
func (v Value) AsRegex() (*Regex, bool) {
	r, ok := v.ref.(*Regex)
	return r, ok
}

func translateRegex(pattern string) (string, error) { return pattern, nil }
