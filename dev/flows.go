package dev

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/installation"
)

// flows are the definitions under the paths, with their stand-ins: what is
// deployed, and what an edit makes of it.
type flows struct {
	opt      Options
	standins *standin.Server
	base     string // of the stand-ins' addresses
	bindings bindings
	tell     func(text string)

	noted map[string]bool // notes are told once

	mu       sync.Mutex
	digests  map[string]string // of what is deployed, by slug
	channels map[string]channels
}

// loaded is one reading of all files.
type loaded struct {
	flows []*definition.Flow
	books map[string]*standin.Book
}

// read reads the flows and their stubs. Problems are told; the answer is false
// where they are errors.
func (fs *flows) read() (loaded, bool) {
	all, problems := definition.LoadAll(fs.opt.Paths...)
	l := loaded{flows: all, books: map[string]*standin.Book{}}
	stubs := map[string]*standin.Book{}
	for _, f := range all {
		path := fs.opt.Stubs
		if path == "" {
			path = filepath.Join(filepath.Dir(f.File), "stubs.edn")
			if _, err := os.Stat(path); err != nil {
				continue
			}
		}
		if _, done := stubs[path]; !done {
			book, found := standin.Load(path)
			problems = append(problems, found...)
			stubs[path] = book
		}
		l.books[f.Slug] = stubs[path]
	}
	if len(problems) > 0 {
		fs.tell(strings.TrimRight(problems.Sort().Render(diskSource), "\n"))
	}
	return l, !problems.HasErrors() && len(all) > 0
}

// diskSource reads the lines under carets from the files themselves.
func diskSource(file string) (string, bool) {
	text, err := os.ReadFile(file)
	return string(text), err == nil
}

// watched are the paths whose changes matter.
func (fs *flows) watched() []string {
	paths := append([]string(nil), fs.opt.Paths...)
	for _, extra := range []string{fs.opt.Stubs, fs.opt.Bindings} {
		if extra != "" {
			paths = append(paths, extra)
		}
	}
	return paths
}

// serve puts the stand-ins in place and lays dev's bindings, before a deploy.
func (fs *flows) serve(l loaded) (*binding.Source, error) {
	source, notes, err := fs.bindings.lay(l.flows, l.books, fs.base)
	if err != nil {
		return nil, err
	}
	for _, text := range notes {
		if !fs.noted[text] {
			fs.noted[text] = true
			fs.tell(text)
		}
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, f := range l.flows {
		fs.standins.Use(f.Slug, l.books[f.Slug])
		fs.channels[f.Slug] = channelsOf(f)
	}
	return source, nil
}

// isChannel tells whether a flow's notifications go to that slot.
func (fs *flows) isChannel(slug, slot string) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.channels[slug].has(slot)
}

// deploy makes every flow whose text is new the live version.
func (fs *flows) deploy(ctx context.Context, i *installation.Installation, l loaded) error {
	for _, f := range l.flows {
		fs.mu.Lock()
		same := fs.digests[f.Slug] == f.Digest
		fs.mu.Unlock()
		if same {
			continue
		}
		done, err := i.Deploy(ctx, f)
		if err != nil {
			return err
		}
		fs.mu.Lock()
		fs.digests[f.Slug] = f.Digest
		fs.mu.Unlock()
		fs.tell(fmt.Sprintf("deployed %s version %d", done.Slug, done.Version))
	}
	return nil
}

// redeploy takes an edit over; what is broken stays as it was.
func (fs *flows) redeploy(ctx context.Context, i *installation.Installation) {
	l, ok := fs.read()
	if !ok {
		fs.tell("kept what is deployed: the files have problems")
		return
	}
	if _, err := fs.serve(l); err != nil {
		fs.tell(err.Error())
		return
	}
	if err := fs.deploy(ctx, i, l); err != nil && ctx.Err() == nil {
		fs.tell(err.Error())
	}
}
