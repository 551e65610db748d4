package value

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// regexFlags are the flags of Java's that change how a pattern is read.
type regexFlags struct{ dotAll, unixLines, comments bool }

// translator rewrites a pattern of Java's syntax into RE2's.
type translator struct {
	in    string
	i     int
	out   strings.Builder
	flags regexFlags
	outer []regexFlags // of the groups that are open
	depth int          // of nested character classes
}

func translateRegex(pattern string) (string, error) {
	t := &translator{in: pattern}
	for t.i < len(t.in) {
		if err := t.item(); err != nil {
			return "", err
		}
	}
	return t.out.String(), nil
}

// item rewrites one element outside of character classes.
func (t *translator) item() error {
	switch c := t.in[t.i]; {
	case c == '\\':
		return t.escape(false)
	case c == '[':
		return t.class()
	case c == '(':
		return t.group()
	case c == ')':
		if n := len(t.outer); n > 0 {
			t.flags, t.outer = t.outer[n-1], t.outer[:n-1]
		}
		t.copy(1)
	case c == '.':
		t.i++
		t.out.WriteString(t.dot())
	case c == '*' || c == '+' || c == '?' || c == '}':
		t.copy(1)
		if t.peek("+") {
			return t.lacks("a possessive quantifier (" + string(c) + "+)")
		}
	case t.flags.comments && strings.IndexByte(" \t\n\v\f\r", c) >= 0:
		t.i++
	case t.flags.comments && c == '#':
		if end := strings.IndexByte(t.in[t.i:], '\n'); end >= 0 {
			t.i += end + 1
		} else {
			t.i = len(t.in)
		}
	default:
		t.copy(1)
	}
	return nil
}

func (t *translator) copy(n int) {
	t.out.WriteString(t.in[t.i : t.i+n])
	t.i += n
}

func (t *translator) peek(s string) bool { return strings.HasPrefix(t.in[t.i:], s) }

func (t *translator) lacks(what string) error {
	return fmt.Errorf("regex at %d: %s is not available: matching takes linear time here (RE2)", t.i, what)
}

// dot is what . stands for: in Java it stops at every kind of line end.
func (t *translator) dot() string {
	switch {
	case t.flags.dotAll:
		return `(?s:.)`
	case t.flags.unixLines:
		return `[^\n]`
	}
	return `[^\n\r\x{85}\x{2028}\x{2029}]`
}

// group rewrites what opens a group.
func (t *translator) group() error {
	switch {
	case t.peek("(?=") || t.peek("(?!"):
		return t.lacks("look-ahead " + t.in[t.i:t.i+3])
	case t.peek("(?<=") || t.peek("(?<!"):
		return t.lacks("look-behind " + t.in[t.i:t.i+4])
	case t.peek("(?>"):
		return t.lacks("an atomic group (?>")
	case t.peek("(?<") || !t.peek("(?") || t.peek("(?:"):
		t.outer = append(t.outer, t.flags)
		n := 1
		if t.peek("(?") {
			n = 3
		}
		t.copy(n)
		return nil
	}
	end := strings.IndexAny(t.in[t.i:], ":)")
	if end < 0 {
		t.copy(len(t.in) - t.i)
		return nil
	}
	text := t.in[t.i+2 : t.i+end]
	scoped := t.in[t.i+end] == ':'
	if scoped {
		t.outer = append(t.outer, t.flags)
	}
	kept, err := t.setFlags(text)
	if err != nil {
		return err
	}
	t.i += end + 1
	switch {
	case scoped && (kept == "" || kept == "-"):
		t.out.WriteString("(?:")
	case scoped:
		t.out.WriteString("(?" + kept + ":")
	case kept != "" && kept != "-":
		t.out.WriteString("(?" + kept + ")")
	}
	return nil
}

// setFlags takes what changes how the pattern is read, and gives back the flags that RE2 has too.
func (t *translator) setFlags(text string) (string, error) {
	kept, on := "", true
	for _, c := range text {
		switch c {
		case '-':
			on = false
			kept += "-"
		case 's':
			t.flags.dotAll = on
		case 'd':
			t.flags.unixLines = on
		case 'x':
			t.flags.comments = on
		case 'u': // letters are folded beyond ASCII anyway
		case 'i', 'm':
			kept += string(c)
		default:
			return "", fmt.Errorf("regex at %d: the flag %c is not available", t.i, c)
		}
	}
	return strings.TrimSuffix(kept, "-"), nil
}

// Java's names for classes that RE2 writes otherwise: between brackets.
var regexClasses = map[string]string{
	"Lower": "a-z", "Upper": "A-Z", "ASCII": `\x00-\x7F`, "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9",
	"Punct": "!-/:-@\\[-`{-~", "Graph": "!-~", "Print": " -~", "Blank": ` \t`, "Cntrl": `\x00-\x1F\x7F`,
	"XDigit": "0-9a-fA-F", "Space": `\t-\r `, "IsAlphabetic": `\pL\p{Nl}`, "IsLetter": `\pL`, "IsDigit": `\p{Nd}`,
	"IsUppercase": `\p{Lu}`, "IsLowercase": `\p{Ll}`, "IsPunctuation": `\pP`, "IsWhite_Space": `\t-\r \x{85}\pZ`,
	"javaLowerCase": `\p{Ll}`, "javaUpperCase": `\p{Lu}`, "javaLetter": `\pL`, "javaDigit": `\p{Nd}`,
	"javaLetterOrDigit": `\pL\p{Nd}`, "javaWhitespace": `\t-\r\x1C-\x1F \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}`,
	"javaAlphabetic": `\pL\p{Nl}`,
}

