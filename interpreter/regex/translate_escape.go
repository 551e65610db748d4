package regex

// escape reads what follows a backslash outside of classes.
func (t *translator) escape(f flags) int {
	if !t.more() {
		t.fail("Unexpected internal error", `a backslash at the end: write \\ for one`)
	}
	r := t.peek(0)
	switch r {
	case 'b', 'B':
		t.at++
		if t.peek(0) == '{' && t.peek(1) == 'g' {
			t.fail(`\b{g} is not supported`, "")
		}
		t.facts.boundaries = true
		if r == 'b' {
			t.assert(boundary, `\b`)
		} else {
			t.assert(noBoundary, `\B`)
		}
		return 1
	case 'A':
		t.at++
		t.emit(`\A`)
		return 1
	case 'z':
		t.at++
		t.emit(`\z`)
		return 1
	case 'Z':
		t.at++
		t.facts.endOfText = true
		if f.unixLines {
			t.assert(textEndUnix, `\z`)
		} else {
			t.assert(textEnd, `\z`)
		}
		return 1
	case 'R':
		t.at++
		t.emit(`(?:\r\n|` + vertical.text() + `)`)
		return 4
	case 'Q':
		t.at++
		return t.quoted(f)
	case 'G':
		t.fail(`\G is not supported`, "use re-seq")
	case 'X':
		t.fail(`\X is not supported`, "")
	case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		t.fail(`backreferences (\%c) are not supported`, "match both places as groups and compare them with =", r)
	}
	if s, ok := t.classEscape(f); ok {
		return t.set(s)
	}
	t.literal(t.charEscape(), f)
	return 1
}

// quoted reads \Q...\E; a quantifier behind it belongs to its last character.
func (t *translator) quoted(f flags) int {
	n := 0
	for t.more() && !t.eat(`\E`) {
		t.literal(t.peek(0), f)
		t.at++
		n++
	}
	if n == 0 {
		t.emit("(?:)")
	}
	return n + 1
}

// classEscape reads an escape that stands for many characters: \d \D \w \W \s \S \h \H \v \V \p{...} \P{...}.
func (t *translator) classEscape(f flags) (set, bool) {
	var s set
	r := t.peek(0)
	switch r {
	case 'd', 'D':
		s = digits
	case 'w', 'W':
		s = words
	case 's', 'S':
		s = spaces
	case 'h', 'H':
		s = horizontal
	case 'v', 'V':
		s = vertical
	case 'p', 'P':
		t.at++
		s = t.property(f)
		t.at--
	default:
		return nil, false
	}
	t.at++
	if r >= 'A' && r <= 'Z' {
		s = s.negate()
	}
	return s, true
}

// property reads the name behind \p.
func (t *translator) property(f flags) set {
	name := string(t.peek(0))
	t.at++
	if name == "{" {
		from := t.at
		for t.more() && t.peek(0) != '}' {
			t.at++
		}
		if !t.more() {
			t.fail("Unclosed character family", "")
		}
		name = string(t.pattern[from:t.at])
		t.at++
	}
	if f.ignoreCase {
		name = caseless(name)
	}
	s, ok := property(name)
	if !ok {
		t.fail("Unknown character property name {%s}", `like \p{L} \p{Lu} \p{IsLatin} \p{Alpha}; blocks (\p{InX}) are not supported`, name)
	}
	return s
}

