package binding_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/binding"
	"github.com/weir-run/weir/definition"
)

const token = "tok-5e3c8f1b2a"

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func open(t *testing.T, text string) *binding.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bindings.edn")
	write(t, path, text)
	s, err := binding.Open(binding.File{Path: path})
	require.NoError(t, err)
	return s
}

func flow(slots ...definition.Slot) *definition.Flow {
	return &definition.Flow{Slug: "orders", Requires: slots}
}

func api(auth string) definition.Slot {
	return definition.Slot{Slot: "orders-api", Type: definition.SlotHTTP, BaseURL: "https://api.example.com", Auth: definition.SlotAuth{Type: auth}}
}

func TestEndpoint(t *testing.T) {
	t.Setenv("BINDING_TEST_TOKEN", token)
	secretFile := filepath.Join(t.TempDir(), "secret")
	write(t, secretFile, token+"\n")
	for name, c := range map[string]struct {
		text, auth string
		want       binding.Credential
		base       string
	}{
		"env":            {`{:orders-api {:base-url "http://127.0.0.1:1/v1/" :token #env "BINDING_TEST_TOKEN"}}`, "bearer", binding.Credential{Type: "bearer"}, "http://127.0.0.1:1/v1/"},
		"file":           {`{:orders-api {:token #file "` + secretFile + `"}}`, "bearer", binding.Credential{Type: "bearer"}, "https://api.example.com"},
		"text":           {`{:orders-api {:token "` + token + `"}}`, "bearer", binding.Credential{Type: "bearer"}, "https://api.example.com"},
		"secret":         {`{:orders-api {:secret "` + token + `"}}`, "bearer", binding.Credential{Type: "bearer"}, "https://api.example.com"},
		"basic":          {`{:orders-api {:username "u" :password "` + token + `"}}`, "basic", binding.Credential{Type: "basic", Username: "u"}, "https://api.example.com"},
		"api-key":        {`{:orders-api {:api-key "` + token + `"}}`, "api-key", binding.Credential{Type: "api-key", Header: "X-API-Key"}, "https://api.example.com"},
		"api-key header": {`{:orders-api {:api-key "` + token + `" :header "X-Mine"}}`, "api-key", binding.Credential{Type: "api-key", Header: "X-Mine"}, "https://api.example.com"},
		"api-key query":  {`{:orders-api {:api-key "` + token + `" :location :query :param "key"}}`, "api-key", binding.Credential{Type: "api-key", Param: "key"}, "https://api.example.com"},
		"for the flow":   {`{:orders-api {:base-url "http://other" :token "other"} :flows {:orders {:orders-api {:token "` + token + `"}} :x {:orders-api {:token "x"}}}}`, "bearer", binding.Credential{Type: "bearer"}, "https://api.example.com"},
	} {
		got, err := open(t, c.text).Endpoint(flow(api(c.auth)), "orders-api")
		require.NoError(t, err, name)
		require.Equal(t, c.base, got.BaseURL, name)
		require.Equal(t, token, got.Auth.Secret.Reveal(), name)
		got.Auth.Secret = binding.Secret{}
		require.Equal(t, c.want, got.Auth, name)
	}
	none, err := binding.Empty().Endpoint(flow(api("")), "orders-api")
	require.NoError(t, err)
	require.Equal(t, "https://api.example.com", none.BaseURL)
	require.Equal(t, binding.AuthNone, none.Auth.Type)
}

