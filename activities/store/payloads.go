package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"
)

// MaxPayloadBytes is how large one payload may be: what a step hands to a retained blob, with room for how it is written.
const MaxPayloadBytes = 2 * MaxRetainedBytes

// Payloads keeps what is too large for a run's history. A payload lies under the day on which it was put and the SHA-256 of
// its bytes: putting it again the same day changes nothing, and days that no history can name any more go as a whole (see Sweeper).
type Payloads struct {
	objects *Objects
	now     func() time.Time
}

// NewPayloads keeps payloads among the objects.
func NewPayloads(o *Objects) *Payloads { return &Payloads{objects: o, now: time.Now} }

const (
	payloadPrefix = "payloads/"
	dayFormat     = "2006-01-02"
)

var payloadName = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}/([0-9a-f]{64})$`)

// Put keeps data and returns its name. Error: ErrTooLarge.
func (p *Payloads) Put(ctx context.Context, data []byte) (string, error) {
	if len(data) > MaxPayloadBytes {
		return "", fmt.Errorf("put payload: %w: %d bytes, and at most %d are kept", ErrTooLarge, len(data), MaxPayloadBytes)
	}
	sum := sha256.Sum256(data)
	name := p.now().UTC().Format(dayFormat) + "/" + hex.EncodeToString(sum[:])
	return name, p.objects.Put(ctx, payloadPrefix+name, data, PutOptions{ContentType: "application/x-protobuf"})
}

// Get reads what Put has kept. Errors: ErrNotFound, ErrDamaged.
func (p *Payloads) Get(ctx context.Context, name string) ([]byte, error) {
	parts := payloadName.FindStringSubmatch(name)
	if parts == nil {
		return nil, fmt.Errorf("get payload: %q is not the name of one: %w", shown(name), ErrNotFound)
	}
	data, err := p.objects.Get(ctx, payloadPrefix+name, MaxPayloadBytes)
	if err != nil {
		return nil, fmt.Errorf("get payload: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != parts[1] {
		return nil, fmt.Errorf("get payload %s: %w", name, ErrDamaged)
	}
	return data, nil
}