// charEscape reads an escape that stands for one character.
func (t *translator) charEscape() rune {
	r := t.peek(0)
	t.at++
	switch r {
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 'f':
		return '\f'
	case 'a':
		return 7
	case 'e':
		return 0x1B
	case 'c':
		if !t.more() {
			t.fail("Illegal control escape sequence", "")
		}
		t.at++
		return t.pattern[t.at-1] ^ 64
	case '0':
		return t.octal()
	case 'x':
		if t.eat("{") {
			n := t.hex(1, 6)
			if n > maxRune || !t.eat("}") {
				t.fail("Hexadecimal codepoint is too big or unclosed", "")
			}
			return n
		}
		return t.hex(2, 2)
	case 'u':
		hi := t.hex(4, 4)
		if hi >= 0xD800 && hi < 0xDC00 && t.peek(0) == '\\' && t.peek(1) == 'u' {
			back := t.at
			t.at += 2
			if lo := t.hex(4, 4); lo >= 0xDC00 && lo < 0xE000 {
				return (hi-0xD800)<<10 + (lo - 0xDC00) + 0x10000
			}
			t.at = back
		}
		return hi
	case 'N':
		t.fail(`\N{...} is not supported`, `write the character itself, or \uXXXX`)
	}
	if isASCIILetter(r) {
		t.at--
		t.fail("Illegal/unsupported escape sequence", `a letter behind a backslash must mean something: write %[1]c, or \\%[1]c for a backslash and a letter`, r)
	}
	return r
}

func (t *translator) octal() rune {
	n, digits := rune(0), 0
	for digits < 3 && t.peek(0) >= '0' && t.peek(0) <= '7' && n*8+t.peek(0)-'0' <= 0o377 {
		n = n*8 + t.peek(0) - '0'
		t.at++
		digits++
	}
	if digits == 0 {
		t.fail("Illegal octal escape sequence", "")
	}
	return n
}

func (t *translator) hex(least, most int) rune {
	n, digits := rune(0), 0
	for ; digits < most; digits++ {
		r := t.peek(0)
		switch {
		case r >= '0' && r <= '9':
			n = n*16 + r - '0'
		case r >= 'a' && r <= 'f':
			n = n*16 + r - 'a' + 10
		case r >= 'A' && r <= 'F':
			n = n*16 + r - 'A' + 10
		default:
			if digits < least {
				t.fail("Illegal hexadecimal or Unicode escape sequence", "")
			}
			return n
		}
		t.at++
	}
	return n
}

// class reads a bracketed class, from behind its bracket on.
func (t *translator) class(f flags) set {
	if t.depth++; t.depth > maxGroupDepth {
		t.fail("classes are nested more than %d deep", "", maxGroupDepth)
	}
	defer func() { t.depth-- }()
	negated := t.eat("^")
	whole, part, begun := set(nil), set(nil), false
	intersecting := false
	join := func() {
		if intersecting {
			whole = whole.intersect(part)
		} else {
			whole = part
		}
		part = nil
	}
	for first := true; ; first = false {
		t.space(flags{comments: f.comments})
		switch {
		case !t.more():
			t.fail("Unclosed character class", "")
		case !first && t.eat("]"):
			join()
			if negated {
				return whole.negate()
			}
			return whole
		case t.eat("["):
			part, begun = part.union(t.class(f)), true
		case begun && t.eat("&&"):
			join()
			intersecting = true
		default:
			part, begun = part.union(t.classItem(f)), true
		}
	}
}

// classItem reads one character, range or escape in a class. Characters and ranges take their other cases in
// where case is ignored; the classes that an escape names settle that themselves.
func (t *translator) classItem(f flags) set {
	if t.eat(`\Q`) {
		var s set
		for t.more() && !t.eat(`\E`) {
			s = append(s, t.peek(0), t.peek(0))
			t.at++
		}
		return fold(s.normal(), f)
	}
	if t.peek(0) == '\\' {
		t.at++
		if s, ok := t.classEscape(f); ok {
			return s
		}
		t.at--
	}
	lo := t.classChar()
	if t.peek(0) != '-' || t.peek(1) == ']' || t.peek(1) == '[' || t.peek(1) == 0 {
		return fold(setOf(lo, lo), f)
	}
	t.at++
	hi := t.classChar()
	if hi < lo {
		t.fail("Illegal character range", "")
	}
	return fold(setOf(lo, hi), f)
}

func (t *translator) classChar() rune {
	r := t.peek(0)
	t.at++
	if r == '\\' {
		if !t.more() {
			t.fail("Unclosed character class", "")
		}
		return t.charEscape()
	}
	return r
}
