// Package token makes and checks the signed tokens in approval links.
//
// A token names one wait of one run, what its link decides, and how long it is
// good for; it is signed with HMAC-SHA256 and safe to stand in a URL's path. It
// is a bearer credential: whoever holds it may decide, so it never belongs in a
// log or a history.
//
// It promises: only what Sign made under a key at hand verifies; there is
// exactly one spelling of every token, so that nothing that was altered,
// extended, shortened or re-encoded passes.
//
// It imports nothing of ours.
package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// What a link decides.
const (
	Approve = "approve"
	Reject  = "reject"
)

// MaxLength is the longest token, in characters. Temporal's ids stay far below it.
const MaxLength = 4096

// ErrInvalid says that a token wasn't made here, or isn't what was made.
var ErrInvalid = errors.New("invalid token")

// ErrExpired says that a genuine token has run out.
var ErrExpired = errors.New("expired token")

// Claims is what a token says.
type Claims struct {
	WorkflowID string
	FirstRunID string // first run of the chain: names the execution across continue-as-new
	RunID      string // the run that made the link
	Key        string // the wait's key
	Occurrence int    // which wait of that key in the run, from 1
	Action     string // Approve or Reject
	Approver   string // whom the link was made for; "" where the wait asks nobody in particular
	Expires    time.Time
}

// With returns the claims with another action: the other link of the same wait.
func (c Claims) With(action string) Claims {
	c.Action = action
	return c
}

// The layout, all lengths and numbers as unsigned varints:
//
//	version, key id, workflow id, first run, run, wait key, occurrence, action, [approver,] expiry, MAC
//
// Version 1 has no approver, version 2 always has one.
// A run id is either a UUID in 16 bytes, or a text; a run equal to the first run is left out.
const (
	anyones    = 1
	someones   = 2
	idSame     = 0
	idUUID     = 1
	idText     = 2
	codeYes    = 1
	codeNo     = 2
	macContext = "weir approval link\x00"
)

var encoding = base64.RawURLEncoding.Strict()

// Sign makes the token. Expires is kept to the second.
func (k Keys) Sign(c Claims) (string, error) {
	if k.Empty() {
		return "", errors.New("sign token: no signing keys (set WEIR_SIGNING_KEYS)")
	}
	if c.WorkflowID == "" || c.FirstRunID == "" || c.RunID == "" || c.Key == "" || c.Occurrence < 1 || c.Expires.Unix() <= 0 {
		return "", errors.New("sign token: incomplete claims")
	}
	code := codeYes
	switch c.Action {
	case Approve:
	case Reject:
		code = codeNo
	default:
		return "", fmt.Errorf("sign token: unknown action %q", c.Action)
	}
	signer := k.First()
	version := byte(anyones)
	if c.Approver != "" {
		version = someones
	}
	b := appendText([]byte{version}, signer.ID)
	b = appendText(b, c.WorkflowID)
	b = appendID(b, c.FirstRunID)
	if c.RunID == c.FirstRunID {
		b = append(b, idSame)
	} else {
		b = appendID(b, c.RunID)
	}
	b = appendText(b, c.Key)
	b = binary.AppendUvarint(b, uint64(c.Occurrence))
	b = append(b, byte(code))
	if version == someones {
		b = appendText(b, c.Approver)
	}
	b = binary.AppendUvarint(b, uint64(c.Expires.Unix()))
	b = append(b, mac(signer.Secret, b)...)
	if encoding.EncodedLen(len(b)) > MaxLength {
		return "", errors.New("sign token: the ids are too long for a link")
	}
	return encoding.EncodeToString(b), nil
}

// Verify returns what a genuine token says. With ErrExpired the claims are
// genuine and given, too; with ErrInvalid there are none.
func (k Keys) Verify(token string, now time.Time) (Claims, error) {
	if len(token) > MaxLength {
		return Claims{}, ErrInvalid
	}
	b, err := encoding.DecodeString(token)
	if err != nil || encoding.EncodeToString(b) != token || len(b) <= sha256.Size {
		return Claims{}, ErrInvalid
	}
	payload, sent := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	r := reader{rest: payload}
	v := r.octet()
	signer, known := k.Find(r.text())
	if !hmac.Equal(mac(signer.Secret, payload), sent) || !known || (v != anyones && v != someones) || r.bad {
		return Claims{}, ErrInvalid
	}
	c := r.claims(v)
	if r.bad || len(r.rest) > 0 {
		return Claims{}, ErrInvalid
	}
	if now.After(c.Expires) {
		return c, ErrExpired
	}
	return c, nil
}

func mac(secret, payload []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(macContext))
	h.Write(payload)
	return h.Sum(nil)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendID(b []byte, id string) []byte {
	if raw, ok := parseUUID(id); ok {
		return append(append(b, idUUID), raw...)
	}
	return appendText(append(b, idText), id)
}

// parseUUID takes the one spelling that formatUUID gives.
func parseUUID(id string) ([]byte, bool) {
	if len(id) != 36 {
		return nil, false
	}
	raw, err := hex.DecodeString(id[:8] + id[9:13] + id[14:18] + id[19:23] + id[24:])
	if err != nil || formatUUID(raw) != id {
		return nil, false
	}
	return raw, true
}

func formatUUID(b []byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// reader takes a payload apart; after the first thing amiss it is bad and gives zeros.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) claims(version byte) Claims {
	c := Claims{WorkflowID: r.text()}
	c.FirstRunID = r.id("")
	c.RunID = r.id(c.FirstRunID)
	c.Key = r.text()
	c.Occurrence = int(r.number())
	switch r.octet() {
	case codeYes:
		c.Action = Approve
	case codeNo:
		c.Action = Reject
	default:
		r.bad = true
	}
	if version == someones {
		c.Approver = r.text()
		r.bad = r.bad || c.Approver == ""
	}
	c.Expires = time.Unix(int64(r.number()), 0)
	return c
}

func (r *reader) octet() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<40 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) text() string { return string(r.take(r.number())) }

func (r *reader) id(same string) string {
	switch r.octet() {
	case idSame:
		return same
	case idUUID:
		if raw := r.take(16); raw != nil {
			return formatUUID(raw)
		}
	case idText:
		return r.text()
	}
	r.bad = true
	return ""
}

func (r *reader) take(n uint64) []byte {
	if r.bad || n > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}