func TestWhatASlotLacksIsNamed(t *testing.T) {
	t.Setenv("BINDING_TEST_EMPTY", "")
	for text, want := range map[string]struct{ auth, message string }{
		`{}`: {"bearer", "slot :orders-api lacks :token"},
		`{:orders-api {:token #env "BINDING_TEST_UNSET_VARIABLE"}}`:   {"bearer", "slot :orders-api lacks :token: the environment variable BINDING_TEST_UNSET_VARIABLE is not set"},
		`{:orders-api {:token #env "BINDING_TEST_EMPTY"}}`:            {"bearer", "BINDING_TEST_EMPTY is not set"},
		`{:orders-api {:token #file "/no/such/file"}}`:                {"bearer", "/no/such/file"},
		`{:orders-api {:token ""}}`:                                   {"bearer", "it is empty"},
		`{:orders-api {:password "p"}}`:                               {"basic", "slot :orders-api lacks :username"},
		`{:orders-api {:username "p"}}`:                               {"basic", "slot :orders-api lacks :password"},
		`{:orders-api {}}`:                                            {"api-key", "slot :orders-api lacks :api-key"},
		`{:orders-api {:token "t" :base-url "ftp://x"}}`:              {"bearer", "slot :orders-api lacks :base-url"},
		`{:orders-api {:token "t" :base-url "https://u:p@x"}}`:        {"bearer", "may not hold a user name"},
		`{:orders-api {:token "t" :base-url #env "BINDING_TEST_NO"}}`: {"bearer", "slot :orders-api lacks :base-url: the environment variable BINDING_TEST_NO"},
	} {
		s := open(t, text)
		problems := s.Check(flow(api(want.auth)))
		require.Len(t, problems, 1, text)
		require.Contains(t, problems[0].Error(), want.message, text)
		require.False(t, s.Bound(flow(api(want.auth)), "orders-api"))
		optional := api(want.auth)
		optional.Optional = true
		require.Empty(t, s.Check(flow(optional)))
	}
	bare := definition.Slot{Slot: "s", Type: definition.SlotHTTP}
	require.Contains(t, binding.Problems(binding.Empty().Check(flow(bare, api("bearer")))).Error(), "slot :s lacks :base-url")
	require.NoError(t, binding.Problems(nil))
	_, err := binding.Empty().Endpoint(flow(), "nope")
	require.ErrorContains(t, err, "slot :nope")
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	slot := definition.Slot{Slot: "signing", Type: definition.SlotSecret, SecretRef: "signing"}
	other := definition.Slot{Slot: "alias", Type: definition.SlotSecret, SecretRef: "elsewhere"}
	borrowing := definition.Slot{Slot: "borrowing", Type: definition.SlotHTTP, BaseURL: "https://x", Auth: definition.SlotAuth{Type: "bearer"}, SecretRef: "signing"}
	f := flow(slot, other, borrowing)
	s := open(t, `{:signing {:secret "new" :previous "old"} :elsewhere {:token "t"}}`)
	require.Empty(t, s.Check(f))
	live, err := s.Live(f, "signing")
	require.NoError(t, err)
	require.Len(t, live, 2)
	require.Equal(t, "new", live[0].Reveal())
	require.Equal(t, "old", live[1].Reveal())
	secret, err := s.Secret(f, "alias")
	require.NoError(t, err)
	require.Equal(t, "t", secret.Reveal())
	endpoint, err := s.Endpoint(f, "borrowing")
	require.NoError(t, err)
	require.Equal(t, "new", endpoint.Auth.Secret.Reveal())
	problems := binding.Empty().Check(f)
	require.Len(t, problems, 3)
	require.Equal(t, "slot :signing lacks :secret: no bindings file gives it", problems[0].Error())
}

func TestAFileIsReadAgainWhenItChanges(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "bindings.edn")
	write(t, path, `{:signing {:secret "one"}}`)
	s, err := binding.Open(binding.File{Path: path})
	require.NoError(t, err)
	f := flow(definition.Slot{Slot: "signing", Type: definition.SlotSecret})
	reveal := func() string {
		secret, err := s.Secret(f, "signing")
		require.NoError(t, err)
		return secret.Reveal()
	}
	require.Equal(t, "one", reveal())
	write(t, path, `{:signing {:secret "twoo"}}`)
	require.Equal(t, "twoo", reveal())
	write(t, path, `{:signing {:secret "four"}}`)
	require.NoError(t, os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)))
	require.Equal(t, "four", reveal())
	write(t, path, `{:signing`)
	_, err = s.Secret(f, "signing")
	require.ErrorContains(t, err, "never closed")
	require.Contains(t, s.Check(f)[0].Error(), "never closed")
	require.NoError(t, os.Remove(path))
	_, err = s.Secret(f, "signing")
	require.Error(t, err)
	write(t, path, `{:signing {:secret "back"}}`)
	require.Equal(t, "back", reveal())
}

func TestLimitsOfWhatIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secretPath, path := filepath.Join(dir, "secret"), filepath.Join(dir, "b.edn")
	f := flow(definition.Slot{Slot: "a", Type: definition.SlotSecret})
	for size, ok := range map[int]bool{binding.MaxSecretBytes: true, binding.MaxSecretBytes + 1: false} {
		write(t, secretPath, strings.Repeat("s", size))
		require.Equal(t, ok, len(open(t, `{:a {:secret #file "`+secretPath+`"}}`).Check(f)) == 0)
	}
	for size, ok := range map[int]bool{binding.MaxFileBytes: true, binding.MaxFileBytes + 1: false} {
		write(t, path, "{}"+strings.Repeat(" ", size-2))
		_, err := binding.Open(binding.File{Path: path})
		require.Equal(t, ok, err == nil)
	}
}

