package store_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
)

// certificate makes one that signs itself, for 127.0.0.1, and the file that trusts it.
func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "redis"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

func TestRedisOverTLS(t *testing.T) {
	t.Parallel()
	cert, ca := certificate(t)
	server, err := miniredis.RunTLS(&tls.Config{Certificates: []tls.Certificate{cert}})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	server.RequireUserAuth("weir", "p4ssw0rd-canary")
	url := "rediss://weir:p4ssw0rd-canary@" + server.Addr() + "/0"
	client, err := store.OpenRedis(t.Context(), store.RedisOptions{URL: url, CAFile: ca})
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	kv := store.NewKV(client, "a:")
	_, err = kv.Set(t.Context(), store.Write{Key: "k"}, value.Int(1), false)
	require.NoError(t, err)
	for name, opt := range map[string]store.RedisOptions{
		"nobody vouches for the server": {URL: url}, "no TLS": {URL: "redis://weir:p4ssw0rd-canary@" + server.Addr()},
		"a wrong password": {URL: "rediss://weir:p4ssw0rd-canary2@" + server.Addr(), CAFile: ca},
		"a missing file":   {URL: url, CAFile: ca + "x"}, "no URL": {URL: "p4ssw0rd-canary://x y"}, "no cluster": {URL: "rediss-cluster://weir:p4ssw0rd-canary@:x"},
	} {
		_, err := store.OpenRedis(t.Context(), opt)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "p4ssw0rd-canary", name)
	}
}

// Installations that share a Redis see nothing of each other.
func TestPrefixesSeparateInstallations(t *testing.T) {
	t.Parallel()
	server := miniredis.RunT(t)
	client, err := store.OpenRedis(t.Context(), store.RedisOptions{URL: "redis://" + server.Addr()})
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	a, b := store.NewKV(client, "a:"), store.NewKV(client, "b:")
	_, err = a.Set(t.Context(), store.Write{Key: "k", Token: "t"}, value.Int(1), false)
	require.NoError(t, err)
	_, exists, err := b.Get(t.Context(), "k")
	require.NoError(t, err)
	require.False(t, exists)
	keys, err := b.List(t.Context(), "", 10)
	require.NoError(t, err)
	require.Empty(t, keys)
	for _, key := range server.Keys() {
		require.Regexp(t, `^a:`, key)
	}
}
