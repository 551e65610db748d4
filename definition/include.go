package definition

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"github.com/weir-run/weir/definition/schema"
	"github.com/weir-run/weir/interpreter/syntax"
)

// maxIncludes is how many includes a definition may have in all.
const maxIncludes = 1000

// includer resolves #flow/include: a form of another file in the place of the tag. A file whose name
// ends in .edn stands for its one form; any other file, a function's source for example, for its text as a string.
type includer struct {
	schema.Report
	root     *os.Root // the definition's folder: nothing outside is read
	folder   string   // how the folder is called in messages
	out      bytes.Buffer
	segments []segment
	open     []string // the files being included, by their path in the folder
	count    int
}

// includes resolves the includes of a definition. With none, the text is given back as it is.
func includes(file string, text []byte) (resolved []byte, from *origin, problems schema.Report) {
	if !bytes.Contains(text, []byte("#"+schema.IncludeTag)) {
		return text, nil, schema.Report{}
	}
	folder := filepath.Dir(file)
	root, err := os.OpenRoot(folder)
	if err != nil {
		return text, nil, schema.Report{} // an include is then reported as one that isn't resolved
	}
	defer root.Close()
	r := &includer{root: root, folder: folder, open: []string{filepath.Base(file)}}
	forms, _ := syntax.Read(file, text)
	r.resolve(newLines(file, text), forms, ".")
	return r.out.Bytes(), &origin{text: newLines(file, r.out.Bytes()), segments: r.segments}, r.Report
}

// resolve writes a text out with its includes resolved. dir is where it lies in the folder.
func (r *includer) resolve(file *lines, forms []*syntax.Node, dir string) {
	at := 0
	for _, tag := range includesIn(forms) {
		if tag.Start < at {
			continue // inside another include's tag: #flow/include #flow/include "x"
		}
		r.emit(file, at, tag.Start)
		if r.include(tag, dir) {
			at = tag.Stop
		} else {
			at = tag.Start
		}
	}
	r.emit(file, at, len(file.text))
}

// emit writes a stretch of a file.
func (r *includer) emit(file *lines, from, to int) {
	r.segments = append(r.segments, segment{at: r.out.Len(), from: from, file: file})
	r.out.Write(file.text[from:to])
}

// include writes what a tag stands for. It returns false, with the problem reported, if it can't.
func (r *includer) include(tag *syntax.Node, dir string) bool {
	name, ok := tag.Items[0].Value.AsString()
	if !ok {
		r.Error(tag, "bad-include", `write #flow/include "part.edn"`, "#flow/include takes the name of a file in quotes")
		return false
	}
	file, err := r.read(name, dir)
	if err != nil {
		r.Error(tag, "bad-include", "", "#flow/include: %v", err)
		return false
	}
	if !strings.HasSuffix(name, ".edn") {
		r.quote(file)
		return true
	}
	forms, problems := syntax.Read(file.file, file.text)
	r.Add(problems)
	if problems.HasErrors() {
		return false
	}
	if len(forms) != 1 {
		r.Error(tag, "bad-include", "put the forms into a map or a vector", "#flow/include: %s must hold one form, and it holds %d", name, len(forms))
		return false
	}
	inner := path.Join(dir, name)
	r.open = append(r.open, inner)
	r.resolve(file, forms, path.Dir(inner))
	r.open = r.open[:len(r.open)-1]
	r.out.WriteByte('\n') // a comment on the last line ends here
	return true
}

// read finds a file by its name beside the one that includes it.
func (r *includer) read(name, dir string) (*lines, error) {
	within := path.Join(dir, name)
	switch {
	case name == "" || strings.ContainsAny(name, "\\\x00") || path.IsAbs(name) || !filepath.IsLocal(name) || strings.Contains("/"+name+"/", "/../"):
		return nil, fmt.Errorf("%s is not a file of the definition's own folder", schema.Quoted(name))
	case contains(r.open, within):
		return nil, fmt.Errorf("%s includes itself", name)
	case len(r.open) > MaxIncludeDepth:
		return nil, fmt.Errorf("files include each other more than %d deep", MaxIncludeDepth)
	}
	if r.count++; r.count > maxIncludes {
		return nil, fmt.Errorf("a definition has at most %d includes", maxIncludes)
	}
	if err := r.regular(within); err != nil {
		return nil, err
	}
	f, err := r.root.Open(within)
	if err != nil {
		return nil, plain(name, err)
	}
	defer f.Close()
	left := MaxText - r.out.Len()
	text, err := io.ReadAll(io.LimitReader(f, int64(max(left, 0))+1))
	switch {
	case err != nil:
		return nil, plain(name, err)
	case len(text) > left:
		return nil, fmt.Errorf("with %s the definition passes %d MB", name, MaxText>>20)
	}
	return newLines(filepath.Join(r.folder, filepath.FromSlash(within)), bytes.TrimPrefix(text, []byte("\ufeff"))), nil
}

// regular refuses symbolic links anywhere on the way, and what is no plain file.
func (r *includer) regular(within string) error {
	names := strings.Split(within, "/")
	for i := range names {
		info, err := r.root.Lstat(path.Join(names[:i+1]...))
		switch {
		case err != nil:
			return plain(within, err)
		case info.Mode()&fs.ModeSymlink != 0:
			return fmt.Errorf("%s is a symbolic link, which might lead out of the definition's folder", path.Join(names[:i+1]...))
		case i == len(names)-1 && !info.Mode().IsRegular():
			return fmt.Errorf("%s is not a file", within)
		}
	}
	return nil
}

// plain is an error of the file system in few words.
func plain(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", name)
	}
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return fmt.Errorf("read %s: %w", name, err)
}

// quote writes a file as a string literal.
func (r *includer) quote(file *lines) {
	r.out.WriteByte('"')
	at := 0
	for i, c := range file.text {
		if c == '"' || c == '\\' {
			r.emit(file, at, i)
			r.out.WriteByte('\\')
			at = i
		}
	}
	r.emit(file, at, len(file.text))
	r.out.WriteByte('"')
}

// includesIn lists the include tags of some forms, in the order of the text.
func includesIn(forms []*syntax.Node) []*syntax.Node {
	var found []*syntax.Node
	var walk func(n *syntax.Node)
	walk = func(n *syntax.Node) {
		if n == nil {
			return
		}
		if schema.Unresolved(n) {
			found = append(found, n)
			return
		}
		walk(n.Meta)
		for _, item := range n.Items {
			walk(item)
		}
	}
	for _, n := range forms {
		walk(n)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Start < found[j].Start })
	return found
}
