package signature

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

const digestPrefix = "sha256="

// verifyHMAC takes a header that holds the HMAC-SHA256 of the raw body as
// base64, as hex, or as "sha256=" and hex (GitHub's way).
func (s Scheme) verifyHMAC(r *Request, secrets [][]byte) error {
	header, err := single(r.Header, s.Header)
	if err != nil {
		return err
	}
	mac, ok := decodeDigest(header)
	if !ok {
		return refused("the signature is malformed")
	}
	if !signedBy(secrets, [][]byte{mac}, r.Body) {
		return refused("the signature doesn't match")
	}
	return nil
}

// decodeDigest reads 32 bytes. Hex takes 64 characters and base64 takes 44, so that no text means two things.
func decodeDigest(text string) ([]byte, bool) {
	if digits, ok := strings.CutPrefix(text, digestPrefix); ok {
		return decode(Hex, digits)
	}
	if len(text) == hex.EncodedLen(sha256.Size) {
		return decode(Hex, text)
	}
	mac, ok := decode(Base64, text)
	return mac, ok && len(mac) == sha256.Size
}

// decode reads a signature in one format, in its canonical spelling only (hex digits of either case).
func decode(format, text string) ([]byte, bool) {
	if format == Hex {
		b, err := hex.DecodeString(text)
		return b, err == nil
	}
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	return b, err == nil && base64.StdEncoding.EncodeToString(b) == text
}

func encode(format string, b []byte) string {
	if format == Hex {
		return hex.EncodeToString(b)
	}
	return base64.StdEncoding.EncodeToString(b)
}

func (s Scheme) signHMAC(r *Request, secret []byte) {
	r.Header.Set(s.Header, digestPrefix+hex.EncodeToString(sum(secret, r.Body)))
}
