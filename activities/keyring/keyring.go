// Package keyring reads the lists of named keys that an installation is given: the first is used, all are known, so that
// a new one can be put in front while what was made with the old one lives on. It imports nothing of Weir's.
package keyring

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// KeyBytes is the length of keys; rings that take longer ones have it as the shortest.
const KeyBytes = 32

// MaxID is the longest id of a key.
const MaxID = 32

// Key is one key. Printing it shows its id alone.
type Key struct {
	ID     string
	Secret []byte
}

// String names the key.
func (k Key) String() string { return "key " + k.ID }

// GoString keeps %#v from showing what String hides.
func (k Key) GoString() string { return k.String() }

// Ring are keys in their order. The zero Ring has none. Printing it shows no key.
type Ring struct {
	purpose string
	list    []Key
}

// Parse reads "id:base64,id2:base64". Errors name the purpose ("signing keys") and no key. Exact says that keys have exactly KeyBytes
// bytes, and not at least so many.
func Parse(purpose, text string, exact bool) (Ring, error) {
	ring := Ring{purpose: purpose}
	for i, entry := range strings.Split(text, ",") {
		id, encoded, ok := strings.Cut(strings.TrimSpace(entry), ":")
		if !ok {
			return Ring{}, fmt.Errorf("%s: entry %d isn't id:base64", purpose, i+1)
		}
		if err := checkID(id); err != nil {
			return Ring{}, fmt.Errorf("%s: entry %d: %w", purpose, i+1, err)
		}
		secret, err := decode(encoded)
		if err != nil {
			return Ring{}, fmt.Errorf("%s: key %s isn't base64", purpose, id)
		}
		if len(secret) < KeyBytes || exact && len(secret) > KeyBytes {
			return Ring{}, fmt.Errorf("%s: key %s has %d bytes, needs %d (make one with: openssl rand -base64 %d)",
				purpose, id, len(secret), KeyBytes, KeyBytes)
		}
		if _, taken := ring.Find(id); taken {
			return Ring{}, fmt.Errorf("%s: two keys are called %s", purpose, id)
		}
		ring.list = append(ring.list, Key{id, secret})
	}
	return ring, nil
}

// Empty tells whether there is no key.
func (r Ring) Empty() bool { return len(r.list) == 0 }

// First is the key to use; there must be one.
func (r Ring) First() Key { return r.list[0] }

// All are the keys.
func (r Ring) All() []Key { return r.list }

// Find is the key of that id.
func (r Ring) Find(id string) (Key, bool) {
	for _, key := range r.list {
		if key.ID == id {
			return key, true
		}
	}
	return Key{}, false
}

// String names the keys by their ids alone.
func (r Ring) String() string {
	ids := make([]string, len(r.list))
	for i, key := range r.list {
		ids[i] = key.ID
	}
	return r.purpose + " [" + strings.Join(ids, " ") + "]"
}

// GoString keeps %#v from showing what String hides.
func (r Ring) GoString() string { return r.String() }

// LogValue keeps structured logs from showing what String hides.
func (r Ring) LogValue() slog.Value { return slog.StringValue(r.String()) }

func checkID(id string) error {
	if id == "" || len(id) > MaxID {
		return fmt.Errorf("an id has 1 to %d characters", MaxID)
	}
	for _, r := range id {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.') {
			return errors.New("an id consists of a-z A-Z 0-9 - _ and .")
		}
	}
	return nil
}

// decode takes either alphabet of base64, padded or not.
func decode(text string) ([]byte, error) {
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
	return base64.RawStdEncoding.DecodeString(text)
}
