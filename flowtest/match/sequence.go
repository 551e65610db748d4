package match

import (
	"strconv"
	"strings"
)

// elements are what a vector's pattern is compared with.
type elements struct {
	n     int
	show  func(i int) string
	match func(item *Pattern, i int) []Mismatch
}

// sequence compares a vector. Between two ... stands a part of the expectation that must be found as it is.
func (m *matcher) sequence(p *Pattern, e elements, path []string) {
	parts := [][]*Pattern{nil}
	for _, item := range p.items {
		if item.kind == rest {
			parts = append(parts, nil)
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], item)
	}
	if len(parts) == 1 {
		m.pairwise(p, e, path)
		return
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(first)+len(last) > e.n {
		m.add(p, path, written(p), e.all(), "expected at least %d elements, got %d: %s", len(first)+len(last), e.n, e.all())
		return
	}
	m.window(first, e, 0, path)
	at := len(first)
	for _, part := range parts[1 : len(parts)-1] {
		found := e.search(part, at, e.n-len(last))
		if found < 0 {
			m.add(part[0], path, sources(part), e.all(), "expected %s after element %d of %s", sources(part), at, e.all())
			return
		}
		at = found + len(part)
	}
	m.window(last, e, e.n-len(last), path)
}

// search finds the first place from which part fits.
func (e elements) search(part []*Pattern, from, to int) int {
	for at := from; at+len(part) <= to; at++ {
		fits := true
		for i := 0; i < len(part) && fits; i++ {
			fits = len(e.match(part[i], at+i)) == 0
		}
		if fits {
			return at
		}
	}
	return -1
}

// window compares what stands at one place.
func (m *matcher) window(part []*Pattern, e elements, from int, path []string) {
	for i, item := range part {
		m.element(item, e, from+i, path)
	}
}

func (m *matcher) element(item *Pattern, e elements, i int, path []string) {
	for _, found := range e.match(item, i) {
		if len(m.found) < maxMismatches {
			found.Path = append(append(append([]string(nil), path...), strconv.Itoa(i)), found.Path...)
			m.found = append(m.found, found)
		}
	}
}

// pairwise compares element by element. Where the lengths differ, the first place that differs is told, and what is missing
// or too much.
func (m *matcher) pairwise(p *Pattern, e elements, path []string) {
	n := min(len(p.items), e.n)
	if len(p.items) == e.n {
		m.window(p.items, e, 0, path)
		return
	}
	for i := range n {
		if len(e.match(p.items[i], i)) > 0 {
			m.element(p.items[i], e, i, path)
			m.add(p, path, written(p), e.all(), "expected %d elements, got %d: %s", len(p.items), e.n, e.all())
			return
		}
	}
	if len(p.items) > e.n {
		item := p.items[e.n]
		m.add(item, append(path, strconv.Itoa(e.n)), written(item), "", "expected %s, and there are only %d elements: %s", written(item), e.n, e.all())
		return
	}
	m.add(p, append(path, strconv.Itoa(n)), "", e.show(n), "%s is not expected: there are %d elements instead of %d", e.show(n), e.n, len(p.items))
}

// all shows the elements.
func (e elements) all() string {
	texts := make([]string, e.n)
	for i := range texts {
		texts[i] = e.show(i)
	}
	return cut("[" + strings.Join(texts, " ") + "]")
}

func sources(items []*Pattern) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = written(item)
	}
	return strings.Join(texts, " ")
}
