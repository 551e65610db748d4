package store

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Tier says how long a blob is kept and how large it may be.
type Tier string

// The tiers. Ephemeral blobs lie under a prefix of their own, so that they can expire.
const (
	Retained  Tier = "retained"
	Ephemeral Tier = "ephemeral"
)

// Limits of blobs.
const (
	MaxRetainedBytes  = 50 << 20
	MaxEphemeralBytes = 4 << 30
	MaxSignedURL      = 7 * 24 * time.Hour
	DefaultSignedURL  = time.Hour
)

// MaxBytes is the size that a blob of the tier may have.
func (t Tier) MaxBytes() int64 {
	if t == Ephemeral {
		return MaxEphemeralBytes
	}
	return MaxRetainedBytes
}

// Scheme begins the address of a blob.
const Scheme = "res://"

// Work is what makes a blob: the same work, done again, writes the same object.
type Work struct {
	Slug       string
	Run        string // the run's first id
	Step       string
	Occurrence int
}

// Ref describes a stored blob.
type Ref struct {
	URI         string
	ContentType string
	Size        int64
	SHA256      string // hex; empty if not known
	Filename    string
}

// Blobs keeps the results that steps persist. Their addresses can't be guessed: each ends in a keyed hash of the rest.
type Blobs struct {
	objects *Objects
	mu      sync.Mutex
	secret  []byte
}

// NewBlobs keeps blobs among the objects.
func NewBlobs(o *Objects) *Blobs { return &Blobs{objects: o} }

// Put stores data. Error: ErrTooLarge.
func (b *Blobs) Put(ctx context.Context, w Work, tier Tier, data []byte, opt PutOptions) (Ref, error) {
	if int64(len(data)) > tier.MaxBytes() {
		return Ref{}, tooLarge(tier)
	}
	name, err := b.name(ctx, w, tier)
	if err != nil {
		return Ref{}, err
	}
	if err := b.objects.Put(ctx, blobPrefix+name, data, opt); err != nil {
		return Ref{}, err
	}
	sum := sha256.Sum256(data)
	return Ref{URI: Scheme + name, ContentType: opt.ContentType, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Filename: opt.Filename}, nil
}

// Stream stores what r gives with flat memory. Errors: ErrTooLarge, and r's own. After an error there is no new blob.
func (b *Blobs) Stream(ctx context.Context, w Work, tier Tier, r io.Reader, opt PutOptions) (Ref, error) {
	// What fits one part needs no multipart upload.
	head, err := io.ReadAll(io.LimitReader(r, partBytes+1))
	if err != nil {
		return Ref{}, err
	}
	if len(head) <= partBytes {
		return b.Put(ctx, w, tier, head, opt)
	}
	name, err := b.name(ctx, w, tier)
	if err != nil {
		return Ref{}, err
	}
	sum := sha256.New()
	bounded := &boundedReader{r: io.MultiReader(bytes.NewReader(head), r), left: tier.MaxBytes(), tier: tier, sum: sum}
	size, err := b.objects.Stream(ctx, blobPrefix+name, bounded, opt)
	if err != nil {
		return Ref{}, err
	}
	return Ref{URI: Scheme + name, ContentType: opt.ContentType, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil)), Filename: opt.Filename}, nil
}

// Open begins to read a blob; the caller closes it. Error: ErrNotFound.
func (b *Blobs) Open(ctx context.Context, uri string) (io.ReadCloser, Info, error) {
	name, err := nameOf(uri)
	if err != nil {
		return nil, Info{}, err
	}
	return b.objects.Open(ctx, blobPrefix+name)
}

// Read reads a whole blob of at most limit bytes, and checks it if the ref has its sum. Errors: ErrNotFound, ErrTooLarge, ErrDamaged.
func (b *Blobs) Read(ctx context.Context, ref Ref, limit int64) ([]byte, Info, error) {
	r, info, err := b.Open(ctx, ref.URI)
	if err != nil {
		return nil, Info{}, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, Info{}, fmt.Errorf("read %s: %w", ref.URI, s3Error(err))
	}
	if int64(len(data)) > limit {
		return nil, Info{}, fmt.Errorf("read %s: %w: more than %d bytes", ref.URI, ErrTooLarge, limit)
	}
	if sum := sha256.Sum256(data); ref.SHA256 != "" && hex.EncodeToString(sum[:]) != ref.SHA256 {
		return nil, Info{}, fmt.Errorf("read %s: %w", ref.URI, ErrDamaged)
	}
	return data, info, nil
}

