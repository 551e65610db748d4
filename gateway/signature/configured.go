package signature

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strconv"
	"strings"
	"time"
)

// verifySignature is the :signature scheme, whose parts the flow spells out.
// A timestamp header that is configured must be there and fresh, signed or not.
func (s Scheme) verifySignature(r *Request, secrets [][]byte, now time.Time) error {
	header, err := single(r.Header, s.SignatureHeader)
	if err != nil {
		return err
	}
	text, ok := strings.CutPrefix(header, s.SignaturePrefix)
	if !ok {
		return refused("the signature lacks its prefix")
	}
	sig, ok := decode(or(s.SignatureFormat, Base64), text)
	if !ok || len(sig) == 0 {
		return refused("the signature is malformed")
	}
	message := [][]byte{r.Body}
	if s.TimestampHeader != "" {
		timestamp, err := single(r.Header, s.TimestampHeader)
		if err != nil {
			return err
		}
		if err := freshEither(timestamp, s.skew(), now); err != nil {
			return err
		}
		message = s.message(timestamp, r.Body)
	}
	if s.algo() == AlgoECDSA {
		return verifyECDSA(secrets, sig, message)
	}
	if !signedBy(secrets, [][]byte{sig}, message...) {
		return refused("the signature doesn't match")
	}
	return nil
}

func (s Scheme) skew() time.Duration {
	if s.MaxSkew == 0 {
		return Tolerance
	}
	return s.MaxSkew
}

// message is what the signature covers.
func (s Scheme) message(timestamp string, body []byte) [][]byte {
	if s.SignedMessage == TimestampPayload {
		return [][]byte{[]byte(timestamp), body}
	}
	return [][]byte{body}
}

func digest(message [][]byte) []byte {
	h := sha256.New()
	for _, part := range message {
		h.Write(part)
	}
	return h.Sum(nil)
}

// verifyECDSA takes a signature (ASN.1 DER) over SHA-256 by any of the public keys.
func verifyECDSA(keys [][]byte, sig []byte, message [][]byte) error {
	sumOf := digest(message)
	found := false
	for _, text := range keys {
		key, err := parsePublicKey(text)
		if err != nil {
			return err
		}
		if ecdsa.VerifyASN1(key, sumOf, sig) {
			found = true
		}
	}
	if !found {
		return refused("the signature doesn't match")
	}
	return nil
}

// parsePublicKey reads a P-256 key: PEM, or the bare base64 of its DER as some providers show it.
func parsePublicKey(text []byte) (*ecdsa.PublicKey, error) {
	der, err := derOf(text)
	if err != nil {
		return nil, unusable("the public key is neither PEM nor base64")
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, unusable("the public key can't be read")
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, unusable("the public key isn't on the curve P-256")
	}
	return key, nil
}

func derOf(text []byte) ([]byte, error) {
	if block, _ := pem.Decode(text); block != nil {
		return block.Bytes, nil
	}
	return base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
}

// signSignature signs with the shared secret, or with a P-256 private key in PEM for ecdsa-p256.
func (s Scheme) signSignature(r *Request, secret []byte, now time.Time) error {
	message := [][]byte{r.Body}
	if s.TimestampHeader != "" {
		timestamp := strconv.FormatInt(now.Unix(), 10)
		r.Header.Set(s.TimestampHeader, timestamp)
		message = s.message(timestamp, r.Body)
	}
	sig := sum(secret, message...)
	if s.algo() == AlgoECDSA {
		key, err := parsePrivateKey(secret)
		if err != nil {
			return err
		}
		if sig, err = ecdsa.SignASN1(rand.Reader, key, digest(message)); err != nil {
			return unusable("signing failed")
		}
	}
	r.Header.Set(s.SignatureHeader, s.SignaturePrefix+encode(or(s.SignatureFormat, Base64), sig))
	return nil
}

// parsePrivateKey reads a P-256 key in PEM: PKCS #8 or SEC 1.
func parsePrivateKey(text []byte) (*ecdsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, unusable("the private key isn't PEM")
	}
	var key *ecdsa.PrivateKey
	if parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		key, _ = parsed.(*ecdsa.PrivateKey)
	} else if parsed, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		key = parsed
	}
	if key == nil || key.Curve != elliptic.P256() {
		return nil, unusable("the private key isn't on the curve P-256")
	}
	return key, nil
}
