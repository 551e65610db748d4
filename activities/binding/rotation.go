package binding

import "github.com/weir-run/weir/definition"

// previousField holds a slot's former secret, for as long as some senders still use it.
const previousField = "previous"

// Live resolves all the secrets by which what comes in may be signed: the slot's
// own, and its :previous one while it is rotated. A :previous that can't be read
// counts as gone.
func (s *Source) Live(f *definition.Flow, slot string) ([]Secret, error) {
	current, err := s.Secret(f, slot)
	if err != nil {
		return nil, err
	}
	live := []Secret{current}
	bound, err := s.find(f.Slug, secretName(f, slot))
	if err != nil {
		return nil, err
	}
	if from, ok := bound[previousField]; ok {
		if text, err := from.resolve(); err == nil {
			live = append(live, NewSecret(text))
		}
	}
	return live, nil
}

// secretName is the name under which a slot's secret is bound.
func secretName(f *definition.Flow, slot string) string {
	if def, ok := slotOf(f, slot); ok && def.SecretRef != "" {
		return def.SecretRef
	}
	return slot
}