// ErrDamaged tells that a blob isn't what its ref says.
var ErrDamaged = errors.New("the content doesn't have the recorded SHA-256")

// Delete removes a blob; one that isn't there is no error.
func (b *Blobs) Delete(ctx context.Context, uri string) error {
	name, err := nameOf(uri)
	if err != nil {
		return err
	}
	return b.objects.Delete(ctx, blobPrefix+name)
}

// URL is an address at which anyone can read the blob for the lifetime.
func (b *Blobs) URL(ctx context.Context, uri string, lifetime time.Duration) (string, error) {
	name, err := nameOf(uri)
	if err != nil {
		return "", err
	}
	if lifetime <= 0 || lifetime > MaxSignedURL {
		return "", fmt.Errorf("sign %s: the lifetime must be between 1 second and %s", uri, MaxSignedURL)
	}
	return b.objects.URL(ctx, blobPrefix+name, lifetime)
}

const (
	blobPrefix = "blobs/"
	secretName = "keys/resources"
	tagBytes   = 16
)

// name is where the work's result lies: tier/slug/run/step/tag.
func (b *Blobs) name(ctx context.Context, w Work, tier Tier) (string, error) {
	if tier != Retained && tier != Ephemeral {
		return "", fmt.Errorf("unknown tier %q", tier)
	}
	secret, err := b.key(ctx)
	if err != nil {
		return "", err
	}
	step := w.Step
	if w.Occurrence > 1 {
		step += "." + strconv.Itoa(w.Occurrence)
	}
	name := string(tier) + "/" + pathPart(w.Slug) + "/" + pathPart(w.Run) + "/" + pathPart(step)
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s\x00%s\x00%s\x00%s\x00%d", tier, w.Slug, w.Run, w.Step, w.Occurrence)
	return name + "/" + hex.EncodeToString(mac.Sum(nil)[:tagBytes]), nil
}

// key is the installation's own secret, made by whoever needs it first and kept in the bucket.
func (b *Blobs) key(ctx context.Context) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.secret != nil {
		return b.secret, nil
	}
	secret, err := b.objects.Get(ctx, secretName, sha256.Size)
	if errors.Is(err, ErrNotFound) {
		fresh := make([]byte, sha256.Size)
		_, _ = rand.Read(fresh) // never fails
		if _, err = b.objects.Claim(ctx, secretName, fresh, PutOptions{ContentType: "application/octet-stream"}); err == nil {
			secret, err = b.objects.Get(ctx, secretName, sha256.Size)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("name a blob: %w", err)
	}
	if len(secret) != sha256.Size {
		return nil, fmt.Errorf("name a blob: %s is not a key", secretName)
	}
	b.secret = secret
	return secret, nil
}

const maxPathPart = 100

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

// nameOf checks a blob's address and returns its name.
func nameOf(uri string) (string, error) {
	name, ok := strings.CutPrefix(uri, Scheme)
	parts := strings.Split(name, "/")
	if !ok || len(parts) != 5 || (Tier(parts[0]) != Retained && Tier(parts[0]) != Ephemeral) || len(parts[4]) != 2*tagBytes {
		return "", fmt.Errorf("%q is not the address of a resource", uri)
	}
	for _, part := range parts {
		if pathPart(part) != part {
			return "", fmt.Errorf("%q is not the address of a resource", uri)
		}
	}
	return name, nil
}

func tooLarge(tier Tier) error {
	return fmt.Errorf("%w: a blob of the tier %s may have at most %d bytes", ErrTooLarge, tier, tier.MaxBytes())
}

// boundedReader sums what it reads and fails once that is more than the tier allows.
type boundedReader struct {
	r    io.Reader
	left int64
	tier Tier
	sum  hash.Hash
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, tooLarge(b.tier)
	}
	b.sum.Write(p[:n])
	return n, err
}
