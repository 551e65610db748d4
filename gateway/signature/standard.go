package signature

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The Standard Webhooks specification: three headers, of which the signature
// holds space-separated "v1,BASE64" entries over "ID.SECONDS.BODY". Svix sends
// the same under names of its own; a delivery uses one family or the other.

// StandardIDHeader carries a delivery's id in the Standard Webhooks scheme.
const StandardIDHeader = "Webhook-Id"

const (
	standardFamily = "Webhook-"
	svixFamily     = "Svix-"
	standardSecret = "whsec_"
	standardV1     = "v1,"
)

func verifyStandard(r *Request, secrets [][]byte, now time.Time) error {
	keys, err := standardKeys(secrets)
	if err != nil {
		return err
	}
	family, err := standardHeaders(r.Header)
	if err != nil {
		return err
	}
	id, err := single(r.Header, family+"Id")
	if err != nil {
		return err
	}
	timestamp, err := single(r.Header, family+"Timestamp")
	if err != nil {
		return err
	}
	header, err := single(r.Header, family+"Signature")
	if err != nil {
		return err
	}
	if err := freshSeconds(timestamp, now); err != nil {
		return err
	}
	if !signedBy(keys, standardCandidates(header), []byte(id+"."+timestamp+"."), r.Body) {
		return refused("no v1 signature matches")
	}
	return nil
}

// standardHeaders tells which family of headers a delivery uses. Both at once would be two claims about one delivery.
func standardHeaders(h http.Header) (string, error) {
	family := ""
	for _, f := range []string{standardFamily, svixFamily} {
		for _, name := range []string{"Id", "Timestamp", "Signature"} {
			if len(h.Values(f+name)) == 0 {
				continue
			}
			if family != "" && family != f {
				return "", refused("webhook- and svix- headers contradict each other")
			}
			family = f
		}
	}
	return or(family, standardFamily), nil
}

func standardCandidates(header string) [][]byte {
	var out [][]byte
	for entry := range strings.SplitSeq(header, " ") {
		text, ok := strings.CutPrefix(entry, standardV1)
		if !ok {
			continue
		}
		if mac, ok := decode(Base64, text); ok {
			out = append(out, mac)
		}
	}
	return out
}

// standardKeys decodes the secrets: base64, usually behind "whsec_".
func standardKeys(secrets [][]byte) ([][]byte, error) {
	keys := make([][]byte, len(secrets))
	for i, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(string(secret), standardSecret))
		if err != nil || len(key) == 0 {
			return nil, unusable("a Standard Webhooks secret is whsec_ and base64")
		}
		keys[i] = key
	}
	return keys, nil
}

func signStandard(r *Request, secret []byte, id string, now time.Time) error {
	keys, err := standardKeys([][]byte{secret})
	if err != nil {
		return err
	}
	timestamp := strconv.FormatInt(now.Unix(), 10)
	mac := sum(keys[0], []byte(id+"."+timestamp+"."), r.Body)
	r.Header.Set(standardFamily+"Id", id)
	r.Header.Set(standardFamily+"Timestamp", timestamp)
	r.Header.Set(standardFamily+"Signature", standardV1+encode(Base64, mac))
	return nil
}
