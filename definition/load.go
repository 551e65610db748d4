package definition

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Load reads the flow in a file, or the one flow that lies in a folder. Includes are resolved.
// The flow is nil if the list has errors. Positions are those of the files that were read.
func Load(path string) (*Flow, diagnostic.List) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.IsDir() {
		return loadFile(path)
	}
	files, problems := flowsIn(path)
	switch {
	case problems.HasErrors():
		return nil, problems
	case len(files) == 0:
		return nil, diagnostic.List{{Pos: value.Pos{File: path}, Code: "no-definition", Message: "there is no flow in this folder",
			Hint: "a flow is an .edn file that holds a map with :slug"}}
	case len(files) > 1:
		return nil, diagnostic.List{{Pos: value.Pos{File: path}, Code: "several-definitions", Message: "there are several flows in this folder: " + strings.Join(files, ", "),
			Hint: "name one of them"}}
	}
	return loadFile(files[0])
}

// LoadAll reads every flow of some files and folders, subfolders included. It returns the flows that have no
// errors, in the order of the paths. Two flows of one slug are an error.
func LoadAll(paths ...string) ([]*Flow, diagnostic.List) {
	var flows []*Flow
	var list diagnostic.List
	slugs := map[string]*Flow{}
	for _, path := range paths {
		files, problems := flowsUnder(path)
		list = append(list, problems...)
		for _, file := range files {
			f, problems := loadFile(file)
			list = append(list, problems...)
			if f == nil {
				continue
			}
			if first, twice := slugs[f.Slug]; twice {
				if filepath.Clean(first.File) != filepath.Clean(f.File) {
					list = append(list, diagnostic.Diagnostic{Pos: f.slugPos(), Code: "duplicate-slug",
						Message: "another flow has the slug :" + f.Slug + ": " + first.File, Hint: "rename one of them"})
				}
				continue
			}
			slugs[f.Slug] = f
			flows = append(flows, f)
		}
	}
	return flows, list
}

// Parse reads a text that stands alone: includes in it are an error. file is what positions name.
// The flow is nil if the list has errors.
func Parse(file string, text []byte) (*Flow, diagnostic.List) {
	return finish(build(file, text, false))
}

func finish(f *Flow, problems diagnostic.List) (*Flow, diagnostic.List) {
	if problems.HasErrors() {
		return nil, problems
	}
	return f, problems
}

func loadFile(file string) (*Flow, diagnostic.List) {
	text, err := readFile(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	resolved, from, report := includes(file, text)
	f, problems := build(file, resolved, report.List.HasErrors())
	f.origin = from
	return finish(f, append(from.list(problems), report.List...).Sort())
}

// readFile reads no more than a definition can be.
func readFile(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxText+1))
}

func unreadable(path string, err error) diagnostic.List {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return diagnostic.List{{Pos: value.Pos{File: path}, Code: "unreadable", Message: "can't be read: " + err.Error()}}
}

// flowsUnder lists the files that a path of LoadAll means.
func flowsUnder(path string) ([]string, diagnostic.List) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	var list diagnostic.List
	err = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && at != path && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir():
			found, problems := flowsIn(at)
			files = append(files, found...)
			list = append(list, problems...)
		}
		return nil
	})
	if err != nil {
		list = append(list, unreadable(path, err)...)
	}
	if len(files) == 0 && !list.HasErrors() {
		list = append(list, diagnostic.Diagnostic{Pos: value.Pos{File: path}, Code: "no-definition", Message: "there is no flow in this folder",
			Hint: "a flow is an .edn file that holds a map with :slug"})
	}
	return files, list
}

// flowsIn lists the files right in a folder that hold a flow.
func flowsIn(folder string) ([]string, diagnostic.List) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, unreadable(folder, err)
	}
	var files []string
	for _, e := range entries {
		if e.IsDir() || notFlow(e.Name()) {
			continue
		}
		file := filepath.Join(folder, e.Name())
		text, err := readFile(file)
		if err != nil {
			return nil, unreadable(file, err)
		}
		if holdsFlow(file, text) {
			files = append(files, file)
		}
	}
	return files, nil
}

// notFlow tells the files that go beside a flow from flows.
func notFlow(name string) bool {
	return !strings.HasSuffix(name, ".edn") || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".test.edn") ||
		name == "bindings.edn" || name == "stubs.edn"
}

// holdsFlow tells whether a text is a map with :slug. One that can't be read whole counts if it names :slug
// and :flow: its problems should be seen.
func holdsFlow(file string, text []byte) bool {
	if !bytes.Contains(text, []byte(":slug")) {
		return false
	}
	forms, problems := syntax.Read(file, text)
	if len(forms) > 0 && forms[0].Get("slug") != nil {
		return true
	}
	return problems.HasErrors() && bytes.Contains(text, []byte(":flow"))
}

// slugPos is where the slug stands, in the file that it stands in.
func (f *Flow) slugPos() value.Pos {
	forms, _ := syntax.Read(f.File, f.Text)
	if len(forms) == 0 || forms[0].Get("slug") == nil {
		return value.Pos{File: f.File, Line: 1, Col: 1}
	}
	return f.Locate(forms[0].Get("slug").Pos)
}

// Locate is the place, in the files that were loaded, of a place in Text.
func (f *Flow) Locate(p value.Pos) value.Pos {
	if f.origin == nil || p.File != f.File {
		return p
	}
	return f.origin.place(p)
}
