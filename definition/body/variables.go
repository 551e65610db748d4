package body

import (
	"regexp"
	"strings"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// links are the names that a wait's notification is given beside the run's input and its :data.
var links = [...]string{"approval-url", "rejection-url", "approvalUrl", "rejectionUrl"}

// templateVariables warns of names in an :http step's template that its :data doesn't give.
func (c *checker) templateVariables(m *syntax.Node, t *Template) {
	given, sure := c.dataNames(m.Get("data"))
	if t == nil || t.Body == nil || !sure {
		return
	}
	c.unsupplied(t.Body, m.Get("template"), given)
}

// noticeVariables warns of names in a notification's texts that nobody gives; more are given beside its :data.
func (c *checker) noticeVariables(m *syntax.Node, t *Template, more ...string) {
	given, sure := c.dataNames(m.Get("data"))
	if !sure {
		return
	}
	for _, name := range more {
		given[name] = true
	}
	switch channels := m.Get("channels"); {
	case channels != nil && channels.Kind == syntax.Map:
		c.unsupplied(channels, nil, given)
	case t != nil && t.Body != nil:
		c.unsupplied(t.Body, m.Get("template"), given)
	}
}

// dataNames are the keys of a :data map; sure is false if only a run knows them all.
func (c *checker) dataNames(n *syntax.Node) (names map[string]bool, sure bool) {
	names = map[string]bool{}
	if n == nil {
		return names, true
	}
	if c.data != nil && c.data.exact && !c.data.unsure {
		for name := range c.data.fields {
			names[name] = true
		}
		return names, true
	}
	if n.Kind != syntax.Map {
		return nil, false
	}
	for i := 0; i < len(n.Items); i += 2 {
		if computed(n.Items[i]) {
			return nil, false
		}
		names[schema.TextOf(n.Items[i])] = true
	}
	return names, true
}

// unsupplied warns of the names that the texts of a form use and that aren't given: at the text, or
// at the step's reference to the template that holds it.
func (c *checker) unsupplied(texts, ref *syntax.Node, given map[string]bool) {
	told := map[string]bool{}
	var walk func(n *syntax.Node)
	walk = func(n *syntax.Node) {
		if text, ok := n.Value.AsString(); ok && n.Kind == syntax.Literal {
			for _, name := range variables(text) {
				if given[name] || told[name] {
					continue
				}
				told[name] = true
				c.unsuppliedName(n, ref, name, given)
			}
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	walk(texts)
}

func (c *checker) unsuppliedName(text, ref *syntax.Node, name string, given map[string]bool) {
	hint := "add :" + name + " to :data"
	if near := schema.Nearest(name, keys(given)); near != "" {
		hint = "did you mean {{" + near + "}}?"
	}
	if ref != nil {
		c.Warn(ref, "unsupplied-variable", hint, "template %s uses {{%s}}, which nothing here gives: it will be empty", schema.Found(ref), name)
		return
	}
	c.Warn(text, "unsupplied-variable", hint, "nothing gives {{%s}}: it will be empty", name)
}

var (
	tag  = regexp.MustCompile(`\\?\{\{\{?~?(.*?)~?\}\}\}?`)
	word = regexp.MustCompile(`"[^"]*"|'[^']*'|[^\s()"']+`)
)

// helpers are the functions of templates: the first word of a tag that has more.
var helpers = names(`truncate json length items join first last default`)

// variables are the names that a template's text looks up at its top level. Inside {{#each}} and {{#with}} names
// may be those of what they go through: they aren't listed.
func variables(text string) []string {
	var found []string
	inside := 0
	for _, m := range tag.FindAllStringSubmatch(text, -1) {
		words := word.FindAllString(strings.TrimSpace(m[1]), -1)
		if len(words) == 0 || strings.HasPrefix(m[0], `\`) || strings.HasPrefix(words[0], "!") {
			continue
		}
		opens := false
		switch first := words[0]; {
		case first == "/each" || first == "/with":
			inside--
			continue
		case first[0] == '/' || first == "^":
			continue
		case first == "#each" || first == "#with":
			opens = true
			words = words[1:]
		case first == "#if" || first == "#unless":
			words = words[1:]
		case first == "else":
			words = strings.Fields(strings.TrimPrefix(strings.TrimPrefix(strings.Join(words[1:], " "), "if "), "unless "))
		}
		if inside == 0 {
			found = append(found, looked(words)...)
		}
		if opens {
			inside++
		}
	}
	return found
}

// looked are the names among the words of a tag.
func looked(words []string) []string {
	var found []string
	for i, w := range words {
		switch {
		case i == 0 && len(words) > 1 && helpers[w], helpers[w] && i > 0 && i+1 < len(words):
			continue
		case w == "as" || strings.HasPrefix(w, "|"):
			return found
		case strings.ContainsAny(w[:1], `"'@.0123456789-|#/`), w == "this", strings.HasPrefix(w, "this."), w == "true", w == "false", w == "null", w == "nil", w == "else":
			continue
		}
		name, _, _ := strings.Cut(w, ".")
		name, _, _ = strings.Cut(name, "/")
		found = append(found, name)
	}
	return found
}
