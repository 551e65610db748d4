package dev

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/madeup"
	"github.com/weir-run/weir/dev/standin"
)

// bindings are the files that hold for the flows: dev's own overlays first, then
// what the user names, or else the bindings.edn beside each flow.
type bindings struct {
	dir  string // of the overlays
	user []binding.File
}

// newBindings finds the user's files. Named is --bindings, or WEIR_BINDINGS.
func newBindings(dir, named string, flows []*definition.Flow) bindings {
	b := bindings{dir: dir}
	if named == "" {
		named = os.Getenv(binding.Variable)
	}
	if named != "" {
		b.user = []binding.File{{Path: named}}
		return b
	}
	for _, f := range flows {
		path := filepath.Join(filepath.Dir(f.File), "bindings.edn")
		if _, err := os.Stat(path); err == nil {
			b.user = append(b.user, binding.File{Path: path, Slug: f.Slug})
		}
	}
	return b
}

// lay writes the overlays of the flows and opens everything.
func (b bindings) lay(flows []*definition.Flow, books map[string]*standin.Book, standins string) (*binding.Source, []string, error) {
	user, err := binding.Open(b.user...)
	if err != nil {
		return nil, nil, err
	}
	var files []binding.File
	var notes []string
	for _, f := range flows {
		text, said := madeup.Bindings(madeup.Ask{
			Flow: f, Stubbed: books[f.Slug].Has, Bound: func(slot string) bool { return user.Bound(f, slot) }, Address: standins,
		})
		notes = append(notes, said...)
		path := filepath.Join(b.dir, f.Slug+".edn")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return nil, nil, fmt.Errorf("write dev bindings: %w", err)
		}
		files = append(files, binding.File{Path: path, Slug: f.Slug, Partial: true})
	}
	source, err := binding.Open(append(files, b.user...)...)
	return source, notes, err
}
