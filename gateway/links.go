package gateway

import (
	"errors"

	"github.com/weir-run/weir/gateway/token"
)

// Links makes the links that decide a wait. It is what activities ask for: a
// token is made where a notification is sent, and reaches no history.
type Links struct {
	base string
	keys token.Keys
}

// LinkMaker makes links to the gateway at publicURL, signed by the first of the keys.
func LinkMaker(publicURL string, keys token.Keys) (*Links, error) {
	base, err := publicBase(publicURL)
	if err != nil {
		return nil, err
	}
	if keys.Empty() {
		return nil, errors.New("approval links: no signing keys (set WEIR_SIGNING_KEYS to id:base64)")
	}
	return &Links{base, keys}, nil
}

// URL is the link for one action of one wait.
func (l *Links) URL(c token.Claims) (string, error) {
	text, err := l.keys.Sign(c)
	if err != nil {
		return "", err
	}
	return l.base + "/approvals/" + text, nil
}
