package check

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"go/token"
	"go/types"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

//go:embed names.txt
var namesText string

//go:embed api.bin.gz
var api []byte

// names are the exported names that a function may use, by import path.
var names = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(namesText), "\n") {
		words := strings.Fields(line)
		out[words[0]] = map[string]bool{}
		for _, name := range words[1:] {
			out[words[0]][name] = true
		}
	}
	return out
})

// Packages are the import paths that a function may name, sorted.
func Packages() []string {
	var out []string
	for path := range names() {
		out = append(out, path)
	}
	sort.Strings(out)
	return out
}

// packages is an Importer of what is embedded. Type checkers only read it.
type packages map[string]*types.Package

func (p packages) Import(path string) (*types.Package, error) {
	if found := p[path]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("package %s is not available", path)
}

var library = sync.OnceValues(func() (packages, error) {
	z, err := gzip.NewReader(bytes.NewReader(api))
	if err != nil {
		return nil, err
	}
	texts := map[string][]byte{}
	if err := gob.NewDecoder(z).Decode(&texts); err != nil {
		return nil, err
	}
	all, fset := map[string]*types.Package{}, token.NewFileSet()
	for _, path := range Packages() {
		if _, err := gcexportdata.Read(bytes.NewReader(texts[path]), fset, all, path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
})
