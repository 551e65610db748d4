package template

import (
	"strings"
)

// node is a part of a compiled template.
type node interface {
	render(r *renderer, s *scope) error
}

type textNode string

type valueNode struct {
	expr   expression
	offset int
	whole  bool
}

// blockKind is what a block does.
type blockKind uint8

const (
	ifBlock blockKind = iota
	unlessBlock
	eachBlock
	withBlock
)

var blockKinds = map[string]blockKind{"if": ifBlock, "unless": unlessBlock, "each": eachBlock, "with": withBlock}

type blockNode struct {
	kind          blockKind
	expr          expression
	params        []string // as |item index|
	body, inverse []node
	offset        int
}

type parser struct {
	source string
	tokens []token
	at     int
	depth  int
}

// ending is the tag that ended a list of nodes: "/if", "else", "else if x" or, at the end of the text, nothing.
type ending struct {
	text   string
	offset int
	tag    bool
}

func (p *parser) parse() ([]node, error) {
	var err error
	if p.tokens, err = tokens(p.source); err != nil {
		return nil, err
	}
	nodes, end, err := p.nodes()
	if err != nil {
		return nil, err
	}
	if end.tag {
		if strings.HasPrefix(end.text, "/") {
			return nil, errorAt(p.source, end.offset, "{{%s}} closes a block that isn't open", end.text)
		}
		return nil, errorAt(p.source, end.offset, "{{else}} stands outside of a block")
	}
	return nodes, nil
}

// nodes reads up to the end of the enclosing block.
func (p *parser) nodes() ([]node, ending, error) {
	var out []node
	for p.at < len(p.tokens) {
		t := p.tokens[p.at]
		p.at++
		if !t.tag {
			if t.text != "" {
				out = append(out, textNode(t.text))
			}
			continue
		}
		content := strings.TrimSpace(t.text)
		offset := t.offset + strings.Index(t.text, content)
		switch {
		case strings.HasPrefix(content, "!"):
		case strings.HasPrefix(content, "/"), isElse(content), content == "^":
			return out, ending{text: content, offset: offset, tag: true}, nil
		case strings.HasPrefix(content, "#"):
			b, err := p.block(content[1:], offset+1)
			if err != nil {
				return nil, ending{}, err
			}
			out = append(out, b)
		case strings.HasPrefix(content, ">"), strings.HasPrefix(content, "*"), strings.HasPrefix(content, "^"):
			return nil, ending{}, errorAt(p.source, offset, "{{%c ...}} is not available here", content[0])
		default:
			expr, err := p.expression(strings.TrimPrefix(content, "&"), offset+len(content)-len(strings.TrimPrefix(content, "&")))
			if err != nil {
				return nil, ending{}, err
			}
			out = append(out, &valueNode{expr: expr, offset: offset, whole: t.whole})
		}
	}
	return out, ending{}, nil
}

// block reads a block whose opening tag holds "name expression".
func (p *parser) block(content string, offset int) (*blockNode, error) {
	name, rest := cutWord(content)
	kind, known := blockKinds[name]
	if !known {
		return nil, errorAt(p.source, offset, "unknown block #%s: there are #if, #unless, #each and #with", name)
	}
	if p.depth++; p.depth > MaxDepth {
		return nil, errorAt(p.source, offset, "blocks are nested more than %d deep", MaxDepth)
	}
	defer func() { p.depth-- }()
	b := &blockNode{kind: kind, offset: offset}
	restOffset := offset + len(content) - len(rest)
	rest, params, err := p.params(rest, restOffset)
	if err != nil {
		return nil, err
	}
	b.params = params
	if strings.TrimSpace(rest) == "" {
		return nil, errorAt(p.source, offset, "#%s needs a value", name)
	}
	if b.expr, err = p.expression(rest, restOffset); err != nil {
		return nil, err
	}
	var end ending
	if b.body, end, err = p.nodes(); err != nil {
		return nil, err
	}
	return b, p.closeBlock(b, name, end)
}

// closeBlock reads the else branches, if any, and checks the closing tag.
func (p *parser) closeBlock(b *blockNode, name string, end ending) error {
	var err error
	if condition, chained := elseIf(end); chained {
		// {{else if x}} is an #if inside of the else, closed by the outer tag.
		chainedOffset := end.offset + len(end.text) - len(condition)
		inner := &blockNode{kind: ifBlock, offset: end.offset}
		if inner.expr, err = p.expression(condition, chainedOffset); err != nil {
			return err
		}
		if p.depth++; p.depth > MaxDepth {
			return errorAt(p.source, end.offset, "blocks are nested more than %d deep", MaxDepth)
		}
		defer func() { p.depth-- }()
		var innerEnd ending
		if inner.body, innerEnd, err = p.nodes(); err != nil {
			return err
		}
		b.inverse = []node{inner}
		return p.closeBlock(inner, name, innerEnd)
	}
	if end.tag && !strings.HasPrefix(end.text, "/") {
		if word := strings.TrimSpace(strings.TrimPrefix(end.text, "else")); end.text != "^" && word != "" {
			return errorAt(p.source, end.offset, "expected {{else}} or {{else if ...}}, not {{%s}}", end.text)
		}
		if b.inverse, end, err = p.nodes(); err != nil {
			return err
		}
		if end.tag && !strings.HasPrefix(end.text, "/") {
			return errorAt(p.source, end.offset, "a second {{else}} in one block")
		}
	}
	if !end.tag {
		return errorAt(p.source, b.offset, "this block is never closed: {{/%s}} is missing", name)
	}
	if closed := strings.TrimSpace(end.text[1:]); closed != name {
		return errorAt(p.source, end.offset, "expected {{/%s}}, not {{/%s}}", name, closed)
	}
	return nil
}

func elseIf(end ending) (condition string, ok bool) {
	if !end.tag || !isElse(end.text) {
		return "", false
	}
	word, rest := cutWord(strings.TrimSpace(end.text[len("else"):]))
	return rest, word == "if" && strings.TrimSpace(rest) != ""
}

// params takes "as |a b|" off the end of a block's opening tag.
func (p *parser) params(content string, offset int) (rest string, params []string, err error) {
	trimmed := strings.TrimRight(content, whitespace)
	open := strings.Index(trimmed, " |")
	if open < 0 {
		return content, nil, nil
	}
	open++
	before := strings.TrimRight(trimmed[:open], whitespace)
	expr, ok := strings.CutSuffix(before, "as")
	names := strings.Fields(trimmed[open+1 : max(open+1, len(trimmed)-1)])
	if !ok || !strings.HasSuffix(trimmed, "|") || len(expr) == len(strings.TrimRight(expr, whitespace)) || len(names) == 0 || len(names) > 2 {
		return "", nil, errorAt(p.source, offset, "block parameters are written as |item| or as |item index|")
	}
	return expr, names, nil
}

func cutWord(s string) (word, rest string) {
	if i := strings.IndexAny(s, whitespace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}
