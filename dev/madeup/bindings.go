// Package madeup makes up what an installation would know, where stand-ins take the place of the services that a flow
// talks to: addresses and credentials that nobody else ever sees.
//
// It may import definition and dev/standin.
package madeup

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
	"github.com/weir-run/weir/dev/standin"
)

// Credential is what is sent where nobody gave a credential for a slot.
func Credential(slot string) string { return "dev-" + slot }

// Secret is what stands for a secret slot of f that isn't bound.
func Secret(f *definition.Flow, slot string) string {
	for _, s := range f.Requires {
		if s.Slot == slot && s.SecretRef != "" {
			return Credential(s.SecretRef)
		}
	}
	return Credential(slot)
}

// noDatabase is an address at which nothing listens.
const noDatabase = "postgres://127.0.0.1:1/none"

// Ask is what the bindings of a flow depend on.
type Ask struct {
	Flow *definition.Flow
	// Stubbed tells which slots have a stand-in, and Bound which have all that they need without one.
	Stubbed, Bound func(slot string) bool
	// Address is where the stand-ins are, without a trailing slash.
	Address string
}

// Bindings is the text of a bindings file: slots with a stand-in point there, and where these or secrets lack a credential,
// they get a made-up one; a database gets an address of none. The notes tell about the two.
func Bindings(ask Ask) (text string, notes []string) {
	f := ask.Flow
	var b strings.Builder
	b.WriteString(";; Made up by weir, laid over the bindings of flow " + f.Slug + ".\n{")
	for _, slot := range f.Requires {
		fields := map[string]string{}
		name := slot.Slot
		switch {
		case ask.Stubbed(slot.Slot):
			fields["base-url"] = ask.Address + standin.Path(f.Slug, slot.Slot)
			if !ask.Bound(slot.Slot) {
				for _, field := range credentialFields[slot.Auth.Type] {
					fields[field] = Credential(slot.Slot)
				}
			}
		case slot.Type == definition.SlotSecret && !slot.Optional && !ask.Bound(slot.Slot):
			if slot.SecretRef != "" {
				name = slot.SecretRef
			}
			fields["secret"] = Credential(name)
			notes = append(notes, fmt.Sprintf("secret :%s isn't bound: dev mode uses %q", name, Credential(name)))
		case slot.Type == definition.SlotDatabase && !slot.Optional && !ask.Bound(slot.Slot):
			fields["url"] = noDatabase
			notes = append(notes, fmt.Sprintf("database :%s isn't bound: its steps find none until its :url is", name))
		default:
			continue
		}
		fmt.Fprintf(&b, "\n :%s {", name)
		for _, field := range []string{"base-url", "token", "api-key", "username", "password", "secret", "url"} {
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
