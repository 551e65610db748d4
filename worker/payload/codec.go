package payload

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"

	"github.com/weir-run/weir/activities/keyring"
)

// Metadata of an encrypted payload. They are in histories.
const (
	encodingEncrypted = "binary/encrypted"
	metadataKey       = "encryption-key-id"
	metadataCipher    = "encryption-cipher"
	cipherName        = "AES-256-GCM"
)

// ErrNoKey says that a payload is encrypted with a key that this process doesn't have.
var ErrNoKey = errors.New("the payload is encrypted with a key that isn't there (WEIR_PAYLOAD_KEYS)")

// Codec encrypts payloads with AES-256-GCM under the first of its keys, and decrypts them under whichever was used. What
// isn't encrypted is read as it is, and what is already stays so: a request may be sent twice.
type Codec struct {
	current string
	ciphers map[string]cipher.AEAD
}

// Keys are the keys that payloads are encrypted with. The zero Keys encrypts nothing.
type Keys struct{ keyring.Ring }

// ParseKeys reads WEIR_PAYLOAD_KEYS: "id:base64,id2:base64", each of exactly 32 bytes.
func ParseKeys(text string) (Keys, error) {
	ring, err := keyring.Parse("payload keys", text, true)
	return Keys{ring}, err
}

// NewCodec makes a codec of keys; none make a nil codec, which does nothing.
func NewCodec(keys Keys) (*Codec, error) {
	if keys.Empty() {
		return nil, nil
	}
	c := &Codec{current: keys.First().ID, ciphers: map[string]cipher.AEAD{}}
	for _, k := range keys.All() {
		block, err := aes.NewCipher(k.Secret)
		if err == nil {
			c.ciphers[k.ID], err = cipher.NewGCMWithRandomNonce(block)
		}
		if err != nil {
			return nil, fmt.Errorf("payload key %s: %w", k.ID, err)
		}
	}
	return c, nil
}

// Encode encrypts payloads.
func (c *Codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, c.seal)
}

// Decode decrypts payloads. Error: ErrNoKey.
func (c *Codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, func(p *commonpb.Payload) (*commonpb.Payload, error) { return open(c, p) })
}

var _ converter.PayloadCodec = (*Codec)(nil)

// String shows no key.
func (c *Codec) String() string { return "payload codec" }

// GoString keeps %#v from showing what String hides.
func (c *Codec) GoString() string { return c.String() }

func each(payloads []*commonpb.Payload, f func(*commonpb.Payload) (*commonpb.Payload, error)) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		var err error
		if out[i], err = f(p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func encrypted(p *commonpb.Payload) bool {
	return string(p.GetMetadata()[converter.MetadataEncoding]) == encodingEncrypted
}

func (c *Codec) seal(p *commonpb.Payload) (*commonpb.Payload, error) {
	if p == nil || encrypted(p) {
		return p, nil
	}
	plain, err := proto.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("encrypt payload: %w", err)
	}
	return &commonpb.Payload{
		Metadata: map[string][]byte{
			converter.MetadataEncoding: []byte(encodingEncrypted), metadataKey: []byte(c.current), metadataCipher: []byte(cipherName),
		},
		Data:             c.ciphers[c.current].Seal(nil, nil, plain, []byte(c.current)),
		ExternalPayloads: p.GetExternalPayloads(),
	}, nil
}

// open decrypts a payload; c may be nil.
func open(c *Codec, p *commonpb.Payload) (*commonpb.Payload, error) {
	if p == nil || !encrypted(p) {
		return p, nil
	}
	id := string(p.GetMetadata()[metadataKey])
	var aead cipher.AEAD
	if c != nil {
		aead = c.ciphers[id]
	}
	if aead == nil {
		return nil, fmt.Errorf("decrypt payload: key %q: %w", id, ErrNoKey)
	}
	plain, err := aead.Open(nil, nil, p.GetData(), []byte(id))
	if err != nil {
		return nil, fmt.Errorf("decrypt payload with key %q: it was changed, or the key is another one of that name", id)
	}
	out := &commonpb.Payload{}
	if err := proto.Unmarshal(plain, out); err != nil {
		return nil, fmt.Errorf("decrypt payload: %w", err)
	}
	return out, nil
}
