package regex

// group reads what begins with a parenthesis.
func (t *translator) group(f *flags) (size int, isAtom bool) {
	t.at++
	if t.peek(0) != '?' {
		t.groups++
		t.emit("(")
		return t.closed(*f) + 2, true
	}
	hint := "matching is done without backtracking; match more and look at the groups, or match twice"
	switch next := t.peek(1); {
	case next == ':':
		t.at += 2
		t.emit("(?:")
		return t.closed(*f), true
	case next == '=' || next == '!':
		t.fail("lookahead (?%c is not supported", hint, next)
	case next == '<' && (t.peek(2) == '=' || t.peek(2) == '!'):
		t.fail("lookbehind (?<%c is not supported", hint, t.peek(2))
	case next == '>':
		t.fail("atomic groups (?> are not supported", "use (?: instead: matching takes linear time anyway")
	case next == '<':
		t.at += 2
		t.groups++
		t.emit("(?P<" + t.groupName() + ">")
		return t.closed(*f) + 2, true
	}
	t.at++
	inner := *f
	t.flags(&inner)
	if t.eat(")") {
		*f = inner
		return 0, false
	}
	t.at++ // the colon that flags checked
	t.emit("(?:")
	return t.closed(inner), true
}

// closed reads the inside of a group and its closing parenthesis.
func (t *translator) closed(f flags) int {
	size := t.alternatives(f)
	if !t.eat(")") {
		t.fail("Unclosed group", `write \( for the character itself`)
	}
	t.emit(")")
	return size
}

func (t *translator) groupName() string {
	from := t.at
	for isASCIILetter(t.peek(0)) || t.at > from && t.peek(0) >= '0' && t.peek(0) <= '9' {
		t.at++
	}
	name := string(t.pattern[from:t.at])
	if name == "" {
		t.fail("capturing group name does not start with a Latin letter", "")
	}
	if !t.eat(">") {
		t.fail("named capturing group is missing trailing '>'", "names consist of letters and digits")
	}
	if _, ok := t.names[name]; ok {
		t.fail("Named capturing group <%s> is already defined", "", name)
	}
	t.names[name] = t.groups
	return name
}

// flags reads letters up to a closing parenthesis (left standing) or a colon (left standing).
func (t *translator) flags(f *flags) {
	on := true
	for {
		switch r := t.peek(0); r {
		case 'i':
			f.ignoreCase = on
		case 'm':
			f.multiline = on
		case 's':
			f.dotAll = on
		case 'x':
			f.comments = on
		case 'u':
			f.unicodeCase = on
		case 'd':
			f.unixLines = on
		case 'U':
			t.fail("the flag U is not supported", `name the characters instead: \p{L} for letters, \p{Nd} for digits`)
		case '-':
			on = false
		case ')', ':':
			return
		default:
			t.fail("Unknown inline modifier", "")
		}
		t.at++
	}
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// role is what a group of the exact program stands for.
type role rune

// The roles: a group of the author's, or an assertion of Java's that Go lacks.
const (
	capture       role = 0
	lineStart     role = 'a'
	lineStartUnix role = 'b'
	lineEnd       role = 'c'
	lineEndUnix   role = 'd'
	textEnd       role = 'e'
	textEndUnix   role = 'f'
	boundary      role = 'g'
	noBoundary    role = 'h'
)

// rolesOf reads the roles off the names of the exact program's groups, the whole match first, and counts the author's.
func rolesOf(names []string) (roles []role, numbers []int) {
	roles, numbers = make([]role, len(names)), make([]int, len(names))
	n := -1
	for i, name := range names {
		if len(name) > 1 && name[0] == '_' {
			roles[i] = role(name[1])
		} else {
			n++
		}
		numbers[i] = n
	}
	return roles, numbers
}
