package access_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/gateway/access"
)

// clock is a time that a test moves.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func write(t *testing.T, file, text string, at time.Time) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	require.NoError(t, os.Chtimes(file, at, at))
}

func TestTokensAreFoundByTheirText(t *testing.T) {
	t.Parallel()
	ci, ciSum := access.Generate()
	ops, opsSum := access.Generate()
	require.Regexp(t, `^weir_[a-z2-7]{26,}$`, ci)
	file := filepath.Join(t.TempDir(), "tokens.edn")
	at := &clock{time.Unix(1760000000, 0)}
	text := `{:ci {:sha256 "` + ciSum + `" :scopes [:read :start] :flows [:orders "invoices"]} "ops@x" {:sha256 "` + strings.ToUpper(opsSum) + `" :scopes #{:read :start :decide :operate}}}`
	write(t, file, text, at.Time)
	book, err := access.Open("root-token", file, at.now, slog.New(slog.DiscardHandler))
	require.NoError(t, err)

	got := book.Find(ci)
	require.Equal(t, "ci", got.ID)
	for _, c := range []struct {
		scope access.Scope
		slug  string
		want  bool
	}{{access.Read, "orders", true}, {access.Start, "invoices", true}, {access.Decide, "orders", false}, {access.Operate, "orders", false}, {access.Read, "other", false}, {access.Read, "", false}} {
		require.Equal(t, c.want, got.May(c.scope, c.slug), c)
	}
	require.False(t, got.MayWithAll(access.Read))
	require.False(t, got.Full())
	require.Equal(t, "ops@x", book.Find(ops).ID)
	require.True(t, book.Find(ops).Full())
	require.True(t, book.Find("root-token").Full())
	for _, other := range []string{"", "x", ciSum, ci[:len(ci)-1], ci + "a", "ROOT-TOKEN", strings.ToUpper(ci)} {
		require.Nil(t, book.Find(other), other)
	}
	require.Equal(t, got, book.ByID("ci"))
	require.NotEqual(t, got.Key(), book.ByID("ops@x").Key())
	require.Nil(t, book.ByID("nobody"))

	// A token that is taken out opens nothing from then on, within a second.
	write(t, file, `{:ops {:sha256 "`+opsSum+`" :scopes [:read]}}`, at.Add(time.Minute))
	require.NotNil(t, book.Find(ci))
	at.Time = at.Add(time.Second)
	require.Nil(t, book.Find(ci))
	require.Equal(t, "ops", book.Find(ops).ID)
	require.NotNil(t, book.Find("root-token"))
}

func TestAFileThatBreaksOpensNothing(t *testing.T) {
	t.Parallel()
	token, sum := access.Generate()
	file := filepath.Join(t.TempDir(), "tokens.edn")
	at := &clock{time.Unix(1760000000, 0)}
	good := `{:ci {:sha256 "` + sum + `" :scopes [:read]}}`
	write(t, file, good, at.Time)
	var log bytes.Buffer
	book, err := access.Open("", file, at.now, slog.New(slog.NewJSONHandler(&log, nil)))
	require.NoError(t, err)
	require.NotNil(t, book.Find(token))
	for _, change := range []func(){func() { write(t, file, `{:ci`, at.Add(time.Hour)) }, func() { require.NoError(t, os.Remove(file)) }} {
		change()
		at.Time = at.Add(time.Second)
		for range 3 {
			require.Nil(t, book.Find(token))
		}
		require.Equal(t, 1, strings.Count(log.String(), "open nothing"), "logged once")
		require.NotContains(t, log.String(), sum)
		log.Reset()
	}
	write(t, file, good, at.Time)
	at.Time = at.Add(time.Second)
	require.NotNil(t, book.Find(token))
}

func TestTokensFilesWithProblems(t *testing.T) {
	t.Parallel()
	_, sum := access.Generate()
	ok := `:sha256 "` + sum + `" :scopes [:read]`
	for text, want := range map[string]string{
		``:                                        "must hold one map",
		`[]`:                                      "must hold one map",
		`{:a {` + ok + `} :a 1}`:                  "duplicate",
		`{:a {` + ok + `} :b {` + ok + `}}`:       "token :b is there twice",
		`{:a {` + ok + `} "a" {` + ok + `}}`:      `token "a" is there twice`,
		`{:api {` + ok + `}}`:                     "that is the id of WEIR_API_TOKEN",
		`{"a b" {` + ok + `}}`:                    "an id has letters",
		`{:a 1}`:                                  "it must be a map",
		`{:a {:scopes [:read]}}`:                  "it needs :sha256",
		`{:a {:sha256 "abc" :scopes [:read]}}`:    "64 hexadecimal digits",
		`{:a {:sha256 "` + sum + `"}}`:            "it needs :scopes",
		`{:a {:sha256 "` + sum + `" :scopes []}}`: "it needs :scopes",
		`{:a {:sha256 "` + sum + `" :scopes [:write]}}`: ":scopes are :read :start :decide :operate, not write",
		`{:a {:sha256 "` + sum + `" :scopes :read}}`:    "it must be a vector, not :read",
		`{:a {` + ok + ` :flows []}}`:                   ":flows must name a flow",
		`{:a {` + ok + ` :flows ["a/b"]}}`:              ":flows are slugs",
		`{:a {` + ok + ` :token "secret"}}`:             "a token has :sha256, :scopes and :flows, not :token",
	} {
		file := filepath.Join(t.TempDir(), "tokens.edn")
		write(t, file, text, time.Now())
		_, err := access.Open("", file, time.Now, slog.New(slog.DiscardHandler))
		require.ErrorContains(t, err, want, text)
	}
	_, err := access.Open("", filepath.Join(t.TempDir(), "none.edn"), time.Now, nil)
	require.ErrorContains(t, err, "read the tokens of the API")
}

func TestABookWithoutTokens(t *testing.T) {
	t.Parallel()
	book, err := access.Open("", "", time.Now, nil)
	require.NoError(t, err)
	for _, b := range []*access.Book{nil, book} {
		require.True(t, b.Empty())
		require.Nil(t, b.Find("x"))
		require.Nil(t, b.Find(""))
		require.Nil(t, b.ByID("api"))
	}
}
