// Providers has the libraries of webhook providers sign and judge deliveries, and prints what they say as JSON:
//
//	go run . > ../providers.json
//
// It is a module of its own, so that nobody who uses Weir downloads these libraries.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-github/v75/github"
	"github.com/sendgrid/sendgrid-go/helpers/eventwebhook"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stripe/stripe-go/v82/webhook"
)

// vector is one delivery and what the provider's library says of it.
type vector struct {
	Name     string      `json:"name"`
	Provider string      `json:"provider"`
	Secret   string      `json:"secret"`
	Headers  http.Header `json:"headers"`
	Body     []byte      `json:"body"`
	At       int64       `json:"at"`
	Genuine  bool        `json:"genuine"`
}

// provider signs a body at a time, and judges as its library does.
type provider struct {
	name, secret, other string
	sign                func(secret string, body []byte, at time.Time) http.Header
	judge               func(secret string, h http.Header, body []byte) error
	signature           string // the header to tamper with
}

var bodies = map[string][]byte{
	"an object":       []byte(`{"id":"evt_1","order-id":"o-1","amount":1.10}`),
	"odd spacing":     []byte("{ \"id\" :\"evt_1\",\r\n\t\"b\":[ ] }\n"),
	"other alphabets": []byte(`{"name":"Zoë Łukasz 山田 \u00e9 ` + "\U0001F4A7" + `"}`),
	"repeated keys":   []byte(`{"a":1,"a":2}`),
	"no JSON":         []byte("payload=%7B%22a%22%3A1%7D"),
	"any bytes":       {0, 1, 2, 0xff, 0xfe, '\n', 0x80},
	"much":            []byte(`{"x":"` + strings.Repeat("0123456789", 400) + `"}`),
}

func main() {
	now := time.Now().Truncate(time.Second)
	var out []vector
	for _, p := range providers() {
		add := func(name, secret string, h http.Header, body []byte) {
			err := p.judge(secret, h, body)
			out = append(out, vector{name, p.name, secret, h, body, now.Unix(), err == nil})
		}
		for _, name := range []string{"an object", "odd spacing", "other alphabets", "repeated keys", "no JSON", "any bytes", "much"} {
			body := bodies[name]
			h := p.sign(p.secret, body, now)
			add(name, p.secret, h, body)
			add(name+", last byte changed", p.secret, h, append(append([]byte{}, body[:len(body)-1]...), body[len(body)-1]^1))
			add(name+", last byte gone", p.secret, h, body[:len(body)-1])
			add(name+", one byte more", p.secret, h, append(append([]byte{}, body...), ' '))
		}
		body := bodies["an object"]
		good := p.sign(p.secret, body, now)
		text := good.Get(p.signature)
		changed := func(value string) http.Header {
			h := good.Clone()
			h.Set(p.signature, value)
			return h
		}
		add("by another secret", p.secret, p.sign(p.other, body, now), body)
		add("judged with another secret", p.other, good, body)
		add("another body's signature", p.secret, p.sign(p.secret, bodies["odd spacing"], now), body)
		add("same data, other spelling", p.secret, good, []byte(`{"id": "evt_1", "order-id": "o-1", "amount": 1.1}`))
		add("signature cut short", p.secret, changed(text[:len(text)-4]), body)
		add("signature cut to half", p.secret, changed(text[:len(text)/2]), body)
		add("signature reversed", p.secret, changed(reversed(text)), body)
		add("signature missing", p.secret, without(good, p.signature), body)
		add("signature empty", p.secret, changed(""), body)
		add("signature of noughts", p.secret, changed(strings.Repeat("0", len(text))), body)
		for name := range good {
			if name != p.signature && strings.HasSuffix(name, "Timestamp") {
				h := good.Clone()
				h.Set(name, strconv.FormatInt(now.Unix()+1, 10))
				add("timestamp changed", p.secret, h, body)
				add("timestamp missing", p.secret, without(good, name), body)
			}
			if strings.HasSuffix(name, "Id") {
				h := good.Clone()
				h.Set(name, "msg_other")
				add("id changed", p.secret, h, body)
				add("id missing", p.secret, without(good, name), body)
			}
		}
		if p.name == "stripe" || p.name == "standard-webhooks" {
			for name, offset := range map[string]time.Duration{"an hour old": -time.Hour, "4 minutes old": -4 * time.Minute, "6 minutes old": -6 * time.Minute} {
				add(name, p.secret, p.sign(p.secret, body, now.Add(offset)), body)
			}
		}
	}
	w := json.NewEncoder(os.Stdout)
	w.SetIndent("", " ")
	if err := w.Encode(out); err != nil {
		log.Fatal(err)
	}
}