const (
	horizontalSpace = ` \t\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}`
	verticalSpace   = `\n-\r\x{85}\x{2028}\x{2029}`
)

// escape rewrites what begins with a backslash; inClass says that it stands between brackets.
func (t *translator) escape(inClass bool) error {
	if t.i+1 >= len(t.in) {
		return fmt.Errorf("regex at %d: nothing follows the backslash", t.i)
	}
	c := t.in[t.i+1]
	switch {
	case c >= '1' && c <= '9' || c == 'k':
		return t.lacks("a backreference (\\" + string(c) + ")")
	case c == 'G' || c == 'X' || c == 'N':
		return t.lacks("\\" + string(c))
	case c >= utf8.RuneSelf:
		t.i++
		_, n := utf8.DecodeRuneInString(t.in[t.i:])
		t.copy(n)
		return nil
	}
	switch c {
	case 'Q':
		t.quoted()
	case 'E':
		t.i += 2
	case 'p', 'P':
		return t.property(inClass)
	case 'u', '0', 'c', 'e':
		return t.codePoint(c)
	case 's':
		t.bracketed(`\t-\r `, false, inClass)
	case 'S':
		if inClass {
			t.copy(2)
			break
		}
		t.bracketed(`\t-\r `, true, false)
	case 'h':
		t.bracketed(horizontalSpace, false, inClass)
	case 'v':
		t.bracketed(verticalSpace, false, inClass)
	case 'H', 'V':
		if inClass {
			return t.lacks("\\" + string(c) + " between brackets")
		}
		t.bracketed(map[byte]string{'H': horizontalSpace, 'V': verticalSpace}[c], true, false)
	case 'R':
		t.i += 2
		t.out.WriteString(`(?:\r\n|[` + verticalSpace + `])`)
	case 'Z':
		t.i += 2
		t.out.WriteString(`\z`)
	default:
		t.copy(2)
	}
	return nil
}

// bracketed writes a class for a two-letter escape.
func (t *translator) bracketed(class string, negated, inClass bool) {
	t.i += 2
	switch {
	case inClass:
		t.out.WriteString(class)
	case negated:
		t.out.WriteString("[^" + class + "]")
	default:
		t.out.WriteString("[" + class + "]")
	}
}

// quoted rewrites \Q...\E.
func (t *translator) quoted() {
	text := t.in[t.i+2:]
	t.i = len(t.in)
	if end := strings.Index(text, `\E`); end >= 0 {
		t.i -= len(text) - end - 2
		text = text[:end]
	}
	for _, r := range text {
		if r < utf8.RuneSelf && strings.ContainsRune(`\.+*?()|[]{}^$-&#~ `, r) {
			t.out.WriteByte('\\')
		}
		t.out.WriteRune(r)
	}
}

// property rewrites \p{...} and \pL.
func (t *translator) property(inClass bool) error {
	if t.i+2 < len(t.in) && t.in[t.i+2] != '{' {
		t.copy(3)
		return nil
	}
	end := strings.IndexByte(t.in[t.i:], '}')
	if end < 0 {
		return fmt.Errorf("regex at %d: \\p{ is never closed", t.i)
	}
	name := t.in[t.i+3 : t.i+end]
	negated := t.in[t.i+1] == 'P'
	class, known := regexClasses[name]
	switch {
	case known && negated && inClass:
		return t.lacks(t.in[t.i:t.i+end+1] + " between brackets")
	case known:
		t.bracketed(class, negated, inClass)
		t.i += end - 1
		return nil
	}
	for _, prefix := range []string{"Is", "general_category=", "gc=", "script=", "sc=", "IsScript="} {
		name = strings.TrimPrefix(name, prefix)
	}
	t.out.WriteString(`\` + t.in[t.i+1:t.i+2] + "{" + name + "}")
	t.i += end + 1
	return nil
}

// codePoint rewrites backslash-u and four digits, octal \0..., control \cX, and \e.
func (t *translator) codePoint(kind byte) error {
	from := t.i
	t.i += 2
	var r int64
	switch kind {
	case 'e':
		r = 0x1B
	case 'c':
		if t.i >= len(t.in) {
			return fmt.Errorf("regex at %d: \\c needs a character", from)
		}
		r = int64(t.in[t.i]) ^ 64
		t.i++
	case '0':
		n := 0
		for n < 3 && t.i+n < len(t.in) && t.in[t.i+n] >= '0' && t.in[t.i+n] <= '7' {
			n++
		}
		if n == 3 && t.in[t.i] > '3' {
			n = 2
		}
		if n == 0 {
			return fmt.Errorf("regex at %d: \\0 needs octal digits", from)
		}
		r, _ = strconv.ParseInt(t.in[t.i:t.i+n], 8, 32)
		t.i += n
	default:
		var ok bool
		if r, ok = t.hex4(); !ok {
			return fmt.Errorf("regex at %d: \\u needs four hexadecimal digits", from)
		}
		if isHigh(rune(r)) && t.peek(`\u`) {
			t.i += 2
			if lo, ok := t.hex4(); ok && isLow(rune(lo)) {
				r = (r-0xD800)<<10 + (lo - 0xDC00) + 0x10000
			}
		}
	}
	fmt.Fprintf(&t.out, `\x{%X}`, r)
	return nil
}

func (t *translator) hex4() (int64, bool) {
	if t.i+4 > len(t.in) {
		return 0, false
	}
	r, err := strconv.ParseUint(t.in[t.i:t.i+4], 16, 32)
	t.i += 4
	return int64(r), err == nil
}
