package binding

import (
	"fmt"
	"io"
	"maps"
	"os"
	"sync"
)

// Variable names the environment variable with the path of the bindings file.
const Variable = "WEIR_BINDINGS"

// File is a bindings file. With a slug it holds for that flow only ("bindings.edn beside the flow").
type File struct {
	Path string
	Slug string
	// Partial files complete those after them field by field: dev mode points a slot at a stand-in and leaves its
	// token to the user's own file.
	Partial bool
}

// Source answers what slots are bound to. It is safe for concurrent use.
type Source struct{ files []*watched }

// Empty binds nothing: slots fall back to what their flows say.
func Empty() *Source { return &Source{} }

// Open reads the files. Where several bind a slot, the first one counts. A file that is missing or has
// problems is an error now; if it becomes so later, uses of it fail.
func Open(files ...File) (*Source, error) {
	s := &Source{}
	for _, f := range files {
		w := &watched{File: f}
		if _, err := w.current(); err != nil {
			return nil, err
		}
		s.files = append(s.files, w)
	}
	return s, nil
}

// find returns what binds the slot for the flow, if anything does.
func (s *Source) find(slug, slot string) (entry, error) {
	var bound entry
	for _, w := range s.files {
		if w.Slug != "" && w.Slug != slug {
			continue
		}
		t, err := w.current()
		if err != nil {
			return nil, err
		}
		e, ok := t.flows[slug][slot]
		if !ok {
			e, ok = t.slots[slot]
		}
		if !ok {
			continue
		}
		bound = e.under(bound)
		if !w.Partial {
			break
		}
	}
	return bound, nil
}

// under returns e with the fields of over in place of its own.
func (e entry) under(over entry) entry {
	if over == nil {
		return e
	}
	merged := maps.Clone(e)
	maps.Copy(merged, over)
	return merged
}

// watched is a file and what was read from it.
type watched struct {
	File
	mu      sync.Mutex
	seen    os.FileInfo // nil: it was never read
	table   *table
	problem error
}

// current returns the table of the file as it is now. The file is read again only if its size or time has changed.
func (w *watched) current() (*table, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	info, err := os.Stat(w.Path)
	if err != nil {
		return nil, fmt.Errorf("bindings: %w", err)
	}
	if w.seen != nil && info.ModTime().Equal(w.seen.ModTime()) && info.Size() == w.seen.Size() && os.SameFile(info, w.seen) {
		return w.table, w.problem
	}
	w.seen = info
	w.table, w.problem = read(w.Path)
	return w.table, w.problem
}

func read(path string) (*table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("bindings: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("bindings: %w", err)
	}
	if len(text) > MaxFileBytes {
		return nil, fmt.Errorf("bindings: %s has more than %d bytes", path, MaxFileBytes)
	}
	t, problems := parse(path, text)
	if problems.HasErrors() {
		return nil, fmt.Errorf("bindings: %w", problems)
	}
	return t, nil
}