func without(h http.Header, name string) http.Header {
	h = h.Clone()
	h.Del(name)
	return h
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func providers() []provider {
	signer, public := key()
	_, otherPublic := key()
	otherSigner, _ := key()
	return []provider{
		{
			name: "stripe", secret: "whsec_3vCmZ8yPq1", other: "whsec_other", signature: "Stripe-Signature",
			sign: func(secret string, body []byte, at time.Time) http.Header {
				s := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: body, Secret: secret, Timestamp: at})
				return http.Header{"Stripe-Signature": {s.Header}}
			},
			judge: func(secret string, h http.Header, body []byte) error {
				return webhook.ValidatePayload(body, h.Get("Stripe-Signature"), secret)
			},
		},
		{
			name: "standard-webhooks", secret: "whsec_" + base64.StdEncoding.EncodeToString([]byte("twenty-four bytes of key")),
			other: "whsec_" + base64.StdEncoding.EncodeToString([]byte("another twenty-four byte")), signature: "Webhook-Signature",
			sign: func(secret string, body []byte, at time.Time) http.Header {
				s, err := must(standardwebhooks.NewWebhook(secret)).Sign("msg_1", at, body)
				return http.Header{"Webhook-Id": {"msg_1"}, "Webhook-Timestamp": {strconv.FormatInt(at.Unix(), 10)}, "Webhook-Signature": {must(s, err)}}
			},
			judge: func(secret string, h http.Header, body []byte) error {
				return must(standardwebhooks.NewWebhook(secret)).Verify(body, h)
			},
		},
		{
			name: "github", secret: "It's a Secret to Everybody", other: "other", signature: "X-Hub-Signature-256",
			sign: func(secret string, body []byte, _ time.Time) http.Header { // the library only judges
				mac := hmac.New(sha256.New, []byte(secret))
				mac.Write(body)
				return http.Header{"X-Hub-Signature-256": {"sha256=" + hex.EncodeToString(mac.Sum(nil))}}
			},
			judge: func(secret string, h http.Header, body []byte) error {
				return github.ValidateSignature(h.Get("X-Hub-Signature-256"), body, []byte(secret))
			},
		},
		{
			name: "sendgrid", secret: public, other: otherPublic, signature: eventwebhook.VerificationHTTPHeader,
			sign: func(secret string, body []byte, at time.Time) http.Header { // the library only judges
				by := signer
				if secret != public {
					by = otherSigner
				}
				stamp := strconv.FormatInt(at.Unix(), 10)
				sum := sha256.Sum256(append([]byte(stamp), body...))
				sig := base64.StdEncoding.EncodeToString(must(ecdsa.SignASN1(rand.Reader, by, sum[:])))
				h := http.Header{}
				h.Set(eventwebhook.VerificationHTTPHeader, sig)
				h.Set(eventwebhook.TimestampHTTPHeader, stamp)
				return h
			},
			judge: func(secret string, h http.Header, body []byte) error {
				k, err := eventwebhook.ConvertPublicKeyBase64ToECDSA(secret)
				if err != nil {
					return err
				}
				ok, err := eventwebhook.VerifySignature(k, body, h.Get(eventwebhook.VerificationHTTPHeader), h.Get(eventwebhook.TimestampHTTPHeader))
				if err == nil && !ok {
					return http.ErrNotSupported
				}
				return err
			},
		},
	}
}

// key makes a P-256 key, and its public half as SendGrid shows it: the base64 of its DER.
func key() (*ecdsa.PrivateKey, string) {
	k := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	der := must(x509.MarshalPKIXPublicKey(&k.PublicKey))
	return k, base64.StdEncoding.EncodeToString(der)
}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}
