package installation_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/installation"
)

// clear takes every variable of ours out of the environment for one test.
func clear(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "WEIR_") || strings.HasPrefix(name, "TEMPORAL_") {
			t.Setenv(name, "")
			require.NoError(t, os.Unsetenv(name))
		}
	}
}

func set(t *testing.T, pairs ...string) {
	t.Helper()
	clear(t)
	for i := 0; i < len(pairs); i += 2 {
		t.Setenv(pairs[i], pairs[i+1])
	}
}

const signingKeys = "a:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

func TestEverythingMissingIsNamedAtOnce(t *testing.T) {
	clear(t)
	for role, names := range map[installation.Role][]string{
		installation.Worker:   {"WEIR_REDIS_URL", "WEIR_S3_ENDPOINT", "WEIR_PUBLIC_URL", "WEIR_SIGNING_KEYS"},
		installation.Gateway:  {"WEIR_REDIS_URL", "WEIR_S3_ENDPOINT", "WEIR_PUBLIC_URL", "WEIR_SIGNING_KEYS", "WEIR_API_TOKEN"},
		installation.Deployer: {"WEIR_S3_ENDPOINT"},
		installation.Operator: {"WEIR_PUBLIC_URL", "WEIR_API_TOKEN"},
	} {
		_, err := installation.FromEnvironment(role)
		var lack *installation.MissingError
		require.ErrorAs(t, err, &lack)
		var got []string
		for _, v := range lack.Variables {
			got = append(got, v.Name)
			require.Contains(t, err.Error(), v.Name)
			require.Contains(t, err.Error(), v.Purpose)
		}
		require.Equal(t, names, got)
	}
}

func TestSettingsFromTheEnvironment(t *testing.T) {
	set(t,
		"WEIR_REDIS_URL", "redis://r:6379/1", "WEIR_S3_ENDPOINT", "http://s:9000", "WEIR_S3_PREFIX", "team/",
		"WEIR_PUBLIC_URL", "https://weir.example.com/base/", "WEIR_SIGNING_KEYS", signingKeys, "WEIR_API_TOKEN", "t",
		"WEIR_EGRESS_ALLOW", "10.0.0.0/8, internal.example", "TEMPORAL_ADDRESS", "temporal:7233", "TEMPORAL_NAMESPACE", "orders",
	)
	s, err := installation.FromEnvironment(installation.Worker | installation.Gateway)
	require.NoError(t, err)
	require.Equal(t, "redis://r:6379/1", s.RedisURL)
	require.Equal(t, "http://s:9000", s.S3.Endpoint)
	require.Equal(t, "team/", s.S3.Prefix)
	require.Equal(t, "https://weir.example.com/base", s.PublicURL)
	require.False(t, s.SigningKeys.Empty())
	require.Equal(t, []string{"10.0.0.0/8", "internal.example"}, s.EgressAllow)
	require.Equal(t, "temporal:7233", s.Temporal.HostPort)
	require.Equal(t, "orders", s.Temporal.Namespace)
	require.Equal(t, "127.0.0.1:8080", s.Listen)
	require.False(t, s.Development)
}

func TestWrongSettingsAreAllTold(t *testing.T) {
	set(t, "WEIR_PUBLIC_URL", "weir.example.com", "WEIR_SIGNING_KEYS", "short:c2hvcnQ=", "WEIR_PAYLOAD_KEYS", "p:c2hvcnQ=", "WEIR_EPHEMERAL_FOR", "7")
	_, err := installation.FromEnvironment(installation.Worker)
	require.ErrorContains(t, err, "WEIR_REDIS_URL")
	require.ErrorContains(t, err, "WEIR_PUBLIC_URL must be http(s)://host[:port][/path]")
	require.ErrorContains(t, err, "key short has 5 bytes, needs 32")
	require.ErrorContains(t, err, "WEIR_PAYLOAD_KEYS: payload keys: key p has 5 bytes, needs 32")
	require.ErrorContains(t, err, "WEIR_EPHEMERAL_FOR must be")
	require.NotContains(t, err.Error(), "c2hvcnQ=")
}
