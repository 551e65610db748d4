package core

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/weir-run/weir/interpreter/value"
)

// codecHelpers are the encodings and digests of a flow's functions. Texts go in and come out as UTF-8:
//
//	(base64-encode text)              standard alphabet, padded
//	(base64-decode text)              standard or URL alphabet, padded or not; throws where no text results
//	(hex-encode text) (hex-decode text)
//	(sha256-hex text)                 64 lower-case digits
//	(hmac-sha256-hex key text)        64 lower-case digits
//	(url-encode text)                 percent-encoding of all but A-Z a-z 0-9 - . _ ~ (a space is %20)
//	(url-decode text)                 %XX, and + as a space
//	(uuid-from text)                  the UUID that the text is, or else the one its bytes name (version 3)
func codecHelpers() []*value.Builtin {
	return []*value.Builtin{
		textToText("base64-encode", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
		textToText("base64-decode", func(s string) string { return decodedText("base64", s, decodeBase64) }),
		textToText("hex-encode", func(s string) string { return hex.EncodeToString([]byte(s)) }),
		textToText("hex-decode", func(s string) string { return decodedText("hex", s, hex.DecodeString) }),
		textToText("sha256-hex", func(s string) string {
			sum := sha256.Sum256([]byte(s))
			return hex.EncodeToString(sum[:])
		}),
		two("hmac-sha256-hex", func(th *thread, key, text val) val {
			mac := hmac.New(sha256.New, []byte(chargedCodec(th, key)))
			mac.Write([]byte(chargedCodec(th, text)))
			return value.String(hex.EncodeToString(mac.Sum(nil)))
		}),
		textToText("url-encode", func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }),
		textToText("url-decode", func(s string) string { return decodedText("URL", s, decodeURL) }),
		one("uuid-from", uuidFrom),
	}
}

// textToText defines a helper of one text that gives a text at most three times as long.
func textToText(name string, f func(s string) string) *value.Builtin {
	return one(name, func(th *thread, a val) val { return value.String(f(chargedCodec(th, a))) })
}

func chargedCodec(th *thread, v val) string {
	s := wantString(v)
	th.Charge(int64(len(s))/8 + 1)
	th.ChargeSize(3 * int64(len(s)))
	return s
}

// decodedText decodes s and refuses what is no text.
func decodedText(what, s string, decode func(s string) ([]byte, error)) string {
	out, err := decode(s)
	if err != nil {
		value.Throw("IllegalArgumentException", "not valid %s: %v", what, err)
	}
	if !utf8.Valid(out) {
		value.ThrowHint("IllegalArgumentException", "not-text", "only texts can be decoded here; keep binary data in blobs", "the decoded bytes are no UTF-8 text")
	}
	return string(out)
}

func decodeBase64(s string) ([]byte, error) {
	s = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/", "\n", "", "\r", "").Replace(s), "=")
	return base64.RawStdEncoding.DecodeString(s)
}

func decodeURL(s string) ([]byte, error) {
	out, err := url.QueryUnescape(s)
	return []byte(out), err
}

func uuidFrom(th *thread, a val) val {
	if _, ok := a.AsUUID(); ok {
		return a
	}
	s := chargedCodec(th, a)
	if u, err := value.ParseUUID(s); err == nil {
		return u
	}
	sum := md5.Sum([]byte(s))
	sum[6] = sum[6]&0x0f | 0x30
	sum[8] = sum[8]&0x3f | 0x80
	return value.NewUUID(sum)
}
