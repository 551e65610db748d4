package dev

import "github.com/weir-run/weir/definition"

// MadeUpSecret is what dev mode takes for a secret slot of f that isn't bound.
func MadeUpSecret(f *definition.Flow, slot string) string {
	for _, s := range f.Requires {
		if s.Slot == slot && s.SecretRef != "" {
			return fakeCredential(s.SecretRef)
		}
	}
	return fakeCredential(slot)
}
