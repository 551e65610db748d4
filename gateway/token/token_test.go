package token_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/weir-run/weir/gateway/token"
)

const (
	firstRun = "0198f3a1-1111-7abc-8def-0123456789ab"
	laterRun = "0198f3a1-2222-7abc-8def-0123456789ab"
)

var (
	keyA = "a:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 32))
	keyB = "b:" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{2}, 32))
	now  = time.Unix(1760000000, 0)
)

func claims() token.Claims {
	return token.Claims{
		WorkflowID: "orders/o-1", FirstRunID: firstRun, RunID: firstRun, Key: "approval:order:o-1",
		Occurrence: 1, Action: token.Approve, Expires: now.Add(2 * time.Hour),
	}
}

func keys(t require.TestingT, text string) token.Keys {
	k, err := token.ParseKeys(text)
	require.NoError(t, err)
	return k
}

func sign(t require.TestingT, k token.Keys, c token.Claims) string {
	text, err := k.Sign(c)
	require.NoError(t, err)
	return text
}

func TestTokenRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := keys(t, keyA)
		id := rapid.OneOf(rapid.Just(firstRun), rapid.Just(laterRun), rapid.Just(strings.ToUpper(firstRun)), rapid.StringN(1, 40, 80))
		c := token.Claims{
			WorkflowID: rapid.StringN(1, 200, 800).Draw(t, "workflow"), FirstRunID: id.Draw(t, "first"), RunID: id.Draw(t, "run"),
			Key: rapid.StringN(1, 200, 800).Draw(t, "key"), Occurrence: rapid.IntRange(1, 100_000).Draw(t, "n"),
			Action: rapid.SampledFrom([]string{token.Approve, token.Reject}).Draw(t, "action"), Approver: rapid.StringN(0, 60, 200).Draw(t, "approver"),
			Expires: time.Unix(rapid.Int64Range(now.Unix(), now.Unix()+1<<30).Draw(t, "expires"), 0),
		}
		got, err := k.Verify(sign(t, k, c), now)
		require.NoError(t, err)
		require.Equal(t, c, got)
	})
}

func TestTokenIsCompactAndSafeInAPath(t *testing.T) {
	t.Parallel()
	text := sign(t, keys(t, keyA), claims())
	require.Less(t, len(text), 170)
	require.Regexp(t, `^[A-Za-z0-9_-]+$`, text)
	require.NotContains(t, text, "orders")
}

// TestTamperedTokensFail changes every bit, every character and every length of tokens.
func TestTamperedTokensFail(t *testing.T) {
	t.Parallel()
	k := keys(t, keyA+","+keyB)
	other := claims()
	other.RunID, other.Approver = laterRun, "ann@example.com"
	for _, c := range []token.Claims{claims(), other} {
		text := sign(t, k, c)
		raw, err := base64.RawURLEncoding.DecodeString(text)
		require.NoError(t, err)
		for i := range raw {
			for bit := range 8 {
				changed := bytes.Clone(raw)
				changed[i] ^= 1 << bit
				refuse(t, k, base64.RawURLEncoding.EncodeToString(changed))
			}
		}
		for i := range raw {
			refuse(t, k, base64.RawURLEncoding.EncodeToString(raw[:i]))
			refuse(t, k, base64.RawURLEncoding.EncodeToString(raw[i+1:]))
			refuse(t, k, base64.RawURLEncoding.EncodeToString(append(bytes.Clone(raw[:i]), raw[i+1:]...)))
			refuse(t, k, base64.RawURLEncoding.EncodeToString(append(append(bytes.Clone(raw[:i]), 0), raw[i:]...)))
		}
		for i := range text {
			refuse(t, k, text[:i])
			for _, r := range "A_\n\r= %/+" {
				refuse(t, k, text[:i]+string(r)+text[i:])
			}
		}
	}
}

func refuse(t *testing.T, k token.Keys, text string) {
	t.Helper()
	got, err := k.Verify(text, now)
	require.ErrorIs(t, err, token.ErrInvalid)
	require.Zero(t, got)
}

// TestTrailingBitsAreRefused: base64 leaves bits of the last character unused; they must be zero.
func TestTrailingBitsAreRefused(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	k := keys(t, keyA)
	unused := 0
	for _, key := range []string{"k", "kk", "kkk"} {
		c := claims()
		c.Key = key
		text := sign(t, k, c)
		last := strings.IndexByte(alphabet, text[len(text)-1])
		if len(text)%4 != 0 {
			unused++
			refuse(t, k, text[:len(text)-1]+string(alphabet[last^1]))
		}
	}
	require.Equal(t, 2, unused)
}