func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mine, all := filepath.Join(dir, "mine.edn"), filepath.Join(dir, "all.edn")
	write(t, mine, `{:a {:secret "mine"}}`)
	write(t, all, `{:a {:secret "all"} :b {:secret "b"}}`)
	s, err := binding.Open(binding.File{Path: mine, Slug: "orders"}, binding.File{Path: all})
	require.NoError(t, err)
	for slug, want := range map[string]string{"orders": "mine", "other": "all"} {
		secret, err := s.Secret(&definition.Flow{Slug: slug}, "a")
		require.NoError(t, err)
		require.Equal(t, want, secret.Reveal())
		_, err = s.Secret(&definition.Flow{Slug: slug}, "b")
		require.NoError(t, err)
	}
	part := filepath.Join(dir, "part.edn")
	write(t, part, `{:orders-api {:base-url "http://127.0.0.1:7"} :c {:secret "part"}}`)
	write(t, all, `{:orders-api {:base-url "https://real" :token "real"} :b {:secret "b"}}`)
	s, err = binding.Open(binding.File{Path: part, Slug: "orders", Partial: true}, binding.File{Path: all})
	require.NoError(t, err)
	endpoint, err := s.Endpoint(flow(api("bearer")), "orders-api")
	require.NoError(t, err)
	require.Equal(t, "http://127.0.0.1:7", endpoint.BaseURL)
	require.Equal(t, "real", endpoint.Auth.Secret.Reveal())
	secret, err := s.Secret(flow(), "c")
	require.NoError(t, err)
	require.Equal(t, "part", secret.Reveal())
	_, err = binding.Open(binding.File{Path: filepath.Join(dir, "none.edn")})
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestProblemsOfAFileHavePlacesAndNoValues(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "b.edn")
	for text, want := range map[string]string{
		`[:a]`:                       "b.edn:1:1: error: a bindings file holds a map",
		`{:a {}} {:b {}}`:            "b.edn:1:9: error: a bindings file holds one map",
		`{:a "hunter2"}`:             "the values of :a must be a map",
		`{:a {:token #envv "X"}}`:    "b.edn:1:13: error: unknown tag #envv",
		`{:a {:token #env hunter2}}`: "#env takes a string",
		`{:a {:token ["hunter2"]}}`:  ":token must be a text",
		`{1 {:token "hunter2"}}`:     "expected a keyword",
		`{:flows {:x "hunter2"}}`:    "the slots of :x must be a map",
		`{:flows "hunter2"}`:         ":flows must be a map",
		"{:a\n{:token \"hunter2\"":   "never closed",
	} {
		write(t, path, text)
		_, err := binding.Open(binding.File{Path: path})
		require.ErrorContains(t, err, want, text)
		require.NotContains(t, err.Error(), "hunter2", text)
	}
	write(t, path, "; nothing yet")
	_, err := binding.Open(binding.File{Path: path})
	require.NoError(t, err)
	write(t, path, `{"a" {:token "x" :retries 3 :live true :nothing nil}}`)
	_, err = binding.Open(binding.File{Path: path})
	require.NoError(t, err)
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	secret := binding.NewSecret(token)
	credential := binding.Credential{Type: "bearer", Secret: secret}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%p", "%T"} {
		fmt.Fprintf(&out, verb+" "+verb+" "+verb, secret, &secret, credential)
	}
	encoded, err := json.Marshal(map[string]any{"a": secret, "b": credential, "c": &secret})
	require.NoError(t, err)
	out.Write(encoded)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "secret", secret, "credential", credential)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "secret", secret, "credential", credential)
	require.NotContains(t, out.String(), token)
	require.NotContains(t, out.String(), fmt.Sprintf("%x", token))
	require.Equal(t, token, secret.Reveal())
	require.Empty(t, binding.Secret{}.Reveal())
	require.True(t, binding.Secret{}.IsZero())
	require.True(t, binding.NewSecret("").IsZero())
}

func TestScrubber(t *testing.T) {
	t.Parallel()
	s := binding.NewScrubber(4, binding.NewSecret(`p&ss "wörd"/+=`), binding.NewSecret("abc"), binding.Secret{})
	for _, text := range []string{`p&ss "wörd"/+=`, "p%26ss+%22w%C3%B6rd%22%2F%2B%3D", "cCZzcyAid8O2cmQiLys9", `p\u0026ss \"wörd\"/+=`} {
		require.Equal(t, "a [secret] b", s.Text("a "+text+" b"))
		require.Equal(t, "a [secret] b", string(s.Bytes([]byte("a "+text+" b"))))
	}
	require.Equal(t, "abc", s.Text("abc"), "too short to be told from other words")
	require.Positive(t, s.Longest())
	require.Equal(t, "x", binding.Scrubber{}.Text("x"))
	require.Zero(t, binding.Scrubber{}.Longest())
}
