package gateway

import (
	"errors"
	"time"

	"github.com/weir-run/weir/activities"
	"github.com/weir-run/weir/gateway/token"
)

// linkGrace is how long after its expiry a link is still passed on to its run:
// whether the time is up is for the run to say, by Temporal's clock.
const linkGrace = time.Minute

// Links makes the links that decide a wait, as activities.LinkMaker asks: a
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

// Links makes both links of a wait.
func (l *Links) Links(w activities.PendingWait) (approve, reject string, err error) {
	claims := token.Claims{
		WorkflowID: w.WorkflowID, FirstRunID: w.FirstRunID, RunID: w.RunID, Key: w.Key, Occurrence: w.Occurrence,
		Action: token.Approve, Approver: w.Approver, Expires: w.Expires,
	}
	if approve, err = l.URL(claims); err != nil {
		return "", "", err
	}
	reject, err = l.URL(claims.With(token.Reject))
	return approve, reject, err
}

// claims checks a link's token. The error is token.ErrInvalid or token.ErrExpired.
func (s *Server) claims(text string) (token.Claims, error) {
	return s.keys.Verify(text, s.now().Add(-linkGrace))
}