// TestFieldsBelongTogether swaps each field for another token's, keeping the signature of either.
func TestFieldsBelongTogether(t *testing.T) {
	t.Parallel()
	k := keys(t, keyA)
	for name, change := range map[string]func(*token.Claims){
		"workflow":   func(c *token.Claims) { c.WorkflowID = "orders/o-2" },
		"first run":  func(c *token.Claims) { c.FirstRunID = laterRun },
		"run":        func(c *token.Claims) { c.RunID = laterRun },
		"key":        func(c *token.Claims) { c.Key = "approval:order:o-2" },
		"occurrence": func(c *token.Claims) { c.Occurrence = 2 },
		"action":     func(c *token.Claims) { c.Action = token.Reject },
		"approver":   func(c *token.Claims) { c.Approver = "bob" },
		"nobody's":   func(c *token.Claims) { c.Approver = "" },
		"expiry":     func(c *token.Claims) { c.Expires = c.Expires.Add(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, own := claims(), claims()
			c.Approver, own.Approver = "ann", "ann"
			change(&c)
			mine, theirs := decode(t, sign(t, k, own)), decode(t, sign(t, k, c))
			require.NotEqual(t, mine, theirs)
			refuse(t, k, join(mine[:len(mine)-32], theirs[len(theirs)-32:]))
			refuse(t, k, join(theirs[:len(theirs)-32], mine[len(mine)-32:]))
		})
	}
}

func decode(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	require.NoError(t, err)
	return raw
}

func join(payload, mac []byte) string {
	return base64.RawURLEncoding.EncodeToString(append(bytes.Clone(payload), mac...))
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	old := sign(t, keys(t, keyA), claims())
	both := keys(t, keyB+", "+keyA)
	_, err := both.Verify(old, now)
	require.NoError(t, err)
	_, err = keys(t, keyB).Verify(sign(t, both, claims()), now)
	require.NoError(t, err, "the first key signs")
	refuse(t, keys(t, keyB), old)
	refuse(t, keys(t, "a"+keyB[1:]), old) // the same id, another key
	refuse(t, keys(t, "c"+keyA[1:]), old) // the same key, another id
	refuse(t, token.Keys{}, old)
}

func TestExpiredTokensSayWhatTheyWere(t *testing.T) {
	t.Parallel()
	k := keys(t, keyA)
	text := sign(t, k, claims())
	_, err := k.Verify(text, claims().Expires)
	require.NoError(t, err, "good up to the very second")
	got, err := k.Verify(text, claims().Expires.Add(time.Nanosecond))
	require.ErrorIs(t, err, token.ErrExpired)
	require.Equal(t, claims(), got)
}

func TestSignRefusesIncompleteClaims(t *testing.T) {
	t.Parallel()
	k := keys(t, keyA)
	for name, change := range map[string]func(*token.Claims){
		"workflow":     func(c *token.Claims) { c.WorkflowID = "" },
		"first run":    func(c *token.Claims) { c.FirstRunID = "" },
		"run":          func(c *token.Claims) { c.RunID = "" },
		"key":          func(c *token.Claims) { c.Key = "" },
		"occurrence":   func(c *token.Claims) { c.Occurrence = 0 },
		"action":       func(c *token.Claims) { c.Action = "" },
		"other action": func(c *token.Claims) { c.Action = "delete" },
		"expiry":       func(c *token.Claims) { c.Expires = time.Time{} },
		"length":       func(c *token.Claims) { c.Key = strings.Repeat("k", token.MaxLength) },
	} {
		c := claims()
		change(&c)
		_, err := k.Sign(c)
		require.Error(t, err, name)
	}
	_, err := token.Keys{}.Sign(claims())
	require.ErrorContains(t, err, "WEIR_SIGNING_KEYS")
}

func TestTheOtherLinkOfAWait(t *testing.T) {
	t.Parallel()
	other := claims().With(token.Reject)
	require.Equal(t, token.Reject, other.Action)
	other.Action = token.Approve
	require.Equal(t, claims(), other)
}

func TestParseKeys(t *testing.T) {
	t.Parallel()
	raw := bytes.Repeat([]byte{0xff}, 32)
	for _, encoded := range []string{
		base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw),
		base64.URLEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
	} {
		_, err := keys(t, "k:"+base64.StdEncoding.EncodeToString(raw)).Verify(sign(t, keys(t, "k:"+encoded), claims()), now)
		require.NoError(t, err)
	}
	for text, want := range map[string]string{
		"":                            "entry 1",
		"a":                           "entry 1",
		keyA + ",":                    "entry 2",
		":" + keyA[2:]:                "1 to 32",
		strings.Repeat("x", 33):       "entry 1",
		"a b:" + keyA[2:]:             "consists of",
		"a:###":                       "isn't base64",
		"a:AAAA":                      "openssl rand",
		keyA + ",a:" + keyB[2:]:       "two keys",
		"long:" + keyA[2:len(keyA)-9]: "needs 32",
	} {
		_, err := token.ParseKeys(text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestKeysNeverPrint(t *testing.T) {
	t.Parallel()
	k := keys(t, keyA+","+keyB)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("started", "keys", k)
	for _, shown := range []string{fmt.Sprint(k), fmt.Sprintf("%+v", k), fmt.Sprintf("%#v", k), log.String()} {
		require.Contains(t, shown, "signing keys [a b]")
		require.NotContains(t, shown, "AQEB")
		require.NotContains(t, shown, "1 1 1")
	}
}

func FuzzVerify(f *testing.F) {
	k, err := token.ParseKeys(keyA)
	require.NoError(f, err)
	text, err := k.Sign(claims())
	require.NoError(f, err)
	f.Add(text)
	f.Add(text[:100])
	f.Fuzz(func(t *testing.T, s string) {
		if s == text {
			return
		}
		_, err := k.Verify(s, now)
		require.ErrorIs(t, err, token.ErrInvalid)
	})
}
