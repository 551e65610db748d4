package dev

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/standin"
)

// fakeCredential is what dev mode sends where nobody gave a credential: only
// stand-ins ever see it.
func fakeCredential(slot string) string { return "dev-" + slot }

// overlay is what dev mode lays over the user's bindings of one flow: slots with
// a stand-in point there, and where these or secrets lack a credential, they get
// a made-up one. The notes tell about the secrets.
func overlay(f *definition.Flow, book *standin.Book, lacks []binding.Problem, standins string) (text string, notes []string) {
	lacking := map[string]bool{}
	for _, p := range lacks {
		lacking[p.Slot] = true
	}
	var b strings.Builder
	b.WriteString(";; Written by weir dev, laid over the bindings of flow " + f.Slug + ".\n{")
	for _, slot := range f.Requires {
		fields := map[string]string{}
		name := slot.Slot
		switch {
		case book.Has(slot.Slot):
			fields["base-url"] = standins + standin.Path(f.Slug, slot.Slot)
			if lacking[slot.Slot] {
				for _, field := range credentialFields[slot.Auth.Type] {
					fields[field] = fakeCredential(slot.Slot)
				}
			}
		case slot.Type == definition.SlotSecret:
			if slot.SecretRef != "" {
				name = slot.SecretRef
			}
			if !lacking[name] && !lacking[slot.Slot] {
				continue
			}
			fields["secret"] = fakeCredential(name)
			notes = append(notes, fmt.Sprintf("secret :%s isn't bound: dev mode uses %q", name, fakeCredential(name)))
		default:
			continue
		}
		fmt.Fprintf(&b, "\n :%s {", name)
		for _, field := range []string{"base-url", "token", "api-key", "username", "password", "secret"} {
			if text, ok := fields[field]; ok {
				fmt.Fprintf(&b, " :%s %s", field, strconv.Quote(text))
			}
		}
		b.WriteString("}")
	}
	b.WriteString("}\n")
	return b.String(), notes
}

// credentialFields are what a slot's binding must hold, by the type of its auth.
var credentialFields = map[string][]string{
	binding.AuthBearer: {"token"},
	binding.AuthAPIKey: {"api-key"},
	binding.AuthBasic:  {"username", "password"},
}

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
		text, said := overlay(f, books[f.Slug], user.Check(f), standins)
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
