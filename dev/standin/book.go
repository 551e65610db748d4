package standin

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Book is what one stubs file says: the routes of each slot. A nil Book has no
// slots.
type Book struct {
	File  string
	slots map[string][]route
}

// Slots lists the slots that the book stands in for, in order.
func (b *Book) Slots() []string {
	if b == nil {
		return nil
	}
	names := make([]string, 0, len(b.slots))
	for name := range b.slots {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Has tells whether the book stands in for slot.
func (b *Book) Has(slot string) bool {
	if b == nil {
		return false
	}
	_, ok := b.slots[slot]
	return ok
}

// Load reads a stubs file.
func Load(path string) (*Book, diagnostic.List) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, diagnostic.List{{Pos: value.Pos{File: path}, Code: "stubs-unreadable", Message: err.Error()}}
	}
	return Parse(path, text)
}

// Parse reads the text of a stubs file. The book is nil if the list has errors.
func Parse(file string, text []byte) (*Book, diagnostic.List) {
	nodes, problems := syntax.Read(file, text)
	p := &parser{text: text, book: &Book{File: file, slots: map[string][]route{}}, problems: problems}
	if !problems.HasErrors() {
		p.file(nodes)
	}
	list := p.problems.Sort()
	if list.HasErrors() {
		return nil, list
	}
	return p.book, list
}

// Read reads the routes of a form in text, as a stubs file would hold it. The book is nil if the list has errors.
func Read(text []byte, n *syntax.Node) (*Book, diagnostic.List) {
	p := &parser{text: text, book: &Book{File: n.Pos.File, slots: map[string][]route{}}}
	p.file([]*syntax.Node{n})
	if p.problems.HasErrors() {
		return nil, p.problems.Sort()
	}
	return p.book, p.problems.Sort()
}

// Over is a book with b's routes and, where b has none for the same method and path, those of under. Either may be nil.
func (b *Book) Over(under *Book) *Book {
	if b == nil || under == nil {
		if b == nil {
			return under
		}
		return b
	}
	both := &Book{File: b.File, slots: map[string][]route{}}
	for slot, routes := range b.slots {
		both.slots[slot] = append(both.slots[slot], routes...)
	}
	for slot, routes := range under.slots {
		if both.slots[slot] == nil {
			both.slots[slot] = []route{}
		}
		for _, r := range routes {
			if !slices.ContainsFunc(b.slots[slot], func(o route) bool { return o.String() == r.String() }) {
				both.slots[slot] = append(both.slots[slot], r)
			}
		}
	}
	return both
}

// parser turns nodes into routes and notes every problem on the way.
type parser struct {
	text     []byte
	book     *Book
	problems diagnostic.List
}

func (p *parser) problem(at *syntax.Node, code, hint, format string, args ...any) {
	p.problems = append(p.problems, diagnostic.Diagnostic{
		Severity: diagnostic.Error, Pos: at.Pos, End: at.End,
		Message: fmt.Sprintf(format, args...), Code: code, Hint: hint,
	})
}

func (p *parser) file(nodes []*syntax.Node) {
	if len(nodes) == 0 {
		return // an empty file stands in for nothing
	}
	if len(nodes) > 1 {
		p.problem(nodes[1], "stubs-shape", "", "a stubs file holds one map, slot to routes")
	}
	p.pairs(nodes[0], "a stubs file is a map, slot to routes", func(slot, routes *syntax.Node) {
		name := slot.Name()
		if slot.Kind != syntax.Literal || name == "" || strings.Contains(name, "/") {
			p.problem(slot, "stubs-slot", "write :orders-api", "a slot is an unqualified keyword")
			return
		}
		if p.book.slots[name] == nil {
			p.book.slots[name] = []route{}
		}
		p.pairs(routes, `the routes of a slot are a map, [:get "/path"] to an answer`, func(key, answers *syntax.Node) {
			if r, ok := p.route(key, answers); ok {
				p.book.slots[name] = append(p.book.slots[name], r)
			}
		})
	})
}

// pairs walks the entries of a map node, or says what was expected instead.
func (p *parser) pairs(n *syntax.Node, expected string, each func(k, v *syntax.Node)) {
	if n.Kind != syntax.Map {
		p.problem(n, "stubs-shape", "", "%s", expected)
		return
	}
	for i := 0; i+1 < len(n.Items); i += 2 {
		each(n.Items[i], n.Items[i+1])
	}
}

func (p *parser) route(key, answers *syntax.Node) (route, bool) {
	const form = `write [:get "/orders/{id}"]`
	if key.Kind != syntax.Vector || len(key.Items) != 2 {
		p.problem(key, "stubs-route", form, "a route is a vector of a method and a path")
		return route{}, false
	}
	method := strings.ToUpper(key.Items[0].Name())
	if !methods[method] {
		p.problem(key.Items[0], "stubs-method", "one of :get :head :post :put :patch :delete :options :any", "this is no method")
		return route{}, false
	}
	path, ok := key.Items[1].Value.AsString()
	if key.Items[1].Kind != syntax.Literal || !ok || !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?#") {
		p.problem(key.Items[1], "stubs-path", form, "a path is a string that starts with / and has no query")
		return route{}, false
	}
	r := newRoute(method, path)
	list := []*syntax.Node{answers}
	if answers.Kind == syntax.Vector {
		list = answers.Items
		if len(list) == 0 {
			p.problem(answers, "stubs-answer", "", "a vector of answers holds at least one")
			return route{}, false
		}
	}
	for _, n := range list {
		r.answers = append(r.answers, p.answer(n))
	}
	return r, true
}

// value reads the text of a node again as data.
func (p *parser) value(n *syntax.Node) (value.Value, bool) {
	v, ok, problems := syntax.ReadValue(n.Pos.File, p.text[n.Start:n.Stop])
	if !ok {
		message := "this is not data"
		if len(problems) > 0 {
			message = problems[0].Message
		}
		p.problem(n, "stubs-data", "", "%s", message)
	}
	return v, ok
}
