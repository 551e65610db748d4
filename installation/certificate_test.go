package installation

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// writeCertificate writes a self-signed certificate with that serial number.
func writeCertificate(t *testing.T, dir string, serial int64) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	require.NoError(t, os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	return certFile, keyFile
}

func TestCertificateIsReadAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	warned := make(warnings, 100)
	i := &Installation{log: slog.New(slog.NewTextHandler(warned, nil))}
	i.Settings.TLSCert, i.Settings.TLSKey = writeCertificate(t, dir, 1)
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l, err := i.openTLS(plain)
	require.NoError(t, err)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	serial := func() int64 {
		conn, err := tls.Dial("tcp", plain.Addr().String(), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
		require.NoError(t, err)
		defer conn.Close()
		require.Equal(t, "h2", conn.ConnectionState().NegotiatedProtocol)
		return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	require.Equal(t, int64(1), serial())
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
	answer, err := client.Get("https://" + plain.Addr().String())
	require.NoError(t, err)
	text, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	require.Equal(t, "HTTP/2.0", string(text))

	require.NoError(t, os.WriteFile(i.Settings.TLSCert, []byte("half written"), 0o600))
	time.Sleep(certificatePeriod + 10*time.Millisecond) // the files are looked at once a period
	require.Eventually(t, func() bool {
		require.Equal(t, int64(1), serial(), "what can't be read changes nothing")
		return len(warned) > 0
	}, 10*time.Second, 50*time.Millisecond)
	writeCertificate(t, dir, 2)
	require.Eventually(t, func() bool { return serial() == 2 }, 10*time.Second, 50*time.Millisecond)
}

// warnings counts the lines of a log.
type warnings chan struct{}

func (w warnings) Write(p []byte) (int, error) {
	w <- struct{}{}
	return len(p), nil
}

func TestCertificateMustBeWhole(t *testing.T) {
	t.Parallel()
	i := &Installation{}
	i.Settings.TLSCert = "cert.pem"
	_, err := i.openTLS(nil)
	require.ErrorContains(t, err, "WEIR_TLS_KEY")
	i.Settings.TLSKey = "nowhere.pem"
	_, err = i.openTLS(nil)
	require.Error(t, err)
}
