package flowtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/standin"
	"github.com/weir-run/weir/interpreter/diagnostic"
	"github.com/weir-run/weir/interpreter/syntax"
	"github.com/weir-run/weir/interpreter/value"
)

// Suffix ends the name of every test file: order.test.edn stands beside order.edn.
const Suffix = ".test.edn"

// MaxFile is how many bytes a test file may have.
const MaxFile = 4 << 20

// Suite is one test file with the flow that it is about.
type Suite struct {
	File  string
	Text  []byte
	Flow  *definition.Flow
	Book  *standin.Book // the stand-ins of every test; nil for none
	Tests []*Test

	flowText []byte // of the flow's file
}

// Load reads the test files that the paths mean: a test file itself, those under a folder, those of a flow's file. The list
// holds every problem; a suite whose file has errors is left out.
func Load(paths ...string) ([]*Suite, diagnostic.List) {
	var suites []*Suite
	var list diagnostic.List
	seen := map[string]bool{}
	for _, path := range paths {
		files, problems := testFiles(path)
		list = append(list, problems...)
		for _, file := range files {
			if seen[filepath.Clean(file)] {
				continue
			}
			seen[filepath.Clean(file)] = true
			s, problems := loadSuite(file)
			list = append(list, problems...)
			if s != nil {
				suites = append(suites, s)
			}
		}
	}
	return suites, list
}

func loadSuite(file string) (*Suite, diagnostic.List) {
	info, err := os.Stat(file)
	if err == nil && info.Size() > MaxFile {
		err = fmt.Errorf("it has %d bytes, and at most %d are allowed", info.Size(), MaxFile)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, problem(file, "test-unreadable", "can't be read: "+err.Error(), "")
	}
	return Parse(file, text)
}

// Parse reads the text of a test file, and the files beside it that it names. The suite is nil if the list has errors.
func Parse(file string, text []byte) (*Suite, diagnostic.List) {
	nodes, problems := syntax.Read(file, text)
	if problems.HasErrors() {
		return nil, problems
	}
	r := &reader{suite: &Suite{File: file, Text: text}}
	r.Add(problems)
	r.file(nodes)
	list := strict(r.List)
	if list.HasErrors() {
		return nil, list
	}
	return r.suite, list
}

// strict makes errors of warnings about fields that aren't known: a misspelt one would make a test that checks nothing.
func strict(list diagnostic.List) diagnostic.List {
	for i := range list {
		if list[i].Code == "unknown-field" {
			list[i].Severity = diagnostic.Error
		}
	}
	return list.Sort()
}

// testFiles lists what a path means.
func testFiles(path string) ([]string, diagnostic.List) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, problem(path, "test-unreadable", "can't be read: "+err.Error(), "")
	case info.IsDir():
		return filesUnder(path)
	case strings.HasSuffix(path, Suffix):
		return []string{path}, nil
	}
	files, problems := filesUnder(filepath.Dir(path))
	var of []string
	for _, file := range files {
		if filepath.Dir(file) == filepath.Dir(path) && isAbout(file, path) {
			of = append(of, file)
		}
	}
	if len(of) == 0 && !problems.HasErrors() {
		return nil, problem(path, "no-tests", "there are no tests of this flow", "write "+strings.TrimSuffix(filepath.Base(path), ".edn")+Suffix+" beside it")
	}
	return of, problems
}

func filesUnder(folder string) ([]string, diagnostic.List) {
	var files []string
	err := filepath.WalkDir(folder, func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && at != folder && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(d.Name(), Suffix) && !strings.HasPrefix(d.Name(), "."):
			files = append(files, at)
		}
		return nil
	})
	if err != nil {
		return nil, problem(folder, "test-unreadable", "can't be read: "+err.Error(), "")
	}
	if len(files) == 0 {
		return nil, problem(folder, "no-tests", "there are no test files in this folder", "a test file is called like its flow: order"+Suffix+" beside order.edn")
	}
	return files, nil
}

// isAbout tells whether a test file tests the flow in that file.
func isAbout(file, flow string) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	nodes, _ := syntax.Read(file, text)
	if len(nodes) > 0 {
		if named, ok := stringOf(nodes[0].Get("flow")); ok {
			return filepath.Join(filepath.Dir(file), named) == filepath.Clean(flow)
		}
	}
	found, _ := flowFile(file)
	return filepath.Clean(found) == filepath.Clean(flow)
}

// flowFile is the flow that a test file is about where it names none: the one called like it, else the only one in its folder.
func flowFile(file string) (string, error) {
	like := strings.TrimSuffix(file, Suffix) + ".edn"
	if _, err := os.Stat(like); err == nil {
		return like, nil
	}
	f, problems := definition.Load(filepath.Dir(file))
	if f == nil {
		return "", fmt.Errorf("%s isn't there, and %s", filepath.Base(like), problems[0].Message)
	}
	return f.File, nil
}

func problem(file, code, message, hint string) diagnostic.List {
	return diagnostic.List{{Pos: value.Pos{File: file}, Code: code, Message: message, Hint: hint}}
}

func stringOf(n *syntax.Node) (string, bool) {
	if n == nil || n.Kind != syntax.Literal {
		return "", false
	}
	return n.Value.AsString()
}
