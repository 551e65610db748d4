package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Scheme begins the address of a resource.
const Scheme = "res://"

// kvPlace is the first part of addresses of values in KV: res://kv/KEY/TAG.
const kvPlace = "kv"

// Operator reads as the people who run the installation do: whatever has an address, tag or no tag.
const Operator = ""

// addresses makes and checks the addresses of resources. An address ends in a keyed hash of what it names and who may read
// it: one flow, or all of the installation. It can't be made up, it can't be told from a signed URL, and text that brings the
// address of one flow's resource into another flow opens nothing there.
type addresses struct {
	objects *Objects
	mu      sync.Mutex
	secret  []byte
}

const (
	secretName = "keys/resources"
	tagBytes   = 16
)

// What tags are for. The store's own names have tags, too, so that they can't be guessed by who may read the bucket's URLs.
const (
	tagObject = "object"
	tagFlow   = "flow"
	tagShared = "shared"
)

// of is the address of what lies under name, for the flow or for all.
func (a *addresses) of(ctx context.Context, name, slug string, shared bool) (string, error) {
	kind := tagFlow
	if shared {
		kind, slug = tagShared, ""
	}
	tag, err := a.tag(ctx, kind, slug, name)
	return Scheme + name + "/" + tag, err
}

// open checks that the reader may follow the address and returns what it names. Errors: ErrNotFound, for what isn't the
// reader's as for what isn't there, and errNoAddress.
func (a *addresses) open(ctx context.Context, uri, reader string) (string, error) {
	name, tag, err := splitAddress(uri)
	if err != nil {
		return "", err
	}
	if reader == Operator {
		return name, nil
	}
	for _, kind := range []string{tagFlow, tagShared} {
		slug := reader
		if kind == tagShared {
			slug = ""
		}
		want, err := a.tag(ctx, kind, slug, name)
		if err != nil {
			return "", err
		}
		if hmac.Equal([]byte(want), []byte(tag)) {
			return name, nil
		}
	}
	return "", fmt.Errorf("%s: %w (a flow reads what it persisted itself, and what others persisted with :shared true)", uri, ErrNotFound)
}

// errNoAddress is why a text is refused before anything is looked for.
type errNoAddress struct{ uri string }

func (e *errNoAddress) Error() string {
	return fmt.Sprintf("%q is not the address of a resource", shown(e.uri))
}

// IsNoAddress tells whether an error says that a text isn't the address of any resource.
func IsNoAddress(err error) bool {
	var no *errNoAddress
	return errors.As(err, &no)
}

// splitAddress checks the form of an address.
func splitAddress(uri string) (name, tag string, err error) {
	rest, ok := strings.CutPrefix(uri, Scheme)
	parts := strings.Split(rest, "/")
	last := len(parts) - 1
	if !ok || len(parts[last]) != 2*tagBytes || strings.Trim(parts[last], "0123456789abcdef") != "" {
		return "", "", &errNoAddress{uri}
	}
	switch {
	case parts[0] == kvPlace && last == 2 && CheckKey(parts[1]) == nil:
	case isTier(parts[0]) && last == 4:
		for _, part := range parts {
			if pathPart(part) != part {
				return "", "", &errNoAddress{uri}
			}
		}
	default:
		return "", "", &errNoAddress{uri}
	}
	return strings.Join(parts[:last], "/"), parts[last], nil
}

// object is the name of the object that holds what an address names.
func (a *addresses) object(ctx context.Context, name string) (string, error) {
	tag, err := a.tag(ctx, tagObject, "", name)
	return blobPrefix + name + "/" + tag, err
}

func (a *addresses) tag(ctx context.Context, kind, slug, name string) (string, error) {
	secret, err := a.key(ctx)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s\x00%s\x00%s", kind, slug, name)
	return hex.EncodeToString(mac.Sum(nil)[:tagBytes]), nil
}

// key is the installation's own secret, made by whoever needs it first and kept in the bucket.
func (a *addresses) key(ctx context.Context) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.secret != nil {
		return a.secret, nil
	}
	secret, err := a.objects.Get(ctx, secretName, sha256.Size)
	if errors.Is(err, ErrNotFound) {
		fresh := make([]byte, sha256.Size)
		_, _ = rand.Read(fresh) // never fails
		if _, err = a.objects.Claim(ctx, secretName, fresh, PutOptions{ContentType: "application/octet-stream"}); err == nil {
			secret, err = a.objects.Get(ctx, secretName, sha256.Size)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("name a resource: %w", err)
	}
	if len(secret) != sha256.Size {
		return nil, fmt.Errorf("name a resource: %s is not a key", secretName)
	}
	a.secret = secret
	return secret, nil
}

// Work is what makes a blob: the same work, done again, writes the same object.
type Work struct {
	Slug       string
	Run        string // the run's first id
	Step       string
	Occurrence int
	Attempt    int  // from 1; an attempt never touches what a later one has made
	Shared     bool // all flows of the installation may read it
}

// place is what the work's result is called: tier/slug/run/step, told apart from steps that look alike in a path.
func (w Work) place(tier Tier) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", w.Slug, w.Run, w.Step, max(w.Occurrence, 1)))
	step := pathPart(w.Step)
	step = step[:min(len(step), maxStepPart)] + "-" + hex.EncodeToString(sum[:6])
	if w.Attempt > 1 {
		step += "-" + strconv.Itoa(w.Attempt)
	}
	return string(tier) + "/" + pathPart(w.Slug) + "/" + pathPart(w.Run) + "/" + step
}

const (
	maxStepPart = 100
	maxPathPart = 140
)

// pathPart makes one readable part of an object's name of any text.
func pathPart(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '_'
	}, s)
	clean = strings.Trim(clean[:min(len(clean), maxPathPart)], ".")
	if clean == "" {
		return "_"
	}
	return clean
}
