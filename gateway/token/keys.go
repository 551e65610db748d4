package token

import "github.com/weir-run/weir/activities/keyring"

// Keys are the signing keys of one installation. The first signs, all verify.
// The zero Keys signs nothing and verifies nothing. Printing it shows no key.
type Keys struct{ keyring.Ring }

// ParseKeys reads WEIR_SIGNING_KEYS: "id:base64,id2:base64".
func ParseKeys(text string) (Keys, error) {
	ring, err := keyring.Parse("signing keys", text, false)
	return Keys{ring}, err
}
