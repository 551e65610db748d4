package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Scope is something that a token may do.
type Scope string

// The scopes.
const (
	Read    Scope = "read"    // list and show runs, waits and queues
	Start   Scope = "start"   // start runs
	Decide  Scope = "decide"  // decide waits
	Operate Scope = "operate" // cancel runs, reassign approvers
)

// Scopes are all of them.
var Scopes = []Scope{Read, Start, Decide, Operate}

// Token is what is known of a token; the token itself isn't.
type Token struct {
	ID     string // for logs, and for who decided
	Scopes []Scope
	Flows  []string // the only flows it is for; none: all
	sum    [sha256.Size]byte
}

// May tells whether the token may do that with a flow.
func (t *Token) May(scope Scope, slug string) bool {
	return slices.Contains(t.Scopes, scope) && (len(t.Flows) == 0 || slices.Contains(t.Flows, slug))
}

// MayWithAll tells whether it may do that with whichever flow.
func (t *Token) MayWithAll(scope Scope) bool {
	return slices.Contains(t.Scopes, scope) && len(t.Flows) == 0
}

// Full tells whether it may do everything.
func (t *Token) Full() bool {
	return len(t.Flows) == 0 && !slices.ContainsFunc(Scopes, func(s Scope) bool { return !slices.Contains(t.Scopes, s) })
}

// Key is a secret that changes with the token: sessions are signed with it.
func (t *Token) Key() []byte {
	sum := sha256.Sum256(append([]byte("weir console session key\x00"), t.sum[:]...))
	return sum[:]
}

// prefix begins every token that Generate makes, so that scanners for leaked secrets find it.
const prefix = "weir_"

// Generate makes a new token, and the sum that a tokens file holds of it.
func Generate() (token, sum string) {
	token = prefix + strings.ToLower(rand.Text())
	digest := sha256.Sum256([]byte(token))
	return token, hex.EncodeToString(digest[:])
}
