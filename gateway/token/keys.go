package token

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// MinKeyBytes is the shortest signing key that ParseKeys takes: as many bytes as the hash gives.
const MinKeyBytes = 32

// MaxKeyID is the longest id of a key.
const MaxKeyID = 32

// Keys are the signing keys of one installation. The first signs, all verify,
// so that a new key can be put in front while links made with the old one live
// on. The zero Keys signs nothing and verifies nothing. Printing it shows no key.
type Keys struct {
	list []key
}

type key struct {
	id     string
	secret []byte
}

// ParseKeys reads WEIR_SIGNING_KEYS: "id:base64,id2:base64".
func ParseKeys(text string) (Keys, error) {
	var keys Keys
	for i, entry := range strings.Split(text, ",") {
		id, encoded, ok := strings.Cut(strings.TrimSpace(entry), ":")
		if !ok {
			return Keys{}, fmt.Errorf("signing keys: entry %d isn't id:base64", i+1)
		}
		if err := checkID(id); err != nil {
			return Keys{}, fmt.Errorf("signing keys: entry %d: %w", i+1, err)
		}
		secret, err := decodeKey(encoded)
		if err != nil {
			return Keys{}, fmt.Errorf("signing keys: key %s isn't base64", id)
		}
		if len(secret) < MinKeyBytes {
			return Keys{}, fmt.Errorf("signing keys: key %s has %d bytes, needs %d (make one with: openssl rand -base64 %d)",
				id, len(secret), MinKeyBytes, MinKeyBytes)
		}
		if _, taken := keys.find(id); taken {
			return Keys{}, fmt.Errorf("signing keys: two keys are called %s", id)
		}
		keys.list = append(keys.list, key{id, secret})
	}
	return keys, nil
}

// Empty tells whether there is no key to sign with.
func (k Keys) Empty() bool { return len(k.list) == 0 }

// String names the keys by their ids alone.
func (k Keys) String() string {
	ids := make([]string, len(k.list))
	for i, key := range k.list {
		ids[i] = key.id
	}
	return "signing keys [" + strings.Join(ids, " ") + "]"
}

// GoString keeps %#v from showing what String hides.
func (k Keys) GoString() string { return k.String() }

// LogValue keeps structured logs from showing what String hides.
func (k Keys) LogValue() slog.Value { return slog.StringValue(k.String()) }

func (k Keys) find(id string) (key, bool) {
	for _, key := range k.list {
		if key.id == id {
			return key, true
		}
	}
	return key{}, false
}

func checkID(id string) error {
	if id == "" || len(id) > MaxKeyID {
		return fmt.Errorf("an id has 1 to %d characters", MaxKeyID)
	}
	for _, r := range id {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.') {
			return errors.New("an id consists of a-z A-Z 0-9 - _ and .")
		}
	}
	return nil
}

// decodeKey takes either alphabet of base64, padded or not.
func decodeKey(text string) ([]byte, error) {
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
	return base64.RawStdEncoding.DecodeString(text)
}
