package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
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

func isTier(s string) bool { return Tier(s) == Retained || Tier(s) == Ephemeral }

// MaxBytes is the size that a blob of the tier may have.
func (t Tier) MaxBytes() int64 {
	if t == Ephemeral {
		return MaxEphemeralBytes
	}
	return MaxRetainedBytes
}

// Ref describes a stored blob.
type Ref struct {
	URI         string
	ContentType string
	Size        int64
	SHA256      string // hex; empty if not known
	Filename    string
}

// Blobs keeps the results that steps persist. Who reads one names himself: the slug of a flow, or Operator.
type Blobs struct {
	objects *Objects
	addresses
}

// NewBlobs keeps blobs among the objects.
func NewBlobs(o *Objects) *Blobs { return &Blobs{objects: o, addresses: addresses{objects: o}} }

// Put stores data. Error: ErrTooLarge.
func (b *Blobs) Put(ctx context.Context, w Work, tier Tier, data []byte, opt PutOptions) (Ref, error) {
	if int64(len(data)) > tier.MaxBytes() {
		return Ref{}, tooLarge(tier)
	}
	name, uri, err := b.begin(ctx, w, tier)
	if err != nil {
		return Ref{}, err
	}
	sum := sha256.Sum256(data)
	opt.SHA256 = hex.EncodeToString(sum[:])
	if err := b.objects.Put(ctx, name, data, opt); err != nil {
		return Ref{}, err
	}
	return Ref{URI: uri, ContentType: opt.ContentType, Size: int64(len(data)), SHA256: opt.SHA256, Filename: opt.Filename}, nil
}

// Stream stores what r gives with flat memory. Errors: ErrTooLarge, and r's own. After an error there is no new blob.
func (b *Blobs) Stream(ctx context.Context, w Work, tier Tier, r io.Reader, opt PutOptions) (Ref, error) {
	// What fits one part needs no multipart upload.
	head, err := readHead(r)
	if err != nil {
		return Ref{}, err
	}
	if len(head) <= partBytes {
		return b.Put(ctx, w, tier, head, opt)
	}
	name, uri, err := b.begin(ctx, w, tier)
	if err != nil {
		return Ref{}, err
	}
	sum := sha256.New()
	bounded := &boundedReader{r: io.MultiReader(bytes.NewReader(head), r), left: tier.MaxBytes(), tier: tier, sum: sum}
	head = nil // once read it can go
	size, err := b.objects.Stream(ctx, name, bounded, opt)
	if err != nil {
		return Ref{}, err
	}
	return Ref{URI: uri, ContentType: opt.ContentType, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil)), Filename: opt.Filename}, nil
}

// readHead reads a part and one byte more, or all there is if that is less. Once there is more than a little it makes room for
// all at once: to grow step by step would leave several times as much behind, for each stream.
func readHead(r io.Reader) ([]byte, error) {
	const little = 256 << 10
	head, err := io.ReadAll(io.LimitReader(r, little))
	if err != nil || len(head) < little {
		return head, err
	}
	room := bytes.NewBuffer(make([]byte, 0, partBytes+1+bytes.MinRead))
	room.Write(head)
	_, err = room.ReadFrom(io.LimitReader(r, partBytes+1-little))
	return room.Bytes(), err
}

// begin names what the work makes, and removes what its earlier attempts may have left. Those can't come after this one and undo
// it: each attempt has a name of its own and looks at earlier ones only.
func (b *Blobs) begin(ctx context.Context, w Work, tier Tier) (object, uri string, err error) {
	if !isTier(string(tier)) {
		return "", "", fmt.Errorf("unknown tier %q", tier)
	}
	place := w.place(tier)
	for earlier := w; earlier.Attempt > 1; {
		earlier.Attempt--
		name, err := b.object(ctx, earlier.place(tier))
		if err == nil {
			err = b.objects.Discard(ctx, name)
		}
		if err != nil {
			return "", "", err
		}
	}
	if object, err = b.object(ctx, place); err == nil {
		uri, err = b.of(ctx, place, w.Slug, w.Shared)
	}
	return object, uri, err
}

// KVAddress is the address under which the flow, or all of them, may read what is kept under a key.
func (b *Blobs) KVAddress(ctx context.Context, key, slug string, shared bool) (string, error) {
	return b.of(ctx, kvPlace+"/"+key, slug, shared)
}

// KVKey is the key that an address names, if it is one of a value in KV. Errors as of Open.
func (b *Blobs) KVKey(ctx context.Context, uri, reader string) (key string, is bool, err error) {
	if !isKV(uri) {
		return "", false, nil
	}
	name, err := b.open(ctx, uri, reader)
	if err != nil {
		return "", true, err
	}
	return name[len(kvPlace)+1:], true, nil
}

func isKV(uri string) bool {
	const head = Scheme + kvPlace + "/"
	return len(uri) > len(head) && uri[:len(head)] == head
}

// locate is the object that an address names.
func (b *Blobs) locate(ctx context.Context, uri, reader string) (string, error) {
	name, err := b.open(ctx, uri, reader)
	if err == nil && isKV(uri) {
		err = &errNoAddress{uri}
	}
	if err != nil {
		return "", err
	}
	return b.object(ctx, name)
}

// Open begins to read a blob; the caller closes it. Whoever reads to the end gets the end only if the content has the SHA-256 that the
// ref, or the store, knows. Errors: ErrNotFound, ErrDamaged.
func (b *Blobs) Open(ctx context.Context, ref Ref, reader string) (io.ReadCloser, Info, error) {
	name, err := b.locate(ctx, ref.URI, reader)
	if err != nil {
		return nil, Info{}, err
	}
	r, info, err := b.objects.Open(ctx, name)
	if err != nil {
		return nil, Info{}, err
	}
	sum := ref.SHA256
	if sum == "" {
		sum = info.SHA256
	}
	return verified(r, ref.URI, sum), info, nil
}

// Read reads a whole blob of at most limit bytes. Errors: ErrNotFound, ErrTooLarge, ErrDamaged.
func (b *Blobs) Read(ctx context.Context, ref Ref, reader string, limit int64) ([]byte, Info, error) {
	r, info, err := b.Open(ctx, ref, reader)
	if err != nil {
		return nil, Info{}, err
	}
	defer r.Close()
	if info.Size > limit {
		return nil, Info{}, fmt.Errorf("read %s: %w: %d bytes, and at most %d are read", ref.URI, ErrTooLarge, info.Size, limit)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, Info{}, fmt.Errorf("read %s: %w", ref.URI, s3Error(err))
	}
	return data, info, nil
}

// Delete removes a blob; one that isn't there is no error.
func (b *Blobs) Delete(ctx context.Context, uri, reader string) error {
	name, err := b.locate(ctx, uri, reader)
	if err != nil {
		return err
	}
	return b.objects.Delete(ctx, name)
}

// URL is an address at which anyone can read the blob for the lifetime.
func (b *Blobs) URL(ctx context.Context, uri, reader string, lifetime time.Duration) (string, error) {
	name, err := b.locate(ctx, uri, reader)
	if err != nil {
		return "", err
	}
	if lifetime < time.Second || lifetime > MaxSignedURL {
		return "", fmt.Errorf("sign %s: the lifetime must be between 1 second and %s", uri, MaxSignedURL)
	}
	return b.objects.URL(ctx, name, lifetime)
}

const blobPrefix = "blobs/"

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
