package template

import "strings"

// token is a piece of text or one tag.
type token struct {
	tag    bool
	text   string // of text: as it will be written; of a tag: what stands between the braces
	offset int    // of text, or of the tag's content
	whole  bool   // a tag that is the entire template
}

// blocks, comments and elses may stand alone on their line; values may not.
func (t token) standsAlone() bool {
	if !t.tag {
		return false
	}
	s := strings.TrimLeft(t.text, " \t\r\n")
	return strings.HasPrefix(s, "#") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "!") || strings.HasPrefix(s, "^") || isElse(s)
}

func isElse(s string) bool {
	rest, ok := strings.CutPrefix(s, "else")
	return ok && (rest == "" || strings.ContainsRune(" \t\r\n", rune(rest[0])))
}

// tokens splits a template at its tags and applies the rules of white space.
func tokens(source string) ([]token, error) {
	var out []token
	var trimNext bool
	text := func(s string, offset int) {
		if trimNext {
			s = strings.TrimLeft(s, whitespace)
		}
		if s != "" {
			out = append(out, token{text: s, offset: offset})
		}
	}
	rest := 0
	for {
		i := strings.Index(source[rest:], "{{")
		if i < 0 {
			text(source[rest:], rest)
			break
		}
		at := rest + i
		if at > 0 && source[at-1] == '\\' && at-1 >= rest {
			text(source[rest:at-1]+"{{", rest)
			trimNext = false
			rest = at + 2
			continue
		}
		content, from, end, err := tagAt(source, at)
		if err != nil {
			return nil, err
		}
		text(source[rest:at], rest)
		trimNext = false
		if strings.HasPrefix(content, "~") {
			content, from = content[1:], from+1
			trimLast(&out)
		}
		if strings.HasSuffix(content, "~") {
			content, trimNext = content[:len(content)-1], true
		}
		out = append(out, token{tag: true, text: content, offset: from, whole: at == 0 && end == len(source)})
		rest = end
	}
	stripLines(out)
	return out, nil
}

const whitespace = " \t\r\n"

func trimLast(out *[]token) {
	if n := len(*out); n > 0 && !(*out)[n-1].tag {
		(*out)[n-1].text = strings.TrimRight((*out)[n-1].text, whitespace)
	}
}

// tagAt finds the content of the tag whose braces open at offset at, and where the tag ends.
func tagAt(source string, at int) (content string, from, end int, err error) {
	body := source[at+2:]
	opening, closing := 2, "}}"
	trim := strings.HasPrefix(body, "~")
	comment := strings.TrimPrefix(body, "~")
	switch {
	case strings.HasPrefix(comment, "!--"):
		i := strings.Index(body, "--}}")
		if j := strings.Index(body, "--~}}"); j >= 0 && (i < 0 || j < i) {
			return prefixIf(trim) + "!~", at + opening, at + opening + j + 5, nil
		}
		if i < 0 {
			return "", 0, 0, errorAt(source, at, "this comment is never closed: --}} is missing")
		}
		return prefixIf(trim) + "!", at + opening, at + opening + i + 4, nil
	case strings.HasPrefix(body, "{"):
		opening, closing, body = 3, "}}}", body[1:]
	}
	i := tagEnd(body, closing, strings.HasPrefix(comment, "!"))
	if i < 0 {
		return "", 0, 0, errorAt(source, at, "this tag is never closed: %s is missing", closing)
	}
	return body[:i], at + opening, at + opening + i + len(closing), nil
}

func prefixIf(trim bool) string {
	if trim {
		return "~"
	}
	return ""
}

// tagEnd finds what closes a tag; braces in string literals don't.
func tagEnd(body, closing string, comment bool) int {
	quote := byte(0)
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && !comment:
			quote = c
		case strings.HasPrefix(body[i:], closing):
			return i
		case strings.HasPrefix(body[i:], "{{") && !comment:
			return -1
		}
	}
	return -1
}

// stripLines removes the lines that hold nothing but one tag that writes nothing.
func stripLines(ts []token) {
	type cut struct{ left, right int }
	cuts := make([]cut, len(ts))
	for i := range ts {
		cuts[i] = cut{-1, -1}
	}
	for i, t := range ts {
		if !t.standsAlone() {
			continue
		}
		left, ok := lineStart(ts, i)
		if !ok {
			continue
		}
		right, ok := lineEnd(ts, i)
		if !ok {
			continue
		}
		if i > 0 && !ts[i-1].tag {
			cuts[i-1].right = left
		}
		if i+1 < len(ts) && !ts[i+1].tag {
			cuts[i+1].left = right
		}
	}
	for i, c := range cuts {
		text := ts[i].text
		from, to := 0, len(text)
		if c.left >= 0 {
			from = c.left
		}
		if c.right >= 0 {
			to = c.right
		}
		ts[i].text = text[from:max(from, to)]
	}
}

// lineStart tells whether only blanks precede tag i on its line, and how much of the text before it stays.
func lineStart(ts []token, i int) (keep int, ok bool) {
	if i == 0 {
		return 0, true
	}
	if ts[i-1].tag {
		return 0, false
	}
	text := ts[i-1].text
	keep = strings.LastIndexByte(text, '\n') + 1
	return keep, strings.Trim(text[keep:], " \t") == "" && (keep > 0 || i == 1)
}

// lineEnd tells whether only blanks follow tag i on its line, and where the text after it begins.
func lineEnd(ts []token, i int) (from int, ok bool) {
	if i+1 == len(ts) {
		return 0, true
	}
	if ts[i+1].tag {
		return 0, false
	}
	text := ts[i+1].text
	end := strings.IndexByte(text, '\n')
	if end < 0 {
		return len(text), strings.Trim(text, " \t\r") == "" && i+2 == len(ts)
	}
	return end + 1, strings.Trim(text[:end], " \t\r") == ""
}
